"""The order of gaps: points that add up, weights that move it, and how firm it is."""

import pytest

from analyser.analysis import Analysis
from analyser.rulebook import Rulebook
from analyser.tables.order import TOP, firmness, firmness_words, parts_of, place, reason


def test_every_gap_says_its_points_and_they_decide_its_place(analysis: Analysis) -> None:
    ranked = analysis.ranked_gaps(True)
    keys = []
    for item in ranked:
        parts = parts_of(analysis.study, item.row)
        assert item.order_reason == reason(parts)
        assert all(part.points == analysis.rulebook.weight(part.weight) * part.times for part in parts)
        keys.append(place(analysis.study, item.row, sum(part.points for part in parts)))
    assert keys == sorted(keys)


def test_every_weight_that_counts_is_listed_with_its_reason(analysis: Analysis, rules: Rulebook) -> None:
    known = {weight.id for weight in rules.weights}
    used = {part.weight for item in analysis.ranked_gaps(True) for part in parts_of(analysis.study, item.row)}
    assert used - known <= {"state.unknown", "state.weakened"}
    assert all(weight.reason for weight in rules.weights)


def test_another_weight_moves_the_order(analysis: Analysis, rules: Rulebook) -> None:
    """The check under one changed weight says what ranking with that weight says."""
    rows = [item.row for item in analysis.ranked_gaps()]
    found = {one.weight: one for one in firmness(analysis.study, rows)}
    first = [row.id for row in rows[:TOP]]
    for name in ("state.escapable", "function.detect", "evidence.direct"):
        halved = tuple(
            weight.model_copy(update={"value": weight.value / 2}) if weight.id == name else weight
            for weight in rules.weights
        )
        other = Analysis(
            analysis.document,
            analysis.revision,
            rules.model_copy(update={"weights": halved}),
            composed=analysis.composed,
        )
        again = [item.row.id for item in other.ranked_gaps()[:TOP]]
        assert found[name].kept_lowered == len(set(first) & set(again))


@pytest.mark.parametrize("kept", [10, 4])
def test_the_check_is_told_in_words(analysis: Analysis, kept: int) -> None:
    rows = [item.row for item in analysis.ranked_gaps()]
    one = firmness(analysis.study, rows)[0].model_copy(
        update={"kept_lowered": kept, "kept_raised": 10, "of": 10, "first_stays": True, "weight": "x"}
    )
    words = firmness_words([one])
    assert ("all of the first 10" in words) is (kept == 10)
    assert ("at least 4 of the first 10" in words) is (kept == 4)
    assert "stays first" in words
    assert firmness_words([]) == ""
