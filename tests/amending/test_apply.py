"""What each instruction makes of the small code: what comes, what goes, what changes, and nothing else."""

import pytest

from analyser.amending.pieces import put_together, take_apart
from analyser.model.base import Basis

from .conftest import BASE, amended, outline, tree

C14 = """### ICU C14 New measure
{: title=secondary text_complete=false codes="csea" codes_basis=secondary}

> A note on C14.

#### Application
C14.1 This measure applies to a provider in respect of each service it provides that:
- (a) is a large service; or
  {: number=quoted text=quoted}
- (b) is at high risk of hate.
{: number=secondary text=secondary}

#### Recommendation
C14.2 The provider should do the new thing.
{: number=unknown text=secondary}
"""
NEW_C14 = {
    "ICU C14": "New measure",
    "C14.1": "This measure applies to a provider in respect of each service it provides that:",
    "C14.1(a)": "is a large service; or",
    "C14.1(b)": "is at high risk of hate.",
    "C14.2": "The provider should do the new thing.",
}

TABLE: list[tuple[str, dict[str, str | None], tuple[str, str] | None]] = [
    # a measure: beside another, or where its number puts it; references elsewhere stay
    (f"After ICU C10, insert\n{C14}", {**NEW_C14}, ("C10.2(b)", "ICU C14")),
    (f"Before ICU D1, insert\n{C14}", {**NEW_C14}, ("C10.2(b)", "ICU C14")),
    (f"In section 4, in the appropriate place, insert\n{C14}", {**NEW_C14}, ("C10.2(b)", "ICU C14")),
    (
        "For ICU D1, substitute\n### ICU D1 Hearing people\n\n#### Application\nD1.1 Each service.\n",
        {"ICU D1": "Hearing people", "D1.1": "Each service.", "D1.2": None},
        ("C10.2(b)", "ICU D1"),
    ),
    (
        "Omit ICU C10",
        {"ICU C10": None, "C10.1": None, "C10.2": None, "C10.2(a)": None, "C10.2(b)": None},
        ("C9.2", "ICU D1"),
    ),
    # a paragraph
    (
        "After ICU C2.2, insert\nC2.2A The provider should act.",
        {"C2.2A": "The provider should act."},
        ("C2.2", "C2.2A"),
    ),
    (
        "Before ICU C2.2, insert\nC2.1A The provider should act.",
        {"C2.1A": "The provider should act."},
        ("C2.1", "C2.1A"),
    ),
    (
        "At the end of ICU C2, insert\nC2.4 The provider should act.",
        {"C2.4": "The provider should act."},
        ("C2.3", "C2.4"),
    ),
    (
        "In ICU C2, in the appropriate place, insert\nC2.2A It should.",
        {"C2.2A": "It should."},
        ("C2.2", "C2.2A"),
    ),
    (
        "For ICU C9.1, substitute\nC9.1 This measure applies where the service:\n- (a) is large.\n",
        {
            "C9.1": "This measure applies where the service:",
            "C9.1(a)": "is large.",
            "C9.1(a)(i)": None,
            "C9.1(a)(ii)": None,
            "C9.1(b)": None,
        },
        None,
    ),
    ("Omit ICU C2.3", {"C2.3": None}, ("C2.2", "ICU C9")),
    # an item, at any depth
    (
        "After ICU C9.1(a)(ii), insert\n- (iii) is an adult service; or",
        {"C9.1(a)(iii)": "is an adult service; or"},
        ("C9.1(a)(ii)", "C9.1(a)(iii)"),
    ),
    (
        "Before ICU C9.1(a)(ii), insert\n- (ia) is an adult service; or",
        {"C9.1(a)(ia)": "is an adult service; or"},
        ("C9.1(a)(i)", "C9.1(a)(ia)"),
    ),
    (
        "At the end of ICU C9.1(a), insert\n- (iii) is new; or",
        {"C9.1(a)(iii)": "is new; or"},
        ("C9.1(a)(ii)", "C9.1(a)(iii)"),
    ),
    (
        "At the end of ICU C9.1, insert\n- (c) is new and:\n  - (i) is old; or\n  - (ii) is not.",
        {"C9.1(c)": "is new and:", "C9.1(c)(i)": "is old; or", "C9.1(c)(ii)": "is not."},
        ("C9.1(b)", "C9.1(c)"),
    ),
    (
        "At the end of ICU C10.2, insert\n- (c) and checked.",
        {"C10.2(c)": "and checked."},
        ("C10.2(b)", "C10.2(c)"),
    ),
    ("For ICU C9.1(b), substitute\n- (b) is any service.", {"C9.1(b)": "is any service."}, None),
    ("Omit ICU C9.1(b)", {"C9.1(b)": None}, ("C9.1(a)(ii)", "C9.2")),
    ("Omit ICU C9.1(a)", {"C9.1(a)": None, "C9.1(a)(i)": None, "C9.1(a)(ii)": None}, ("C9.1", "C9.1(b)")),
    # words after the items of a paragraph
    (
        "At the end of ICU C9.1, insert\nThis is so in either case.",
        {
            "C9.1": "This measure applies to a provider in respect of each service it provides that: "
            "… This is so in either case."
        },
        None,
    ),
    # the index, the definitions, the table of harms
    (
        (
            "In section 3 (index of recommended measures), in the appropriate place, insert\n| ICU C14 | "
            "New | each service |"
        ),
        {"index ICU C14": "New | each service"},
        ("index ICU C10", "index ICU C14"),
    ),
    (
        (
            "At the end of section 3, insert\n| Measure | Title | Application |\n|---|---|---|\n| ICU J9 | "
            "Last | each service |"
        ),
        {"index ICU J9": "Last | each service"},
        ("index ICU D1", "index ICU J9"),
    ),
    (
        "After the entry for ICU C9, insert\n| ICU C9A | New | each service |",
        {"index ICU C9A": "New | each service"},
        ("index ICU C9", "index ICU C9A"),
    ),
    (
        "For the entry for ICU D1, substitute\n| ICU D1 | Hearing | each service |",
        {"index ICU D1": "Hearing | each service"},
        None,
    ),
    ("Omit the entry for ICU D1", {"index ICU D1": None}, ("index ICU C10", "ICU C2")),
    (
        (
            "In section 5 (definitions), in the appropriate place, insert\n5.u9 **hash** means a mark of an "
            "image."
        ),
        {"5.u9": "hash means a mark of an image."},
        ("5.1", "5.u9"),
    ),
    (
        "In section 5 (definitions), in the appropriate place, insert\n5.3 **zone** means a place.",
        {"5.3": "zone means a place."},
        ("5.2", "5.3"),
    ),
    (
        "At the end of section 5, insert\n5.3 The table below lists kinds.",
        {"5.3": "The table below lists kinds."},
        ("5.2", "5.3"),
    ),
    (
        "For the definition of “direct message”, substitute\n5.1 **direct message** means any message.",
        {"5.1": "direct message means any message."},
        None,
    ),
    ("Omit the definition of “Direct message”", {"5.1": None}, None),
    (
        "In Table C, in the appropriate place, insert\n| 2B | Image-based CSAM |",
        {"row Image-based CSAM": "2B"},
        ("row Grooming", "row Image-based CSAM"),
    ),
    (
        "At the end of Table C, insert\n| | Cyberflashing |",
        {"row Cyberflashing": ""},
        ("row Hate", "row Cyberflashing"),
    ),
    (
        "Omit Table C",
        dict.fromkeys(
            [
                "row Terrorism",
                "row Child sexual exploitation and abuse (CSEA)",
                "row Grooming",
                "row CSAM URLs",
                "row Hate",
            ]
        ),
        None,
    ),
    # words
    (
        "In ICU C2.2, for “swiftly” substitute “without delay”",
        {
            "C2.2": "The provider should take down illegal content without delay, "
            "unless it is currently not technically feasible."
        },
        None,
    ),
    (
        "In ICU C2, omit “, unless it is currently not technically feasible”",
        {"C2.2": "The provider should take down illegal content swiftly."},
        None,
    ),
    (
        "In ICU C2.2, after “illegal content” insert “and proxies”",
        {
            "C2.2": "The provider should take down illegal content and proxies swiftly, "
            "unless it is currently not technically feasible."
        },
        None,
    ),
    (
        "In ICU C2.2, before “swiftly” insert “very”",
        {
            "C2.2": "The provider should take down illegal content very swiftly, "
            "unless it is currently not technically feasible."
        },
        None,
    ),
    (
        "In ICU C9.1, for “700,000” substitute “500,000”",
        {"C9.1(a)(i)": "has more than 500,000 monthly active United Kingdom users; or"},
        None,
    ),
    ("In ICU C9.1(a)(ii), omit “file-storage and”", {"C9.1(a)(ii)": "is a file-sharing service; or"}, None),
    (
        "In ICU C10.2, for “In both cases” substitute “Then”",
        {"C10.2": "The provider should use a list of addresses: … Then the list should be secured."},
        None,
    ),
    ("In ICU C9, for “Finding” substitute “Seeking”", {"ICU C9": "Seeking images"}, None),
    (
        "In section 3 (index of recommended measures), for “Complaints” substitute “Hearing”",
        {"index ICU D1": "Hearing | each service"},
        None,
    ),
    (
        "In the definition of “large service”, for “7 million” substitute “5 million”",
        {
            "5.2": "large service means a service which has more than 5 million monthly active "
            "United Kingdom users."
        },
        None,
    ),
    # numbers
    (
        "Renumber ICU D1 as ICU D2",
        {
            "ICU D1": None,
            "D1.1": None,
            "D1.2": None,
            "ICU D2": "Complaints",
            "D2.1": "This measure applies to a provider in respect of each service it provides.",
            "D2.2": "The provider should enable complaints.",
        },
        None,
    ),
    (
        "Renumber ICU C2.3 as ICU C2.4",
        {"C2.3": None, "C2.4": "The provider should keep a record. The record should be kept for a year."},
        None,
    ),
    (
        "Renumber ICU C9.1(b) as ICU C9.1(c)",
        {"C9.1(b)": None, "C9.1(c)": "is a large service and is at medium or high risk of image-based CSAM."},
        None,
    ),
]


