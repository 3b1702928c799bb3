"""Marks words and paragraphs of a Word file as put in, taken out or moved, so that the file with all changes
accepted says what the document says.
"""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# Words that the changes take out: they are no words of the document.
TAKEN_OUT = "struckwords"


class Changes:
    """Gives every change an id of its own and, by turns, another kind of change."""

    def __init__(self) -> None:
        self.runs = 0
        self.paragraphs = 0
        self.ids = 9000

    def run(self, run: Any) -> None:
        """Mark a run as put in, or moved here, or put words before it that are taken out or moved away."""
        self.runs += 1
        turn = self.runs % 6
        if turn in (0, 3):
            self._wrap(run, "w:ins" if turn == 0 else "w:moveTo")
        elif turn in (1, 4):
            run._r.addprevious(self._gone("w:del" if turn == 1 else "w:moveFrom"))

    def paragraph(self, paragraph: Any) -> None:
        """Take out a whole paragraph after this one, or break this one in two and take out the break."""
        self.paragraphs += 1
        if self.paragraphs % 10 == 0:
            gone = OxmlElement("w:p")
            gone.append(self._broken_off())
            gone.append(self._gone("w:del"))
            paragraph._p.addnext(gone)
        elif self.paragraphs % 10 == 5 and len(paragraph._p) > 3:
            rest = OxmlElement("w:p")
            for child in list(paragraph._p)[-1:]:
                rest.append(child)
            properties = paragraph._p.get_or_add_pPr()
            properties.append(self._broken_off()[0])
            paragraph._p.addnext(rest)

    def row(self, row: Any) -> None:
        """Take out a row of a table."""
        row._tr.get_or_add_trPr().append(self._mark("w:del"))
        for cell in row.cells:
            paragraph = cell.paragraphs[0]._p
            for run in list(paragraph.r_lst):
                paragraph.remove(run)
            paragraph.append(self._gone("w:del"))

    def _wrap(self, run: Any, name: str) -> None:
        mark = self._mark(name)
        run._r.addprevious(mark)
        mark.append(run._r)

    def _gone(self, name: str) -> Any:
        """Return words that the accepted text does not have."""
        mark = self._mark(name)
        run = OxmlElement("w:r")
        text = OxmlElement("w:delText" if name == "w:del" else "w:t")
        text.text = f"{TAKEN_OUT} "
        text.set(qn("xml:space"), "preserve")
        run.append(text)
        mark.append(run)
        return mark

    def _broken_off(self) -> Any:
        """Return the properties of a paragraph whose end is taken out."""
        properties = OxmlElement("w:pPr")
        marks = OxmlElement("w:rPr")
        marks.append(self._mark("w:del"))
        properties.append(marks)
        return properties

    def _mark(self, name: str) -> Any:
        self.ids += 1
        mark = OxmlElement(name)
        pairs = (("w:id", str(self.ids)), ("w:author", "Test"), ("w:date", "2020-01-01T00:00:00Z"))
        for key, value in pairs:
            mark.set(qn(key), value)
        return mark
