"""A comparison as it is read: words, marks and lists, ready to print."""

from collections.abc import Sequence

from analyser.compare.redline import Run, runs_of
from analyser.model.base import Frozen
from analyser.reporting.compare_rows import CompareRow
from analyser.reporting.context import OutputContext
from analyser.reporting.flat import sentence
from analyser.reporting.labels import Labels, plain
from analyser.reporting.phrases import sentence_case
from analyser.reporting.rows import Row
from analyser.reporting.wording import place_words

# How a match is told where its basis is no noun by itself.
_MATCHED = {"": "", "split": "", "merged": "", "stated": "matched as the text itself states"}


class Listed(Frozen):
    """A short list under a word: what was added, what opened."""

    title: str
    lines: tuple[str, ...]


class ComparedView(Frozen):
    """One row as it is read; `measure` rows stand above those of their paragraphs."""

    change: str
    style: str
    place: str
    matched: str
    runs: tuple[Run, ...]
    reaches: str
    lists: tuple[Listed, ...]
    certain: bool
    basis: str


def views(rows: Sequence[Row], context: OutputContext) -> tuple[ComparedView, ...]:
    """Return the rows of a comparison as they are read, in their order."""
    reach = {(entry["from"], entry["to"]): entry for entry in context.extra.get("applications", ())}
    return tuple(_view(row, reach, context.labels) for row in rows if isinstance(row, CompareRow))


def _view(row: CompareRow, reach: dict[tuple[str, str], dict[str, str]], labels: Labels) -> ComparedView:
    qualifiers, gaps = row.qualifiers, row.gaps
    changed = [f"{sentence(one.from_, labels)} → {sentence(one.to, labels)}" for one in qualifiers.changed]
    decided = getattr(row, "decisions", ())
    lists = (
        Listed(title="Added", lines=tuple(sentence(one, labels) for one in qualifiers.added)),
        Listed(title="Removed", lines=tuple(sentence(one, labels) for one in qualifiers.removed)),
        Listed(title="Changed", lines=tuple(changed)),
        Listed(title="Gaps opened", lines=tuple(sentence(one, labels) for one in gaps.opened)),
        Listed(title="Gaps closed", lines=tuple(sentence(one, labels) for one in gaps.closed)),
        Listed(title="Decisions", lines=tuple(sentence(one, labels) for one in decided)),
    )
    return ComparedView(
        change=sentence_case(plain(row.change)),
        style=row.change.replace("_", "-"),
        place=_place(row),
        matched=_MATCHED.get(row.match_basis, f"matched by {row.match_basis}"),
        runs=runs_of(row.redline),
        reaches=_reaches(row, reach.get((row.from_, row.to))),
        lists=tuple(one for one in lists if one.lines),
        certain=row.certain,
        basis=row.basis,
    )


def _place(row: CompareRow) -> str:
    old, new = (
        " + ".join(map(place_words, side.split(" + "))) if side else "" for side in (row.from_, row.to)
    )
    return old or new if not (old and new) or old == new else f"{old} → {new}"


def _reaches(row: CompareRow, entry: dict[str, str] | None) -> str:
    """Say which services a measure now reaches, and which no longer."""
    if row.application in ("", "same") or entry is None:
        return ""
    gained = f"; now also where {entry['gained_words']}" if entry["gained_words"] else ""
    lost = f"; no longer where {entry['lost_words']}" if entry["lost_words"] else ""
    return f"Application {row.application}{gained}{lost}."
