"""The applications of the built-in code: to whom each of its 41 measures applies, over every combination of
facts.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from analyser.applications.conditions import key_of
from analyser.applications.read import Application, index_conditions, read_applications
from analyser.logic.evaluate import atoms, evaluate
from analyser.model.base import Truth
from analyser.model.logic import AtLeast, Not, Term
from analyser.model.text import Document
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from analyser.profiles.facts import ProfileFacts
from analyser.profiles.model import Profile
from analyser.reading.markdown import parse_markdown
from analyser.rulebook import Rulebook

from .truth_tables import difference, implies, leaves, written

HELD: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("builtin.yaml").read_text(encoding="utf-8"))
EXPECTED: dict[str, str] = HELD["applications"]
NAMES: dict[str, str] = HELD["names"]
Applications = dict[str, Application]


def judged(application: Application, rulebook: Rulebook, **given: Any) -> Truth:
    """Judge an application for a partial profile."""
    facts = ProfileFacts.of(Profile.model_validate(given), rulebook)
    return evaluate(application.condition, facts.judge_atom)


def test_every_measure_has_its_application_and_no_other(applications: Applications) -> None:
    assert list(applications) == list(EXPECTED)
    assert not [measure for measure, one in applications.items() if one.unread]


@pytest.mark.parametrize("measure", EXPECTED)
def test_an_application_is_that_of_the_fact_base(
    measure: str, applications: Applications, kinds: tuple[str, ...]
) -> None:
    assert difference(applications[measure].condition, written(EXPECTED[measure], NAMES, kinds)) == ""


def test_multi_risk_counts_the_kinds_of_this_revision_and_none_of_the_sub_rows(
    applications: Applications, kinds: tuple[str, ...]
) -> None:
    # Table C of this revision: 17 kinds; rows 2A to 2C are parts of row 2, and cyberflashing came later.
    assert len(kinds) == 17
    assert not {"grooming", "image_based_csam", "csam_urls", "cyberflashing", "other_illegal_content"} & {
        *kinds
    }
    condition = applications["ICU A3"].condition
    named = {atom.fact for atom in atoms(condition)}
    assert named == {"uk_monthly_users", *(f"risk.{kind}" for kind in kinds)}


def test_large_and_multi_risk_are_kept_as_the_terms_they_are(applications: Applications) -> None:
    either, neither = applications["ICU D8"].condition, applications["ICU D9"].condition
    assert either.node == "any"
    large, multi_risk = either.parts
    assert isinstance(large, Term)
    assert isinstance(multi_risk, Term)
    assert (large.name, multi_risk.name) == ("large service", "multi-risk service")
    assert isinstance(multi_risk.meaning, AtLeast)
    assert multi_risk.meaning.count == 2
    assert isinstance(neither, Not)
    assert key_of(neither.part) == key_of(either), "D9 is for those that D8 leaves out"


@pytest.mark.parametrize(
    ("users", "large"), [(7_000_000, Truth.NO), (7_000_001, Truth.YES), (None, Truth.UNKNOWN)]
)
def test_large_is_more_than_seven_million(
    users: int | None, large: Truth, applications: Applications, rulebook: Rulebook
) -> None:
    assert judged(applications["ICU A1"], rulebook, uk_monthly_users=users) is large


@pytest.mark.parametrize(("users", "applies"), [(700_000, Truth.NO), (700_001, Truth.YES)])
def test_the_lower_threshold_is_more_than_seven_hundred_thousand(
    users: int, applies: Truth, applications: Applications, rulebook: Rulebook
) -> None:
    given = {"uk_monthly_users": users, "risk": {"csam_urls": "high"}}
    assert judged(applications["ICU C10"], rulebook, **given) is applies


@pytest.mark.parametrize(
    ("risk", "applies"),
    [
        ({"csea": "high", "others": "low"}, Truth.NO),  # one kind
        ({"csea": "low", "grooming": "high", "others": "low"}, Truth.NO),  # raised, still one
        ({"grooming": "high", "csam_urls": "high", "others": "low"}, Truth.NO),  # two parts of one kind
        (
            {"grooming": "medium", "fraud": "medium", "others": "low"},
            Truth.YES,
        ),  # CSEA by its part, and fraud
        ({"csea": "low", "fraud": "medium", "others": "low"}, Truth.NO),
        ({"other_illegal_content": "high", "fraud": "high", "others": "low"}, Truth.NO),
        ({"fraud": "medium"}, Truth.UNKNOWN),
    ],
)
def test_csea_counts_once_and_as_high_as_its_parts(
    risk: dict[str, str], applies: Truth, applications: Applications, rulebook: Rulebook
) -> None:
    assert judged(applications["ICU A3"], rulebook, size="under_700k", risk=risk) is applies


def test_internal_assurance_needs_both_large_and_multi_risk(
    applications: Applications, rulebook: Rulebook
) -> None:
    one = {"fraud": "high", "others": "low"}
    two = {"fraud": "high", "hate": "medium", "others": "low"}
    assert judged(applications["ICU A4"], rulebook, size="large", risk=one) is Truth.NO
    assert judged(applications["ICU A4"], rulebook, size="700k_to_7m", risk=two) is Truth.NO
    assert judged(applications["ICU A4"], rulebook, size="large", risk=two) is Truth.YES


def test_each_row_of_the_index_says_what_the_body_says(
    document: Document, rulebook: Rulebook, kinds: tuple[str, ...], applications: Applications
) -> None:
    rows = index_conditions(document, rulebook, kinds)
    assert list(rows) == list(applications)
    blank = [measure for measure, row in rows.items() if row is None]
    assert blank == ["ICU D11", "ICU D12", "ICU D13"]
    for measure, row in rows.items():
        if row is None:
            continue
        condition, further = row
        body = applications[measure].condition
        if further:  # "subject to the further conditions in …": the index says less, never more
            assert implies(body, condition), measure
        else:
            assert difference(body, condition) == "", measure


def test_names_and_order_of_measures_change_no_application(
    source: str, rulebook: Rulebook, kinds: tuple[str, ...], applications: Applications
) -> None:
    own = [measure.removeprefix("ICU ") for measure in applications]
    renamed = {number: f"Q{place}" for place, number in enumerate(reversed(own), start=11)}
    words = re.sub(
        rf"\b({'|'.join(sorted(own, key=len, reverse=True))})\b(?!\d)",
        lambda match: renamed[match[1]],
        source,
    )
    words = re.sub(r"^(## ICU Q\d+) .*$", r"\1 Another title", words, flags=re.MULTILINE)
    before, *measures = re.split(r"^(?=## )", words, flags=re.MULTILINE)
    numbered = [part for part in measures if part.startswith("## ICU Q")]
    others = [part for part in measures if not part.startswith("## ICU Q")]
    assert len(numbered) == len(own)
    shuffled = before + "".join(reversed(numbered)) + "".join(others)
    document = parse(parse_markdown(shuffled, "renamed.md"), Numbering(prefix="ICU"), "icu")
    read = read_applications(document, rulebook, kinds)
    assert {measure: key_of(one.condition) for measure, one in read.items()} == {
        f"ICU {renamed[measure.removeprefix('ICU ')]}": key_of(one.condition)
        for measure, one in applications.items()
    }


def test_the_words_of_each_atom_are_where_its_span_says(
    document: Document, applications: Applications
) -> None:
    for measure, application in applications.items():
        for limb in leaves(application.condition):
            assert limb.span is not None, measure
            assert application.span.holds(limb.span), measure
            if isinstance(limb, Term):
                assert limb.span.of(document.text) == limb.name, measure
    users = next(atom for atom in atoms(applications["ICU C9"].condition) if atom.value == 700_000)
    assert users.span is not None
    assert users.span.of(document.text) == "more than 700,000"
