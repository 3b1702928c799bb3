"""`codegap ingest`, and every analysing command, on documents that are no Markdown of ours."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from .conftest import Codegap

SMALL = Path(__file__).parent.parent / "ingest" / "small.html"
LOOSE = "These words belong to no paragraph."


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A web page with two measures, a number left out, and loose words."""
    return Path(shutil.copy(SMALL, tmp_path / "small.html"))


def read(codegap: Codegap, *arguments: str) -> dict[str, Any]:
    ran = codegap(*arguments, "--format", "json")
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_the_page_tells_what_was_found_what_is_missing_and_what_to_do(codegap: Codegap, small: Path) -> None:
    ran = codegap("ingest", str(small))
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")] == [
        str(small),
        *("Found", "Missing", "Not placed", "What to do", "Measures"),
    ]
    words = " ".join(ran.out.split())
    for told in (
        "Web page: Illegal content Codes of Practice for user-to-user services",
        "Read as illegal-content-u2u: 2 measures begin with ICU; numbering as in its code.yaml.",
        "Taken as the text of 2025-02-24, the only date on its first page.",
        "Found 2 measures with 4 paragraphs and 2 items",
        "On the title page: 24 February 2025",
        "In ICU A2: A2.2 is missing after A2.1.",
        f"“{LOOSE}”",
        f"Go on with `codegap gaps --revision {small}`.",
        "ICU A2 A2.1 to A2.3 Finding images",
    ):
        assert told in words
    assert max(len(line) for line in lines if str(small) not in line) <= 80


def test_json_has_the_fields_of_the_contract_and_what_stands_beside_them(
    codegap: Codegap, small: Path
) -> None:
    found = read(codegap, "ingest", str(small))
    assert found["schema"] == "codegap/ingest/1"
    assert list(found["results"][0]) == ["measure", "title", "application", "provisions"]
    second = found["results"][1]
    assert (second["measure"], second["title"]) == ("ICU A2", "Finding images")
    assert second["application"].startswith("A2.1 This measure applies to a provider")
    assert [one["number"] for one in second["provisions"]] == ["A2.1", "A2.1(a)", "A2.1(b)", "A2.3"]
    assert second["provisions"][1] == {"number": "A2.1(a)", "text": "is a large service; or", "page": None}
    assert 0.9 < found["placed"] < 1
    assert found["unplaced"] == [{"text": LOOSE, "page": None, "measure": ""}]
    assert found["numbering_gaps"] == [
        {"kind": "paragraph", "place": "ICU A2", "missing": ["A2.2"], "after": "A2.1"}
    ]
    assert (found["media"], found["code"], found["revision"]) == ("html", "illegal-content-u2u", "2025-02-24")
    assert found["numbering"]["how"] == "code.yaml"
    assert found["sha256"] == found["inputs"][0]["sha256"]
    assert [one["text"] for one in found["front_matter"]] == ["24 February 2025"]
    for key in ("footnotes", "furniture", "marks", "warnings", "index_without_body", "body_without_index"):
        assert key in found


@pytest.mark.parametrize("name", ["csv", "md", "html", "xlsx"])
def test_the_report_is_written_in_every_format(
    codegap: Codegap, small: Path, tmp_path: Path, name: str
) -> None:
    target = tmp_path / f"out.{name}"
    assert codegap("ingest", str(small), "-o", str(target)).code == 0
    written = target.read_bytes()
    if name != "xlsx":
        assert b"ICU A2" in written
        assert b"A2.1(a)" in written
    if name in ("md", "html"):
        assert LOOSE.encode() in written
        assert b"A2.2 is missing" in written
    assert codegap("ingest", str(small), "-o", str(target)).code == 0
    assert target.read_bytes() == written


def test_strict_ends_with_5_when_something_has_no_place(codegap: Codegap, small: Path) -> None:
    ran = codegap("ingest", str(small), "--strict")
    assert ran.code == 5
    assert f"1 piece of text found no place (94.6 % placed); the first: “{LOOSE}”" in ran.err
    assert "ICU A1" in ran.out
    small.write_text(small.read_text(encoding="utf-8").replace(f"<p>{LOOSE}</p>", ""), encoding="utf-8")
    assert codegap("ingest", str(small), "--strict").code == 0


