"""What the history of the code itself must show."""

import pytest

from analyser.compare.comparison import Comparison
from analyser.reporting.compare_rows import CompareRow, GapMove

from .texts import comparable, history, mirrored

LISTED = {"terrorism", "hate", "harassment", "foreign_interference"}


@pytest.fixture(scope="module")
def final() -> Comparison:
    """The consultation draft beside the code as issued."""
    return history("2023-11-09", "2025-02-24")


@pytest.fixture(scope="module")
def amended() -> Comparison:
    """The code as issued beside the text with the amendments of September 2026."""
    return history("2025-02-24", "2026-09-09")


@pytest.fixture(scope="module")
def laid() -> Comparison:
    """The code as issued beside the text as it would be with the laid amendments."""
    return history("2025-02-24", "2026-06-18")


def row(found: Comparison, before: str, after: str) -> CompareRow:
    return next(one for one in found.rows if (one.from_, one.to) == (before, after))


def told(move: GapMove, which: str = "when") -> set[frozenset[tuple[str, object]]]:
    """Return the cases of a condition as sets of (fact, value)."""
    when = getattr(move, which)
    return {frozenset((term.fact, term.value) for term in case.all_of) for case in when.any_of}


def test_the_final_code_opens_the_feasibility_exception_at_take_down(final: Comparison) -> None:
    split = row(final, "4A", "ICU C1 + ICU C2")
    assert (split.change, split.match_basis, split.certain) == ("split", "split", False)
    words = row(final, "4A.u2", "ICU C2.2")
    added = [one for one in words.qualifiers.added if one.kind == "feasibility"]
    assert [(one.provision, one.effect) for one in added] == [("ICU C2.2", "lifts")]
    moves = [move for move in split.gaps.opened if added[0].id in move.causes]
    assert {service for move in moves for service in move.services} >= {"messaging"}
    assert {move.functions for move in moves} == {("take_down",)}
    assert not any(move.certain for move in moves)
    assert final.headline.startswith(
        "From 2023-11-09 to 2025-02-24, as recalled: a way out on feasibility is opened"
    )


def test_the_final_code_drops_the_detection_of_fraud_by_keywords(final: Comparison) -> None:
    dropped = row(final, "4I", "")
    assert (dropped.change, dropped.certain) == ("removed", False)
    (move,) = dropped.gaps.opened
    assert (move.harms, move.functions, move.after) == (("fraud",), ("detect",), "no_measure")
    assert told(move) == {frozenset({("size", "large"), ("risk", ("medium", "high"))})}
    assert "4I is removed" in final.headline


def test_the_final_code_has_no_floor_for_file_sharing_in_hash_matching(final: Comparison) -> None:
    hashes = row(final, "4G", "ICU C9")
    assert (hashes.application, hashes.certain) == ("wider", False)
    (entry,) = [one for one in final.extra["applications"] if one["to"] == "ICU C9"]  # type: ignore[attr-defined]
    assert entry["gained_words"].startswith("at most 70,000 UK users")
    assert "a file-storage and file-sharing service" in entry["gained_words"]
    assert not entry["lost_words"]
    assert any("70,000" in one.quote for one in hashes.qualifiers.removed)


def test_nothing_that_was_not_seen_is_removed_or_closes_a_gap(final: Comparison) -> None:
    assert {one.from_ for one in final.rows if one.change == "removed"} == {"4I", "4I.u1", "4I.u2"}
    assert not any(one.gaps.closed for one in final.rows)
    assert not any(one.certain for one in final.rows if one.change == "not_comparable")


def test_the_amendments_of_2026_add_hash_matching_for_intimate_images(amended: Comparison) -> None:
    added = row(amended, "", "ICU C14")
    assert (added.change, added.certain, added.basis) == ("added", True, "secondary")
    assert {move.harms for move in added.gaps.closed} == {("intimate_image_abuse",)}
    assert {one.change for one in amended.rows if "C14" not in one.to} == {"unchanged"}
    assert amended.headline == "From 2025-02-24 to 2026-09-09: ICU C14 is added."


def test_and_they_say_for_whom_the_gap_stays(amended: Comparison) -> None:
    moves = row(amended, "", "ICU C14").gaps.closed
    by_service = {
        service: move for move in moves for service in move.services if move.functions == ("detect",)
    }
    risky = ("risk", ("medium", "high"))
    assert told(by_service["social_media"], "stays") == {
        frozenset({("channel", "private"), risky}),
        frozenset({("size", "under_700k"), ("risk", "high")}),
        frozenset({("size", ("under_700k", "700k_to_7m")), ("risk", "medium")}),
    }
    # A service for pornography, or for files, is reached at high risk whatever its size.
    for service in ("adult", "file_sharing"):
        assert told(by_service[service], "stays") == {
            frozenset({("channel", "private"), risky}),
            frozenset({("size", ("under_700k", "700k_to_7m")), ("risk", "medium")}),
        }


def test_the_laid_amendments_add_crisis_measures_only_for_the_listed_harms(laid: Comparison) -> None:
    added = [one for one in laid.rows if one.change == "added" and one.to in ("ICU C15", "ICU C16")]
    assert [one.to for one in added] == ["ICU C15", "ICU C16"]
    moves = [move for one in added for move in one.gaps.closed]
    assert {move.functions for move in moves} == {("crisis",)}
    for move in moves:
        # Whatever the harm, some listed kind must be at medium or high risk on the service.
        others = {"0"}
        for case in move.when.any_of:
            facts = {term.fact: term.value for term in case.all_of}
            own = facts.get("risk") in ("medium", "high", ("medium", "high")) and set(move.harms) <= LISTED
            listed = [value for fact, value in facts.items() if fact.startswith("other_listed_kinds")]
            assert set(move.harms) <= LISTED
            assert own or (listed and not set(listed) & others)
    assert set(LISTED) <= {harm for move in moves for harm in move.harms}


@pytest.mark.parametrize("pair", [("2023-11-09", "2025-02-24"), ("2025-02-24", "2026-09-09")])
def test_the_history_read_backwards_is_the_mirror(pair: tuple[str, str]) -> None:
    there, back = history(*pair), history(*reversed(pair))
    assert sorted(comparable(mirrored(one)) for one in there.rows) == sorted(map(comparable, back.rows))


@pytest.mark.parametrize("revision", ["2023-11-09", "2025-02-24", "2026-09-09"])
def test_a_revision_beside_itself_shows_no_change(revision: str) -> None:
    found = history(revision, revision)
    assert not any(one.tells for one in found.rows)
    assert found.headline == f"No change from {revision} to {revision}."
