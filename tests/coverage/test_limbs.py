"""Whom the applications leave out: every measure's minimal sets of limbs, written by hand from the facts."""

import random
from collections.abc import Iterator, Mapping

import pytest

from analyser.analysis import Analysis
from analyser.coverage.study import Study
from analyser.logic.evaluate import Judge, atoms, evaluate
from analyser.model.base import Effect, Kind, Level, Nature, Truth
from analyser.model.exemption import Exemption, Literal
from analyser.model.logic import Atom, Condition

# Short names of limbs, as the facts put them. A set of limbs stands in {}; each alone leaves a service out.
NOT_LARGE = "size: under_700k, 700k_to_7m"
SMALL = "size: under_700k"
NO_MULTI_RISK = "kinds at medium or high, all: 0, 1"
NO_KIND = "kinds at medium or high, all: 0"
NEITHER = [{NOT_LARGE, NO_MULTI_RISK}]

DEFAULTS = [
    {"age_determination: none"},
    {"risk.grooming: low_or_negligible"},
    {NOT_LARGE, "risk.grooming: medium"},
    {
        "connection_lists: no",
        "direct_messaging: no",
        "location_sharing: no",
        "network_expansion_prompts: no",
    },
]

TABLE: dict[str, list[set[str]]] = {
    # large
    "ICU A1": [{NOT_LARGE}],
    # large OR multi-risk
    "ICU A3": NEITHER,
    "ICU A5": NEITHER,
    "ICU A6": NEITHER,
    "ICU A7": NEITHER,
    "ICU C3": NEITHER,
    "ICU C4": NEITHER,
    "ICU C5": NEITHER,
    "ICU C6": NEITHER,
    "ICU C7": NEITHER,
    "ICU C8": NEITHER,
    "ICU D8": NEITHER,
    # NOT large AND NOT multi-risk
    "ICU D9": [{"size: large"}, {"kinds at medium or high, all: 2+"}],
    # large AND multi-risk
    "ICU A4": [{NOT_LARGE}, {NO_MULTI_RISK}],
    # images AND ((high AND (more than 700,000 OR file-sharing)) OR (large AND medium or high))
    "ICU C9": [
        {"images_or_video: no"},
        {"risk.image_based_csam: low_or_negligible"},
        {NOT_LARGE, "risk.image_based_csam: medium"},
        {SMALL, "risk.image_based_csam: high", "file_sharing: no"},
    ],
    # (large AND medium or high) OR (more than 700,000 AND high)
    "ICU C10": [
        {"risk.csam_urls: low_or_negligible"},
        {NOT_LARGE, "risk.csam_urls: medium"},
        {SMALL, "risk.csam_urls: high"},
    ],
    # children AND (large OR any kind at medium or high)
    "ICU D3": [{"likely_accessed_by_children: no"}, {NOT_LARGE, NO_KIND}],
    "ICU D5": [{"likely_accessed_by_children: no"}, {NOT_LARGE, NO_KIND}],
    # large OR any kind at medium or high
    "ICU D4": [{NOT_LARGE, NO_KIND}],
    "ICU D6": [{NOT_LARGE, NO_KIND}],
    # large AND fraud at medium or high
    "ICU D14": [{NOT_LARGE}, {"risk.fraud: low_or_negligible"}],
    # recommender AND tests AND two of the listed kinds at medium or high
    "ICU E1": [
        {"content_recommender: no"},
        {"recommender_testing: no"},
        {
            "kinds at medium or high, "
            "csam_urls drugs extreme_pornography foreign_interference harassment hate "
            "image_based_csam intimate_image_abuse suicide_and_self_harm terrorism: 0, 1"
        },
    ],
    # existing means AND (high OR (large AND medium)) AND one of the functionalities
    "ICU F1": DEFAULTS,
    "ICU F2": DEFAULTS,
    "ICU G2": [{"category.1: no"}],
    # large AND one of the listed kinds AND profiles AND one of the functionalities
    "ICU J1": [
        {NOT_LARGE},
        {"user_profiles: no"},
        {
            "kinds at medium or high, controlling_or_coercive_behaviour grooming harassment hate "
            "suicide_and_self_harm: 0"
        },
        {
            "comments: no",
            "direct_messaging: no",
            "group_messaging: no",
            "posts: no",
            "user_connections: no",
        },
    ],
    "ICU J2": [
        {NOT_LARGE},
        {"comments: no"},
        {"kinds at medium or high, grooming harassment hate suicide_and_self_harm terrorism: 0"},
    ],
    "ICU J3": [
        {NOT_LARGE},
        {"labelling_scheme: no"},
        {"kinds at medium or high, foreign_interference fraud: 0"},
    ],
}
# The facts list the fourteen that apply to every service, however small and whatever its risk.
EVERY_SERVICE = {"A2", "C1", "C2", "D1", "D2", "D7", "D10", "D11", "D12", "D13", "G1", "G3", "H1"}


