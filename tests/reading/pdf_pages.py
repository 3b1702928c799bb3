"""Sets words at places on pages, for tests of the PDF reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from analyser.reading.pdf import read_pdf
from analyser.reading.source import BlockKind, Source

PAGE = (400.0, 500.0)
Draw = Callable[[Any], None]


@dataclass(frozen=True)
class At:
    """Words at a place: `x` from the left and `y` from the top of the page, in points."""

    x: float
    y: float
    words: str
    size: float = 10
    bold: bool = False
    rise: float = 0
    font: str = "Times"

    def __call__(self, canvas: Any) -> None:
        text = canvas.beginText(self.x, PAGE[1] - self.y)
        text.setFont({"Times": ("Times-Roman", "Times-Bold")}[self.font][self.bold], self.size)
        text.setRise(self.rise)
        text.textOut(self.words)
        text.setRise(0)
        canvas.drawText(text)


def rule(x0: float, y0: float, x1: float, y1: float) -> Draw:
    """Return a thin line between two places, `y` from the top."""

    def draw(canvas: Any) -> None:
        canvas.setLineWidth(0.5)
        canvas.line(x0, PAGE[1] - y0, x1, PAGE[1] - y1)

    return draw


def lines(
    x: float, y: float, *words: str, size: float = 10, leading: float = 12, bold: bool = False
) -> list[Draw]:
    """Return lines of words one below the other."""
    return [At(x, y + leading * place, line, size, bold) for place, line in enumerate(words)]


def typeset(*pages: Sequence[Any], page: tuple[float, float] = PAGE, **options: Any) -> bytes:
    """Return the bytes of a PDF with these pages."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=page, invariant=1, **options)
    for draws in pages:
        for draw in draws:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read_pages(folder: Path, *pages: Sequence[Any], **options: Any) -> Source:
    """Return what the reader makes of pages."""
    path = folder / "pages.pdf"
    path.write_bytes(typeset(*pages, **options))
    return read_pdf(path, "pages.pdf")


def shown(source: Source, *kinds: BlockKind) -> list[str]:
    """Return the words of the blocks of some kinds, or of the body where none is named."""
    wanted = kinds or (BlockKind.HEADING, BlockKind.TEXT, BlockKind.ITEM, BlockKind.ROW)
    return [block.span.of(source.text) for block in source.blocks if block.kind in wanted]
