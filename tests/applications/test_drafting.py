"""Application paragraphs in drafting other than Ofcom's, with their truth tables (see
applications.README.md).
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from analyser.logic.evaluate import evaluate, unread
from analyser.model.logic import Term
from analyser.profiles.facts import ProfileFacts
from analyser.profiles.model import Profile
from analyser.rulebook import Rulebook

from .conftest import ReadParagraph
from .truth_tables import leaves

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "applications.yaml").read_text(encoding="utf-8")
)
ROWS = [
    pytest.param(case["text"], row["given"], row["applies"], id=f"{case['id']}-{number}")
    for case in CASES
    for number, row in enumerate(case["table"], start=1)
]
TEXTS = [pytest.param(case["text"], id=case["id"]) for case in CASES]


@pytest.mark.parametrize(("text", "given", "applies"), ROWS)
def test_a_paragraph_applies_to_whom_its_words_say(
    text: str, given: dict[str, Any], applies: str, read_paragraph: ReadParagraph, rulebook: Rulebook
) -> None:
    _, condition = read_paragraph(text)
    facts = ProfileFacts.of(Profile.model_validate(given), rulebook)
    judged = evaluate(condition, facts.judge_atom)
    assert judged == applies, f"{text}\nfor {given}: read as {judged}, it says {applies}"


@pytest.mark.parametrize("text", TEXTS)
def test_every_word_is_read_and_every_limb_stands_where_its_span_says(
    text: str, read_paragraph: ReadParagraph
) -> None:
    document, condition = read_paragraph(text)
    assert not [part.words for part in unread(condition)]
    paragraph = document.measures[0].application[0].span
    for limb in leaves(condition):
        assert limb.span is not None, limb
        assert paragraph.holds(limb.span), limb
        words = limb.span.of(document.text)
        assert words == words.strip() != ""
        if isinstance(limb, Term):
            name = limb.name.lower()
            assert words.lower() in (name, name + "s", name.removesuffix(" service"))


UNKNOWN = [
    "This measure applies to a service that hosts dragons.",
    "This measure applies to each dragon service.",
    "This measure applies to a service that operates.",
    "This measure applies to large services that have been designated under section 5.",
    "This measure applies if condition A is met.",
    "This measure applies to a provider of a large service which has 3 moderators.",
    "This measure applies to a service with about 7 million monthly UK users.",
    "[not seen]",
    "This measure applies to services with over half a million monthly UK users.",
    "This measure applies from 1 July 2026 to large services.",
    "This measure applies to all services (other than small services).",
    "This measure does not apply.",
    "Rule 3 is for a service that meets any two of the dragon:\n- (a) it is large;\n- (b) it is a forum.",
]


@pytest.mark.parametrize("text", UNKNOWN)
def test_words_that_are_not_known_are_never_silently_true(text: str, read_paragraph: ReadParagraph) -> None:
    _, condition = read_paragraph(text)
    assert [part.words for part in unread(condition)]


@pytest.mark.parametrize("text", TEXTS)
def test_a_strange_word_before_a_limb_is_not_passed_over(text: str, read_paragraph: ReadParagraph) -> None:
    document, condition = read_paragraph(text)
    limbs = [limb.span.of(document.text) for limb in leaves(condition) if limb.span]
    tried = [words for words in dict.fromkeys(limbs) if text.count(words) == 1]
    for words in tried:
        _, changed = read_paragraph(text.replace(words, f"dragon {words}"))
        assert any("dragon" in part.words for part in unread(changed)), words


def test_a_risk_said_of_a_class_stays_with_it(read_paragraph: ReadParagraph) -> None:
    # The words of the index row of F1: the medium risk is that of the large service only.
    _, condition = read_paragraph(
        "This measure applies to a service that is at high risk of grooming or is a large service at medium"
        " risk of grooming."
    )
    assert condition.node == "any"


def test_a_second_verb_makes_a_second_statement(read_paragraph: ReadParagraph) -> None:
    _, condition = read_paragraph(
        "This measure applies to large services, but does not apply to dating services or marketplaces."
    )
    assert condition.node == "all"
    large, rest = condition.parts
    assert isinstance(large, Term)
    assert rest.node == "not"
    assert [limb.fact for limb in leaves(rest) if not isinstance(limb, Term)] == [
        "service_type.dating",
        "service_type.marketplace",
    ]
