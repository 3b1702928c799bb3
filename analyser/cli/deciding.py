"""The file of decisions that a command uses: found, settled on the text at hand, and told beside its rows."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser.cli.output import note

if TYPE_CHECKING:
    from analyser.cli.session import Session
    from analyser.decisions.file import DecisionFile
    from analyser.decisions.findings import Findings
    from analyser.decisions.settle import Settlement
    from analyser.reporting.context import OutputContext
    from analyser.reporting.rows import ExemptionRow, GapRow
    from analyser.workspace.in_use import InUse


def decision_file(in_use: "InUse", asked: Path | None) -> "DecisionFile | None":
    """Return the file asked for, else that of the workspace if it holds any decision; None for none."""
    from analyser.decisions.file import read_decisions

    if asked is not None:
        return read_decisions(asked, asked.as_posix())
    workspace = in_use.workspace
    if workspace is None or workspace.decisions is None:
        return None
    file = read_decisions(workspace.decisions, workspace.shown(workspace.settings.decisions))
    return file if file.decisions else None


def findings_of(session: "Session") -> "Findings":
    """Return the findings of the text of a session."""
    from analyser.decisions.findings import Findings

    ref = session.ref
    return Findings(session.analysis, f"{ref.name}@{ref.revision}" if ref.revision else ref.shown)


def settled(session: "Session", asked: Path | None) -> "Settlement | None":
    """Return how the decisions in use stand on the text of a session, and say so on stderr; None when no file
    is in use.
    """
    from analyser.decisions.findings import opener
    from analyser.decisions.settle import settle

    file = decision_file(session.in_use, asked)
    if file is None:
        return None
    found = settle(file, findings_of(session), opener(session.rulebook))
    note(f"{found.says}.")
    return found


def with_decisions(
    context: "OutputContext",
    settlement: "Settlement | None",
    title: str = "",
    rows: "Sequence[ExemptionRow | GapRow]" = (),
) -> "OutputContext":
    """Return a context that names the file of decisions and counts what was decided on the rows; unchanged
    where no file is in use.
    """
    if settlement is None:
        return context
    from analyser.decisions.apply import count_lines, counts

    extra = dict(context.extra)
    if title:
        told = counts(settlement, [row.id for row in rows])
        extra["decisions"] = {**told, **_standing(settlement)}
        extra["notes"] = [*extra.get("notes", ()), *count_lines(settlement, title, rows)]
    return context.model_copy(
        update={
            "inputs": (*context.inputs, input_of(settlement.file)),
            "options": {**context.options, "decisions": settlement.file.shown},
            "extra": extra,
        }
    )


def input_of(file: "DecisionFile") -> Any:
    """Return the file of decisions as an input of an output."""
    from analyser.reporting.rows import InputFile

    return InputFile(path=file.shown, sha256=hashlib.sha256(file.content).hexdigest())


def _standing(settlement: "Settlement") -> dict[str, Any]:
    """Return how many decisions of the file stand in which way, and which need a look."""
    found = Counter(one.status for one in settlement.settled)
    return {
        "standing": {str(status): found[status] for status in sorted(found)},
        "reopened_ids": [one.decision.finding for one in settlement.settled if one.status == "reopened"],
        "stale_ids": [one.decision.finding for one in settlement.settled if one.status == "stale"],
    }
