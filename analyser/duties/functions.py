"""Which functions a duty serves, for which harms and how broadly: read from its words, never its number."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from analyser.duties.reader import DutyWords
from analyser.duties.sentences import normalise
from analyser.model.base import Breadth, Force, Function
from analyser.model.duty import Reach
from analyser.rulebook.cues import expand_all
from analyser.rulebook.models import FunctionRule, Harm, Rulebook

# A duty whose words speak of illegal content or harm as such is for every kind of the revision, whatever
# kinds it also names.
_EVERY = "every kind"
_EVERY_KIND = (
    "illegal content",
    "illegal harm",
    "illegal harms",
    "illegal content safety duties",
    "priority illegal content",
    "other priority illegal content",
    "priority offences",
)


class HarmWords:
    """The phrases by which texts name harms, longest first, so that `CSAM URLs` is not read as `CSAM`."""

    def __init__(self, harms: Iterable[Harm]) -> None:
        named = [(phrase, harm.key) for harm in harms for phrase in (*harm.names, *harm.content)]
        named += [(phrase, _EVERY) for phrase in _EVERY_KIND]
        self._by_first: dict[str, list[tuple[list[str], str, str]]] = {}
        for phrase, key in named:
            words = normalise(phrase).split()
            self._by_first.setdefault(words[0], []).append((words, key, phrase))
        for group in self._by_first.values():
            group.sort(key=lambda entry: (-len(entry[0]), entry[1]))

    def find(self, words: str) -> dict[str, str]:
        """Return the harms that normalised words name, each with the first phrase that names it."""
        found: dict[str, str] = {}
        tokens = words.split()
        place = 0
        while place < len(tokens):
            for phrase, key, shown in self._by_first.get(tokens[place], ()):
                if tokens[place : place + len(phrase)] == phrase:
                    found.setdefault(key, shown)
                    place += len(phrase) - 1
                    break
            place += 1
        return found


class FunctionReader:
    """The function rules of a rulebook, ready to be held against the words of duties.

    `harms` are the keys of the kinds and sub kinds of the revision; a harm outside them is never reached.
    """

    def __init__(self, rulebook: Rulebook, harms: tuple[str, ...]) -> None:
        self._rules = rulebook.functions
        self._harms = harms
        self._parents = {harm.key: harm.parent for harm in rulebook.harms}
        self._kinds = {harm.key for harm in rulebook.harms if harm.counts and harm.key in harms}
        self._words = HarmWords(rulebook.harms)

    def read(self, words: DutyWords, application_harms: tuple[str, ...]) -> tuple[Reach, ...]:
        """Return what a duty reaches, in the order of functions and harms; a permission reaches nothing.

        Where two rules read the same function and harm, the narrower breadth stands: a duty is never credited
        with more than its words say.
        """
        if words.force is Force.PERMITTED:
            return ()
        candidates = [
            (rolled_up, reach.breadth is Breadth.WHOLE, reach.rule, reach)
            for rule in self._rules
            if reads(rule, words)
            for rolled_up, reach in self._reaches(rule, words, application_harms)
        ]
        # A harm that is itself read stands before one that is rolled up, then the narrower breadth, then the
        # rule's name.
        found: dict[tuple[Function, str], Reach] = {}
        for *_, reach in sorted(candidates, key=lambda candidate: candidate[:3]):
            found.setdefault((reach.function, reach.harm), reach)
        functions = list(Function)
        return tuple(
            sorted(
                found.values(),
                key=lambda reach: (functions.index(reach.function), self._harms.index(reach.harm)),
            )
        )

    def _reaches(
        self, rule: FunctionRule, words: DutyWords, application_harms: tuple[str, ...]
    ) -> Iterable[tuple[bool, Reach]]:
        """Yield each harm a rule reaches and whether it is rolled up.

        A kind reaches its sub kinds whole, a sub kind its kind in part.
        """
        named, why = self._named(rule, words, application_harms)
        for harm in named:
            yield (
                False,
                Reach(function=rule.function, harm=harm, breadth=rule.breadth, rule=rule.id, why=why[harm]),
            )
        for harm in self._harms:
            parent = self._parents.get(harm)
            if parent in named and harm not in named:
                yield (
                    True,
                    Reach(
                        function=rule.function,
                        harm=harm,
                        breadth=rule.breadth,
                        rule=rule.id,
                        why=f"a kind of {parent}",
                    ),
                )
        for parent in sorted({self._parents.get(harm) or "" for harm in named} - {"", *named}):
            if parent in self._harms:
                kinds = ", ".join(harm for harm in named if self._parents.get(harm) == parent)
                yield (
                    True,
                    Reach(
                        function=rule.function,
                        harm=parent,
                        breadth=Breadth.PART,
                        rule=rule.id,
                        why=f"only its kind {kinds}",
                    ),
                )

    def _named(
        self, rule: FunctionRule, words: DutyWords, application_harms: tuple[str, ...]
    ) -> tuple[list[str], Mapping[str, str]]:
        """Return the harms a rule reads: in the words, else in the measure's application, else every kind."""
        if rule.harms == "from_words":
            found = self._words.find(words.whole)
            if _EVERY in found:
                return self._every(f"the words `{found[_EVERY]}`")
            own = {harm: f"the words `{phrase}`" for harm, phrase in found.items() if harm in self._harms}
            if own:
                return [harm for harm in self._harms if harm in own], own
        if rule.harms != "all":
            applied = [harm for harm in self._harms if harm in application_harms]
            if self._kinds and self._kinds <= set(applied):
                return self._every("the measure applies for the risk of any kind")
            if applied:
                return applied, dict.fromkeys(applied, "the risks named where the measure applies")
        return self._every("no kind is named")

    def _every(self, why: str) -> tuple[list[str], Mapping[str, str]]:
        return list(self._harms), dict.fromkeys(self._harms, why)


def reads(rule: FunctionRule, words: DutyWords) -> bool:
    """Say whether a rule reads the words of a duty.

    It asks for one of `action` in what is done, one of `object` anywhere, none of `without`.
    """
    # What is forbidden is not done: `must not take down` is no takedown.
    if rule.action and (words.negated or not _stands(rule.action, words.deed)):
        return False
    if rule.object and not _stands(rule.object, words.whole):
        return False
    return not _stands(rule.without, words.whole)


def _stands(cues: tuple[str, ...], words: str) -> bool:
    return any(map(words.__contains__, _phrases(cues)))


@lru_cache(maxsize=4096)
def _phrases(cues: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(normalise(phrase) for phrase in expand_all(cues))
