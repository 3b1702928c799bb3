"""Which measures apply to one service, why, whether they reach anything there, and what it could claim."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from analyser.logic.evaluate import deciding, evaluate
from analyser.model.base import Breadth, Effect, Force, Invocable, Level, Nature, Truth
from analyser.model.duty import Duty
from analyser.model.exemption import Exemption
from analyser.model.logic import Atom, Condition
from analyser.model.text import Document, Measure
from analyser.profiles.counting import judged, not_known_to_count
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
        truths = [judged(condition, view) for view in views]
        applies = truths[0] if len(set(truths)) == 1 else Truth.YES if Truth.YES in truths else Truth.UNKNOWN
        because = _because(condition, applies, views, words) or ("the measure applies to each service",)
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


def _because(
    condition: Condition, applies: Truth, views: Sequence[ProfileFacts], words: Words
) -> tuple[str, ...]:
    """Return what decided whether the measure applies, and what was inferred or is not known where that
    decided.
    """
    if applies is Truth.UNKNOWN and (open_ := not_known_to_count(condition, views[0], words)):
        return (open_,)
    leaves = [(view, leaf) for view in views for leaf in deciding(condition, view.judge_atom)]
    said_of = dict.fromkeys(said(leaf, view, words) for view, leaf in leaves)
    view = views[0]
    notes = [
        f"{_rated(one.kind, one.taken, words)}, not {one.given}, "
        f"as {_rated(one.by, one.taken, words)} (inference)"
        for one in view.raised()
        if any(isinstance(leaf, Atom) and leaf.fact == f"risk.{one.kind}" for _, leaf in leaves)
        or evaluate(condition, view.judge_atom) is not evaluate(condition, view.unraised(one.kind).judge_atom)
    ]
    return (*said_of, *notes)


def _rated(harm: str, level: str, words: Words) -> str:
    return words(Atom(fact=f"risk.{harm}", op="=", value=level))


def _bites(
    applies: Truth, duties: Sequence[Duty], ways_out: Sequence[Exemption], views: Sequence[ProfileFacts]
) -> tuple[str, str]:
    """Say whether what is recommended reaches anything on the service, and in words how far.

    The duties that serve a function wholly decide, where the measure has any: what only supports them reaches
    nothing without them. Every pair of a duty and a channel is judged by the narrowings that a fact decides:
    material ones, and triggers that never arise on the service.
    """
    if applies is Truth.NO:
        return "no", ""
    if applies is Truth.UNKNOWN:
        return "unknown", "not known whether the measure applies"
    whole = [duty for duty in duties if any(reach.breadth is Breadth.WHOLE for reach in duty.reaches)]
    cuts: dict[tuple[Exemption, Truth], list[Channel | None]] = {}
    truths: list[Truth] = []
    for view in views:
        for duty in whole or duties:
            reached = Truth.YES
            for one in _narrowings(duty, ways_out):
                truth = evaluate(one.reaches_only, view.judge_atom) if one.reaches_only else Truth.YES
                if truth is not Truth.YES:
                    cuts.setdefault((one, truth), []).append(view.channel)
                reached = min(reached, truth, key=_TRUTH_RANK.__getitem__)
            truths.append(reached)
    reach = "; ".join(_cut(*cut, channels, len(views)) for cut, channels in cuts.items())
    if all(truth is Truth.YES for truth in truths):
        return "yes", reach
    if all(truth is Truth.NO for truth in truths):
        return "no", reach
    return ("part" if Truth.UNKNOWN not in truths else "unknown"), reach


def _cut(cut: Exemption, truth: Truth, channels: Sequence[Channel | None], views: int) -> str:
    """Say that a provision does not reach the service, or a channel of it where only that is cut off.

    A trigger that cannot arise there does not concern it: nothing is cut off.
    """
    told = dict.fromkeys(channel for channel in channels if channel)
    what = (
        "this service" if len(set(channels)) == views else " and ".join(_CHANNEL_WORDS[one] for one in told)
    )
    verb, form = ("concern", "concerns") if cut.nature is Nature.TRIGGER else ("reach", "reaches")
    words = (
        f"{cut.provision} does not {verb}"
        if truth is Truth.NO
        else f"not known whether {cut.provision} {form}"
    )
    return f"{words} {what} (words: {cut.quote})"


_TRUTH_RANK = {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}


def _narrowings(duty: Duty, ways_out: Sequence[Exemption]) -> list[Exemption]:
    return [
        one
        for one in ways_out
        if one.effect is Effect.NARROWS
        and one.reaches_only is not None
        and (one.nature is Nature.TRIGGER or one.level is Level.MATERIAL)
        and one.nature is not Nature.APPLICATION
        and duty.id in one.duties
    ]


def _is_claimable(exemption: Exemption) -> bool:
    """Say whether an exemption is a thing to claim: not a trigger, a limb, a limit that leaves nobody out, or
    a vague word that nobody invokes.
    """
    leaves_out = exemption.reaches_only is not None and exemption.level is Level.MATERIAL
    open_to_claim = bool(exemption.invocable_by) or leaves_out
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
