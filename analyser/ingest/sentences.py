"""The sentences of an ingest report: what was found, what is missing, what has no place, what to do."""

from collections.abc import Sequence

from analyser.model.text import Document
from analyser.reporting.ingest_rows import GapIn, IngestReport, Piece

MEDIA = {
    "markdown": "Markdown",
    "text": "Plain text",
    "html": "Web page",
    "pdf": "PDF",
    "docx": "Word document",
}
_SHOWN = 90


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 page", "3 pages"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """Return a share of printed characters; what is not all never reads 100.0 %.

    >>> percent(1.0), percent(0.99996), percent(0.5)
    ('100 %', '99.9 %', '50.0 %')
    """
    return "100 %" if share >= 1 else f"{min(share, 0.999):.1%}".replace("%", " %")


def headline_of(report: IngestReport, document: Document) -> str:
    """Say in one sentence what was found and how much of the words has a place."""
    paragraphs = sum(len(one.application) + len(one.recommendation) for one in document.measures)
    items = sum(1 for one in document.measures for _ in one.provisions()) - paragraphs
    loose = counted(len(report.unplaced), "piece")
    rest = f"; {loose} {'has' if len(report.unplaced) == 1 else 'have'} none" if report.unplaced else ""
    return (
        f"Found {counted(len(document.measures), 'measure')} with {counted(paragraphs, 'paragraph')} and "
        f"{counted(items, 'item')}: {percent(report.placed)} of the printed characters have a place{rest}."
    )


def headlines_of(report: IngestReport) -> tuple[str, ...]:
    """Return a sentence for each thing that is missing or has no place."""
    return (*missing_of(report), *(f"Not placed: {piece_words(piece)}" for piece in report.unplaced))


def missing_of(report: IngestReport) -> tuple[str, ...]:
    """Return a sentence for each number left out, each disagreement with the index, and empty pages."""
    said = [_gap(gap) for gap in report.numbering_gaps]
    if report.index_without_body:
        said.append(f"In the index, and without a text of its own: {', '.join(report.index_without_body)}.")
    if report.body_without_index:
        said.append(f"Not in the index of measures: {', '.join(report.body_without_index)}.")
    if report.empty_pages:
        few = "Page" if len(report.empty_pages) == 1 else "Pages"
        verb = "holds" if len(report.empty_pages) == 1 else "hold"
        said.append(f"{few} {ranges(report.empty_pages)} {verb} no text: empty, or a picture of words.")
    return tuple(said)


def actions_of(report: IngestReport, shown: str) -> tuple[str, ...]:
    """Say what a person can do next, the nearest thing first."""
    said = []
    if report.empty_pages:
        said.append("Run the file through text recognition if its empty pages show words, and give it again.")
    if any(gap.kind != "measure" for gap in report.numbering_gaps) or report.index_without_body:
        said.append("Look in the document for the numbers that are missing: it may leave them out itself.")
    if report.unplaced:
        said.append(
            "Read the words that have no place: no finding rests on them. If a measure is among them, the "
            "numbering is not the right one."
        )
    if report.numbering.how == "guessed":
        said.append(
            f"If the numbering is not right, say it: `--numbering SCHEME`, or `numbering:` in {shown}.yaml."
        )
    if report.revision == "undated":
        said.append(
            f"Say its date: `--date 2025-02-24` here, `revision: 2025-02-24` in {shown}.yaml for all."
        )
    said.append(f"Go on with `codegap gaps --revision {shown}`.")
    return tuple(said)


def piece_words(piece: Piece, limit: int = _SHOWN) -> str:
    """Return words without a place with where they are: `page 4, in ICU C2: “…”`."""
    where = ", ".join(
        part
        for part in (
            f"page {piece.page}" if piece.page else "",
            f"in {piece.measure}" if piece.measure else "",
        )
        if part
    )
    words = piece.text if len(piece.text) <= limit else f"{piece.text[:limit].rsplit(' ', 1)[0]} …"
    return f"{where}: “{words}”" if where else f"“{words}”"


def ranges(numbers: Sequence[int]) -> str:
    """Return numbers in short: `1-3, 7`.

    >>> ranges((1, 2, 3, 7))
    '1-3, 7'
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _gap(gap: GapIn) -> str:
    missing = ", ".join(gap.missing)
    verb = "is" if len(gap.missing) == 1 else "are"
    after = f" after {gap.after}" if gap.after else ""
    if gap.kind == "measure":
        return f"No measure {missing}{after} (a remark: codes leave numbers out)."
    return f"In {gap.place}: {missing} {verb} missing{after}."
