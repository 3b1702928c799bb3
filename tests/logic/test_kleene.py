"""Three-valued logic: what is not known stays not known, unless it makes no difference."""

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser.logic.evaluate import Judge, atoms, deciding, evaluate, unread
from analyser.model.base import Truth
from analyser.model.logic import FALSE, TRUE, All, AnyOf, AtLeast, Atom, Condition, Not, Term, Unread

Y, N, U = Truth.YES, Truth.NO, Truth.UNKNOWN
A, B, C, D = (Atom(fact=name, op="=", value=True) for name in "abcd")


def judge(values: Mapping[str, Truth]) -> Judge:
    return lambda atom: values[atom.fact]


@pytest.mark.parametrize(("part", "said"), [(Y, N), (N, Y), (U, U)])
def test_not(part: Truth, said: Truth) -> None:
    assert evaluate(Not(part=A), judge({"a": part})) is said


# a, b -> both, either (Kleene's strong tables)
TABLE = [
    (Y, Y, Y, Y),
    (Y, N, N, Y),
    (Y, U, U, Y),
    (N, Y, N, Y),
    (N, N, N, N),
    (N, U, N, U),
    (U, Y, U, Y),
    (U, N, N, U),
    (U, U, U, U),
]


@pytest.mark.parametrize(("a", "b", "both", "either"), TABLE)
def test_both_and_either(a: Truth, b: Truth, both: Truth, either: Truth) -> None:
    values = judge({"a": a, "b": b})
    assert evaluate(All(parts=(A, B)), values) is both
    assert evaluate(AnyOf(parts=(A, B)), values) is either


# how many of four are yes, no and unknown -> at least two
COUNTS = [
    (2, 2, 0, Y),
    (2, 0, 2, Y),
    (4, 0, 0, Y),
    (1, 2, 1, U),
    (0, 2, 2, U),
    (1, 3, 0, N),
    (0, 3, 1, N),
    (0, 4, 0, N),
]


@pytest.mark.parametrize(("yes", "no", "unknown", "said"), COUNTS)
def test_at_least_two_counts_the_unknown_both_ways(yes: int, no: int, unknown: int, said: Truth) -> None:
    values = dict(zip("abcd", [Y] * yes + [N] * no + [U] * unknown, strict=True))
    assert evaluate(AtLeast(count=2, parts=(A, B, C, D)), judge(values)) is said


def test_nothing_to_meet_is_met_and_nothing_to_choose_from_is_not() -> None:
    assert evaluate(TRUE, judge({})) is Y
    assert evaluate(FALSE, judge({})) is N


def test_a_term_has_the_truth_of_its_meaning_and_unread_words_have_none() -> None:
    term = Term(name="multi-risk service", meaning=AtLeast(count=1, parts=(A, B)))
    assert evaluate(term, judge({"a": N, "b": Y})) is Y
    words = Unread(words="as the provider sees fit")
    assert evaluate(words, judge({})) is U
    assert evaluate(Not(part=words), judge({})) is U
    assert list(unread(All(parts=(A, Not(part=words))))) == [words]
    assert list(atoms(All(parts=(term, Not(part=C))))) == [A, B, C]


FACTS = "abcde"
LEAVES = st.sampled_from([Atom(fact=name, op="=", value=True) for name in FACTS])


def _joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        parts.map(lambda part: Not(part=part)),
        several.map(lambda found: All(parts=found)),
        several.map(lambda found: AnyOf(parts=found)),
        st.builds(lambda count, found: AtLeast(count=count, parts=found), st.integers(1, 4), several),
        parts.map(lambda part: Term(name="term", meaning=part)),
    )


CONDITIONS: st.SearchStrategy[Condition] = st.recursive(LEAVES, _joined, max_leaves=8)
VALUES = st.fixed_dictionaries({name: st.sampled_from(list(Truth)) for name in FACTS})


@given(condition=CONDITIONS, values=VALUES)
def test_a_settled_answer_holds_however_the_unknown_turns_out(
    condition: Condition, values: dict[str, Truth]
) -> None:
    said = evaluate(condition, judge(values))
    if said is U:
        return
    open_facts = [name for name, value in values.items() if value is U]
    for turned in product((Y, N), repeat=len(open_facts)):
        assert evaluate(condition, judge({**values, **dict(zip(open_facts, turned, strict=True))})) is said


@given(condition=CONDITIONS, values=VALUES)
def test_the_deciding_atoms_decide_by_themselves(condition: Condition, values: dict[str, Truth]) -> None:
    """Nothing else need be known: with every other fact unknown the answer is the same."""
    said = evaluate(condition, judge(values))
    named = {atom.fact for leaf in deciding(condition, judge(values)) for atom in atoms(leaf)}
    if said is U:
        assert any(values[fact] is U for fact in named)
    else:
        known = {name: value if name in named else U for name, value in values.items()}
        assert evaluate(condition, judge(known)) is said


def test_the_first_of_several_sufficient_limbs_is_named() -> None:
    condition = AnyOf(parts=(A, B, C))
    assert deciding(condition, judge({"a": N, "b": Y, "c": Y})) == (B,)
    assert deciding(condition, judge({"a": N, "b": N, "c": N})) == (A, B, C)
