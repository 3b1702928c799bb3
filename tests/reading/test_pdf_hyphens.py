"""Hyphens at a line's end: joined or kept, as the document's other words tell."""

from pathlib import Path

import pytest

from analyser.reading.pdf.hyphens import Hyphens
from tests.reading.pdf_pages import lines, read_pages, shown


@pytest.mark.parametrize(
    ("document", "before", "after", "expected"),
    [
        (["a file-sharing service"], "the file-", "sharing of", "the file-sharing of"),
        (["content moderation"], "of moder-", "ation,", "of moderation,"),
        (["user-to-user services"], "the user-to-", "user part", "the user-to-user part"),
        (["user-to-user services"], "the user-", "to-user part", "the user-to-user part"),
        (["nothing of it"], "a non-", "compliant one", "a non-compliant one"),
        (["nothing of it"], "an anti-", "American one", "an anti-American one"),
        (["nothing of it"], "its opera-", "tional side", "its operational side"),
        (["user-to-user services"], "any user-", "generated words", "any user-generated words"),
        (["compliance", "non-compliance"], "about non-comp", "liance", None),
        (["the age and", "the check"], "an age-", "check now", "an age-check now"),
        (["nothing of it"], "from 1-", "2 of", "from 1-2 of"),
        (["nothing of it"], "a soft\xad", "ware", "a software"),
        (["nothing of it"], "a dash -", "and more", "a dash - and more"),
    ],
)
def test_what_a_lines_end_becomes(document: list[str], before: str, after: str, expected: str | None) -> None:
    joint = Hyphens(document).between(before, after)
    assert ("".join(joint) + after if joint else None) == expected


def test_a_document_that_never_breaks_words_keeps_every_hyphen() -> None:
    words = ["the file-", "sharing service", "a file-sharing service"]
    assert Hyphens(words).between("a take-", "down") == ("a take-", "")


def test_a_document_that_breaks_words_joins_what_nothing_else_tells() -> None:
    words = ["the moder-", "ation of", "moderation"]
    assert Hyphens(words).between("a take-", "down") == ("a take", "")


def test_a_word_broken_at_the_end_of_a_page_is_one(tmp_path: Path) -> None:
    source = read_pages(
        tmp_path,
        lines(40, 60, "The moderation of content is what these words are for and content moder-"),
        lines(40, 60, "ation goes on here."),
    )
    assert shown(source) == [
        "The moderation of content is what these words are for and content moderation goes on here."
    ]
