"""A generated test set for alignment: a code of 300 paragraphs, and the same code renumbered, reordered and
reworded, with the true pairs.

The same seed gives the same texts. `score` says how many of the true pairs an alignment found.
"""

import random
from dataclasses import dataclass

from analyser.compare.align import Alignment
from analyser.model.text import Document
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from analyser.reading.markdown import parse_markdown

MEASURES, PARAGRAPHS, EXTRA = 60, 5, 20
_SUBJECTS = (
    *(
        "content moderation",
        "hash matching",
        "user reports",
        "appeals",
        "search results",
        "recommender systems",
        "age checks",
    ),
    *(
        "livestreams",
        "direct messages",
        "group chats",
        "advertisements",
        "marketplace listings",
        "account creation",
    ),
    *(
        "user profiles",
        "terms of service",
        "risk assessments",
        "staff training",
        "volunteer moderators",
        "trusted flaggers",
    ),
    *(
        "crisis response",
        "location sharing",
        "connection lists",
        "comment sections",
        "blocking tools",
        "muting tools",
    ),
    *("complaints handling", "record keeping", "governance", "performance targets", "internal policies"),
)
_HARMS = (
    *(
        "terrorism content",
        "grooming",
        "fraud",
        "hate speech",
        "harassment",
        "intimate image abuse",
        "weapons sales",
    ),
    *(
        "drug sales",
        "human trafficking",
        "foreign interference",
        "animal cruelty",
        "child sexual abuse material",
    ),
)
_ACTIONS = (
    *(
        "assess",
        "record",
        "review",
        "publish",
        "restrict",
        "remove",
        "label",
        "prioritise",
        "test",
        "monitor",
        "report",
    ),
    *(
        "explain",
        "limit",
        "verify",
        "disable",
        "notify users of",
        "keep evidence of",
        "train staff in",
        "set targets for",
    ),
)
_OBJECTS = (
    *(
        "each suspected item",
        "repeat offences",
        "new accounts",
        "uploaded images",
        "shared links",
        "forwarded files",
    ),
    *(
        "audio recordings",
        "moderator decisions",
        "error rates",
        "response times",
        "user appeals",
        "emerging patterns",
    ),
    *(
        "access controls",
        "default settings",
        "warning messages",
        "reporting forms",
        "escalation routes",
        "data samples",
    ),
)
_ENDS = (
    *(
        "at least once a year",
        "within a reasonable time",
        "before the feature is launched",
        "whenever the design changes",
    ),
    *(
        "unless it is not technically feasible",
        "so far as is proportionate",
        "for accounts of children by default",
    ),
    *(
        "in words that are easy to understand",
        "and keep a written record of it",
        "having regard to the risk assessment",
    ),
    *("with the approval of a senior manager", "in every language the service supports", "without delay"),
)
_SYNONYMS = {
    **{
        "assess": "evaluate",
        "record": "document",
        "review": "examine",
        "restrict": "curtail",
        "remove": "take down",
    },
    **{
        "monitor": "track",
        "publish": "make public",
        "prioritise": "rank",
        "limit": "cap",
        "content": "material",
    },
    **{
        "reasonable": "suitable",
        "senior": "responsible",
        "written": "durable",
        "uploaded": "posted",
        "new": "recent",
    },
    **{"easy": "simple", "risk": "hazard", "users": "individuals", "staff": "employees", "error": "mistake"},
}
_FILLERS = (
    "also",
    "where relevant",
    "in particular",
    "as part of its functions",
    "on an ongoing basis",
    "consistently",
)


@dataclass(frozen=True)
class TestSet:
    """Two texts and the true pairs of their paragraphs."""

    __test__ = False

    before: Document
    after: Document
    pairs: dict[str, str]


@dataclass(frozen=True)
class _Paragraph:
    measure: int
    words: str


