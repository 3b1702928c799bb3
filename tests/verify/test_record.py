"""`--write-basis`: marks where things agree, every other byte as it was, and nothing written twice."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from analyser import library
from analyser.cli.main import run
from analyser.errors import InputError
from analyser.model.base import Basis
from analyser.model.text import Document, Provision
from analyser.reading.markdown import parse_markdown
from analyser.revisions import RevisionRef
from analyser.rulebook import Rulebook
from analyser.verify.check import Checked, check
from analyser.verify.record import Change, changes, make, with_file

from .conftest import told
from .official import play_official

ROOT = Path(__file__).parents[2]
Recorded = Callable[..., tuple[RevisionRef, tuple[Change, ...]]]


@pytest.fixture
def recorded(rules: Rulebook, tmp_path: Path) -> Recorded:
    """Check a copy of the built-in text against itself played official, and return what is to be written."""
    ours, official = tmp_path / "ours.md", tmp_path / "official.md"
    shutil.copy(library.resolve().path, ours)

    def checked(*replaced: tuple[str, str]) -> tuple[RevisionRef, tuple[Change, ...]]:
        markdown = library.resolve().path.read_text(encoding="utf-8")
        official.write_text(play_official(markdown, *replaced), encoding="utf-8")
        ref = library.resolve(str(ours))
        return ref, changes(ref, official, check(ref, official, official.name, rules))

    return checked


def document_of(text: str) -> Document:
    from analyser.catalogue import numbering_of
    from analyser.parsing.document import parse

    return parse(parse_markdown(text, "text.md"), numbering_of(library.resolve()), "icu")


def provision(document: Document, number: str) -> Provision:
    every = (one for measure in document.measures for one in measure.provisions())
    return next(one for one in every if one.number == number)


def test_only_attribute_lines_change(recorded: Recorded) -> None:
    _, (change,) = recorded()
    marks = [
        [line for line in text.split("\n") if not line.strip().startswith("{:")]
        for text in (change.before, change.after)
    ]
    assert marks[0] == marks[1]
    before, after = (parse_markdown(text, "x.md") for text in (change.before, change.after))
    assert before.text == after.text
    assert [block.span for block in before.blocks] == [block.span for block in after.blocks]


def test_what_agrees_is_official_and_what_does_not_stays_as_it_was(recorded: Recorded) -> None:
    _, (change,) = recorded(
        ("currently not technically feasible", "currently not practicable"),
        ("ICU A4 Internal monitoring and assurance\n", "ICU A4 Internal audit\n"),
        ("is both a large service and a multi-risk", "is either a large service or a multi-risk"),
        ("A5.2 The provider", "A5.9 The provider"),
    )
    before, after = document_of(change.before), document_of(change.after)
    official = Basis.OFFICIAL
    assert provision(after, "C2.2").number_basis is official
    assert provision(after, "C2.2").text_basis is provision(before, "C2.2").text_basis
    bases = {one.phrase: one.basis for one in provision(after, "C2.2").phrases}
    assert bases["swiftly"] is official
    assert bases["unless it is currently not technically feasible"] is Basis.RECALL_HIGH
    assert bases["technically feasible"] is Basis.SECONDARY
    titles = {measure.id: measure.title_basis for measure in after.measures}
    assert titles["ICU A4"] is Basis.SECONDARY
    assert titles["ICU A5"] is official
    assert provision(after, "A5.2").number_basis is provision(before, "A5.2").number_basis
    assert provision(after, "C9.1(a)(ii)").number_basis is official
    logic = {line.strip() for line in change.after.split("\n") if "logic=official" in line}
    assert logic
    assert "logic=official" not in change.after.partition("A4.1 ")[2].partition("### Recommendation")[0]


def test_a_paragraph_whose_number_is_not_known_is_never_marked(recorded: Recorded) -> None:
    _, (change,) = recorded()
    before, after = document_of(change.before), document_of(change.after)
    unknown = [one for measure in before.measures for one in measure.provisions() if not one.number_known]
    assert unknown
    for one in unknown:
        assert provision(after, one.number).number_basis is one.number_basis
        assert provision(after, one.number).phrases == one.phrases


def test_an_item_that_does_not_agree_keeps_what_it_took_from_its_paragraph(recorded: Recorded) -> None:
    _, (change,) = recorded(("- (b) the potential severity", "- (d) the potential severity"))
    before, after = document_of(change.before), document_of(change.after)
    assert provision(after, "C5.2").number_basis is Basis.OFFICIAL
    assert provision(after, "C5.2(a)").number_basis is Basis.OFFICIAL
    assert (
        provision(after, "C5.2(b)").number_basis
        is provision(before, "C5.2(b)").number_basis
        is Basis.SECONDARY
    )


def test_the_basis_of_words_changes_only_where_they_are_the_very_same(recorded: Recorded) -> None:
    _, (change,) = recorded(("an annual review of how", "an annual review of the way in which"))
    after = document_of(change.after)
    assert provision(after, "A1.2").number_basis is Basis.OFFICIAL
    assert provision(after, "A1.2").text_basis is Basis.SECONDARY
    assert provision(after, "A2.2").text_basis is Basis.OFFICIAL


def test_what_is_written_once_is_not_written_again(recorded: Recorded) -> None:
    ref, found = recorded()
    make(found)
    assert ref.path.read_text(encoding="utf-8") == found[0].after
    assert [path.name for path in ref.path.parent.iterdir() if path.name.startswith(".")] == []
    _, again = recorded()
    assert again == ()


def test_the_diff_gives_the_new_text_when_applied(recorded: Recorded, tmp_path: Path) -> None:
    _, (change,) = recorded()
    lines, at, out = change.before.split("\n"), 0, []
    for line in change.diff.split("\n")[2:-1]:
        if line.startswith("@@"):
            start = int(line.split()[1].removeprefix("-").partition(",")[0]) - 1
            out += lines[at:start]
            at = start
        elif line.startswith("+"):
            out.append(line[1:])
        else:
            assert lines[at] == line[1:]
            out += [line[1:]] if line.startswith(" ") else []
            at += 1
    assert "\n".join([*out, *lines[at:]]) == change.after


def test_line_endings_are_kept(rules: Rulebook, tmp_path: Path) -> None:
    ours, official = tmp_path / "ours.md", tmp_path / "official.md"
    markdown = library.resolve().path.read_text(encoding="utf-8")
    ours.write_bytes(markdown.replace("\n", "\r\n").encode())
    official.write_text(play_official(markdown), encoding="utf-8")
    ref = library.resolve(str(ours))
    (change,) = changes(ref, official, check(ref, official, "official.md", rules))
    assert change.after.count("\n") == change.after.count("\r\n")


@pytest.mark.parametrize(
    "which", ["itself", "a copy", "with unknown numbers", "with marks", "in the library"]
)
def test_a_restatement_is_not_taken_for_the_official_file(
    rules: Rulebook, tmp_path: Path, which: str
) -> None:
    ref = library.resolve()
    markdown = ref.path.read_text(encoding="utf-8")
    path = tmp_path / "official.md"
    if which == "itself":
        path = ref.path
    elif which == "a copy":
        shutil.copy(ref.path, path)
    elif which == "with unknown numbers":
        path.write_text(play_official(markdown).replace("C2.3 In this", "C2.u1 In this"), encoding="utf-8")
    elif which == "with marks":
        path.write_text(play_official(markdown) + "\n6.1 Words.\n{: number=quoted}\n", encoding="utf-8")
    else:
        path = library.resolve("2023-11-09").path
        ref = library.resolve("2023-11-09")
    with pytest.raises(InputError, match="is itself a restatement"):
        changes(ref, path, check(ref, path, "official.md", rules))


def test_the_text_of_something_else_is_not_recorded(rules: Rulebook, tmp_path: Path) -> None:
    ref = library.resolve()
    markdown = play_official(ref.path.read_text(encoding="utf-8"))
    path = tmp_path / "official.md"
    path.write_text(markdown[: markdown.index("## ICU C1 ")], encoding="utf-8")
    with pytest.raises(InputError, match="it is hardly its text"):
        changes(ref, path, check(ref, path, "official.md", rules))


YAML = """# A comment that stays.
code: a-code
revisions:
  - revision: "2024-01-01"
    held: true
    kind: issued
  - revision: "2025-01-01"   # and this one
    kind: issued
    held: true
    statements: []
