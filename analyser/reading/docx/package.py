"""Open the zip that a Word document is, within limits, and read its parts as XML that can do no harm.

Nothing is written to disk, no link is followed and nothing that the package embeds is opened.
"""

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from analyser.errors import InputError

if TYPE_CHECKING:
    from lxml import etree

# A long report with a picture a page has about 1,500 parts.
MAX_PARTS = 5_000
MAX_DIRECTORY_BYTES = 2 * 1024 * 1024
# The words of a thousand pages, with every run formatted by hand, are about 30 MB of XML.
MAX_PART_BYTES = 64 * 1024 * 1024
MAX_READ_BYTES = 128 * 1024 * 1024
MAX_TAGS = 3_000_000
# Word's XML shrinks to a tenth or a fiftieth; a bomb to a thousandth.
MAX_RATIO = 400
_RATIO_FROM = 4 * 1024 * 1024

_W = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _R),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_END = struct.Struct("<4s4H2LH")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OTHERS = (
    ("xl/", "a spreadsheet (.xlsx)", "Save the sheet that holds the code as a Word document or as text."),
    ("ppt/", "a presentation (.pptx)", "Save it as PDF."),
    (
        "content.xml",
        "an OpenDocument file (.odt), which codegap does not read",
        "Open it in a word processor and save it as .docx.",
    ),
    (
        "META-INF/container.xml",
        "an electronic book (.epub), which codegap does not read",
        "Save it as PDF or HTML.",
    ),
    ("Index/", "a Pages document, which codegap does not read", "Export it as a Word document (.docx)."),
    ("META-INF/MANIFEST.MF", "a program (.jar), not a document", "Give the document."),
)


