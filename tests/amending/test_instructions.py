"""The instructions of an amending instrument, and how each is read."""

import pytest

from analyser.amending.instructions import read_instruction, read_instrument, read_place
from analyser.amending.model import PlaceKind, Verb
from analyser.errors import InputError
from analyser.model.base import Basis
from analyser.parsing.numbering import Numbering
from analyser.reading.markdown import parse_markdown

from .conftest import ICU, instrument

DRAFT = Numbering(prefix="", measure=r"\d{1,2}[A-Z]")


@pytest.mark.parametrize(
    ("words", "verb", "kind", "name", "old", "new"),
    [
        ("After ICU C10, insert", Verb.INSERT_AFTER, PlaceKind.MEASURE, "C10", "", ""),
        ("Before ICU C9.2, insert:", Verb.INSERT_BEFORE, PlaceKind.PARAGRAPH, "C9.2", "", ""),
        ("After paragraph C9.1(a)(ii), insert—", Verb.INSERT_AFTER, PlaceKind.ITEM, "C9.1(a)(ii)", "", ""),
        ("At the end of ICU C9.1, insert", Verb.INSERT_AT_END, PlaceKind.PARAGRAPH, "C9.1", "", ""),
        (
            "In section 3 (index of recommended measures), in the appropriate place, insert",
            Verb.INSERT_IN_PLACE,
            PlaceKind.SECTION,
            "3",
            "",
            "",
        ),
        ("In Table C, in the appropriate place, insert", Verb.INSERT_IN_PLACE, PlaceKind.TABLE, "C", "", ""),
        ("For ICU C9, substitute", Verb.SUBSTITUTE, PlaceKind.MEASURE, "C9", "", ""),
        ("for recommendation ICU C9 substitute", Verb.SUBSTITUTE, PlaceKind.MEASURE, "C9", "", ""),
        ("Omit ICU C9.u3", Verb.OMIT, PlaceKind.PARAGRAPH, "C9.u3", "", ""),
        ("Omit the entry for ICU C9", Verb.OMIT, PlaceKind.ENTRY, "C9", "", ""),
        ("Omit the definition of “large service”", Verb.OMIT, PlaceKind.DEFINITION, "large service", "", ""),
        (
            "In ICU C2.2, for “swiftly” substitute “at once”",
            Verb.SUBSTITUTE_WORDS,
            PlaceKind.PARAGRAPH,
            "C2.2",
            "swiftly",
            "at once",
        ),
        (
            'In ICU C2.2, for "swiftly" substitute "at once"',
            Verb.SUBSTITUTE_WORDS,
            PlaceKind.PARAGRAPH,
            "C2.2",
            "swiftly",
            "at once",
        ),
        (
            "In ICU C2, after “swiftly” insert “and well”",
            Verb.INSERT_WORDS_AFTER,
            PlaceKind.MEASURE,
            "C2",
            "swiftly",
            "and well",
        ),
        (
            "In ICU C2, before “swiftly”, insert “very”",
            Verb.INSERT_WORDS_BEFORE,
            PlaceKind.MEASURE,
            "C2",
            "swiftly",
            "very",
        ),
        (
            "In ICU C2, before “swiftly” insert “very”",
            Verb.INSERT_WORDS_BEFORE,
            PlaceKind.MEASURE,
            "C2",
            "swiftly",
            "very",
        ),
        (
            "In the definition of “large service”, omit “active”",
            Verb.OMIT_WORDS,
            PlaceKind.DEFINITION,
            "large service",
            "active",
            "",
        ),
        (
            "In section 5 (definitions), for “a” substitute “b”",
            Verb.SUBSTITUTE_WORDS,
            PlaceKind.SECTION,
            "5",
            "a",
            "b",
        ),
        ("Renumber ICU C9 as ICU C11", Verb.RENUMBER, PlaceKind.MEASURE, "C9", "", ""),
        ("Make ICU C9 better", None, None, "", "", ""),
        ("Omit everything", None, None, "", "", ""),
        ("Renumber ICU C9 as something else", None, None, "", "", ""),
        ("After ICS C10, insert", None, None, "", "", ""),
    ],
)
def test_an_instruction_is_read(
    words: str, verb: Verb | None, kind: PlaceKind | None, name: str, old: str, new: str
) -> None:
    read = read_instruction(words, ICU)
    if verb is None:
        assert read is None
        return
    assert read is not None
    assert (read.verb, read.place.kind, read.place.name, read.old, read.new) == (verb, kind, name, old, new)


def test_a_renumbering_names_the_new_number() -> None:
    read = read_instruction("Renumber ICU C9.1(a) as ICU C9.1(c)", ICU)
    assert read is not None
    assert read.to is not None
    assert (read.to.kind, read.to.name) == (PlaceKind.ITEM, "C9.1(c)")


@pytest.mark.parametrize(
    ("words", "name"), [("4A", "4A"), ("10A", "10A"), ("4A.u1", "4A.u1"), ("4A.2(b)", "4A.2(b)")]
)
def test_a_code_without_a_prefix_names_its_places_by_its_own_numbers(words: str, name: str) -> None:
    place = read_place(words, DRAFT)
    assert place is not None
    assert place.name == name


def test_an_instrument_gives_its_amendments_in_order_with_what_they_put_in() -> None:
    source = instrument(
        "After ICU C10, insert\n### ICU C14 New\n\n#### Application\nC14.1 Words.\n\n> Ours.",
        "Omit ICU C2.3",
    )
    read = read_instrument(source, ICU)
    first, second = read.amendments
    assert (read.revision, read.amends, read.code) == ("2026-01-01", "2025-02-24", "illegal-content-u2u")
    assert [(piece.kind.value, piece.words, piece.depth) for piece in first.payload] == [
        ("heading", "ICU C14 New", 2),
        ("heading", "Application", 3),
        ("text", "C14.1 Words.", None),
        ("note", "Ours.", None),
    ]
    assert (second.words, second.payload, second.basis) == ("Omit ICU C2.3", (), Basis.RECALL_MEDIUM)
    assert second.name == "amendment 2 of 2026-01-01"


def test_what_amends_nothing_is_kept_beside() -> None:
    words = (
        "# Title\n\n> Ours.\n\n## Amendment 1: Omit ICU C2\n\n## Commencement\n\n1 In force on 1 May 2026.\n"
    )
    read = read_instrument(parse_markdown(words, "i.md"), ICU)
    assert read.beside == ("Commencement", "1 In force on 1 May 2026.")
    assert read.notes == ("Ours.",)


def test_a_file_without_an_amendment_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        read_instrument(parse_markdown("# Title\n\n## Section 1\n", "i.md"), ICU)
    assert str(refused.value) == (
        "The instrument i.md holds no amendment. Give each a heading such as `## Amendment 1: After ICU "
        "C10, insert`."
    )
