"""Say in words what decided a condition for one service: a term, a number, a risk, a fact, with its truth."""

from analyser.logic.evaluate import evaluate
from analyser.model.base import Truth
from analyser.model.logic import Atom, Condition, Term, Unread
from analyser.profiles.facts import Facts
from analyser.profiles.model import RISKS
from analyser.rulebook.models import Rulebook

_UNKNOWN = "not known: "


def said(leaf: Condition, facts: Facts, rulebook: Rulebook) -> str:
    """Return a fragment for one deciding leaf, e.g. "not a large service" or "low risk of grooming".

    What is unknown is said as its true form after "not known:".
    """
    truth = evaluate(leaf, facts.judge_atom)
    holds = truth is not Truth.NO
    if isinstance(leaf, Atom) and leaf.fact.startswith("risk.") and (rated := facts.value_of(leaf.fact)):
        return f"{rated} risk of {_harm(leaf.fact, rulebook)}"
    match leaf:
        case Term(name=name):
            words = f"a {name}" if holds else f"not a {name}"
        case Atom():
            words = _atom(leaf, holds, rulebook)
        case Unread(words=unread):
            words = f"words that could not be read: {unread}"
        case _:
            words = "several facts together"
    return f"{_UNKNOWN}{words}" if truth is Truth.UNKNOWN else words


def _atom(atom: Atom, holds: bool, rulebook: Rulebook) -> str:
    head, _, key = atom.fact.partition(".")
    if atom.fact == "uk_monthly_users":
        return f"{_NUMBER[atom.op if holds else _CONTRARY[atom.op]]} {atom.value:,} monthly active UK users"
    if head == "risk":
        return _risk(atom, holds, rulebook)
    true = (atom.value is not False) is (atom.op != "!=") is holds
    words = rulebook.fact(atom.fact)
    if words and (words.true_words or words.false_words):
        return words.true_words if true else words.false_words
    if words and str(atom.value) in words.value_words:
        return words.value_words[str(atom.value)] if holds else f"not {words.value_words[str(atom.value)]}"
    if head == "service_type":
        service = rulebook.service(key)
        name = service.name if service else key.replace("_", " ")
        return f"a {name}" if true else f"not a {name}"
    if head == "functionality":
        found = next((one.name for one in rulebook.functionalities if one.key == key), key.replace("_", " "))
        return f"with {found}" if true else f"without {found}"
    name = (key or head).replace("_", " ")
    if isinstance(atom.value, bool):
        return name if true else f"not {name}"
    return f"{name} {'is' if holds else 'is not'} {str(atom.value).replace('_', ' ')}"


def _risk(atom: Atom, holds: bool, rulebook: Rulebook) -> str:
    """Name the levels at which the comparison holds (or fails), e.g. "medium or high risk of fraud"."""
    bound = RISKS.index(str(atom.value))
    tests = {
        "=": lambda rank: rank == bound,
        "!=": lambda rank: rank != bound,
        ">": lambda rank: rank > bound,
        ">=": lambda rank: rank >= bound,
        "<": lambda rank: rank < bound,
        "<=": lambda rank: rank <= bound,
    }
    levels = [level for rank, level in enumerate(RISKS) if tests[atom.op](rank) is holds]
    listed = " or ".join([", ".join(levels[:-1]), levels[-1]] if len(levels) > 1 else levels)
    return f"{listed} risk of {_harm(atom.fact, rulebook)}"


def _harm(fact: str, rulebook: Rulebook) -> str:
    key = fact.removeprefix("risk.")
    harm = rulebook.harm(key)
    return harm.name if harm else key.replace("_", " ")


_NUMBER = {
    ">": "more than",
    ">=": "at least",
    "<": "fewer than",
    "<=": "at most",
    "=": "exactly",
    "!=": "other than",
}
_CONTRARY = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "=": "!=", "!=": "="}
