"""Puts into a Word file what Word itself puts between words: links, fields, bookmarks, content controls."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


class Dress:
    """Dresses one paragraph after another, each a little differently."""

    def __init__(self) -> None:
        self.count = 0

    def paragraph(self, paragraph: Any) -> None:
        """Make the last run of words the result of a field, a link or a content control, by turns, and set a
        bookmark and a spelling mark among the others.
        """
        self.count += 1
        runs = [
            run for run in paragraph._p.r_lst if run.text.strip() and not run.xpath("./w:footnoteReference")
        ]
        if len(runs) < 2:
            return
        runs[0].addprevious(_element("w:bookmarkStart", id=str(self.count), name=f"_Ref{self.count}"))
        runs[0].addnext(_element("w:bookmarkEnd", id=str(self.count)))
        runs[1].addprevious(_element("w:proofErr", type="spellStart"))
        (_link, _field, _control, _break)[self.count % 4](runs[-1])


def contents(body: Any, paragraphs: Sequence[Any]) -> None:
    """Put the paragraphs of the list of contents into a content control with a field, as Word does."""
    control, inside = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(inside)
    paragraphs[0].addprevious(control)
    for paragraph in paragraphs:
        inside.append(paragraph)
    first, last = paragraphs[1], paragraphs[-1]
    for place, piece in enumerate(_begun(' TOC \\o "1-2" \\h ')):
        first.insert(place + 1, piece)
    last.append(_character("end"))
    assert control.getparent() is body


def _link(run: Any) -> None:
    link = _element("w:hyperlink", anchor="_Ref1")
    run.addprevious(link)
    link.append(run)


def _field(run: Any) -> None:
    for piece in _begun(" REF _Ref1 \\h "):
        run.addprevious(piece)
    run.addnext(_character("end"))


def _control(run: Any) -> None:
    control, inside = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(inside)
    run.addprevious(control)
    inside.append(run)


def _break(run: Any) -> None:
    """Say where the last page ended when Word showed it."""
    run.insert(0, OxmlElement("w:lastRenderedPageBreak"))


def _begun(instruction: str) -> list[Any]:
    """Return what stands before a field's result."""
    code = OxmlElement("w:r")
    text = OxmlElement("w:instrText")
    text.text = instruction
    code.append(text)
    return [_character("begin"), code, _character("separate")]


def _character(kind: str) -> Any:
    run = OxmlElement("w:r")
    run.append(_element("w:fldChar", fldCharType=kind))
    return run


def _element(name: str, /, **values: str) -> Any:
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made
