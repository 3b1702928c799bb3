"""The words that outputs print for keys, and the sentence made from a `when`."""

from collections.abc import Iterable, Sequence

from pydantic import Field

from analyser.model.base import Frozen
from analyser.reporting.rows import When, WhenCase, WhenTerm
from analyser.reporting.words import BASES, KINDS, SCENARIO_FACTS, STATES, FactWords, Meaning

__all__ = [
    "SCENARIO_FACTS",
    "FactWords",
    "Labels",
    "Meaning",
    "ServiceName",
    "basis_of",
    "listed",
    "plain",
    "when_words",
]


class ServiceName(Frozen):
    """The name of a service type, alone and in the plural."""

    name: str
    plural: str


class Labels(Frozen):
    """The words for every key that an output prints; one without words is printed as it is spelt.

    `all_harms` are the leaf kinds of the revision: a list that holds them all is printed as "every kind of
    illegal harm".
    """

    harms: dict[str, str] = Field(default_factory=dict)
    services: dict[str, ServiceName] = Field(default_factory=dict)
    functions: dict[str, str] = Field(default_factory=dict)
    functionalities: dict[str, str] = Field(default_factory=dict)
    facts: dict[str, FactWords] = Field(default_factory=lambda: dict(SCENARIO_FACTS))
    kinds: dict[str, Meaning] = Field(default_factory=lambda: dict(KINDS))
    states: dict[str, Meaning] = Field(default_factory=lambda: dict(STATES))
    bases: dict[str, Meaning] = Field(default_factory=lambda: dict(BASES))
    all_harms: tuple[str, ...] = ()

    def harm(self, key: str) -> str:
        """Return the name of a harm."""
        return "every kind of illegal harm" if key == "all" else self.harms.get(key, plain(key))

    def service(self, key: str) -> str:
        """Return the name of a service type."""
        return self.services[key].name if key in self.services else plain(key)

    def services_of(self, key: str) -> str:
        """Return the plural of a service type."""
        return self.services[key].plural if key in self.services else f"{plain(key)} services"

    def function(self, key: str) -> str:
        """Return the name of a function."""
        return self.functions.get(key, plain(key))

    def kind(self, key: str) -> str:
        """Return the name of a kind of exemption."""
        return self.kinds[key].name if key in self.kinds else plain(key)

    def state(self, key: str) -> str:
        """Return the name of a state."""
        return self.states[key].name if key in self.states else plain(key)

    def feature(self, key: str) -> str:
        """Return the noun for a design feature or another fact, e.g. "end-to-end encryption"."""
        found, tail = self._fact(key)
        if found is not None:
            return found.name.replace("{key}", self._tail(tail))
        return self.functionalities.get(key, plain(key))

    def term_words(self, term: WhenTerm) -> str:
        """Return the sentence fragment of one comparison, e.g. "medium or high risk of it"."""
        found, tail = self._fact(term.fact)
        keys = _value_keys(term)
        if found is None:
            return _unworded(self.functionalities.get(term.fact, plain(term.fact)), keys)
        together = found.sets.get("|".join(keys))
        words = together or listed([found.values.get(key, plain(key)) for key in keys], "or")
        return found.frame.replace("{value}", words).replace("{key}", self._tail(tail))

    def _fact(self, fact: str) -> tuple[FactWords | None, str]:
        """Find the words of a fact, of a dotted fact by its head (`risk.*`), and what follows the point."""
        head, _, tail = fact.partition(".")
        return self.facts.get(fact) or (self.facts.get(f"{head}.*") if tail else None), tail

    def _tail(self, key: str) -> str:
        """Name what a dotted fact is about: a harm, several joined by +, a service type, a functionality."""
        if "+" in key:
            return listed(self._tail(part) for part in key.split("+"))
        if key in self.harms:
            return self.harms[key]
        if key in self.services:
            return self.services[key].name
        return self.functionalities.get(key, plain(key))


def basis_of(labels: Labels) -> tuple[tuple[str, str], ...]:
    """Return the legend of the basis: each key with its meaning, strongest first."""
    return tuple((key, meaning.means) for key, meaning in labels.bases.items())


def plain(key: str) -> str:
    """Return a key as words: `take_down` becomes "take down"."""
    return key.replace("_", " ")


def listed(words: Iterable[str], last: str = "and") -> str:
    """Join words as a sentence does: "a, b and c"."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def when_words(when: When, labels: Labels) -> str:
    """Return a `when` as a sentence fragment, empty for always.

    E.g. "medium or high risk of it and not large; or high risk of it and at most 700,000 UK users".
    """
    if not when.any_of:
        return "never"
    cases = [_case_words(case, labels) for case in when.any_of]
    return "" if "" in cases else "; or ".join(cases)


def _case_words(case: WhenCase, labels: Labels) -> str:
    return listed(labels.term_words(term) for term in case.all_of)


def _value_keys(term: WhenTerm) -> Sequence[str]:
    values = term.value if isinstance(term.value, tuple) else (term.value,)
    return [str(value).lower() if isinstance(value, bool) else str(value) for value in values]


def _unworded(name: str, keys: Sequence[str]) -> str:
    """Name a fact that has no words of its own: "ephemeral", "not ephemeral", "search type: general"."""
    if list(keys) == ["true"]:
        return name
    if list(keys) == ["false"]:
        return f"not {name}"
    return f"{name}: {listed((plain(key) for key in keys), 'or')}"
