"""A decision changes nothing that was found: rows stay, cells are counted as found, headlines step back."""

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import yaml

from analyser import library, profiles
from analyser.analysis import Analysis, analyse
from analyser.decisions.apply import counts, decide_exemptions, decide_gaps, decide_report
from analyser.decisions.file import parse_decisions
from analyser.decisions.findings import Findings, opener
from analyser.decisions.settle import Settlement, settle
from analyser.reporting.decision_rows import DecidedGapRow

from .files import FEASIBLE, SWIFTLY, Codegap, entry, file_of, ran, results


def _analysis() -> Analysis:
    return analyse(library.resolve("2025-02-24"), library.rulebook())


def _settled(analysis: Analysis, *entries: dict[str, object]) -> Settlement:
    text = yaml.safe_dump({"decisions": list(entries)})
    file = parse_decisions(text.encode(), Path("d.yaml"), "d.yaml")
    findings = Findings(analysis, "illegal-content-u2u@2025-02-24")
    return settle(file, findings, opener(analysis.rulebook))


def test_a_rejected_exemption_leads_no_headline_and_stays_in_the_report() -> None:
    analysis = _analysis()
    plain = analysis.report()
    own = [row.id for row in analysis.exemption_rows() if "technically feasible" in row.quote]
    assert own == [FEASIBLE]
    settlement = _settled(analysis, entry(FEASIBLE, "reject"))
    decided = decide_report(plain, analysis, settlement)
    assert any(line.provision == "ICU C2.2" for line in plain.headlines)
    assert not any(line.provision == "ICU C2.2" for line in decided.headlines)
    assert decided.totals == plain.totals
    assert decided.partition.holds
    assert [row.id for row in decided.exemptions] == [row.id for row in plain.exemptions]
    assert {gap.row.id for gap in decided.gaps} == {gap.row.id for gap in plain.gaps}
    resting = [gap.row for gap in decided.gaps if getattr(gap.row, "rests_on_rejected", ())]
    assert resting
    assert all(FEASIBLE in {cause.exemption for cause in row.causes} for row in resting)
    # What rests on rejected words alone follows what stands.
    places = [
        all(cause.exemption == FEASIBLE for cause in gap.row.causes) and bool(gap.row.causes)
        for gap in decided.gaps
    ]
    assert places == sorted(places)


def test_nothing_else_of_any_row_changes() -> None:
    analysis = _analysis()
    settlement = _settled(
        analysis, entry(FEASIBLE, "re-grade", to={"effect": "softens", "strength": "arguable"})
    )
    for found, row in zip(
        analysis.exemption_rows(), decide_exemptions(analysis.exemption_rows(), settlement), strict=True
    ):
        dumped = row.model_dump()
        dumped.pop("decision")
        assert dumped == found.model_dump()
    found_gaps = {item.row.id: item.row.model_dump() for item in analysis.ranked_gaps(include_all=True)}
    for item in decide_gaps(analysis, settlement, include_all=True):
        assert isinstance(item.row, DecidedGapRow)
        dumped = item.row.model_dump()
        for added in ("decision", "rests_on_rejected"):
            dumped.pop(added)
        assert dumped == found_gaps.pop(item.row.id)
    assert not found_gaps


def test_a_regrade_moves_a_gap_down_the_order_and_out_of_the_headlines() -> None:
    analysis = _analysis()
    plain = analysis.report()
    assert any(line.provision == "ICU C2.2" for line in plain.headlines)
    for to in ({"strength": "arguable"}, {"level": "minor"}):
        decided = decide_report(plain, analysis, _settled(analysis, entry(FEASIBLE, "re-grade", to=to)))
        assert not any(line.provision == "ICU C2.2" for line in decided.headlines)
    settlement = _settled(analysis, entry(FEASIBLE, "re-grade", to={"strength": "arguable"}))
    before = [item.row.id for item in analysis.ranked_gaps()]
    after = [item.row.id for item in decide_gaps(analysis, settlement)]
    moved = next(
        item.row.id
        for item in analysis.ranked_gaps()
        if [cause.exemption for cause in item.row.causes] == [FEASIBLE]
    )
    assert after.index(moved) > before.index(moved)
    assert sorted(after) == sorted(before)


def test_a_rejected_gap_is_told_under_the_headline_of_its_like() -> None:
    analysis = _analysis()
    plain = analysis.report()
    line = next(line for line in plain.headlines if len(line.gap_ids) > 1)
    decided = decide_report(plain, analysis, _settled(analysis, entry(line.gap_ids[0], "reject")))
    told = [one for one in decided.headlines if one.provision == line.provision]
    assert any("Reviewers rejected 1 gap like it." in one.sentence for one in told)
    assert not any(line.gap_ids[0] in one.gap_ids for one in decided.headlines)


def test_a_grade_makes_no_headline_of_what_was_found_to_be_arguable(folder: Path) -> None:
    (folder / "chat.yaml").write_text(
        "name: Chat\nservice: user-to-user\nservice_types: [messaging]\nend_to_end_encrypted: false\n"
        "peer_to_peer: true\nrisk: {others: high}\nsize: large\ncontent_visibility: private\n",
        encoding="utf-8",
    )
    rules = library.rulebook()
    chat = profiles.read(Path("chat.yaml"), rules)
    analysis = analyse(library.resolve("2025-02-24"), rules, profile=chat)
    plain = analysis.report()
    assert not any(line.provision == "ICU C2.2" for line in plain.headlines)  # here it is only arguable
    settlement = _settled(analysis, entry(FEASIBLE, "re-grade", to={"strength": "yes"}))
    decided = decide_report(plain, analysis, settlement)
    assert [line.sentence for line in decided.headlines] == [line.sentence for line in plain.headlines]
    before, after = (
        next(
            place
            for place, gap in enumerate(report.gaps)
            if [cause.exemption for cause in gap.row.causes] == [FEASIBLE]
        )
        for report in (plain, decided)
    )
    assert after < before  # but it stands higher


