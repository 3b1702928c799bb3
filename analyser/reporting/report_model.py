"""The report as one frozen value, ready for any format; the analysis fills it, the formats only print it."""

from typing import Any

from pydantic import Field

from analyser.model.base import Frozen
from analyser.reporting.context import SourceRef
from analyser.reporting.decision_rows import DecisionSummary
from analyser.reporting.rows import DutyRow, ExemptionRow, GapRow, InputFile, MatrixRow, RulesUsed


class Headline(Frozen):
    """One finding in a sentence, the gaps it rests on, and the words that cause it.

    `basis` is how the words are known (it decides whether they may stand in quotation marks); `row_basis` is
    the
    weakest on the finding's whole path, empty when it is the same. `beside` is a published figure that stands
    near it, in a sentence.
    """

    sentence: str
    gap_ids: tuple[str, ...]
    basis: str
    words: str
    provision: str
    row_basis: str = ""
    beside: str = ""


class RankedGap(Frozen):
    """A gap in its place in the order, and why it stands there."""

    row: GapRow
    order_reason: str


class Partition(Frozen):
    """Whether the states add up to the number of cells, each cell counted once."""

    cells: int
    counted: int

    @property
    def holds(self) -> bool:
        """Say whether every cell has exactly one state."""
        return self.cells == self.counted


class Report(Frozen):
    """Everything that a report prints.

    `totals` counts leaf cells by state key. `exemptions` and `gaps` stand in the order in which they are to
    be printed;
    `order_text` says how the gaps are ordered. `method` and `limits` are paragraphs. `versions` are names
    and values, e.g.
    ("spaCy", "3.8.7").
    """

    title: str
    code_title: str
    code: str
    revision: str
    status: str
    issuer: str
    inputs: tuple[InputFile, ...]
    rules: RulesUsed
    options: dict[str, Any] = Field(default_factory=dict)
    headlines: tuple[Headline, ...]
    exemptions: tuple[ExemptionRow, ...]
    gaps: tuple[RankedGap, ...]
    order_text: str
    matrix: tuple[MatrixRow, ...]
    totals: dict[str, int]
    partition: Partition
    totals_text: str = ""
    duties: tuple[DutyRow, ...] = ()
    method: tuple[str, ...]
    limits: tuple[str, ...]
    basis_legend: tuple[tuple[str, str], ...] = ()
    sources: tuple[SourceRef, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    decisions: DecisionSummary | None = None
