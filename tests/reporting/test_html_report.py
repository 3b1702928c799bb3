"""The HTML report: its structure, what a screen reader meets, what it prints and what it must not load."""

import re
from functools import cache
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from analyser.reporting.html_report import GAPS_IN_FULL, render_html
from analyser.reporting.labels import Labels
from analyser.reporting.rows import InvocableBy

from .sample import FEASIBILITY, LABELS, LIMB, TAKE_DOWN, report


@cache
def page(more_gaps: int = 0) -> str:
    return render_html(report(more_gaps=more_gaps), LABELS)


@cache
def tree(more_gaps: int = 0) -> Any:
    return html.document_fromstring(page(more_gaps))


def said(element: Any) -> str:
    """Return the text of an element with single spaces."""
    return " ".join(element.text_content().split())


# --- structure ---


def test_the_document_says_its_language_and_title() -> None:
    assert page().startswith("<!doctype html>\n")
    assert tree().get("lang") == "en-GB"
    assert tree().findtext(".//title") == report().title


def test_landmarks_and_a_skip_link_lead_the_way() -> None:
    for landmark in ("header", "nav", "main", "footer"):
        assert len(tree().findall(f"./body/{landmark}")) == 1
    first = tree().xpath("//body//a")[0]
    assert first.get("class") == "skip"
    assert tree().get_element_by_id(first.get("href")[1:]).tag == "section"
    assert tree().xpath("//nav")[0].get("aria-label") == "Contents"


