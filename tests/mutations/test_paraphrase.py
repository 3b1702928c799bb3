"""Say the same in other words: a finding of the same kind, nature, effect and level, for the same duty.

Allowed differences: the quote, the rule, the place in the sentence, ids, and where the guide takes either
of two
kinds for open words of time (`kinds`).
"""

from pathlib import Path

import yaml

from analyser.model.base import Frozen, Kind
from analyser.model.exemption import Exemption
from tests.mutations.conftest import Bench
from tests.mutations.faults import settle
from tests.mutations.test_negate import HEAD, measure


class Group(Frozen):
    """Wordings that mean the same, and what each must be read as."""

    name: str
    kind: Kind
    nature: str
    effect: str
    level: str
    kinds: tuple[Kind, ...] = ()
    frames: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def all_sentences(self) -> list[str]:
        """Return every sentence of the group."""
        put = [(frame, words) for words in self.wordings for frame in self.frames]
        return [
            *(
                frame.format(words[0].upper() + words[1:] if frame[0] == "{" else words)
                for frame, words in put
            ),
            *self.sentences,
        ]


def groups() -> list[Group]:
    """Return the table of paraphrases."""
    path = Path(__file__).with_name("paraphrases.yaml")
    return [Group.model_validate(entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _wrong(group: Group, duties: list[str], found: list[Exemption]) -> list[str]:
    """Return what one sentence is read as, where that is not what the group means."""
    if len(duties) != 1:
        return [f"{len(duties)} duties"]
    kinds = (group.kind, *group.kinds)
    lines = [f"also: {one.kind.value} “{one.quote}”" for one in found if one.kind not in kinds]
    own = [one for one in found if one.kind in kinds]
    if len(own) != 1:
        return [*lines, f"{len(own)} findings of the kind: {[one.quote for one in own]}"]
    (one,) = own
    said = {"nature": one.nature.value, "effect": one.effect.value, "level": one.level.value}
    for field, value in said.items():
        if value != getattr(group, field):
            lines.append(f"{field} {value}, not {getattr(group, field)}: “{one.quote}”")
    if list(one.duties) != duties:
        lines.append(f"governs {list(one.duties)}")
    return lines


def test_other_words_of_the_same_meaning_are_read_the_same(bench: Bench) -> None:
    found: dict[str, list[str]] = {}
    count = 0
    for group in groups():
        sentences = [*group.all_sentences(), *group.none]
        count += len(sentences)
        text = HEAD + "".join(measure(f"Z{place}", words) for place, words in enumerate(sentences))
        reading = bench.read(text)
        for place, words in enumerate(sentences):
            paragraph = f"ICU Z{place}.2"
            duties = [duty.id for duty in reading.duties if duty.provision == paragraph]
            own = [one for one in reading.exemptions if one.provision == paragraph]
            if words in group.none:
                found[words] = [f"came: {one.kind.value} “{one.quote}”" for one in own]
            else:
                found[words] = _wrong(group, duties, own)
    assert count == len(found) > 200
    settle("paraphrase", found)