@pytest.mark.parametrize(
    ("amendment", "changes", "neighbours"), TABLE, ids=[row[0].split("\n")[0] for row in TABLE]
)
def test_an_amendment_changes_what_it_says_and_nothing_else(
    amendment: str, changes: dict[str, str | None], neighbours: tuple[str, str] | None
) -> None:
    applied = amended(amendment)
    assert [one.sentence for one in applied.not_applied] == []
    before, after = outline(BASE), outline(applied.source)
    expected = {number: words for number, words in before.items() if number not in changes}
    expected |= {number: words for number, words in changes.items() if words is not None}
    assert after == expected
    if neighbours:
        order = list(after)
        assert order.index(neighbours[1]) == order.index(neighbours[0]) + 1
    document = tree(applied.source)
    assert (document.placed, document.unplaced) == (1.0, ())
    assert document.revision == "2026-01-01"


@pytest.mark.parametrize("amendment", [row[0] for row in TABLE], ids=[row[0].split("\n")[0] for row in TABLE])
def test_spans_point_at_their_words_and_the_base_is_left_alone(amendment: str) -> None:
    before = BASE.model_dump_json()
    source = amended(amendment).source
    assert BASE.model_dump_json() == before
    assert put_together(take_apart(source), source) == source
    for block in source.blocks:
        for cell in block.cells:
            assert block.span.holds(cell)
            assert "\t" not in cell.of(source.text)
    for measure in tree(source).measures:
        for provision in measure.provisions():
            assert provision.label in provision.span.of(source.text)


