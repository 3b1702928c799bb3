"""Read a profile file; whatever is wrong with it is said with file, line and the nearest right word."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from analyser.errors import InputError, nearest
from analyser.profiles.model import OTHERS, Profile, size_of
from analyser.rulebook import located_yaml
from analyser.rulebook.models import Rulebook
from analyser.rulebook.validation import validate


def read(path: Path, rulebook: Rulebook, shown: str = "") -> Profile:
    """Return the profile in a YAML file; `shown` is the name by which complaints call it (as given when
    empty).

    InputError names file and line: not YAML, a key or value not known (nearest named), size and number at
    odds.
    """
    name = shown or str(path)
    data = located_yaml.read(path, name, InputError)
    if data is None:
        raise InputError(f"the profile `{name}` is empty", fix="Give at least `name` and `service`.")
    profile = validate(Profile, data, name, InputError, what="profile")
    _check_keys(data, name, rulebook)
    if (
        profile.uk_monthly_users is not None
        and profile.size
        and size_of(profile.uk_monthly_users) != profile.size
    ):
        band = size_of(profile.uk_monthly_users)
        raise InputError(
            f"`size` is {profile.size}, but {profile.uk_monthly_users:,} `uk_monthly_users` is {band}",
            place=_place(data, name, ("size",)),
            fix="Give only one of the two, or make them agree.",
        )
    return profile if profile.name else profile.model_copy(update={"name": path.stem})


def read_archetypes(rules_dir: Path, rulebook: Rulebook, shown: str = "rules") -> dict[str, Profile]:
    """Return the profiles of rules/archetypes/ by the name of their file, in order of the names."""
    return {
        path.stem: read(path, rulebook, f"{shown}/archetypes/{path.name}")
        for path in sorted((rules_dir / "archetypes").glob("*.yaml"))
    }


def _check_keys(data: Any, name: str, rulebook: Rulebook) -> None:
    """Refuse a harm, type of service or functionality that the rules do not list."""
    harms = [harm.key for harm in rulebook.harms]
    services = [service.key for service in rulebook.services]
    functionalities = [one.key for one in rulebook.functionalities]
    given: tuple[tuple[str, str, Iterable[Any], list[str]], ...] = (
        ("risk", "kind of harm", data.get("risk") or (), [*harms, OTHERS]),
        ("service_types", "type of service", data.get("service_types") or (), services),
        ("functionalities", "functionality", data.get("functionalities") or (), functionalities),
    )
    for field, what, keys, known in given:
        for number, key in enumerate(keys):
            if key not in known:
                step: int | str = number if field == "service_types" else key
                raise InputError(
                    f"there is no {what} `{key}`",
                    place=_place(data, name, (field, step)),
                    fix=nearest(str(key), known),
                )


def _place(data: Any, name: str, path: tuple[int | str, ...]) -> str:
    return f"{name}, line {located_yaml.line_of(data, path)}"
