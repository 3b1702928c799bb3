"""Which rules share words, and which can never win as another reads the same words (see `exemptions.settle`
and `duties.functions`).
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from analyser.model.base import Breadth, Effect, Level, Nature
from analyser.rulebook.cues import GAP, expand_all
from analyser.rulebook.lint_texts import plain
from analyser.rulebook.models import FunctionRule, QualifierRule

_OF_ABILITY = re.compile(r"feasib|possib|practicab|achievab|\bunable\b|\bable\b")


def same_kind(rules: Sequence[QualifierRule]) -> dict[str, str]:
    """Return, by rule, the first phrase that it shares with an earlier rule of its kind."""
    faults: dict[str, str] = {}
    first: dict[tuple[str, str], str] = {}
    for rule in rules:
        for phrase in expand_all(rule.cue):
            other = first.setdefault((rule.kind, phrase.lower()), rule.id)
            if other != rule.id:
                faults[rule.id] = f"it shares `{phrase}` with `{other}`"
                break
    return faults


def other_kinds(rules: Sequence[QualifierRule]) -> dict[str, str]:
    """Return, by rule, the first phrase that it shares with a rule of another kind: both are kept there."""
    remarks: dict[str, str] = {}
    held: dict[str, list[QualifierRule]] = {}
    for rule in rules:
        for phrase in expand_all(rule.cue):
            others = held.setdefault(phrase.lower(), [])
            beside = next((one for one in others if one.kind != rule.kind), None)
            if beside is not None:
                said = f"it shares `{phrase}` with `{beside.id}`, of another kind: the words are read as both"
                remarks.setdefault(rule.id, said)
            others.append(rule)
    return remarks


def dead(rules: Sequence[QualifierRule]) -> dict[str, str]:
    """Return, by rule, why it can never win: each phrase of it is read first by a rule that asks no more."""
    by_phrase: dict[str, list[QualifierRule]] = {}
    for rule in rules:
        for phrase in expand_all(rule.cue):
            by_phrase.setdefault(plain(phrase) if GAP not in phrase else phrase.lower(), []).append(rule)
    first = [rule for rule in rules if _relieves(rule)]
    found: dict[str, str] = {}
    for rule in (one for one in rules if one.cue):
        winners: dict[str, None] = {}
        for phrase in expand_all(rule.cue):
            words = plain(phrase) if GAP not in phrase else phrase.lower()
            winner = next(
                (
                    one
                    for one in (*by_phrase[words], *(first if not _relieves(rule) else ()))
                    if one.id != rule.id and _wins(one, rule, words) and _asks_no_more(one, rule, words)
                ),
                None,
            )
            if winner is None:
                break
            winners[winner.id] = None
        else:
            found[rule.id] = f"it can never win: {_named(winners)} reads all of its words in the same places"
    return found


def dead_functions(rules: Sequence[FunctionRule]) -> dict[str, str]:
    """Return, by rule, why it can never win: another reads every duty that it reads, for the same function
    and harms, and stands before it (the narrower breadth, then the name).
    """
    found: dict[str, str] = {}
    for rule in rules:
        for other in rules:
            same = other.id != rule.id and (other.function, other.harms) == (rule.function, rule.harms)
            if not same or _rank(other) > _rank(rule):
                continue
            if (
                _holds_all(rule.action, other.action)
                and _holds_all(rule.object, other.object)
                and _holds_all(other.without, rule.without, empty=True)
            ):
                found[rule.id] = f"it can never win: `{other.id}` reads every duty that it reads"
                break
    return found


def _rank(rule: FunctionRule) -> tuple[bool, str]:
    return rule.breadth is Breadth.WHOLE, rule.id


def _relieves(rule: QualifierRule) -> bool:
    return rule.nature is Nature.PERMISSION and rule.level is Level.MATERIAL


def _wins(one: QualifierRule, other: QualifierRule, words: str) -> bool:
    """Say whether one rule beats another wherever some words of the other stand."""
    if _relieves(one) and not _relieves(other):
        return GAP not in words and _holds(words, _plain(one.cue), one.kind == other.kind)
    if one.kind is not other.kind or _relieves(one) != _relieves(other):
        return False
    return one.id < other.id and words in _plain(one.cue)


def _holds(words: str, phrases: Iterable[str], same: bool) -> bool:
    """Say whether one of some phrases lies in the words; the very words only where `same` allows it."""
    return any(f" {one} " in f" {words} " and (same or one != words) for one in phrases)


def _asks_no_more(one: QualifierRule, other: QualifierRule, words: str) -> bool:
    """Say whether a rule is a way out wherever another is: it needs no other words, and none take it back."""
    needs = not one.needs or (bool(other.needs) and _holds_all(other.needs, one.needs))
    back = _holds_all(one.unless, other.unless, empty=True)
    # Words of ability that lift a duty are read with more care than others.
    alike = one.effect is not Effect.LIFTS or other.effect is Effect.LIFTS or not _OF_ABILITY.search(words)
    return needs and back and alike


def _holds_all(cues: tuple[str, ...], within: tuple[str, ...], empty: bool = False) -> bool:
    """Say whether every phrase of some cues holds a phrase of others; no others hold nothing unless `empty`
    says that nothing is asked.
    """
    if empty:
        return all(_holds(words, _plain(within), True) for words in _plain(cues))
    return not within or (bool(cues) and all(_holds(words, _plain(within), True) for words in _plain(cues)))


@lru_cache(maxsize=4096)
def _plain(cues: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain(phrase) if GAP not in phrase else phrase.lower() for phrase in expand_all(cues))


def _named(ids: Iterable[str]) -> str:
    names = [f"`{one}`" for one in ids]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