@dataclass(frozen=True)
class Relation:
    """One relationship of a part: `kind` is the last word of its type, `target` a part's name or a link."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass
class Package:
    """The parts of a Word document by name; how much has been read is counted against the limits."""

    shown_as: str
    archive: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo]
    read_bytes: int = 0
    tags: int = 0
    _relations: dict[str, tuple[Relation, ...]] = field(default_factory=dict)

    def root(self, name: str) -> "etree._Element | None":
        """Return the root element of a part, or None when the package has no such part."""
        info = self.parts.get(name.lower())
        return None if info is None else self._parse(self._bytes(info), info.filename)

    def relations(self, name: str) -> tuple[Relation, ...]:
        """Return the relationships of a part (of the package itself for an empty name)."""
        if name not in self._relations:
            root = self.root(join(dirname(name), "_rels", f"{name.rsplit('/', 1)[-1]}.rels"))
            found = [] if root is None else [_relation(one, name) for one in root.iter(_RELATION)]
            self._relations[name] = tuple(found)
        return self._relations[name]

    def main_part(self) -> str:
        """Return the name of the part that holds the document; raises InputError when there is none."""
        named = [
            one.target for one in self.relations("") if one.kind == "officeDocument" and not one.external
        ]
        for name in (*named, "word/document.xml"):
            if name.lower() in self.parts:
                return name
        raise self.damaged("it has no part with the document's text")

    def damaged(self, why: str) -> InputError:
        """Return the error for a package that cannot be read, with the reason."""
        return InputError(
            f"The Word document {self.shown_as} is damaged: {why}",
            fix="Open it in a word processor, let it be repaired, and save it as .docx again.",
        )

    def _bytes(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 0x1:
            raise InputError(
                f"The Word document {self.shown_as} is protected with a password",
                place=f"{self.shown_as}, part {info.filename}",
                fix="Save it without the password.",
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.damaged(f"its part {info.filename} is compressed in a way that Word does not use")
        if info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise self._too_large(
                f"its part {info.filename} is {info.file_size // max(1, info.compress_size):,} times "
                "as large unpacked as packed, as in a file made to fill a memory"
            )
        try:
            with self.archive.open(info) as part:
                raw = part.read(MAX_PART_BYTES + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            RuntimeError,
            struct.error,
        ) as problem:
            raise self.damaged(f"its part {info.filename} cannot be unpacked ({problem})") from problem
        self.read_bytes += len(raw)
        if len(raw) > MAX_PART_BYTES or self.read_bytes > MAX_READ_BYTES:
            limit = MAX_PART_BYTES if len(raw) > MAX_PART_BYTES else MAX_READ_BYTES
            raise self._too_large(
                f"with its part {info.filename} it unpacks to more than {limit // 1024**2} MB"
            )
        return raw

    def _parse(self, raw: bytes, name: str) -> "etree._Element":
        from lxml import etree

        raw = self._as_utf8(raw, name)
        if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
            raise InputError(
                f"The Word document {self.shown_as} declares a document type, which Word never writes and "
                "which can be used to do harm",
                place=f"{self.shown_as}, part {name}",
                fix="Do not trust this file; ask where it comes from.",
            )
        self.tags += raw.count(b"<")
        if self.tags > MAX_TAGS:
            raise self._too_large(f"with its part {name} it has more than {MAX_TAGS:,} tags")
        for strict, usual in _STRICT:
            raw = raw.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(raw, parser)
        except etree.XMLSyntaxError as problem:
            raise self.damaged(f"its part {name} is no XML ({problem.msg})") from problem

    def _as_utf8(self, raw: bytes, name: str) -> bytes:
        """Return XML in UTF-8, so that nothing hides in another encoding from the looks that follow."""
        declared = _DECLARED.match(raw)
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            try:
                words = raw.decode("utf-16")
            except UnicodeDecodeError as problem:
                raise self.damaged(f"its part {name} is no text ({problem.reason})") from problem
            return re.sub(r"^\s*<\?xml.*?\?>", "", words, count=1, flags=re.DOTALL).encode("utf-8", "replace")
        if b"\x00" in raw[:64] or (
            declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"iso-8859-1")
        ):
            raise self.damaged(f"its part {name} is in an encoding that Word does not use")
        return raw

    def _too_large(self, why: str) -> InputError:
        return InputError(
            f"The Word document {self.shown_as} is too large to be read: {why}",
            fix="Give the code alone, saved anew by a word processor.",
        )


def open_package(raw: bytes, shown_as: str) -> Package:
    """Return the parts of a Word document; raises InputError for a zip that is damaged, too big or a trap."""
    archive = _archive(raw, shown_as)
    parts: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or re.match(r"^[A-Za-z]:", name):
            raise InputError(
                f"The Word document {shown_as} has a part whose name points outside of it: {name[:80]!r}",
                fix="Do not trust this file; ask where it comes from.",
            )
        if name.lower() in parts:
            raise InputError(
                f"The Word document {shown_as} has two parts of the name {name[:80]!r}",
                fix="Open it in a word processor and save it as .docx again.",
            )
        parts[name.lower()] = info
    return Package(shown_as, archive, parts)


def refuse_other_zips(raw: bytes, shown_as: str) -> None:
    """Raise InputError unless a zip holds a Word document, naming what it is instead."""
    names = {info.filename.replace("\\", "/") for info in _archive(raw, shown_as).infolist()}
    if any(name.lower().startswith("word/") for name in names):
        return
    for beginning, what, fix in _OTHERS:
        if any(name.startswith(beginning) for name in names):
            raise InputError(f"The file {shown_as} is {what}", fix=fix)
    shown = ", ".join(sorted(names)[:5])
    raise InputError(
        f"The file {shown_as} is a zip without a Word document in it"
        + (f" (it holds {shown[:200]})" if shown else ""),
        fix="Unpack it and give the document that is in it.",
    )


def _archive(raw: bytes, shown_as: str) -> zipfile.ZipFile:
    """Open a zip after a look at its own count of what it holds, which bounds the work of opening it."""
    place = len(raw) - _END.size
    if raw[place : place + 4] != b"PK\x05\x06" or raw[-2:] != b"\x00\x00":
        place = raw.rfind(b"PK\x05\x06", max(0, len(raw) - _END.size - 0xFFFF))
    try:
        if place < 0:
            raise zipfile.BadZipFile("its end is missing")
        _, _, _, _, count, size, _, _ = _END.unpack_from(raw, place)
        if count > MAX_PARTS or size > MAX_DIRECTORY_BYTES:
            raise InputError(
                f"The file {shown_as} is a zip of more parts than any Word document has",
                fix="Give the document itself, saved anew by a word processor.",
            )
        return zipfile.ZipFile(BytesIO(raw))
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError) as problem:
        raise InputError(
            f"The file {shown_as} begins like a Word document but is damaged or cut short ({problem})",
            fix="Download or save it again.",
        ) from problem


def _relation(element: "etree._Element", owner: str) -> Relation:
    external = element.get("TargetMode") == "External"
    target = element.get("Target") or ""
    if not external:
        target = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(owner), target))
    return Relation(element.get("Id") or "", (element.get("Type") or "").rsplit("/", 1)[-1], target, external)
