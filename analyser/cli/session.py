"""What a command works with: text, rules, profile, and the context in which its rows are written."""

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser.cli.output import note, terminal_width
from analyser.errors import UnplacedTextError

if TYPE_CHECKING:
    from analyser.analysis import Analysis
    from analyser.catalogue import Composed
    from analyser.library import RevisionRef
    from analyser.profiles import Profile
    from analyser.reporting.context import OutputContext
    from analyser.rulebook.models import Rulebook


@dataclass(frozen=True, slots=True)
class Session:
    """One text analysed under one set of rules, for one profile where there is one."""

    ref: "RevisionRef"
    rulebook: "Rulebook"
    analysis: "Analysis"
    profile: "Profile | None"
    profile_path: Path | None

    @property
    def measures(self) -> list[str]:
        """The ids of the measures of the text."""
        return [measure.id for measure in self.analysis.document.measures]

    def context(
        self, asked: Mapping[str, Any] | None = None, extra: Mapping[str, Any] | None = None
    ) -> "OutputContext":
        """Return the context of an output: what went into it, its options in full, and the words for keys."""
        options = {
            "revision": f"{self.ref.name}@{self.ref.revision}",
            "profile": str(self.profile_path) if self.profile_path else None,
            **(asked or {}),
        }
        plain = plain_context(options, (self.ref,), self.rulebook)
        inputs = plain.inputs
        if self.profile_path is not None:
            inputs = (*inputs, _input(self.profile_path, str(self.profile_path)))
        return plain.model_copy(
            update={"inputs": inputs, "labels": self.analysis.labels(), "extra": dict(extra or {})}
        )


def open_session(
    revision: str | None, *, profile: Path | None = None, include_all: bool = False, strict: bool = False
) -> Session:
    """Read the rules, the text and the profile, and analyse them.

    Text that found no place in the structure is said on stderr; with `strict` it is UnplacedTextError.
    """
    from analyser import library
    from analyser.analysis import analyse
    from analyser.profiles import read

    ref = library.resolve(revision)
    rulebook = library.rulebook()
    judged = read(profile, rulebook) if profile is not None else None
    analysis = analyse(ref, rulebook, profile=judged, include_all=include_all)
    tell_composed(ref, analysis.composed)
    _tell_unplaced(analysis, ref.shown, strict)
    return Session(ref, rulebook, analysis, judged, profile)


def tell_composed(ref: "RevisionRef", composed: "Composed | None", said_already: bool = False) -> None:
    """Say on stderr what a document was taken to be, what is pending beside a text, that it is shown as if
    amendments were in force that are not (unless that is said already), and which could not be applied.
    """
    for guess in ref.identified.notes if ref.identified else ():
        note(guess)
    if ref.instruments and ref.entry is not None and not ref.entry.in_force and not said_already:
        note(f"{ref.name}@{ref.revision}: {ref.entry.status}.")
    for notice in ref.notices:
        note(notice)
    for one in composed.not_applied if composed else ():
        note(f"{one.sentence}.")


def plain_context(
    asked: Mapping[str, Any] | None = None,
    refs: Sequence["RevisionRef"] = (),
    rulebook: "Rulebook | None" = None,
) -> "OutputContext":
    """Return the context of an output that rests on texts or rules alone, without an analysis."""
    from analyser.reporting.context import OutputContext
    from analyser.reporting.rows import RulesUsed

    used = (
        RulesUsed(pack=rulebook.pack, version=rulebook.version, sha256=rulebook.sha256)
        if rulebook
        else RulesUsed(pack="none", version="", sha256="")
    )
    return OutputContext(
        rules=used,
        inputs=tuple(_input(path, shown) for ref in refs for path, shown in ref.files),
        options=dict(asked or {}),
        width=terminal_width(),
        terminal=sys.stdout.isatty(),
    )


def _input(path: Path, shown: str) -> Any:
    from analyser.reporting.rows import InputFile

    return InputFile(path=shown, sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def _tell_unplaced(analysis: "Analysis", shown: str, strict: bool) -> None:
    document = analysis.document
    if not document.unplaced:
        return
    first = document.unplaced[0]
    words = " ".join(first.of(document.text).split())
    page = analysis.composed.page_of(first) if analysis.composed else None
    line = document.text.count("\n", 0, first.start) + 1
    place = f"{shown}, page {page}" if page else f"{shown}, line {line} of the text"
    pieces = "1 piece" if len(document.unplaced) == 1 else f"{len(document.unplaced)} pieces"
    count = f"{pieces} of text found no place ({document.placed:.1%} placed)"
    lost = f"{count}; the first: {words[:80]}"
    if strict:
        raise UnplacedTextError(lost, place=place, fix="Run without --strict to go on.")
    note(f"{lost} ({place}).")
