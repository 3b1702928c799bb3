"""Try the rules on a sentence typed in by an analyst: a document of one paragraph, made on the fly."""

import hashlib

from analyser.duties import find as find_duties
from analyser.exemptions.engine import find
from analyser.model.base import Basis
from analyser.model.text import Document, Measure, Provision, Span
from analyser.reporting.rows import TryRow
from analyser.rulebook.models import Rulebook


def try_text(text: str, rulebook: Rulebook) -> tuple[TryRow, ...]:
    """Return what the rules find in a text, in the order of the text, what they set aside included.

    Example: `try_text("A provider must act, unless it is technically infeasible.", rulebook)` gives a row
    of kind feasibility.
    """
    document = _document(text)
    harms = tuple(harm.key for harm in rulebook.harms)
    duties = find_duties(document, rulebook, {}, harms).duties
    found = find(document, duties, rulebook)
    words = {
        duty.id: " ".join(part for part in (duty.bearer, duty.modality, duty.action) if part)
        for duty in duties
    }
    rules = {rule.id: rule for rule in rulebook.qualifiers}
    noted = set(found.noted)
    rows = [
        (
            one.span,
            one.rule,
            TryRow(
                quote=one.quote,
                kind=one.kind,
                nature=one.nature,
                effect=one.effect,
                duty="; ".join(words[duty] for duty in one.duties),
                suppressed=False,
                why="; ".join(
                    part
                    for part in (f"{one.rule} ({one.level}): {rules[one.rule].rationale}", one.note)
                    if part
                ),
            ),
        )
        for one in found.exemptions
    ]
    rows += [
        (
            aside.span,
            aside.rule,
            TryRow(
                quote=aside.quote,
                kind=aside.kind,
                nature=rules[aside.rule].nature,
                effect="" if aside in noted else rules[aside.rule].effect,
                duty="",
                suppressed=True,
                why=f"{aside.rule}: {aside.why}",
            ),
        )
        for aside in found.suppressed
    ]
    return tuple(row for _, _, row in sorted(rows, key=lambda one: (one[0].start, one[0].end, one[1])))


def reads(rule_id: str, text: str, rulebook: Rulebook) -> bool:
    """Say whether a rule finds something in a text, as `rules test` asks of each example: a way out, or for
    words that are no way out, that they are noted.
    """
    document = _document(text)
    duties = find_duties(document, rulebook, {}, tuple(harm.key for harm in rulebook.harms)).duties
    found = find(document, duties, rulebook)
    no_way_out = {rule.id for rule in rulebook.qualifiers if rule.direction in ("extends", "sharpens")}
    told = found.noted if rule_id in no_way_out else found.exemptions
    return any(one.rule == rule_id for one in told)


def _document(text: str) -> Document:
    """Return a document whose one recommendation is the text."""
    whole = Span(start=0, end=len(text))
    paragraph = Provision(
        number="1.1",
        label="1.1",
        span=whole,
        lead=whole,
        number_basis=Basis.OFFICIAL,
        text_basis=Basis.OFFICIAL,
    )
    empty = Span(start=0, end=0)
    measure = Measure(
        id="1",
        number="1",
        title="",
        span=whole,
        title_span=empty,
        application=(),
        recommendation=(paragraph,),
    )
    return Document(
        code="text",
        prefix="text",
        revision="typed",
        title="",
        path="",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        measures=(measure,),
    )
