"""Rows of exemptions: each way out, who could claim it, and the rectangles of cells it leaves open."""

from collections import defaultdict
from collections.abc import Sequence

from analyser.coverage.frame import Frame
from analyser.coverage.gaps import rectangles, told_by_parts
from analyser.coverage.settings import AnySetting
from analyser.coverage.study import Study
from analyser.coverage.survey import Cell
from analyser.coverage.whens import when_of
from analyser.model.base import Function, weakest
from analyser.model.exemption import Answer, Exemption
from analyser.reporting.labels import Labels
from analyser.reporting.rows import ExemptionRow, InvocableBy, Leaves, When
from analyser.tables.words import limb_words

Open = dict[tuple[str, When], list[tuple[str, str, Function]]]


def exemption_rows(study: Study, cells: Sequence[Cell], labels: Labels) -> tuple[ExemptionRow, ...]:
    """Return one row an exemption, in the order of the text."""
    left = left_open(study, cells)
    ordered = sorted(study.exemptions, key=lambda item: (item.span.start, item.span.end, item.id))
    return tuple(_row(study, exemption, left.get(exemption.id, {}), labels) for exemption in ordered)


def left_open(study: Study, cells: Sequence[Cell]) -> dict[str, Open]:
    """Return, for each exemption, the cells it is a reason for by state and condition, whatever other
    reasons stand beside it."""
    found: dict[str, Open] = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        if told_by_parts(study, cell):
            continue
        where: dict[tuple[str, str], int] = defaultdict(int)
        for group in cell.judgement.groups:
            if group.is_gap:
                for cause in group.causes:
                    where[cause, group.state.value] |= group.mask
        for (cause, state), mask in where.items():
            found[cause][state, when_of(cell.judgement.frame, mask)].append(
                (cell.service, cell.harm, cell.function)
            )
    return found


def _row(study: Study, exemption: Exemption, places: Open, labels: Labels) -> ExemptionRow:
    left = _leaves(places, study.revision.harms)
    harms = {harm for entry in left for harm in entry.harms}
    functions = {function for entry in left for function in entry.functions}
    known = [exemption.basis, *(answer.basis for answer in exemption.invocable_by if answer.answer == "yes")]
    return ExemptionRow(
        id=exemption.id,
        measure=exemption.measure,
        provision=exemption.provision,
        quote=exemption.quote,
        kind=exemption.kind,
        nature=exemption.nature,
        effect=exemption.effect,
        level=exemption.level,
        rule=exemption.rule,
        limbs=tuple(limb_words(literal, labels, study.revision.counting) for literal in exemption.limbs),
        invocable_by=tuple(_answer(answer, study.revision.of_the_act) for answer in exemption.invocable_by),
        leaves=left,
        services=tuple(dict.fromkeys(service for entry in left for service in entry.services)),
        harms=tuple(harm for harm in study.revision.harms if harm in harms),
        functions=tuple(function.value for function in Function if function in functions),
        compensated_by=compensation(study, exemption),
        basis=weakest(known),
        basis_detail=(
            f"words: {exemption.basis}",
            *(
                f"duty {study.duty_by_id[duty].provision}: {study.duty_by_id[duty].basis}"
                for duty in exemption.duties[:1]
                if duty in study.duty_by_id
            ),
            *(f"who could claim it ({answer.feature}): {answer.basis}" for answer in exemption.invocable_by),
            *((f"made more precise: {exemption.made_precise_by}",) if exemption.made_precise_by else ()),
            *(f"exception to it: {other}" for other in exemption.excepted_by),
        ),
    )


def _leaves(places: Open, harm_order: Sequence[str]) -> tuple[Leaves, ...]:
    """Return the rectangles of cells that an exemption leaves in a state under a condition."""
    found = [
        Leaves(services=services, harms=harms, functions=functions, when=when, state=state)
        for (state, when), cells in places.items()
        for services, harms, functions in rectangles(cells, harm_order)
    ]
    return tuple(
        sorted(
            found,
            key=lambda entry: (
                entry.functions,
                -len(entry.services),
                entry.services,
                entry.harms,
                entry.when.model_dump_json(),
            ),
        )
    )


def _answer(answer: Answer, of_the_act: bool) -> InvocableBy:
    """Return an answer; who argues it, and where, is told only of codes under the statute that they argued
    about."""
    return InvocableBy(
        feature=answer.feature,
        answer=answer.answer,
        why=answer.why,
        argued_by=answer.argued_by if of_the_act else "",
        source=answer.source if of_the_act else (),
        basis=answer.basis,
    )


def compensation(study: Study, exemption: Exemption) -> tuple[str, ...]:
    """Return the duties of other measures that ask the same of exactly the services a failing application
    leaves out.

    The same means the same action and object; that they are bound wherever the limbs hold is settled by
    enumeration.
    """
    if exemption.holds is None:
        return ()
    own = [study.duty_by_id[duty] for duty in exemption.duties if duty in study.duty_by_id]
    asked = {(_plain(duty.action), _plain(duty.object)) for duty in own if duty.functions}
    found = []
    for duty in study.duties:
        if duty.measure == exemption.measure or (_plain(duty.action), _plain(duty.object)) not in asked:
            continue
        application = study.applications[duty.measure].condition
        frame = Frame([exemption.holds, application], study.own(""), AnySetting())
        left_out = frame.truths(exemption.holds).yes & frame.possible
        if left_out and not left_out & ~frame.truths(application).yes:
            found.append(duty.id)
    return tuple(found)


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
