"""What may lead a report, and what is said where nothing may."""

import pytest

from analyser import library
from analyser.analysis import analyse
from analyser.library import RevisionRef
from analyser.reporting.markdown_report import render_markdown
from analyser.rulebook import Rulebook


@pytest.mark.parametrize("ref", library.held(), ids=lambda ref: f"{ref.name}@{ref.revision}")
def test_every_text_of_the_library_can_be_reported(ref: RevisionRef, rules: Rulebook) -> None:
    """A cell whose state is not known never leads; where none can lead, the report says so."""
    analysis = analyse(ref, rules)
    report = analysis.report()
    states = {item.row.id: item.row.state for item in analysis.ranked_gaps(True)}
    assert {states[gap] for one in report.headlines for gap in one.gap_ids} <= {
        "escapable",
        "out_of_scope",
        "no_measure",
    }
    text = render_markdown(report, analysis.labels())
    assert ("No finding leads" in text or "No gap leads" in text) is not bool(report.headlines)