def renumbered(seed: int) -> TestSet:
    """Return a text and its fully renumbered, reordered and edited successor, 300 paragraphs of which are in
    both.

    One recommendation in ten has moved to another measure; 20 paragraphs stand only in the earlier text and
    20 others only in the later.
    """
    chance = random.Random(seed)
    topics = chance.sample([(subject, harm) for subject in _SUBJECTS for harm in _HARMS], MEASURES)
    titles = [f"{subject.capitalize()} and {harm}" for subject, harm in topics]
    paragraphs = [
        _Paragraph(number, _application(chance, harm) if place == 0 else _sentence(chance, subject, harm))
        for number, (subject, harm) in enumerate(topics)
        for place in range(PARAGRAPHS)
    ]
    order = list(range(MEASURES))
    chance.shuffle(order)
    earlier = dict(enumerate(paragraphs)) | _extra(chance, topics, len(paragraphs))
    now = dict(enumerate(paragraphs)) | _extra(chance, topics, len(earlier))
    for place, paragraph in enumerate(paragraphs):
        if place % PARAGRAPHS and chance.random() < 0.1:
            now[place] = _Paragraph(chance.randrange(MEASURES), paragraph.words)
    before, numbers = _text("2024-01-01", titles, earlier, list(range(MEASURES)), chance, edited=False)
    after, later = _text("2025-01-01", titles, now, order, chance, edited=True)
    return TestSet(before, after, {numbers[place]: later[place] for place in range(len(paragraphs))})


def score(found: Alignment, test_set: TestSet) -> float:
    """Return the share of the true pairs that an alignment found, each as a pair one to one."""
    pairs = {
        match.before[0]: match.after[0] for match in found.units if len(match.before) == len(match.after) == 1
    }
    return sum(pairs.get(one) == other for one, other in test_set.pairs.items()) / len(test_set.pairs)


def _extra(chance: random.Random, topics: list[tuple[str, str]], first: int) -> dict[int, _Paragraph]:
    """Return paragraphs that only one of the texts has."""
    chosen = [chance.randrange(MEASURES) for _ in range(EXTRA)]
    return {
        first + place: _Paragraph(measure, _sentence(chance, *topics[measure]))
        for place, measure in enumerate(chosen)
    }


def _application(chance: random.Random, harm: str) -> str:
    size = chance.choice(("each large service", "each service", "each multi-risk service"))
    level = chance.choice(("medium or high", "high"))
    whom = f"a provider in respect of {size} it provides"
    return f"This measure applies to {whom} that is at {level} risk of {harm}."


def _sentence(chance: random.Random, subject: str, harm: str) -> str:
    first = f"The provider should {chance.choice(_ACTIONS)} {chance.choice(_OBJECTS)}"
    about = chance.choice(
        (f"in its {subject}", f"that concern {harm}", f"linked to {subject} and {harm}", "")
    )
    second = f"It should {chance.choice(_ACTIONS)} {chance.choice(_OBJECTS)} {chance.choice(_ENDS)}"
    return f"{first} {about} {chance.choice(_ENDS)}. {second}.".replace("  ", " ")


def _edited(chance: random.Random, words: str) -> str:
    """Reword a paragraph: words replaced, left out and put in, now and then its sentences turned round."""
    out: list[str] = []
    for word in words.split():
        bare = word.strip(".,").lower()
        if bare in _SYNONYMS and chance.random() < 0.7:
            word = word.lower().replace(bare, _SYNONYMS[bare])
        if chance.random() < 0.1:
            out.append(chance.choice(_FILLERS))
        if chance.random() >= 0.15:
            out.append(word)
    text = " ".join(out).rstrip(".")
    sentences = text.split(". ")
    if len(sentences) > 1 and chance.random() < 0.3:
        sentences.reverse()
    return f"{'. '.join(sentences)}."


def _text(
    date: str,
    titles: list[str],
    paragraphs: dict[int, _Paragraph],
    order: list[int],
    chance: random.Random,
    *,
    edited: bool,
) -> tuple[Document, dict[int, str]]:
    """Write a text with its measures in an order, and return it with the number of each paragraph."""
    lines = [f"---\ncode: generated\nrevision: {date}\n---\n# A generated code"]
    numbers: dict[int, str] = {}
    for place, measure in enumerate(order):
        number = f"{'ABCDEF'[place // 10]}{place % 10 + 1}"
        lines.append(f"## GEN {number} {_edited(chance, titles[measure]) if edited else titles[measure]}")
        first = measure * PARAGRAPHS
        recommended = [
            at for at, paragraph in paragraphs.items() if paragraph.measure == measure and at != first
        ]
        if edited:
            chance.shuffle(recommended)
        for count, at in enumerate((first, *recommended), 1):
            heading = "### Application\n" if count == 1 else "### Recommendation\n" if count == 2 else ""
            words = _edited(chance, paragraphs[at].words) if edited else paragraphs[at].words
            lines.append(f"{heading}{number}.{count} {words}")
            numbers[at] = f"GEN {number}.{count}"
    markdown = "\n\n".join(lines) + "\n"
    return parse(parse_markdown(markdown, f"{date}.md"), Numbering(prefix="GEN"), "gen"), numbers
