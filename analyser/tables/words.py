"""The words for keys, taken from the rules, and the sentences that rows carry."""

from collections.abc import Sequence

from analyser.coverage.study import Revision, Study
from analyser.logic.evaluate import atoms
from analyser.model.exemption import Exemption, Literal
from analyser.model.logic import Atom, Condition, Term, Unread
from analyser.reporting.labels import (
    SCENARIO_FACTS,
    FactWords,
    Labels,
    ServiceName,
    listed,
    plain,
    when_words,
)
from analyser.reporting.rows import When, WhenTerm
from analyser.rulebook.models import Rulebook

_NUMBERS = ("no", "one", "two", "three", "four", "five")


def labels_of(rules: Rulebook, revision: Revision) -> Labels:
    """Return the words for every key, harms as they were called on the date of the revision."""
    date = revision.date
    facts = dict(SCENARIO_FACTS)
    for fact in rules.facts:
        if fact.key not in facts and fact.true_words and not fact.holds:
            facts[fact.key] = FactWords(
                name=plain(fact.key.rpartition(".")[2]),
                values={"true": fact.true_words, "false": fact.false_words},
            )
    return Labels(
        harms={harm.key: harm.name_on(date) for harm in rules.harms},
        services={
            service.key: ServiceName(name=service.name, plural=service.plural) for service in rules.services
        },
        functions={label.key: label.name for label in rules.function_labels},
        functionalities={entry.key: entry.name for entry in rules.functionalities},
        facts=facts,
        all_harms=revision.leaves(rules),
    )


def limb_words(literal: Literal, labels: Labels, counting: frozenset[str]) -> str:
    """Return one limb of a failing application in words, e.g. "medium risk of grooming", "not large".

    A limb that counts kinds reads "fewer than two kinds of illegal harm at medium or high risk".
    """
    if not literal.harms:
        value = literal.values[0] if len(literal.values) == 1 else tuple(str(item) for item in literal.values)
        return labels.term_words(
            WhenTerm(fact=literal.fact, op="=" if len(literal.values) == 1 else "in", value=value)
        )
    every = frozenset(literal.harms) == counting
    of = "kinds of illegal harm" if every else f"of {listed(labels.harm(harm) for harm in literal.harms)}"
    numbers = [int(str(value).rstrip("+")) for value in literal.values]
    open_ended = any(str(value).endswith("+") for value in literal.values)
    if numbers[0] == 0 and not open_ended:
        top = numbers[-1] + 1
        amount = ("no " if every else "none ") if top == 1 else f"fewer than {_number(top)} "
        return f"{amount}{of.replace('kinds', 'kind') if top == 1 else of} at medium or high risk"
    amount = (
        f"{_number(numbers[0])} or more"
        if open_ended
        else listed((_number(number) for number in numbers), "or")
    )
    return f"{amount} {of} at medium or high risk"


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def expected_words(names: str, study: Study) -> str:
    """Return the names of unmet expectations in words, empty for none."""
    chosen = names.split("; ") if names else []
    return listed(entry.name for entry in study.rulebook.expectations if entry.id in chosen)


def who(services: Sequence[str], when: When, labels: Labels, subject: str = "") -> str:
    """Return whom a gap leaves: the services (or the one that `subject` names), under what condition, and
    what makes no difference.

    E.g. "messaging services, where end-to-end encrypted, whatever their size, risk level or channel".
    """
    condition = when_words(when, labels)
    if subject:
        return f"{subject}, where {condition}" if condition else subject
    named = listed(labels.services_of(service) for service in services)
    facts = {term.fact for case in when.any_of for term in case.all_of}
    free = [
        name
        for name, fact in (("size", "size"), ("risk level", "risk"), ("channel", "channel"))
        if fact not in facts
    ]
    tail = f", whatever their {listed(free, 'or')}" if free else ""
    each = "each where" if len(services) > 1 else "where"
    return f"{named}{f', {each} {condition}' if condition else ''}{tail}"


def cut_words(exemption: Exemption, labels: Labels, counting: frozenset[str]) -> str:
    """Return what lets a service out in words: the limbs of a failing application, or the words of the
    code."""
    if exemption.limbs:
        return listed(limb_words(literal, labels, counting) for literal in exemption.limbs)
    return exemption.quote


def condition_words(condition: Condition, labels: Labels) -> str:
    """Return a deciding atom or term in words, e.g. "more than 7,000,000 monthly active UK users"."""
    match condition:
        case Term(name=name):
            return name
        case Unread(words=words):
            return f"words that could not be read: {words}"
        case Atom(fact="uk_monthly_users", op=op, value=value) if isinstance(value, int):
            return f"{_COMPARED[op]} {value:,} monthly active UK users".strip()
        case Atom(fact=fact, op=op, value=value):
            said = labels.term_words(WhenTerm(fact=fact, op="=", value=value))
            return said if op == "=" else f"{said} {_ENDS.get(op, op)}".strip()
        case _:
            return listed(condition_words(atom, labels) for atom in atoms(condition))


_COMPARED = {
    ">": "more than",
    ">=": "at least",
    "<": "fewer than",
    "<=": "at most",
    "=": "",
    "!=": "other than",
}
_ENDS = {">=": "or above", "<=": "or below", ">": "exceeded", "<": "not reached", "!=": "not"}
