"""A decision about one finding, and what it may say; every complaint about it is a sentence."""

import datetime
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from analyser.errors import nearest
from analyser.model.base import Effect, Frozen, Kind, Level
from analyser.rulebook.entries import Text

GAP, EXEMPTION = "gap", "exemption"

# What a reviewer may grade otherwise, with the grades there are. `strength` of an exemption is how surely a
# service could claim it; a state is never graded: it is counted, and what is counted stays what was found.
GRADES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    GAP: {"strength": ("yes", "arguable"), "relevance": ("evidenced", "not_known")},
    EXEMPTION: {
        "strength": ("yes", "arguable"),
        "level": tuple(Level),
        "effect": tuple(Effect),
        "kind": tuple(Kind),
    },
}
_ID = re.compile(r"^(?P<key>\S+/\S+?)/(?P<name>[^/\s]+)$")
_GAP = "gap-"


class Verdict(StrEnum):
    """What came of looking at a finding."""

    ACCEPT = "accept"
    REJECT = "reject"
    RE_GRADE = "re-grade"
    NOTE = "note"


class Status(StrEnum):
    """How a decision stands on a text: made on it, carried to it, re-opened as the words changed, stale as
    its finding is gone, passed over for a later decision on the same finding, or not about this text.
    """

    VALID = "valid"
    CARRIED = "carried"
    REOPENED = "reopened"
    STALE = "stale"
    SUPERSEDED = "superseded"
    ASIDE = "aside"


IN_FORCE = (Status.VALID, Status.CARRIED)


def _date(value: str) -> str:
    if not value:
        return value
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError(f"`{value}` is no date; a date is written 2026-11-20") from None


def _verdict(value: object) -> object:
    if isinstance(value, str) and value not in tuple(Verdict):
        raise ValueError(f"there is no verdict `{value}`. {nearest(value, tuple(Verdict))}")
    return value


def _line(value: str) -> str:
    """Put a text on one line, without what cannot be printed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())


Day = Annotated[Text, AfterValidator(_date)]
Line = Annotated[Text, AfterValidator(_line)]


class Decision(Frozen):
    """What a reviewer decided about one finding, named by its id.

    `to` is what a re-grade gives (`{level: minor}`), `quote` the words it was made on, `revision` the text
    (`code@date`), `carried_from` the id of the decision that it continues.

    >>> Decision(finding="icu/2025-02-24/C2.2#vague_standard-1", verdict="accept", reviewer="A", date="").kind
    'exemption'
    """

    finding: Annotated[Line, Field(min_length=1)]
    verdict: Annotated[Verdict, BeforeValidator(_verdict)]
    to: dict[str, str] = Field(default_factory=dict)
    reviewer: Line = ""
    date: Day = ""
    reason: Line = ""
    quote: Line = ""
    revision: Line = ""
    carried_from: Line = ""

    @model_validator(mode="after")
    def _whole(self) -> "Decision":
        if not _ID.match(self.finding):
            raise ValueError(
                f"`{self.finding}` is no id of a finding; it is written as `codegap gaps` and "
                "`codegap exemptions` print it"
            )
        if not self.reviewer:
            raise ValueError("a decision needs a `reviewer`")
        if self.verdict is not Verdict.ACCEPT and not self.reason:
            raise ValueError(f"the verdict {self.verdict} needs a `reason`")
        if self.verdict is Verdict.RE_GRADE and not self.to:
            raise ValueError("a re-grade needs `to`, such as {strength: arguable}")
        if self.verdict is not Verdict.RE_GRADE and self.to:
            raise ValueError(f"`to` is for a re-grade; the verdict is {self.verdict}")
        for name, value in self.to.items():
            check_grade(self.kind, name, value)
        return self

    @property
    def key(self) -> str:
        """The text in the id, e.g. `icu/2025-02-24`."""
        return self.finding.rsplit("/", 1)[0]

    @property
    def name(self) -> str:
        """The finding without its text, the same in every revision, e.g. `C2.2#feasibility-1`."""
        return self.finding.rsplit("/", 1)[1]

    @property
    def kind(self) -> str:
        """Whether it is about a gap or an exemption."""
        return GAP if self.name.startswith(_GAP) else EXEMPTION


def check_grade(kind: str, name: str, value: str) -> None:
    """Refuse (ValueError) a grade that a gap or an exemption does not have."""
    known = GRADES[kind]
    article = "an" if kind == EXEMPTION else "a"
    if name not in known:
        raise ValueError(f"the `{name}` of {article} {kind} cannot be graded. {nearest(name, known)}")
    if value not in known[name]:
        raise ValueError(f"the {name} of {article} {kind} cannot be `{value}`. {nearest(value, known[name])}")


def read_grades(text: str) -> dict[str, str]:
    """Read `level: minor; strength=arguable` as grades, without asking whether there are such.

    >>> read_grades("level: minor")
    {'level': 'minor'}
    """
    found: dict[str, str] = {}
    for part in re.split(r"[;,]", text):
        if not part.strip():
            continue
        name, mark, value = re.sub(r"\s*[:=]\s*", ":", part.strip(), count=1).partition(":")
        if not mark or not value or name in found:
            raise ValueError(f"`{part.strip()}` is no grade; one is written `level: minor`")
        found[name.strip().lower()] = value.strip().lower()
    return found


def grade_words(to: Mapping[str, str]) -> str:
    """Write grades as `read_grades` reads them."""
    return "; ".join(f"{name}: {value}" for name, value in to.items())
