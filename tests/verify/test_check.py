"""What is told of a restatement and a file that say things in their own ways."""

from collections.abc import Callable

import pytest

from analyser.errors import InputError
from analyser.reporting.verify_rows import VerifyRow
from analyser.verify.check import Checked
from analyser.verify.lists import printed_dates

from .conftest import told

Check = Callable[[str, str], Checked]

OURS = """---
code: illegal-content-u2u
revision: 2025-02-24
---
# A code (restated)

## ICU X1 Keeping the gates
{: title=recall-high text_complete=false}

### Application
X1.1 This measure applies to a provider in respect of each large service it provides.
{: number=secondary text=secondary}

### Recommendation
X1.2 The provider should keep a gate at each door of the service, where reasonably practicable.
{: number=recall-medium text=recall-high}
{: phrase="where reasonably practicable" basis=recall-high}

X1.u1 The provider should count, once a week, everybody who has gone through the gates.
{: number=unknown text=recall-medium}
{: phrase="once a week" basis=recall-low}

X1.3 The provider should oil the hinges of the gates:
- (a) before the winter; and
- (b) [not seen]
  {: number=unknown text=unknown}
{: number=recall-low text=recall-low}

## Section 5: Definitions

5.1 **large service** means a service which has more than 7 million monthly active United Kingdom users.
{: number=unknown text=quoted}
"""
OFFICIAL = """# A code

Issued on 24 February 2025. It comes into force on 18 March 2025.

## ICU X1 Keeping the gates

### Application

X1.1 This measure applies to a provider in respect of each large service it provides.

### Recommendation

X1.2 At every door of the service a gate should be kept by the provider, where reasonably practicable.

X1.3 The provider should, once a week, count everybody who has gone through the gates.

X1.4 The hinges of the gates should be oiled by the provider:
- (a) before the winter;
- (b) after the winter; and
- (c) whenever they squeak.

## Section 5: Definitions

5.1 “Large service” means a service which has more than 7 million monthly active United Kingdom users.
"""


def rows(checked: Checked, what: str) -> dict[str, VerifyRow]:
    return {row.provision: row for row in checked.rows if row.what == what}


def test_a_number_that_stands_on_other_words_is_told_with_the_number_those_words_have(
    check_texts: Check,
) -> None:
    found = rows(check_texts(OURS, OFFICIAL), "number")
    assert found["ICU X1.1"].verdict == found["ICU X1.2"].verdict == "agree"
    moved = found["ICU X1.3"]
    assert moved.verdict == "disagree"
    assert moved.note == "the official file has these words as ICU X1.4; its ICU X1.3 reads otherwise"
    assert moved.official.startswith("X1.4 The hinges")


def test_an_official_paragraph_that_ours_is_suggested_for_is_not_told_twice(check_texts: Check) -> None:
    changed = OURS.replace("X1.3 The provider should oil", "X1.4 The provider should oil")
    checked = check_texts(changed, OFFICIAL)
    found = rows(checked, "number")
    assert "reads most like ICU X1.3" in found["ICU X1.u1"].note
    assert found["ICU X1.u1"].official.startswith("X1.3 The provider should, once a week")
    assert "ICU X1.3" not in found


def test_items_not_seen_are_no_disagreement_and_those_only_there_are(check_texts: Check) -> None:
    changed = OURS.replace("X1.3 The provider should oil", "X1.4 The provider should oil")
    found = rows(check_texts(changed, OFFICIAL), "number")
    assert found["ICU X1.4(a)"].verdict == "agree"
    assert found["ICU X1.4(b)"].verdict == "not_comparable"
    assert found["ICU X1.4(c)"].verdict == "only_official"
    assert found["ICU X1.4(c)"].note == "not seen in ours"


def test_a_phrase_of_a_paragraph_without_a_number_is_looked_for_where_it_reads_alike(
    check_texts: Check,
) -> None:
    changed = OURS.replace("X1.3 The provider should oil", "X1.4 The provider should oil")
    found = rows(check_texts(changed, OFFICIAL), "phrase")
    assert found["ICU X1.2"].verdict == found["ICU X1.u1"].verdict == "agree"


