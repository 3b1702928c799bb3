"""The tables that outputs have: their rows, titles, and which columns a terminal or a page has room for."""

from collections.abc import Sequence

from analyser.model.base import Frozen
from analyser.reporting.compare_rows import CompareRow
from analyser.reporting.decision_rows import (
    DecidedCompareRow,
    DecidedExemptionRow,
    DecidedGapRow,
    DecisionRow,
)
from analyser.reporting.ingest_rows import IngestRow
from analyser.reporting.rows import (
    AsAtRow,
    CheckRow,
    CodeRow,
    DutyRow,
    ExemptionRow,
    ExplainRow,
    GapRow,
    LintRow,
    MatrixRow,
    ProvisionRow,
    Row,
    RuleRow,
    TimelineRow,
    TryRow,
)
from analyser.reporting.rules_rows import RulesDiffRow, RulesExplainRow
from analyser.reporting.verify_rows import FetchedRow, OfficialFileRow, VerifyRow


class Column(Frozen):
    """One printed column; `share` is its part of the width beside its neighbours."""

    field: str
    title: str
    share: int = 1


class TableSpec(Frozen):
    """One table: its title, its row model, and the columns printed for people.

    In a terminal narrower than `blocks_below` a row is printed as a block of lines; `reviewed` tables get
    review columns.
    """

    name: str
    title: str
    row: type[Row]
    columns: tuple[Column, ...]
    blocks_below: int = 0
    reviewed: bool = False


def _columns(*columns: tuple[str, str, int]) -> tuple[Column, ...]:
    return tuple(Column(field=field, title=title, share=share) for field, title, share in columns)


