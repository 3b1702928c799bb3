"""PDFs that cannot or should not be read: refused by one clear sentence, or read with a warning."""

import zlib
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]

from analyser.errors import InputError
from analyser.reading.pdf import characters, handles, read_pdf
from analyser.reading.source import BlockKind
from tests.reading.pdf_pages import At, Draw, lines, read_pages, shown, typeset

WORDS: list[Draw] = lines(40, 60, "C9.1 The provider should do what these words ask.")


def refused(folder: Path, raw: bytes) -> str:
    path = folder / "given.pdf"
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read_pdf(path, "given.pdf")
    assert caught.value.fix
    assert "given.pdf" in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def with_content(content: bytes, filters: str = "/FlateDecode", times: int = 1) -> bytes:
    """Return a PDF of one page whose content is these bytes, packed so many times over."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 500]/Contents 4 0 R/Resources<</Font<</F1 "
        + font
        + b">>>>>>",
        f"<</Filter{filters}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, words in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + words + b"\nendobj\n"
    table = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    end = f"trailer<</Size 5/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF".encode()
    return out + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def test_a_file_that_is_no_pdf(tmp_path: Path) -> None:
    assert "is not a PDF" in refused(tmp_path, b"<html><body>Words</body></html>")


def test_a_file_of_no_bytes(tmp_path: Path) -> None:
    assert "no bytes" in refused(tmp_path, b"")


def test_a_file_cut_off(tmp_path: Path) -> None:
    raw = typeset(WORDS)
    assert "damaged or incomplete" in refused(tmp_path, raw[: len(raw) // 2])


def test_a_file_that_needs_a_password(tmp_path: Path) -> None:
    raw = typeset(WORDS, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    assert "password" in refused(tmp_path, raw)


def test_a_file_that_only_forbids_changes_is_read(tmp_path: Path) -> None:
    source = read_pages(tmp_path, WORDS, encrypt=StandardEncryption("", ownerPassword="owner"))
    assert shown(source) == ["C9.1 The provider should do what these words ask."]
    assert not source.warnings


def picture(canvas: Any) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]

    canvas.drawImage(ImageReader(Image.new("L", (40, 50), 200)), 0, 0, 400, 500)


def test_a_scan_is_named_with_the_way_on(tmp_path: Path) -> None:
    said = refused(tmp_path, typeset([picture], [picture]))
    assert "scan" in said
    assert "OCR" in said


def test_pages_of_nothing_at_all_are_no_scan(tmp_path: Path) -> None:
    assert "scan" not in refused(tmp_path, typeset([], []))


def test_pages_without_words_are_listed_and_told(tmp_path: Path) -> None:
    source = read_pages(tmp_path, WORDS, [picture], lines(40, 60, "C9.2 More."), [])
    assert source.empty_pages == (2, 4)
    assert source.pages == 4
    assert any("Pages 2 and 4" in warning for warning in source.warnings)


def test_the_layer_of_words_that_ocr_adds_is_read_and_told(tmp_path: Path) -> None:
    def layer(canvas: Any) -> None:
        text = canvas.beginText(40, 440)
        text.setTextRenderMode(3)
        text.setFont("Times-Roman", 10)
        text.textOut("C9.1 The words of the scan.")
        canvas.drawText(text)

    source = read_pages(tmp_path, [picture, layer])
    assert shown(source) == ["C9.1 The words of the scan."]
    assert "OCR" in source.warnings[0]


def in_white(canvas: Any) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    At(40, 200, "white words")(canvas)
    canvas.setFillColorRGB(0, 0, 0)


def unseen(canvas: Any) -> None:
    text = canvas.beginText(40, 300)
    text.setTextRenderMode(3)
    text.setFont("Times-Roman", 10)
    text.textOut("invisible words")
    text.setTextRenderMode(0)
    canvas.drawText(text)


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (in_white, "white words"),
        (unseen, "invisible words"),
        (At(40, 200, "tiny words", size=0.4), "tiny words"),
        (At(-300, 200, "outside words"), "outside words"),
    ],
)
def test_words_that_nobody_sees_are_told_and_kept_apart(tmp_path: Path, draw: Draw, words: str) -> None:
    source = read_pages(tmp_path, [*WORDS, draw])
    assert len(shown(source)) == 1
    assert shown(source, BlockKind.FURNITURE) == [words]
    assert f"“{words}”" in source.warnings[0]
    assert "Page 1" in source.warnings[0]


def test_white_words_on_a_dark_ground_are_seen(tmp_path: Path) -> None:
    def ground(canvas: Any) -> None:
        canvas.setFillColorRGB(0, 0.1, 0.3)
        canvas.rect(30, 280, 300, 40, stroke=0, fill=1)

    source = read_pages(tmp_path, [*WORDS, ground, in_white])
    assert "white words" in shown(source)
    assert not source.warnings


def test_more_pages_than_any_code_has(tmp_path: Path) -> None:
    said = refused(tmp_path, typeset(*[WORDS] * (handles.MAX_PAGES + 1)))
    assert "3,001 pages" in said


def test_more_characters_than_any_page_has(tmp_path: Path) -> None:
    line = b"1 0 0 1 10 %d Tm (%d " + b"word " * 200 + b") Tj "
    places = range(characters.MAX_CHARACTERS // 500)
    content = b"BT /F1 1 Tf " + b"".join(line % (place, place) for place in places) + b"ET"
    assert "characters" in refused(tmp_path, with_content(content))


@pytest.mark.parametrize(("filters", "times"), [("/FlateDecode", 1), ("[/FlateDecode/FlateDecode]", 2)])
def test_a_file_made_to_fill_the_memory(tmp_path: Path, filters: str, times: int) -> None:
    assert "unpacks to more" in refused(tmp_path, with_content(b" " * 60_000_000, filters, times))


def test_damage_inside_a_page_is_told(tmp_path: Path) -> None:
    good = with_content(
        b"BT /F1 9 Tf 40 480 Td "
        + b"".join(b"0 -9 Td (C9.%d Words %d.) Tj " % (n, n * 7919) for n in range(50))
        + b"ET"
    )
    start = good.index(b"stream\n") + 300
    path = tmp_path / "damaged.pdf"
    path.write_bytes(good[:start] + b"\xff\xff\xff\xff" + good[start + 4 :])
    source = read_pdf(path, "damaged.pdf")
    assert "damaged" in source.warnings[0]


def test_a_page_as_large_as_a_field(tmp_path: Path) -> None:
    assert shown(read_pages(tmp_path, WORDS, page=(10_000_000, 10_000_000)))


def test_pages_full_of_marks_rules_and_words_are_read_in_bounded_time(tmp_path: Path) -> None:
    content = b"".join(b"%d 0 .5 500 re f " % (place % 390) for place in range(20_000)) + b"BT " + b"".join(
        b"/F1 8 Tf 1 0 0 1 %d %d Tm (word) Tj /F1 4 Tf 3 Ts (1) Tj 0 Ts " % ((place * 37) % 350, place % 3)
        for place in range(8_000)
    ) + b"ET"  # fmt: skip
    path = tmp_path / "full.pdf"
    path.write_bytes(with_content(content))
    assert read_pdf(path, "full.pdf").text.count("word") >= 300
