"""What conditions name: facts, lists of kinds and bounds of size, gathered before a frame is laid out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyser.model.logic import All, AnyOf, AtLeast, Atom, Condition, Not, Term


@dataclass(frozen=True)
class Own:
    """The harm of the cell, the kind it is part of, and the sub kinds of every kind."""

    harm: str
    parent: str | None
    sub_kinds: Mapping[str, tuple[str, ...]]
    counting: frozenset[str]


class Named:
    """Gathers the facts and lists of kinds that conditions name."""

    def __init__(self, own: Own) -> None:
        self.own = own
        self.facts: set[str] = set()
        self.groups: dict[tuple[frozenset[str], str], int] = {}
        self.bounds: set[int] = set()
        self.fine_ages = False

    def visit(self, condition: Condition) -> None:
        """Gather everything a condition names."""
        match condition:
            case Atom():
                self.atom(condition)
            case Term(meaning=part) | Not(part=part):
                self.visit(part)
            case All(parts=parts):
                for part in parts:
                    self.visit(part)
            case AnyOf(parts=parts) | AtLeast(parts=parts):
                grouped, rest = split_group(parts)
                count = condition.count if isinstance(condition, AtLeast) else 1
                if grouped and not (rest and isinstance(condition, AtLeast)):
                    self.group(grouped, count)
                else:
                    rest = list(parts)
                for part in rest:
                    self.visit(part)

    def atom(self, atom: Atom) -> None:
        """Gather the fact of a comparison, and the bound where it is a number of users."""
        self.fact(atom.fact)
        if atom.fact == "uk_monthly_users" and not isinstance(atom.value, str):
            bound = int(atom.value) - (1 if atom.op in (">=", "<") else 0)
            self.bounds |= {bound, bound - 1} if atom.op in ("=", "!=") else {bound}
        if atom.fact == "age_determination" and atom.value == "highly_effective":
            self.fine_ages = True

    def fact(self, fact: str) -> None:
        """Gather one fact."""
        self.facts.add(fact_of(fact, self.own))

    def group(self, atoms: Sequence[Atom], count: int) -> None:
        """Gather a list of kinds at one level, of which `count` are asked for."""
        harms = frozenset(atom.fact.removeprefix("risk.") for atom in atoms)
        others = other_kinds(harms, self.own)
        if others != harms:
            self.facts.add("risk")
        if others:
            key = (others, str(atoms[0].value))
            self.groups[key] = max(self.groups.get(key, 0), count)


def split_group(parts: Sequence[Condition]) -> tuple[list[Atom], list[Condition]]:
    """Split the parts of an any-of or at-least into a list of kinds at one level (two or more) and the
    rest."""
    risks = [
        part for part in parts if isinstance(part, Atom) and part.fact.startswith("risk.") and part.op == ">="
    ]
    levels = {atom.value for atom in risks}
    if len(risks) < 2 or len(levels) != 1:
        return [], list(parts)
    grouped = {id(part) for part in risks}
    return risks, [part for part in parts if id(part) not in grouped]


def fact_of(fact: str, own: Own) -> str:
    """Return the dimension a fact lies on: `size` for user numbers, `risk` for the cell's own harm."""
    if fact == "uk_monthly_users":
        return "size"
    return "risk" if fact == f"risk.{own.harm}" else fact


def other_kinds(harms: frozenset[str], own: Own) -> frozenset[str]:
    """Return the kinds of a list without the cell's own harm and the kind it is part of."""
    return harms - {own.harm} - ({own.parent} if own.parent else set())


def group_name(harms: frozenset[str], level: str) -> str:
    """Return the name of the dimension that counts a list of kinds at a level."""
    return f"others:{level}:{'+'.join(sorted(harms))}"


def group_order(key: tuple[frozenset[str], str]) -> tuple[int, str]:
    """Order lists of kinds: the longest first, then by name."""
    return -len(key[0]), group_name(*key)


_FACT_ORDER = (
    "size",
    "risk",
    "channel",
    "end_to_end_encrypted",
    "peer_to_peer",
    "age_determination",
    "likely_accessed_by_children",
)


def fact_order(fact: str) -> tuple[int, str]:
    """Order facts: those that most conditions name first, then by name."""
    return (_FACT_ORDER.index(fact) if fact in _FACT_ORDER else len(_FACT_ORDER), fact)
