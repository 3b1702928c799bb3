"""Numbering schemes are data: each does what its examples say, and reads a whole made-up code."""

from pathlib import Path

import pytest

from analyser import library
from analyser.errors import InputError, UsageError
from analyser.ingest.guess import fit_of, guesses, openings_of
from analyser.ingest.schemes import Example, Scheme, numbering_from, scheme, schemes
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from tests.parsing.sources import heading, item, source_of, text

from .codes import MADE, Made

KNOWN = schemes(library.codes_dir())
EXAMPLES = [
    pytest.param(one, example, id=f"{one.key}: {example.heading}")
    for one in KNOWN
    for example in one.examples
]


@pytest.mark.parametrize(("known", "example"), EXAMPLES)
def test_every_example_gives_what_it_says(known: Scheme, example: Example) -> None:
    prefix = example.measure.rpartition(" ")[0]
    source = source_of(heading(example.heading), text(example.paragraph))
    assert prefix in [one.prefix for one in known.numberings(source)]
    numbering = known.numbering(prefix, unnumbered=".u" in example.number)
    measure = parse(source, numbering, "x").measures[0]
    assert (measure.id, measure.title) == (example.measure, example.title)
    assert [one.number for one in measure.provisions()] == [example.number]


@pytest.mark.parametrize("made", MADE, ids=lambda made: f"{made.scheme}: {next(iter(made.holds))}")
def test_a_code_of_another_regulator_is_read_without_being_told_how(made: Made) -> None:
    source = source_of(heading("A code of practice", 1), heading("Introduction", 1), *made.drafts)
    best = guesses(source, library.codes_dir())[0]
    document = parse(source, best.numbering, "x")
    held = {one.id: [part.number for part in one.provisions()] for one in document.measures}
    assert (best.scheme, held) == (made.scheme, made.holds)
    assert document.placed == 1.0


def test_every_scheme_has_a_code_that_it_reads() -> None:
    assert {one.key for one in KNOWN} - {made.scheme for made in MADE} == {"letter-number", "word-decimal"}


def test_no_scheme_is_guessed_from_prose() -> None:
    prose = source_of(
        heading("Report"), text("In 2024 we asked 3 services."), text("5 million users said so.")
    )
    assert guesses(prose, library.codes_dir()) == ()


def test_a_fit_counts_each_number_once() -> None:
    source = source_of(heading("ICU C2 T"), *(text("C2.1 Act."),) * 3, item("C2.2 Act."))
    assert fit_of(openings_of(source), Numbering(prefix="ICU")).model_dump() == {
        "measures": 1,
        "paragraphs": 2,
    }


def test_an_unknown_scheme_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"no numbering scheme `artikel`.*Did you mean article\?"):
        scheme(library.codes_dir(), "artikel")


BROKEN = [
    ({"measure": "["}, r"`\[` is not a pattern for the numbering of a measure"),
    ({"label": r"\(\d\)"}, "names no part"),
]


@pytest.mark.parametrize(("said", "why"), BROKEN)
def test_a_pattern_that_is_none_is_refused(said: dict[str, str], why: str) -> None:
    with pytest.raises(InputError, match=why):
        numbering_from(said, "x.yaml")


def test_a_broken_file_of_schemes_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "numbering.yaml").write_text("schemes:\n  - key: a\n    nmae: b\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"codes/numbering.yaml, line \d"):
        schemes(tmp_path)


def test_patterns_may_be_said_as_a_code_says_them() -> None:
    numbering = numbering_from(
        {
            "measure_prefix": "Article",
            "measure": r"\d+",
            "label": r"(?P<part>\d)\.",
            "joined": ".{part}",
            "items": ["a)"],
        },
        "x.yaml",
    )
    start = numbering.start("1. Act.", "5")
    assert start is not None
    assert start.number == "5.1"
    assert numbering.item("a) x")
