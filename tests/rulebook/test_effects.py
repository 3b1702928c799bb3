"""What rules of one's own change in the findings, and everything about one rule."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analyser import library
from analyser.analysis import Analysis, analyse
from analyser.errors import UsageError
from analyser.reporting.rules_rows import RulesDiffRow, RulesExplainRow
from analyser.rulebook.effects import effects, summary
from analyser.rulebook.telling import explain_rule

from .overlays import OWN_WORLD, rules_with, write

Diff = Callable[[str], tuple[RulesDiffRow, ...]]


@pytest.fixture
def diff(tmp_path: Path, analysis: Analysis, no_cache: None) -> Diff:
    """Return what an overlay changes in the built-in code."""

    def found(content: str) -> tuple[RulesDiffRow, ...]:
        rules = rules_with(write(tmp_path, mine=content))
        return effects(analysis, analyse(library.resolve(), rules))

    return found


def test_an_overlay_that_says_nothing_changes_nothing(diff: Diff) -> None:
    rows = diff("pack: overlay\n")
    assert rows == ()
    assert summary(rows) == "Nothing changes in the findings."


def test_a_softer_effect_closes_gaps_and_names_the_rule(diff: Diff) -> None:
    rows = diff("  - {id: feasibility.technical, amend: {effect: softens}}\n")
    because = "feasibility.technical amended: effect (mine.yaml, line 3)"
    assert {row.because for row in rows if row.what != "gap"} == {because}
    fields = [(row.before, row.after.partition(":")[0]) for row in rows if row.what == "exemption"]
    assert fields[0] == ("effect: lifts", "effect")
    assert fields[1][1] == "leaves"
    closed = [row for row in rows if row.what == "gap"]
    assert {row.change for row in closed} == {"closed"}
    assert all(row.before.startswith("escapable: take down") for row in closed)
    assert {row.after for row in closed} == {"now weakened"}
    assert {row.provision for row in closed} == {"ICU C2.2"}
    assert summary(rows) == f"1 exemption changed; {len(closed)} gaps closed."


def test_a_way_out_for_everybody_opens_gaps(diff: Diff) -> None:
    rows = diff(
        "pack: overlay\nqualifiers:\n"
        "  - {id: vague_standard.designed_to, amend: {effect: lifts, nature: exception, level: material, "
        "invocation: everybody}}\n"
        "invocation:\n"
        "  - {key: everybody, features: [{feature: any, answer: 'yes', why: a test, basis: unknown}]}\n"
    )
    opened = [row for row in rows if row.change == "opened"]
    assert opened
    assert all(row.before.startswith("was ") and row.after.startswith("escapable: ") for row in opened)
    assert all("vague_standard.designed_to amended" in row.because for row in opened)


def test_words_that_give_way_are_laid_at_the_door_of_the_rule_that_went(diff: Diff) -> None:
    rows = diff("  - {id: temporal.soon, disable: true, reason: a test}\n")
    changes = {row.change for row in rows if row.what == "exemption"}
    assert changes == {"removed", "added"}
    assert {row.because for row in rows} == {"temporal.soon disabled (mine.yaml, line 3)"}


def test_a_function_rule_changes_duties_field_by_field(diff: Diff) -> None:
    rows = diff("pack: overlay\nfunctions:\n  - {id: take_down.content, amend: {breadth: part}}\n")
    duties = [row for row in rows if row.what == "duty"]
    assert [(row.before, row.after) for row in duties] == [("breadth: whole", "breadth: part")]
    assert {row.because for row in duties} == {"take_down.content amended: breadth (mine.yaml, line 3)"}


def test_a_weight_moves_gaps_and_opens_none(diff: Diff) -> None:
    rows = diff("pack: overlay\nweights:\n  - {id: state.no_measure, amend: {value: 9}}\n")
    assert {(row.change, row.what) for row in rows} == {("moved", "weight order")}
    assert all(row.before.startswith("place ") and row.after.startswith("place ") for row in rows)
    assert {row.because for row in rows} == {"state.no_measure amended: value (mine.yaml, line 3)"}


def test_a_service_of_ones_own_opens_gaps_that_name_it(diff: Diff) -> None:
    rows = diff(OWN_WORLD)
    opened = [row for row in rows if row.change == "opened"]
    assert opened
    assert all("verse" in row.because for row in opened)


def test_one_rule_is_told_whole(tmp_path: Path, no_cache: None) -> None:
    rules = rules_with(
        write(
            tmp_path, mine="  - {id: feasibility.technical, amend: {effect: softens}, reason: our reading}\n"
        )
    )
    judged = analyse(library.resolve(), rules)
    rows = explain_rule("feasibility.technical", judged, library.rulebook())
    told = {row.about: row for row in rows}
    assert told["stands in"].place == "rules/qualifiers/feasibility.yaml, line 4"
    assert (told["amended by"].says, told["amended by"].place) == (
        "an overlay (effect): our reading",
        "mine.yaml, line 3",
    )
    assert told["words"].says.endswith("(802 phrases)")
    assert told["effect"].says == "softens"
    assert {"needs", "unless", "why", "direction", "scope", "who could claim", "must read"} <= told.keys()
    assert matches(rows)["exemption icu/2025-02-24/C2.2#feasibility-1"] == "ICU C2.2"
    assert any(outcome.startswith("set aside: ") for outcome in matches(rows))


def matches(rows: tuple[RulesExplainRow, ...]) -> dict[str, str]:
    return {row.outcome: row.place for row in rows if row.about == "matches"}


def test_a_function_rule_is_told_with_the_duties_it_reads(analysis: Analysis) -> None:
    rows = explain_rule("take_down.content", analysis, analysis.rulebook)
    read = {row.place: row.outcome for row in rows if row.about == "reads"}
    assert read["icu/2025-02-24/C2.2/d1"].startswith("take_down for ")
    assert {"function", "action", "object"} <= {row.about for row in rows}


def test_a_disabled_rule_says_so_and_matches_nothing(tmp_path: Path, no_cache: None) -> None:
    rules = rules_with(write(tmp_path, mine="  - {id: temporal.soon, disable: true, reason: a test}\n"))
    rows = explain_rule("temporal.soon", analyse(library.resolve(), rules), library.rulebook())
    about = {row.about: row for row in rows}
    assert about["disabled by"].says == "an overlay: a test"
    assert about["state"].says == "it is disabled and reads nothing"
    assert "matches" not in about


def test_an_unknown_rule_names_the_nearest(analysis: Analysis) -> None:
    with pytest.raises(UsageError, match=r"there is no rule `temporal\.son`\. Did you mean temporal\.soon\?"):
        explain_rule("temporal.son", analysis, analysis.rulebook)