def limbs_of(study: Study, measure: str) -> tuple[Exemption, ...]:
    return study.limbs.get(measure, ())


def told(literal: Literal, study: Study) -> str:
    values = ", ".join({"True": "yes", "False": "no"}.get(value, value) for value in map(str, literal.values))
    if literal.harms:
        harms = "all" if set(literal.harms) == study.revision.counting else " ".join(literal.harms)
        return f"kinds at medium or high, {harms}: {values}"
    for family in ("functionality.", "service_type."):
        if literal.fact.startswith(family):
            return f"{literal.fact.removeprefix(family)}: {values}"
    return f"{literal.fact}: {values}"


@pytest.mark.parametrize("measure", TABLE)
def test_the_minimal_sets_of_limbs_that_leave_a_service_out(study: Study, measure: str) -> None:
    found = [{told(literal, study) for literal in one.limbs} for one in limbs_of(study, measure)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, TABLE[measure]))


def test_no_other_measure_leaves_anyone_out_by_its_application(study: Study) -> None:
    measures = {measure.id for measure in study.document.measures}
    assert {measure for measure in measures if not limbs_of(study, measure)} == {
        f"ICU {name}" for name in EVERY_SERVICE
    }
    assert {one.measure for one in study.exemptions if one.nature is Nature.APPLICATION} == set(TABLE)
    assert len(measures) == 41


KINDS_OF_LIMBS = [
    ("ICU A1", {Kind.SIZE_THRESHOLD}),
    ("ICU A4", {Kind.SIZE_THRESHOLD, Kind.RISK_THRESHOLD}),
    ("ICU C9", {Kind.SIZE_THRESHOLD, Kind.RISK_THRESHOLD, Kind.FUNCTIONALITY_PRECONDITION}),
    ("ICU C10", {Kind.SIZE_THRESHOLD, Kind.RISK_THRESHOLD}),
    ("ICU D3", {Kind.SIZE_THRESHOLD, Kind.RISK_THRESHOLD, Kind.AUDIENCE_PRECONDITION}),
    ("ICU D14", {Kind.SIZE_THRESHOLD, Kind.RISK_THRESHOLD}),
    ("ICU E1", {Kind.RISK_THRESHOLD, Kind.FUNCTIONALITY_PRECONDITION}),
    (
        "ICU F1",
        {Kind.SIZE_THRESHOLD, Kind.RISK_THRESHOLD, Kind.AGE_PRECONDITION, Kind.FUNCTIONALITY_PRECONDITION},
    ),
    ("ICU G2", {Kind.CATEGORY_PRECONDITION}),
    ("ICU J1", {Kind.SIZE_THRESHOLD, Kind.RISK_THRESHOLD, Kind.FUNCTIONALITY_PRECONDITION}),
]


@pytest.mark.parametrize(("measure", "kinds"), KINDS_OF_LIMBS)
def test_each_limb_has_the_kind_of_its_fact(study: Study, measure: str, kinds: set[Kind]) -> None:
    assert {literal.kind for one in limbs_of(study, measure) for literal in one.limbs} == kinds


def test_a_failing_application_lifts_every_duty_of_its_measure_and_points_at_its_words(study: Study) -> None:
    text = study.document.text
    for one in (one for one in study.exemptions if one.nature is Nature.APPLICATION):
        measure = study.document.measure(one.measure)
        assert measure is not None
        assert (one.effect, one.level) == (Effect.LIFTS, Level.MATERIAL)
        assert one.span.of(text) == one.quote != ""
        assert any(paragraph.span.holds(one.span) for paragraph in measure.application)
        assert one.duties == tuple(duty.id for duty in study.duties if duty.measure == one.measure)
        rated = any(literal.kind is Kind.RISK_THRESHOLD for literal in one.limbs)
        assert ("the provider's own" in one.note) is rated


# --- settled by enumeration: services one by one, without the grid ---

LEVELS = ("negligible", "low", "medium", "high")
AGES = ("none", "existing", "highly_effective")
USERS = (0, 699_999, 700_000, 700_001, 7_000_000, 7_000_001)


