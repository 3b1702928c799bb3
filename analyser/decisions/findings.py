"""The findings of one text that people decide on: exemptions and gaps, each with the words it rests on."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from analyser.analysis import Analysis
from analyser.decisions.model import EXEMPTION
from analyser.errors import InputError, UsageError
from analyser.library import resolve
from analyser.reporting.rows import ExemptionRow, GapRow
from analyser.rulebook.models import Rulebook

Opener = Callable[[str], "Findings | None"]


@dataclass
class Findings:
    """The exemptions and gaps of an analysis by their ids; `text` is how decisions name the text
    (`code@date`)."""

    analysis: Analysis
    text: str

    @property
    def key(self) -> str:
        """The stem of the ids, e.g. `icu/2025-02-24`."""
        return self.analysis.document.key

    @property
    def code(self) -> str:
        """The stem without the date: decisions on another code are not about this text."""
        return self.key.rsplit("/", 1)[0]

    @cached_property
    def exemptions(self) -> dict[str, ExemptionRow]:
        """Every exemption."""
        return {row.id: row for row in self.analysis.exemption_rows()}

    @cached_property
    def gaps(self) -> dict[str, GapRow]:
        """Every gap, also those that lists leave out by default."""
        return {item.row.id: item.row for item in self.analysis.ranked_gaps(include_all=True)}

    def ids(self, kind: str) -> tuple[str, ...]:
        """Return the ids of the exemptions or of the gaps."""
        return tuple(self.exemptions if kind == EXEMPTION else self.gaps)

    def words(self, finding: str) -> str:
        """Return the words that a finding rests on, empty for one that rests on none (no measure)."""
        if finding in self.exemptions:
            return exemption_words(self.exemptions[finding])
        if finding in self.gaps:
            return self.gap_words(self.gaps[finding])
        return ""

    def gap_words(self, row: GapRow) -> str:
        """Return the words of the causes of a gap, each once, in their order."""
        told = (
            exemption_words(self.exemptions[cause.exemption])
            if cause.exemption in self.exemptions
            else cause.quote
            for cause in row.causes
        )
        return " / ".join(dict.fromkeys(" ".join(words.split()) for words in told))

    def grades(self, finding: str) -> dict[str, str]:
        """Return how the engine graded a finding, by the names that `to` of a re-grade may have."""
        if finding in self.gaps:
            row = self.gaps[finding]
            return {"strength": row.strength, "relevance": row.relevance}
        if finding in self.exemptions:
            found = self.exemptions[finding]
            return {
                "strength": strength_of(found),
                "level": found.level,
                "effect": found.effect,
                "kind": found.kind,
            }
        return {}


def exemption_words(row: ExemptionRow) -> str:
    """Return the words of an exemption; of a failing application the limbs, which tell its rows apart."""
    return " ".join(("; ".join(row.limbs) or row.quote).split())


def strength_of(row: ExemptionRow) -> str:
    """Say how surely anybody could claim an exemption; where a measure does not apply nobody need claim."""
    answers = {claim.answer for claim in row.invocable_by}
    if row.limbs or row.nature == "application":
        return "yes"
    return next((answer for answer in ("yes", "arguable", "no") if answer in answers), "unknown")


def opener(rulebook: Rulebook) -> Opener:
    """Return a function that analyses the text of a revision by the same rules, once each; None for a text
    that is not held any more.
    """
    from analyser.analysis import analyse

    opened: dict[str, Findings | None] = {}

    def open_(revision: str) -> Findings | None:
        if revision not in opened:
            try:
                ref = resolve(revision)
                opened[revision] = Findings(analyse(ref, rulebook), f"{ref.name}@{ref.revision}")
            except (UsageError, InputError):
                opened[revision] = None
        return opened[revision]

    return open_
