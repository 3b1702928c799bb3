"""The cue language: what each cue means, the whole of it, and what is refused."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser.rulebook.cues import LIMIT, CueError, expand, expand_all

MEANINGS = [
    ("technically feasible", ["technically feasible"]),
    ("{feasible|possible}", ["feasible", "possible"]),
    ("[currently] feasible", ["feasible", "currently feasible"]),
    ("technically {feasible|possible}", ["technically feasible", "technically possible"]),
    ("[not] {feasible|possible}", ["feasible", "possible", "not feasible", "not possible"]),
    # An option may offer a choice of its own.
    ("[if|where] offered", ["offered", "if offered", "where offered"]),
    # Nested, and with a choice between words and nothing.
    (
        "{so far as [is]|where} {technically [and reasonably]|} practicable",
        [
            "so far as technically practicable",
            "so far as technically and reasonably practicable",
            "so far as practicable",
            "so far as is technically practicable",
            "so far as is technically and reasonably practicable",
            "so far as is practicable",
            "where technically practicable",
            "where technically and reasonably practicable",
            "where practicable",
        ],
    ),
    # The same phrase twice is one phrase.
    ("{feasible|feasible}", ["feasible"]),
    ("under[-]age", ["underage", "under-age"]),
]


@pytest.mark.parametrize(("cue", "phrases"), MEANINGS, ids=[cue for cue, _ in MEANINGS])
def test_a_cue_means_exactly_its_phrases(cue: str, phrases: list[str]) -> None:
    assert list(expand(cue)) == phrases


@given(
    st.lists(
        st.tuples(st.booleans(), st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3)),
        min_size=1,
        max_size=5,
    )
)
def test_the_whole_language_is_generated_and_nothing_else(parts: list[tuple[bool, list[str]]]) -> None:
    cue = "x " + " ".join(
        ("[{}]" if optional else "{{{}}}").format("|".join(words)) for optional, words in parts
    )
    choices = [[*([""] if optional else []), *words] for optional, words in parts]
    whole = {" ".join(["x", *(word for word in chosen if word)]) for chosen in product(*choices)}
    found = expand(cue)
    assert set(found) == whole
    assert len(found) == len(whole)


@pytest.mark.parametrize(
    ("cue", "says"),
    [
        ("technically {feasible|possible", "the cue `technically {feasible|possible` lacks a `}`"),
        ("technically [feasible", "the cue `technically [feasible` lacks a `]`"),
        ("technically feasible}", "the cue `technically feasible}` has a `}` too many"),
        ("{a|b]", "the cue `{a|b]` has a `]` where a `}` is due"),
        ("a|b", "the cue `a|b` has a `|` outside braces"),
        ("[feasible]", "the cue `[feasible]` would match nothing at all: not all of it may be optional"),
        ("", "the cue `` would match nothing at all: not all of it may be optional"),
    ],
)
def test_a_malformed_cue_is_refused_in_words(cue: str, says: str) -> None:
    with pytest.raises(CueError) as refused:
        expand(cue)
    assert str(refused.value) == says


def test_a_cue_that_means_too_much_is_refused_by_name_and_at_once() -> None:
    cue = "x " + "{a|b|c|d|e|f|g|h|i|j} " * 40
    with pytest.raises(CueError, match=f"means more than {LIMIT} phrases: split it"):
        expand(cue)


def test_several_cues_mean_each_phrase_once_in_order() -> None:
    assert expand_all(("[not] a", "{b|not a}")) == ("a", "not a", "b")
