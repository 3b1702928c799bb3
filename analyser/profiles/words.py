"""Say in words what decided a condition for one service: a term, a number, a risk, a fact, with its truth."""

from collections.abc import Callable

from analyser.logic.evaluate import evaluate
from analyser.model.base import Truth
from analyser.model.logic import Atom, Comparison, Condition, Term
from analyser.profiles.facts import Facts

Words = Callable[[Condition], str]

_CONTRARY: dict[Comparison, Comparison] = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "=": "!=", "!=": "="}


def said(leaf: Condition, facts: Facts, words: Words) -> str:
    """Return a fragment for one deciding leaf, e.g. "not a large service" or "low risk of grooming".

    `words` names a term or a comparison that holds. A known fact is said as it is, a comparison that fails as
    its contrary, and what is unknown as its true form after "not known:".
    """
    truth = evaluate(leaf, facts.judge_atom)
    match leaf:
        case Term():
            form = f"not a {words(leaf)}" if truth is Truth.NO else f"a {words(leaf)}"
        case Atom():
            form = words(_as_it_is(leaf, truth, facts))
        case _:
            form = words(leaf)
    return f"not known: {form}" if truth is Truth.UNKNOWN else form


def _as_it_is(atom: Atom, truth: Truth, facts: Facts) -> Atom:
    """Return the comparison that holds: with the own value of the fact, or the contrary of one that fails."""
    value = facts.value_of(atom.fact)
    if value is not None and atom.fact != "uk_monthly_users":
        return Atom(fact=atom.fact, op="=", value=value)
    return atom.model_copy(update={"op": _CONTRARY[atom.op]}) if truth is Truth.NO else atom
