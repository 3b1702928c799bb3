"""Typesets a document as PDF: pages, columns, footnotes, running headers and footers, contents, title page.

The bytes depend on the content and the layout only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from .boxes import Box, Drawn, Rule, Setter, Shade, Words
from .content import Content, Note
from .layout import Layout
from .lines import Run, Word, break_lines, face, space_of, width_of


@dataclass
class _Frame:
    """One column of a page: what stands in it from the top, and its footnotes."""

    room: float
    boxes: list[Box] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    used: float = 0


@dataclass
class _Page:
    frames: list[_Frame]


def typeset(made: Content, layout: Layout) -> bytes:
    """Return a document as the bytes of a PDF."""
    left, right, *_ = layout.margins
    width = (layout.page[0] - left - right - layout.gutter * (layout.columns - 1)) / layout.columns
    setter = Setter(layout, width)
    pages = _paged(list(setter.boxes(made)), setter, layout)
    entries = [
        (box.entry, box.level, place)
        for place, page in enumerate(pages)
        for frame in page.frames
        for box in frame.boxes
        if box.entry
    ]
    front = _contents(entries, setter, layout, 0) if layout.contents else []
    before = len(front) + layout.title_page
    if layout.contents:
        front = _contents(entries, setter, layout, before)
    return _draw(made, layout, setter, [*front, *pages])


def _paged(boxes: Sequence[Box], setter: Setter, layout: Layout) -> list[_Page]:
    """Fill columns and pages: a box goes to the next column when it, what it must stay with and its
    footnotes do not fit."""
    height = layout.page[1] - layout.margins[2] - layout.margins[3]
    frames = [_Frame(height)]
    place = 0
    while place < len(boxes):
        chain = _chain(boxes, place)
        frame = frames[-1]
        if not frame.boxes and chain[0].blank:
            place += 1
            continue
        if frame.boxes and not _fits(frame, chain, setter):
            alone = _fits(_Frame(height), [*chain[0].head, *chain], setter)
            if alone or not _fits(frame, chain[:1], setter):
                frames.append(_Frame(height))
                for box in chain[0].head:
                    _put(frames[-1], box, setter)
                continue
            chain = chain[:1]
        for box in chain[: len(chain) if _fits(frame, chain, setter) else 1]:
            _put(frame, box, setter)
            place += 1
    count = layout.columns
    return [_Page(frames[at : at + count]) for at in range(0, len(frames), count)]


def _chain(boxes: Sequence[Box], place: int) -> list[Box]:
    """Return a box with all that must stand below it in the same column."""
    end = place
    while end + 1 < len(boxes) and (boxes[end].keep or (boxes[end].blank and end > place)):
        end += 1
    return list(boxes[place : end + 1])


def _fits(frame: _Frame, boxes: Iterable[Box], setter: Setter) -> bool:
    need, notes = 0.0, list(frame.notes)
    for box in boxes:
        need += box.height
        notes += box.notes
    return frame.used + need + _notes_height(notes, setter) <= frame.room + 0.01


def _notes_height(notes: Sequence[Note], setter: Setter) -> float:
    return sum(box.height for note in notes for box in setter.note(note)) + (10 if notes else 0)


def _put(frame: _Frame, box: Box, setter: Setter) -> None:
    frame.boxes.append(box)
    frame.used += box.height
    frame.notes += box.notes


def _contents(
    entries: Sequence[tuple[str, int, int]], setter: Setter, layout: Layout, before: int
) -> list[_Page]:
    """Return the pages of the contents list: each entry with dot leaders to its page."""
    size = layout.size * 0.95
    heading = layout.size * layout.headings[0]
    boxes = [
        Box(heading * 1.3, (Words(0, heading, ((Run("Contents", setter.bold, heading),),)),)),
        Box(layout.paragraph_gap, blank=True),
    ]
    for words, level, page in entries:
        indent = level * size
        number = Run(str(page + before + 1), setter.plain, size)
        dot = Run(".", setter.plain, size).width
        lines = break_lines(
            [(Run(word, setter.plain, size),) for word in words.split()],
            setter.width - indent - number.width - 6 * dot,
        )
        for at, line in enumerate(lines):
            drawn: tuple[Drawn, ...] = (Words(indent, size, tuple(line)),)
            if at + 1 == len(lines):
                used = indent + sum(map(width_of, line)) + space_of(line[0]) * (len(line) - 1)
                dots = int((setter.width - number.width - used - 4) / dot)
                start = setter.width - number.width - dots * dot - 1
                drawn += (
                    Words(start, size, ((Run("." * dots, setter.plain, size),),)),
                    Words(setter.width - number.width, size, ((number,),)),
                )
            boxes.append(Box(size * 1.35, drawn))
    return _paged(boxes, setter, layout)


def _draw(made: Content, layout: Layout, setter: Setter, pages: Sequence[_Page]) -> bytes:
    out = BytesIO()
    canvas = Canvas(
        out,
        pagesize=layout.page,
        pageCompression=int(layout.compress),
        invariant=1,
        initialFontName="Helvetica",
    )
    canvas.setTitle(made.title)
    canvas.setAuthor("codegap tests")
    count = len(pages) + layout.title_page
    if layout.turned:
        canvas.setPageRotation(90)
    if layout.title_page:
        _upright(canvas, layout)
        _title_page(canvas, made, layout)
        canvas.showPage()
    for at, page in enumerate(pages, start=1 + layout.title_page):
        _upright(canvas, layout)
        if not layout.furniture_last:
            _furniture(canvas, made, layout, at, count)
        for column, frame in enumerate(page.frames):
            _frame(canvas, layout, setter, frame, layout.margins[0] + column * (setter.width + layout.gutter))
        if layout.furniture_last:
            _furniture(canvas, made, layout, at, count)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _upright(canvas: Canvas, layout: Layout) -> None:
    """Let what follows be drawn upright on a page that lies on its side."""
    if layout.turned:
        canvas.transform(0, 1, -1, 0, layout.page[1], 0)


def _frame(canvas: Canvas, layout: Layout, setter: Setter, frame: _Frame, x: float) -> None:
    y = layout.page[1] - layout.margins[2]
    for box in frame.boxes:
        _box(canvas, layout, box, x, y)
        y -= box.height
    notes = [box for note in frame.notes for box in setter.note(note)]
    y = layout.margins[3] + sum(box.height for box in notes)
    if notes:
        canvas.setLineWidth(0.4)
        canvas.line(x, y + 5, x + min(140, setter.width * 0.6), y + 5)
    for box in notes:
        _box(canvas, layout, box, x, y)
        y -= box.height


def _box(canvas: Canvas, layout: Layout, box: Box, x: float, y: float) -> None:
    for drawn in box.drawn:
        if isinstance(drawn, Shade):
            canvas.setFillGray(0.9)
            canvas.rect(x, y - box.height, drawn.width, box.height, stroke=0, fill=1)
            canvas.setFillGray(0)
        elif isinstance(drawn, Rule):
            canvas.setLineWidth(drawn.thick)
            canvas.line(x + drawn.start[0], y - drawn.start[1], x + drawn.end[0], y - drawn.end[1])
        elif layout.words_apart:
            _words_apart(canvas, drawn, x + drawn.x, y - drawn.base)
        else:
            _words(canvas, drawn, x + drawn.x, y - drawn.base)


def _words(canvas: Canvas, drawn: Words, x: float, y: float) -> None:
    """Draw a line as one text object, its spaces as characters."""
    text = canvas.beginText(x, y)
    text.setWordSpace(drawn.gap)
    for place, word in enumerate(drawn.line):
        for at, run in enumerate(word):
            space = " " if at + 1 == len(word) and place + 1 < len(drawn.line) else ""
            raised = bool(run.rise)
            text.setFont(run.font, run.size)
            text.setRise(run.rise)
            text.textOut(run.words if raised else run.words + space)
            if raised:
                text.setRise(0)
                if space:
                    text.setFont(word[0].font, word[0].size)
                    text.textOut(space)
    canvas.drawText(text)


def _words_apart(canvas: Canvas, drawn: Words, x: float, y: float) -> None:
    """Draw each word for itself; between them is nothing but distance."""
    for word in drawn.line:
        for run in word:
            canvas.setFont(run.font, run.size)
            canvas.drawString(x, y + run.rise, run.words)
            x += run.width
        x += space_of(word) + drawn.gap


def _furniture(canvas: Canvas, made: Content, layout: Layout, page: int, count: int) -> None:
    """Draw the running header and the footer of a page."""
    left, right, _, bottom = layout.margins
    width, height = layout.page
    size = min(9.0, layout.size * 0.85)
    font = face(layout.font)
    canvas.setFont(font, size)
    if layout.header:
        words = layout.header.format(title=made.title, n=page)
        for at, line in enumerate(_lines(words, font, size, width - left - right)):
            canvas.drawString(left, height - 26 - at * size * 1.1, line)
    if layout.footer_rule:
        canvas.setLineWidth(0.5)
        canvas.line(left, bottom - 14, width - right, bottom - 14)
    if layout.page_numbers:
        number = layout.page_numbers.format(n=page, m=count)
        if layout.mirrored and page % 2 == 0:
            canvas.drawString(left, bottom - 28, number)
        else:
            canvas.drawRightString(width - right, bottom - 28, number)


def _lines(words: str, font: str, size: float, width: float) -> list[str]:
    broken = break_lines([(Run(word, font, size),) for word in words.split()], width)
    return [" ".join(word[0].words for word in line) for line in broken]


def _title_page(canvas: Canvas, made: Content, layout: Layout) -> None:
    left, right, *_ = layout.margins
    width, height = layout.page
    size = max(20.0, layout.size * 1.7)
    font = face(layout.font, bold=True)
    y = height * 0.68
    canvas.setFont(font, size)
    for line in _lines(made.title, font, size, width - left - right):
        canvas.drawString(left, y, line)
        y -= size * 1.25
    canvas.setFont(face(layout.font), 12)
    canvas.drawString(left, y - 14, TITLE_PAGE)


# What stands on the title page below the title, and nowhere else.
TITLE_PAGE = "Typeset for the tests"

__all__ = ["TITLE_PAGE", "Word", "typeset"]
