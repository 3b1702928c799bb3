"""The report of a document of one's own: what it was taken to be, and what of it was not read."""

from typing import TYPE_CHECKING

from analyser.ingest.sentences import ranges
from analyser.reporting.report_model import Report
from analyser.tables.reading import not_known_words, understood_words, unplaced_of

if TYPE_CHECKING:
    from analyser.analysis import Analysis


def with_reading(report: Report, analysis: "Analysis") -> Report:
    """Return a report that says among its limits what the document was taken to be and what was not read,
    and beside its headlines which cells are not known for that.
    """
    document = analysis.document
    unread = analysis.not_understood
    lost = unplaced_of(document, analysis.page_of)
    cells = [row for row in analysis.unknown_cells if row.harm in analysis.study.leaves]
    said = not_known_words(len(cells), unread)
    limits = [lost.sentence] if lost else []
    if unread:
        told = "; ".join(understood_words(one) for one in unread)
        limits.append(
            f"To whom these measures apply was not understood, so that what they leave is not known: {told}."
        )
    if document.empty_pages:
        limits.append(
            f"No text was found on page {ranges(document.empty_pages)}: empty, or a picture of words."
        )
    limits += [f"{one.rstrip('.')}." for one in (*document.warnings, *analysis.revision.notes)]
    return report.model_copy(
        update={
            "issuer": report.issuer or "not said",
            "limits": (*limits, *report.limits),
            "not_known": said,
            "not_understood": tuple(one.measure for one in unread),
        }
    )
