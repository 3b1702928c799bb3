"""Names in sentences: long lists of harms kept short, with the whole list beside them."""

from collections.abc import Iterable, Sequence

from analyser.model.base import Frozen
from analyser.reporting.labels import Labels, listed, when_words
from analyser.reporting.rows import Leaves, When

_NAMED_IN_FULL = 3
_SERVICES_IN_FULL = 5
_CONDITION_IN_FULL = 150
_NAMED_AS_EXCEPT = 3


class Names(Frozen):
    """Several names as a sentence uses them; `full` is the whole list where `short` only counts."""

    short: str
    full: str = ""


class LeftOpen(Frozen):
    """What an exemption leaves in one state: which function, for which harms, on which services, and when."""

    functions: str
    harms: Names
    services: Names
    when: Names
    state: str
    state_name: str


def harm_names(keys: Iterable[str], labels: Labels) -> Names:
    """Return harms as a sentence names them.

    >>> harm_names(["a", "b", "c", "d"], Labels()).short
    '4 kinds of illegal harm'
    """
    harms = tuple(dict.fromkeys(keys))
    together = _every_kind(harms, labels)
    if together:
        return Names(short=together)
    names = [labels.harm(key) for key in harms]
    if len(names) <= _NAMED_IN_FULL:
        return Names(short=listed(names))
    return Names(short=f"{len(names)} kinds of illegal harm", full=listed(names))


def harm_cell(keys: Iterable[str], labels: Labels) -> str:
    """Return harms for a cell of a table: "every kind of illegal harm except fraud", else every name."""
    harms = tuple(dict.fromkeys(keys))
    return _every_kind(harms, labels) or "; ".join(labels.harm(key) for key in harms)


def _every_kind(harms: tuple[str, ...], labels: Labels) -> str:
    """Say "every kind" where the harms are all those of the revision, or all but a few; otherwise nothing."""
    missing = [labels.harm(key) for key in labels.all_harms if key not in harms]
    if "all" in harms or (labels.all_harms and not missing):
        return labels.harm("all")
    if len(labels.all_harms) > 2 * _NAMED_AS_EXCEPT and len(missing) <= _NAMED_AS_EXCEPT:
        return f"{labels.harm('all')} except {listed(missing)}"
    return ""


def service_names(keys: Iterable[str], labels: Labels) -> Names:
    """Return service types as a sentence names them; many are counted, with the list beside."""
    services = [labels.services_of(key) for key in dict.fromkeys(keys)]
    if len(services) <= _SERVICES_IN_FULL:
        return Names(short=listed(services))
    return Names(short=f"{len(services)} types of service", full=listed(services))


def condition_names(when: When, labels: Labels) -> Names:
    """Return a condition; a long one is told by the facts it turns on, with all of it beside.

    E.g. "9 combinations of size, risk of this harm and channel".
    """
    words = when_words(when, labels)
    if len(words) <= _CONDITION_IN_FULL:
        return Names(short=words)
    facts = dict.fromkeys(labels.feature(term.fact) for case in when.any_of for term in case.all_of)
    turns = f"{len(when.any_of)} combinations of" if len(when.any_of) > 1 else "a combination of"
    return Names(short=f"{turns} {listed(facts)}", full=words)


def left_open(leaves: Sequence[Leaves], labels: Labels) -> tuple[LeftOpen, ...]:
    """Return what an exemption leaves, rectangles that differ only in their services put together."""
    merged: dict[tuple[object, ...], tuple[Leaves, list[str]]] = {}
    for entry in leaves:
        key = (entry.functions, entry.harms, entry.when, entry.state)
        merged.setdefault(key, (entry, []))[1].extend(entry.services)
    return tuple(
        LeftOpen(
            functions=listed(labels.function(key) for key in entry.functions),
            harms=harm_names(entry.harms, labels),
            services=service_names(services, labels),
            when=condition_names(entry.when, labels),
            state=entry.state,
            state_name=labels.state(entry.state),
        )
        for entry, services in merged.values()
    )


def sentence_case(text: str) -> str:
    """Return a text with a capital first letter, the rest as it stands.

    >>> sentence_case("end-to-end encrypted CSAM")
    'End-to-end encrypted CSAM'
    """
    return text[:1].upper() + text[1:]
