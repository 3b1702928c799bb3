"""Writes sample files of the built-in code: `python -m tests.typeset.samples --out out/typeset`."""

import argparse
from pathlib import Path

from analyser.reading.markdown import parse_markdown

from . import docx, html, pdf
from .content import content, read_content
from .layout import LAYOUTS, OFCOM
from .repeated import repeated

CODE = Path(__file__).parents[2] / "codes" / "illegal-content-u2u" / "2025-02-24.md"
# So often the code stands in the file of about ninety pages.
TIMES = 4


def write_samples(folder: Path) -> list[Path]:
    """Write one file a layout or variant, and a long one as PDF and Markdown; return their paths."""
    made: dict[str, bytes] = {}
    for layout in LAYOUTS:
        made[f"{layout.name}.pdf"] = pdf.typeset(read_content(CODE, layout.footnotes_every), layout)
    for web in html.VARIANTS:
        made[f"{web.name}.html"] = html.typeset(read_content(CODE, web.footnotes_every), web)
    for word in docx.VARIANTS:
        made[f"{word.name}.docx"] = docx.typeset(read_content(CODE, word.footnotes_every), word)
    long = repeated(CODE.read_text(encoding="utf-8"), TIMES)
    made["ninety.md"] = long.encode()
    source = parse_markdown(long, "ninety.md")
    made["ninety.pdf"] = pdf.typeset(content(source, OFCOM.footnotes_every), OFCOM)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in made]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write sample files of the built-in code.")
    parser.add_argument("--out", type=Path, default=Path("out/typeset"))
    for path in write_samples(parser.parse_args().out):
        print(path)
