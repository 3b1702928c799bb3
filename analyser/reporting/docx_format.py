"""A comparison as a Word document: findings, then a table with the redline, the same bytes for the same
input.
"""

import datetime
import io
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analyser.compare.redline import Run
from analyser.reporting.compare_view import ComparedView, views
from analyser.reporting.context import OutputContext
from analyser.reporting.envelope import TOOL
from analyser.reporting.labels import basis_of
from analyser.reporting.rows import Row

if TYPE_CHECKING:
    from docx.document import Document

# A constant instead of the clock: the same input gives the same bytes.
_MADE = datetime.datetime(1980, 1, 1)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_HEADER = ("Place and change", "Words", "What it means")
_WIDTHS_CM = (4.6, 11.0, 10.4)
_MARGIN_CM = 1.8
_INSERTED, _DELETED, _SOFT = (0x14, 0x45, 0x1A), (0x7A, 0x20, 0x00), (0x4D, 0x56, 0x61)


def write_docx(table: str, rows: Sequence[Row], context: OutputContext) -> bytes:
    """Return the rows of a comparison as a Word document, insertions underlined and deletions struck out."""
    import docx

    document = docx.Document()
    _set_up(document)
    document.add_heading("Two texts compared", level=0)
    document.add_paragraph(str(context.extra.get("headline", "")))
    for line in context.extra.get("headlines", ()):
        document.add_paragraph(str(line), style="List Bullet")
    for note in context.extra.get("notes", ()):
        _soft(document.add_paragraph(), str(note))
    document.add_heading("Measures and paragraphs", level=1)
    _add_rows(document, views(rows, context))
    document.add_heading("How things are known", level=1)
    for name, means in basis_of(context.labels):
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(f": {means}")
    made = [f"{file.path} (sha256 {file.sha256})" for file in context.inputs]
    made.append(f"rules {context.rules.pack} {context.rules.version} (sha256 {context.rules.sha256})")
    _soft(document.add_paragraph(), f"Made with {TOOL.name} {TOOL.version} from {', '.join(made)}.")
    return _bytes(document)


def _set_up(document: "Document") -> None:
    """Lay the page across, and take the clock and names out of the properties."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(9.5)
    properties = document.core_properties
    properties.author, properties.last_modified_by, properties.comments = "", "", ""
    properties.title = f"{TOOL.name}: two texts compared"
    properties.created = properties.modified = _MADE
    properties.revision = 1


def _add_rows(document: "Document", rows: Sequence[ComparedView]) -> None:
    from docx.shared import Cm

    if not rows:
        document.add_paragraph("Nothing to show.")
        return
    table = document.add_table(rows=1, cols=len(_HEADER), style="Table Grid")
    table.autofit = False
    for cell, title in zip(table.rows[0].cells, _HEADER, strict=True):
        cell.paragraphs[0].add_run(title).bold = True
    _repeat(table.rows[0])
    for row in rows:
        place, words, means = table.add_row().cells
        _fill_place(place.paragraphs[0], row)
        _fill_words(words.paragraphs[0], row.runs)
        _fill_meaning(means, row)
    for line in table.rows:
        for cell, width in zip(line.cells, _WIDTHS_CM, strict=True):
            cell.width = Cm(width)


def _fill_place(paragraph: Any, row: ComparedView) -> None:
    paragraph.add_run(row.place).bold = True
    paragraph.add_run(f"\n{row.change}")
    known = f"basis: {row.basis}" + ("" if row.certain else "; not certain")
    _soft(paragraph, f"\n{row.matched}\n{known}" if row.matched else f"\n{known}")


def _fill_words(paragraph: Any, runs: Sequence[Run]) -> None:
    from docx.shared import RGBColor

    for run in runs:
        words = paragraph.add_run(_printable(run.text))
        if run.op == "insert":
            words.font.underline = True
            words.font.color.rgb = RGBColor(*_INSERTED)
        elif run.op == "delete":
            words.font.strike = True
            words.font.color.rgb = RGBColor(*_DELETED)


def _fill_meaning(cell: Any, row: ComparedView) -> None:
    paragraph = cell.paragraphs[0]
    if row.reaches:
        paragraph.add_run(row.reaches)
    for one in row.lists:
        if paragraph.runs:
            paragraph = cell.add_paragraph()
        paragraph.add_run(f"{one.title}: ").bold = True
        paragraph.add_run("; ".join(one.lines) + ".")


def _soft(paragraph: Any, text: str) -> None:
    """Add words in a quiet ink."""
    from docx.shared import RGBColor

    paragraph.add_run(_printable(text)).font.color.rgb = RGBColor(*_SOFT)


def _repeat(row: Any) -> None:
    """Let the first row stand on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _printable(text: str) -> str:
    """Return a text without the control characters that XML cannot hold."""
    return "".join(character for character in text if character in "\n\t" or character >= " ")


def _bytes(document: "Document") -> bytes:
    """Return the file with the dates of its parts pinned."""
    written, pinned = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(pinned, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, parts.read(name))
    return pinned.getvalue()
