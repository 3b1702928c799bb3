"""The archetypes: profiles that come with the rules, and those that overlays add, amend or disable."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analyser.errors import InputError, RulesError, nearest
from analyser.rulebook import located_yaml
from analyser.rulebook.merge import combine
from analyser.rulebook.models import Rulebook
from analyser.rulebook.overlay import Given, Overlay
from analyser.rulebook.sections import ARCHETYPES, SECTIONS
from analyser.rulebook.validation import validate

if TYPE_CHECKING:
    from analyser.profiles import Profile

# What profiles name by its key, so that it cannot be disabled under them.
_NAMED = ("harms", "services", "functionalities")


@dataclass(frozen=True, slots=True)
class Archetype:
    """A profile under its name, and the file in which it stands."""

    profile: "Profile"
    file: str


def archetypes(rules_dir: Path, rulebook: Rulebook, overlays: Sequence[Overlay]) -> dict[str, Archetype]:
    """Return every archetype by its name: the built-in ones, with what overlays say.

    RulesError for one that names what the rules do not know, or what an overlay disables.
    """
    from analyser.profiles.model import Profile
    from analyser.profiles.read import read

    given = [one for overlay in overlays for one in overlay.given if one.section.name == ARCHETYPES]
    touched = {one.id for one in given}
    base: dict[str, Profile] = {}
    for path in sorted((rules_dir / ARCHETYPES).glob("*.yaml")):
        shown = f"rules/{ARCHETYPES}/{path.name}"
        try:
            if path.stem in touched:  # judged after the change
                data = located_yaml.read(path, shown, InputError)
                base[path.stem] = validate(Profile, data, shown, InputError, what="profile")
            else:
                base[path.stem] = read(path, rulebook, shown)
        except InputError as problem:
            for section in _NAMED:
                for key in re.findall(r"`([^`]+)`", problem.cause):
                    _refuse_disabled(path.stem, section, key, problem.place, overlays)
            raise RulesError(problem.cause, place=problem.place, fix=problem.fix) from problem
    files = {name: f"rules/{ARCHETYPES}/{name}.yaml" for name in base}
    places = {id(profile): f"{files[name]}, line 1" for name, profile in base.items()}
    found = combine(SECTIONS[ARCHETYPES], base, given, lambda profile: places[id(profile)])
    for one in given:
        files.setdefault(one.id, one.file)
        if one.id in found:
            _check(one, found[one.id], rulebook, overlays)
    return {
        name: Archetype(profile if profile.name else profile.model_copy(update={"name": name}), files[name])
        for name, profile in found.items()
    }


def check_archetypes(rules_dir: Path, rulebook: Rulebook, overlays: Sequence[Overlay]) -> None:
    """Raise RulesError when an archetype of an overlay is wrong, or one names what an overlay disables.

    The built-in ones are read only where an overlay could have disturbed them.
    """
    given = [one for overlay in overlays for one in overlay.given]
    if any(
        one.section.name == ARCHETYPES or (one.action == "disable" and one.section.name in _NAMED)
        for one in given
    ):
        archetypes(rules_dir, rulebook, overlays)


def _check(one: Given, profile: "Profile", rulebook: Rulebook, overlays: Sequence[Overlay]) -> None:
    from analyser.profiles.model import OTHERS

    known = (
        ("harms", profile.risk, [*(harm.key for harm in rulebook.harms), OTHERS]),
        ("services", profile.service_types or (), [service.key for service in rulebook.services]),
        ("functionalities", profile.functionalities, [entry.key for entry in rulebook.functionalities]),
    )
    for section, keys, names in known:
        for key in keys:
            if key not in names:
                what = SECTIONS[section].what
                _refuse_disabled(one.id, section, key, one.place, overlays)
                raise RulesError(
                    f"`{one.id}`: there is no {what} `{key}`", place=one.place, fix=nearest(key, names)
                )


def _refuse_disabled(name: str, section: str, key: str, place: str, overlays: Sequence[Overlay]) -> None:
    """Say where what a profile names is disabled, if that is why it is not known."""
    for overlay in overlays:
        for gone in overlay.given:
            if gone.action == "disable" and (gone.section.name, gone.id) == (section, key):
                raise RulesError(
                    f"the archetype `{name}` names the {gone.section.what} `{key}`, which is disabled in "
                    f"{gone.place}",
                    place=place,
                    fix="Disable or amend what names it too.",
                )
