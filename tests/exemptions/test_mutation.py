"""Strike a qualifier's words from the text and its finding goes, while those of other paragraphs stay."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from analyser.exemptions import QualifierFindings
from analyser.model.exemption import Exemption, Suppressed
from analyser.model.text import Document

ReadText = Callable[[str], tuple[Document, QualifierFindings]]


def _rounds(findings: QualifierFindings) -> Iterator[tuple[Exemption, ...]]:
    """Yield groups of exemptions, at most one a measure: a round strikes words of each measure once."""
    by_measure: dict[str, list[Exemption]] = {}
    for one in findings.exemptions:
        by_measure.setdefault(one.measure, []).append(one)
    for place in range(max(len(group) for group in by_measure.values())):
        yield tuple(group[place] for group in by_measure.values() if place < len(group))


def _struck(source: str, document: Document, exemption: Exemption) -> str:
    """Return the Markdown without the words of one exemption, at the very place where they stand."""
    measure = document.measure(exemption.measure)
    assert measure is not None
    paragraph = next(one for one in measure.recommendation if one.span.holds(exemption.span))
    before = document.text[paragraph.span.start : exemption.span.start]
    nth = len(re.findall(re.escape(exemption.quote), before))
    start = source.index(f"\n{paragraph.number} ")
    for _ in range(nth + 1):
        start = source.index(exemption.quote, start + 1)
    return source[:start] + source[start + len(exemption.quote) :]


def _key(one: Exemption | Suppressed) -> tuple[str, str, str]:
    return one.provision, one.rule, one.quote


def _occurrences(findings: QualifierFindings) -> Counter[tuple[str, str, str]]:
    """Count the candidates of each key, those set aside too: words may stand again in an explanation."""
    found: list[Exemption | Suppressed] = [*findings.exemptions, *findings.suppressed]
    return Counter(map(_key, found))


def test_words_struck_from_the_text_take_their_finding_with_them(
    source: str, document: Document, findings: QualifierFindings, read: ReadText
) -> None:
    before, all_before = Counter(map(_key, findings.exemptions)), _occurrences(findings)
    # Attribute lines repeat the words; without them every occurrence is one of the text itself.
    bare = re.sub(r"(?m)^\s*\{:.*\}\n", "", source)
    for group in _rounds(findings):
        mutated = bare
        for one in group:
            mutated = _struck(mutated, document, one)
        found = read(mutated)[1]
        after, all_after = Counter(map(_key, found.exemptions)), _occurrences(found)
        paragraphs = tuple(re.sub(r"\(.*", "", one.provision) for one in group)
        for one in group:
            assert all_after[_key(one)] < all_before[_key(one)], one.id
        for key, count in before.items():
            if re.sub(r"\(.*", "", key[0]) not in paragraphs:
                assert after[key] == count, (key, [one.id for one in group])


def test_renamed_measures_give_the_same_findings(
    source: str, findings: QualifierFindings, read: ReadText
) -> None:
    """Nothing is keyed by a measure's number: the C measures renamed to K give the same findings."""
    renamed, found = read(re.sub(r"\bC(\d+)", r"K\1", source))
    key = "icu/2025-02-24/"

    def told(one: Exemption) -> tuple[object, ...]:
        own = re.sub(r"\bC(\d)", r"K\1", one.id.rpartition("/")[2])
        duties = tuple(re.sub(r"\bC(\d)", r"K\1", duty.removeprefix(key)) for duty in one.duties)
        return own, one.rule, one.kind, one.nature, one.effect, one.level, duties, one.basis

    assert [told(one) for one in found.exemptions] == [told(one) for one in findings.exemptions]
    assert renamed.key == "icu/2025-02-24"