def test_what_came_or_changed_says_by_which_amendment() -> None:
    applied = amended(
        "After ICU C10, insert\n" + C14,
        "In ICU C2.2, omit “currently”",
        "Omit ICU C9.1(b)",
        "Renumber ICU D1 as ICU D2",
    )
    marked = {
        block.span.of(applied.source.text)[:12]: dict(mark.values)
        for block in applied.source.blocks
        for mark in block.attributes
        if mark.get("amended_by")
    }
    assert {words: mark["amendment"] for words, mark in marked.items()} == {
        "ICU C14 New ": "1",
        "A note on C1": "1",
        "Application": "1",
        "C14.1 This m": "1",
        "(a) is a lar": "1",
        "(b) is at hi": "1",
        "Recommendati": "1",
        "C14.2 The pr": "1",
        "C2.2 The pro": "2",
        "C9.1 This me": "3",
        "ICU D2 Compl": "4",
        "D2.1 This me": "4",
        "D2.2 The pro": "4",
    }
    assert {mark["amended_by"] for mark in marked.values()} == {"2026-01-01"}
    assert [one.changed for one in applied.done] == [(), ("C2.2",), ("C9.1(b)",), ("ICU D1",)]


def test_what_is_put_in_is_known_as_it_says_and_words_changed_are_known_no_better_than_the_instruction() -> (
    None
):
    applied = amended(
        "After ICU C10, insert\n" + C14,
        "In ICU C2.2, omit “currently”",
        "At the end of ICU C9.1, insert\n- (c) is new.",
        "At the end of ICU C9.1, insert\n- (d) is known.\n  {: number=quoted text=quoted}",
        "Renumber ICU D1 as ICU D2",
        (
            "In section 3 (index of recommended measures), in the appropriate place, insert\n| ICU C14 | "
            "New | each service |"
        ),
    )
    assert applied.not_applied == ()
    document = tree(applied.source)
    known = {
        one.number: (one.number_basis, one.text_basis) for m in document.measures for one in m.provisions()
    }
    quoted, secondary, recalled = Basis.QUOTED, Basis.SECONDARY, Basis.RECALL_MEDIUM
    assert known["C14.1"] == (secondary, secondary)
    assert known["C14.1(a)"] == (quoted, quoted)
    assert known["C14.1(b)"] == (secondary, secondary)
    assert known["C2.2"] == (quoted, recalled)
    assert known["C2.3"] == (quoted, quoted)
    assert known["C9.1"] == (quoted, secondary)
    assert known["C9.1(c)"] == (Basis.UNKNOWN, recalled)
    assert known["C9.1(d)"] == (quoted, quoted)
    assert known["D2.1"] == (recalled, quoted)
    assert {row.measure: row.basis for row in document.index} == {
        "ICU C2": secondary,
        "ICU C9": secondary,
        "ICU C10": secondary,
        "ICU C14": recalled,
        "ICU D1": secondary,
    }


