"""Decisions beside the rows of a comparison: on which paragraph, and what became of each."""

from collections.abc import Sequence

from analyser.decisions.apply import told
from analyser.decisions.model import EXEMPTION
from analyser.decisions.settle import Settled, Settlement
from analyser.reporting.compare_rows import CompareRow
from analyser.reporting.decision_rows import Decided, DecidedCompareRow


def decide_compared(
    rows: Sequence[CompareRow], before: Settlement, after: Settlement
) -> tuple[DecidedCompareRow, ...]:
    """Return the rows of a comparison, each with the decisions on exemptions of its paragraphs; `before` and
    `after` are the decisions of one file on either text.
    """
    found: dict[tuple[str, str], list[Decided]] = {}
    for old, new in zip(before.settled, after.settled, strict=True):
        if new.decision.kind != EXEMPTION:
            continue
        decided = _told(old, new, before, after)
        for side, one, settlement in (("<", old, before), (">", new, after)):
            if one.finding and decided is not None:
                found.setdefault((side, _holder(settlement, one.finding)), []).append(decided)
    return tuple(
        DecidedCompareRow.model_construct(
            **{field: getattr(row, field) for field in CompareRow.model_fields},
            decisions=_of(row, found),
        )
        for row in rows
    )


def _told(old: Settled, new: Settled, before: Settlement, after: Settlement) -> Decided | None:
    """Return a decision as it stands on the later text, else on the earlier one, saying that it is gone."""
    if new.finding:
        return told(after, new)
    if not old.finding:
        return None
    here = told(before, old)
    return here.model_copy(update={"why": "; ".join(part for part in (here.why, f"now {new.why}") if part)})


def _holder(settlement: Settlement, finding: str) -> str:
    """Return the measure or paragraph whose row tells of an exemption."""
    row = settlement.findings.exemptions[finding]
    return row.measure if row.limbs else row.provision.partition("(")[0]


def _of(row: CompareRow, found: dict[tuple[str, str], list[Decided]]) -> tuple[Decided, ...]:
    sides = (("<", row.from_), (">", row.to))
    named = [
        one for side, names in sides for name in names.split(" + ") for one in found.get((side, name), ())
    ]
    return tuple({one.finding: one for one in named}.values())
