"""Tell what kind of file some bytes are, and refuse by name what no reader is for."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE

from analyser.errors import InputError
from analyser.reading.source import Media

_WORD_FIX = "Open it in a word processor and save it as .docx."
_TEXT_FIX = "Give the document as PDF, Word (.docx), HTML, Markdown or plain text."
_PICTURE_FIX = (
    "Give the document it shows; a scan has to go through text recognition first, and be saved as PDF."
)
# (bytes at the beginning, what the file is, how to go on)
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "a Rich Text document (.rtf), which codegap does not read", _WORD_FIX),
    (b"\x89PNG\r\n", "a picture (PNG), not a document", _PICTURE_FIX),
    (b"\xff\xd8\xff", "a picture (JPEG), not a document", _PICTURE_FIX),
    (b"GIF8", "a picture (GIF), not a document", _PICTURE_FIX),
    (b"II*\x00", "a picture (TIFF), not a document", _PICTURE_FIX),
    (b"MM\x00*", "a picture (TIFF), not a document", _PICTURE_FIX),
    (b"BM", "a picture (BMP), not a document", _PICTURE_FIX),
    (b"RIFF", "a picture or a recording, not a document", _PICTURE_FIX),
    (b"\x1f\x8b", "a compressed file (gzip)", "Unpack it and give the document that is in it."),
    (b"7z\xbc\xaf", "a compressed file (7z)", "Unpack it and give the document that is in it."),
    (b"Rar!", "a compressed file (RAR)", "Unpack it and give the document that is in it."),
    (b"BZh", "a compressed file (bzip2)", "Unpack it and give the document that is in it."),
    (b"\xfd7zXZ", "a compressed file (xz)", "Unpack it and give the document that is in it."),
)
_BOMS = (
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF8, "utf-8"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)
# As much of the beginning as decides; a long licence comment can stand before the first tag.
_HEAD = 64 * 1024
_XML_PROLOGUE = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)+", re.DOTALL)
_HTML = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|title|meta|link|script|style|body|header|nav|main|article|section|div|p|h[1-6]|"
    r"table|ul|ol|dl|blockquote|form|center|font|span|a|b|strong|br|hr|img)(?=[\s/>]))",
    re.IGNORECASE,
)
_XML = re.compile(r"<(?:!doctype\s+)?(?P<root>[A-Za-z_][\w.:-]{0,60})", re.IGNORECASE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_FRONT_MATTER = re.compile(r"^---[ \t]*\r?\n(?:[A-Za-z_]+:.*\r?\n|[ \t]*\r?\n)*---[ \t]*(?:\r?\n|$)")
_TITLE = re.compile(rb"<title[^>]{0,200}>(.{1,400}?)</title", re.IGNORECASE | re.DOTALL)
_MHTML = re.compile(r"^(?:From: <Saved by|MIME-Version:|Content-Type: multipart/related)", re.IGNORECASE)


def declared_encoding(raw: bytes) -> str | None:
    """Return the encoding a byte order mark declares (`utf-8`, `utf-16`, `utf-32`), or None without one."""
    return next((name for mark, name in _BOMS if raw.startswith(mark)), None)


def media_of(raw: bytes, shown_as: str, is_markdown: bool = False) -> Media:
    """Return what the bytes hold; `is_markdown` is what its name says of text that shows no sign of its own.

    Raises InputError for every kind of file that no reader is for, naming the kind and how to go on.
    """
    start = raw[:_HEAD].removeprefix(BOM_UTF8).lstrip()
    if start.startswith(b"%PDF"):
        return Media.PDF
    if raw.startswith(b"PK\x03\x04") or raw.startswith(b"PK\x05\x06"):
        from analyser.reading.docx.package import refuse_other_zips

        refuse_other_zips(raw, shown_as)
        return Media.DOCX
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _ole(raw, shown_as)
    for beginning, what, fix in _REFUSED:
        if raw.startswith(beginning) and (b"\x00" in raw[:_HEAD] or not beginning.isalnum()):
            raise InputError(f"The file {shown_as} is {what}", fix=fix)
    if b"%PDF-" in raw[:1024] and b"%%EOF" in raw[-2048:]:
        return Media.PDF
    encoding = declared_encoding(raw)
    _refuse_binary(raw, encoding, shown_as)
    head = raw[:_HEAD].decode(encoding or "utf-8", errors="replace").removeprefix("\ufeff")
    return _media_of_text(head, shown_as, is_markdown)


def _media_of_text(head: str, shown_as: str, is_markdown: bool) -> Media:
    start = head.lstrip()
    prologue = _XML_PROLOGUE.match(start)
    body = start[prologue.end() :] if prologue else start
    if _HTML.match(body) and (not is_markdown or body[:5].lower() in ("<!doc", "<html")):
        return Media.HTML
    if prologue and start.startswith("<?xml") and (root := _XML.match(body)):
        raise InputError(
            f"The file {shown_as} is XML with the root element <{root['root']}>, which codegap does not read",
            fix=_TEXT_FIX,
        )
    if _MHTML.match(start):
        raise InputError(
            f"The file {shown_as} is a web archive (MHTML), which codegap does not read",
            fix="Open it in a browser and save the page as “HTML only”.",
        )
    if is_markdown or _FRONT_MATTER.match(head) or _HEADING.search(head):
        return Media.MARKDOWN
    return Media.TEXT


def title_of(raw: bytes) -> str:
    """Return the title of a web page, at most 80 characters of it, or an empty string.

    >>> title_of(b"<html><title>Access\\n denied</title>")
    'Access denied'
    """
    found = _TITLE.search(raw[:_HEAD])
    words = " ".join(found[1].decode("utf-8", errors="replace").split()) if found else ""
    return words if len(words) <= 80 else f"{words[:79]}…"


def _ole(raw: bytes, shown_as: str) -> InputError:
    """Say which of the older office files it is; a .docx with a password is one of them too."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return InputError(
            f"The file {shown_as} is protected with a password",
            fix="Open it in a word processor with the password and save it without.",
        )
    if "WordDocument".encode("utf-16-le") in raw:
        return InputError(
            f"The file {shown_as} is a Word document of the older kind (.doc), which codegap does not read",
            fix=_WORD_FIX,
        )
    return InputError(
        f"The file {shown_as} is an office file of an older kind (.xls, .ppt or .msg), which is not read",
        fix=_TEXT_FIX,
    )


def _refuse_binary(raw: bytes, encoding: str | None, shown_as: str) -> None:
    if encoding in ("utf-16", "utf-32") or b"\x00" not in raw:
        return
    head = raw[:4096]
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if max(zeros) > len(head) // 4 and min(zeros) * 10 <= max(zeros):
        raise InputError(
            f"The file {shown_as} is text in UTF-16 without a byte order mark",
            fix="Save it as UTF-8 and try again.",
        )
    place = raw.index(0)
    raise InputError(
        f"The file {shown_as} is not text: it holds NUL bytes",
        place=f"{shown_as}, line {raw.count(chr(10).encode(), 0, place) + 1}, byte {place}",
        fix=_TEXT_FIX,
    )
