"""Other regulators' prose, and text typed in by an analyst."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analyser import library
from analyser.exemptions import try_text
from analyser.rulebook import Rulebook

TABLE: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "other_regulators.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["text"][:50])
def test_the_rules_read_general_regulatory_english(row: dict[str, Any], rulebook: Rulebook) -> None:
    found = [one for one in try_text(row["text"], rulebook) if not one.suppressed]
    assert [{"quote": one.quote, "kind": one.kind, "effect": one.effect} for one in found] == row["words"]


def test_a_typed_sentence_shows_duty_and_reason(rulebook: Rulebook) -> None:
    (row,) = try_text("A provider must act, unless it is not technically feasible.", rulebook)[-1:]
    assert (row.quote, row.kind, row.nature, row.effect, row.suppressed) == (
        "unless it is not technically feasible",
        "feasibility",
        "exception",
        "lifts",
        False,
    )
    assert row.duty.lower() == "a provider must act"
    assert row.why.startswith("feasibility.technical (material): ")


def test_what_is_set_aside_is_shown_with_its_reason(rulebook: Rulebook) -> None:
    rows = try_text("A provider must act whether or not it is technically feasible.", rulebook)
    assert [(one.quote, one.suppressed, one.why) for one in rows if one.kind == "feasibility"] == [
        ("technically feasible", True, "feasibility.technical: taken back by “whether or not”")
    ]


RULEBOOK = library.rulebook()
WORDS = (
    *("the provider", "should", "must", "may", "need not", "unless", "except where", "technically feasible"),
    *("where appropriate", "communicated publicly", "or privately", "has reason to suspect", "proportionate"),
    *("if Recommendations ICU C4", "are not applicable", "means", "is", "at least two", "annual"),
    *(",", ".", ";", ":", "(", ")", "this does not apply"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=80))
def test_any_text_is_read_without_error_and_quoted_exactly(text: str) -> None:
    for row in try_text(text, RULEBOOK):
        assert row.quote
        assert row.quote in text
