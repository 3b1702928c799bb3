"""The cue language: what each cue means, the whole of it, and what is refused."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser.rulebook.cues import LIMIT, CueError, count, expand, expand_all

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


@pytest.mark.parametrize(
    ("cue", "phrases"),
    [("a", 1), ("[a] b", 2), ("{a|b|c} [d]", 6), ("{a|{b|[c] d}} e", 4), ("{a|b|c|d} " * 30, 4**30)],
)
def test_phrases_are_counted_without_being_written_out(cue: str, phrases: int) -> None:
    assert count(cue) == phrases
    if phrases < LIMIT:
        assert len(expand(cue)) == phrases


@given(
    st.recursive(
        st.sampled_from(["a", "b c"]), lambda inner: st.lists(inner, min_size=1, max_size=3), max_leaves=8
    )
)
def test_what_is_counted_is_what_is_written_out(shape: object) -> None:
    def cue(part: object, depth: int) -> str:
        if isinstance(part, str):
            return part
        assert isinstance(part, list)
        inner = "|".join(cue(one, depth + 1) for one in part)
        return f"[{inner}]" if depth % 2 else f"{{{inner}}}"

    text = f"x {cue(shape, 0)}"
    assert len(expand(text)) <= count(text)


@pytest.mark.parametrize(
    ("cue", "says"),
    [
        ("[" * 500 + "a" + "]" * 500, "has brackets more than 12 deep: split it"),
        ("a" * 3000, "is longer than 2000 characters: split it"),
        ("a ... b ... c ... d ... e", "has more than 3 gaps (`...`) in one phrase: split it"),
    ],
    ids=["deep", "long", "gaps"],
)
def test_a_cue_that_could_take_for_ever_is_refused(cue: str, says: str) -> None:
    with pytest.raises(CueError) as refused:
        expand(cue)
    assert str(refused.value).endswith(says)
