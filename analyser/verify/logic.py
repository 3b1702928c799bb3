"""To whom measures apply, settled by enumeration: the application paragraphs, the index, and defined
terms.
"""

from collections.abc import Iterator, Sequence

from analyser.applications.read import Application, read_words
from analyser.compare.applications import SAME, ApplicationChange, compare_applications
from analyser.compare.similarity import plain
from analyser.logic.evaluate import atoms, unread
from analyser.model.base import Basis
from analyser.model.logic import Condition
from analyser.model.text import IndexRow, Measure, Provision, Span
from analyser.reporting.labels import when_words
from analyser.reporting.rows import When
from analyser.reporting.verify_rows import Verdict, VerifyRow
from analyser.verify.sides import Side, Sides, is_unseen, name_of


def application_rows(sides: Sides, ours: Measure, official: Measure) -> Iterator[VerifyRow]:
    """Yield the row that says whether a measure applies to the same services on both sides."""
    if not ours.application and not official.application:
        return
    held = [paragraph for paragraph in ours.application if sides.ours.seen(paragraph)]
    verdict: Verdict = "not_comparable"
    if not held:
        note = "the words that say to whom it applies were not seen in ours"
    elif not official.application:
        note = "no paragraph that says to whom it applies was found in the official file"
    else:
        applications = (sides.applications[0][ours.id], sides.applications[1][official.id])
        verdict, note = _judged(sides, *applications)
    names = [name_of(ours, one) for one in (ours.application or official.application)]
    first = official.application[0].page if official.application else None
    yield VerifyRow(
        measure=ours.id,
        provision="; ".join(names),
        what="application",
        verdict=verdict,
        ours=_joined(sides.ours, ours.application),
        official=_joined(sides.official, official.application),
        note=note,
        page=first or "",
    )


def index_rows(sides: Sides) -> Iterator[VerifyRow]:
    """Yield a row for every measure that the index of either side lists."""
    ours = {row.measure: row for row in sides.ours.document.index}
    official = {row.measure: row for row in sides.official.document.index}
    if not ours and not official:
        return
    if not official:
        yield _index_row(
            "", "not_comparable", None, None, "no index of measures was found in the official file"
        )
        return
    for name in dict.fromkeys((*ours, *official)):
        one, other = ours.get(name), official.get(name)
        if one is None or other is None:
            lacking: Verdict = "only_ours" if other is None else "only_official"
            yield _index_row(name, lacking, one, other, "")
        else:
            verdict, note = _indexed(sides, one, other)
            yield _index_row(name, verdict, one, other, note)


def same_meaning(sides: Sides, ours: Span, official: Span) -> tuple[Verdict, str]:
    """Say whether two meanings of a term hold for the same services, where both can be read as conditions.

    Where neither can, what is said in other words is not compared: `agree`, with a note.
    """
    first, second = _meaning(sides, sides.ours, ours), _meaning(sides, sides.official, official)
    if (first is None) is not (second is None):
        lost = "ours" if first is None else "the official file"
        return "not_comparable", f"what the term means in {lost} could not be read as a condition"
    if first is None or second is None:
        same = plain(sides.ours.words(ours)) == plain(sides.official.words(official))
        return "agree", "" if same else "the term; what it means is said in other words and was not compared"
    return _judged(sides, *(_as_application(one) for one in (first, second)))


def _judged(sides: Sides, ours: Application, official: Application) -> tuple[Verdict, str]:
    """Compare two conditions; `wider` is said of the official file."""
    study = sides.ours.study
    change = compare_applications([ours], [official], study.rulebook, study.own(""))
    unseen = [words for words in ours.unread if not is_unseen(words)]
    lost = [f"ours: {words}" for words in unseen] + [f"official: {words}" for words in official.unread]
    read = f"; words that could not be read: {'; '.join(lost)}" if lost else ""
    if change.change == SAME:
        return "agree", ""
    if not change.change:
        return "not_comparable", f"it cannot be told whether both apply to the same services{read}"
    return "disagree", f"the official file is {change.change}: {_difference(sides, change)}{read}"


def _difference(sides: Sides, change: ApplicationChange) -> str:
    """Say for which services the official file decides otherwise."""
    told = []
    if change.gained is not None:
        told.append(f"it applies {_where(sides, change.gained)}, and ours does not")
    if change.lost is not None:
        told.append(f"ours applies {_where(sides, change.lost)}, and it does not")
    return "; ".join(told)


def _where(sides: Sides, when: When) -> str:
    condition = when_words(when, sides.labels)
    # No kind of harm is looked at by itself here, so that none is another.
    for number in ("kind", "kinds"):
        condition = condition.replace(f" other {number} of", f" {number} of")
    return f"where the service is: {condition}" if condition else "to every service"


def _indexed(sides: Sides, one: IndexRow, other: IndexRow) -> tuple[Verdict, str]:
    titles = plain(one.title) == plain(other.title) or is_unseen(one.title)
    note = "" if titles else "the titles differ"
    verdict: Verdict = "agree" if titles else "disagree"
    if plain(one.application) == plain(other.application):
        return verdict, note
    if is_unseen(one.application):
        return "not_comparable" if titles else verdict, note or "not seen in ours"
    if not one.application or not other.application:
        blank = "ours" if not one.application else "the official file"
        return "disagree", "; ".join(part for part in (note, f"the cell is blank in {blank}") if part)
    conditions = (_cell(sides, sides.ours, one), _cell(sides, sides.official, other))
    judged, why = _judged(sides, *(_as_application(condition) for condition in conditions))
    if judged == "agree":
        return verdict, note
    both = "; ".join(part for part in (note, why) if part)
    return ("disagree" if "disagree" in (verdict, judged) else judged), both


def _cell(sides: Sides, side: Side, row: IndexRow) -> Condition:
    text = side.document.text
    start = text.rfind(row.application, row.span.start, row.span.end)
    span = Span(start=start, end=start + len(row.application)) if start >= 0 else row.span
    return read_words(text, span, sides.words)[0]


def _meaning(sides: Sides, side: Side, span: Span) -> Condition | None:
    """Return the condition that a term stands for, None where its meaning does not read as one."""
    condition, _ = read_words(side.document.text, span, sides.words)
    if any(True for _ in unread(condition)) or not any(True for _ in atoms(condition)):
        return None
    return condition


def _as_application(condition: Condition) -> Application:
    return Application(
        measure="",
        condition=condition,
        provisions=(),
        span=Span(start=0, end=0),
        unread=tuple(part.words for part in unread(condition)),
        basis=Basis.UNKNOWN,
    )


def _joined(side: Side, paragraphs: Sequence[Provision]) -> str:
    return " ".join(side.whole(paragraph) for paragraph in paragraphs)


def _index_row(
    name: str, verdict: Verdict, one: IndexRow | None, other: IndexRow | None, note: str
) -> VerifyRow:
    def said(row: IndexRow | None) -> str:
        return " | ".join(part for part in (row.title, row.application) if part) if row else ""

    return VerifyRow(
        measure=name,
        provision="",
        what="index",
        verdict=verdict,
        ours=said(one),
        official=said(other),
        note=note,
    )
