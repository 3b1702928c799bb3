"""A workspace and the settings of its codegap.yaml; paths in it are relative to the folder."""

from pathlib import Path

from pydantic import field_validator

from analyser.errors import InputError
from analyser.model.base import Frozen
from analyser.rulebook import located_yaml
from analyser.rulebook.entries import Text, Words
from analyser.rulebook.located_yaml import line_of
from analyser.rulebook.validation import validate

FILE = "codegap.yaml"


class Settings(Frozen):
    """What a codegap.yaml may say; what it does not say is as if there were no workspace."""

    revision: Text = ""
    profiles: Text = ""
    rules: Words = ()
    decisions: Text = ""
    output: Text = ""

    @field_validator("rules", mode="before")
    @classmethod
    def _none(cls, value: object) -> object:
        """Take nothing as no rules."""
        return () if value is None else value


class Workspace(Frozen):
    """A folder with its settings. `name` is how outputs call it: the name of the folder, so that they do not
    depend on where it lies.
    """

    folder: Path
    name: str
    settings: Settings

    @property
    def file(self) -> tuple[Path, str]:
        """Its codegap.yaml, and how outputs name it."""
        return self.folder / FILE, f"{self.name}/{FILE}"

    @property
    def overlays(self) -> tuple[tuple[Path, str], ...]:
        """The files and folders of its own rules, in order, each with how outputs name it."""
        return tuple((self.folder / one, self.shown(one)) for one in self.settings.rules)

    @property
    def profiles(self) -> Path | None:
        """The folder of its profiles, None when it has none."""
        return self.folder / self.settings.profiles if self.settings.profiles else None

    @property
    def decisions(self) -> Path | None:
        """The file of decisions, None when it has none."""
        return self.folder / self.settings.decisions if self.settings.decisions else None

    @property
    def output(self) -> Path | None:
        """The folder for reports, None when it names none."""
        return self.folder / self.settings.output if self.settings.output else None

    def shown(self, path: str) -> str:
        """Return how outputs name something in it, e.g. `my-work/rules`."""
        return f"{self.name}/{path.strip('/').removeprefix('./')}"


def read_workspace(folder: Path) -> Workspace:
    """Return the workspace in a folder that holds a codegap.yaml.

    InputError with file and line for a key that is not known (nearest named), a value that does not fit, and
    rules, profiles or decisions that are not there.
    """
    folder = folder.resolve()
    name = folder.name or "workspace"
    shown = f"{name}/{FILE}"
    data = located_yaml.read(folder / FILE, shown, InputError)
    settings = Settings() if data is None else validate(Settings, data, shown, InputError, what="settings")
    asked: list[tuple[str, tuple[int | str, ...]]] = [
        (path, ("rules", place)) for place, path in enumerate(settings.rules)
    ]
    asked += [(path, (key,)) for key in ("profiles", "decisions") if (path := getattr(settings, key))]
    for path, place in asked:
        if not path.strip() or not (folder / path).exists():
            raise InputError(
                f"`{place[0]}` names `{path}`, which is not in the workspace",
                place=f"{shown}, line {line_of(data, place)}",
                fix=f"Make it in {name}, or take it out.",
            )
    return Workspace(folder=folder, name=name, settings=settings)
