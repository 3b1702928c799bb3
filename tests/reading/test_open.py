"""Opening a file: what it holds is told by its content, and what cannot be read is refused by name."""

import gzip
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from analyser.errors import InputError
from analyser.reading import open as opening
from analyser.reading.markdown import parse_markdown
from analyser.reading.open import read
from analyser.reading.source import Media
from tests.reading.word_files import document, paragraph, word_file


def zipped(**parts: bytes) -> bytes:
    """Return a zip with these parts; `__` in a name stands for a slash, `_dot_` for a point."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, words in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), words)
    return out.getvalue()


def opened(tmp_path: Path, name: str, raw: bytes) -> Media:
    path = tmp_path / name
    path.write_bytes(raw)
    return read(path, name).media


def refusal(tmp_path: Path, name: str, raw: bytes) -> InputError:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read(path, name)
    assert caught.value.fix
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("name", "raw", "media"),
    [
        ("a.md", b"C1.1 Words.", Media.MARKDOWN),
        ("a.txt", b"C1.1 Words.", Media.TEXT),
        ("a", b"C1.1 Words.", Media.TEXT),
        ("a", b"---\ncode: x\n---\nC1.1 Words.", Media.MARKDOWN),
        ("a.txt", b"## ICU C1 Title\n\nC1.1 Words.", Media.MARKDOWN),
        ("a", b"Words of ---\nno front matter", Media.TEXT),
        ("a.html", b"\xef\xbb\xbf  \n<!DOCTYPE html><p>Words", Media.HTML),
        ("a", b"<!-- saved from somewhere -->\n<html><p>Words", Media.HTML),
        ("a", b'<?xml version="1.0"?><!DOCTYPE html><html><p>Words</p></html>', Media.HTML),
        ("a", b"<p>Words", Media.HTML),
        ("a.md", b"<p>Words, in Markdown", Media.MARKDOWN),
        ("a", "\ufeff<html><p>Words".encode("utf-16"), Media.HTML),
        ("a.txt", "Words".encode("utf-16"), Media.TEXT),
        ("a.md", b"<5 % of services", Media.MARKDOWN),
        ("a", b"<5 % of services", Media.TEXT),
        ("a.docx", word_file(paragraph("Words")), Media.DOCX),
        ("a", word_file(paragraph("Words")), Media.DOCX),
    ],
    ids=lambda value: value if isinstance(value, str) else "bytes",
)
def test_what_a_file_holds_is_told_by_its_content(
    tmp_path: Path, name: str, raw: bytes, media: Media
) -> None:
    assert opened(tmp_path, name, raw) is media


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.pdf", b"<html><title>Access\n denied</title><p>No.", "a web page with the title “Access denied”"),
        ("a.docx", b"%PDF-1.7\n", "named as a Word document but holds a PDF"),
        ("a.pdf", word_file(paragraph("x")), "named as a PDF but holds a Word document"),
        ("a.pdf", b"Not found", "named as a PDF but holds plain text"),
        ("a.html", b"Not found", "named as a web page but holds plain text"),
        ("a.md", b"<!DOCTYPE html><p>x", "named as Markdown but holds a web page"),
        ("a.docx", b"# Title", "named as a Word document but holds Markdown"),
    ],
    ids=lambda value: value if isinstance(value, str) else "bytes",
)  # fmt: skip
def test_a_name_that_promises_another_kind_of_file(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    assert said in refusal(tmp_path, name, raw).cause


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.txt", b"", "is empty: it has no bytes at all"),
        ("a.txt", b" \n\t\n", "holds no text"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "a Word document of the older kind (.doc)"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "is protected with a password"),
        ("a.xls", OLE, "an office file of an older kind"),
        ("a.rtf", rb"{\rtf1 Words}", "Rich Text"),
        ("a.odt", zipped(mimetype=b"x", content_dot_xml=b"<x/>"), "an OpenDocument file (.odt)"),
        ("a.xlsx", zipped(xl__workbook_dot_xml=b"<x/>"), "a spreadsheet (.xlsx)"),
        ("a.pptx", zipped(ppt__x_dot_xml=b"<x/>"), "a presentation (.pptx)"),
        ("a.zip", zipped(code_dot_pdf=b"%PDF"), "a zip without a Word document in it (it holds code.pdf)"),
        ("a.docx", zipped(word__document_dot_xml=b"<x/>")[:40], "damaged or cut short"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "a picture (JPEG)"),
        ("a.gz", gzip.compress(b"words", mtime=0), "a compressed file (gzip)"),
        ("a.mht", b"From: <Saved by Blink>\nMIME-Version: 1.0\n", "a web archive (MHTML)"),
        ("a.xml", b'<?xml version="1.0"?><akomaNtoso/>', "XML with the root element <akomaNtoso>"),
        ("a.txt", "Words of a code".encode("utf-16-le"), "text in UTF-16 without a byte order mark"),
        ("a.bin", b"Words\n\x00\x01\x02", "is not text: it holds NUL bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "bytes",
)
def test_what_no_reader_is_for_is_refused_by_name(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    assert said in refusal(tmp_path, name, raw).cause


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"One\ntwo caf\xe9", "a.txt, line 2, byte 11"),
        (b"\xff\xfeO\x00n\x00e\x00\n\x00x", "a.txt, line 2, byte 10"),
    ],
)
def test_text_in_another_encoding_is_refused_with_its_place(tmp_path: Path, raw: bytes, place: str) -> None:
    assert refusal(tmp_path, "a.txt", raw).place == place


def test_a_missing_file_and_a_folder_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "none.md", "none.md")
    with pytest.raises(InputError, match="it is a folder"):
        read(tmp_path, "a folder")


def test_limits_of_size_and_of_lines(tmp_path: Path) -> None:
    over = opening.MAX_TEXT_BYTES + 1
    assert "MB of text" in refusal(tmp_path, "a.txt", b"a" * over).cause
    assert "MB of text" in refusal(tmp_path, "a.html", b"<p>".ljust(over)).cause
    many = b"a\n" * (opening.MAX_LINES + 1)
    assert "lines" in refusal(tmp_path, "b.txt", many).cause
    assert "lines" in refusal(tmp_path, "b.md", many).cause
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(opening.MAX_FILE_BYTES + 1)
    with pytest.raises(InputError, match="larger than 200 MB"):
        read(tmp_path / "large.pdf", "large.pdf")


def test_every_reader_says_which_bytes_it_read(tmp_path: Path) -> None:
    for name, raw in (
        ("a.md", b"# T"),
        ("a.txt", b"C1.1 x"),
        ("a.html", b"<p>C1.1 x"),
        ("a.docx", word_file(paragraph("x"))),
    ):
        path = tmp_path / name
        path.write_bytes(raw)
        source = read(path, name)
        assert source.file_sha256 == opening.sha256(raw)
        assert source.path == name


def test_markdown_is_read_as_before(tmp_path: Path) -> None:
    words = "---\ncode: x\n---\n## ICU C1 Title\n\nC1.1 That:\n- (a) one.\n"
    path = tmp_path / "a.md"
    path.write_text(words, encoding="utf-8")
    assert read(path, "a.md").model_copy(update={"file_sha256": ""}) == parse_markdown(words, "a.md")


def test_a_document_part_may_have_another_name(tmp_path: Path) -> None:
    raw = word_file(paragraph("Words"), main="word/document2.xml")
    path = tmp_path / "a.docx"
    path.write_bytes(raw)
    assert read(path, "a.docx").text == "Words\n"
    assert document(paragraph("Words")) in zipfile.ZipFile(BytesIO(raw)).read("word/document2.xml").decode()


def test_markdown_beyond_all_measure_is_refused_with_its_line(tmp_path: Path) -> None:
    """A million cells of a table would take gigabytes."""
    rows = ("|" + "x|" * 30 + "\n") * 3000
    problem = refusal(tmp_path, "a.md", f"# Title\n\n{rows}".encode())
    assert "paragraphs, items and cells" in problem.cause
    assert problem.place.startswith("a.md, line ")
