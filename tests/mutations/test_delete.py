"""Strike a qualifier's words: its finding goes, and no other is lost, made or changed.

Allowed differences: the counters of ids, the places of words, and findings whose own words lie in what is
struck.
"""

import pytest

from analyser.model.exemption import Exemption
from analyser.model.text import Span
from tests.mutations.conftest import Bench
from tests.mutations.faults import settle
from tests.mutations.findings import Reading, Told, by_words, differences, name, told
from tests.mutations.texts import Cut, cut, explained, whole_sentence


def _cases(bench: Bench) -> list[tuple[str, str, Reading, int, int]]:
    """Return every exemption of the code: its name, the text it is read in, and where its words stand
    there."""
    cases = []
    for measure in bench.source.measures:
        markdown = bench.company(measure)
        reading = bench.read(markdown)
        cases += [
            (name(one), markdown, reading, *bench.at(markdown, one))
            for one in reading.exemptions
            if one.measure == measure
        ]
    return cases


def test_a_measure_read_with_those_it_is_tied_to_gives_what_the_whole_code_gives(bench: Bench) -> None:
    for measure in bench.source.measures:
        alone = bench.read(bench.company(measure))
        assert not differences(
            [told(bench.whole, one) for one in bench.whole.exemptions if one.measure == measure],
            [told(alone, one) for one in alone.exemptions if one.measure == measure],
        ), measure


def test_struck_words_take_their_finding_with_them_and_no_other(bench: Bench) -> None:
    """A name that the text itself explains is not struck: the duty would be about something else. What was
    only an
    exception to the struck words may change in any way; the one word left may be open itself."""
    found: dict[str, list[str]] = {}
    for case, markdown, _, start, end in _cases(bench):
        gone = cut(markdown, start, end)
        if gone is not None and not explained(markdown, markdown[start:end]):
            left = [f"came: {case[: case.index('“') + 1]}{word}”" for word in case[:-1].split()[-1:]]
            lines = [line for line in _after(bench, markdown, gone) if line not in left]
            found.setdefault(case, []).extend(lines)
    assert len(found) > 60
    settle("delete", found)


def _after(bench: Bench, markdown: str, gone: Cut) -> list[str]:
    before, after = bench.read(markdown), bench.read(gone.struck(markdown))
    kept = [one for one in before.exemptions if not gone.meets(*bench.at(markdown, one))]
    struck = [one for one in before.exemptions if one not in kept]
    lost = {name(one) for one in struck}
    free = {name(before.findings_by_id[back]) for one in struck for back in one.excepted_by}
    return differences(
        [told(before, one, without=lost) for one in kept if name(one) not in free],
        [told(after, one) for one in after.exemptions if name(one) not in free],
    )


def test_a_struck_sentence_takes_its_findings_and_its_duties_and_no_other(bench: Bench) -> None:
    """Every exemption, also those whose words are the duty's own.

    Allowed besides: findings elsewhere lose the duties struck; what stands in an explanation that those
    duties used
    may change in any way, as may the open word of which the struck sentence gave the meaning.
    """
    found: dict[str, list[str]] = {}
    for case, markdown, before, start, end in _cases(bench):
        gone = whole_sentence(markdown, start, end)
        after = bench.read(gone.struck(markdown))
        spans = _spans(before, gone)
        kept = [one for one in before.exemptions if not gone.meets(*bench.at(markdown, one))]
        free = {name(one) for one in kept if _hangs_on(before, one, gone, spans)}
        lost = {name(one) for one in before.exemptions if one not in kept}
        if explained(markdown, markdown[start:end]):
            free.add(case)
        found.setdefault(case, []).extend(
            differences(
                [
                    _but_targets(told(before, one, by_words, spans, without=lost))
                    for one in kept
                    if name(one) not in free
                ],
                [
                    _but_targets(told(after, one, by_words))
                    for one in after.exemptions
                    if name(one) not in free
                ],
            )
        )
    settle("delete_sentence", found)


def _hangs_on(reading: Reading, one: Exemption, gone: Cut, spans: list[Span]) -> bool:
    """Say whether what a finding rests on stands in the words struck: all its duties, or one where it
    stands in an
    explanation (which then explains less), or what makes it precise."""
    duties = [reading.duty(duty).span for duty in one.duties]
    struck = [duty for duty in duties if any(span.holds(duty) for span in spans)]
    explains = not any(duty.holds(one.span) for duty in duties)
    alone = bool(struck) and (explains or len(struck) == len(duties))
    return alone or (bool(one.made_precise_by) and one.made_precise_by.partition(": ")[2] in gone.words)


def _but_targets(one: Told) -> Told:
    """Leave out the words of duties and the note that tells of them."""
    return tuple(line for line in one if not line.startswith(("targets: ", "note: ")))


def _spans(reading: Reading, gone: Cut) -> list[Span]:
    """Return the places in the read text of the lines that a cut takes."""
    text = reading.document.text
    lines = [line.strip().removeprefix("- ") for line in gone.words.splitlines()]
    start = text.index(lines[0])
    return [Span(start=start, end=text.index(lines[-1], start) + len(lines[-1]))]


@pytest.mark.parametrize(
    ("words", "quote", "rest"),
    [
        ("Z1.2 It should act, unless that is not feasible.", "unless that is not feasible", "It should act."),
        ("Z1.2 Where feasible, it should act.", "Where feasible", "It should act."),
        ("Z1.2 It should, where feasible, act.", "where feasible", "It should act."),
        ("Z1.2 It should act swiftly, if told.", "swiftly", "It should act, if told."),
        ("Z1.2 It should keep a suitable record.", "suitable record", "It should keep a record."),
        ("Z1.2 Of posts, of which it is aware, unless old.", "of which it is aware", "Of posts, unless old."),
        ("Z1.2 Tell staff, other than cooks, the news.", "other than cooks", "Tell staff the news."),
    ],
)
def test_words_are_struck_so_that_the_rest_is_english(words: str, quote: str, rest: str) -> None:
    markdown = f"\n{words}\n"
    start = markdown.index(quote)
    gone = cut(markdown, start, start + len(quote))
    assert gone is not None
    assert gone.struck(markdown) == f"\nZ1.2 {rest}\n"
