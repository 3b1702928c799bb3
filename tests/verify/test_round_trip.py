"""A text agrees in all with a copy of itself; a change to the copy is told, and nothing else is."""

from collections import Counter
from pathlib import Path

import pytest

from analyser import library
from analyser.reading.markdown import parse_markdown
from analyser.rulebook import Rulebook
from analyser.verify.check import check
from tests.typeset import docx, html, pdf
from tests.typeset.content import content
from tests.typeset.layout import OFCOM

from .conftest import CheckAgainst, told
from .official import play_official

WHOLE = (
    "illegal-content-u2u@2025-02-24",
    "illegal-content-search@2025-02-24",
    "online-safety-act@2026-06-29",
)


@pytest.mark.parametrize("revision", WHOLE)
def test_a_text_agrees_with_itself(against: CheckAgainst, revision: str) -> None:
    checked = against(revision=revision)
    assert told(checked) == []
    assert checked.counts["agree"] > 90
    measures = [row for row in checked.rows if row.what == "measure"]
    assert len(measures) == len(checked.ours.document.measures)


def test_every_number_title_phrase_and_application_has_a_row_of_its_own(against: CheckAgainst) -> None:
    checked = against()
    ours = checked.ours.document
    counts = Counter(row.what for row in checked.rows)
    provisions = [one for measure in ours.measures for one in measure.provisions()]
    provisions += [inner for one in ours.sections for inner in one.walk()]
    known = {one.number for one in provisions if one.number_known}
    rows = {row.provision.removeprefix("ICU ") for row in checked.rows if row.what == "number"}
    assert known <= rows
    assert counts["phrase"] == sum(len(one.phrases) for one in provisions)
    assert counts["measure"] == counts["title"] == counts["index"] == len(ours.measures)
    assert counts["application"] == len(ours.measures)
    assert counts["definition"] == len(ours.definitions)
    assert counts["harm"] == len(ours.harm_rows)


def test_a_number_that_is_not_known_is_never_matched_by_number_but_suggested(against: CheckAgainst) -> None:
    checked = against()
    rows = [row for row in checked.rows if row.what == "number" and ".u" in row.provision]
    assert rows
    assert {row.verdict for row in rows} == {"not_comparable"}
    # What plays the official file has the same words under numbers of its own.
    for row in rows:
        assert row.ours.split(" ", 1)[1:] == row.official.split(" ", 1)[1:]
        assert f"reads most like {row.provision.rpartition('.')[0]}" in row.note


# Each change to the file that plays the official one, and the rows that it alone must make.
CHANGES = [
    pytest.param(
        ("C2.2 As part", "C2.9 As part"), [("number", "disagree", "ICU C2", "ICU C2.2")], id="number"
    ),
    pytest.param(
        ("ICU A4 Internal monitoring and assurance\n", "ICU A4 Internal audit\n"),
        [("title", "disagree", "ICU A4", "")],
        id="title",
    ),
    pytest.param(
        ("currently not technically feasible", "currently not practicable"),
        [("phrase", "disagree", "ICU C2", "ICU C2.2")],
        id="phrase in other words",
    ),
    pytest.param(
        (", unless it is currently not technically feasible", ""),
        [("phrase", "only_ours", "ICU C2", "ICU C2.2")],
        id="phrase gone",
    ),
    pytest.param(
        ("how accurate its decisions are.", "how accurate its decisions are, where that is proportionate."),
        [("qualifier", "only_official", "ICU C4", "ICU C4.2")],
        id="qualifier only there",
    ),
    pytest.param(
        ("is both a large service and a multi-risk", "is either a large service or a multi-risk"),
        [("application", "disagree", "ICU A4", "ICU A4.1")],
        id="and, or",
    ),
    pytest.param(
        (
            "(i) has more than 700,000 monthly active United Kingdom users; or\n",
            "(i) has more than 70,000 monthly active United Kingdom users; or\n",
        ),
        [
            ("application", "disagree", "ICU C9", "ICU C9.1"),
            ("phrase", "disagree", "ICU C9", "ICU C9.1(a)(i)"),
        ],
        id="threshold",
    ),
    pytest.param(
        (
            "| Internal monitoring and assurance | each service that is both large and multi-risk |",
            "| Internal monitoring and assurance | each large or multi-risk service |",
        ),
        [("index", "disagree", "ICU A4", "")],
        id="cell of the index",
    ),
    pytest.param(
        ("| ICU A5 | Tracking evidence of new and increasing illegal harm |", "| ICU A5 | Tracking |"),
        [("index", "disagree", "ICU A5", "")],
        id="title in the index",
    ),
    pytest.param(
        ("**multi-risk service** means a service which is at medium or high risk of two or more kinds",
         "**multi-risk service** means a service which is at medium or high risk of three or more kinds"),
        [("definition", "disagree", "", "5.6")],
        id="meaning of a term",
    ),
    pytest.param(
        ("5.10 **active United Kingdom user** means", "5.10 **active user** means"),
        [("definition", "disagree", "", "5.10")],
        id="term",
    ),
    pytest.param(("| | Animal cruelty |\n", ""), [("harm", "only_ours", "", "")], id="kind of harm gone"),
    pytest.param(
        ("| | Animal cruelty |\n", "| | Animal cruelty |\n| | Piracy |\n"),
        [("harm", "only_official", "", "")],
        id="kind of harm only there",
    ),
    pytest.param(("| 2A | Grooming |", "| 2C | Grooming |"), [("harm", "disagree", "", "")], id="row number"),
    pytest.param(
        ("- (b) a multi-risk service.\n", "- (c) a multi-risk service.\n"),
        [
            ("number", "only_ours", "ICU A3", "ICU A3.1(b)"),
            ("number", "only_official", "ICU A3", "ICU A3.1(c)"),
        ],
        id="letter of an item",
    ),
    pytest.param(
        ("2.3 The Codes apply", "2.4 The Codes apply"), [("number", "disagree", "", "2.3")], id="section"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "rows"), CHANGES)
