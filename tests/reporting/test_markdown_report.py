"""The report as Markdown."""

from analyser.reporting.markdown_report import render_markdown

from .sample import LABELS, report


def test_it_has_the_parts_of_the_report_in_order() -> None:
    written = render_markdown(report(), LABELS)
    headings = [line for line in written.splitlines() if line.startswith("## ")]
    assert headings == [
        "## Headline findings",
        "## Exemptions",
        "## Matrix",
        "## Gaps, the most serious first",
        "## Method",
        "## Limits",
        "## How things are known",
        "## Versions",
    ]
    assert written.startswith("# Whom the illegal content codes leave uncovered\n")


def test_words_are_marked_by_how_they_are_known() -> None:
    written = render_markdown(report(), LABELS)
    assert "ICU C2.2: technically feasible (as reported). (basis: recall-high). See gap 1." in written
    assert "wording as recalled: *a large service" in written
    assert "“swiftly”" in written
    assert "“technically feasible”" not in written


def test_every_table_keeps_its_columns() -> None:
    written = render_markdown(report("a | b"), LABELS)
    for block in written.split("\n\n"):
        lines = [line.replace("\\|", "") for line in block.splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in lines}) <= 1
    assert written.startswith("# a \\| b\n")


def test_it_is_the_same_twice() -> None:
    assert render_markdown(report(), LABELS) == render_markdown(report(), LABELS)


def test_the_gaps_after_the_first_stand_in_one_table() -> None:
    written = render_markdown(report(more_gaps=40), LABELS)
    assert written.count("\n### ") < 40
    assert "| 43 | No measure | Detect: grooming |" in written
