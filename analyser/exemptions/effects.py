"""What a qualifier leaves of the duties it governs, by where it stands and what it stands in."""

import re
from collections.abc import Sequence

from analyser.exemptions.scope import Governed
from analyser.exemptions.settle import Candidate
from analyser.model.base import Effect, Force, Level, Nature
from analyser.model.duty import Duty
from analyser.model.exemption import Answer
from analyser.rulebook.models import QualifierRule, Rulebook

_MODAL = re.compile(
    r"\b(?:should|must|shall|may|ought|need not|required|is to|are to|has to|have to)\b", re.IGNORECASE
)
_ADDS_A_PART = re.compile(r"\b(?:and|or|including|in particular)(?:\s+also)?,?\s*$", re.IGNORECASE)
_JUST_A_TIME = re.compile(
    r"\b(?:(?:within|inside|by|before|no later than|not later than|at least|every)\s+[^,;.]{1,40}|"
    r"immediately|at once|forthwith|"
    r"(?:then and there|there and then)|on the same day|the same day|straight away|in advance|"
    r"beforehand|in real time)\s*,?\s*$",
    re.IGNORECASE,
)
_FOR_OCCASIONS = re.compile(
    r"(?:unless|(?:except|save)\s+(?:where|when|if|in|on|with|by|to the extent|under)|only|where|when|"
    r"if|other than\s+(?:for|in|on|by|with|at|to|where|when|if|under)|"
    r"otherwise than)\b",
    re.IGNORECASE,
)


def graded(text: str, candidate: Candidate, reach: Governed) -> tuple[Level, Effect, list[str]]:
    """Return level and effect after the place is taken into account, with a note on each change."""
    rule = candidate.rule
    level, effect = rule.level, rule.effect
    notes = [reach.note] if reach.note else []
    part = only_part(text, candidate) if not reach.item else False
    if not reach.firm:
        level = Level.MINOR
    if reach.item:
        notes.append(f"governs item {reach.item} only")
    if part and effect is Effect.LIFTS:
        notes.append("governs only the part of the duty beside which it stands")
    if (
        (reach.item or part or not reach.firm)
        and effect is Effect.LIFTS
        and rule.nature is not Nature.PERMISSION
    ):
        effect = Effect.NARROWS
    return level, effect, notes


def only_part(text: str, candidate: Candidate) -> bool:
    """Say whether a condition governs one verb, thing or time alone: `and, where feasible, index it`."""
    start = candidate.match.start
    if candidate.support is not None and candidate.clause.sentence.start <= candidate.support.start < start:
        start = candidate.support.start
    sentence = candidate.clause.sentence
    before, after = text[sentence.start : start], text[candidate.match.end : sentence.end]
    if not _MODAL.search(before):
        return False
    if _ADDS_A_PART.search(before):
        return not _MODAL.match(after.lstrip(" ,")) and bool(after.strip(" ,.;"))
    return candidate.rule.nature is Nature.EXCEPTION and bool(
        _JUST_A_TIME.search(before) and not re.match(r"(?:unless|except|save)\b", text[start:], re.IGNORECASE)
    )


def answers(rulebook: Rulebook, rule: QualifierRule) -> tuple[Answer, ...]:
    """Return which features of a service's design let it rely on words that a rule reads."""
    table = rulebook.invocation_table(rule.invocation) if rule.invocation else None
    return tuple(
        Answer(
            feature=one.feature,
            answer=one.answer,
            why=one.why,
            argued_by=one.argued_by,
            source=one.sources,
            basis=one.basis,
        )
        for one in (table.features if table else ())
    )


def frees(text: str, candidate: Candidate, cut: Sequence[Duty]) -> bool:
    """Say whether an exception of no known ground sets free what is forbidden (`must not do X unless Y`)."""
    if candidate.rule.nature is not Nature.EXCEPTION or not cut:
        return False
    barred = all(
        (duty.negated and duty.force is not Force.PERMITTED) or duty.modality == "may only" for duty in cut
    )
    return barred and bool(_FOR_OCCASIONS.match(text, candidate.match.start))
