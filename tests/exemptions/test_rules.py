"""The rules as a set: every example holds, every `yes` is argued, no order of rules changes a finding."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyser import library
from analyser.exemptions import QualifierFindings, find, reads
from analyser.model.base import Invocable, Kind
from analyser.model.duty import Duty
from analyser.model.text import Document
from analyser.rulebook import Rulebook
from analyser.rulebook.cues import expand_all
from analyser.rulebook.models import QualifierRule

RULES = library.rulebook().qualifiers


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_examples_of_the_rule_hold(rule: QualifierRule, rulebook: Rulebook) -> None:
    assert rule.examples.match
    assert rule.examples.miss
    assert [text for text in rule.examples.match if not reads(rule.id, text, rulebook)] == []
    assert [text for text in rule.examples.miss if reads(rule.id, text, rulebook)] == []


def test_every_kind_of_the_contract_has_rules() -> None:
    assert {rule.kind for rule in RULES} == set(Kind)


def test_no_phrase_belongs_to_two_rules() -> None:
    owners: dict[str, set[str]] = {}
    for rule in RULES:
        for phrase in expand_all(rule.cue):
            owners.setdefault(phrase.lower(), set()).add(rule.id)
    assert {phrase: ids for phrase, ids in owners.items() if len(ids) > 1} == {}


def test_yes_is_argued_by_a_source_or_follows_from_a_limit_in_the_words(rulebook: Rulebook) -> None:
    limits = {rule.invocation for rule in RULES if rule.reaches_only or rule.kind in _THRESHOLDS}
    for table in rulebook.invocation:
        for feature in table.features:
            if feature.answer is Invocable.YES and not (feature.argued_by and feature.sources):
                assert table.key in limits, (table.key, feature.feature)


_THRESHOLDS = (Kind.SIZE_THRESHOLD, Kind.RISK_THRESHOLD, Kind.CATEGORY_PRECONDITION)


def test_every_table_is_used_by_a_rule(rulebook: Rulebook) -> None:
    assert {table.key for table in rulebook.invocation} == {
        rule.invocation for rule in RULES if rule.invocation
    }


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(min_value=0, max_value=2**31))
def test_the_order_of_rules_changes_nothing(
    seed: int, document: Document, duties: tuple[Duty, ...], rulebook: Rulebook, findings: QualifierFindings
) -> None:
    shuffled = list(rulebook.qualifiers)
    random.Random(seed).shuffle(shuffled)
    assert find(document, duties, rulebook.model_copy(update={"qualifiers": tuple(shuffled)})) == findings


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dropped=st.integers(min_value=0, max_value=len(RULES) - 1))
def test_a_rule_taken_away_takes_only_its_own_findings(
    dropped: int,
    document: Document,
    duties: tuple[Duty, ...],
    rulebook: Rulebook,
    findings: QualifierFindings,
) -> None:
    rule = rulebook.qualifiers[dropped]
    rest = tuple(one for one in rulebook.qualifiers if one.id != rule.id)
    found = find(document, duties, rulebook.model_copy(update={"qualifiers": rest})).exemptions
    kept = {(one.span.start, one.span.end, one.rule) for one in findings.exemptions if one.rule != rule.id}
    assert kept <= {(one.span.start, one.span.end, one.rule) for one in found}
