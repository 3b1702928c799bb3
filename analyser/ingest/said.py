"""What a person says of a document: beside it in `<file>.yaml`, or with the options of a command."""

from pathlib import Path
from typing import Any

from analyser.errors import InputError, UsageError
from analyser.ingest.dates import is_date
from analyser.model.base import Frozen
from analyser.rulebook import located_yaml
from analyser.rulebook.models import Date, Regime, Text
from analyser.rulebook.validation import validate


class Said(Frozen):
    """What a person says of a document; what is left out is guessed.

    `numbering` is the key of a scheme of codes/numbering.yaml, or patterns as a code.yaml has them;
    `instrument: amending` with `amends` makes the document an amendment of a revision that is held.
    """

    code: Text = ""
    revision: Date = ""
    numbering: Text | dict[str, Any] = ""
    title: Text = ""
    issuer: Text = ""
    regime: Regime | None = None
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
    return validate(Said, data, shown, InputError, what="sidecar")


def said_by_options(code: str | None, date: str | None, numbering: str | None) -> Said:
    """Return what the options of a command say; UsageError for a date that is none."""
    if date and not is_date(date):
        raise UsageError(f"`{date}` is no date", fix="Write it as 2025-02-24.")
    return Said(code=code or "", revision=date or "", numbering=numbering or "")
