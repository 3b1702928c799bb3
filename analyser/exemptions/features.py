"""The design features that invocation tables speak of, as facts of a service."""

from functools import lru_cache

from analyser.model.logic import Atom

ANY = "any"
_VALUES: dict[str, tuple[str, str]] = {
    "content_visibility_private": ("channel", "private"),
    "content_visibility_public": ("channel", "public"),
    "age_determination_none": ("age_determination", "none"),
}


@lru_cache(maxsize=256)
def feature_atom(feature: str) -> Atom | None:
    """Return the comparison that says a service has a feature, None for a feature that every service has.

    >>> feature_atom("end_to_end_encrypted").fact
    'end_to_end_encrypted'
    """
    if feature in (ANY, "application"):
        return None
    fact, value = _VALUES.get(feature, (feature, True))
    return Atom(fact=fact, op="=", value=value)
