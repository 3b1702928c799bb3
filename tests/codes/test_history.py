"""The history of the user-to-user Code and the Act beside it: what the files say, what they do not know."""

import re
from functools import cache
from typing import Any

import pytest
import yaml

from analyser import library
from analyser.amending.apply import apply
from analyser.applications.read import Application, read_applications
from analyser.duties import DutyFindings, find
from analyser.exemptions import find as find_qualifiers
from analyser.logic.evaluate import atoms, evaluate
from analyser.model.base import Basis, Truth
from analyser.model.text import Document, Provision
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from analyser.profiles import Profile, ProfileFacts
from analyser.reading.markdown import parse_markdown

RULEBOOK = library.rulebook()
YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
U2U, ACT = "illegal-content-u2u", "online-safety-act"
DRAFT, ISSUED, LAID, AMENDING, STATUTE = "2023-11-09", "2025-02-24", "2026-06-18", "2026-09-09", "2026-06-29"
TEXTS = [(U2U, DRAFT), (U2U, LAID), (U2U, AMENDING), (ACT, STATUTE)]
NOT_SEEN = "[not seen]"


@cache
def listed(code: str) -> dict[str, Any]:
    """The code.yaml of a code, as it is written."""
    words = (library.codes_dir() / code / "code.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(words, Loader=yaml.BaseLoader))


def entry(code: str, revision: str) -> dict[str, Any]:
    (found,) = [one for one in listed(code)["revisions"] if one["revision"] == revision]
    return dict(found)


def numbering(code: str, revision: str) -> Numbering:
    """The numbering of a revision: its own, else that of its code."""
    said = entry(code, revision).get("numbering") or listed(code)["numbering"]
    return Numbering(prefix=said["measure_prefix"], measure=said["measure"], paragraph=said["paragraph"])


def words_of(code: str, revision: str) -> str:
    file: str = entry(code, revision)["file"]
    return (library.codes_dir() / code / file).read_text(encoding="utf-8")


@cache
def document(code: str, revision: str) -> Document:
    """A file by itself, whatever kind of text it is."""
    return parse(
        parse_markdown(words_of(code, revision), revision), numbering(code, revision), listed(code)["prefix"]
    )


@cache
def amended(*instruments: str) -> Document:
    """The Code of 2025 with instruments applied to it, nothing left over."""
    source = parse_markdown(words_of(U2U, ISSUED), ISSUED)
    for revision in instruments:
        applied = apply(source, parse_markdown(words_of(U2U, revision), revision), numbering(U2U, ISSUED))
        assert applied.not_applied == ()
        source = applied.source
    return parse(source, numbering(U2U, ISSUED), "icu")


@cache
def kinds(revision: str) -> tuple[str, ...]:
    said = entry(U2U, revision)["kinds_of_harm"]
    return tuple(key for kind in said["kinds"] for key in (kind, *said["sub_kinds"].get(kind, ())))


def applications(text: Document, revision: str) -> dict[str, Application]:
    counting = [harm.key for harm in RULEBOOK.harms if harm.counts and harm.key in kinds(revision)]
    return read_applications(text, RULEBOOK, counting)


def duties(text: Document, revision: str) -> DutyFindings:
    harms = tuple(harm.key for harm in RULEBOOK.harms if harm.key in kinds(revision))
    named = {
        measure: tuple(
            dict.fromkeys(
                atom.fact.removeprefix("risk.")
                for atom in atoms(one.condition)
                if atom.fact.startswith("risk.")
            )
        )
        for measure, one in applications(text, revision).items()
    }
    return find(text, RULEBOOK, named, harms)


def applies(application: Application, given: dict[str, Any]) -> Truth:
    profile = Profile.model_validate({"service": "user-to-user", **given})
    return evaluate(application.condition, ProfileFacts.of(profile, RULEBOOK).judge_atom)


def every_provision(text: Document) -> list[Provision]:
    paragraphs = [*(one for measure in text.measures for one in measure.provisions())]
    return [*paragraphs, *(one for section in text.sections for one in section.walk())]


def own_words(provision: Provision, text: Document) -> str:
    tail = provision.tail.of(text.text) if provision.tail else ""
    return f"{provision.lead.of(text.text)} {tail}".strip()


# --- the revisions and their dates -------------------------------------------------------------------------

EVENTS = {
    DRAFT: (
        "consultation_draft",
        "consultation",
        {"published": "2023-11-09", "consultation_closed": "2024-02-23"},
    ),
    ISSUED: (
        "issued",
        "issued",
        {"published": "2024-12-16", "laid": "2024-12-16", "issued": "2025-02-24", "in_force": "2025-03-17"},
    ),
    LAID: (
        "laid_draft",
        "laid",
        {"submitted": "2026-06-12", "published": "2026-06-18", "laid": "2026-06-18"},
    ),
    AMENDING: (
        "amending_instrument",
        "issued",
        {
            "submitted": "2026-05-15",
            "published": "2026-06-01",
            "laid": "2026-06-01",
            "issued": "2026-09-09",
            "in_force": "2026-09-30",
        },
    ),
}
DATES = ("submitted", "published", "consultation_closed", "laid", "issued", "in_force")


@pytest.mark.parametrize("revision", EVENTS)
def test_a_revision_has_its_status_and_the_dates_that_are_known_and_no_others(revision: str) -> None:
    (found,) = [one for one in library.code(U2U).revisions if one.revision == revision]
    kind, status, dates = EVENTS[revision]
    assert (found.kind, found.status, found.held) == (kind, status, True)
    assert {date: value for date in DATES if (value := getattr(found, date))} == dates


def test_the_revisions_are_those_and_an_instrument_names_what_it_amends() -> None:
    code = library.code(U2U)
    assert [one.revision for one in code.revisions] == sorted(EVENTS)
    assert {one.revision: one.amends for one in code.revisions if one.amends} == {
        LAID: ISSUED,
        AMENDING: ISSUED,
    }
    (issued,) = [one for one in code.revisions if one.revision == ISSUED]
    assert [(one.revision, one.in_force) for one in issued.amended_by] == [(AMENDING, "2026-09-30")]
    for revision in (LAID, AMENDING):
        assert f"\namends: {ISSUED}\ninstrument: amending\n" in words_of(U2U, revision)


def test_the_kinds_of_harm_are_those_of_each_revision() -> None:
    draft = entry(U2U, DRAFT)["kinds_of_harm"]
    assert len(draft["kinds"]) == 15
    assert "animal_cruelty" not in kinds(DRAFT)
    assert draft["sub_kinds"]["human_trafficking"] == ["unlawful_immigration"]
    assert len(document(U2U, DRAFT).harm_rows) == 15
    for revision in (LAID, AMENDING):
        assert entry(U2U, revision)["kinds_of_harm"] == entry(U2U, ISSUED)["kinds_of_harm"]
        said = [one for one in entry(U2U, revision)["statements"] if "kinds" in one["says"]]
        assert [one["basis"] for one in said] == ["unknown"]


# --- the files hold together -------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "revision"), TEXTS)
def test_every_character_is_placed_and_every_phrase_stands(code: str, revision: str) -> None:
    text = document(code, revision)
    assert (text.placed, text.unplaced) == (1.0, ())
    for provision in every_provision(text):
        for phrase in provision.phrases:
            assert phrase.phrase.lower() in own_words(provision, text).lower(), provision.number


@pytest.mark.parametrize(("code", "revision"), TEXTS)
def test_what_was_not_seen_is_marked_unknown_and_no_measure_claims_to_be_whole(
    code: str, revision: str
) -> None:
    text = document(code, revision)
    assert not any(measure.text_complete for measure in text.measures)
    for provision in every_provision(text):
        if NOT_SEEN in own_words(provision, text):
            assert provision.text_basis is Basis.UNKNOWN, provision.number


def test_no_paragraph_number_of_the_draft_is_known_and_no_words_of_it_are_quoted() -> None:
    for provision in every_provision(document(U2U, DRAFT)):
        assert not provision.number_known
        assert provision.number_basis is Basis.UNKNOWN
        assert provision.text_basis not in (Basis.OFFICIAL, Basis.QUOTED)


# --- the consultation draft --------------------------------------------------------------------------------


def test_the_draft_has_its_34_measures_under_their_old_numbers() -> None:
    wanted = {
        "3": "ABCDEFG",
        "4": "ABCDEFGHI",
        "5": "ABCDEFGHI",
        "6": "AB",
        "7": "AB",
        "8": "A",
        "9": "ABC",
        "10": "A",
    }
    assert [one.id for one in document(U2U, DRAFT).measures] == [
        f"{chapter}{letter}" for chapter, letters in wanted.items() for letter in letters
    ]


def test_every_draft_measure_but_4i_names_the_final_measure_it_became() -> None:
    headed = re.findall(r"^## (\d+[A-Z]) .*\n((?:\{:.*\n)+)", words_of(U2U, DRAFT), re.MULTILINE)
    became = {number: re.findall(r'final="([^"]+)" final_basis=recall-', marks) for number, marks in headed}
    assert [number for number, final in became.items() if not final] == ["4I"]
    assert became["4A"] == ["ICU C1", "ICU C2"]
    assert became["4F"] == ["ICU C7", "ICU C8"]
    final = {one.id for one in document(U2U, ISSUED).measures}
    named = {one for several in became.values() for one in several}
    assert named <= final
    # The measures that are recalled as new in the final Codes.
    assert final - named == {"ICU D3", "ICU D5", "ICU D6", "ICU D13"}


def test_the_text_of_the_final_measures_is_nowhere_given_as_that_of_the_draft() -> None:
    draft = document(U2U, DRAFT)
    seen = {
        measure.id
        for measure in draft.measures
        if any(NOT_SEEN not in own_words(one, draft) for one in measure.recommendation)
    }
    assert seen == {"4A", "4G", "4I", "5I", "7A"}
    known = {
        measure.id
        for measure in draft.measures
        if any(NOT_SEEN not in own_words(one, draft) for one in measure.application)
    }
    assert known == {"4G", "4I", "5C"}


def test_the_draft_takedown_measure_has_no_way_out_for_what_is_not_feasible() -> None:
    draft, issued = document(U2U, DRAFT), document(U2U, ISSUED)
    found = find_qualifiers(draft, duties(draft, DRAFT).duties, RULEBOOK).exemptions
    assert {one.kind.value for one in found if one.measure == "4A"} == {"vague_standard"}
    assert not [one for one in found if one.kind.value == "feasibility"]
    found = find_qualifiers(issued, duties(issued, ISSUED).duties, RULEBOOK).exemptions
    assert [one.measure for one in found if one.kind.value == "feasibility"] == ["ICU C2"]
    (duty,) = [one for one in duties(draft, DRAFT).duties if one.measure == "4A"]
    assert {reach.function.value for reach in duty.reaches} == {"take_down"}


DRAFT_APPLICATIONS: list[tuple[str, dict[str, Any], Truth]] = [
    # 4G: for file-sharing services a floor of 70,000; the level of risk and the other limbs are not known.
    (
        "4G",
        {"service_types": ["file_sharing"], "uk_monthly_users": 70_000, "risk": {"image_based_csam": "high"}},
        NO,
    ),
    ("4G", {"service_types": ["file_sharing"], "uk_monthly_users": 50_000}, NO),
    (
        "4G",
        {"service_types": ["file_sharing"], "uk_monthly_users": 70_001, "risk": {"image_based_csam": "high"}},
        UNKNOWN,
    ),
    ("4G", {"service_types": ["social_media"], "uk_monthly_users": 50_000}, UNKNOWN),
    (
        "4G",
        {"service_types": ["social_media"], "size": "large", "risk": {"image_based_csam": "high"}},
        UNKNOWN,
    ),
    # 4I: large and at medium or high risk of fraud.
    ("4I", {"size": "large", "risk": {"fraud": "medium"}}, YES),
    ("4I", {"uk_monthly_users": 7_000_001, "risk": {"fraud": "high"}}, YES),
    ("4I", {"uk_monthly_users": 7_000_000, "risk": {"fraud": "high"}}, NO),
    ("4I", {"size": "large", "risk": {"fraud": "low"}}, NO),
    ("4I", {"size": "large"}, UNKNOWN),
    # 5C: large or multi-risk; what multi-risk meant is not known.
    ("5C", {"size": "large"}, YES),
    ("5C", {"size": "under_700k", "risk": {"fraud": "high", "hate": "high", "others": "low"}}, UNKNOWN),
    # The rest: nothing is known of whom they are for.
    ("4A", {"size": "large"}, UNKNOWN),
    ("10A", {}, UNKNOWN),
]


@pytest.mark.parametrize(("measure", "given", "wanted"), DRAFT_APPLICATIONS)
def test_an_application_of_the_draft_is_read_as_far_as_it_is_known(
    measure: str, given: dict[str, Any], wanted: Truth
) -> None:
    assert applies(applications(document(U2U, DRAFT), DRAFT)[measure], given) is wanted


def test_the_floor_of_70000_is_in_the_draft_and_gone_from_the_issued_code() -> None:
    small = {
        "service_types": ["file_sharing"],
        "uk_monthly_users": 50_000,
        "risk": {"image_based_csam": "high"},
        "functionalities": {"images_or_video": True},
    }
    assert applies(applications(document(U2U, DRAFT), DRAFT)["4G"], small) is NO
    assert applies(applications(document(U2U, ISSUED), ISSUED)["ICU C9"], small) is YES


def test_what_the_draft_would_have_had_looked_for_keywords_of_fraud() -> None:
    (duty,) = [one for one in duties(document(U2U, DRAFT), DRAFT).duties if one.measure == "4I"]
    assert [(reach.function.value, reach.harm) for reach in duty.reaches] == [("detect", "fraud")]
    found = duties(document(U2U, ISSUED), ISSUED).duties
    assert not [
        one
        for one in found
        for reach in one.reaches
        if (reach.function.value, reach.harm) == ("detect", "fraud")
    ]


# --- the amendments of 2026 --------------------------------------------------------------------------------

IMAGES = {"images_or_video": True}
LISTED = ("terrorism", "hate", "harassment", "foreign_interference")
AMENDED: list[tuple[str, str, dict[str, Any], Truth]] = [
    (
        AMENDING,
        "ICU C14",
        {"risk": {"intimate_image_abuse": "high"}, "pornography_principal_purpose": True},
        YES,
    ),
    (AMENDING, "ICU C14", {"risk": {"intimate_image_abuse": "high"}, "uk_monthly_users": 700_001}, YES),
    (AMENDING, "ICU C14", {"risk": {"intimate_image_abuse": "high"}, "service_types": ["file_sharing"]}, YES),
    (AMENDING, "ICU C14", {"risk": {"intimate_image_abuse": "medium"}, "size": "large"}, YES),
    (
        AMENDING,
        "ICU C14",
        {
            "risk": {"intimate_image_abuse": "high"},
            "uk_monthly_users": 700_000,
            "service_types": ["forum"],
            "pornography_principal_purpose": False,
        },
        NO,
    ),
    (
        AMENDING,
        "ICU C14",
        {
            "risk": {"intimate_image_abuse": "medium"},
            "uk_monthly_users": 7_000_000,
            "service_types": ["file_sharing"],
            "pornography_principal_purpose": True,
        },
        NO,
    ),
    (AMENDING, "ICU C14", {"risk": {"intimate_image_abuse": "low"}, "size": "large"}, NO),
    (AMENDING, "ICU C14", {"risk": {"intimate_image_abuse": "high"}, "service_types": ["forum"]}, UNKNOWN),
    *((LAID, "ICU C15", {"size": "under_700k", "risk": {harm: "high"}}, YES) for harm in LISTED),
    *((LAID, "ICU C15", {"size": "large", "risk": {harm: "medium"}}, YES) for harm in LISTED),
    *(
        (LAID, "ICU C15", {"uk_monthly_users": 7_000_000, "risk": {harm: "medium", "others": "low"}}, NO)
        for harm in LISTED
    ),
    (LAID, "ICU C15", {"size": "large", "risk": {**dict.fromkeys(LISTED, "low"), "others": "high"}}, NO),
    (LAID, "ICU C15", {"size": "large"}, UNKNOWN),
    *((LAID, "ICU C16", {"size": "large", "risk": {harm: "medium"}}, YES) for harm in LISTED),
    *((LAID, "ICU C16", {"uk_monthly_users": 7_000_000, "risk": {harm: "high"}}, NO) for harm in LISTED),
    (LAID, "ICU C16", {"size": "large", "risk": {**dict.fromkeys(LISTED, "low"), "others": "high"}}, NO),
]


@pytest.mark.parametrize(("revision", "measure", "given", "wanted"), AMENDED)
def test_a_new_measure_applies_to_whom_it_names(
    revision: str, measure: str, given: dict[str, Any], wanted: Truth
) -> None:
    found = applications(amended(revision), revision)[measure]
    assert found.unread == ()
    assert applies(found, {"functionalities": IMAGES, **given}) is wanted


def test_hash_matching_for_intimate_images_needs_images() -> None:
    found = applications(amended(AMENDING), AMENDING)["ICU C14"]
    given = {"size": "large", "risk": {"intimate_image_abuse": "high"}}
    assert applies(found, {**given, "functionalities": {"images_or_video": False}}) is NO
    assert applies(found, given) is UNKNOWN


def test_hash_matching_for_intimate_images_reaches_public_content_only() -> None:
    text = document(U2U, AMENDING)
    found = find_qualifiers(text, duties(text, AMENDING).duties, RULEBOOK).exemptions
    (cut,) = [one for one in found if one.kind.value == "channel_carve_out"]
    assert (cut.provision, cut.quote) == ("ICU C14.2", "communicated publicly")
    reached = {
        (one.function.value, one.harm) for duty in duties(text, AMENDING).duties for one in duty.reaches
    }
    assert reached == {("detect", "intimate_image_abuse"), ("take_down", "intimate_image_abuse")}


@pytest.mark.parametrize(("revision", "measures"), [(AMENDING, ["ICU C14"]), (LAID, ["ICU C15", "ICU C16"])])
def test_an_instrument_inserts_its_measures_and_their_rows_of_the_index(
    revision: str, measures: list[str]
) -> None:
    assert [one.id for one in document(U2U, revision).measures] == measures
    assert re.findall(r"^\| (ICU C\d+) \|", words_of(U2U, revision), re.MULTILINE) == measures
    headed = re.findall(r"^## Amendment \d+: (.*)$", words_of(U2U, revision), re.MULTILINE)
    assert len(headed) == 1 + len(measures)
    assert headed[0] in ("After ICU C10, insert", "Before ICU D1, insert")
    assert set(headed[1:]) == {
        "In section 3 (index of recommended measures), in the appropriate place, insert"
    }


@pytest.mark.parametrize("instruments", [(AMENDING, LAID), (LAID, AMENDING)])
def test_the_amendments_apply_in_either_order_and_put_their_measures_in_their_places(
    instruments: tuple[str, ...],
) -> None:
    before, after = document(U2U, ISSUED), amended(*instruments)
    new = ["ICU C14", "ICU C15", "ICU C16"]
    names = [one.id for one in after.measures]
    assert names[names.index("ICU C10") : names.index("ICU D1")] == ["ICU C10", *new]
    assert [one for one in names if one not in new] == [one.id for one in before.measures]
    assert [row.measure for row in after.index] == names
    assert {row.basis for row in after.index if row.measure in new} == {Basis.RECALL_MEDIUM}
    assert [one.term for one in after.definitions] == [one.term for one in before.definitions]
    assert (after.placed, after.unplaced) == (1.0, ())


def test_a_commencement_is_given_where_it_is_known_and_nowhere_else() -> None:
    said = "These amendments come into force on 30 September 2026."
    assert said in words_of(U2U, AMENDING)
    assert "come into force on" not in words_of(U2U, LAID)


# --- the Act -----------------------------------------------------------------------------------------------


def test_the_act_holds_the_provisions_that_stand_beside_the_codes() -> None:
    act = document(ACT, STATUTE)
    sections = ["9", "10", "20", "20A", "21", "22", "23", "26", "27", "49", "66", "121"]
    assert [one.id for one in act.measures] == [*(f"s.{number}" for number in sections), "Sch.4"]
    numbers = {one.number for one in every_provision(act)}
    assert {
        "s.10.2(c)",
        "s.10.3(b)",
        "s.10.3A",
        "s.10.3B",
        "s.10.10",
        "s.21.2A",
        "s.49.1",
        "s.49.5",
    } <= numbers
    assert {f"Sch.4.13({number})" for number in (3, 4, 5, 6)} <= numbers
    assert act.sections == ()


@pytest.mark.parametrize(
    ("provision", "day"),
    [
        ("s.9.u2", "2024-01-10"),
        ("s.10.2", "2025-03-17"),
        ("s.10.3", "2025-03-17"),
        ("s.10.3A", "2026-06-29"),
        ("s.10.3B", "2026-06-29"),
        ("s.20A.u2", "2026-06-29"),
        ("s.21.u2", "2025-03-17"),
        ("s.21.2A", "2026-06-29"),
        ("s.27.u2", "2025-03-17"),
        ("s.66.u2", "2026-04-07"),
    ],
)
def test_a_provision_of_the_act_carries_the_day_from_which_it_applies(provision: str, day: str) -> None:
    source = parse_markdown(words_of(ACT, STATUTE), STATUTE)
    blocks = list(source.blocks)
    (at,) = [
        place for place, one in enumerate(blocks) if one.span.of(source.text).startswith(f"{provision} ")
    ]
    days = []
    for block in blocks[at:]:
        days = [value for mark in block.attributes if (value := mark.get("in_force"))]
        if days:
            break
    assert days == [day]


def test_the_duties_of_the_act_bind() -> None:
    act = document(ACT, STATUTE)
    found = find(act, RULEBOOK, {}, tuple(harm.key for harm in RULEBOOK.harms), statutory=True)
    force = {duty.provision: duty.force.value for duty in found.duties if duty.bearer == "the provider"}
    assert set(force.values()) == {"statutory"}
    (duty,) = [one for one in found.duties if one.provision == "s.10.3A"]
    assert [(reach.function.value, reach.harm) for reach in duty.reaches] == [
        ("take_down", "intimate_image_abuse")
    ]


@pytest.mark.parametrize(
    ("section", "service", "wanted"),
    [
        ("s.10", "user-to-user", YES),
        ("s.10", "search", NO),
        ("s.27", "search", YES),
        ("s.27", "user-to-user", NO),
    ],
)
def test_a_section_of_the_act_says_to_which_services_it_applies(
    section: str, service: str, wanted: Truth
) -> None:
    found = read_applications(document(ACT, STATUTE), RULEBOOK, ["terrorism"])
    assert not [one.measure for one in found.values() if one.unread]
    assert applies(found[section], {"service": service}) is wanted
