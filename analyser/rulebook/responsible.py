"""Which of the changes of overlays a changed finding goes back to."""

from collections.abc import Iterable, Sequence

from analyser.rulebook.models import Rulebook, RuleChange
from analyser.rulebook.sections import RULES

_SHOWN = 3


class Responsible:
    """The changes between two rulebooks, to be asked which of them a finding rests on."""

    def __init__(self, before: Rulebook, after: Rulebook) -> None:
        known = set(before.changes)
        self.changes = tuple(change for change in after.changes if change not in known)
        self._books = (before, after)

    def of(
        self,
        *,
        rules: Iterable[str] = (),
        functions: Iterable[str] = (),
        keys: Iterable[str] = (),
        sections: Iterable[str] = (),
    ) -> str:
        """Return the changes to rules (by id) or their invocation tables; else to rules that read some
        functions or to entries with some keys (harms, services ...); else to whole sections.

        Where none of these was changed, all changes are named as not told apart.
        """
        ids = set(rules)
        tables = {rule.invocation for book in self._books for rule in book.qualifiers if rule.id in ids}
        near = [
            change
            for change in self.changes
            if (change.section in RULES and change.id in ids)
            or (change.section == "invocation" and change.id in tables)
        ]
        if not near:
            served, named = set(functions), set(keys)
            reading = {rule.id for book in self._books for rule in book.functions if rule.function in served}
            near = [
                change
                for change in self.changes
                if (change.section == "functions" and change.id in reading)
                or (change.section not in RULES and change.id in named)
            ]
        if not near:
            wanted = set(sections)
            near = [change for change in self.changes if change.section in wanted]
        if near:
            return _words(near)
        return f"not told apart: {_words(self.changes)}" if len(self.changes) > 1 else _words(self.changes)


def _words(changes: Sequence[RuleChange]) -> str:
    told = [change.words for change in changes[:_SHOWN]]
    more = len(changes) - len(told)
    return "; ".join([*told, *([f"and {more} more"] if more else [])])