def judge(service: Mapping[str, object]) -> Judge:
    def said(atom: Atom) -> Truth:
        value, asked = service[atom.fact], atom.value
        scale = (
            LEVELS if atom.fact.startswith("risk.") else AGES if atom.fact == "age_determination" else None
        )
        if scale:
            value, asked = scale.index(str(value)), scale.index(str(asked))
        compared = {
            "=": value == asked,
            "!=": value != asked,
            ">": isinstance(value, int) and isinstance(asked, int) and value > asked,
            ">=": isinstance(value, int) and isinstance(asked, int) and value >= asked,
            "<": isinstance(value, int) and isinstance(asked, int) and value < asked,
            "<=": isinstance(value, int) and isinstance(asked, int) and value <= asked,
        }
        return Truth.YES if compared[atom.op] else Truth.NO

    return said


def services(conditions: list[Condition], number: int = 400) -> Iterator[dict[str, object]]:
    """Yield services that differ in every fact named, many of them with few kinds at medium or high."""
    chance = random.Random(20250224)
    facts = sorted({atom.fact for condition in conditions for atom in atoms(condition)})
    risks = [fact for fact in facts if fact.startswith("risk.")]
    for _ in range(number):
        rated = set(chance.sample(risks, min(len(risks), chance.choice([0, 1, 1, 2, 3]))))
        service: dict[str, object] = {}
        for fact in facts:
            if fact in risks:
                service[fact] = chance.choice(LEVELS[2:] if fact in rated else LEVELS[:2])
            elif fact == "uk_monthly_users":
                service[fact] = chance.choice(USERS)
            elif fact == "age_determination":
                service[fact] = chance.choice(AGES)
            else:
                service[fact] = chance.choice([True, True, False])
        yield service


@pytest.mark.parametrize("measure", TABLE)
def test_a_measure_does_not_apply_exactly_where_one_of_its_sets_of_limbs_holds(
    study: Study, measure: str
) -> None:
    application = study.applications[measure].condition
    holding = [one.holds for one in limbs_of(study, measure) if one.holds is not None]
    assert len(holding) == len(limbs_of(study, measure))
    answers = set()
    for service in services([application, *holding]):
        out = [evaluate(one, judge(service)) is Truth.YES for one in holding]
        applies = evaluate(application, judge(service))
        assert (applies is Truth.NO) is any(out), service
        answers.add(applies)
    assert answers == {Truth.YES, Truth.NO}


@pytest.mark.parametrize("measure", TABLE)
def test_every_limb_of_a_set_is_needed(study: Study, measure: str) -> None:
    """Without any one limb (but the level of risk) a set holds for a service to which the measure applies."""
    application = study.applications[measure].condition
    for one in limbs_of(study, measure):
        for literal in one.limbs:
            if literal.fact.startswith("risk."):
                continue
            kept = [other for other in one.limbs if other is not literal]
            assert any(
                evaluate(application, judge(service)) is Truth.YES
                and all(_has(service, other) for other in kept)
                for service in services([application], 4000)
            ), (one.id, literal.fact)


def _has(service: Mapping[str, object], literal: Literal) -> bool:
    """Say whether a service has a limb, read from the limb's values alone."""
    if literal.harms:
        at = sum(LEVELS.index(str(service[f"risk.{harm}"])) >= 2 for harm in literal.harms)
        return any(
            at >= int(value[:-1]) if value.endswith("+") else at == int(value)
            for value in map(str, literal.values)
        )
    if literal.fact == "size":
        users = int(str(service["uk_monthly_users"]))
        band = "under_700k" if users <= 700_000 else "700k_to_7m" if users <= 7_000_000 else "large"
        return band in literal.values
    if literal.fact.startswith("risk."):
        level = str(service[literal.fact])
        return (level if level in ("medium", "high") else "low_or_negligible") in literal.values
    value = service[literal.fact]
    if literal.fact == "age_determination":
        return value in literal.values or (value != "none" and "existing_or_better" in literal.values)
    return value in literal.values


# --- compensation ---


def test_the_two_measures_on_appeals_make_up_for_each_other_and_nothing_else_is_made_up_for(
    analysis: Analysis,
) -> None:
    """D8 asks large or multi-risk services to determine appeals promptly, D9 exactly the others."""
    made_up = {
        row.id.rpartition("/")[2]: row.compensated_by
        for row in analysis.exemption_rows()
        if row.compensated_by
    }
    key = analysis.document.key
    assert made_up == {
        "D8.1#size_threshold-1": (f"{key}/D9.2/d1",),
        "D9.1#size_threshold-1": (f"{key}/D8.2/d1",),
        "D9.1#risk_threshold-1": (f"{key}/D8.2/d1",),
    }
    for row in analysis.exemption_rows():
        if row.compensated_by:
            assert row.leaves == ()
