"""Look at the packed parts of a PDF before pdfium unpacks them.

What swells beyond any document is refused; what is damaged is counted, since pdfium drops it in silence.
"""

import re
import zlib
from base64 import a85decode
from collections.abc import Iterator

from analyser.errors import InputError

# The words of a page are some 20 KB unpacked, the largest fonts some 20 MB.
MAX_STREAM_BYTES = 48 * 1024 * 1024
MAX_UNPACKED_BYTES = 512 * 1024 * 1024

_STREAM = re.compile(rb"stream\r?\n")
_PACKED = re.compile(rb"/(?:FlateDecode|Fl)\b")
_AS_TEXT = re.compile(rb"/(?:ASCII85Decode|A85)\b")
_OTHERWISE = re.compile(rb"/(?:ASCIIHexDecode|AHx|LZWDecode|LZW|RunLengthDecode|RL|Crypt)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_DICTIONARY = 2048
_PART = 256 * 1024
# Nothing unpacks to more than 1,032 times its size.
_MOST_TIMES = 1_032


def check_packed(raw: bytes, shown_as: str) -> int:
    """Return how many packed parts of a PDF are damaged, apart from its pictures.

    Raises InputError where one part unpacks to more than 48 MB, or all to more than 512 MB. Pictures are left
    out: reading words never unpacks them.
    """
    total = damaged = 0
    is_readable = b"/Encrypt" not in raw
    for start, end, times, as_text in _packed(raw):
        if as_text and times == 1 and (end - start) * _MOST_TIMES < MAX_STREAM_BYTES:
            continue
        size = 0
        engines = [zlib.decompressobj() for _ in range(times)]
        try:
            for part in _unpacked(
                _binary(raw[start:end]) if as_text else raw, 0 if as_text else start, engines
            ):
                size += part
                if size > MAX_STREAM_BYTES or total + size > MAX_UNPACKED_BYTES:
                    raise InputError(
                        f"The PDF {shown_as} unpacks to more than any document has",
                        place=f"{shown_as}, byte {start}",
                        fix="Ask for the document as it was published.",
                    )
            damaged += is_readable and not engines[0].eof
        except zlib.error:
            damaged += is_readable
        total += size
    return damaged


def _packed(raw: bytes) -> Iterator[tuple[int, int, int, bool]]:
    """Yield where each packed part begins and ends, how many times over it is packed, and whether as text."""
    before = 0
    for found in _STREAM.finditer(raw):
        if raw[found.start() - 3 : found.start()] == b"end":
            before = found.end()
            continue
        head = raw[max(before, found.start() - _DICTIONARY) : found.start()]
        head = head[head.rfind(b" obj") + 1 :]
        times = len(_PACKED.findall(head))
        if times and not _PICTURE.search(head) and not _OTHERWISE.search(head):
            end = raw.find(b"endstream", found.end())
            yield found.end(), end if end > 0 else len(raw), min(times, 4), bool(_AS_TEXT.search(head))


def _binary(text: bytes) -> bytes:
    end = text.find(b"~>")
    try:
        return a85decode(text[: end if end >= 0 else len(text)])
    except ValueError:
        return b""


def _unpacked(raw: bytes, start: int, engines: list["zlib._Decompress"]) -> Iterator[int]:
    """Yield the sizes of the unpacked pieces of one part; zlib.error where it is damaged."""
    place = start
    while place < len(raw) and not engines[0].eof:
        piece = raw[place : place + _PART]
        place += len(piece)
        yield from _through(engines, piece)


def _through(engines: list["zlib._Decompress"], piece: bytes) -> Iterator[int]:
    """Yield the sizes that come out of the last of several engines for a piece put into the first."""
    engine, rest = engines[0], engines[1:]
    while piece and not engine.eof:
        out = engine.decompress(piece, _PART)
        piece = engine.unconsumed_tail
        if rest and out:
            yield from _through(rest, out)
        elif out:
            yield len(out)
