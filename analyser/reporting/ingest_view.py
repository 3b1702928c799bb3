"""An ingest report as a page: what the file is, what was found, what is missing or unplaced, what to do."""

import textwrap
from collections.abc import Sequence

from analyser.ingest.sentences import (
    MEDIA,
    actions_of,
    counted,
    missing_of,
    percent,
    piece_words,
    ranges,
    understood_of,
)
from analyser.model.base import Frozen
from analyser.reporting.context import OutputContext
from analyser.reporting.ingest_rows import IngestReport, IngestRow
from analyser.reporting.rows import Row
from analyser.reporting.table_format import write_table

_NARROWEST = 40
_PIECES = 40
_LINES = 12


class Section(Frozen):
    """A part of the page: sentences, then lines of cells under a head."""

    title: str
    sentences: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()


def sections_of(rows: Sequence[Row], context: OutputContext) -> tuple[Section, ...]:
    """Return the parts of the report of one document; `context.extra` is its `IngestReport`."""
    report = IngestReport.model_validate(context.extra)
    measures = [row for row in rows if isinstance(row, IngestRow)]
    shown = context.inputs[0].path if context.inputs else "the document"
    loose = tuple(piece_words(piece) for piece in report.unplaced[:_PIECES])
    more = len(report.unplaced) - len(loose)
    return (
        Section(title=shown, sentences=_what(report)),
        Section(title="Found", sentences=(report.headline, *_beside(report))),
        Section(title="Missing", sentences=missing_of(report) or ("Nothing that the numbers show.",)),
        Section(
            title="Not placed",
            sentences=(*loose, f"and {more:,} more (all of them in --format json)")
            if more > 0
            else loose or ("Nothing.",),
        ),
        *(
            (Section(title="Not understood", sentences=understood_of(report)),)
            if report.not_understood
            else ()
        ),
        Section(title="What to do", sentences=actions_of(report, shown)),
        Section(
            title="Measures",
            header=("Measure", "Pages", "Paragraphs", "Title"),
            lines=tuple(_line(row) for row in measures),
        ),
    )


def write_page(table: str, rows: Sequence[Row], context: OutputContext) -> str:
    """Return the report as plain text, wrapped to the width."""
    if not context.extra:
        return write_table(table, rows, context)
    width = max(context.width, _NARROWEST)
    out: list[str] = []
    for section in sections_of(rows, context):
        out += ["", section.title] if out else [section.title]
        for one in section.sentences:
            out += _wrapped(one, width, "  ", "    ")
        out += _columns(section, width)
    return "\n".join(out) + "\n"


def write_html(table: str, rows: Sequence[Row], context: OutputContext) -> str:
    """Return the report as one page of HTML that loads nothing: a table a part, then every provision."""
    from analyser.reporting import html_format
    from analyser.reporting.html_format import TableView, render_tables

    if not context.extra:
        return html_format.write_html(table, rows, context)
    tables = []
    for place, section in enumerate(sections_of(rows, context)):
        if section.sentences:
            lines = tuple((str(number), one) for number, one in enumerate(section.sentences, 1))
            name = "The document" if place == 0 else section.title
            caption = section.title if place == 0 else counted(len(lines), "line")
            tables.append(TableView(name=name, caption=caption, header=("", "What"), lines=lines))
        if section.header:
            tables.append(
                TableView(
                    name=section.title,
                    caption=counted(len(section.lines), "measure"),
                    header=section.header,
                    lines=section.lines,
                )
            )
    measures = [row for row in rows if isinstance(row, IngestRow)]
    provisions = tuple(
        (one.number, str(one.page or ""), one.text) for row in measures for one in row.provisions
    )
    tables.append(
        TableView(
            name="Provisions",
            caption=counted(len(provisions), "provision"),
            header=("Number", "Page", "Words"),
            lines=provisions,
        )
    )
    return render_tables("What was read", tables, context)


def _what(report: IngestReport) -> tuple[str, ...]:
    pages = f" of {counted(report.pages, 'page')}" if report.pages else ""
    used = report.numbering
    beside = f" (next best: {used.runner_up}, {percent(used.runner_up_score)})" if used.runner_up else ""
    said = used.scheme if used.how in ("", used.scheme) else f"{used.scheme}, {used.how}"
    numbering = f"Numbering by {said}: it explains {percent(used.score)} of what looks numbered{beside}."
    return (
        f"{MEDIA.get(report.media, report.media)}{pages}: {report.title}",
        f"sha256 {report.sha256}",
        f"Code {report.code}, revision {report.revision or 'not said'}.",
        *((numbering,) if used.how != "guessed" else ()),  # a guess is told in full among the notes
        *report.notes,
    )


def _beside(report: IngestReport) -> tuple[str, ...]:
    furniture = sum(one.times for one in report.furniture)
    counts = [
        (len(report.sections), "paragraph or item outside measures", "paragraphs and items outside measures"),
        (len(report.definitions), "definition", ""),
        (len(report.index), "row in the index of measures", "rows in the index of measures"),
        (len(report.harm_rows), "kind of harm", "kinds of harm"),
        (len(report.footnotes), "footnote", ""),
        (furniture, "header, footer or page number", "headers, footers and page numbers"),
    ]
    told = "; ".join(counted(count, one, many) for count, one, many in counts if count)
    lines = [f"Beside them: {told}."] if told else []
    if report.front_matter:
        words = " / ".join(piece.text for piece in report.front_matter[:_LINES])
        lines.append(f"On the title page: {words}")
    return tuple(lines)


def _line(row: IngestRow) -> tuple[str, ...]:
    pages = ranges([one.page for one in row.provisions if one.page])
    numbers = paragraphs_of(row)
    held = f"{numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else "".join(numbers) or "none"
    return (row.measure, pages, held, row.title)


def paragraphs_of(row: IngestRow) -> tuple[str, ...]:
    """Return the numbers of a measure's paragraphs, without those of their items."""
    found: list[str] = []
    for one in row.provisions:
        if not found or not one.number.startswith((f"{found[-1]}(", f"{found[-1]}.")):
            found.append(one.number)
    return tuple(found)


def _columns(section: Section, width: int) -> list[str]:
    if not section.header:
        return []
    table = [section.header, *section.lines]
    widths = [max(len(line[place]) for line in table) for place in range(len(section.header) - 1)]
    out = []
    for line in table:
        cells = [cell.ljust(size) for cell, size in zip(line, widths, strict=False) if size]
        before = "  " + "  ".join(cells) + "  "
        out += _wrapped(line[-1], width, before, " " * len(before))
    return [line.rstrip() for line in out]


def _wrapped(words: str, width: int, first: str, rest: str) -> list[str]:
    """Return words wrapped to a width; long addresses and hashes stay whole."""
    return textwrap.wrap(
        " ".join(words.split()),
        max(width, len(first) + 20),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]
