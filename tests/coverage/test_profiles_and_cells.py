"""The two ways of judging one service agree: `check`, measure by measure, and the cells on those measures."""

from pathlib import Path

import pytest

from analyser import library
from analyser.analysis import Analysis
from analyser.coverage.settings import ProfileSetting
from analyser.model.base import Function
from analyser.profiles import Profile, ProfileFacts
from analyser.profiles import read as read_profile
from analyser.rulebook import Rulebook

ARCHETYPES = sorted((library.rules_dir() / "archetypes").glob("*.yaml"))

# Messaging services that are hard to judge: what makes them so, and what their profile gives.
HARD = {
    "CSEA is high through abuse images, not grooming": (
        "uk_monthly_users: 900000\n"
        "risk: {image_based_csam: high, fraud: high, grooming: low, csam_urls: low, others: low}"
    ),
    "exactly at the lower threshold": "uk_monthly_users: 700000\nrisk: {image_based_csam: high, others: low}",
    "one above it": "uk_monthly_users: 700001\nrisk: {image_based_csam: high, others: low}",
    "exactly at the upper threshold": "uk_monthly_users: 7000000\nrisk: {fraud: medium, others: low}",
    "nothing is known but the type": "",
    "only the risk of one kind is known": "risk: {hate: medium}",
}


def disagreements(analysis: Analysis, profile: Profile) -> list[tuple[str, str, str]]:
    """Return (harm, measure, what the cells say) wherever the cells say otherwise than `check`."""
    said = {row.measure: row.applies for row in analysis.check_rows(profile)}
    setting = ProfileSetting(ProfileFacts.of(profile, analysis.rulebook))
    found = []
    for harm in analysis.study.revision.harms:
        for function in Function:
            frame = analysis.surveyor.judge(setting, harm, function).frame
            for bound in analysis.study.bounds(function, harm):
                truths = frame.truths(bound.application)
                everywhere = truths.yes & frame.possible == frame.possible
                cells = "yes" if everywhere else "unknown" if truths.may & frame.possible else "no"
                if cells != said[bound.duty.measure]:
                    found.append((harm, bound.duty.measure, cells))
    return found


def names_a_category(analysis: Analysis, measure: str) -> bool:
    return "category." in repr(analysis.study.applications[measure].condition)


@pytest.mark.parametrize("path", ARCHETYPES, ids=lambda path: path.stem)
def test_cells_and_check_agree_on_every_archetype(analysis: Analysis, rules: Rulebook, path: Path) -> None:
    """Where a profile gives no category, the cells still know that no small service is in Category 1."""
    profile = read_profile(path, rules)
    if profile.service == "search":
        assert {row.applies for row in analysis.check_rows(profile)} == {"no"}
        return
    for harm, measure, cells in disagreements(analysis, profile):
        assert names_a_category(analysis, measure), (harm, measure)
        assert cells == "no"


@pytest.mark.parametrize("differs", HARD)
def test_cells_and_check_agree_on_what_is_hard(
    analysis: Analysis, rules: Rulebook, tmp_path: Path, differs: str
) -> None:
    path = tmp_path / "profile.yaml"
    about = f"name: {differs}\nservice: user-to-user\nservice_types: [messaging]\n"
    path.write_text(about + HARD[differs] + "\n", encoding="utf-8")
    found = disagreements(analysis, read_profile(path, rules))
    assert [place for place in found if not names_a_category(analysis, place[1])] == []


def test_a_profile_has_only_states_that_its_type_can_have(analysis: Analysis, rules: Rulebook) -> None:
    """A concrete service is one of those its type stands for."""
    for name in ("e2ee-messaging-large", "classified-ads-small", "niche-forum-one-high-risk"):
        profile = read_profile(library.rules_dir() / "archetypes" / f"{name}.yaml", rules)
        judged = Analysis(analysis.document, analysis.revision, analysis.rulebook, profile)
        states = {(one.service, one.harm, one.function): one.judgement for one in analysis.cells}
        assert judged.cells
        for one in judged.cells:
            at_type = {group.state for group in states[one.service, one.harm, one.function].groups}
            assert {group.state for group in one.judgement.groups} <= at_type | {"unknown"}, (name, one)
