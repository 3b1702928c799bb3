"""What a person says of a document: beside it in `<file>.yaml`, or with the options of a command."""

from pathlib import Path
from typing import Any

from analyser.errors import InputError, UsageError, nearest
from analyser.ingest.dates import is_date
from analyser.ingest.schemes import NUMBERING_KEYS, numbering_from
from analyser.model.base import Frozen
from analyser.rulebook import located_yaml
from analyser.rulebook.models import Date, Regime, Text
from analyser.rulebook.validation import validate


class Said(Frozen):
    """What a person says of a document; what is left out is guessed.

    `numbering` is the key of a scheme of codes/numbering.yaml, or patterns as a code.yaml has them;
    `statute` is one under which a code of the library stands; `instrument: amending` with `amends` makes the
    document an amendment of a revision that is held.
    """

    code: Text = ""
    revision: Date = ""
    numbering: Text | dict[str, Any] = ""
    title: Text = ""
    issuer: Text = ""
    regime: Regime | None = None
    statute: Text = ""
    instrument: Text = ""
    amends: Date = ""

    def over(self, other: "Said") -> "Said":
        """Return what is said here, and for the rest what another says."""
        mine = {field: value for field in Said.model_fields if (value := getattr(self, field))}
        return other.model_copy(update=mine)


def sidecar_of(path: Path) -> Path:
    """Return the file in which a person says of a document what it is: `my.pdf` has `my.pdf.yaml`."""
    return path.with_name(f"{path.name}.yaml")


def said_beside(path: Path, shown: str) -> Said:
    """Return what is said in the sidecar of a document (nothing where there is none); InputError with its
    line for what cannot be read.
    """
    beside, shown = sidecar_of(path), f"{shown}.yaml"
    if not beside.is_file():
        return Said()
    data = located_yaml.read(beside, shown, InputError)
    if data is None:
        return Said()
    said = validate(Said, data, shown, InputError, what="sidecar")
    _check_numbering(data.get("numbering"), shown)
    return said


def _check_numbering(numbering: Any, shown: str) -> None:
    """Refuse a key that no numbering has, and a pattern that is none, with its line."""
    if not isinstance(numbering, located_yaml.LocatedMap):
        return
    for key, value in numbering.items():
        place = f"{shown}, line {numbering.key_lines.get(key, 1)}"
        if key not in NUMBERING_KEYS:
            raise InputError(
                f"`numbering:` has no key `{key}`", place=place, fix=nearest(str(key), NUMBERING_KEYS)
            )
        numbering_from({key: value}, place)


def said_by_options(code: str | None, date: str | None, numbering: str | None) -> Said:
    """Return what the options of a command say; UsageError for a date that is none."""
    if date and not is_date(date):
        raise UsageError(f"`{date}` is no date", fix="Write it as YYYY-MM-DD, a day of the calendar.")
    return Said(code=code or "", revision=date or "", numbering=numbering or "")
