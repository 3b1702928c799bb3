"""`codegap codes timeline | show | as-at`, and instruments as the revision of any command."""

import csv
import hashlib
import io
import json

from analyser import library

from .conftest import Codegap

STATUS = (
    "in force on 2026-10-01: the text issued on 2025-02-24 with the amendments issued on 2026-09-09 (in "
    "force from "
    "2026-09-30). As far as is known here: the last change known is of 2026-09-30"
)
LAID = (
    "Draft amendments laid on 2026-06-18 (not known to be issued) are not in force; they are not applied "
    "here."
)


def test_the_timeline_gives_every_dated_event_by_date(codegap: Codegap) -> None:
    ran = codegap("codes", "timeline", "illegal-content-u2u", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    output = json.loads(ran.out)
    assert output["schema"] == "codegap/codes-timeline/1"
    rows = output["results"]
    assert [(row["date"], row["revision"], row["event"]) for row in rows] == [
        ("2023-11-09", "2023-11-09", "published"),
        ("2024-02-23", "2023-11-09", "consultation closed"),
        ("2024-12-16", "2025-02-24", "published"),
        ("2024-12-16", "2025-02-24", "laid before Parliament"),
        ("2025-02-24", "2025-02-24", "issued"),
        ("2025-03-17", "2025-02-24", "in force"),
        ("2026-05-15", "2026-09-09", "submitted to the Secretary of State"),
        ("2026-06-01", "2026-09-09", "published"),
        ("2026-06-01", "2026-09-09", "laid before Parliament"),
        ("2026-06-12", "2026-06-18", "submitted to the Secretary of State"),
        ("2026-06-18", "2026-06-18", "published"),
        ("2026-06-18", "2026-06-18", "laid before Parliament"),
        ("2026-09-09", "2026-09-09", "issued"),
        ("2026-09-30", "2026-09-09", "in force"),
    ]
    assert {row["kind"] for row in rows} == {
        "consultation draft",
        "issued",
        "laid draft",
        "amending instrument",
    }
    assert {row["amends"] for row in rows if row["kind"] == "laid draft"} == {"2025-02-24"}


def test_the_timeline_of_all_codes_and_of_none(codegap: Codegap) -> None:
    every = list(csv.DictReader(io.StringIO(codegap("codes", "timeline", "--format", "csv").out)))
    assert {row["code"] for row in every} == {one.code for one in library.codes()}
    assert [row["date"] for row in every] == sorted(row["date"] for row in every)
    ran = codegap("codes", "timeline", "ilegal-content-u2u")
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean illegal-content-u2u" in ran.err


def test_the_text_as_at_a_day_says_what_it_is_and_what_is_pending(codegap: Codegap) -> None:
    ran = codegap("codes", "as-at", "2026-10-01", "--measure", "C14", "--format", "json")
    assert (ran.code, ran.err) == (0, f"codegap: {STATUS}.\ncodegap: {LAID}\n")
    output = json.loads(ran.out)
    assert output["schema"] == "codegap/codes-as-at/1"
    assert output["options"] == {
        "date": "2026-10-01",
        "code": "illegal-content-u2u",
        "include_laid": False,
        "revision": "illegal-content-u2u@2026-09-09",
        "measure": ["ICU C14"],
    }
    status, notice, *provisions = output["results"]
    assert (status["kind"], status["text"]) == ("status", STATUS)
    assert (notice["kind"], notice["number"], notice["text"]) == ("notice", "2026-06-18", LAID)
    assert provisions[0]["number"] == "C14.1"
    assert {(row["kind"], row["measure"], tuple(row["amended_by"])) for row in provisions} == {
        ("provision", "ICU C14", ("2026-09-09",))
    }


def test_every_file_that_went_in_is_listed_with_its_hash(codegap: Codegap) -> None:
    for arguments in (
        ("codes", "show", "2026-09-09"),
        ("codes", "as-at", "2026-10-01"),
        ("duties", "--revision", "2026-09-09"),
    ):
        inputs = json.loads(codegap(*arguments, "--format", "json").out)["inputs"]
        assert [one["path"] for one in inputs] == [
            "codes/illegal-content-u2u/2025-02-24.md",
            "codes/illegal-content-u2u/2026-09-09.md",
        ]
        for one in inputs:
            assert one["sha256"] == hashlib.sha256((library.root() / one["path"]).read_bytes()).hexdigest()


def test_laid_drafts_are_shown_only_when_asked_for_and_loudly(codegap: Codegap) -> None:
    assert codegap("codes", "as-at", "2026-10-01", "--measure", "C15").code == 2
    ran = codegap("codes", "as-at", "2026-10-01", "--include-laid", "--measure", "C15", "--format", "csv")
    assert ran.code == 0
    assert ran.err.startswith("codegap: NOT the text in force on 2026-10-01: ")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert rows[0]["text"].startswith("NOT the text in force on 2026-10-01: ")
    assert {row["amended_by"] for row in rows if row["kind"] == "provision"} == {"2026-06-18"}


def test_a_day_before_the_first_text_in_force_is_refused_and_that_day_named(codegap: Codegap) -> None:
    ran = codegap("codes", "as-at", "2025-03-16")
    assert (ran.code, ran.out) == (2, "")
    assert "the first came into force on 2025-03-17" in ran.err
    assert codegap("codes", "as-at", "2025-03-17", "-o", "/dev/null").code == 0
    assert codegap("codes", "as-at", "2025-03-16", "--code", "illegal-content-search").code == 2


def test_an_instrument_may_be_the_revision_of_any_command(codegap: Codegap) -> None:
    ran = codegap("duties", "--revision", "2026-09-09", "--measure", "C14", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    ids = [row["id"] for row in json.loads(ran.out)["results"]]
    assert ids
    assert all(one.startswith("icu/2026-09-09/C14.") for one in ids)
    by_day = codegap("duties", "--revision", "as-at:2026-10-01", "--measure", "C14", "--format", "json")
    assert by_day.err == f"codegap: {LAID}\n"
    assert json.loads(by_day.out)["results"] == json.loads(ran.out)["results"]


def test_a_laid_draft_as_a_revision_is_announced_as_not_in_force(codegap: Codegap) -> None:
    ran = codegap("codes", "show", "2026-06-18", "--measure", "C16")
    assert ran.code == 0
    assert ran.err == (
        "codegap: illegal-content-u2u@2026-06-18: laid; shown as if the draft amendments laid on "
        "2026-06-18 were in "
        "force: they are not.\n"
    )


def test_the_same_call_gives_the_same_bytes(codegap: Codegap) -> None:
    call = ("codes", "as-at", "2026-10-01", "--include-laid", "--format", "json")
    assert codegap(*call) == codegap(*call)
