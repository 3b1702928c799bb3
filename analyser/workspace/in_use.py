"""What a command works with beside the library: the workspace, overlays, and the rules that come of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser import library
from analyser.rulebook.models import Rulebook
from analyser.workspace.find import find_workspace
from analyser.workspace.model import Workspace

if TYPE_CHECKING:
    from analyser.profiles import Profile

Overlays = tuple[tuple[Path, str], ...]


@dataclass(frozen=True)
class InUse:
    """The workspace, if one is in use, and the overlays in their order: the workspace's, then those asked for
    (`asked`, as typed).
    """

    workspace: Workspace | None = None
    asked: Overlays = ()

    @property
    def overlays(self) -> Overlays:
        """Every overlay, path and name; one that is named twice counts once."""
        found: dict[Path, tuple[Path, str]] = {}
        for path, shown in (*(self.workspace.overlays if self.workspace else ()), *self.asked):
            found.setdefault(path.resolve(), (path, shown))
        return tuple(found.values())

    @cached_property
    def rulebook(self) -> Rulebook:
        """The built-in rules with the overlays over them."""
        return library.rulebook(self.overlays)

    @property
    def revision(self) -> str | None:
        """The text that the workspace names as its default, None when it names none."""
        return (self.workspace.settings.revision or None) if self.workspace else None

    @property
    def options(self) -> dict[str, Any]:
        """What outputs record of it; nothing at all when there is nothing to record."""
        found: dict[str, Any] = {}
        if self.workspace:
            found["workspace"] = self.workspace.name
        if self.asked:
            found["rules"] = [shown for _, shown in self.asked]
        return found

    @property
    def says(self) -> str:
        """A sentence on the workspace and the overlays in use, empty when there are none."""
        names = [shown for _, shown in self.overlays]
        parts = [f"workspace {self.workspace.name} ({self.workspace.folder})"] if self.workspace else []
        if names:
            parts.append(f"rules {', '.join(names)} over the built-in ones")
        elif parts:
            parts.append("built-in rules")
        return ", ".join(parts)

    def profile(self, asked: Path) -> "tuple[Profile, Path | None, str]":
        """Return the profile meant by a path, or by the name of one in the workspace or of an archetype; with
        its file (None for one in a file of rules) and how outputs name it. InputError when there is none.
        """
        from analyser.profiles import read

        name = str(asked)
        if asked.is_file() or asked.suffix or len(asked.parts) != 1:
            return read(asked, self.rulebook), asked, name
        if self.workspace and self.workspace.profiles:
            own = self.workspace.profiles / f"{name}.yaml"
            if own.is_file():
                shown = self.workspace.shown(f"{self.workspace.settings.profiles}/{name}.yaml")
                return read(own, self.rulebook, shown), own, shown
        from analyser.rulebook.archetypes import archetypes
        from analyser.rulebook.overlay import contents, read_overlay

        overlays = [read_overlay(contents(path, shown), shown) for path, shown in self.overlays]
        found = archetypes(library.rules_dir(), self.rulebook, overlays).get(name)
        if found is None:
            return read(asked, self.rulebook), asked, name
        built_in = library.root() / found.file
        return found.profile, built_in if built_in.is_file() else None, found.file


def use(rules: Sequence[Path] | None = None, no_workspace: bool = False) -> InUse:
    """Return what is in use: the workspace found, unless it is not wanted, and the overlays asked for."""
    workspace = None if no_workspace else find_workspace()
    return InUse(workspace, tuple((path, _as_typed(path)) for path in rules or ()))


def _as_typed(path: Path) -> str:
    return path.as_posix()
