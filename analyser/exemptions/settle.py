"""Settle overlapping candidates: the longest words win; the same words are read twice only as two kinds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analyser.exemptions.grounds import Ground
from analyser.exemptions.openers import Clause as Opened
from analyser.exemptions.places import Place
from analyser.exemptions.polarity import Clause, Support, opens_exception
from analyser.exemptions.tokens import Match
from analyser.model.base import Kind, Level, Nature
from analyser.rulebook.models import QualifierRule

_SMALL = (Kind.VAGUE_STANDARD, Kind.TEMPORAL)
_LOOSE = ("permission", "instead", "waiver")  # their words are few, or run over much that is said by the way


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue found in a recommendation, its clause, and the words that make it a way out, if any.

    `opened` and `ground` are those of a rule that reads whole clauses.
    """

    match: Match
    rule: QualifierRule
    place: Place
    clause: Clause
    support: Support | None = None
    opened: Opened | None = None
    ground: Ground | None = None


def settle(
    text: str,
    candidates: Iterable[Candidate],
) -> tuple[tuple[Candidate, ...], tuple[tuple[Candidate, Candidate], ...]]:
    """Return the candidates that stand, and each loser with its winner; both in the order of the text.

    A permission that relieves duties (`may disregard`) beats words that only open one (`the provider may`);
    else longer words beat shorter ones that overlap them. The same words under two kinds are both kept; under
    one kind the lower rule id wins. Words that only make another candidate a way out (`except where` before a
    ground that a rule reads) are no finding of their own.
    """
    read = list(candidates)
    lost = [pair for one in read if one.opened for pair in _yields(one, read)]
    given_up = {id(loser) for loser, _ in lost}
    ordered = sorted(
        (one for one in read if id(one) not in given_up),
        key=lambda one: (
            not (one.opened and one.opened.opens in _LOOSE),
            not (one.rule.nature is Nature.PERMISSION and one.rule.level is Level.MATERIAL),
            one.match.start - one.match.end,
            one.match.start,
            one.rule.id,
        ),
    )
    kept: list[Candidate] = []
    for candidate in ordered:
        start, end = candidate.match.start, candidate.match.end
        over = [other for other in kept if other.match.start < end and start < other.match.end]
        winner = next((other for other in over if _beats(other, candidate)), None)
        if winner:
            lost.append((candidate, winner))
        else:
            kept.append(candidate)
    standing = []
    users = [one for one in kept if one.support is not None]
    for candidate in kept:
        words = text[candidate.match.start : candidate.match.end]
        opens = opens_exception(words)
        others = kept if opens else users
        user = next(
            (one for one in others if one is not candidate and _spent_on(candidate, one, opens)), None
        )
        if user:
            lost.append((candidate, user))
        else:
            standing.append(candidate)
    return tuple(sorted(standing, key=_order)), tuple(sorted(lost, key=lambda pair: _order(pair[0])))


def _yields(clause: Candidate, read: list[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Yield the pairs of loser and winner, once for each phrase in a clause, of which one gives way.

    A phrase of the same kind, or in a clause of no known ground, is the closer reading; words of quality and
    of time are part of the ground they stand in; of two other grounds the longer is the one meant.
    """
    for one in read:
        if one.opened or not one.match.overlaps(clause.match.start, clause.match.end):
            continue
        if (
            one.rule.kind in _SMALL
            and one.rule.level is Level.MINOR
            and clause.ground is not None
            and clause.opened
            and clause.opened.opens not in _LOOSE
        ):
            yield one, clause
        elif one.rule.direction in ("extends", "sharpens") or _closer(one, clause):
            yield clause, one
            return
        else:
            yield one, clause


def _closer(phrase: Candidate, clause: Candidate) -> bool:
    if clause.opened and clause.opened.opens in ("permission", "instead"):
        permits = (
            phrase.rule.nature is Nature.PERMISSION
            and phrase.rule.level is Level.MATERIAL
            and not clause.rule.about
        )
        return phrase.rule.targets is not None or (permits and phrase.rule.kind is clause.rule.kind)
    if phrase.rule.kind is clause.rule.kind:
        return True
    if clause.ground is None or not clause.rule.about:
        return phrase.rule.kind not in _SMALL or phrase.rule.level is Level.MATERIAL
    opening = clause.match.start >= phrase.match.start
    words = clause.ground.end - (clause.match.start if opening else clause.ground.start)
    return phrase.match.end - phrase.match.start > words


def _beats(winner: Candidate, loser: Candidate) -> bool:
    """Say whether one of two candidates that overlap beats the other."""
    same = (winner.match.start, winner.match.end) == (loser.match.start, loser.match.end)
    return not same or winner.rule.kind is loser.rule.kind


def _spent_on(candidate: Candidate, user: Candidate, opens: bool) -> bool:
    """Say whether the candidate's words only make `user` a way out.

    They are the words it needs, or (`opens`) open an exception whose ground `user` reads in the same clause.
    """
    if opens and user.rule.nature is Nature.EXCEPTION and candidate.clause.inner == user.clause.inner:
        return candidate.match.end <= user.match.start
    needed = user.support
    if needed is None or user.match.overlaps(needed.start, needed.end):
        return False
    return needed.start <= candidate.match.start and candidate.match.end <= needed.end


def _order(candidate: Candidate) -> tuple[int, int, str]:
    return candidate.match.start, candidate.match.end, candidate.rule.id
