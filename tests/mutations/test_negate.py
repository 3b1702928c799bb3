"""Turn a condition round: its finding is set aside, with the reason, and nothing else changes.

Allowed differences: the counters of ids, the places of words, and findings further on in the turned clause
(`the
type of content it suspects`), which may stay or be set aside with it.
"""

import re

from analyser.model.exemption import Exemption
from tests.mutations.conftest import Bench
from tests.mutations.faults import settle
from tests.mutations.findings import differences, name, told
from tests.mutations.texts import clause

# How the word that opens a condition is turned; the clause then holds the duty whatever it says.
TURNED = {
    "where": ("whether or not", "even where"),
    "if": ("whether or not", "even if"),
    "unless": ("even if", "regardless of whether"),
}


def _turned(bench: Bench, markdown: str, one: Exemption, word: str, turn: str, left: int) -> list[str]:
    """Return what differs from: the findings of the clause are gone and set aside, the others are as
    before."""
    before = bench.read(markdown)
    gone = clause(markdown, *bench.at(markdown, one))
    assert gone is not None
    opening = turn.capitalize() if markdown[left].isupper() else turn
    after = bench.read(markdown[:left] + opening + markdown[left + len(word) :])
    inside = [other for other in before.exemptions if gone.meets(*bench.at(markdown, other))]
    lost = {name(one)}
    nested = {name(other) for other in inside} - lost
    lines = differences(
        [
            told(before, other, without=lost)
            for other in before.exemptions
            if name(other) not in nested | lost
        ],
        [told(after, other) for other in after.exemptions if name(other) not in nested],
    )
    words = " ".join(gone.words.lower().split()[1:])
    aside = [
        other.why
        for other in after.findings.suppressed
        if other.provision == one.provision
        and (_ground(other.quote) in words or words in _ground(other.quote))
        and not other.why.startswith("its words are read with")
    ]
    return lines + ([] if aside else [f"not kept in the trace: {name(one)}"])


def _ground(quote: str) -> str:
    """Return words without the one that opens their condition."""
    return re.sub(r"^(?:where|if|unless) ", "", quote.lower())


def test_a_condition_turned_round_is_set_aside_and_nothing_else_changes(bench: Bench) -> None:
    found: dict[str, list[str]] = {}
    for measure in bench.source.measures:
        markdown = bench.company(measure)
        for one in bench.read(markdown).exemptions:
            gone = clause(markdown, *bench.at(markdown, one))
            if one.measure != measure or gone is None or gone.opener not in TURNED:
                continue
            left = markdown.index(gone.words, gone.start)
            start = bench.at(markdown, one)[0]
            first = min(
                place
                for other in bench.read(markdown).exemptions
                if gone.meets(*(at := bench.at(markdown, other))) and (place := at[0]) >= left
            )
            if start != first:
                continue
            for turn in TURNED[gone.opener]:
                found[f"{name(one)}: {turn}"] = _turned(bench, markdown, one, gone.opener, turn, left)
    assert len(found) >= 20
    settle("negate", found)


ABILITY = (
    "technically feasible",
    "possible",
    "practicable",
    "proportionate",
    "reasonably practicable",
    "appropriate",
    "feasible in the circumstances",
)
HEAD = "---\ncode: x\nrevision: 2025-01-01\n---\n# A code\n\n"


def measure(number: str, recommendation: str) -> str:
    """Return a measure for every service with a recommendation of one paragraph."""
    applies = "This measure applies to a provider in respect of each service it provides."
    return (
        f"## ICU {number} A measure\n\n### Application\n{number}.1 {applies}\n\n"
        f"### Recommendation\n{number}.2 {recommendation}\n\n"
    )


PAIRS = (
    ("Where {}, the provider should delete banned posts.",
     "Whether or not it is {}, the provider should delete banned posts."),
    ("The provider should, where {}, delete banned posts.",
     "The provider should, even where this is not {}, delete banned posts."),
    ("If it is {}, the provider should delete banned posts.",
     "Even if it is not {}, the provider should delete banned posts."),
    ("The provider should delete banned posts if {}.",
     "The provider should delete banned posts regardless of whether it is {}."),
    ("The provider should delete banned posts only where {}.",
     "The provider should delete banned posts irrespective of whether this is {}."),
    ("The provider should delete banned posts, unless this is not {}.",
     "The provider should delete banned posts, even if this is not {}."),
)  # fmt: skip


def test_ability_is_a_way_out_until_the_words_say_that_it_makes_no_difference(bench: Bench) -> None:
    """Each pair: a duty with the condition, and the same duty held whatever the condition says."""
    cases = [
        (with_it.format(ability), held.format(ability)) for ability in ABILITY for with_it, held in PAIRS
    ]
    before = bench.read(HEAD + "".join(measure(f"Z{place}", case[0]) for place, case in enumerate(cases)))
    after = bench.read(HEAD + "".join(measure(f"Z{place}", case[1]) for place, case in enumerate(cases)))
    found: dict[str, list[str]] = {}
    for place, (with_it, held) in enumerate(cases):
        paragraph = f"ICU Z{place}.2"
        duties = [one.duties for one in before.exemptions if one.provision == paragraph]
        found[with_it] = (
            [] if duties == [(f"icu/2025-01-01/Z{place}.2/d1",)] else [f"not one finding: {duties}"]
        )
        left = [f"came: {name(one)}" for one in after.exemptions if one.provision == paragraph]
        aside = [one for one in after.findings.suppressed if one.provision == paragraph]
        found[held] = left or ([] if aside else ["not kept in the trace"])
    settle("negate_ability", found)


OPENED = (
    ("The provider should scan only images.", "The provider should scan images."),
    (
        "The provider should act only on complaints made by children.",
        "The provider should act on complaints.",
    ),
    ("The provider should scan content communicated publicly.", "The provider should scan content."),
    ("The provider should remove posts of which it is aware.", "The provider should remove posts."),
    (
        "The provider should review only posts that are publicly viewable.",
        "The provider should review posts.",
    ),
    ("The provider should review nothing but public posts.", "The provider should review posts."),
)


def test_without_the_word_that_shuts_the_rest_out_nothing_is_left_out(bench: Bench) -> None:
    found: dict[str, list[str]] = {}
    for kept, opened in OPENED:
        found[kept] = [] if bench.read(HEAD + measure("Z1", kept)).exemptions else ["no finding"]
        found[opened] = [f"came: {name(one)}" for one in bench.read(HEAD + measure("Z1", opened)).exemptions]
    settle("negate_only", found)
