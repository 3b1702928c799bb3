"""Find the duties of a document: what its recommendations ask, and what each duty does for people."""

from collections.abc import Mapping

from analyser.duties.bearers import Subject
from analyser.duties.functions import FunctionReader, reads
from analyser.duties.reader import DutyWords, read_words
from analyser.duties.statements import Explanation, Statement, read_statements
from analyser.model.base import Force, Frozen
from analyser.model.duty import Duty
from analyser.model.text import Document, Measure, Provision, Span
from analyser.rulebook.models import FunctionRule, Rulebook


class DutyFindings(Frozen):
    """The duties of a document, the sentences that lay down none, and the duties no function rule reads."""

    duties: tuple[Duty, ...]
    explanations: tuple[Explanation, ...] = ()
    unassigned: tuple[str, ...] = ()


def find(
    document: Document,
    rulebook: Rulebook,
    application_harms: Mapping[str, tuple[str, ...]],
    harms: tuple[str, ...],
    statutory: bool = False,
) -> DutyFindings:
    """Return the duties of every recommendation, in the order of the text.

    `application_harms` gives, by measure id (`ICU C9`), the harms whose risk its application names; `harms`
    the keys of the revision's kinds and sub kinds; `statutory` says that the document itself binds (an Act).
    Example: the duty `icu/2025-02-24/C2.2/d1` of ICU C2, bearer `The provider`, action `have systems and
    processes designed to take down`.
    """
    reader = FunctionReader(rulebook, harms)
    duties: list[Duty] = []
    explanations: list[Explanation] = []
    for measure in document.measures:
        earlier: list[Subject] = []
        for paragraph in measure.recommendation:
            statements, rest = read_statements(paragraph, document.text)
            explanations.extend(
                Explanation(span=one.span, provision=_name(measure, one.provision), measure=measure.id)
                for one in rest
            )
            for place, statement in enumerate(statements, 1):
                words = read_words(statement, document.text, statutory, earlier)
                if words.subject:
                    earlier.append(words.subject)
                base = _duty(
                    f"{document.key}/{paragraph.number}/d{place}", measure, statement, words, document.text
                )
                reaches = reader.read(words, application_harms.get(measure.id, ()))
                duties.append(base.model_copy(update={"reaches": reaches}))
    unassigned = tuple(duty.id for duty in duties if not duty.reaches and duty.force is not Force.PERMITTED)
    return DutyFindings(duties=tuple(duties), explanations=tuple(explanations), unassigned=unassigned)


def serves(rule: FunctionRule, sentence: str) -> bool:
    """Say whether a function rule reads a norm in a sentence that stands alone, as rule examples do."""
    return any(words.force is not Force.PERMITTED and reads(rule, words) for words in read_sentence(sentence))


def read_sentence(sentence: str) -> tuple[DutyWords, ...]:
    """Return what is read from each norm of a sentence that stands alone; () when it holds none."""
    whole = Span(start=0, end=len(sentence))
    statements, _ = read_statements(Provision(number="1", label="1", span=whole, lead=whole), sentence)
    found: list[DutyWords] = []
    for statement in statements:
        earlier = [words.subject for words in found if words.subject]
        found.append(read_words(statement, sentence, earlier=earlier))
    return tuple(found)


def _duty(duty_id: str, measure: Measure, statement: Statement, words: DutyWords, text: str) -> Duty:
    return Duty(
        id=duty_id,
        measure=measure.id,
        provision=_name(measure, statement.provision.number),
        span=statement.span,
        quote=statement.span.of(text),
        scope=statement.scope,
        bearer=words.bearer,
        force=words.force,
        modality=words.modality,
        negated=words.negated,
        action=words.action,
        object=words.object,
        conditions=words.conditions,
        timing=words.timing,
        items=tuple(part.number for item in statement.items for part in item.walk()),
        basis=statement.basis,
    )


def _name(measure: Measure, number: str) -> str:
    """Return a provision's full name, e.g. `ICU C2.2`."""
    return f"{measure.id.removesuffix(measure.number)}{number}"