def test_a_change_is_told_and_nothing_else_is(
    against: CheckAgainst, change: tuple[str, str], rows: list[tuple[str, str, str, str]]
) -> None:
    assert told(against(change)) == rows


def test_a_measure_that_only_one_side_has_is_one_row(against: CheckAgainst, code_markdown: str) -> None:
    start = code_markdown.index("## ICU C4 ")
    measure = code_markdown[start : code_markdown.index("## ICU C5 ")]
    assert told(against((measure, ""))) == [("measure", "only_ours", "ICU C4", "")]
    twin = measure.replace("ICU C4", "ICU C44").replace("\nC4.", "\nC44.")
    checked = against((measure, measure + twin))
    assert told(checked) == [("measure", "only_official", "ICU C44", "")]
    assert "the official one has 4 paragraphs" in next(
        row.note for row in checked.rows if row.note[:4] == "ours"
    )


def test_words_alone_are_no_disagreement(against: CheckAgainst) -> None:
    changes = (
        (
            "keep a written statement of responsibilities for each senior manager",
            "write down for each senior manager",
        ),
        (
            "how long it takes to act and how accurate its decisions are",
            "speed and accuracy of what it decides",
        ),
        ("switch off comments on content they post", "turn the comments below their own content off"),
    )
    assert told(against(*changes)) == []


def test_the_deciding_case_of_a_disagreement_in_logic_is_said_in_words(against: CheckAgainst) -> None:
    checked = against(
        ("is both a large service and a multi-risk", "is either a large service or a multi-risk")
    )
    (row,) = (row for row in checked.rows if row.verdict == "disagree")
    assert row.note == (
        "the official file is wider: it applies where the service is: not large and two or more kinds of "
        "harm at medium or high risk; or large and at most one kind of harm at medium or high risk, and ours "
        "does not"
    )


def test_terms_mean_the_same_on_both_sides_when_applications_are_compared(against: CheckAgainst) -> None:
    checked = against(
        ("means a service which has more than 7 million", "means a service which has more than 10 million")
    )
    rows = told(checked)
    assert ("definition", "disagree", "", "5.u1") in rows
    assert not [row for row in rows if row[0] == "application"]
    assert "more than 7,000,000 and at most 10,000,000 UK users" in " ".join(row.note for row in checked.rows)


@pytest.mark.parametrize("kind", ["pdf", "html", "docx"])
def test_a_file_of_any_kind_is_read_as_the_official_one(kind: str, rules: Rulebook, tmp_path: Path) -> None:
    ref = library.resolve()
    made = play_official(
        ref.path.read_text(encoding="utf-8"),
        ("currently not technically feasible", "currently not practicable"),
        ("is both a large service and a multi-risk", "is either a large service or a multi-risk"),
    )
    source = parse_markdown(made, "made.md")
    path = tmp_path / f"official.{kind}"
    if kind == "pdf":
        path.write_bytes(pdf.typeset(content(source, OFCOM.footnotes_every), OFCOM))
    elif kind == "html":
        path.write_bytes(html.typeset(content(source, html.VARIANTS[0].footnotes_every), html.VARIANTS[0]))
    else:
        path.write_bytes(docx.typeset(content(source, docx.VARIANTS[0].footnotes_every), docx.VARIANTS[0]))
    checked = check(ref, path, path.name, rules)
    assert told(checked) == [
        ("application", "disagree", "ICU A4", "ICU A4.1"),
        ("phrase", "disagree", "ICU C2", "ICU C2.2"),
    ]
    pages = {row.page for row in checked.rows if row.what == "number" and row.verdict == "agree"}
    assert (len(pages) > 10) if kind == "pdf" else pages == {""}
