"""Read a web page: its words, lists, tables and footnotes, apart from the furniture of the site around them.

What `script`, `style` and `template` hold is no text and is left out; every other word is in one block.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyser.reading.source import Source


def read_html(path: Path, shown_as: str) -> "Source":
    """Return the canonical text and blocks of an HTML file; raises InputError when it cannot be read."""
    from analyser.reading.open import read_bytes, refuse_long

    raw = read_bytes(path, shown_as)
    refuse_long(raw, shown_as)
    return parse_html(raw, shown_as)


def parse_html(raw: bytes, shown_as: str) -> "Source":
    """Return the canonical text and blocks of the bytes of an HTML file.

    >>> page = b"<main><p>X1.1 A service that:<ol type=a><li>is large.</ol></main>"
    >>> print(parse_html(page, "x.html").text, end="")
    X1.1 A service that:
    (a) is large.
    """
    from analyser.reading.canonical import make_source
    from analyser.reading.html.page import parse_page
    from analyser.reading.html.walk import walk
    from analyser.reading.open import sha256
    from analyser.reading.source import Media

    drafts, warnings = walk(parse_page(raw, shown_as), shown_as)
    return make_source(shown_as, Media.HTML, drafts, file_sha256=sha256(raw), warnings=warnings)
