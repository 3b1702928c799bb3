"""The search Code as restated: to whom it applies, what its duties do, and how little of it is known."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from analyser import library
from analyser.analysis import Analysis, analyse
from analyser.applications.reconcile import Verdict, reconcile
from analyser.logic.evaluate import evaluate
from analyser.model.base import Basis, Force, Truth
from analyser.model.logic import Atom
from analyser.model.text import Provision
from analyser.profiles import read_archetypes
from analyser.profiles.facts import Value, compare

RULEBOOK = library.rulebook()
ARCHETYPES = read_archetypes(library.rules_dir(), RULEBOOK)
REVISION = "illegal-content-search@2025-02-24"


@cache
def search() -> Analysis:
    return analyse(library.resolve(REVISION), RULEBOOK)


class World(NamedTuple):
    """One search service, as far as the conditions of the code ask."""

    general: bool
    users: int
    fraud: str
    hate: str
    csea: str
    children: bool
    predictive: bool
    category_2a: bool

    @property
    def large_general(self) -> bool:
        return self.general and self.users > 7_000_000

    @property
    def at_risk(self) -> int:
        """How many kinds are rated medium or high; image-based CSAM is rated as CSEA is and never counted."""
        return sum(level in ("medium", "high") for level in (self.fraud, self.hate, self.csea))

    def truth(self, atom: Atom) -> Truth:
        return Truth.YES if compare(self._value(atom.fact), atom) else Truth.NO

    def _value(self, fact: str) -> Value:
        risks = {"fraud": self.fraud, "hate": self.hate, "csea": self.csea, "image_based_csam": self.csea}
        if fact.startswith("risk."):
            return risks.get(fact.removeprefix("risk."), "low")
        return {
            "uk_monthly_users": self.users,
            "service_type.general_search": self.general,
            "service_type.vertical_search": not self.general,
            "likely_accessed_by_children": self.children,
            "predictive_search": self.predictive,
            "category.2a": self.category_2a,
        }[fact]


FLAGS = (False, True)
WORLDS = [
    World(*facts)
    for facts in product(
        FLAGS,
        (700_000, 7_000_000, 7_000_001),
        ("low", "medium", "high"),
        ("negligible", "medium"),
        ("low", "high"),
        FLAGS,
        FLAGS,
        FLAGS,
    )
]

Rule = Callable[[World], bool]


def every(_: World) -> bool:
    return True


def large_general(world: World) -> bool:
    return world.large_general


def large_or_multi_risk(world: World) -> bool:
    return world.large_general or world.at_risk >= 2


def large_or_any_risk(world: World) -> bool:
    return world.large_general or world.at_risk >= 1


def children_and_large_or_any_risk(world: World) -> bool:
    return world.children and large_or_any_risk(world)


# To whom each measure applies, as the fact base has it.
APPLIES: dict[str, Rule] = {
    "A1": large_general,
    "A2": every,
    "A3": large_or_multi_risk,
    "A4": lambda world: world.large_general and world.at_risk >= 2,
    "A5": large_or_multi_risk,
    "A6": large_or_multi_risk,
    "A7": large_or_multi_risk,
    "C1": every,
    "C2": large_or_multi_risk,
    "C3": large_or_multi_risk,
    "C4": large_or_multi_risk,
    "C5": large_or_multi_risk,
    "C6": large_or_multi_risk,
    "C7": lambda world: world.general,
    "D1": every,
    "D2": every,
    "D3": children_and_large_or_any_risk,
    "D4": large_or_any_risk,
    "D5": children_and_large_or_any_risk,
    "D6": large_or_any_risk,
    "D7": every,
    "D8": large_or_multi_risk,
    "D9": lambda world: not large_or_multi_risk(world),
    "D10": every,
    "D11": every,
    "D12": every,
    "D13": every,
    "D14": lambda world: world.large_general and world.fraud != "low",
    "F1": lambda world: world.large_general and world.predictive,
    "F2": large_general,
    "F3": large_general,
    "G1": every,
    "G2": lambda world: world.category_2a,
    "G3": every,
}


def test_the_code_has_the_measures_that_are_recalled() -> None:
    assert [measure.number for measure in search().document.measures] == list(APPLIES)
    assert len(APPLIES) == 34


@pytest.mark.parametrize("number", APPLIES)
def test_a_measure_applies_to_whom_the_facts_say(number: str) -> None:
    condition = search().study.applications[f"ICS {number}"].condition
    wrong = [
        world
        for world in WORLDS
        if (evaluate(condition, world.truth) is Truth.YES) is not APPLIES[number](world)
    ]
    assert wrong == []


def test_every_application_is_read_whole_and_the_index_says_the_same() -> None:
    study = search().study
    assert {name: one.unread for name, one in study.applications.items() if one.unread} == {}
    kinds = [harm for harm in study.revision.harms if harm in study.revision.counting]
    verdicts = reconcile(study.document, study.applications, RULEBOOK, kinds)
    assert [(one.measure, one.verdict) for one in verdicts if one.verdict is not Verdict.SAME] == []


# What the main duties do for people: function, whole or part, and for which harms (`all`: every kind).
SERVES: dict[str, set[tuple[str, str, str]]] = {
    "A1.u2": {("govern", "whole", "all")},
    "A5.u2": {("govern", "whole", "all")},
    # Search content may be ranked lower instead: a qualifier says so, and the duty reaches all of it.
    "C1.u2": {("take_down", "whole", "all")},
    "C1.u4": {("review", "whole", "all")},
    "C1.u5": {("take_down", "part", "all")},
    "C4.u3": {("govern", "part", "all")},
    # A listed address is found and taken out without a report; images elsewhere are not looked for.
    "C7.u2": {
        ("detect", "whole", "csam_urls"),
        ("detect", "part", "csea"),
        ("take_down", "part", "csam_urls"),
        ("take_down", "part", "csea"),
    },
    "C7.u3": {
        ("detect", "part", "image_based_csam"),
        ("detect", "part", "csea"),
        ("take_down", "part", "image_based_csam"),
        ("take_down", "part", "csea"),
    },
    "C7.u7": {("redress", "part", "csam_urls"), ("redress", "part", "csea")},
    "D1.u2": {("report_and_complain", "whole", "all")},
    "D9.u2": {("redress", "whole", "all")},
    "D10.u2": {("redress", "whole", "all")},
    "D14.u2": {("report_and_complain", "part", "fraud")},
    "F1.u2": {("report_and_complain", "part", "all")},
    "F1.u3": {("review", "part", "all")},
    "F1.u4": {("prevent", "part", "all")},
    # A request is found, not content: no detection.
    "F2.u2": {("prevent", "part", "image_based_csam"), ("prevent", "part", "csea")},
    "F3.u2": {("support", "part", "suicide_and_self_harm")},
    "G1.u2": {("inform", "whole", "all")},
    "G2.u2": {("inform", "part", "all")},
}


@pytest.mark.parametrize("number", SERVES)
def test_a_duty_serves_what_its_words_say(number: str) -> None:
    served: set[tuple[str, str, str]] = set()
    for duty in search().study.duties:
        if duty.provision == f"ICS {number}":
            harms: dict[tuple[str, str], set[str]] = {}
            for reach in duty.reaches:
                harms.setdefault((reach.function, reach.breadth), set()).add(reach.harm)
            for (function, breadth), found in harms.items():
                everything = found == set(search().revision.harms)
                served |= {(function, breadth, harm) for harm in (["all"] if everything else found)}
    assert served == SERVES[number]


def test_no_duty_is_left_without_a_function() -> None:
    idle = [
        duty.id for duty in search().study.duties if not duty.reaches and duty.force is not Force.PERMITTED
    ]
    assert idle == []


def test_grooming_is_no_kind_of_the_search_code() -> None:
    assert "grooming" not in search().revision.harms
    assert {"image_based_csam", "csam_urls", "cyberflashing"} & set(search().revision.harms) == {
        "image_based_csam",
        "csam_urls",
    }


# Every short phrase of the fact base, at its measure. None was seen quoted from this code.
PHRASES: dict[str, list[str]] = {
    "A1": ["most senior governance body"],
    "A2": ["accountable to the most senior governance body"],
    "A4": ["independent assurance"],
    "A5": ["unusual increases"],
    "A7": ["design and operational management"],
    "C1": [
        "of which it is aware",
        "appropriate action",
        "illegal content proxy",
        "reason to suspect",
        "deindex or downrank",
        "prevalence of illegal content",
    ],
    "C2": ["have regard to"],
    "C4": ["trusted flagger"],
    "C5": ["external events"],
    "C6": ["non-volunteers"],
    "C7": [
        "entirely or predominantly dedicated to",
        "deindexed",
        "with expertise in the identification of CSAM",
        "unauthorised access, interference or exploitation",
    ],
    "D1": ["interested person", "affected persons"],
    "D2": [
        "easy to find and easily accessible",
        "reasonably necessary steps",
        "dependent on assistive technologies",
    ],
    "D4": ["indicative timeframe"],
    "D7": ["it should consider the complaint promptly"],
    "D8": ["content identification technology"],
    "D9": ["promptly"],
    "D12": ["responsible individual or a team", "timeframes the provider has determined are appropriate"],
    "D13": ["manifestly unfounded"],
    "D14": ["trusted flagger"],
    "F1": ["easily report", "clear and logical risk"],
    "F2": ["clearly suggests", "prominently displayed"],
    "F3": [
        "specific, practical or instructive information",
        "reputable mental health or suicide prevention organisation",
        "prominently",
    ],
    "G3": ["reading age comprehensible for the youngest individual permitted"],
}

# Terms and factors that limit no duty: no rule has to read them.
NO_LIMITS = {
    "most senior governance body",
    "prevalence of illegal content",
    "external events",
    "deindexed",
    "unauthorised access, interference or exploitation",
    "dependent on assistive technologies",
    "content identification technology",
    "responsible individual or a team",
}


def provisions() -> Iterator[tuple[str, Provision]]:
    for measure in search().document.measures:
        for provision in measure.provisions():
            yield measure.number, provision


def test_every_phrase_of_the_facts_stands_in_its_measure() -> None:
    text = search().document.text
    found: dict[str, set[str]] = {}
    for number, provision in provisions():
        for phrase in provision.phrases:
            assert phrase.phrase.lower() in provision.span.of(text).lower()
            found.setdefault(number, set()).add(phrase.phrase)
    assert found == {number: set(phrases) for number, phrases in PHRASES.items()}


def test_every_phrase_that_limits_a_duty_is_read_or_set_aside_with_a_reason() -> None:
    study = search().study
    spans = [*(one.span for one in study.exemptions), *(one.span for one in study.suppressed)]
    missed = set()
    for _, provision in provisions():
        words = provision.span.of(study.document.text).lower()
        for phrase in provision.phrases:
            start = provision.span.start + words.index(phrase.phrase.lower())
            end = start + len(phrase.phrase)
            if not any(span.start < end and start < span.end for span in spans):
                missed.add(phrase.phrase)
    assert missed == NO_LIMITS


def test_nothing_of_the_measures_is_more_than_recalled() -> None:
    recalled = {Basis.RECALL_HIGH, Basis.RECALL_MEDIUM, Basis.RECALL_LOW}
    for measure in search().document.measures:
        assert not measure.text_complete
        assert {measure.title_basis, measure.codes_basis, measure.duties_basis} <= recalled
    for _, provision in provisions():
        assert provision.text_basis in recalled
        assert provision.number_basis is Basis.UNKNOWN
        assert {phrase.basis for phrase in provision.phrases} <= recalled


def test_how_the_paragraphs_are_known() -> None:
    paragraphs = [
        part
        for measure in search().document.measures
        for part in (*measure.application, *measure.recommendation)
    ]
    assert Counter(part.text_basis for part in paragraphs) == {
        Basis.RECALL_HIGH: 8,
        Basis.RECALL_MEDIUM: 94,
        Basis.RECALL_LOW: 8,
    }
    assert search().document.placed == 1.0


def states(service: str, harm: str, function: str) -> set[str]:
    return {
        row.state
        for row in search().matrix_rows()
        if (row.service, row.harm, row.function) == (service, harm, function)
    }


@pytest.mark.parametrize(
    ("service", "harm", "function", "state"),
    [
        # Listed addresses are found on general search whatever its size, and not at all on vertical search.
        ("general_search", "csam_urls", "detect", "covered"),
        ("general_search", "image_based_csam", "detect", "weakened"),
        ("vertical_search", "csam_urls", "detect", "out_of_scope"),
        # Ranking lower is open to the provider.
        ("general_search", "terrorism", "take_down", "weakened"),
        # Warnings and help at the query stop at large services.
        ("general_search", "image_based_csam", "prevent", "out_of_scope"),
        ("general_search", "suicide_and_self_harm", "support", "out_of_scope"),
        ("vertical_search", "suicide_and_self_harm", "support", "out_of_scope"),
        ("general_search", "intimate_image_abuse", "detect", "no_measure"),
        # Those who share what search finds have no account there.
        ("general_search", "fraud", "account_action", "not_applicable"),
        ("vertical_search", "fraud", "report_and_complain", "covered"),
    ],
)
def test_what_a_type_of_search_service_is_left_with(
    service: str, harm: str, function: str, state: str
) -> None:
    assert states(service, harm, function) == {state}


def test_a_profile_of_a_search_service_is_judged() -> None:
    large = {row.measure: row.applies for row in search().check_rows(ARCHETYPES["general-search-large"])}
    assert [name for name, applies in large.items() if applies == "no"] == ["ICS D9"]
    # No key of a profile says whether searches are predicted, and this one leaves its category open.
    assert [name for name, applies in large.items() if applies == "unknown"] == ["ICS F1", "ICS G2"]
    small = {row.measure: row.applies for row in search().check_rows(ARCHETYPES["vertical-search"])}
    assert [name for name, applies in small.items() if applies == "yes"] == [
        *("ICS A2", "ICS C1", "ICS D1", "ICS D2", "ICS D7"),
        *("ICS D9", "ICS D10", "ICS D11", "ICS D12", "ICS D13", "ICS G1", "ICS G3"),
    ]
    downstream = {
        row.measure: row.applies for row in search().check_rows(ARCHETYPES["downstream-general-search"])
    }
    assert (downstream["ICS C7"], downstream["ICS F2"]) == ("yes", "no")


def test_no_measure_of_it_applies_to_a_user_to_user_service() -> None:
    rows = search().check_rows(ARCHETYPES["open-social-network"])
    assert {(row.applies, row.because) for row in rows} == {("no", ("not a search service",))}


def test_the_amendment_of_2026_says_what_was_not_seen() -> None:
    (entry,) = (one for one in library.code("illegal-content-search").revisions if one.amends)
    assert (entry.revision, entry.kind, entry.amends) == ("2026-09-09", "amending_instrument", "2025-02-24")
    assert (entry.issued, entry.in_force, entry.laid) == ("2026-09-09", "2026-09-30", "2026-06-01")
    text = (library.codes_dir() / "illegal-content-search" / entry.file).read_text(encoding="utf-8")
    assert "C8.u1 [not seen]\n{: number=unknown text=unknown}" in text
    assert "700,000" not in text


def test_an_application_that_was_not_seen_binds_nobody_and_frees_nobody(tmp_path: Path) -> None:
    base = library.resolve(REVISION).path.read_text(encoding="utf-8")
    before, _, after = base.partition("C7.u1 This measure applies")
    own = tmp_path / "unseen.md"
    own.write_text(f"{before}C7.u1 [not seen]{after[after.index(chr(10)) :]}", encoding="utf-8")
    application = analyse(library.resolve(str(own)), RULEBOOK).study.applications["ICS C7"]
    assert application.unread
    assert {evaluate(application.condition, world.truth) for world in WORLDS} == {Truth.UNKNOWN}
