"""Open a source file: its bytes within a limit, what they hold, and the reader for that."""

import hashlib
from pathlib import Path

from analyser.errors import InputError
from analyser.reading.source import Media, Source

# A consultation of a thousand pages with its pictures is about 50 MB; more than four times that is no code.
MAX_FILE_BYTES = 200 * 1024 * 1024
# The same pages as words alone are about 5 MB; the readers keep all of them, and their tree, in memory.
MAX_TEXT_BYTES = 16 * 1024 * 1024
# A thousand pages have about 50,000 lines.
MAX_LINES = 200_000

_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_SUFFIXES = {
    ".pdf": Media.PDF,
    ".docx": Media.DOCX,
    ".docm": Media.DOCX,
    ".dotx": Media.DOCX,
    ".html": Media.HTML,
    ".htm": Media.HTML,
    ".xhtml": Media.HTML,
    ".md": Media.MARKDOWN,
    ".markdown": Media.MARKDOWN,
    ".txt": Media.TEXT,
    ".text": Media.TEXT,
}
_NAMES = {
    Media.PDF: ("a PDF", ".pdf"),
    Media.DOCX: ("a Word document", ".docx"),
    Media.HTML: ("a web page", ".html"),
    Media.MARKDOWN: ("Markdown", ".md"),
    Media.TEXT: ("plain text", ".txt"),
}


def read(path: Path, shown_as: str) -> Source:
    """Return the canonical text and blocks of a file of any kind that codegap reads.

    What the file holds is told by its content: Markdown, plain text, HTML, PDF or Word. `shown_as` is how
    messages and outputs name it. Raises InputError, with what the file holds and how to go on, for what
    cannot be read and where the name promises another kind of file.
    """
    from analyser.reading.media import media_of, title_of

    raw = read_bytes(path, shown_as)
    media = media_of(raw, shown_as, is_markdown=_SUFFIXES.get(path.suffix.lower()) is Media.MARKDOWN)
    promised = _SUFFIXES.get(path.suffix.lower(), media)
    if promised is not media and not {promised, media} <= {Media.MARKDOWN, Media.TEXT}:
        said, suffix = _NAMES[media]
        title = title_of(raw) if media is Media.HTML else ""
        holds = f"{said} with the title “{title}”" if title else said
        hint = ", as when a site answers with a page in place of the document" if media is Media.HTML else ""
        raise InputError(
            f"The file {shown_as} is named as {_NAMES[promised][0]} but holds {holds}{hint}",
            fix=f"Save the document again; if {said} is what you mean to read, rename it to end in {suffix}.",
        )
    if media is Media.PDF:
        from analyser.reading.pdf import read_pdf

        return read_pdf(path, shown_as)
    if media is Media.DOCX:
        from analyser.reading.docx import parse_docx

        return parse_docx(raw, shown_as)
    refuse_long(raw, shown_as)
    if media is Media.HTML:
        from analyser.reading.html import parse_html

        return parse_html(raw, shown_as)
    if media is Media.MARKDOWN:
        from analyser.reading.markdown import parse_markdown

        source = parse_markdown(decode(raw, shown_as), shown_as)
        return source.model_copy(update={"file_sha256": sha256(raw)})
    from analyser.reading.text import parse_text

    return parse_text(decode(raw, shown_as), shown_as).model_copy(update={"file_sha256": sha256(raw)})


def read_bytes(path: Path, shown_as: str) -> bytes:
    """Return the bytes of a file; raises InputError for one that is missing, no file, empty or too large."""
    try:
        if path.exists() and not path.is_file():
            what = "a folder" if path.is_dir() else "no ordinary file"
            raise InputError(f"{shown_as} cannot be read: it is {what}", fix="Give the path to a document.")
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as problem:
        why = (problem.strerror if isinstance(problem, OSError) else "") or str(problem)
        raise InputError(
            f"The file {shown_as} cannot be read: {why}",
            fix="Check the path and the permissions of the file.",
        ) from problem
    if not raw:
        raise InputError(
            f"The file {shown_as} is empty: it has no bytes at all",
            fix="Save or download the document again; an interrupted download leaves such a file.",
        )
    if len(raw) > MAX_FILE_BYTES:
        raise InputError(
            f"The file {shown_as} is larger than {_megabytes(MAX_FILE_BYTES)}",
            fix="Give the code alone, without what is bound together with it.",
        )
    return raw


def refuse_long(raw: bytes, shown_as: str) -> None:
    """Raise InputError when a file of words is longer than any code with all its statements."""
    if len(raw) > MAX_TEXT_BYTES:
        raise InputError(
            f"The file {shown_as} has {_megabytes(len(raw))} of text, more than {_megabytes(MAX_TEXT_BYTES)}",
            fix="Give the code alone, without pictures or data set into the file.",
        )


def decode(raw: bytes, shown_as: str) -> str:
    """Return the words of a text file in UTF-8, or in UTF-16 or UTF-32 where a byte order mark says so.

    Raises InputError that names the line (from 1) and byte (from 0) of what is no text in that encoding.
    """
    from analyser.reading.media import declared_encoding

    encoding = declared_encoding(raw) or "utf-8"
    try:
        words = raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        before = raw[: problem.start].decode(encoding, errors="replace")
        said = "UTF-8" if encoding == "utf-8" else f"{encoding.upper()}, as its byte order mark says"
        raise InputError(
            f"The file {shown_as} is not {said} text",
            place=f"{shown_as}, line {before.count(chr(10)) + 1}, byte {problem.start}",
            fix="Save it as UTF-8 and try again.",
        ) from problem
    lines = sum(words.count(end) for end in _LINE_ENDS)
    if lines > MAX_LINES:
        raise InputError(
            f"The file {shown_as} has {lines:,} lines; at most {MAX_LINES:,} are read",
            fix="Give the code alone, without data set into the file.",
        )
    return words


def sha256(raw: bytes) -> str:
    """Return the sha256 of a file's bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(raw).hexdigest()


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):.0f} MB"
