"""The file of decisions: every fault by file and line, and what is written keeps the rest as it stands."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser.decisions.file import DecisionFile, parse_decisions, written
from analyser.decisions.model import GRADES, Decision, Verdict, grade_words, read_grades
from analyser.errors import InputError

from .files import FEASIBLE, SWIFTLY, Codegap, entry, file_of, ran

HEAD = "decisions:\n  - finding: icu/2025-02-24/C2.2#feasibility-1\n"
WHOLE = HEAD + "    verdict: reject\n    reviewer: A\n    date: 2026-11-20\n    reason: no\n"

FAULTS = [
    ("decisons: []\n", "line 1", "Did you mean decisions?"),
    (HEAD + "    verdict: rejekt\n    reviewer: A\n    reason: no\n", "line 3", "Did you mean reject?"),
    (HEAD + "    verdict: reject\n    reviewer: A\n", "line 2", "needs a `reason`"),
    (HEAD + "    verdict: accept\n", "line 2", "needs a `reviewer`"),
    (WHOLE.replace("2026-11-20", "20/11/2026"), "line 5", "`20/11/2026` is no date"),
    (WHOLE.replace("reason", "because"), "line 6", "there is no key `because`"),
    (WHOLE.replace("reject", "re-grade"), "line 2", "a re-grade needs `to`"),
    (WHOLE.replace("reject", "re-grade") + "    to: {levl: minor}\n", "line 2", "Did you mean level?"),
    (WHOLE.replace("reject", "re-grade") + "    to: {level: mild}\n", "line 2", "cannot be `mild`"),
    (WHOLE + "    to: {level: minor}\n", "line 2", "`to` is for a re-grade"),
    (WHOLE.replace("icu/2025-02-24/C2.2#feasibility-1", "C2.2"), "line 2", "is no id of a finding"),
    (WHOLE + WHOLE.partition("\n")[2], "lines 2 and 7", "two decisions on"),
    (WHOLE + "   - finding: x\n", "line 7", "not valid YAML"),
    ("- a\n", "line 1", "the file holds no decisions"),
]


@pytest.mark.parametrize(("text", "place", "said"), FAULTS, ids=[fault[2][:30] for fault in FAULTS])
def test_a_fault_is_said_by_file_and_line(text: str, place: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_decisions(text.encode(), Path("d.yaml"), "d.yaml")
    assert f"(d.yaml, {place})" in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "decisions: []\n", "decisions:\n", "# a\ndecisions: []  # b\n"]
)
def test_an_empty_file_holds_no_decisions_and_can_be_added_to(text: str) -> None:
    file = parse_decisions(text.encode(), Path("d.yaml"), "d.yaml")
    assert file.decisions == ()
    made = Decision.model_validate(entry(FEASIBLE, "reject"))
    after = written(file, {}, [made])
    assert parse_decisions(after.encode(), Path("d.yaml"), "d.yaml").decisions == (made,)
    assert ("# nothing yet" in after) == ("# nothing yet" in text)


def test_comments_and_order_stay() -> None:
    text = (
        "# ours\n\ndecisions:\n# about the story\n- finding: icu/2025-02-24/C2.2#feasibility-1  # C2\n"
        "  verdict: reject\n  reviewer: A\n  reason: >\n    no way\n    out\n\n  # the second\n"
        "- finding: icu/2025-02-24/C1.2#vague_standard-1\n  verdict: accept\n  reviewer: B\n\n# the end\n"
    )
    file = parse_decisions(text.encode(), Path("d.yaml"), "d.yaml")
    assert file.decisions[0].reason == "no way out"
    assert written(file, {}, []) == text
    made = Decision.model_validate(entry(SWIFTLY, "note"))
    after = written(file, {}, [made])
    assert after.startswith(text.partition("\n\n# the end")[0])
    assert after.endswith("# the end\n")
    changed = file.decisions[0].model_copy(update={"reason": "quite: other"})
    after = written(file, {changed.finding: changed}, [])
    assert "# the second\n- finding: icu/2025-02-24/C1.2#vague_standard-1\n  verdict: accept" in after
    assert parse_decisions(after.encode(), Path("d.yaml"), "d.yaml").decisions[0] == changed


WORDS = st.text(min_size=1, max_size=40).filter(
    lambda text: text.strip().isprintable() and text.strip() != ""
)


@given(WORDS, WORDS, st.sampled_from([one for one in Verdict if one != Verdict.RE_GRADE]))
def test_any_words_come_back_from_the_file(reviewer: str, reason: str, verdict: Verdict) -> None:
    made = Decision(finding=FEASIBLE, verdict=verdict, reviewer=reviewer, reason=reason, date="2026-11-20")
    text = written(DecisionFile(path=Path("d"), shown="d"), {}, [made])
    assert parse_decisions(text.encode(), Path("d"), "d").decisions == (made,)


def test_grades_are_read_as_they_are_written() -> None:
    for grades in GRADES.values():
        to = {name: values[-1] for name, values in grades.items()}
        assert read_grades(grade_words(to)) == to
    assert read_grades(" Level = minor ") == {"level": "minor"}
    for nonsense in ("minor", "level:", "level: minor; level: material"):
        with pytest.raises(ValueError, match="is no grade"):
            read_grades(nonsense)


def test_add_writes_the_words_and_refuses_what_is_not_there(codegap: Codegap, folder: Path) -> None:
    said = ("--verdict", "reject", "--reviewer", "A. Reader", "--reason", "no", "--date", "2026-11-20")
    ran(codegap, "decisions", "add", FEASIBLE, *said, "-o", "mine.yaml")
    text = (folder / "mine.yaml").read_text(encoding="utf-8")
    assert "quote: unless it is currently not technically feasible\n" in text
    assert "revision: illegal-content-u2u@2025-02-24\n" in text
    again = codegap("decisions", "add", FEASIBLE, *said, "-o", "mine.yaml")
    assert again.code == 2
    assert "decided already. Change or take out the entry at mine.yaml, line 4" in again.err
    unknown = codegap("decisions", "add", FEASIBLE.replace("-1", "-7"), *said, "-o", "mine.yaml")
    assert unknown.code == 2
    assert f"Did you mean {FEASIBLE}" in unknown.err
    assert codegap("decisions", "add", FEASIBLE, *said).code == 2  # no file is in use
    verdict = codegap("decisions", "add", SWIFTLY, "--verdict", "rejct", *said[2:], "-o", "mine.yaml")
    assert verdict.code == 2
    assert "Did you mean reject?" in verdict.err
    assert (folder / "mine.yaml").read_text(encoding="utf-8") == text


def test_a_missing_file_is_refused(codegap: Codegap, folder: Path) -> None:
    for command in (("gaps",), ("exemptions",), ("report",), ("compare", "2025-02-24", "2026-09-09")):
        refused = codegap(*command, "--decisions", "none.yaml")
        assert refused.code == 3
        assert "the decisions `none.yaml` cannot be read: there is no such file" in refused.err


def test_the_workspace_names_the_file(codegap: Codegap, folder: Path) -> None:
    ran(codegap, "init", ".")
    plain = codegap("exemptions", "--format", "json").out
    assert '"decision"' not in plain  # an empty file decides nothing, and changes no byte
    (folder / "decisions.yaml").unlink()
    file_of(folder, entry(SWIFTLY, "reject"))
    shown = codegap("exemptions", "--format", "json")
    assert '"verdict": "reject"' in shown.out
    assert f"{folder.name}/decisions.yaml: 1 decision: 1 made on this text." in shown.err
    assert '"decision"' not in codegap("exemptions", "--format", "json", "--no-workspace").out
