"""The assignment step finds the pairing with the greatest sum."""

from hypothesis import given
from hypothesis import strategies as st

from analyser.compare.assignment import Pair, assign

SCORES = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)),
    st.integers(-30, 100).map(lambda score: score / 100),
    max_size=18,
)


def best(scores: dict[Pair, float], row: int = 0, used: frozenset[int] = frozenset()) -> float:
    """Return the greatest sum by trying everything."""
    if row > 4:
        return 0.0
    found = best(scores, row + 1, used)
    for (one, column), score in scores.items():
        if one == row and column not in used and score > 0:
            found = max(found, score + best(scores, row + 1, used | {column}))
    return found


@given(SCORES)
def test_no_other_pairing_has_a_greater_sum(scores: dict[Pair, float]) -> None:
    found = assign(scores)
    assert len(set(found.values())) == len(found)
    assert abs(sum(scores[pair] for pair in found.items()) - best(scores)) < 1e-9


def test_a_row_gives_up_its_best_for_the_good_of_all() -> None:
    assert assign({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.7}) == {0: 1, 1: 0}


def test_what_scores_nothing_stays_alone() -> None:
    assert assign({(0, 0): 0.0, (1, 1): -0.5}) == {}
