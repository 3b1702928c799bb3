"""Rows of duties and of the matrix."""

from collections.abc import Sequence

from analyser.coverage.beside import Beside
from analyser.coverage.study import Study
from analyser.coverage.survey import Cell
from analyser.coverage.whens import when_of
from analyser.model.base import Breadth
from analyser.model.duty import Duty
from analyser.reporting.rows import DutyRow, MatrixRow
from analyser.reporting.words import LETTERS


def duty_rows(study: Study) -> tuple[DutyRow, ...]:
    """Return one row a normative statement, in the order of the text."""
    return tuple(
        DutyRow(
            id=duty.id,
            measure=duty.measure,
            provision=duty.provision,
            bearer=duty.bearer,
            force=duty.force.value,
            modality=duty.modality,
            action=duty.action,
            object=duty.object,
            conditions=duty.conditions,
            timing=duty.timing,
            functions=tuple(function.value for function in duty.functions),
            harms=tuple(harm for harm in study.revision.harms if harm in duty.harms),
            breadth=_breadth(duty),
            quote=duty.quote,
            span=(duty.span.start, duty.span.end),
            basis=duty.basis.value,
        )
        for duty in study.duties
    )


def _breadth(duty: Duty) -> str:
    """Return whole or part; where a duty is whole for one harm or function and part for another, both are
    said."""
    breadths = {reach.breadth for reach in duty.reaches}
    return " and ".join(breadth.value for breadth in Breadth if breadth in breadths)


def matrix_rows(cells: Sequence[Cell], beside: Beside) -> tuple[MatrixRow, ...]:
    """Return one row a cell: the worst state reachable at medium or high risk; a capital letter says in
    every such scenario."""
    rows = []
    for cell in cells:
        state, where, everywhere = cell.judgement.worst()
        letter = LETTERS[state.value]
        rows.append(
            MatrixRow(
                service=cell.service,
                harm=cell.harm,
                function=cell.function.value,
                state=state.value,
                all_scenarios=everywhere,
                letter=letter if everywhere else letter.lower(),
                when=when_of(cell.judgement.frame, where),
                relevance=beside.relevance(cell.service, cell.harm),
            )
        )
    return tuple(rows)