def test_a_phrase_that_moved_is_told_with_its_place(check_texts: Check) -> None:
    moved = OFFICIAL.replace(", where reasonably practicable.\n", ".\n").replace(
        "gone through the gates.\n", "gone through the gates, where reasonably practicable.\n"
    )
    row = rows(check_texts(OURS, moved), "phrase")["ICU X1.2"]
    assert (row.verdict, row.note) == ("disagree", "stands in ICU X1.3")


def test_dates_are_compared_by_what_is_said_of_them(check_texts: Check) -> None:
    found = [row for row in check_texts(OURS, OFFICIAL).rows if row.what == "date"]
    assert [(row.verdict, row.ours, row.official) for row in found] == [
        ("disagree", "in force 2025-03-17", "in force 2025-03-18"),
        ("agree", "issued 2025-02-24", "issued 2025-02-24"),
        ("not_comparable", "laid 2024-12-16", ""),
        ("not_comparable", "published 2024-12-16", ""),
    ]


@pytest.mark.parametrize(
    ("words", "told_of", "anywhere"),
    [
        ("Issued: 24 February 2025", {"issued": ("2025-02-24",)}, {"2025-02-24"}),
        (
            "They were issued on 24th February 2025 and come into force on 17 March 2025.",
            {"issued": ("2025-02-24",), "in_force": ("2025-03-17",)},
            {"2025-02-24", "2025-03-17"},
        ),
        ("The Codes are in force. 1 May 2025", {}, {"2025-05-01"}),
        ("laid before Parliament on 16 December 2024", {"laid": ("2024-12-16",)}, {"2024-12-16"}),
        ("no date at all", {}, set()),
    ],
)
def test_printed_dates_are_read_with_what_happened_then(
    words: str, told_of: dict[str, tuple[str, ...]], anywhere: set[str]
) -> None:
    assert printed_dates(words) == (told_of, frozenset(anywhere))


def test_a_file_without_an_index_or_a_table_of_kinds_is_said_to_have_none(check_texts: Check) -> None:
    index = "\n## Section 3: Index\n\n| Measure | Application |\n|---|---|\n| ICU X1 | each service |\n"
    harms = "\n### Table C\n\n| Row | Kind |\n|---|---|\n| 1 | Terrorism |\n"
    checked = check_texts(OURS + index + harms, OFFICIAL)
    found = {row.what: row for row in checked.rows if row.what in ("index", "harm")}
    assert found["index"].verdict == found["harm"].verdict == "not_comparable"
    assert found["index"].note == "no index of measures was found in the official file"


def test_words_that_cannot_be_read_as_a_condition_are_shown_and_not_judged(check_texts: Check) -> None:
    odd = OFFICIAL.replace("each large service it provides", "each service it provides that is squeaky")
    row = next(row for row in check_texts(OURS, odd).rows if row.what == "application")
    assert row.verdict in ("not_comparable", "disagree")
    assert "squeaky" in row.note


def test_a_term_that_reads_as_a_condition_on_one_side_only_is_not_judged(check_texts: Check) -> None:
    odd = OFFICIAL.replace(
        "a service which has more than 7 million monthly active United Kingdom users", "what is big"
    )
    (row,) = (row for row in check_texts(OURS, odd).rows if row.what == "definition")
    assert row.verdict == "not_comparable"
    assert "in the official file could not be read as a condition" in row.note


def test_a_file_of_another_numbering_is_refused_with_what_to_do(check_texts: Check) -> None:
    with pytest.raises(
        InputError, match=r"no measure was found in official\.md that is numbered as those of"
    ):
        check_texts(OURS, OFFICIAL.replace("ICU X1", "ABC X1"))


def test_the_headline_counts_every_row(check_texts: Check) -> None:
    checked = check_texts(OURS, OFFICIAL)
    assert sum(checked.counts.values()) == len(checked.rows)
    assert checked.headline.startswith(
        f"Of {len(checked.rows)} things looked at, {checked.counts['agree']} agree"
    )
    assert len(told(checked)) == sum(
        checked.counts[verdict] for verdict in ("disagree", "only_ours", "only_official")
    )
