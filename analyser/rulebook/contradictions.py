"""What overlays say against each other, or against what is there: refused by name, with both places."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from analyser.errors import RulesError, nearest
from analyser.rulebook.amend import Operation, key_of
from analyser.rulebook.overlay import Given
from analyser.rulebook.sections import Section

# What can be said of one entry by two overlays without a contradiction.
_AGREE = ({"amend"}, {"disable"}, {"add", "amend"}, {"add", "disable"})


def check_together(section: Section, given: Sequence[Given], known: Mapping[str, str]) -> None:
    """Raise RulesError for the first entry of a section on which what overlays say cannot all be done.

    `known` are the entries that are there without overlays, each with its place.
    """
    by_id: dict[str, list[Given]] = {}
    for one in given:
        by_id.setdefault(one.id, []).append(one)
    for name, said in by_id.items():
        for first, second in combinations(said, 2):
            _check_two(first, second)
        added = next((one for one in said if one.action == "add"), None)
        if added is not None and name in known:
            raise RulesError(
                f"`{name}`: there is a {section.what} of this name already, in {known[name]}",
                place=added.place,
                fix="To change it write `amend:`; to put yours in its place write `replaces: true`.",
            )
        if added is None and name not in known:
            _refuse_unknown(
                section, said[0], [*known, *(one.id for one in given if one.action == "add")], given
            )
        changes = [change for one in said for change in one.operations]
        for change, other in combinations(changes, 2):
            _check_operations(name, change, other)


def _check_two(first: Given, second: Given) -> None:
    actions = {first.action, second.action}
    alike = first.action == second.action
    at_odds = actions not in _AGREE or (alike and first.action in ("add", "replace"))
    # Whoever adds an entry and disables it in the same file contradicts himself; another may disable it.
    if at_odds or (actions == {"add", "disable"} and first.file == second.file):
        verbs = {"add": "adds", "replace": "replaces", "amend": "amends", "disable": "disables"}
        said = (
            f"{verbs[first.action]} it twice"
            if alike
            else f"{verbs[first.action]} it and {verbs[second.action]} it"
        )
        who = (
            "one overlay"
            if first.file == second.file
            else "what overlays say contradicts itself: together they"
        )
        said = said if first.file == second.file else said.replace("s it", " it")
        raise RulesError(
            f"`{first.id}`: {who} {said} (first in {first.place})",
            place=second.place,
            fix="Keep one of the two.",
        )


def _refuse_unknown(section: Section, one: Given, known: Iterable[str], given: Sequence[Given]) -> None:
    verb = {"amend": "amended", "disable": "disabled", "replace": "replaced"}[one.action]
    raise RulesError(
        f"`{one.id}` cannot be {verb}: there is no such entry in `{section.name}`",
        place=one.place,
        fix=nearest(one.id, known),
    )


def _check_operations(name: str, one: Operation, other: Operation) -> None:
    """Refuse two operations that would not do the same in any order."""
    if one.path[0] != other.path[0]:
        return
    field = ".".join(one.path)
    whole = len(one.path) != len(other.path)
    if one.path != other.path and not whole:
        return
    actions = {one.action, other.action}
    why = ""
    if actions == {"set"}:
        if whole or one.value != other.value:
            why = f"is set to `{_short(one.value)}` and to `{_short(other.value)}`"
    elif "set" in actions:
        why = "is set as a whole, and words are added to it or taken from it"
    else:
        mine = {key_of(item, one.path): item for item in one.value}
        theirs = {key_of(item, other.path): item for item in other.value}
        shared = [key for key in mine if key in theirs]
        if (
            len(actions) == 2
            and one.file == other.file
            and any(isinstance(one, Mapping) for key in shared for one in (mine[key], theirs[key]))
        ):
            return  # an answer taken away and given anew
        if len(actions) == 2 and shared:
            why = f"has `{shared[0]}` added and removed"
        elif actions == {"add"} and any(mine[key] != theirs[key] for key in shared):
            key = next(key for key in shared if mine[key] != theirs[key])
            why = f"is given two entries for `{key}`"
    if why:
        raise RulesError(
            f"`{name}`: its `{field}` {why} (first in {one.place})",
            place=other.place,
            fix="Keep one of the two.",
        )


def _short(value: Any) -> str:
    text = "true" if value is True else "false" if value is False else str(value)
    return text if len(text) <= 40 else text[:37] + "…"
