"""Web pages: the same blocks whatever elements a site builds them from, and nothing of them dropped."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyser.errors import InputError
from analyser.reading.html import page as pages
from analyser.reading.html import parse_html
from analyser.reading.source import Source
from tests.reading.shown import assert_sound, body, marks, shown


def read(words: str) -> Source:
    source = parse_html(words.encode(), "a.html")
    assert_sound(source)
    return source


ITEMS = ["text C1.1 A service that:", "item1 (a) is large; or", "item1 (b) is new."]


@pytest.mark.parametrize(
    "page",
    [
        "<p>C1.1 A service that:</p><ol type=a><li>is large; or<li>is new.</ol>",
        "<p>C1.1 A service that:</p><ul><li>(a) is large; or<li>(b) is new.</ul>",
        "<p>C1.1 A service that:</p><ol><li>(a) is large; or<li>(b) is new.</ol>",
        "<p>C1.1 A service that:</p><ol style='list-style: lower-alpha'><li>is large; or<li>is new.</ol>",
        "<p>C1.1 A service that:</p><ol type=i><li type=a>is large; or<li type=a>is new.</ol>",
        "<p>C1.1 A service that:</p><ul><li><p>(a)</p><p>is large; or</p><li><p>(b)</p><p>is new.</p></ul>",
        "<p>C1.1 A service that:</p><ul><li>a) is large; or<li>b. is new.</ul>",
        "<p><span>C1.1</span>A service that:<ol type=a><li><p>is large;</p><p>or</p><li>is new.</ol>",
        "<p>C1.1. A service that:</p><ol type=a><li>is large; or<li>is new.</ol>",
        "<h4>C1.1</h4><p>A service that:</p><ol type=a><li>is large; or<li>is new.</ol>",
        "<div>C1.1</div><div>A <b>service</b> that:</div><ol type=a><li>is large; or<li>is new.</ol>",
        "<ol style='list-style:none'><li>C1.1 A service that:<ol type=a><li>is large; or<li>is new.</ol>",
        "<p>C1.1&nbsp;A\n   ser&shy;vice\u200b that:</p><ol type=a><li>is large; or<li>is new.</ol>",
        "<p>C1.1 A service that:</p><ol type=a start=2><li value=1>is large; or<li value=2>is new.</ol>",
    ],
)  # fmt: skip
def test_an_item_is_the_same_however_its_label_is_made(page: str) -> None:
    assert body(read(page)) == ITEMS


@pytest.mark.parametrize(
    "page",
    [
        "<p>C1.1 A service that:<br>(a) is large; or<br>(b) is new.",
        "<p>C1.1 A service that:</p><p>(a) is large; or</p><p>(b) is new.</p>",
        "<table><tr><td>C1.1<td>A service that:<tr><td><td>(a)<td>is large; or<tr><td><td>(b)<td>is new.",
        "<dl><dt>C1.1<dd>A service that:<dt>(a)<dd>is large; or<dt>(b)<dd>is new.</dl>",
    ],
)
def test_labels_without_a_list_show_no_depth(page: str) -> None:
    assert body(read(page)) == [line.replace("item1", "item-") for line in ITEMS]


@pytest.mark.parametrize(
    ("attributes", "labels"),
    [
        ("", ["(1)", "(2)", "(3)"]),
        ("type=i", ["(i)", "(ii)", "(iii)"]),
        ("type=I start=4", ["(IV)", "(V)", "(VI)"]),
        ("type=A", ["(A)", "(B)", "(C)"]),
        ("type=a start=26", ["(z)", "(aa)", "(ab)"]),
        ("reversed", ["(3)", "(2)", "(1)"]),
        ("start=99999999999", ["(1)", "(2)", "(3)"]),
        ("start=many", ["(1)", "(2)", "(3)"]),
    ],
)
def test_labels_count_as_a_browser_counts(attributes: str, labels: list[str]) -> None:
    source = read(f"<p>C1.1 All of:</p><ol {attributes}><li>x<li>y<li>z</ol>")
    assert [line.split()[1] for line in body(source)[1:]] == labels


def test_the_depth_of_lists_in_lists_starts_anew_with_each_paragraph() -> None:
    source = read(
        "<ol style='list-style:none'><li>C1.1 A:<ul><li>(a) b:<ul><li>(i) c;<li>(ii) d;</ul><li>(b) e.</ul>"
        "<li>C1.2 F:<ul><li>(a) g.</ul></ol>"
    )
    assert body(source) == [
        "text C1.1 A:",
        "item1 (a) b:",
        "item2 (i) c;",
        "item2 (ii) d;",
        "item1 (b) e.",
        "text C1.2 F:",
        "item1 (a) g.",
    ]


def test_a_flat_list_of_two_levels_shows_no_depth() -> None:
    source = read("<p>C1.1 A:</p><ul><li>(a) b:<li>(i) c;<li>(ii) d;<li>(b) e.</ul>")
    assert body(source)[1:] == ["item- (a) b:", "item- (i) c;", "item- (ii) d;", "item- (b) e."]


def test_words_after_the_items_are_a_paragraph_of_their_own() -> None:
    source = read("<p>C1.1 A:</p><ul><li>(a) b; or<li>(b) c,</ul><p>unless it is not.</p>")
    assert body(source)[-1] == "text unless it is not."


def test_headings_carry_their_depth_and_bold_paragraphs_are_headings() -> None:
    source = read(
        "<h1>Code</h1><h2><span>ICU C1</span> <em>Title</em></h2>"
        "<div role=heading aria-level=3>Application</div>"
        "<p><strong>Recommendation</strong></p><p><b>All of it.</b></p><p><b>Some</b> words</p>"
    )
    assert body(source) == [
        "heading1 Code",
        "heading2 ICU C1 Title",
        "heading3 Application",
        "heading6 Recommendation",
        "text All of it.",
        "text Some words",
    ]


def test_a_table_keeps_its_rows_and_spread_cells_stand_once() -> None:
    source = read(
        "<table><caption>Index</caption><thead><tr><th>Measure<th>Title<th>Application</thead>"
        "<tr><td rowspan=2>C1<td>One<td>each<br>service<tr><td colspan=2>Two and <ul><li>more</ul></table>"
    )
    assert body(source) == [
        "text Index",
        "row Measure | Title | Application",
        "row C1 | One | each service",
        "row  | Two and more | ",
    ]


def test_words_astray_in_a_table_are_kept() -> None:
    source = read("<table>One<tr>two<td>A<td>B</tr><p>three</p><tbody>four<tr><td>C<td>D</table>")
    assert body(source) == ["text One", "text three", "text four", "text two", "row A | B", "row C | D"]


def test_a_table_that_only_frames_text_is_none() -> None:
    source = read("<table role=presentation><tr><td><h2>Part</h2><p>C1.1 Words.</p></td></tr></table>")
    assert body(source) == ["heading2 Part", "text C1.1 Words."]


@pytest.mark.parametrize(
    "mark",
    [
        '<sup id="fnref:1"><a href="#fn:1" class="footnote" role="doc-noteref">[footnote 1]</a></sup>',
        ' <a href="#fn:1">[footnote 1]</a>',
        '<sup>[<a href="#fn:1">1</a>]</sup>',
        '<a href="#fn:1"><sup>1</sup></a>',
        '<a href="#fn:1" role="doc-noteref">1</a>',
        "<sup>1</sup>",
        "[footnote 1]",
    ],
)
def test_a_footnotes_mark_is_taken_out_of_the_words(mark: str) -> None:
    source = read(f'<p>C1.1 A large service{mark}.</p><ol><li id="fn:1">Words. <a href="#fnref:1">↩</a></ol>')
    assert body(source)[0] == "text C1.1 A large service."
    assert marks(source) == ["service[1]"]


def test_footnotes_stand_after_the_body_whatever_holds_them() -> None:
    source = read(
        '<p>One<sup><a href="#n1">1</a></sup> and two<sup><a href="#n2">2</a>,<a href="#n3">3</a></sup></p>'
        '<p id="n1">1 First.</p><div><a id="n2"></a><p>Second.</p></div><p>After.</p>'
        '<aside role="doc-footnote" id="n3"><p>Third,</p><p>longer.</p></aside>'
    )
    assert shown(source) == [
        "text One and two",
        "text After.",
        "footnote 1 First.",
        "footnote 2 Second.",
        "footnote 3 Third, longer.",
    ]
    assert marks(source) == ["One[1]", "two[2]", "two[3]"]


def test_a_power_is_no_footnotes_mark() -> None:
    assert body(read("<p>Of 10 km<sup>2</sup> and the 24<sup>th</sup>.")) == ["text Of 10 km2 and the 24th."]


SITE = (
    "<title>Code - Site</title><script>var x = 'not text'</script><style>p {}</style>"
    "<a class=skip-link href=#c>Skip</a><header role=banner>Site<nav><ul><li>Home</ul></nav></header>"
    "<div id=cookie-banner><p>Cookies</p></div>"
    "<main id=c><header><h1>Code</h1></header><nav>Contents</nav><p>C1.1 Words.</p><aside>Related</aside>"
    "<ol><li><a href=#a>One</a><li><a href=#b>Two</a><li><a href=#c>Three</a></ol></main>"
    "<footer>Footer</footer>"
)


def test_the_furniture_of_a_site_stands_apart_and_none_is_dropped() -> None:
    source = read(SITE)
    assert body(source) == ["heading1 Code", "text C1.1 Words."]
    assert [line.removeprefix("furniture ") for line in shown(source)[2:]] == [
        "Code - Site", "Skip", "Site", "Home", "Cookies", "Contents", "Related", "One", "Two", "Three",
        "Footer",
    ]  # fmt: skip
    assert source.warnings == ()


@pytest.mark.parametrize(
    ("element", "is_text"),
    [
        ("<div class='page has-toc'>Words</div>", True),
        ("<div class=toc>Words</div>", False),
        ("<div class='gem-c-contents-list'>Words</div>", False),
        ("<nav class=govuk-breadcrumbs>Words</nav>", False),
        ("<div id=cookie-banner><h1>Code</h1>Words</div>", True),
        ("<section><header><h2>Part</h2>Words</header></section>", True),
        ("<header>Words</header>", False),
        ("<form>Words</form>", True),
        ("<form role=search>Words</form>", False),
    ],
)
def test_furniture_is_told_by_its_element_role_or_name(element: str, is_text: bool) -> None:
    found = shown(read(f"<body><p>C1.1 A.</p>{element}"))
    assert ("text Words" in found, "furniture Words" in found) == (is_text, not is_text)


def test_a_page_of_nothing_but_furniture_holds_no_text() -> None:
    with pytest.raises(InputError, match="holds no text but what stands around one"):
        read("<nav>Home</nav>")


@pytest.mark.parametrize("tag", ["main", "article", "div class=govspeak", "div role=main"])
def test_the_text_is_where_the_page_says(tag: str) -> None:
    source = read(f"<body><p>Before</p><{tag}><p>C1.1 Words.</p></{tag.split()[0]}><p>After</p>")
    assert shown(source) == ["text C1.1 Words.", "furniture Before", "furniture After"]


def test_without_a_sign_all_of_the_body_is_text() -> None:
    assert body(read("<article><p>One</p></article><article><p>Two</p></article>")) == [
        "text One",
        "text Two",
    ]


@pytest.mark.parametrize(
    "attribute", ["hidden", "aria-hidden=true", "style='display: none'", "class='govuk-visually-hidden'"]
)
def test_hidden_words_stand_apart_with_a_warning(attribute: str) -> None:
    source = read(f"<p>C1.1 A <span {attribute}>secret</span> service.</p>")
    assert shown(source) == ["text C1.1 A service.", "furniture secret"]
    assert source.warnings == ("1 piece of hidden text stands apart from the text; the first is “secret”.",)


def test_what_is_only_folded_up_is_text() -> None:
    assert body(read("<div hidden=until-found><p>C1.1 Words.</p></div>")) == ["text C1.1 Words."]


def test_struck_words_stand_apart_and_pictures_are_told() -> None:
    source = read("<p>C1.1 A <del>large</del> <ins>new</ins> service<img src=x alt=y>.</p>")
    assert shown(source) == ["text C1.1 A new service.", "furniture large"]
    assert source.warnings == (
        "1 piece of text that is struck out stands apart from the text; the first is “large”.",
        "1 picture stands in the text; words in a picture are not read.",
    )


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("<p>café – “x”".encode(), "café – “x”"),
        (b"<meta charset=windows-1252><p>caf\xe9 \x96 x", "café – x"),
        (b'<meta http-equiv=x content="text/html; charset=iso-8859-1"><p>caf\xe9', "café"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><html><p>caf\xe9</p></html>', "café"),
        ("<p>café".encode("utf-8-sig"), "café"),
        ("\ufeff<p>café".encode("utf-16-be"), "café"),
        (b"<meta charset=utf-16><p>caf\xc3\xa9", "café"),
        (b"<p>&eacute; &amp; &lt;b&gt; &#8211; &unknown;", "é & <b> – &unknown;"),
        (b"<p>ef\xef\xac\x81cient \xe2\x80\x91 e\xc2\xadx", "efficient - ex"),
    ],
)
def test_the_encoding_is_the_one_declared(raw: bytes, words: str) -> None:
    assert body(parse_html(raw, "a.html")) == [f"text {words}"]


@pytest.mark.parametrize(
    ("raw", "cause", "place"),
    [
        (b"<p>x\n<p>caf\xe9", "does not say its encoding and is not in UTF-8", "a.html, line 2, byte 11"),
        (b"<meta charset=utf-8><p>\xe9", "in utf-8, which it is not", "a.html, line 1, byte 23"),
        (b"<meta charset=bz2><p>x", "an encoding that is not known: 'bz2'", ""),
        (b"<html><script>x</script></html>", "holds no text", ""),
        (b"<html></html>", "holds no text", ""),
        (b"<div>" * 100_000 + b"x", "nested too deeply", "a.html, line 1"),
        (b"<div>" * 200 + b"x", "nested more than 120 deep", "a.html, line 1"),
        (b"<p>" + b"a" * 11_000_000, "a piece of it has more than 10 MB", "a.html, line 1"),
        (b"<br>" * (pages.MAX_TAGS + 1), "has more than 400,000 tags", ""),
        (b"<p>a" * 130_000, "has more than 80,000 paragraphs and cells", ""),
        (b"<p>\n<p " + b"a " * 100_000 + b">x", "more attributes than any page needs", "a.html, line 2"),
        (b"<!-- <a b=' --><p " + b"a=' >' " * 100_000 + b">x", "more attributes than any", "a.html, line 1"),
        (b"<p " + b"a=\"<b>\"" * 100_000 + b">x", "more attributes than any page needs", "a.html, line 1"),
    ],
)  # fmt: skip
def test_pages_that_cannot_be_read_are_refused_in_a_sentence(raw: bytes, cause: str, place: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_html(raw, "a.html")
    assert cause in caught.value.cause
    assert caught.value.place == place
    assert caught.value.fix


def test_entities_of_the_page_are_not_expanded_and_nothing_is_fetched() -> None:
    source = read(
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "yyyy">]><p>C1.1 &x; and &y;</p>'
    )
    assert body(source)[-1].endswith("C1.1 &x; and &y;")


def test_a_block_knows_its_line() -> None:
    assert [block.line for block in read("<p>One\n</p>\n<ul>\n<li>two</ul>").blocks] == [1, 4]


SOUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<ol>", "<ol type=a>", "<ul>", "</ul>", "<li>", "<table>", "<tr>", "<td>",
         "<th rowspan=2>", "</table>", "<h2>", "</h2>", "<br>", "<sup>", "</sup>", "<a href='#n'>", "</a>",
         "<p id=n>", "<dl><dt>", "<dd>", "<div hidden>", "</div>", "<nav>", "<main>", "<pre>", "C1.1", "(a)",
         " words ", "[footnote 1]", "1", "\n", "&nbsp;"]
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_any_soup_of_tags_gives_every_word_once(parts: list[str]) -> None:
    count = sum(part == " words " for part in parts)
    try:
        source = read("".join(parts))
    except InputError as problem:
        assert "holds no text" in problem.cause  # noqa: PT017
        return
    assert sum(block.span.of(source.text).split().count("words") for block in source.blocks) == count
