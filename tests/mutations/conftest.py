"""The built-in code in its parts, and texts read only as far as a mutation needs."""

from dataclasses import dataclass, field

import pytest

from analyser.duties import find as find_duties
from analyser.exemptions import find
from analyser.model.exemption import Exemption
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from analyser.reading.markdown import parse_markdown
from analyser.rulebook import Rulebook
from tests.mutations.findings import Reading
from tests.mutations.texts import Source, place


@dataclass
class Bench:
    """The code and the rules, with every text kept that was read before."""

    source: Source
    rulebook: Rulebook
    kept: dict[str, Reading] = field(default_factory=dict)

    def read(self, markdown: str) -> Reading:
        """Read the duties and qualifiers of a text."""
        if markdown not in self.kept:
            document = parse(parse_markdown(markdown, "mutant.md"), Numbering(prefix="ICU"), "icu")
            harms = tuple(harm.key for harm in self.rulebook.harms)
            duties = find_duties(document, self.rulebook, {}, harms).duties
            self.kept[markdown] = Reading(document, duties, find(document, duties, self.rulebook))
        return self.kept[markdown]

    @property
    def whole(self) -> Reading:
        """The whole code, read."""
        return self.read(self.source.whole())

    def company(self, *measures: str) -> str:
        """Return the text of measures with those whose duties their findings cut, or whose findings cut
        theirs.

        Nothing else of the code bears on them: `test_delete.py`.
        """
        ties: dict[str, set[str]] = {}
        for one in self.whole.exemptions:
            for duty in map(self.whole.duty, one.duties):
                ties.setdefault(one.measure, set()).add(duty.measure)
                ties.setdefault(duty.measure, set()).add(one.measure)
        found, queue = set(measures), list(measures)
        while queue:
            new = ties.get(queue.pop(), set()) - found
            found |= new
            queue += new
        return self.source.text(*found)

    def at(self, markdown: str, exemption: Exemption) -> tuple[int, int]:
        """Return where the words of a finding of a Markdown text stand in it."""
        return place(markdown, self.read(markdown).document, exemption)

    def same(self, markdown: str, exemption: Exemption) -> Exemption:
        """Return the finding of a text that has the id of one found in another."""
        return self.read(markdown).findings_by_id[exemption.id]


@pytest.fixture(scope="session")
def bench(code_markdown: str, rules: Rulebook) -> Bench:
    """The built-in code, taken apart."""
    return Bench(Source.of(code_markdown), rules)
