"""The built-in code's qualifiers, against a table made by reading the facts: each row is found as it says."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from analyser.exemptions import QualifierFindings
from analyser.model.base import Basis, Invocable
from analyser.model.duty import Duty
from analyser.model.exemption import Exemption, Suppressed
from analyser.model.text import Document, Provision, Span

TABLE: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "qualifiers.yaml").read_text(encoding="utf-8")
)


def _reads(one: Exemption, row: dict[str, Any]) -> bool:
    """Say whether the finding's words hold the row's phrase or lie in it."""
    quote, phrase = one.quote.lower(), row["phrase"].lower()
    return phrase in quote or quote in phrase


def _described(one: Exemption, document: Document) -> dict[str, Any]:
    duties = [duty.removeprefix(f"{document.key}/") for duty in one.duties]
    return {
        "kind": one.kind,
        "nature": one.nature,
        "effect": one.effect,
        "level": one.level,
        "duties": duties,
    }


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['provision']} {row['phrase']}")
def test_the_qualifier_is_read_as_the_table_says(
    row: dict[str, Any], findings: QualifierFindings, document: Document
) -> None:
    if "set_aside" in row:
        asides = [
            one
            for one in findings.suppressed
            if one.provision == row["provision"] and one.kind == row["kind"]
        ]
        assert any(
            row["phrase"].lower() in one.quote.lower() and row["set_aside"] in one.why for one in asides
        )
        assert not [
            one
            for one in findings.exemptions
            if one.provision == row["provision"] and one.kind == row["kind"] and _reads(one, row)
        ]
        return
    here = [one for one in findings.exemptions if one.provision == row["provision"] and _reads(one, row)]
    assert here
    wanted = {key: row[key] for key in ("kind", "nature", "effect", "level", "duties")}
    assert wanted in [_described(one, document) for one in here]
    assert all(one.measure == row["measure"] for one in here)


def test_every_phrase_with_a_basis_of_its_own_is_read_or_set_aside_with_a_reason(
    findings: QualifierFindings, document: Document
) -> None:
    spans = [*(one.span for one in findings.exemptions), *(one.span for one in findings.suppressed)]
    missed = []
    paragraphs = [*document.sections, *(part for one in document.measures for part in one.provisions())]
    for provision in paragraphs:
        words = provision.span.of(document.text).lower()
        for phrase in provision.phrases:
            start = provision.span.start + words.index(phrase.phrase.lower())
            end = start + len(phrase.phrase)
            if not any(span.start < end and start < span.end for span in spans):
                missed.append((provision.number, phrase.phrase))
    assert missed == []


def test_quotes_are_the_words_at_their_spans(findings: QualifierFindings, document: Document) -> None:
    found: list[Exemption | Suppressed] = [*findings.exemptions, *findings.suppressed]
    assert all(one.quote and one.span.of(document.text) == one.quote for one in found)


def test_each_exemption_stands_in_the_innermost_provision_it_names(
    findings: QualifierFindings, document: Document
) -> None:
    provisions: dict[str, Provision] = {
        f"ICU {part.number}": part for measure in document.measures for part in measure.provisions()
    }
    for one in findings.exemptions:
        place = provisions[one.provision]
        assert any(span.holds(one.span) for span in (place.lead, *([place.tail] if place.tail else [])))
        assert one.id.startswith(f"{document.key}/{place.number}#{one.kind}-")


def test_ids_are_unique_and_count_in_the_order_of_the_text(findings: QualifierFindings) -> None:
    ids = [one.id for one in findings.exemptions]
    assert len(set(ids)) == len(ids)
    counts: Counter[str] = Counter()
    for one in findings.exemptions:
        stem, _, number = one.id.rpartition("-")
        counts[stem] += 1
        assert int(number) == counts[stem]


def test_exemptions_cut_duties_that_exist(findings: QualifierFindings, duties: tuple[Duty, ...]) -> None:
    known = {duty.id for duty in duties}
    assert all(set(one.duties) <= known for one in findings.exemptions)


def test_findings_and_what_is_set_aside_stand_in_the_order_of_the_text(findings: QualifierFindings) -> None:
    for keys in (
        [(one.span.start, one.span.end, one.rule) for one in findings.exemptions],
        [(one.span.start, one.span.end, one.rule) for one in findings.suppressed],
    ):
        assert keys == sorted(keys)


def test_the_worked_path_of_the_design(findings: QualifierFindings) -> None:
    one = next(one for one in findings.exemptions if one.id == "icu/2025-02-24/C2.2#feasibility-1")
    assert one.duties == ("icu/2025-02-24/C2.2/d1",)
    assert (one.nature, one.effect, one.basis) == ("exception", "lifts", Basis.RECALL_HIGH)
    answers = {answer.feature: answer for answer in one.invocable_by}
    assert answers["end_to_end_encrypted"].answer is Invocable.YES
    assert answers["end_to_end_encrypted"].source == ("lbc25", "nation25")
    assert answers["peer_to_peer"].answer is Invocable.ARGUABLE
    assert answers["provider_can_read_content"].answer is Invocable.NO


def test_only_takedown_turns_on_feasibility(findings: QualifierFindings) -> None:
    assert {one.provision for one in findings.exemptions if one.kind == "feasibility"} == {"ICU C2.2"}


def test_material_exemptions_are_few_and_known(findings: QualifierFindings, document: Document) -> None:
    material = {
        one.id.removeprefix(f"{document.key}/") for one in findings.exemptions if one.level == "material"
    }
    assert material == {
        "C2.2#feasibility-1",
        "C9.2#channel_carve_out-1",
        "C10.u1#channel_carve_out-1",
        "D10.u1#discretion-1",
        "D10.u2#discretion-1",
        "D12.4(b)#discretion-1",
        "D13.2#discretion-1",
    }


def test_the_words_decide_how_an_exemption_is_known(findings: QualifierFindings) -> None:
    known = {one.id.rpartition("/")[2]: one.basis for one in findings.exemptions}
    assert known["C2.2#vague_standard-2"] is Basis.QUOTED  # `swiftly`, in a paragraph that is recall-high
    assert (
        known["D13.2#discretion-1"] is Basis.SECONDARY
    )  # of its parts one is quoted, the paragraph secondary
    assert known["D10.u1#discretion-1"] is Basis.RECALL_LOW  # `where appropriate`, weaker than its paragraph
    assert known["C9.2#channel_carve_out-1"] is Basis.SECONDARY


def test_words_are_quoted_only_inside_a_phrase_that_was_seen_quoted(
    findings: QualifierFindings, document: Document
) -> None:
    phrases = {
        f"ICU {part.number}": [one.phrase.lower() for one in part.phrases if one.basis is Basis.QUOTED]
        for measure in document.measures
        for part in measure.provisions()
    }
    quoted = [one for one in findings.exemptions if one.basis is Basis.QUOTED]
    assert quoted
    for one in quoted:
        assert any(one.quote.lower() in phrase for phrase in phrases[one.provision]), one.id
    known = {one.id.rpartition("/")[2]: (one.quote, one.basis) for one in findings.exemptions}
    # The paragraph is known from a quotation; these words of it are our restatement.
    assert known["C1.3(b)#knowledge_condition-1"] == ("it suspects", Basis.SECONDARY)
    assert known["D2.2(c)#vague_standard-1"] == ("reasonably necessary steps", Basis.QUOTED)
    assert known["D12.3#vague_standard-1"] == ("appropriate individual", Basis.QUOTED)


def test_each_limit_to_public_content_is_one_exemption_that_holds_the_whole_analysis(
    findings: QualifierFindings,
) -> None:
    channel = {
        one.provision: [duty.rpartition("/2025-02-24/")[2] for duty in one.duties]
        for one in findings.exemptions
        if one.rule == "channel_carve_out.public_only"
    }
    assert channel == {
        # What is done with what was found, and the hashes, settings and lists, go with the analysis.
        "ICU C9.2": [
            *("C9.2/d1", "C9.u1/d1", "C9.u1/d2", "C9.u2/d1", "C9.u3/d1", "C9.u4/d1", "C9.u5/d1"),
        ],
        "ICU C10.u1": ["C10.2/d1", "C10.u2/d1", "C10.u3/d1"],
    }
    assert len([one for one in findings.exemptions if one.rule == "channel_carve_out.public_only"]) == 2


def test_a_definition_that_repeats_a_limb_is_no_second_cause(findings: QualifierFindings) -> None:
    one = next(one for one in findings.exemptions if one.provision == "ICU F1.u1")
    assert (one.level, one.reaches_only, one.invocable_by) == ("minor", None, ())
    assert "repeats a condition of ICU F1.1(a)" in one.note


def test_private_records_outside_the_sample_take_no_channel_out_of_the_duty(
    findings: QualifierFindings,
) -> None:
    one, back = [one for one in findings.exemptions if one.provision == "ICU H1.8"]
    assert one.id == "icu/2025-02-24/H1.8#channel_carve_out-1"
    assert (one.level, one.reaches_only) == ("minor", None)
    assert [answer.answer for answer in one.invocable_by] == [Invocable.NO]
    assert one.excepted_by == (back.id,)
    assert ("explicit consent" in back.quote, back.duties) == (True, ())


def test_a_limit_to_public_content_leaves_public_content_bound(findings: QualifierFindings) -> None:
    for one in findings.exemptions:
        if one.rule == "channel_carve_out.public_only":
            assert one.reaches_only is not None
            assert one.reaches_only.model_dump(exclude={"span"}) == {
                "node": "atom",
                "fact": "channel",
                "op": "=",
                "value": "public",
            }


def test_spans_are_ranges_of_the_text(findings: QualifierFindings, document: Document) -> None:
    whole = Span(start=0, end=len(document.text))
    found: list[Exemption | Suppressed] = [*findings.exemptions, *findings.suppressed]
    assert all(whole.holds(one.span) for one in found)
