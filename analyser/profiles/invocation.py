"""Whether a service of given facts could claim an exemption, and which of its design features says so."""

from analyser.exemptions.features import feature_atom
from analyser.logic.evaluate import evaluate
from analyser.model.base import Invocable, Truth
from analyser.model.exemption import Answer, Exemption
from analyser.profiles.facts import Facts


def invocable(exemption: Exemption, facts: Facts) -> tuple[Invocable, str]:
    """Return whether the service could claim the exemption, and why.

    Limbs of an application: yes where they hold for the service. Words that leave something binding only for
    some services: yes where it is outside them. Other words: the strongest answer among the features it has,
    unknown where a feature it may have would give a stronger one, else no.
    """
    if exemption.limbs:
        return _by_limbs(exemption, facts)
    if exemption.reaches_only is not None:
        return _by_reach(exemption, evaluate(exemption.reaches_only, facts.judge_atom))
    has = [(_has(answer, facts), answer) for answer in exemption.invocable_by]
    held = [answer for truth, answer in has if truth is Truth.YES]
    open_ = [answer for truth, answer in has if truth is Truth.UNKNOWN]
    best = _strongest(held)
    possible = _strongest(open_)
    if possible and (best is None or _RANK[possible.answer] > _RANK[best.answer]):
        return (
            Invocable.UNKNOWN,
            f"not known whether the service has {_plain(possible.feature)}: {possible.why}",
        )
    if best is None:
        denied = next((answer.why for answer in held), "no design feature by which it could be claimed")
        return Invocable.NO, denied
    return best.answer, best.why


_RANK = {Invocable.NO: 0, Invocable.UNKNOWN: 1, Invocable.ARGUABLE: 2, Invocable.YES: 3}


def _strongest(answers: list[Answer]) -> Answer | None:
    """Return the first of the answers that most favour a claim, None when none does."""
    favour = [answer for answer in answers if _RANK[answer.answer] > 0]
    return max(favour, key=lambda answer: _RANK[answer.answer], default=None)


def _has(answer: Answer, facts: Facts) -> Truth:
    """Say whether the service has the design feature an answer speaks of."""
    atom = feature_atom(answer.feature)
    return Truth.YES if atom is None else facts.judge_atom(atom)


def _by_reach(exemption: Exemption, within: Truth) -> tuple[Invocable, str]:
    """Answer for words that reach only some services or some content."""
    why = next((answer.why for answer in exemption.invocable_by if answer.answer is Invocable.YES), "")
    if within is Truth.YES:
        return Invocable.NO, "the service lies within the words"
    if within is Truth.NO:
        return Invocable.YES, why or "the service lies outside the words"
    return Invocable.UNKNOWN, "not known whether the service lies within the words"


def _by_limbs(exemption: Exemption, facts: Facts) -> tuple[Invocable, str]:
    """Answer for a failing application: yes where its limbs hold, since the measure then does not apply."""
    held = Truth.UNKNOWN if exemption.holds is None else evaluate(exemption.holds, facts.judge_atom)
    if held is Truth.YES:
        return Invocable.YES, next(
            (answer.why for answer in exemption.invocable_by), "the measure does not apply"
        )
    if held is Truth.NO:
        return Invocable.NO, "these limbs do not leave the service out"
    return Invocable.UNKNOWN, "not known whether these limbs leave the service out"


def _plain(feature: str) -> str:
    return feature.replace("_", " ")