def test_a_document_without_measures_ends_with_3(codegap: Codegap, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><p>Some prose.</p></body></html>", encoding="utf-8")
    ran = codegap("ingest", str(tmp_path / "a.html"))
    assert (ran.code, ran.out) == (3, "")
    assert "No measure was found" in ran.err
    assert "--numbering SCHEME" in ran.err


WRONG = [
    (
        ("--code", "illegal-content-u2"),
        "there is no code `illegal-content-u2`. Did you mean illegal-content-u2u",
    ),
    (("--date", "24.2.2025"), "`24.2.2025` is no date. Write it as 2025-02-24."),
    (("--numbering", "artikel"), "there is no numbering scheme `artikel`. Did you mean article?"),
    (("--format", "docx"), "ingest cannot be written as docx"),
]


@pytest.mark.parametrize(("arguments", "told"), WRONG)
def test_what_is_said_wrongly_is_refused(
    codegap: Codegap, small: Path, arguments: tuple[str, ...], told: str
) -> None:
    ran = codegap("ingest", str(small), *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_what_is_said_with_options_holds(codegap: Codegap, small: Path) -> None:
    options = (
        "--code",
        "illegal-content-search",
        "--date",
        "2026-01-01",
        "--numbering",
        "named-letter-number",
    )
    found = read(codegap, "ingest", str(small), *options)
    assert (found["code"], found["revision"]) == ("illegal-content-search", "2026-01-01")
    assert (found["numbering"]["scheme"], found["numbering"]["how"]) == ("named-letter-number", "said")


def test_what_is_said_beside_the_file_holds_for_every_command(codegap: Codegap, small: Path) -> None:
    beside = small.with_name("small.html.yaml")
    beside.write_text("revision: 2026-03-01\n", encoding="utf-8")
    for command in ("gaps", "exemptions", "duties", "matrix"):
        found = read(codegap, command, "--revision", str(small))
        assert found["options"]["revision"] == "illegal-content-u2u@2026-03-01"
        assert [one["path"] for one in found["inputs"]] == [str(small), str(beside)]
    assert all(row["id"].startswith("icu/2026-03-01/") for row in found_duties(codegap, small))


def found_duties(codegap: Codegap, path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read(codegap, "duties", "--revision", str(path))["results"]
    return rows


def test_words_of_the_file_stand_in_quotation_marks(codegap: Codegap, small: Path) -> None:
    (row,) = [
        row
        for row in read(codegap, "exemptions", "--revision", str(small))["results"]
        if row["kind"] == "feasibility"
    ]
    assert (row["provision"], row["quote"]) == ("ICU A1.2", "unless it is not technically feasible")
    assert "words: quoted" in row["basis_detail"]
    assert "“unless it is not technically feasible”" in codegap("exemptions", "--revision", str(small)).out


def test_a_page_leaves_the_same_gaps_as_the_same_words_in_markdown(
    codegap: Codegap, small: Path, tmp_path: Path
) -> None:
    markdown = tmp_path / "same.md"
    markdown.write_text(
        "---\ncode: illegal-content-u2u\nrevision: 2025-02-24\n---\n# T\n\n"
        "## ICU A1 Taking down\n{: title=official text_complete=true}\n\n### Application\n"
        "A1.1 This measure applies to a provider in respect of each service it provides.\n"
        "{: number=official text=official}\n\n### Recommendation\n"
        "A1.2 The provider should take down the illegal content of which it is aware, "
        "unless it is not technically feasible.\n{: number=official text=official}\n\n"
        "## ICU A2 Finding images\n{: title=official text_complete=false}\n\n### Application\n"
        "A2.1 This measure applies to a provider in respect of each service it provides that:\n"
        "- (a) is a large service; or\n- (b) is at high risk of image-based CSAM.\n"
        "{: number=official text=official}\n\n### Recommendation\n"
        "A2.3 The provider should use hash matching to detect image-based CSAM communicated publicly.\n"
        "{: number=official text=official}\n",
        encoding="utf-8",
    )
    sides = [read(codegap, "gaps", "--all", "--revision", str(path))["results"] for path in (small, markdown)]
    keys = ("id", "state", "services", "harms", "functions", "when", "who")
    first, second = ([[row[key] for key in keys] for row in rows] for rows in sides)
    assert first == second
    assert len(first) > 100


def test_a_page_is_compared_with_a_revision_and_explained(codegap: Codegap, small: Path) -> None:
    compared = read(codegap, "compare", str(small), "2025-02-24")
    assert {row["change"] for row in compared["results"]}
    assert "Read as illegal-content-u2u" in codegap("compare", str(small), "2025-02-24").err
    explained = codegap("explain", "ICU A1.2", "--revision", str(small))
    assert explained.code == 0
    assert "technically feasible" in explained.out
    shown = read(codegap, "codes", "show", str(small))["results"]
    assert [row["number"] for row in shown] == ["A1.1", "A1.2", "A2.1", "A2.1(a)", "A2.1(b)", "A2.3"]


STANDARDS = """\
<html><body><h1>Design standards</h1>
<h2>Standard 4: Reports</h2><p>4.1 This standard applies to all services.</p>
<p>4.2 The service must take down illegal content, unless it is not technically feasible.</p>
<h2>Standard 5: Records</h2><p>5.1 The service must keep records.</p></body></html>
"""


def test_a_code_of_another_regulator_is_analysed_without_being_told_how(
    codegap: Codegap, tmp_path: Path
) -> None:
    path = tmp_path / "standards.html"
    path.write_text(STANDARDS, encoding="utf-8")
    ran = codegap("exemptions", "--revision", str(path))
    assert ran.code == 0
    assert "Numbering guessed: word-number" in ran.err
    assert "standards/undated/4.2#feasibility-1" in ran.out
    assert "Standard 4.2" in ran.out


def test_an_amending_instrument_may_be_a_page_with_what_it_amends_said_beside_it(
    codegap: Codegap, tmp_path: Path
) -> None:
    path = tmp_path / "amending.html"
    path.write_text(
        "<html><body><h1>Amendments</h1><h2>Amendment 1: Omit ICU C10</h2></body></html>", encoding="utf-8"
    )
    path.with_name("amending.html.yaml").write_text(
        "code: illegal-content-u2u\nrevision: 2030-01-31\ninstrument: amending\namends: 2025-02-24\n",
        encoding="utf-8",
    )
    ran = codegap("codes", "show", str(path), "--format", "json")
    assert ran.code == 0, ran.err
    measures = {row["measure"] for row in json.loads(ran.out)["results"]}
    assert "ICU C9" in measures
    assert "ICU C10" not in measures
