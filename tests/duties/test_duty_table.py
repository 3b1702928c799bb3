"""Every duty of the built-in code, held against a table reviewed line by line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from analyser.duties import DutyFindings, find
from analyser.model.base import Breadth, Force, Function
from analyser.model.duty import Duty
from analyser.model.text import Document, Measure, Provision
from analyser.rulebook import Rulebook

TABLE = Path(__file__).with_name("duties.yaml")


def row(duty: Duty, harms: tuple[str, ...]) -> dict[str, Any]:
    """Return a duty as the table writes it: harms `all`, or keys, with a star where only a part is served."""
    served: dict[str, Any] = {}
    for function in duty.functions:
        reaches = [reach for reach in duty.reaches if reach.function is function]
        breadths = {reach.breadth for reach in reaches}
        if len(reaches) == len(harms) and len(breadths) == 1:
            served[function.value] = f"{breadths.pop()} of all"
        else:
            names = (reach.harm + ("*" if reach.breadth is Breadth.PART else "") for reach in reaches)
            served[function.value] = " ".join(names)
    return {
        "id": duty.id.split("/", 2)[2],
        "bearer": duty.bearer,
        "force": duty.force.value,
        "modality": duty.modality,
        "action": duty.action,
        "serves": served,
    }


def test_every_duty_is_as_reviewed(findings: DutyFindings, harms: tuple[str, ...]) -> None:
    expected = yaml.safe_load(TABLE.read_text())["duties"]
    found = [row(duty, harms) for duty in findings.duties]
    assert [one["id"] for one in found] == [one["id"] for one in expected]
    for one, other in zip(found, expected, strict=True):
        assert one == other


def test_no_duty_is_left_without_a_function(findings: DutyFindings) -> None:
    assert findings.unassigned == ()


def test_permissions_serve_nothing(findings: DutyFindings) -> None:
    permitted = [duty for duty in findings.duties if duty.force is Force.PERMITTED]
    assert {duty.provision for duty in permitted} >= {"ICU C3.2", "ICU D13.2", "ICU H1.u1"}
    assert all(not duty.reaches for duty in permitted)


def test_whole_duties_stand_where_the_design_puts_them(findings: DutyFindings) -> None:
    whole: dict[Function, set[str]] = {}
    for duty in findings.duties:
        for reach in duty.reaches:
            if reach.breadth is Breadth.WHOLE:
                whole.setdefault(reach.function, set()).add(duty.measure.removeprefix("ICU "))
    assert whole == {
        Function.GOVERN: {"A1", "A2", "A3", "A4", "A5", "A6", "A7"},
        Function.REVIEW: {"C1"},
        Function.TAKE_DOWN: {"C2"},
        Function.DETECT: {"C9", "C10"},
        Function.REPORT_AND_COMPLAIN: {"D1", "D2"},
        Function.REDRESS: {"D8", "D9", "D10"},
        Function.USER_CONTROL: {"J1"},
        Function.INFORM: {"G1", "G3"},
    }


def test_a_sub_kind_is_a_part_of_its_kind_and_a_kind_holds_its_sub_kinds(findings: DutyFindings) -> None:
    detect = {
        reach.harm: reach.breadth
        for duty in findings.duties
        if duty.id == "icu/2025-02-24/C9.2/d1"
        for reach in duty.reaches
    }
    assert detect == {"image_based_csam": Breadth.WHOLE, "csea": Breadth.PART}
    take_down = next(duty for duty in findings.duties if duty.id == "icu/2025-02-24/C2.2/d1")
    assert {"csea", "grooming", "csam_urls", "other_illegal_content"} <= set(take_down.harms)
    assert "cyberflashing" not in take_down.harms


def test_quotes_are_the_text_at_their_place(findings: DutyFindings, document: Document) -> None:
    for duty in findings.duties:
        assert duty.span.of(document.text) == duty.quote
        assert duty.quote == duty.quote.strip()
        assert all(span.start < span.end for span in duty.scope)
    for explanation in findings.explanations:
        assert explanation.span.of(document.text).strip()


def test_every_word_of_every_recommendation_is_in_a_duty_or_an_explanation(
    findings: DutyFindings, document: Document
) -> None:
    covered: set[int] = set()
    for span in (
        *(duty.span for duty in findings.duties),
        *(span for duty in findings.duties for span in duty.scope),
        *(explanation.span for explanation in findings.explanations),
    ):
        covered.update(range(span.start, span.end))
    for measure in document.measures:
        for paragraph in measure.recommendation:
            for part in paragraph.walk():
                for span in filter(None, (part.lead, part.tail)):
                    lost = [
                        place
                        for place in range(span.start, span.end)
                        if document.text[place].isalnum() and place not in covered
                    ]
                    assert not lost, (part.number, document.text[lost[0] : lost[-1] + 1])


def test_functions_do_not_hang_on_numbers_or_titles(
    document: Document,
    rulebook: Rulebook,
    application_harms: Mapping[str, tuple[str, ...]],
    harms: tuple[str, ...],
    findings: DutyFindings,
) -> None:
    renamed = document.model_copy(
        update={
            "measures": tuple(_renamed(measure, place) for place, measure in enumerate(document.measures))
        }
    )
    risks = {
        new.id: application_harms[old.id]
        for old, new in zip(document.measures, renamed.measures, strict=True)
    }
    again = find(renamed, rulebook, risks, harms)
    assert [duty.reaches for duty in again.duties] == [duty.reaches for duty in findings.duties]
    assert all(duty.measure.startswith("ZZ Q") for duty in again.duties)


def _renamed(measure: Measure, place: int) -> Measure:
    number = f"Q{place + 1}"
    return measure.model_copy(
        update={
            "id": f"ZZ {number}",
            "number": number,
            "title": "Something else",
            "recommendation": tuple(_numbered(part, number) for part in measure.recommendation),
        }
    )


def _numbered(part: Provision, number: str) -> Provision:
    rest = part.number.partition(".")[2]
    items = tuple(_numbered(item, number) for item in part.items)
    return part.model_copy(update={"number": f"{number}.{rest}", "items": items})


def test_the_order_of_rules_is_of_no_account(
    document: Document,
    rulebook: Rulebook,
    application_harms: Mapping[str, tuple[str, ...]],
    harms: tuple[str, ...],
    findings: DutyFindings,
) -> None:
    turned = rulebook.model_copy(update={"functions": tuple(reversed(rulebook.functions))})
    assert find(document, turned, application_harms, harms) == findings


def test_the_worked_path_of_the_design(findings: DutyFindings) -> None:
    duty = next(duty for duty in findings.duties if duty.id == "icu/2025-02-24/C2.2/d1")
    assert duty.measure == "ICU C2"
    assert duty.provision == "ICU C2.2"
    assert duty.action == "have systems and processes designed to take down"
    assert duty.object == "the illegal content, and the illegal content proxy"
    assert duty.timing == "swiftly"
    assert duty.conditions == ("of which it is aware", "unless it is currently not technically feasible")
    assert duty.functions == (Function.TAKE_DOWN,)