def test_counts_partition_the_findings() -> None:
    analysis = _analysis()
    ids = [row.id for row in analysis.exemption_rows()]
    settlement = _settled(
        analysis,
        entry(FEASIBLE, "reject"),
        entry(SWIFTLY, "re-grade", to={"level": "minor"}),
        entry(ids[0], "accept"),
        entry(ids[1], "note"),
        entry(ids[5], "accept", quote="something quite other"),
        entry("icu/2025-02-24/C99.2#feasibility-1", "reject"),
    )
    found = counts(settlement, ids)
    assert found == {
        "findings": len(ids),
        "accepted": 1,
        "rejected": 1,
        "regraded": 1,
        "noted": 1,
        "reopened": 1,
        "undecided": len(ids) - 5,
    }


def test_every_format_shows_it_and_none_does_without_a_file(codegap: Codegap, folder: Path) -> None:
    file = file_of(folder, entry(FEASIBLE, "reject", reason="counsel: no"), entry(SWIFTLY, "accept"))
    said = "rejected by A. Reader, 2026-11-20: counsel: no"
    for command in ("exemptions", "gaps"):
        for name in ("table", "json", "csv", "md", "html"):
            plain = ran(codegap, command, "--format", name)
            shown = ran(codegap, command, "--format", name, "--decisions", file)
            assert "A. Reader" not in plain
            assert ("A. Reader" in shown) == (command == "exemptions"), name
            assert ("2 accepted" in plain, plain == shown) == (False, False)
        flat = " ".join(ran(codegap, command, "--decisions", file).split())
        if command == "exemptions":
            assert said in flat
            assert "Exemptions: 1 rejected by reviewers, 1 accepted," in flat
        else:
            assert re.search(
                r"Gaps: \d+ without a decision\. \d+ of them rest on a finding that a reviewer", flat
            )
    lines = list(
        csv.DictReader(io.StringIO(ran(codegap, "exemptions", "--format", "csv", "--decisions", file)))
    )
    assert next(line for line in lines if line["id"] == FEASIBLE)["decision"] == said
    ran(codegap, "exemptions", "-o", "shown.xlsx", "--decisions", file)
    page = openpyxl.load_workbook(folder / "shown.xlsx")["Exemptions"]
    titles = [cell.value for cell in page[1]]
    assert titles[-6:] == ["decision stands", "decision", "re-grade to", "reviewer", "date", "note"]
    row = next(line for line in page.iter_rows(min_row=2, values_only=True) if line[0] == FEASIBLE)
    assert row[-6:] == ("valid", "reject", None, "A. Reader", "2026-11-20", "counsel: no")


def test_rows_that_no_filter_leaves_have_the_same_columns(codegap: Codegap, folder: Path) -> None:
    file = file_of(folder, entry(FEASIBLE, "reject"))
    asked = ("gaps", "--measure", "A1", "--kind", "feasibility", "--format", "csv", "--decisions", file)
    header = ran(codegap, *asked).splitlines()
    assert len(header) == 1
    assert header[0].endswith(",what_would_close,decision,rests_on_rejected")


def test_the_same_input_gives_the_same_bytes_and_names_the_file(codegap: Codegap, folder: Path) -> None:
    file = file_of(folder, entry(FEASIBLE, "reject"))
    asked = ("gaps", "--format", "json", "--decisions", file)
    first = ran(codegap, *asked)
    assert first == ran(codegap, *asked)
    told = json.loads(first)
    assert told["options"]["decisions"] == file
    assert any(one["path"] == file for one in told["inputs"])
    for name in ("one.xlsx", "two.xlsx"):
        ran(codegap, "report", "--decisions", file, "-o", name)
    assert (folder / "one.xlsx").read_bytes() == (folder / "two.xlsx").read_bytes()


def test_a_decision_made_to_look_like_markup_is_printed_as_it_stands(codegap: Codegap, folder: Path) -> None:
    nasty = "<script>alert(1)</script> | **bold** =1+1"
    file = file_of(folder, entry(FEASIBLE, "reject", reason=nasty))
    ran(codegap, "report", "--decisions", file, "-o", "report.html")
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    ran(codegap, "exemptions", "--decisions", file, "-o", "shown.xlsx")
    page_cells = openpyxl.load_workbook(folder / "shown.xlsx")["Exemptions"]
    row = next(line for line in page_cells.iter_rows(min_row=2) if line[0].value == FEASIBLE)
    assert row[-1].value == nasty
    assert row[-1].data_type == "s"


def test_gaps_of_one_service_leave_decisions_on_types_aside(codegap: Codegap, folder: Path) -> None:
    (folder / "mine.yaml").write_text(
        "name: Chat\nservice: user-to-user\nservice_types: [messaging]\nend_to_end_encrypted: true\n"
        "risk: {others: high}\nsize: large\n",
        encoding="utf-8",
    )
    file = file_of(
        folder, entry("icu/2025-02-24/gap-escapable-d016551467", "reject"), entry(FEASIBLE, "reject")
    )
    shown = codegap("gaps", "--profile", "mine.yaml", "--decisions", file, "--format", "json")
    assert shown.code == 0, shown.err
    assert "1 made on this text, 1 not about this text" in shown.err
    assert any(row["rests_on_rejected"] == [FEASIBLE] for row in results(shown.out).values())
