"""Reviews of a workbook merged into a file of decisions: what is new, what changed, what is in conflict."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analyser.decisions.file import DecisionFile, parse_decisions, written
from analyser.decisions.findings import Findings
from analyser.decisions.model import Decision
from analyser.decisions.settle import Settled, Settlement
from analyser.decisions.workbook import Review, Reviewed
from analyser.errors import InputError, nearest
from analyser.rulebook.validation import validate

WORKBOOK, FILE = "workbook", "file"


@dataclass
class Merged:
    """What becomes of a file: decisions added and changed (by the finding of the entry), the sentences on
    conflicts, and how many reviews the file says already."""

    added: list[Decision] = field(default_factory=list)
    changed: dict[str, Decision] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    same: int = 0


def check_reviews(reviewed: Reviewed, findings: Findings, made_here: bool) -> None:
    """Refuse a review whose id is no finding of the text, or whose row is about another one.

    `made_here` says that the workbook was made from this text by these rules; else an id may be of a finding
    that they no longer give, and is kept.
    """
    for review in reviewed.reviews:
        known = findings.ids(review.kind)
        if review.finding in known:
            moved = not _is_about(review, findings)
            if made_here and moved:
                raise InputError(
                    f"the row tells of another finding than its id, `{review.finding}`",
                    place=f"{reviewed.shown}, {review.place('id')}",
                    fix="Put the id back; if rows were sorted, sort every column with them.",
                )
        elif made_here:
            raise InputError(
                f"there is no finding `{review.finding}`: its id was changed",
                place=f"{reviewed.shown}, {review.place('id')}",
                fix=nearest(review.finding, known),
            )


def _is_about(review: Review, findings: Findings) -> bool:
    """Say whether the cells of a row tell of the finding that its id names."""
    gap = findings.gaps.get(review.finding)
    if gap is not None:
        return not review.where or " ".join(gap.who.split()) == review.where
    row = findings.exemptions[review.finding]
    held = not review.words or " ".join(row.quote.split()) in review.words
    return held and (not review.where or " ".join("; ".join(row.limbs).split()) == review.where)


def merge(
    reviewed: Reviewed,
    settlement: Settlement,
    *,
    reviewer: str = "",
    date: str = "",
    prefer: str = "",
) -> Merged:
    """Say what becomes of a file of decisions when the reviews of a workbook are put into it.

    `reviewer` and `date` fill what a row leaves empty. Where file and workbook differ it is a conflict, and
    the file's is kept unless `prefer` is workbook.
    """
    merged = Merged()
    for review in reviewed.reviews:
        held = settlement.in_force.get(review.finding)
        decision = _decision(review, reviewed, settlement, held, reviewer, date)
        if held is None:
            own = next((one for one in settlement.file.decisions if one.finding == review.finding), None)
            if own is None:
                merged.added.append(decision)
            else:  # it was to be decided again, and now is
                merged.changed[own.finding] = decision
        elif _says_same(held.decision, decision):
            merged.same += 1
        else:
            merged.conflicts.append(
                f"{review.place()}: {_words(decision)}; "
                f"{settlement.file.place(held.number)}: {_words(held.decision)}"
            )
            if prefer == WORKBOOK and held.decision.finding == review.finding:
                merged.changed[review.finding] = decision
            elif prefer == WORKBOOK:
                merged.added.append(decision)
    return merged


def text_of(merged: Merged, file: DecisionFile) -> str:
    """Return the file with what was merged, read again to be sure that it says so."""
    text = written(file, merged.changed, merged.added)
    wanted = [merged.changed.get(one.finding, one) for one in file.decisions] + merged.added
    if list(parse_decisions(text.encode(), file.path, file.shown).decisions) != wanted:
        plain = DecisionFile(path=file.path, shown=file.shown, content=b"")
        return written(plain, {}, wanted)
    return text


def _decision(
    review: Review,
    reviewed: Reviewed,
    settlement: Settlement,
    held: Settled | None,
    reviewer: str,
    date: str,
) -> Decision:
    who = review.reviewer or reviewer
    if not who:
        raise InputError(
            "a decision stands without a reviewer",
            place=f"{reviewed.shown}, {review.place('reviewer')}",
            fix="Fill it in, or give `--reviewer NAME` for every row that names none.",
        )
    day = review.date or (held.decision.date if held and _agrees(held.decision, review) else date)
    here = review.finding in settlement.findings.ids(review.kind)
    data = {
        "finding": review.finding,
        "verdict": review.verdict,
        "to": review.to,
        "reviewer": who,
        "date": day,
        "reason": review.note,
        "quote": settlement.findings.words(review.finding) if here else "",
        "revision": settlement.findings.text,
    }
    return validate(Decision, data, f"{reviewed.shown}, {review.place()}", InputError, what="decision")


def _agrees(decision: Decision, review: Review) -> bool:
    return (decision.verdict, decision.to, decision.reason) == (review.verdict, review.to, review.note)


def _says_same(one: Decision, other: Decision) -> bool:
    """Say whether two decisions say the same; the id they are on may be of another text."""
    return (one.verdict, one.to, one.reviewer, one.date, one.reason) == (
        other.verdict,
        other.to,
        other.reviewer,
        other.date,
        other.reason,
    )


def _words(decision: Decision) -> str:
    date = f", {decision.date}" if decision.date else ""
    reason = f" ({decision.reason})" if decision.reason else ""
    return f"{decision.verdict} by {decision.reviewer}{date}{reason}"


def carried(settlement: Settlement, before: str) -> Sequence[Decision]:
    """Return the decisions made on one text (its key) as decisions on that of the settlement: those whose
    finding is the same there, in its own id, saying from which they are carried.
    """
    return tuple(
        one.decision.model_copy(
            update={
                "finding": one.finding,
                "quote": one.now,
                "revision": settlement.findings.text,
                "carried_from": one.decision.finding,
            }
        )
        for one in settlement.settled
        if one.status == "carried" and one.decision.key == before and one.finding != one.decision.finding
    )