def test_a_paragraph_that_loses_its_last_item_keeps_how_it_is_known() -> None:
    (c9,) = [one for one in tree(amended("Omit ICU C9.1(b)").source).measures if one.number == "C9"]
    assert (c9.application[0].number_basis, c9.application[0].text_basis) == (Basis.QUOTED, Basis.SECONDARY)


def test_a_phrase_that_is_taken_out_is_no_longer_listed() -> None:
    applied = amended(
        "In ICU C2.2, for “technically feasible” substitute “possible”", "In ICU C9.1, omit “more than”"
    )
    document = tree(applied.source)
    phrases = {
        one.number: [p.phrase for p in one.phrases] for m in document.measures for one in m.provisions()
    }
    assert phrases["C2.2"] == ["swiftly"]
    assert phrases["C9.1(a)(i)"] == []


def test_measures_put_after_the_same_one_stand_by_number() -> None:
    c15 = C14.replace("C14", "C15")
    for parts in ((C14, c15), (c15, C14)):
        applied = amended(*(f"After ICU C10, insert\n{part}" for part in parts))
        assert [one.number for one in tree(applied.source).measures] == [
            "C2",
            "C9",
            "C10",
            "C14",
            "C15",
            "D1",
        ]
    together = amended(f"In section 4, in the appropriate place, insert\n{c15}\n{C14}")
    assert [one.number for one in tree(together.source).measures] == ["C2", "C9", "C10", "C14", "C15", "D1"]


def test_notes_of_ours_break_no_table_and_no_paragraph() -> None:
    applied = amended(
        (
            "In section 3, in the appropriate place, insert\n> Ours.\n\n| ICU C14 | New | each service "
            "|\n\n> Ours too."
        ),
        "After ICU C9.1(a), insert\n> On (aa).\n\n- (aa) is new; or",
    )
    assert applied.not_applied == ()
    document = tree(applied.source)
    assert len(document.index) == 5
    notes = [note.span.of(document.text) for note in document.notes]
    assert notes == ["A note of ours.", "Ours.", "Ours too.", "A note on C9.", "On (aa)."]


def test_a_number_given_up_may_be_taken_again() -> None:
    applied = amended(
        "Renumber ICU C10 as ICU C11",
        "After ICU C9, insert\n### ICU C10 Another\n\n#### Application\nC10.1 Each service.\n",
    )
    assert applied.not_applied == ()
    assert [one.number for one in tree(applied.source).measures] == ["C2", "C9", "C10", "C11", "D1"]


def test_the_second_of_two_amendments_may_build_on_the_first() -> None:
    applied = amended(
        "After ICU C10, insert\n" + C14,
        "After ICU C14, insert\n" + C14.replace("C14", "C15"),
        "Renumber ICU D1 as ICU D2",
        "In ICU D2.2, for “enable” substitute “invite”",
    )
    assert applied.not_applied == ()
    assert outline(applied.source)["D2.2"] == "The provider should invite complaints."
