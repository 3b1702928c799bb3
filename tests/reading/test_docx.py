"""Word documents: words as Word shows them, labels as it computes them, nothing opened or followed."""

from io import BytesIO

import pytest

from analyser.errors import InputError
from analyser.reading.docx import parse_docx
from analyser.reading.source import Source
from tests.reading.shown import assert_sound, body, marks, shown
from tests.reading.word_files import (
    NAMESPACES,
    document,
    level,
    listed,
    lists,
    paragraph,
    part,
    run,
    style,
    styled,
    styles,
    table,
    word_file,
)

LEGAL = lists(
    level(0, "decimal", "ICU C%1"),
    level(1, "decimal", "C%1.%2"),
    level(2, "lowerLetter", "(%3)"),
    level(3, "lowerRoman", "(%4)"),
    overrides='<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride>',
)


def read(words: str, **more: dict[str, str]) -> Source:
    source = parse_docx(word_file(words, **more), "a.docx")  # type: ignore[arg-type]
    assert_sound(source)
    return source


def numbered(words: str, numbering: str, *more: str) -> list[str]:
    return body(read(words, parts={"numbering": numbering, **({"styles": styles(*more)} if more else {})}))


# --- words ---


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        (run("A ") + run("large") + run(" service"), "A large service"),
        ("<w:r><w:t>A</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>", "A b c d"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r>", "a-bc"),
        (run("a\u00a0b\u00adc\u200bd ﬁ"), "a bcd fi"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t> x</w:t></w:r>', "• x"),
        (f'<w:hyperlink r:id="x" {NAMESPACES}>{run("a link")}</w:hyperlink>', "a link"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('in a control')}</w:sdtContent></w:sdt>", "in a control"),
        (f'<w:fldSimple w:instr="REF x">{run("C1.1")}</w:fldSimple> ', "C1.1"),
        (f"<w:smartTag>{run('tagged')}</w:smartTag>", "tagged"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF y </w:instrText></w:r>'
         '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("section 2") +
         '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run(" above"), "section 2 above"),
        ("<mc:AlternateContent><mc:Choice>" + run("once") + "</mc:Choice><mc:Fallback>" + run("twice")
         + "</mc:Fallback></mc:AlternateContent>", "once"),
        ("<mc:AlternateContent><mc:Fallback>" + run("only") + "</mc:Fallback></mc:AlternateContent>", "only"),
        (run("shown") + run("struck", "<w:strike/>"), "shownstruck"),
    ],
)  # fmt: skip
def test_the_words_are_those_that_word_shows(runs: str, words: str) -> None:
    assert body(read(paragraph(runs))) in ([f"text {words}"], [f"item- {words}"])


def test_typed_numbers_and_labels_begin_their_blocks() -> None:
    tab = "<w:r><w:tab/></w:r>"
    source = read(
        paragraph(run("C1.1") + tab + run("A service that:"))
        + paragraph(run("(a)") + tab + run("is large; or"))
        + paragraph("b) is new.")
        + paragraph("C1.2")
        + paragraph("Words.")
        + paragraph("One<w:br/>") * 0
    )
    assert body(source) == [
        "text C1.1 A service that:",
        "item- (a) is large; or",
        "item- (b) is new.",
        "text C1.2 Words.",
    ]


def test_a_line_broken_by_hand_before_a_label_begins_an_item() -> None:
    words = "<w:r><w:t>C1.1 That:</w:t><w:br/><w:t>(a) is</w:t><w:br/><w:t>large.</w:t></w:r>"
    assert body(read(paragraph(words))) == ["text C1.1 That:", "item- (a) is large."]


# --- headings ---


def test_headings_by_style_by_level_and_by_what_a_style_is_based_on() -> None:
    own = styles(
        style("Titel", called="Title"),
        style("berschrift2", called="heading 2"),
        style("Mine", based_on="berschrift2"),
        style("Own", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        style("NotOne", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', based_on="berschrift2"),
        style("Loop", based_on="Pool"),
        style("Pool", based_on="Loop"),
    )
    source = read(
        styled("A", "Titel") + styled("B", "berschrift2") + styled("C", "Mine") + styled("D", "Own")
        + styled("E", "NotOne") + styled("F", "Loop") + styled("G", "Unknown")
        + paragraph("H", '<w:outlineLvl w:val="0"/>')
        + paragraph(run("Application", "<w:b/>"))
        + paragraph(run("Only ", "<w:b/>") + run("part"))
        + paragraph(run("A sentence.", "<w:b/>")),
        parts={"styles": own},
    )  # fmt: skip
    assert body(source) == [
        "heading1 A", "heading2 B", "heading2 C", "heading3 D", "text E", "text F", "text G", "heading1 H",
        "heading6 Application", "text Only part", "text A sentence.",
    ]  # fmt: skip


# --- numbering ---


def test_numbers_and_labels_are_computed_and_depths_count_from_the_paragraph() -> None:
    words = (
        listed("Title", 1, 0, '<w:outlineLvl w:val="1"/>') + listed("A:", 1, 1) + listed("b:", 1, 2)
        + listed("c;", 1, 3) + listed("d;", 1, 3) + listed("e.", 1, 2)
        + listed("F:", 1, 1) + listed("g.", 1, 2)
        + listed("Other", 1, 0, '<w:outlineLvl w:val="1"/>') + listed("H.", 1, 1)
    )  # fmt: skip
    assert numbered(words, LEGAL) == [
        "heading2 ICU C1 Title", "text C1.1 A:", "item1 (a) b:", "item2 (i) c;", "item2 (ii) d;",
        "item1 (b) e.",        "text C1.2 F:", "item1 (a) g.", "heading2 ICU C2 Other", "text C2.1 H.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "start", "labels"),
    [
        ("decimal", "(%1)", 1, ["(1)", "(2)"]),
        ("decimal", "%1.", 9, ["(9)", "(10)"]),
        ("lowerLetter", "%1)", 26, ["(z)", "(aa)"]),
        ("upperLetter", "(%1)", 1, ["(A)", "(B)"]),
        ("lowerRoman", "(%1)", 3, ["(iii)", "(iv)"]),
        ("upperRoman", "%1.", 1, ["(I)", "(II)"]),
        ("lowerLetter", "9.1(%1)", 1, ["(a)", "(b)"]),
        ("decimalZero", "%1.", 8, ["(08)", "(09)"]),
    ],
)
def test_each_way_of_counting(kind: str, text: str, start: int, labels: list[str]) -> None:
    found = numbered(listed("x") + listed("y"), lists(level(0, kind, text, start)))
    assert [line.split()[1] for line in found] == labels
    assert all(line.startswith("item1") for line in found)


@pytest.mark.parametrize(
    ("levels", "order", "labels"),
    [
        (
            (level(0, "decimal", "%1.1"), level(1, "lowerLetter", "(%2)")),
            (0, 1, 1, 0, 1),
            "1.1 (a) (b) 2.1 (a)",
        ),
        (
            (level(0, "decimal", "%1.1"), level(1, "lowerLetter", "(%2)", more='<w:lvlRestart w:val="0"/>')),
            (0, 1, 0, 1),
            "1.1 (a) 2.1 (b)",
        ),
        (
            (level(0, "decimal", "%1.1"), level(1, "lowerLetter", "(%2)"),
             level(2, "lowerRoman", "(%3)", more='<w:lvlRestart w:val="1"/>')),
            (0, 1, 2, 1, 2, 0, 1, 2),
            "1.1 (a) (i) (b) (ii) 2.1 (a) (i)",
        ),
        ((level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", more="<w:isLgl/>")), (0, 1), "(I) 1.1"),
        ((level(0, "decimal", "%1."), level(1, "decimal", "%1.%2", 5)), (1, 1), "1.5 1.6"),
        ((level(0, "decimal", "Article %1"),), (0, 0), "Article 1 Article 2"),
        ((level(0, "none", ""), level(1, "decimal", "A%1.%2")), (0, 1), "A.1"),
    ],
)  # fmt: skip
def test_levels_start_anew_as_word_has_them(
    levels: tuple[str, ...], order: tuple[int, ...], labels: str
) -> None:
    words = "".join(listed("x", 1, place) for place in order)
    found = numbered(words, lists(*levels))
    shown_labels = [line.split(" ", 1)[1].removesuffix("x").strip() for line in found]
    assert " ".join(label for label in shown_labels if label) == labels


def test_two_lists_of_a_kind_count_on_and_an_override_starts_anew_once() -> None:
    words = listed("A.", 1, 1) + listed("B.", 2, 1) + listed("C.", 2, 1) + listed("D.", 1, 1)
    found = [line.split()[1] for line in numbered(words, LEGAL)]
    assert found == ["C1.1", "C1.7", "C1.8", "C1.9"]


def test_an_override_can_change_a_level() -> None:
    own = lists(
        level(0, "decimal", "(%1)"),
        overrides=f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "(%1)", 3)}</w:lvlOverride>',
    )
    assert numbered(listed("x", 2), own) == ["item1 (c) x"]


def test_numbering_by_style_and_its_end() -> None:
    by_style = style("Para", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    child = style("Child", based_on="Para")
    tied = lists(level(0, "decimal", "%1."), level(1, "decimal", "C9.%2", more='<w:pStyle w:val="Para"/>'))
    words = styled("A.", "Para") + paragraph(
        "B.", '<w:pStyle w:val="Para"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    assert numbered(words + styled("C.", "Para"), tied, by_style, child) == [
        "text C9.1 A.",
        "text B.",
        "text C9.2 C.",
    ]


def test_a_bullet_is_an_item_without_a_label() -> None:
    own = lists(level(0, "bullet", "\uf0b7"), level(1, "bullet", "o"))
    assert numbered(paragraph("C1.1 A:") + listed("b", 1, 0) + listed("c", 1, 1), own) == [
        "text C1.1 A:",
        "item1 b",
        "item2 c",
    ]


def test_lists_side_by_side_have_the_depth_of_their_indents() -> None:
    two = (
        f'<w:numbering {NAMESPACES}>'
        f'<w:abstractNum w:abstractNumId="1">{level(0, "lowerLetter", "(%1)")}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2">{level(0, "lowerRoman", "(%1)")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
    )  # fmt: skip
    near, far = '<w:ind w:left="500"/>', '<w:ind w:left="900"/>'
    words = (
        paragraph("C1.1 A:") + listed("b:", 1, 0, near) + listed("c;", 2, 0, far) + listed("d.", 1, 0, near)
    )
    assert numbered(words, two)[1:] == ["item1 (a) b:", "item2 (i) c;", "item1 (b) d."]
    words = paragraph("C1.1 A:") + listed("b:") + listed("c;", 2) + listed("d.")
    assert numbered(words, two)[1:] == ["item- (a) b:", "item- (i) c;", "item- (b) d."]


def test_a_computed_label_beside_typed_ones_is_left_over() -> None:
    own = lists(level(0, "decimal", "%1."))
    assert numbered(listed("(a) b;") + listed("(b) c."), own) == ["item1 (a) b;", "item1 (b) c."]
    assert numbered(listed("(a) b;") + listed("c."), own) == ["item1 (1) (a) b;", "item1 (2) c."]


def test_an_empty_numbered_paragraph_counts_and_its_number_is_furniture() -> None:
    source = read(listed("A.", 1, 1) + listed("", 1, 1) + listed("B.", 1, 1), parts={"numbering": LEGAL})
    assert shown(source) == ["text C1.1 A.", "text C1.3 B.", "furniture C1.2"]


# --- tables ---


def test_tables_keep_merged_cells_once() -> None:
    wide = f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("Two")}'
    first = f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("C1")}'
    below = f"<w:tcPr><w:vMerge/></w:tcPr>{paragraph('')}"
    source = read(
        table(("Measure", "Title", "Application"), (first, "One", "each"), (below, wide), head=True)
    )
    assert body(source) == ["row Measure | Title | Application", "row C1 | One | each", "row  | Two | "]


def test_a_table_of_numbers_and_words_is_text_with_numbers_computed_too() -> None:
    words = table((listed("", 1, 1), "A service that:"), ("", listed("is large;", 1, 2)), ("", "(b) is new."))
    assert numbered(words, LEGAL) == ["text C1.1 A service that:", "item1 (a) is large;", "item- (b) is new."]
    assert body(read(table((paragraph("C1.1 In a frame.") + paragraph("C1.2 Two."),)))) == [
        "text C1.1 In a frame.",
        "text C1.2 Two.",
    ]


def test_a_table_in_a_table_is_words_of_its_cell() -> None:
    inner = table(("x", "y"), ("1", "2")) + paragraph("")
    source = read(table(("A", "B"), ("c", inner)))
    assert body(source) == ["row A | B", "row c | x y 1 2"]
    assert source.warnings == ("1 table inside a table is read as words of its cell.",)


# --- notes, headers, boxes, hidden words ---


def test_footnotes_and_endnotes_are_marks_and_bodies() -> None:
    words = paragraph(
        run("One") + '<w:r><w:footnoteReference w:id="5"/></w:r>' + run(", two")
        + '<w:r><w:endnoteReference w:id="2"/></w:r>' + run(", three")
        + '<w:r><w:footnoteReference w:id="6" w:customMarkFollows="1"/><w:t>*</w:t></w:r>' + run(", four")
        + '<w:r><w:footnoteReference w:id="4"/></w:r>' + run(".")
    )  # fmt: skip
    footnotes = part(
        "footnotes",
        '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="4">{paragraph("<w:r><w:footnoteRef/></w:r>" + run(" Second."))}</w:footnote>'
        f'<w:footnote w:id="5">{paragraph("First,")}{paragraph("longer.")}</w:footnote>'
        f'<w:footnote w:id="6">{paragraph("* Starred.")}</w:footnote>',
    )
    endnotes = part("endnotes", f'<w:endnote w:id="2">{paragraph("End.")}</w:endnote>')
    source = read(words, parts={"footnotes": footnotes, "endnotes": endnotes})
    assert shown(source) == [
        "text One, two, three, four.",
        "footnote 1 First, longer.",
        "footnote * Starred.",
        "footnote 2 Second.",
        "footnote i End.",
    ]
    assert marks(source) == ["One[1]", "two[i]", "three[*]", "four[2]"]


def test_headers_and_footers_are_furniture() -> None:
    page = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    page += (
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("3")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    source = read(
        paragraph("Words."),
        parts={
            "header1": part("hdr", paragraph("Code")),
            "footer1": part("ftr", paragraph(run("Page ") + page)),
        },
    )
    assert shown(source) == ["text Words.", "furniture Page 3", "furniture Code"]


def test_a_table_of_contents_is_furniture_however_it_is_made() -> None:
    toc = style("TOC1", called="toc 1")
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    source = read(
        f"<w:sdt>{gallery}<w:sdtContent>{paragraph('Contents')}</w:sdtContent></w:sdt>"
        + styled("One 1", "TOC1") + paragraph(begin + run("Two 2")) + paragraph("Three 3")
        + paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>') + paragraph("C1.1 Words."),
        parts={"styles": styles(toc)},
    )  # fmt: skip
    assert shown(source) == [
        "text C1.1 Words.",
        *(f"furniture {line}" for line in ("Contents", "One 1", "Two 2", "Three 3")),
    ]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('Boxed.')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    source = read(paragraph(run("C1.1 ") + both + run("Words.")) + paragraph("After."))
    assert body(source) == ["text C1.1 Words.", "text Boxed.", "text After."]
    assert source.warnings == ("1 text box stands after the paragraph that holds it.",)


def test_hidden_words_stand_apart_with_a_warning() -> None:
    hidden = style("Hidden", "<w:rPr><w:vanish/></w:rPr>")
    source = read(
        paragraph(run("C1.1 A ") + run("secret ", "<w:vanish/>") + run("service."))
        + styled("All hidden.", "Hidden"),
        parts={"styles": styles(hidden)},
    )
    assert shown(source) == ["text C1.1 A service.", "furniture secret", "furniture All hidden."]
    assert source.warnings == ("2 pieces of hidden text stand apart from the text.",)


# --- tracked changes and comments ---


def changed(tag: str, words: str) -> str:
    inner = (
        run(words).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
        if tag == "del"
        else run(words)
    )
    return f'<w:{tag} w:id="1" w:author="A" w:date="2025-01-01T00:00:00Z">{inner}</w:{tag}>'


def test_changes_are_read_as_accepted_with_one_warning() -> None:
    source = read(
        paragraph(
            run("C1.1 A ") + changed("del", "large") + changed("ins", "new") + changed("moveFrom", " gone")
            + changed("moveTo", " come")
            + run(" service.", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>")
        )
    )  # fmt: skip
    assert body(source) == ["text C1.1 A new come service."]
    assert source.warnings == (
        "The document has tracked changes (2 insertions, 2 deletions); "
        "it is read as if all of them were accepted.",
    )


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next() -> None:
    end = "<w:rPr><w:del/></w:rPr>"
    source = read(
        listed("A ", 1, 1, end) + listed("B.", 1, 1) + listed("C.", 1, 1)
        + paragraph(changed("del", "All gone."), end) + listed("D.", 1, 1, "<w:rPr><w:ins/></w:rPr>"),
        parts={"numbering": LEGAL},
    )  # fmt: skip
    assert body(source) == ["text C1.1 A B.", "text C1.2 C.", "text C1.3 D."]


def test_a_deleted_row_is_gone() -> None:
    rows = table(("A", "B"), ("c", "d"), ("e", "f")).replace(
        "<w:tr><w:tc><w:p><w:pPr></w:pPr><w:r><w:rPr></w:rPr><w:t xml:space=\"preserve\">c<",
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:pPr></w:pPr><w:r><w:rPr></w:rPr><w:t>c<",
    )  # fmt: skip
    assert body(read(rows)) == ["row A | B", "row e | f"]


def test_comments_are_counted_and_not_read() -> None:
    comments = part("comments", f'<w:comment w:id="1">{paragraph("A remark")}</w:comment>' * 2)
    source = read(
        paragraph(run("Words.") + '<w:r><w:commentReference w:id="1"/></w:r>'), parts={"comments": comments}
    )
    assert shown(source) == ["text Words."]
    assert source.warnings == ("2 comments are not part of the text and not read.",)


def test_what_is_linked_or_embedded_is_named_and_not_opened() -> None:
    raw = word_file(
        paragraph("Words."),
        external={"attachedTemplate": "http://x/y.dotm", "image": "http://x/y.png", "hyperlink": "http://x"},
        parts={"vbaProject": "not XML", "aFChunk": "not XML"},
    )
    assert parse_docx(raw, "a.docx").warnings == (
        "The document holds or points to macros, a document set into it, a template and pictures kept "
        "elsewhere; none of it was opened or read.",
    )


# --- files that do harm ---

ENTITY = (
    f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {NAMESPACES}><w:body/></w:document>'
)


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (word_file("", raw=ENTITY.encode()), "declares a document type"),
        (word_file("", raw=f'<?xml version="1.0"?>{ENTITY}'.encode("utf-16")), "declares a document type"),
        (word_file("", raw=b'<?xml version="1.0" encoding="UTF-7"?>+ADw-'), "that Word does not use"),
        (word_file("", raw=b"<w:document"), "is no XML"),
        (word_file("", raw=document("<w:sdt>" * 300).encode()), "is no XML"),
        (word_file("", raw=f"<w:document {NAMESPACES}/>".encode()), "has no body"),
        (word_file("", raw=b" " * 100_000_000), "times as large unpacked as packed"),
        (word_file(paragraph("x") * 400_000), "more than 3,000,000 tags"),
        (word_file("".join(paragraph(str(at)) for at in range(90_000))), "more than 80,000 paragraphs"),
        (word_file(paragraph("x"), extra={"../../x": b"y"}), "points outside of it"),
        (word_file(paragraph("x"), extra={"/etc/x": b"y"}), "points outside of it"),
        (word_file(paragraph("x"), extra={"C:\\x": b"y"}), "points outside of it"),
        (word_file(paragraph("x"), extra={"WORD/document.xml": b"y"}), "two parts of the name"),
        (word_file(paragraph("x"), extra={f"word/{at}": b"" for at in range(6_000)}), "more parts than any"),
        (word_file(paragraph("x"))[:-30], "damaged or cut short"),
        (word_file(""), "holds no text"),
    ],
)  # fmt: skip
def test_files_that_do_harm_or_are_damaged_are_refused_in_a_sentence(raw: bytes, cause: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_docx(raw, "a.docx")
    assert cause in caught.value.cause
    assert caught.value.fix
    assert "root:" not in str(caught.value)


def test_a_part_whose_bytes_are_damaged_is_refused() -> None:
    raw = bytearray(word_file(paragraph("Words of some length, to be packed. " * 50)))
    place = raw.index(b"word/document.xml") + 60
    raw[place : place + 20] = bytes(20)
    with pytest.raises(InputError, match="damaged"):
        parse_docx(bytes(raw), "a.docx")


def test_the_strict_form_of_the_format_reads_the_same() -> None:
    strict = document(paragraph("C1.1 Words.")).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )  # fmt: skip
    assert body(parse_docx(word_file("", raw=strict.encode()), "a.docx")) == ["text C1.1 Words."]


def test_a_document_that_python_docx_makes_is_read() -> None:
    from docx import Document

    made = Document()
    made.add_heading("ICU C1 Title", level=2)
    made.add_paragraph("C1.1 All of:")
    made.add_paragraph("one;", style="List Bullet")
    cells = made.add_table(rows=2, cols=2)
    for row, words in zip(cells.rows, (("Measure", "Title"), ("ICU C1", "Title")), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    out = BytesIO()
    made.save(out)
    assert body(parse_docx(out.getvalue(), "a.docx")) == [
        "heading2 ICU C1 Title",
        "text C1.1 All of:",
        "item1 one;",
        "row Measure | Title",
        "row ICU C1 | Title",
    ]
