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
    from analyser.workspace.in_use import InUse


@dataclass(frozen=True, slots=True)
class Session:
    """One text analysed under one set of rules, for one profile where there is one."""

    ref: "RevisionRef"
    rulebook: "Rulebook"
    analysis: "Analysis"
    profile: "Profile | None"
    profile_path: Path | None
    profile_shown: str
    in_use: "InUse"

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
            "profile": self.profile_shown or None,
            **(asked or {}),
        }
        plain = plain_context(options, (self.ref,), self.rulebook, self.in_use)
        inputs = plain.inputs
        if self.profile_path is not None:
            inputs = (*inputs, _input(self.profile_path, self.profile_shown))
        return plain.model_copy(
            update={"inputs": inputs, "labels": self.analysis.labels(), "extra": dict(extra or {})}
        )


def open_session(
    revision: str | None,
    *,
    profile: Path | None = None,
    include_all: bool = False,
    strict: bool = False,
    rules: Sequence[Path] | None = None,
    no_workspace: bool = False,
) -> Session:
    """Read the rules, the text and the profile, and analyse them.

    `rules` are overlays over the built-in rules and those of the workspace, if there is one and it is wanted.
    Text that found no place in the structure is said on stderr; with `strict` it is UnplacedTextError.
    """
    from analyser import library
    from analyser.analysis import analyse

    in_use = open_rules(rules, no_workspace)
    ref = library.resolve(revision or in_use.revision)
    rulebook = in_use.rulebook
    judged, file, shown = in_use.profile(profile) if profile is not None else (None, None, "")
    analysis = analyse(ref, rulebook, profile=judged, include_all=include_all)
    tell_composed(ref, analysis.composed)
    _tell_unplaced(analysis, ref.shown, strict)
    return Session(ref, rulebook, analysis, judged, file, shown, in_use)


def open_rules(rules: Sequence[Path] | None = None, no_workspace: bool = False) -> "InUse":
    """Return the workspace and the overlays to work with, and say on stderr which they are."""
    from analyser.workspace.in_use import use

    in_use = use(rules, no_workspace)
    if in_use.says:
        note(f"{in_use.says}.")
    return in_use


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
    in_use: "InUse | None" = None,
) -> "OutputContext":
    """Return the context of an output that rests on texts or rules alone, without an analysis.

    Where a workspace or overlays are in use, the options name them and the inputs list their files.
    """
    from analyser.reporting.context import OutputContext
    from analyser.reporting.rows import InputFile, RulesUsed

    used = (
        RulesUsed(pack=rulebook.pack, version=rulebook.version, sha256=rulebook.sha256)
        if rulebook
        else RulesUsed(pack="none", version="", sha256="")
    )
    inputs = [_input(path, shown) for ref in refs for path, shown in ref.files]
    if in_use and in_use.workspace:
        inputs.append(_input(*in_use.workspace.file))
    inputs += [InputFile(path=one.path, sha256=one.sha256) for one in (rulebook.overlays if rulebook else ())]
    return OutputContext(
        rules=used,
        inputs=tuple(inputs),
        options={**dict(asked or {}), **(in_use.options if in_use else {})},
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