TABLES: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        TableSpec(
            name="gaps",
            title="Gaps",
            row=GapRow,
            blocks_below=150,
            reviewed=True,
            columns=_columns(
                ("state", "State", 2),
                ("functions", "What is missing", 2),
                ("harms", "For which harms", 4),
                ("who", "On which services", 4),
                ("causes", "Because of", 5),
                ("what_would_close", "Would close it", 5),
                ("basis", "Basis", 2),
                ("id", "Id", 4),
            ),
        ),
        TableSpec(
            name="exemptions",
            title="Exemptions",
            row=ExemptionRow,
            blocks_below=150,
            reviewed=True,
            columns=_columns(
                ("provision", "Place", 2),
                ("quote", "Words", 4),
                ("kind", "Kind", 2),
                ("effect", "Effect", 1),
                ("invocable_by", "Who could claim", 4),
                ("leaves", "Leaves uncovered", 6),
                ("basis", "Basis", 2),
                ("id", "Id", 4),
            ),
        ),
        TableSpec(
            name="duties",
            title="Duties",
            row=DutyRow,
            blocks_below=130,
            columns=_columns(
                ("provision", "Place", 2),
                ("action", "Action", 3),
                ("object", "Object", 4),
                ("conditions", "Conditions", 4),
                ("functions", "What it does", 3),
                ("harms", "For which harms", 3),
                ("breadth", "Breadth", 1),
                ("basis", "Basis", 2),
                ("id", "Id", 4),
            ),
        ),
        TableSpec(
            name="matrix",
            title="Matrix",
            row=MatrixRow,
            columns=_columns(
                ("function", "What is done", 2),
                ("service", "Service", 2),
                ("harm", "Harm", 3),
                ("letter", "Letter", 1),
                ("state", "State", 2),
                ("when", "When", 4),
            ),
        ),
        TableSpec(
            name="check",
            title="Measures for this service",
            row=CheckRow,
            blocks_below=120,
            columns=_columns(
                ("measure", "Measure", 2),
                ("title", "Title", 5),
                ("applies", "Applies", 2),
                ("because", "Because", 5),
                ("bites", "Bites", 2),
                ("reach", "Reach", 3),
                ("exemptions", "Exemptions it could claim", 5),
            ),
        ),
        TableSpec(
            name="compare",
            title="Comparison",
            row=CompareRow,
            blocks_below=170,
            reviewed=True,
            columns=_columns(
                ("change", "Change", 2),
                ("from", "From", 2),
                ("to", "To", 2),
                ("match_basis", "Matched by", 2),
                ("redline", "Words", 6),
                ("application", "Reaches", 1),
                ("qualifiers", "Ways out, limits", 5),
                ("gaps", "Gaps", 5),
                ("certain", "Certain", 1),
                ("basis", "Basis", 2),
            ),
        ),
        TableSpec(
            name="explain",
            title="Explanation",
            row=ExplainRow,
            blocks_below=1000,
            columns=_columns(("id", "Id", 2), ("steps", "Steps", 6), ("rejected", "Rejected", 3)),
        ),
        TableSpec(
            name="rules-try",
            title="What the rules find",
            row=TryRow,
            columns=_columns(
                ("quote", "Words", 3),
                ("kind", "Kind", 2),
                ("effect", "Effect", 1),
                ("suppressed", "Suppressed", 1),
                ("why", "Why", 5),
            ),
        ),
        TableSpec(
            name="rules-list",
            title="Rules",
            row=RuleRow,
            columns=_columns(
                ("id", "Rule", 3),
                ("kind", "Kind", 2),
                ("effect", "Effect", 1),
                ("level", "Level", 1),
                ("cues", "Words", 5),
            ),
        ),
        TableSpec(
            name="rules-diff",
            title="What the rules change",
            row=RulesDiffRow,
            blocks_below=170,
            reviewed=True,
            columns=_columns(
                ("change", "Change", 1),
                ("what", "What", 1),
                ("provision", "Place", 2),
                ("before", "Before", 6),
                ("after", "After", 6),
                ("because", "Because", 4),
                ("id", "Id", 4),
            ),
        ),
        TableSpec(
            name="rules-explain",
            title="The rule",
            row=RulesExplainRow,
            columns=_columns(
                ("about", "About", 2), ("says", "Says", 6), ("place", "Place", 3), ("outcome", "Outcome", 5)
            ),
        ),
        TableSpec(
            name="rules-test",
            title="Examples of the rules",
            row=LintRow,
            columns=_columns(
                ("rule", "Rule", 3),
                ("file", "File", 3),
                ("line", "Line", 1),
                ("ok", "OK", 1),
                ("message", "Message", 5),
            ),
        ),
        TableSpec(
            name="rules-lint",
            title="Check of the rules",
            row=LintRow,
            columns=_columns(
                ("rule", "Rule", 3),
                ("file", "File", 3),
                ("line", "Line", 1),
                ("ok", "OK", 1),
                ("message", "Message", 5),
            ),
        ),
        TableSpec(
            name="decisions-list",
            title="Decisions",
            row=DecisionRow,
            blocks_below=170,
            columns=_columns(
                ("status", "Status", 2),
                ("verdict", "Verdict", 2),
                ("to", "Grade", 2),
                ("reviewer", "Reviewer", 2),
                ("date", "Date", 2),
                ("reason", "Reason", 4),
                ("finding", "Finding", 4),
                ("now", "Finding here", 4),
                ("words_then", "Words then", 4),
                ("words_now", "Words now", 4),
                ("why", "Why", 4),
            ),
        ),
        TableSpec(
            name="codes-list",
            title="Codes",
            row=CodeRow,
            columns=_columns(
                ("code", "Code", 4),
                ("revision", "Revision", 2),
                ("status", "Status", 2),
                ("in_force", "In force", 2),
                ("measures", "Measures", 1),
                ("basis_counts", "How known", 4),
            ),
        ),
        TableSpec(
            name="codes-show",
            title="Text held",
            row=ProvisionRow,
            columns=_columns(
                ("number", "Number", 2), ("text", "Text (restated)", 9), ("text_basis", "Basis", 2)
            ),
        ),
        TableSpec(
            name="codes-timeline",
            title="Timeline",
            row=TimelineRow,
            columns=_columns(
                ("date", "Date", 2),
                ("event", "Event", 4),
                ("code", "Code", 4),
                ("revision", "Revision", 2),
            ),
        ),
        TableSpec(
            name="codes-as-at",
            title="Text as at a date",
            row=AsAtRow,
            columns=_columns(
                ("kind", "What", 2),
                ("number", "Number", 2),
                ("text", "Text (restated)", 8),
                ("text_basis", "Basis", 2),
                ("amended_by", "Amended by", 2),
            ),
        ),
        TableSpec(
            name="ingest",
            title="What was read",
            row=IngestRow,
            columns=_columns(
                ("measure", "Measure", 2),
                ("title", "Title", 4),
                ("application", "Application", 5),
                ("provisions", "Provisions", 9),
            ),
        ),
        TableSpec(
            name="verify",
            title="Checked against the official file",
            row=VerifyRow,
            blocks_below=150,
            reviewed=True,
            columns=_columns(
                ("measure", "Measure", 2),
                ("provision", "Place", 2),
                ("what", "What", 2),
                ("verdict", "Verdict", 2),
                ("ours", "Ours (restated)", 5),
                ("official", "Official file", 5),
                ("note", "Note", 5),
                ("page", "Page", 1),
            ),
        ),
        TableSpec(
            name="fetch-list",
            title="Official files",
            row=OfficialFileRow,
            blocks_below=200,
            columns=_columns(
                ("name", "Name", 5),
                ("revision", "Revision", 2),
                ("held", "Held", 1),
                ("pinned", "Pinned", 1),
                ("url", "Address", 8),
            ),
        ),
        TableSpec(
            name="fetch",
            title="Fetched",
            row=FetchedRow,
            blocks_below=200,
            columns=_columns(
                ("name", "Name", 4),
                ("outcome", "Outcome", 2),
                ("path", "File", 4),
                ("bytes", "Bytes", 2),
                ("sha256", "sha256", 6),
                ("why", "Why", 4),
            ),
        ),
    )
}


# What tables print beside their own columns where a file of decisions is in use.
_DECIDED: dict[str, tuple[type[Row], tuple[Column, ...]]] = {
    "gaps": (
        DecidedGapRow,
        _columns(("decision", "Decision", 4), ("rests_on_rejected", "Rests on rejected", 2)),
    ),
    "exemptions": (DecidedExemptionRow, _columns(("decision", "Decision", 4))),
    "compare": (DecidedCompareRow, _columns(("decisions", "Decisions", 4))),
}


def spec_of(table: str, rows: Sequence[Row], decided: bool = False) -> TableSpec:
    """Return the description of a table; one that is not listed prints every field of its rows. `decided`
    says that a file of decisions is in use.
    """
    name = table.replace(" ", "-")
    if name in TABLES:
        spec = TABLES[name]
        if not decided or name not in _DECIDED:
            return spec
        row, more = _DECIDED[name]
        return spec.model_copy(update={"row": row, "columns": (*spec.columns, *more)})
    row = type(rows[0]) if rows else Row
    columns = tuple(
        Column(field=field, title=field.replace("_", " ").capitalize()) for field in row.model_fields
    )
    return TableSpec(name=name, title=name.replace("-", " ").capitalize(), row=row, columns=columns)
