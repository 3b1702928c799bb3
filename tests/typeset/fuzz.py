"""Round trips through layouts drawn by chance: `python -m tests.typeset.fuzz --seeds 200`.

Prints the seeds whose file does not say what the code says, each with the first differing place.
"""

import argparse
import os
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from analyser import library
from analyser.errors import InputError

from . import docx, html, pdf, same
from .content import Content, read_content
from .docx import random_word
from .html import random_web
from .layout import random_layout
from .samples import CODE


def write(seed: int, folder: Path, code: Path = CODE, kind: str = "pdf") -> tuple[Path, Content]:
    """Typeset the code in the layout of a seed; return the file's path and what is in it.

    `kind` is pdf, html or docx.
    """
    path = folder / f"seed-{seed}.{kind}"
    if kind == "pdf":
        layout = random_layout(seed)
        made = read_content(code, layout.footnotes_every)
        path.write_bytes(pdf.typeset(made, layout))
    elif kind == "html":
        web = random_web(seed)
        made = read_content(code, web.footnotes_every)
        path.write_bytes(html.typeset(made, web))
    else:
        word = random_word(seed)
        made = read_content(code, word.footnotes_every)
        path.write_bytes(docx.typeset(made, word))
    return path, made


def failing(seed: int, folder: Path, code: Path = CODE, kind: str = "pdf") -> list[str]:
    """Return what a seed's file says differently, as sentences; empty when it says the same."""
    (path, made), ref = write(seed, folder, code, kind), library.resolve(str(code))
    try:
        source, got = same.read_document(path, ref)
    except InputError as problem:
        return [f"refused: {problem}"]
    found = same.differences(same.document_of_markdown(code.read_text(encoding="utf-8"), ref), got)
    beside = (pdf.TITLE_PAGE, docx.SUBTITLE)
    found += [f"unplaced: {words!r}" for words in same.unplaced_words(got) if words not in beside]
    found += [f"warning: {warning}" for warning in got.warnings if "tracked changes" not in warning]
    found += same.footnote_differences(made, source)
    if not found:
        path.unlink()
    return found


def main() -> int:
    """Try the seeds and return 1 if any failed."""
    parser = argparse.ArgumentParser(description="Round trips through layouts drawn by chance.")
    parser.add_argument("--seeds", type=int, default=200, help="how many seeds to try")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    parser.add_argument("--keep", type=Path, help="where the files of failing seeds are kept")
    parser.add_argument("--shown", type=int, default=1, help="how many differences of a seed are shown")
    parser.add_argument("--code", type=Path, default=CODE, help="the Markdown code that is typeset")
    parser.add_argument("--kind", choices=("pdf", "html", "docx"), default="pdf")
    asked = parser.parse_args()
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="typeset-"))
    folder.mkdir(parents=True, exist_ok=True)
    seeds = range(asked.first, asked.first + asked.seeds)
    failed = 0
    with ProcessPoolExecutor(asked.jobs) as pool:
        results = pool.map(failing, seeds, repeat(folder), repeat(asked.code), repeat(asked.kind))
        for seed, found in zip(seeds, results, strict=True):
            failed += bool(found)
            for line in found[: asked.shown]:
                print(f"seed {seed} ({len(found)} differences): {line}", flush=True)
    print(f"{len(seeds) - failed} of {len(seeds)} seeds read as typeset; files of the others in {folder}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
