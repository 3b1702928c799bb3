"""The rules of rules/functions.yaml: each reads its examples, and only those."""

import pytest

from analyser import library
from analyser.duties import serves
from analyser.model.base import Function
from analyser.rulebook import Rulebook
from analyser.rulebook.models import FunctionRule

RULES = library.rulebook().functions


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_reads_its_examples(rule: FunctionRule) -> None:
    assert rule.examples.match
    assert rule.examples.miss
    for sentence in rule.examples.match:
        assert serves(rule, sentence), sentence
    for sentence in rule.examples.miss:
        assert not serves(rule, sentence), sentence


def test_every_function_has_a_label_and_a_rule(rulebook: Rulebook) -> None:
    assert [label.key for label in rulebook.function_labels] == list(Function)
    assert {rule.function for rule in rulebook.functions} == set(Function)
    assert all(rule.id.startswith(f"{rule.function}.") for rule in rulebook.functions)


def test_what_is_judged_once_is_what_the_design_says(rulebook: Rulebook) -> None:
    once = {label.key for label in rulebook.function_labels if label.judged_once}
    assert once == {Function.GOVERN, Function.REPORT_AND_COMPLAIN, Function.REDRESS, Function.INFORM}
    wronged = {label.key for label in rulebook.function_labels if label.protects == "wrongly_moderated"}
    assert wronged == {Function.REDRESS}
