"""Decisions followed from text to text: carried with the same words, opened again with others, stale with
none, and never dropped.
"""

import json
from pathlib import Path

import pytest

from .files import FEASIBLE, SWIFTLY, Codegap, decisions_of, entry, file_of, ran, results

KEEPS = (
    "The provider should have systems designed to take down illegal content, unless it is currently not "
    "technically feasible."
)
HEAD = """---
code: small-code
revision: {date}
---

## ICU A1 Moderation of content

### Application

A1.1 This measure applies to a provider in respect of each service.

### Recommendation
"""


def _text(date: str, *paragraphs: str) -> str:
    """Return a text of one code; in a later one paragraphs move, and others have other words."""
    numbered = (f"\nA1.{number} {words}\n" for number, words in enumerate(paragraphs, 2))
    return HEAD.replace("{date}", date) + "".join(numbered)


FIRST = _text("2025-01-01", KEEPS, "The provider should review reports of illegal content swiftly.")
SECOND = _text(
    "2026-01-01",
    "The provider should keep a written record of its systems.",
    KEEPS,
    "The provider should review reports of illegal content within a reasonable time.",
)
STORY = "icu/2025-02-24/gap-escapable-d016551467"
DRAFT = "icu/2023-11-09/4A.u2#vague_standard-2"
BALANCE = "icu/2023-11-09/4G.u3#discretion-1"
THEN = "a fair balance between precision and recall"  # what a reviewer had before them
LARGE = "icu/2023-11-09/4I.u1#size_threshold-1"
CHILD = "icu/2023-11-09/7A.u2#audience_precondition-1"


def _status(codegap: Codegap, file: str, revision: str) -> dict[str, dict[str, str]]:
    out = ran(codegap, "decisions", "list", "--decisions", file, "--revision", revision, "--format", "json")
    return {row["finding"]: row for row in json.loads(out)["results"]}


@pytest.mark.parametrize(
    ("finding", "to", "status", "there"),
    [
        (FEASIBLE, "2026-09-09", "carried", "icu/2026-09-09/C2.2#feasibility-1"),
        (SWIFTLY, "2026-09-09", "carried", "icu/2026-09-09/C2.2#vague_standard-2"),
        (DRAFT, "2025-02-24", "carried", SWIFTLY),
        (DRAFT, "2026-09-09", "carried", "icu/2026-09-09/C2.2#vague_standard-2"),
        (CHILD, "2025-02-24", "carried", "icu/2025-02-24/F1.u2#audience_precondition-1"),
        (BALANCE, "2025-02-24", "reopened", "icu/2025-02-24/C9.u4#discretion-1"),
        (LARGE, "2025-02-24", "stale", ""),
        (STORY, "2026-09-09", "carried", STORY.replace("2025-02-24", "2026-09-09")),
        (STORY, "2023-11-09", "stale", ""),
        (FEASIBLE, "illegal-content-search@2025-02-24", "aside", ""),
    ],
)
def test_between_the_texts_of_the_library(
    codegap: Codegap, folder: Path, finding: str, to: str, status: str, there: str
) -> None:
    seen = {"quote": THEN} if status == "reopened" else {}
    file = file_of(folder, entry(finding, "reject", **seen))
    row = _status(codegap, file, to)[finding]
    assert (row["status"], row["now"]) == (status, there)
    assert row["why"]
    if status == "reopened":
        assert row["words_then"] == THEN
        assert row["words_now"] == "balance between precision and recall"


def test_the_words_it_was_made_on_decide_also_on_the_same_text(codegap: Codegap, folder: Path) -> None:
    file = file_of(
        folder,
        entry(FEASIBLE, "reject", quote="unless it is currently not reasonably practicable"),
        entry(SWIFTLY, "reject", quote="swiftly"),
        entry("icu/2025-02-24/C1.2#vague_standard-1", "accept", quote="Designed  to"),
        entry("icu/2025-02-24/C2.2#vague_standard-7", "accept", quote="swiftly"),
        entry("icu/2025-02-24/C2.9#feasibility-1", "accept"),
    )
    found = _status(codegap, file, "2025-02-24")
    assert found[FEASIBLE]["status"] == "reopened"
    assert found[SWIFTLY]["status"] == "valid"
    assert found["icu/2025-02-24/C1.2#vague_standard-1"]["status"] == "valid"
    # A finding that bears another number now is found by its words; here a decision under its own id stands.
    assert found["icu/2025-02-24/C2.2#vague_standard-7"]["status"] == "superseded"
    assert found["icu/2025-02-24/C2.9#feasibility-1"]["status"] == "stale"


