"""What holds of any amendment: its inverse restores the text, nothing is lost or applied by halves."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyser import library
from analyser.amending.pieces import put_together, take_apart
from analyser.parsing.document import parse
from analyser.reading.markdown import read_markdown

from .conftest import BASE, ICU, amended, outline, tree
from .test_apply import TABLE

MEASURES = ("C2", "C9", "C10", "D1")
PARAGRAPHS = ("C2.1", "C2.2", "C2.3", "C9.1", "C9.2", "C10.2", "D1.2", "5.1", "5.2")
ITEMS = ("C9.1(a)", "C9.1(a)(i)", "C9.1(a)(ii)", "C9.1(b)", "C10.2(a)", "C10.2(b)")
relaxed = settings(deadline=None, max_examples=60)


def _said(place: str) -> list[str]:
    """The words of a place, its items included."""
    inside = (
        words for number, words in outline(BASE).items() if number == place or number.startswith(f"{place}(")
    )
    return re.findall(r"[A-Za-z]+|\S", " ".join(inside))


WORDS = [
    (place, word)
    for place in (*PARAGRAPHS, *ITEMS)
    for word in dict.fromkeys(_said(place))
    if word.isalpha() and _said(place).count(word) == 1
]
phrases = st.lists(
    st.sampled_from(["any", "such", "extra", "words", "as", "here"]), min_size=1, max_size=4
).map(" ".join)


@pytest.mark.parametrize(
    "path", sorted(library.codes_dir().glob("*/*.md")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_a_text_taken_apart_and_put_together_is_the_same(path: Path) -> None:
    source = read_markdown(path, path.name)
    assert put_together(take_apart(source), source) == source


@relaxed
@given(measure=st.sampled_from(MEASURES), side=st.sampled_from(["After", "Before"]), words=phrases)
def test_a_measure_put_in_and_omitted_leaves_the_text_as_it_was(measure: str, side: str, words: str) -> None:
    put = amended(
        f"{side} ICU {measure}, insert\n### ICU K7 {words}\n\n#### Application\nK7.1 {words}:\n- (a) {words}."
    )
    assert put.source.text != BASE.text
    back = amended("Omit ICU K7", base=put.source)
    assert (put.not_applied, back.not_applied) == ((), ())
    assert back.source.text == BASE.text
    assert back.source.blocks == BASE.blocks


@relaxed
@given(number=st.sampled_from(PARAGRAPHS), side=st.sampled_from(["After", "Before"]), words=phrases)
def test_a_paragraph_put_in_and_omitted_leaves_the_text_as_it_was(number: str, side: str, words: str) -> None:
    new = f"{number.partition('.')[0]}.77"
    put = amended(f"{side} ICU {number}, insert\n{new} {words}:\n- (a) {words}.")
    back = amended(f"Omit ICU {new}", base=put.source)
    assert (put.not_applied, back.not_applied) == ((), ())
    assert back.source.text == BASE.text
    assert back.source.blocks == BASE.blocks


@relaxed
@given(number=st.sampled_from(ITEMS), side=st.sampled_from(["After", "Before"]), words=phrases)
def test_an_item_put_in_and_omitted_leaves_the_words_as_they_were(number: str, side: str, words: str) -> None:
    new = f"{number.rpartition('(')[0]}(zz)"
    put = amended(f"{side} ICU {number}, insert\n- (zz) {words}.")
    back = amended(f"Omit ICU {new}", base=put.source)
    assert (put.not_applied, back.not_applied) == ((), ())
    assert back.source.text == BASE.text


@relaxed
@given(place=st.sampled_from(WORDS), side=st.sampled_from(["after", "before"]), words=phrases)
def test_words_put_in_and_omitted_leave_the_words_as_they_were(
    place: tuple[str, str], side: str, words: str
) -> None:
    number, word = place
    put = amended(f"In ICU {number}, {side} “{word}” insert “{words}”")
    back = amended(f"In ICU {number}, omit “{words}”", base=put.source)
    if back.not_applied:  # the words stand there besides
        assert back.not_applied[0].why == "there twice"
        return
    assert put.not_applied == ()
    assert back.source.text == BASE.text


@relaxed
@given(place=st.sampled_from(WORDS))
def test_words_substituted_to_and_fro_leave_the_words_as_they_were(place: tuple[str, str]) -> None:
    number, word = place
    put = amended(f"In ICU {number}, for “{word}” substitute “zzz”")
    back = amended(f"In ICU {number}, for “zzz” substitute “{word}”", base=put.source)
    assert (put.not_applied, back.not_applied) == ((), ())
    assert back.source.text == BASE.text


@relaxed
@given(measure=st.sampled_from(MEASURES))
def test_a_renumbering_to_and_fro_leaves_the_words_as_they_were(measure: str) -> None:
    put = amended(f"Renumber ICU {measure} as ICU Z9")
    back = amended(f"Renumber ICU Z9 as ICU {measure}", base=put.source)
    assert back.source.text == BASE.text
    assert outline(put.source) != outline(BASE)


@relaxed
@given(chosen=st.lists(st.sampled_from([row[0] for row in TABLE]), min_size=2, max_size=6))
def test_any_amendments_together_give_a_text_that_reads_whole(chosen: list[str]) -> None:
    applied = amended(*chosen)
    assert len(applied.done) + len(applied.not_applied) == len(chosen)
    document = tree(applied.source)
    assert document.placed == 1.0
    assert put_together(take_apart(applied.source), applied.source) == applied.source
    assert applied == amended(*chosen)


soup = st.lists(
    st.sampled_from(
        [
            "In",
            "ICU C2.2",
            "ICU C9",
            "section 3",
            "Table C",
            "for",
            "after",
            "omit",
            "insert",
            "substitute",
            "“swiftly”",
            "“",
            "”",
            ",",
            "At the end of",
            "Renumber",
            "as",
            "the definition of",
            "“large service”",
            "Omit",
        ]
    ),
    max_size=9,
).map(" ".join)
payloads = st.sampled_from(
    ["", "C2.9 Words.", "- (z) words", "| a | b | c |", "### ICU K1 New", "### Part", "words", "> note"]
)


@settings(deadline=None, max_examples=150)
@given(instruction=soup, payload=payloads)
def test_any_instruction_is_applied_whole_or_listed(instruction: str, payload: str) -> None:
    applied = amended(f"{instruction or 'x'}\n{payload}")
    assert len(applied.done) + len(applied.not_applied) == 1
    if applied.not_applied:
        assert applied.source.text == BASE.text
        assert applied.not_applied[0].reason


def test_the_amendments_held_are_applied_to_the_last_word() -> None:
    for ref in (
        library.resolve("2026-09-09"),
        library.resolve("2026-06-18"),
        library.resolve("illegal-content-search@2026-09-09"),
    ):
        from analyser.catalogue import compose

        composed = compose(ref)
        assert composed.not_applied == ()
        assert composed.document.placed == 1.0
    base = read_markdown(library.resolve().path, "b.md")
    assert parse(base, ICU, "icu").placed == 1.0
