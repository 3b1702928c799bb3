"""Phrases found in a text all at once are those that a plain scan finds one by one."""

import re

import pytest

from analyser.exemptions.tokens import Lexicon, Match, Role, longest
from analyser.model.text import Document
from analyser.rulebook import Rulebook
from analyser.rulebook.cues import expand_all


@pytest.fixture(scope="module")
def lexicon(rulebook: Rulebook) -> Lexicon:
    return Lexicon(rulebook.qualifiers)


def scanned(rulebook: Rulebook, text: str) -> set[Match]:
    """Find every phrase without a gap by a regular expression of its own."""
    found: set[Match] = set()
    for rule in rulebook.qualifiers:
        roles: dict[Role, tuple[str, ...] | None] = {
            "cue": rule.cue,
            "needs": rule.needs,
            "unless": rule.unless,
            "precise": rule.precise_when,
        }
        for role, cues in roles.items():
            for phrase in expand_all(cues or ()):
                words = re.findall(r"\w+|[^\w\s]", phrase.lower())
                if "..." in phrase or not all(word in text.lower() for word in words):
                    continue
                edges = [
                    rf"(?<!\w){re.escape(word)}(?!\w)" if word[0].isalnum() else re.escape(word)
                    for word in words
                ]
                pattern = re.compile(r"\s*".join(edges), re.IGNORECASE)
                found.update(Match(*match.span(), rule.id, role) for match in pattern.finditer(text))
    return found


def test_a_code_holds_the_phrases_that_a_plain_scan_finds(
    lexicon: Lexicon, rulebook: Rulebook, document: Document
) -> None:
    text = document.text.replace("’", "'")
    gapped = {
        (rule.id, role)
        for rule in rulebook.qualifiers
        for role, cues in (("cue", rule.cue), ("needs", rule.needs), ("unless", rule.unless))
        if any("..." in phrase for phrase in expand_all(cues))
    }
    found = {match for match in lexicon.matches(text) if (match.rule, match.role) not in gapped}
    plain = {match for match in scanned(rulebook, text) if (match.rule, match.role) not in gapped}
    assert len(found) > 500
    assert found == plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It should do so unless this is not technically feasible", "technically feasible"),
        ("It should do so unless this is not TECHNICALLY\nFEASIBLE.", "TECHNICALLY\nFEASIBLE"),
        ("technically feasible", "technically feasible"),
    ],
)
def test_a_phrase_is_found_at_any_place_and_in_any_case(lexicon: Lexicon, text: str, words: str) -> None:
    found = longest([match for match in lexicon.matches(text) if match.role == "cue"])
    assert any(words in text[match.start : match.end] for match in found)


@pytest.mark.parametrize("text", ["technically", "technically, feasible", "technical feasible", ""])
def test_words_that_are_no_phrase_are_not_found(lexicon: Lexicon, text: str) -> None:
    assert not [match for match in lexicon.matches(text) if "feasible" in text[match.start : match.end]]


def test_curly_and_straight_apostrophes_are_one(lexicon: Lexicon, document: Document) -> None:
    straight = document.text.replace("’", "'").replace("‘", "'")
    assert lexicon.matches(straight) == lexicon.matches(straight.replace("'", "’"))
