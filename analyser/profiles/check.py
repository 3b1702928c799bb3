"""Which measures apply to one service, why, whether they reach anything there, and what it could claim."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from analyser.logic.evaluate import deciding, evaluate
from analyser.model.base import Breadth, Effect, Force, Invocable, Nature, Truth
from analyser.model.duty import Duty
from analyser.model.exemption import Exemption
from analyser.model.logic import Condition
from analyser.model.text import Document, Measure
from analyser.profiles.facts import ProfileFacts
from analyser.profiles.invocation import invocable
from analyser.profiles.model import Channel, Profile
from analyser.profiles.words import Words, said
from analyser.reporting.rows import CheckExemption, CheckRow
from analyser.rulebook.models import Rulebook

_REGIMES = {"user-to-user": "not a user-to-user service", "search": "not a search service"}
_CHANNEL_WORDS = {"public": "content communicated publicly", "private": "content communicated privately"}


class Applies(Protocol):
    """To which services a measure applies (analyser.applications.Application)."""

    @property
    def condition(self) -> Condition:
        """The condition read from the measure's application."""
        ...


def check_rows(
    document: Document,
    applications: Mapping[str, Applies],
    duties: Sequence[Duty],
    exemptions: Sequence[Exemption],
    profile: Profile,
    rulebook: Rulebook,
    regime: str,
    words: Words,
) -> tuple[CheckRow, ...]:
    """Return one row a measure, in the order of the text.

    `regime` is that of the code: no measure of it applies to a service of the other. A service with public
    and private content is judged for each, and what differs is said.
    """
    sides: tuple[Channel | None, ...] = profile.channels() or (None,)
    views = [ProfileFacts.of(profile, rulebook, channel) for channel in sides]
    rows = []
    for measure in document.measures:
        own = [duty for duty in duties if duty.measure == measure.id and duty.force is not Force.PERMITTED]
        ways_out = [exemption for exemption in exemptions if exemption.measure == measure.id]
        application = applications.get(measure.id)
        if profile.service is not None and profile.service != regime:
            rows.append(_other_regime(measure, regime))
        else:
            condition = application.condition if application else None
            rows.append(_row(measure, condition, own, ways_out, views, words))
    return tuple(rows)


def _other_regime(measure: Measure, regime: str) -> CheckRow:
    return CheckRow(
        measure=measure.id,
        title=measure.title,
        applies=Truth.NO,
        because=(_REGIMES.get(regime, f"not a {regime} service"),),
        bites="no",
        reach="",
        exemptions=(),
    )


def _row(
    measure: Measure,
    condition: Condition | None,
    duties: Sequence[Duty],
    ways_out: Sequence[Exemption],
    views: Sequence[ProfileFacts],
    words: Words,
) -> CheckRow:
    if condition is None:
        applies = Truth.UNKNOWN
        because: tuple[str, ...] = ("the measure's application is not known",)
    else:
        truths = [evaluate(condition, view.judge_atom) for view in views]
        applies = truths[0] if len(set(truths)) == 1 else Truth.YES if Truth.YES in truths else Truth.UNKNOWN
        why = tuple(
            dict.fromkeys(
                said(leaf, view, words) for view in views for leaf in deciding(condition, view.judge_atom)
            )
        )
        because = (*why, *views[0].raised()) if why else ("the measure applies to each service",)
    bites, reach = _bites(applies, duties, ways_out, views)
    return CheckRow(
        measure=measure.id,
        title=measure.title,
        applies=applies,
        because=because,
        bites=bites,
        reach=reach,
        exemptions=()
        if applies is Truth.NO
        else tuple(_claim(one, views) for one in ways_out if _is_claimable(one)),
    )


def _bites(
    applies: Truth, duties: Sequence[Duty], ways_out: Sequence[Exemption], views: Sequence[ProfileFacts]
) -> tuple[str, str]:
    """Say whether what is recommended reaches anything on the service, and in words how far.

    The duties that serve a function wholly decide, where the measure has any: what only supports them reaches
    nothing without them. Every pair of a duty and a channel is judged by the narrowings that a fact decides.
    """
    if applies is Truth.NO:
        return "no", ""
    if applies is Truth.UNKNOWN:
        return "unknown", "not known whether the measure applies"
    whole = [duty for duty in duties if any(reach.breadth is Breadth.WHOLE for reach in duty.reaches)]
    cuts: dict[tuple[str, str, Truth], list[Channel | None]] = {}
    truths: list[Truth] = []
    for view in views:
        for duty in whole or duties:
            reached = Truth.YES
            for one in _narrowings(duty, ways_out):
                truth = evaluate(one.reaches_only, view.judge_atom) if one.reaches_only else Truth.YES
                if truth is not Truth.YES:
                    cuts.setdefault((one.provision, one.quote, truth), []).append(view.channel)
                reached = min(reached, truth, key=_TRUTH_RANK.__getitem__)
            truths.append(reached)
    reach = "; ".join(_cut(*cut, channels, len(views)) for cut, channels in cuts.items())
    if all(truth is Truth.YES for truth in truths):
        return "yes", reach
    if all(truth is Truth.NO for truth in truths):
        return "no", reach
    return ("part" if Truth.UNKNOWN not in truths else "unknown"), reach


def _cut(provision: str, quote: str, truth: Truth, channels: Sequence[Channel | None], views: int) -> str:
    """Say that a provision does not reach the service, or a channel of it where only that is cut off."""
    told = dict.fromkeys(channel for channel in channels if channel)
    what = (
        "this service" if len(set(channels)) == views else " and ".join(_CHANNEL_WORDS[one] for one in told)
    )
    words = f"{provision} does not reach" if truth is Truth.NO else f"not known whether {provision} reaches"
    return f"{words} {what} (words: {quote})"


_TRUTH_RANK = {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}


def _narrowings(duty: Duty, ways_out: Sequence[Exemption]) -> list[Exemption]:
    return [
        one
        for one in ways_out
        if one.effect is Effect.NARROWS
        and one.reaches_only is not None
        and one.nature is not Nature.APPLICATION
        and duty.id in one.duties
    ]


def _is_claimable(exemption: Exemption) -> bool:
    """Say whether an exemption is a thing to claim: not a trigger, a limb, or a vague word that nobody
    invokes.
    """
    open_to_claim = bool(exemption.invocable_by) or exemption.reaches_only is not None
    return open_to_claim and exemption.nature not in (Nature.TRIGGER, Nature.APPLICATION)


def _claim(exemption: Exemption, views: Sequence[ProfileFacts]) -> CheckExemption:
    """Return whether the service could claim the exemption for any of its channels, the strongest answer
    first.
    """
    answers = [(invocable(exemption, view), view.channel) for view in views]
    (answer, why), channel = max(answers, key=lambda found: _CLAIM_RANK[found[0][0]])
    if len({found[0][0] for found in answers}) > 1 and channel:
        why = f"for {_CHANNEL_WORDS[channel]}: {why}"
    return CheckExemption(id=exemption.id, invocable=answer, why=why)


_CLAIM_RANK = {Invocable.NO: 0, Invocable.UNKNOWN: 1, Invocable.ARGUABLE: 2, Invocable.YES: 3}