def test_headings_never_skip_a_level() -> None:
    levels = [int(heading.tag[1]) for heading in tree(40).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_sections_stand_in_their_order() -> None:
    ids = [section.get("id") for section in tree().xpath("//main/section")]
    assert ids == ["findings", "exemptions", "matrix", "gaps", "method", "limits", "basis", "versions"]
    for section in tree().xpath("//main/section"):
        assert tree().get_element_by_id(section.get("aria-labelledby")).tag == "h2"


def test_every_table_has_a_caption_and_scopes() -> None:
    tables = tree().xpath("//table")
    assert len(tables) == 1 + 2 + 3
    for table in tables:
        assert said(table.find("caption"))
        assert all(heading.get("scope") == "col" for heading in table.xpath("./thead//th"))
        for line in table.xpath("./tbody/tr"):
            assert [heading.get("scope") for heading in line.xpath("./th")] == ["row"]
            assert len(line) == len(table.xpath("./thead/tr/th"))


def test_ids_are_unique_and_links_within_the_page_arrive() -> None:
    ids = tree(40).xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = [unquote(link[1:]) for link in tree(40).xpath("//a/@href") if link.startswith("#")]
    assert FEASIBILITY.id in inner
    assert set(inner) <= set(ids)


def test_lists_hold_only_items() -> None:
    for child in tree(40).xpath("//ul/*|//ol/*"):
        assert child.tag == "li"


def test_html_nests_as_a_strict_parser_expects() -> None:
    # Block parts inside a paragraph would be thrown out of it by a browser.
    assert not tree().xpath("//p//details|//p//ul|//p//p|//p//table")
    assert all(summary.getparent().tag == "details" for summary in tree().xpath("//summary"))


# --- loading nothing ---


def test_nothing_is_loaded_from_anywhere() -> None:
    assert not tree().xpath(
        "//script|//link|//img|//iframe|//object|//embed|//@src|//@srcset|//@style|//form|//base"
    )
    style = tree().findtext(".//style")
    assert "url(" not in style
    assert "@import" not in style
    outside = [link for link in tree().xpath("//@href") if not link.startswith("#")]
    assert set(outside) == {"https://example.org/letter"}
    assert all(element.tag == "a" for element in tree().xpath("//*[@href]"))


def test_an_address_that_is_not_one_to_follow_is_printed_without_a_link() -> None:
    assert "A source whose address is not one to follow" in page()
    assert "javascript:" not in page()


# --- escaping ---

HARMFUL = "<script>alert('x')</script>\"><img src=x onerror=y> & {{ 7*7 }}"


def test_what_a_file_says_is_never_markup() -> None:
    exemption = FEASIBILITY.model_copy(
        update={
            "quote": HARMFUL,
            "id": f"x/{HARMFUL}#1",
            "provision": HARMFUL,
            "invocable_by": (
                InvocableBy(
                    feature=HARMFUL,
                    answer="yes",
                    why=HARMFUL,
                    argued_by=HARMFUL,
                    source=(HARMFUL,),
                    basis=HARMFUL,
                ),
            ),
        }
    )
    gap = TAKE_DOWN.model_copy(
        update={"who": HARMFUL, "id": HARMFUL, "services": (HARMFUL,), "harms": (HARMFUL,)}
    )
    base = report(HARMFUL)
    told = base.model_copy(
        update={
            "exemptions": (exemption,),
            "gaps": (base.gaps[0].model_copy(update={"row": gap, "order_reason": HARMFUL}),),
            "method": (HARMFUL,),
            "limits": (HARMFUL,),
            "code_title": HARMFUL,
            "options": {HARMFUL: HARMFUL},
        }
    )
    written = render_html(told, Labels(harms={HARMFUL: HARMFUL}))
    held = html.document_fromstring(written)
    assert not held.xpath("//script|//img|//@onerror")
    assert held.findtext(".//title") == HARMFUL
    assert said(held.find(".//h1")) == HARMFUL
    assert "49" not in said(held.find(".//h1"))


# --- what it says ---


def test_a_minister_sees_the_words_the_place_and_who_could_claim_it() -> None:
    (first, *_) = tree().xpath("//ol[@class='headlines']/li")
    assert "could claim" in said(first)
    assert "ICU C2.2: technically feasible (as reported). Basis: recall-high. See gap 1." in said(first)
    row = tree().get_element_by_id(FEASIBILITY.id)
    for words in (
        "ICU C2.2",
        "Feasibility",
        "End-to-end encryption could claim it",
        "Argued by children's charities; IWF.",
    ):
        assert words in said(row)
    assert "take down for every kind of illegal harm on messaging services and file-sharing services" in said(
        row
    )
    assert "when: end-to-end encrypted" in said(row)


def test_recalled_words_are_in_italics_and_without_quotation_marks() -> None:
    recalled = [said(words) for words in tree().xpath("//em")]
    assert any("a large service at medium or high risk" in words for words in recalled)
    assert "“technically feasible”" not in page()
    assert "“swiftly”" in page()


def test_gaps_never_say_will() -> None:
    words = " ".join(said(part) for part in tree().xpath("//section[@id='gaps' or @id='exemptions']"))
    assert not re.search(r"\bwill\b", words)


def test_every_letter_is_said_aloud_and_shown() -> None:
    letters = tree().xpath("//table[@class='matrix']//td/span")
    assert len(letters) == 150
    pairs = {(said(letter), letter.get("aria-label")) for letter in letters}
    assert pairs == {
        ("C", "C: covered in all scenarios"),
        ("W", "W: weakened in all scenarios"),
        ("w", "w: weakened in some scenarios"),
        ("e", "e: escapable in some scenarios"),
        ("o", "o: out of scope in some scenarios"),
        ("O", "O: out of scope in all scenarios"),
        ("N", "N: no measure in all scenarios"),
        ("–", "-: not applicable"),
        ("?", "?: unknown in all scenarios"),
    }
    assert all(letter.get("role") == "img" for letter in letters)


def test_wide_tables_scroll_inside_a_region_that_the_keyboard_reaches() -> None:
    for table in tree().xpath("//table[@class='matrix' or @class='exemptions']"):
        region = table.getparent()
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        assert region.get("aria-label")


def test_totals_add_up_and_say_when_they_do_not() -> None:
    assert [said(cell) for cell in tree().xpath("//tfoot/tr/*")] == [
        "",
        "All cells",
        "each counted once",
        "150",
    ]
    wrong = report().model_copy(update={"partition": report().partition.model_copy(update={"counted": 149})})
    assert "149 counted: the totals do not add up" in render_html(wrong, LABELS)


def test_every_gap_is_there_with_the_reason_for_its_place() -> None:
    items = tree(40).xpath("//li[@class='gap']")
    lines = tree(40).xpath("//section[@id='gaps']//table/tbody/tr")
    assert [int(item.get("value")) for item in items] == list(range(1, GAPS_IN_FULL + 1))
    assert [int(said(line.find("th"))) for line in lines] == list(range(GAPS_IN_FULL + 1, 44))
    assert all("Why it stands here:" in said(item) for item in items)
    assert all("No measure serves it." in said(line) for line in lines)


def test_a_figure_is_told_once_with_what_it_does_not_say() -> None:
    (figure,) = tree().xpath("//ul[contains(@class, 'figures')]/li")
    assert "Base: 7,338 offences where police recorded the platform, 2023/24." in said(figure)
    assert "How much of it was in private channels is not known." in said(figure)
    assert tree().xpath(f"//section[@id='gaps']//a[@href='#{figure.get('id')}']")


def test_a_paragraph_without_a_known_number_is_said_to_have_none() -> None:
    unnumbered = FEASIBILITY.model_copy(update={"provision": "ICU C2.u1"})
    words = render_html(report().model_copy(update={"exemptions": (unnumbered,)}), LABELS)
    assert "ICU C2, paragraph number not known" in words
    assert "ICU C2.u1<" not in words


def test_where_a_measure_does_not_apply_nobody_is_said_to_claim_anything() -> None:
    why = "the measure does not apply to such a service: it follows from the words of C9.1"
    claim = InvocableBy(feature="application", answer="yes", why=why, argued_by="", source=(), basis="quoted")
    words = render_html(
        report().model_copy(update={"exemptions": (LIMB.model_copy(update={"invocable_by": (claim,)}),)}),
        LABELS,
    )
    assert "The measure does not apply to such a service: it follows from the words of C9.1." in words
    assert "could claim it:" not in words


def test_a_report_without_findings_says_so() -> None:
    nothing: dict[str, object] = {"headlines": (), "gaps": (), "exemptions": (), "matrix": (), "totals": {}}
    empty = report().model_copy(update=nothing)
    words = said(html.document_fromstring(render_html(empty, LABELS)))
    assert "No gap was found in the text held." in words
    assert "No words that leave a cell uncovered were found in the text held." in words


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_html(report(), LABELS) == page()


# --- how it looks ---


def test_it_prints_well() -> None:
    style = tree().findtext(".//style")
    printed = style[style.index("@media print") :]
    for rule in (
        "@page",
        "table-header-group",
        "break-inside: avoid",
        "::details-content",
        "break-after: page",
    ):
        assert rule in printed


def _luminance(colour: str) -> float:
    full = colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])
    parts = [int(full[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(ink: str, ground: str) -> float:
    light, dark = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


STATES = ("covered", "weakened", "escapable", "out-of-scope", "no-measure", "not-applicable", "unknown")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("extent", ["", ".some"])
def test_every_state_has_enough_contrast(state: str, extent: str) -> None:
    style = tree().findtext(".//style")
    whole = re.search(rf"\.s-{state} {{([^}}]*)}}", style)
    assert whole
    rules = whole[1] + (
        found[1] if (found := re.search(rf"\.s-{state}{re.escape(extent)} {{([^}}]*)}}", style)) else ""
    )
    ground = re.findall(r"background: (#[0-9a-f]{3,6})", rules)[-1]
    ink = re.findall(r"(?<![-a-z])color: (#[0-9a-f]{3,6})", rules)[-1]
    assert _contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("name", ["ink", "soft", "accent", "link"])
def test_text_has_enough_contrast_on_paper(name: str) -> None:
    style = tree().findtext(".//style")
    found = re.search(rf"--{name}: (#[0-9a-f]{{6}})", style)
    assert found
    assert _contrast(found[1], "#ffffff") >= 4.5
    assert _contrast(found[1], "#fff8dc") >= 4.5


def test_the_matrices_of_the_headlines_are_unfolded() -> None:
    unfolded = tree().xpath("//section[@id='matrix']/details[@open]/@id")
    assert unfolded == ["matrix-detect", "matrix-take_down"]


def test_a_letter_tells_its_condition_under_the_pointer() -> None:
    hints = tree().xpath("//table[@class='matrix']//span[text()='e']/@title")
    assert set(hints) == {"e: escapable in some scenarios, when end-to-end encrypted"}
