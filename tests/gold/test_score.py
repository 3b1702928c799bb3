"""The engine against the gold set: the scores stay above their floors, and the sealed files are as sealed."""

import hashlib
from pathlib import Path

import pytest

from analyser.rulebook import Rulebook

from .format import load
from .scoring.judging import judge
from .scoring.table import METHOD, PARTS, Scored, below, floors, score_part, with_table
from .scoring.tally import Count, score, share
from .scoring.units import GOLD, paths, units


@pytest.fixture(scope="module")
def found(rules: Rulebook) -> dict[str, Scored]:
    """Every part, scored."""
    return {part: score_part(part, rules) for part in PARTS}


def test_no_score_is_below_its_floor(found: dict[str, Scored]) -> None:
    """`make score` prints the table."""
    assert below(found, floors()) == []


def test_the_page_says_what_is_measured(found: dict[str, Scored]) -> None:
    """`python -m tests.gold.scoring --write` writes the table of docs/method.md anew."""
    page = METHOD.read_text("utf-8")
    assert "| sealed | cue |" in page
    assert with_table(page, found) == page


def test_floors_are_the_measured_figures_less_a_little(found: dict[str, Scored]) -> None:
    """A floor far below its figure would let it fall unseen."""
    for part, levels in floors().items():
        for level, measures in levels.items():
            for measure, floor in measures.items():
                value = getattr(found[part].scores[level], measure).value
                assert value - floor < 0.03, f"raise the floor of {part}, {level}, {measure} to {value:.3f}"


def test_every_level_has_a_floor_in_every_part_that_labels_it(found: dict[str, Scored]) -> None:
    for part, scored in found.items():
        for level in ("duty", "fields", "cue", "kind", "attachment", "application"):
            assert scored.scores[level].labels
            assert set(floors()[part][level]) == {"precision", "recall"}


def test_sealed_files_are_as_they_were_sealed() -> None:
    lines = (GOLD / "sealed.sha256").read_text("utf-8").splitlines()
    listed = {name: sha256 for sha256, name in (line.split(maxsplit=1) for line in lines)}
    held = {f"sealed/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in paths("sealed")}
    assert held == listed


def test_the_set_is_as_large_as_it_says(rules: Rulebook) -> None:
    """At least 400 sentences of prose written for it, by documents seen or sealed, none in both."""
    documents = {part: [load(path) for path in paths(part)] for part in ("seen", "sealed")}
    for part, held in documents.items():
        assert {one.split for one in held} == {part}
    sentences = sum(
        paragraph.recommendation.count(". ") + paragraph.recommendation.count(".\n")
        for held in documents.values()
        for one in held
        for paragraph in one.paragraphs
    )
    assert sentences >= 400
    names = [one.document for held in documents.values() for one in held]
    assert len(names) == len(set(names))


def test_a_lost_rule_is_noticed(rules: Rulebook) -> None:
    """The score is of the engine: take a rule away and it falls."""
    path = sorted(paths("seen"))[0].stem
    unit = next(one for one in units("seen", rules) if one.name.startswith(path) and one.qualifiers)
    one = unit.qualifiers[0]
    whole = judge(unit).counts["cue"]
    without = rules.model_copy(
        update={"qualifiers": tuple(rule for rule in rules.qualifiers if rule.id != one.rule)}
    )
    poorer = next(other for other in units("seen", without) if other.name == unit.name)
    assert judge(poorer).counts["cue"].hit < whole.hit


def test_counts_give_shares_with_their_intervals() -> None:
    """Wilson's interval of 8 of 10 (0.490 to 0.943) as in the literature's worked examples."""
    assert str(share(8, 10)) == "0.800 (0.490–0.943)"
    line = score([Count(3, 1, 0), Count(1, 0, 1)])
    assert (line.labels, line.precision.value, line.recall.value) == (5, 0.8, 0.8)
    assert line.f1.value == pytest.approx(0.8)
    assert score([Count(), Count()]).f1.value is None


def test_a_floor_for_what_is_not_scored_is_a_fault(tmp_path: Path) -> None:
    empty = {"seen": Scored(0, {}, {})}
    assert below(empty, {"seen": {"cue": {"recall": 0.5}}}) == [
        "seen, cue: recall is not scored, and has a floor of 0.5"
    ]
