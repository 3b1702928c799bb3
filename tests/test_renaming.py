"""Nothing is keyed by a measure's number, title or place: change them all, and the findings stay the same."""

import re
from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from analyser.analysis import Analysis
from analyser.coverage.study import Study

HEADING = re.compile(r"(?m)^## ICU ([A-Z]\d+) (.*)$")
ROW = re.compile(r"(?m)^\| ICU ([A-Z]\d+) \| (.*?) \| (.*)\|$")
NUMBER = re.compile(r"\b([A-Z]\d{1,2})(?![\d\w])")


class Naming:
    """New numbers for every measure, none of which is an old one."""

    def __init__(self, markdown: str, seed: int) -> None:
        old = [match.group(1) for match in HEADING.finditer(markdown)]
        pool = [f"{letter}{number}" for letter in "KLMNPQRSTUVWXYZ" for number in range(1, 30)]
        self.new = dict(zip(old, Random(seed).sample(pool, len(old)), strict=True))

    def __call__(self, words: str) -> str:
        """Return a text with every number of a measure renamed."""
        return NUMBER.sub(lambda match: self.new.get(match.group(1), match.group(1)), words)


def renamed(markdown: str, naming: Naming, seed: int) -> str:
    """Return the code with new numbers and titles, its measures and its index in another order."""
    chance = Random(seed)
    starts = [match.start() for match in HEADING.finditer(markdown)]
    end = markdown.index("## Section 5: Definitions")
    blocks = [markdown[one:two] for one, two in zip(starts, [*starts[1:], end], strict=True)]
    rows = [match.group(0) for match in ROW.finditer(markdown)]
    head, tail = markdown[: starts[0]], markdown[end:]
    shuffled = chance.sample(rows, len(rows))
    head = head.replace("\n".join(rows), "\n".join(shuffled))
    text = (
        naming(head) + "".join(naming(block) for block in chance.sample(blocks, len(blocks))) + naming(tail)
    )
    titled = HEADING.sub(lambda match: f"## ICU {match.group(1)} Measure called {match.group(1)}", text)
    return ROW.sub(
        lambda match: f"| ICU {match.group(1)} | Measure called {match.group(1)} | {match.group(3)}|", titled
    )


@pytest.fixture(scope="module")
def naming(code_markdown: str) -> Naming:
    return Naming(code_markdown, seed=17)


@pytest.fixture(scope="module")
def other(code_markdown: str, naming: Naming, analyse_text: Callable[[str], Analysis]) -> Analysis:
    """The same code under other names."""
    return analyse_text(renamed(code_markdown, naming, seed=9))


def test_the_other_text_shares_no_number_title_or_order(
    analysis: Analysis, other: Analysis, naming: Naming
) -> None:
    ours, theirs = analysis.document.measures, other.document.measures
    assert len(theirs) == len(ours) == 41
    assert not {one.id for one in ours} & {one.id for one in theirs}
    assert not {one.title for one in ours} & {one.title for one in theirs}
    assert [naming(one.id) for one in ours] != [one.id for one in theirs]
    assert {one.measure for one in other.document.index} == {one.id for one in theirs}


def test_applications_stay_the_same(study: Study, other: Analysis, naming: Naming) -> None:
    place = re.compile(r"Span\(start=\d+, end=\d+\)")

    def told(judged: Study) -> dict[str, str]:
        return {
            measure: place.sub("", repr(found.condition)) for measure, found in judged.applications.items()
        }

    assert {naming(measure): said for measure, said in told(study).items()} == told(other.study)


def test_duties_and_their_functions_stay_the_same(study: Study, other: Analysis, naming: Naming) -> None:
    def told(judged: Study, name: Callable[[str], str]) -> Counter[tuple[object, ...]]:
        return Counter(
            (
                name(duty.id),
                name(duty.quote),
                duty.bearer,
                duty.force,
                name(duty.action),
                name(duty.object),
                tuple(
                    sorted((reach.function, reach.harm, reach.breadth, reach.rule) for reach in duty.reaches)
                ),
            )
            for duty in judged.duties
        )

    assert told(study, naming) == told(other.study, str)


def test_exemptions_stay_the_same(study: Study, other: Analysis, naming: Naming) -> None:
    def told(judged: Study, name: Callable[[str], str]) -> Counter[tuple[object, ...]]:
        return Counter(
            (
                name(one.id),
                name(one.provision),
                one.kind,
                one.nature,
                one.effect,
                one.level,
                name(one.quote),
                one.rule,
                tuple(sorted(name(duty) for duty in one.duties)),
                one.limbs,
                tuple(sorted(name(target) for target in one.targets)),
                one.basis,
            )
            for one in judged.exemptions
        )

    assert told(study, naming) == told(other.study, str)


def test_set_aside_candidates_stay_the_same(study: Study, other: Analysis, naming: Naming) -> None:
    """Those in titles and in the index go with the titles."""
    ours = Counter(
        (naming(one.provision), one.rule, naming(one.quote)) for one in study.suppressed if one.provision
    )
    assert ours == Counter(
        (one.provision, one.rule, one.quote) for one in other.study.suppressed if one.provision
    )


def test_gaps_stay_the_same(analysis: Analysis, other: Analysis, naming: Naming) -> None:
    def told(judged: Analysis, name: Callable[[str], str]) -> Counter[tuple[object, ...]]:
        return Counter(
            (
                row.state,
                row.strength,
                row.services,
                row.harms,
                row.functions,
                row.when,
                tuple(sorted(re.findall(r"[\w-]+", name(row.who)))),
                tuple(sorted(name(cause.exemption) for cause in row.causes)),
                tuple(sorted(name(provision) for provision in row.partly_held_by)),
                row.by_design,
                row.relevance,
                row.expectation,
                row.basis,
                tuple((item.provision, item.after_safe_harbour) for item in row.statute_backstop),
                tuple(sorted((item.lever, item.closes, item.barred_by) for item in row.what_would_close)),
            )
            for row in (item.row for item in judged.ranked_gaps(include_all=True))
        )

    assert told(analysis, naming) == told(other, str)


def test_compensation_stays_the_same(analysis: Analysis, other: Analysis, naming: Naming) -> None:
    ours = {naming(row.id): tuple(map(naming, row.compensated_by)) for row in analysis.exemption_rows()}
    assert ours == {row.id: row.compensated_by for row in other.exemption_rows()}


def test_no_rule_names_a_measure_outside_what_is_only_documentation(study: Study) -> None:
    """`cites`, notes and reasons may say where words were seen; nothing that is matched may."""
    rules = study.rulebook
    matched = [
        phrase
        for rule in rules.qualifiers
        for phrase in (
            *rule.cue,
            *rule.needs,
            *rule.unless,
            *(rule.targets or ()),
            *(rule.precise_when or ()),
        )
    ]
    matched += [phrase for rule in rules.functions for phrase in (*rule.action, *rule.object, *rule.without)]
    matched += [phrase for fact in rules.facts for phrase in (*fact.phrases, *fact.negative)]
    matched += [phrase for entry in rules.expectations for phrase in entry.satisfied_by]
    assert not [phrase for phrase in matched if re.search(r"\b[A-HJ]\d{1,2}\b|\bIC[US]\b", phrase)]
