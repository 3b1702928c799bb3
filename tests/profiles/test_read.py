"""Profile files: read as written, and refused with file, line and the nearest right word."""

from pathlib import Path

import pytest

from analyser import library
from analyser.errors import InputError
from analyser.profiles import read, read_archetypes

RULEBOOK = library.rulebook()
WHOLE = """\
name: A service
service: user-to-user
service_types: [messaging]
uk_monthly_users: 12_000_000
category: [1, 2a]
risk: {csea: high, grooming: medium, others: low}
likely_accessed_by_children: true
age_determination: existing
content_visibility: both
end_to_end_encrypted: yes
functionalities: {images_or_video: true, comments: no}
"""


def test_a_profile_is_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    profile = read(path, RULEBOOK)
    assert profile.uk_monthly_users == 12_000_000
    assert profile.category == ("1", "2a")
    assert (profile.end_to_end_encrypted, profile.functionalities["comments"]) == (True, False)
    assert profile.peer_to_peer is None


def test_a_profile_without_a_name_is_called_after_its_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("service: search\n", encoding="utf-8")
    assert read(path, RULEBOOK).name == "mine"


REFUSED = [
    (
        "uk_montly_users: 5",
        "there is no key `uk_montly_users` (p.yaml, line 2). Did you mean uk_monthly_users?",
    ),
    ("size: huge", "`size` is `huge` (p.yaml, line 2). It may be under_700k, 700k_to_7m or large."),
    (
        "uk_monthly_users: 12,000,000",
        "`uk_monthly_users` is `12,000,000` (p.yaml, line 2). "
        "It should be a whole number, written without commas.",
    ),
    (
        "size: large\nuk_monthly_users: 7000000",
        "`size` is large, but 7,000,000 `uk_monthly_users` is 700k_to_7m (p.yaml, line 2). "
        "Give only one of the two, or make them agree.",
    ),
    (
        "risk:\n  fraud: low\n  groming: high",
        "there is no kind of harm `groming` (p.yaml, line 4). Did you mean grooming?",
    ),
    (
        "risk: {fraud: grave}",
        "`fraud` is `grave` (p.yaml, line 2). It may be negligible, low, medium or high.",
    ),
    (
        "service_types: [mesaging]",
        "there is no type of service `mesaging` (p.yaml, line 2). Did you mean messaging?",
    ),
    (
        "functionalities:\n  livestraming: true",
        "there is no functionality `livestraming` (p.yaml, line 3). Did you mean livestreaming",
    ),
    (
        "end_to_end_encrypted: maybe",
        "`end_to_end_encrypted` is `maybe` (p.yaml, line 2). It should be true or false.",
    ),
    (
        "service_types: messaging",
        "`service_types` is `messaging` (p.yaml, line 2). It should be a list, such as [a, b].",
    ),
    ("category: [3]", "`category` is `3` (p.yaml, line 2). It may be 1, 2a or 2b."),
    ("risk: high", "`risk` is `high` (p.yaml, line 2). It should be a list of `key: value` lines."),
    ("service: search", "the key `service` is written twice (first on line 1) (p.yaml, line 2)."),
    (
        "a: [1",
        "the file is not valid YAML: while parsing a flow sequence "
        "did not find expected ',' or ']' (p.yaml, line 3).",
    ),
    (
        "- a",
        "the file is not valid YAML: while parsing a block mapping "
        "did not find expected key (p.yaml, line 2).",
    ),
]


@pytest.mark.parametrize(("lines", "says"), REFUSED)
def test_what_is_wrong_is_said_with_file_line_and_fix(tmp_path: Path, lines: str, says: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(f"service: user-to-user\n{lines}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read(path, RULEBOOK, shown="p.yaml")
    assert str(refused.value).startswith(says)
    assert refused.value.exit_code == 3


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the profile `p.yaml` is empty. Give at least `name` and `service`."),
        (b"- a\n", "the file holds no profile: it must be a list of `key: value` lines (p.yaml, line 1)."),
        (b"name: \xff\n", "the file is not UTF-8 text (p.yaml, line 1)."),
        (b"name: a\x00b\n", "the file holds a character that YAML does not allow (p.yaml, line 1)."),
    ],
)
def test_a_file_that_is_no_profile_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read(path, RULEBOOK, shown="p.yaml")
    assert str(refused.value) == says


def test_a_missing_file_is_named() -> None:
    with pytest.raises(InputError) as refused:
        read(Path("nowhere.yaml"), RULEBOOK)
    assert str(refused.value) == "`nowhere.yaml` cannot be read: there is no such file."


def test_every_archetype_is_a_profile() -> None:
    profiles = read_archetypes(library.rules_dir(), RULEBOOK)
    assert len(profiles) >= 22
    assert all(profile.name and profile.service for profile in profiles.values())
    assert len({profile.name for profile in profiles.values()}) == len(profiles)
