"""The redline: word by word, whole, the same in both directions, and readable back from its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser.compare.redline import Run, redline, runs_of, text_form

from .texts import turned_words

WORDS = st.lists(
    st.sampled_from(
        ["the", "provider", "should", "take", "down", "swiftly", "it,", "(a)", "[-", "+}", "\\", "70,000"]
    ),
    max_size=12,
).map(" ".join)


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("take it down", "take it down", "take it down"),
        ("", "take it down", "{+take it down+}"),
        ("take it down", "", "[-take it down-]"),
        ("swiftly take it down", "take it down", "[-swiftly -]take it down"),
        # Changes with a space between them are one change.
        (
            "more than 70,000 users",
            "fewer than 700,000 users",
            "[-more-]{+fewer+} than [-70,000-]{+700,000+} users",
        ),
        ("each large service", "any small service", "[-each large-]{+any small+} service"),
        # What was not seen is neither deleted nor inserted.
        ("(a) large; (b) [not seen].", "(a) large.", "(a) large[-; (b) -][not seen]."),
        ("a [-mark-] in it", "a mark in it", None),
    ],
)
def test_words_deleted_and_inserted_are_marked(before: str, after: str, line: str | None) -> None:
    told = text_form(redline(before, after))
    assert line is None or told == line
    assert runs_of(told) == redline(before, after)


@given(WORDS, WORDS)
def test_both_wordings_can_be_read_off_the_redline(before: str, after: str) -> None:
    runs = redline(before, after)
    assert "".join(run.text for run in runs if run.op != "insert") == " ".join(before.split())
    assert "".join(run.text for run in runs if run.op != "delete") == " ".join(after.split())
    assert all(run.text for run in runs)


@given(WORDS, WORDS)
def test_the_line_gives_the_words_back_and_turns_round(before: str, after: str) -> None:
    line = text_form(redline(before, after))
    assert "".join(run.text for run in runs_of(line)) == "".join(run.text for run in redline(before, after))
    assert turned_words(line) == text_form(redline(after, before))


def test_runs_are_equal_delete_and_insert() -> None:
    assert redline("a b", "a c") == (Run("equal", "a "), Run("delete", "b"), Run("insert", "c"))
