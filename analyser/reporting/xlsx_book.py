"""Workbooks: sheets with header, filter, widths and review columns, the same bytes for the same input."""

import datetime
import io
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from analyser.errors import InputError
from analyser.reporting.flat import Cell
from analyser.reporting.labels import Labels
from analyser.reporting.matrix_grid import Grid
from analyser.reporting.words import LETTERS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL = 32_767
REVIEW = ("decision", "re-grade to", "reviewer", "date", "note")
DECISIONS = ("accept", "reject", "re-grade", "note")
STANDS = "decision stands"

# A constant instead of the clock: the same input gives the same bytes.
_CREATED = datetime.datetime(1980, 1, 1)
_OPTIONS = {
    "in_memory": True,
    "constant_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NARROW, _WIDE = 9, 40
_REVIEW_WIDE = 16
_README_WIDTHS = (34, 100)
_LINE_POINTS, _TALLEST = 13.5, 400.0
_LINES_READ_WELL = 6
_HEADER_POINTS = 18
_PAPER_A4, _PAPER_A3 = 9, 8
_A4_CHARACTERS, _A3_CHARACTERS = 150, 280
# The default font is not on every machine, and what takes its place is cut off at the top of a cell.
_FONT = "Arial"
_TEXT: dict[str, Any] = {"text_wrap": True, "valign": "top", "font_size": 10}
_HEADER = {
    "bold": True,
    "bg_color": "#1F3A52",
    "font_color": "#FFFFFF",
    "text_wrap": True,
    "valign": "top",
    "font_size": 10,
    "border": 1,
}
_REVIEW = {**_TEXT, "bg_color": "#F6F3E6", "border": 1, "border_color": "#C9C2A5"}
# Fill and ink of each state, whole (capital letter) and in part (small letter); contrast is at least 4.5:1.
_STATE_COLOURS = {
    "C": ("#D6E6F4", "#12395B"),
    "c": ("#FFFFFF", "#12395B"),
    "W": ("#F3E3A3", "#453800"),
    "w": ("#FBF5DC", "#453800"),
    "E": ("#A63603", "#FFFFFF"),
    "e": ("#FBE0D1", "#7A2600"),
    "O": ("#54358C", "#FFFFFF"),
    "o": ("#E6DFF2", "#42267A"),
    "N": ("#2B2B2B", "#FFFFFF"),
    "n": ("#E2E2E2", "#1A1A1A"),
    "-": ("#FFFFFF", "#595959"),
    "?": ("#FFFFFF", "#1A1A1A"),
}


class Book:
    """A workbook being written in memory; `close()` returns its bytes."""

    def __init__(self, title: str) -> None:
        from xlsxwriter import Workbook

        self._bytes = io.BytesIO()
        self._book = Workbook(self._bytes, _OPTIONS)
        self._book.set_properties({"title": title, "author": "", "comments": "", "created": _CREATED})
        self._formats: dict[str, Format] = {}

    def close(self) -> bytes:
        """Finish the workbook and return its bytes."""
        self._book.close()
        return self._bytes.getvalue()

    def add_readme(self, title: str, sections: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        """Add the first sheet: a title, then sections of a heading and lines of two cells."""
        sheet = self._book.add_worksheet("README")
        sheet.hide_gridlines(2)
        for column, width in enumerate(_README_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, title, self._format("title", {"bold": True, "font_size": 16}))
        line = 2
        for heading, pairs in sections:
            shown = self._format("heading", {"bold": True, "font_size": 12, "bottom": 1})
            sheet.set_row(line, 20)
            sheet.write_string(line, 0, heading, shown)
            sheet.write_blank(line, 1, None, shown)
            line += 1
            for name, value in pairs:
                sheet.set_row(line, _height((name, value), _README_WIDTHS))
                self._write(sheet, line, 0, name, where=("README", heading), style="name")
                self._write(sheet, line, 1, value, where=("README", heading))
                line += 1
            line += 1
        self._page(sheet, landscape=False)

    def add_table(
        self,
        name: str,
        header: Sequence[str],
        lines: Iterable[Sequence[Cell]],
        *,
        row_name: int = 0,
        reviewed: bool = False,
        links: int | None = None,
        decided: Sequence[tuple[str, Sequence[str]]] | None = None,
        grades: Sequence[str] = (),
    ) -> None:
        """Add a sheet with a frozen header, a filter and widths that suit its cells.

        `row_name` is the column that names a row in an error; `reviewed` adds review columns, empty or, with
        `decided` (a line: how a decision stands, and its review cells), filled; `links` is the column whose
        addresses can be followed; `grades` are what a reviewer may re-grade to.
        """
        held = [list(line) for line in lines]
        if decided is not None:
            header = [*header, STANDS]
            held = [[*line, stands] for line, (stands, _) in zip(held, decided, strict=True)]
        titles = [*header, *(REVIEW if reviewed else ())]
        widths = [_width(title, [line[column] for line in held]) for column, title in enumerate(header)]
        widths += [_REVIEW_WIDE] * (len(titles) - len(header))
        sheet = self._book.add_worksheet(name)
        sheet.set_row(0, _HEADER_POINTS)
        for column, title in enumerate(titles):
            sheet.set_column(column, column, widths[column])
            sheet.write_string(0, column, title, self._format("header", _HEADER))
        for number, line in enumerate(held, 1):
            filled = decided[number - 1][1] if decided is not None else ()
            sheet.set_row(number, _height([*line, *filled], widths))
            for column, cell in enumerate(line):
                where = (str(line[row_name]), header[column])
                self._write(sheet, number, column, cell, where=where, link=column == links)
            for place, column in enumerate(range(len(header), len(titles))):
                cell = filled[place] if place < len(filled) else ""
                shown = self._format("review", _REVIEW)
                if cell:
                    sheet.write_string(number, column, cell, shown)
                else:
                    sheet.write_blank(number, column, None, shown)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(held), 1), len(titles) - 1)
        if reviewed and held:
            self._validate(sheet, len(header), len(held), grades)
        self._page(sheet, landscape=True, width=sum(widths))
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)

    def add_grids(self, name: str, grids: Sequence[Grid], labels: Labels) -> None:
        """Add a sheet with the grid of each function below the other, harms down and service types across."""
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, max((len(grid.services) for grid in grids), default=1), 13)
        line = 0
        for grid in grids:
            sheet.write_string(
                line, 0, labels.function(grid.function).capitalize(), self._format("header", _HEADER)
            )
            for column, service in enumerate(grid.services, 1):
                sheet.write_string(line, column, labels.service(service), self._format("header", _HEADER))
            for harm, cells in zip(grid.harms, grid.cells, strict=True):
                line += 1
                sheet.write_string(line, 0, labels.harm(harm), self._format("text", _TEXT))
                for column, cell in enumerate(cells, 1):
                    if cell is not None:
                        sheet.write_string(line, column, cell.letter, self._letter_format(cell.letter))
            line += 2
        sheet.freeze_panes(0, 1)
        self._page(sheet, landscape=True)

    def _write(
        self,
        sheet: "Worksheet",
        line: int,
        column: int,
        cell: Cell,
        *,
        where: tuple[str, str],
        link: bool = False,
        style: str = "text",
    ) -> None:
        """Write one cell: text always as text, an address as a link only where links are meant."""
        shown = self._format(style, {**_TEXT, "bold": True} if style == "name" else _TEXT)
        if isinstance(cell, bool):
            sheet.write_string(line, column, "yes" if cell else "no", shown)
        elif not isinstance(cell, str):
            sheet.write_number(line, column, cell, shown)
        elif len(cell.encode("utf-16-le")) // 2 > LONGEST_CELL:
            raise InputError(
                f"The cell {where[1]!r} of row {where[0]!r} has {len(cell):,} characters; a workbook holds "
                f"{LONGEST_CELL:,}",
                place=f"sheet {sheet.get_name()}",
                fix="Choose --format csv or json, or fewer rows with --measure, --harm or --service.",
            )
        elif link and cell.startswith(("https://", "http://")):
            sheet.write_url(
                line,
                column,
                cell,
                self._format("link", {**_TEXT, "font_color": "#0B4F8A", "underline": 1}),
                string=cell,
            )
        else:
            sheet.write_string(line, column, cell, shown)

    def _validate(self, sheet: "Worksheet", first: int, rows: int, grades: Sequence[str] = ()) -> None:
        """Offer the decisions, and the grades that there are (several may be typed in one cell)."""
        if grades:
            sheet.data_validation(
                1,
                first + 1,
                rows,
                first + 1,
                {
                    "validate": "list",
                    "source": list(grades),
                    "error_type": "warning",
                    "input_title": "Re-grade to",
                    "input_message": "Only with the decision re-grade; several are separated by ;",
                },
            )
        sheet.data_validation(
            1,
            first,
            rows,
            first,
            {
                "validate": "list",
                "source": list(DECISIONS),
                "input_title": "Decision",
                "input_message": ", ".join(DECISIONS),
                "error_title": "Decision",
                "error_message": f"Choose one of: {', '.join(DECISIONS)}.",
            },
        )

    def _page(self, sheet: "Worksheet", *, landscape: bool, width: int = 0) -> None:
        """Set up printing: A4, or A3 for a sheet of more characters than A4 shows legibly, on as many pages
        across as it needs.
        """
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(_PAPER_A3 if width > _A4_CHARACTERS else _PAPER_A4)
        sheet.fit_to_pages(1 + width // _A3_CHARACTERS, 0)
        sheet.set_footer("&L&A&RPage &P of &N")

    def _letter_format(self, letter: str) -> "Format":
        fill, ink = _STATE_COLOURS.get(letter, _STATE_COLOURS["?"])
        whole = letter.isupper() and letter in LETTERS.values()
        return self._format(
            f"letter {letter}",
            {
                "bg_color": fill,
                "font_color": ink,
                "align": "center",
                "bold": whole,
                "border": 1,
                "border_color": "#BFBFBF",
            },
        )

    def _format(self, name: str, properties: dict[str, Any]) -> "Format":
        """Return the format of a name, made at its first use."""
        if name not in self._formats:
            self._formats[name] = self._book.add_format({"font_name": _FONT, **properties})
        return self._formats[name]


def _width(title: str, cells: Sequence[Cell]) -> int:
    """Choose a width: wide enough for the title and for most cells, never wider than reads well."""
    lengths = sorted(len(str(cell)) for cell in cells if cell != "")
    usual = lengths[(len(lengths) * 9) // 10] if lengths else 0
    longest = lengths[-1] // _LINES_READ_WELL if lengths else 0
    return max(_NARROW, min(_WIDE, max(len(title) + 4, usual + 2, longest)))


def _height(line: Sequence[Cell], widths: Sequence[float]) -> float:
    """Choose a height in points that shows every cell: not every program finds it by itself."""
    lines = max(
        (len(wrap(str(cell), max(int(width) - 1, 1))) for cell, width in zip(line, widths, strict=False)),
        default=1,
    )
    return min(max(lines, 1) * _LINE_POINTS + 2, _TALLEST)