"""


def stand_in(checked: Checked) -> dict[str, object]:
    return {
        "sha256": checked.official.source.file_sha256,
        "media": "markdown",
        "verified": {
            "agree": checked.counts["agree"],
            "disagree": 0,
            "not_comparable": checked.counts["not_comparable"],
        },
    }


def test_the_official_file_is_listed_under_its_revision_and_every_other_line_stays(
    against: Callable[..., Checked],
) -> None:
    checked = against()
    once = with_file(YAML, "code.yaml", "2025-01-01", checked)
    data = yaml.safe_load(once)
    assert data["revisions"][1]["official_files"] == [stand_in(checked)]
    assert "official_files" not in data["revisions"][0]
    assert [line for line in once.splitlines() if line in YAML.splitlines()] == YAML.splitlines()
    assert with_file(once, "code.yaml", "2025-01-01", checked) == once
    other = against(("ICU A4 Internal monitoring and assurance\n", "ICU A4 Internal audit\n"))
    twice = with_file(once, "code.yaml", "2025-01-01", other)
    listed = yaml.safe_load(twice)["revisions"][1]["official_files"]
    assert [one["verified"]["disagree"] for one in listed] == [0, 1]
    assert with_file(twice, "code.yaml", "2025-01-01", checked) == twice


def test_a_list_in_another_form_is_left_to_a_person(against: Callable[..., Checked]) -> None:
    other = YAML + "    official_files:\n      - sha256: abc\n        media: pdf\n"
    with pytest.raises(InputError, match="cannot be edited line by line"):
        with_file(other, "code.yaml", "2025-01-01", against())


def test_a_whole_library_is_marked_and_still_reads(tmp_path: Path) -> None:
    """The command on a library of its own: marks in the text, the hash in code.yaml, then no more."""
    for name in ("analyser", "codes", "rules", "reports/templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    markdown = library.resolve().path.read_text(encoding="utf-8")
    official = tmp_path / "official.md"
    official.write_text(play_official(markdown), encoding="utf-8")

    def codegap(*arguments: str) -> subprocess.CompletedProcess[str]:
        program = "import sys; from analyser.cli.main import run; sys.exit(run(sys.argv[1:]))"
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "CODEGAP_CACHE": "off"}
        command = [sys.executable, "-c", program, *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)

    asked = ("verify", "2025-02-24", "--against", "official.md")
    text, listed = (
        tmp_path / "codes" / "illegal-content-u2u" / name for name in ("2025-02-24.md", "code.yaml")
    )
    before = (text.read_bytes(), listed.read_bytes())
    dry = codegap(*asked, "--diff")
    assert dry.returncode == 0, dry.stderr
    assert "+++ b/codes/illegal-content-u2u/2025-02-24.md" in dry.stdout
    assert "+++ b/codes/illegal-content-u2u/code.yaml" in dry.stdout
    assert before == (text.read_bytes(), listed.read_bytes())
    done = codegap(*asked, "--write-basis")
    assert done.returncode == 0, done.stderr
    assert (
        "`codes/illegal-content-u2u/2025-02-24.md` and `codes/illegal-content-u2u/code.yaml`" in done.stderr
    )
    written = (text.read_bytes(), listed.read_bytes())
    assert written[0] != before[0]
    assert b"official_files:" in written[1]
    again = codegap(*asked, "--write-basis")
    assert "nothing to record that is not recorded already" in again.stderr
    assert written == (text.read_bytes(), listed.read_bytes())
    manifest = tmp_path / "codes" / "manifest.yaml"
    head, entry, tail = manifest.read_text(encoding="utf-8").partition(
        "name: illegal-content-u2u-2026-09-09.pdf"
    )
    pinned = tail.replace("sha256: null", f"sha256: {hashlib.sha256(official.read_bytes()).hexdigest()}", 1)
    manifest.write_text(head + entry + pinned, encoding="utf-8")
    other = codegap(*asked, "--write-basis")
    assert other.returncode == 3
    assert "by its sha256 the file is that of illegal-content-u2u@2026-09-09" in other.stderr
    shown = codegap("codes", "show", "--measure", "C2", "--format", "csv")
    assert shown.returncode == 0, shown.stderr
    assert "official" in shown.stdout


def test_a_text_that_cannot_be_written_is_refused_before_anything_is(
    recorded: Recorded, tmp_path: Path
) -> None:
    _, (change,) = recorded()
    gone = Change(tmp_path / "none" / "text.md", "none/text.md", change.before, change.after)
    with pytest.raises(InputError, match="cannot be written"):
        make((change, gone))
    assert change.path.read_text(encoding="utf-8") == change.before


def test_a_composed_text_is_marked_only_in_the_instrument(rules: Rulebook, tmp_path: Path) -> None:
    ref = library.resolve("2026-09-09")
    from analyser.catalogue import compose

    base = ref.path.read_text(encoding="utf-8")
    instrument = ref.instruments[-1].path.read_text(encoding="utf-8")
    start = instrument.index("### ICU C14 ")
    measure = (
        instrument[start : instrument.index("## Amendment 2")]
        .replace("#### ", "### ")
        .replace("### ICU", "## ICU")
    )
    whole = base.replace("## ICU D1 ", f"{measure}\n## ICU D1 ", 1)
    official = tmp_path / "official.md"
    official.write_text(play_official(whole), encoding="utf-8")
    checked = check(ref, official, "official.md", rules)
    assert compose(ref).document.measure("ICU C14")
    found = changes(ref, official, checked)
    assert [change.shown for change in found] == [
        "codes/illegal-content-u2u/2026-09-09.md",
        "codes/illegal-content-u2u/code.yaml",
    ]
    assert "{: logic=official number=official" in found[0].after
    assert '  - revision: "2026-09-09"' in found[1].after.partition("official_files")[0]


def test_the_instrument_alone_is_compared_with_what_our_restatement_of_it_holds(
    rules: Rulebook, tmp_path: Path
) -> None:
    ref = library.resolve("2026-09-09")
    instrument = ref.instruments[-1].path.read_text(encoding="utf-8")
    official = tmp_path / "official.md"
    official.write_text(
        play_official(instrument, ("communicated publicly", "shown to all")), encoding="utf-8"
    )
    checked = check(ref, official, "official.md", rules)
    assert told(checked) == [("phrase", "only_ours", "ICU C14", "ICU C14.2")]
    assert "holds an amending instrument and not the text with it applied" in checked.notes[0]
    shown = [change.shown for change in changes(ref, official, checked)]
    assert shown == ["codes/illegal-content-u2u/2026-09-09.md", "codes/illegal-content-u2u/code.yaml"]


def test_several_instruments_together_are_no_file(rules: Rulebook, tmp_path: Path) -> None:
    ref = library.resolve("2026-09-09+2026-06-18")
    official = tmp_path / "official.md"
    official.write_text(play_official(ref.path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(InputError, match="is no file of its own"):
        changes(ref, official, check(ref, official, "official.md", rules))


def test_the_command_says_that_nothing_was_written_for_a_restatement(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["verify", "--against", str(library.resolve().path), "--write-basis"]) == 3
    assert "is itself a restatement" in capsys.readouterr().err