def test_texts_of_ones_own_are_followed_by_their_paths(codegap: Codegap, folder: Path) -> None:
    (folder / "first.md").write_text(FIRST, encoding="utf-8")
    (folder / "second.md").write_text(SECOND, encoding="utf-8")
    old = results(ran(codegap, "exemptions", "--revision", "first.md", "--format", "json"))
    new = results(ran(codegap, "exemptions", "--revision", "second.md", "--format", "json"))
    feasible = next(name for name in old if "feasibility" in name)
    swiftly = next(name for name, row in old.items() if row["quote"] == "swiftly")
    moved = next(name for name in new if "feasibility" in name)
    assert feasible.partition("#")[0].rsplit("/", 1)[1] != moved.partition("#")[0].rsplit("/", 1)[1]
    file = file_of(
        folder, entry(feasible, "reject", revision="first.md"), entry(swiftly, "note", revision="first.md")
    )
    found = _status(codegap, file, "second.md")
    assert (found[feasible]["status"], found[feasible]["now"]) == ("carried", moved)
    assert found[swiftly]["status"] in ("stale", "reopened")
    # Without the text it was made on only the same id with the same words would do.
    (folder / "first.md").unlink()
    assert _status(codegap, file, "second.md")[feasible]["status"] == "stale"


def test_on_the_fly_rows_and_notes_tell_of_it(codegap: Codegap, folder: Path) -> None:
    file = file_of(
        folder,
        entry(FEASIBLE, "reject"),
        entry(BALANCE, "reject", quote=THEN),
        entry(LARGE, "accept"),
    )
    shown = codegap("exemptions", "--revision", "2026-09-09", "--decisions", file, "--format", "json")
    assert "1 carried from another, 1 to be decided again" in shown.err
    assert "1 stale (the finding is gone)" in shown.err
    rows = results(shown.out)
    carried = rows["icu/2026-09-09/C2.2#feasibility-1"]["decision"]
    assert carried["status"] == "carried"
    assert carried["finding"] == FEASIBLE
    opened = rows["icu/2026-09-09/C9.u4#discretion-1"]["decision"]
    assert opened["status"] == "reopened"
    told = json.loads(shown.out)["decisions"]
    assert told["rejected"] == 1  # what is open again rejects nothing
    assert told["stale_ids"] == [LARGE]
    table = ran(codegap, "exemptions", "--revision", "2026-09-09", "--decisions", file, "--measure", "C9")
    assert "to be decided again" in table
    assert "Words then:" in " ".join(table.split())


def test_carry_writes_what_is_the_same_and_keeps_everything(codegap: Codegap, folder: Path) -> None:
    file = file_of(
        folder,
        entry(DRAFT, "reject"),
        entry(BALANCE, "reject", quote=THEN),
        entry(LARGE, "accept"),
        entry(FEASIBLE, "note"),
    )
    before = (folder / file).read_text(encoding="utf-8")
    asked = ("decisions", "carry", "--from", "2023-11-09", "--to", "2025-02-24", "--decisions", file)
    shown = codegap(*asked, "--format", "json")
    assert shown.code == 0
    assert [row["status"] for row in json.loads(shown.out)["results"]] == ["carried", "reopened", "stale"]
    after = (folder / file).read_text(encoding="utf-8")
    assert after.startswith(before)
    made = decisions_of(folder / file)
    assert len(made) == 5
    assert made[-1]["finding"] == SWIFTLY
    assert made[-1]["carried_from"] == DRAFT
    assert made[-1]["quote"] == "swiftly"
    assert codegap(*asked).code == 0  # a second time there is nothing more to write
    assert (folder / file).read_text(encoding="utf-8") == after
    found = _status(codegap, file, "2025-02-24")
    assert found[SWIFTLY]["status"] == "carried"
    assert found[DRAFT]["status"] == "superseded"


def test_decisions_list_keeps_to_a_status(codegap: Codegap, folder: Path) -> None:
    file = file_of(folder, entry(FEASIBLE, "reject"), entry("icu/2025-02-24/C2.9#x-1", "accept"))
    out = ran(codegap, "decisions", "list", "--decisions", file, "--status", "stale", "--format", "csv")
    assert len(out.splitlines()) == 2
    refused = codegap("decisions", "list", "--decisions", file, "--status", "stael")
    assert refused.code == 2
    assert "Did you mean stale?" in refused.err


def test_a_comparison_tells_what_became_of_decisions(codegap: Codegap, folder: Path) -> None:
    file = file_of(
        folder,
        entry(DRAFT, "reject"),
        entry(BALANCE, "reject", quote=THEN),
    )
    out = ran(codegap, "compare", "2023-11-09", "2025-02-24", "--decisions", file, "--format", "json")
    rows = [row for row in json.loads(out)["results"] if row["decisions"]]
    told = {(row["from"], one["status"]) for row in rows for one in row["decisions"]}
    assert told == {("4A.u2", "carried"), ("4G.u3", "reopened")}
    page = ran(
        codegap, "compare", "2023-11-09", "2025-02-24", "--decisions", file, "--format", "html", "--all"
    )
    assert "<h4>Decisions</h4>" in page
    plain = ran(codegap, "compare", "2023-11-09", "2025-02-24", "--format", "json")
    assert '"decisions"' not in plain
