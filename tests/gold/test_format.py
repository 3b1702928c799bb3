"""The gold set's files are read strictly: whatever does not fit is told with its file and line."""

import re
from pathlib import Path

import pytest

from analyser.logic.evaluate import atoms
from analyser.model.base import Kind
from analyser.rulebook import Rulebook

from .format import complaints, load, main
from .notation import FUNCTIONALITIES, HARMS, TYPES, NotationError, read_condition

HERE = Path(__file__).parent
EXAMPLE = HERE / "example.yaml"
GUIDE = (HERE / "GUIDE.md").read_text(encoding="utf-8")

BROKEN = [
    ('quote: "speedily"', 'quote: "speedly"', "the words `speedly` do not stand in any one place"),
    ("        in: M1.3(b)", "        in: M1.3(d)", "there is no place `M1.3(d)`"),
    ("governs: [d1]", "governs: [d9]", "there is no duty `d9`"),
    ("excepts: q7", "excepts: q70", "there is no other qualifier `q70`"),
    ("kind: feasibility", "kind: feasable", "`kind` is `feasable`"),
    ("- id: d5", "- id: d4", "the id `d4` is used twice"),
    ("- id: p2", "- id: p1", "the paragraph id `p1` is used twice"),
    ("modality: need not", "modality: may not", "does not hold the modal `may not`"),
    ("force: permitted", "force: required", "`required` does not go with `need not`"),
    ("(>= risk.fraud medium)", "(>= risk.freud medium)", "there is no fact `risk.freud`"),
    ("(>= risk.fraud medium)))", "(>= risk.fraud medium))", "a bracket is not closed"),
    ("applies: unknown", "applies: yes", "`applies` is yes, but the condition is unknown"),
    ("why: heading", "why: note", "`note`, but the words stand in title"),
    ("way_out: yes", "way_out: no", "is no, but the words lifts and are material"),
    ("          level: material\n", "          level: minor\n", "what lifts is material"),
    ("      M1.1 This measure", "      This measure", "find no place in the text"),
    ("object: report\n", "object: reports made\n", "`made` is no word of the text"),
    ("          excepts: q7", "          except: q7", "there is no key `except`"),
]


@pytest.mark.parametrize(
    "path",
    [*sorted(HERE.glob("example*.yaml")), *sorted(HERE.glob("se*/*.yaml"))],
    ids=lambda path: path.stem,
)
def test_every_file_of_the_set_fits_its_text(path: Path) -> None:
    assert complaints(path) == []


@pytest.mark.parametrize(("right", "wrong", "said"), BROKEN, ids=[one[1].strip() for one in BROKEN])
def test_what_does_not_fit_is_told_with_file_and_line(
    right: str, wrong: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = EXAMPLE.read_text(encoding="utf-8")
    assert right in whole
    path = tmp_path / "example.yaml"
    path.write_text(whole.replace(right, wrong, 1), encoding="utf-8")
    found = "\n".join(complaints(path))
    assert said in found
    assert re.search(rf"{re.escape(str(path))}, line \d+", found)
    assert main([str(path)]) == 3
    assert said in capsys.readouterr().err


def test_a_repeated_quote_must_say_which(tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    whole = EXAMPLE.read_text(encoding="utf-8")
    path.write_text(whole.replace('"large service", in: M1.1(a)', '"advert"'), encoding="utf-8")
    assert "add `in` or `nth`" in "\n".join(complaints(path))


def test_the_examples_show_ten_sentences_and_every_field() -> None:
    shown = load(EXAMPLE)
    asked = [duty for paragraph in shown.paragraphs for duty in paragraph.labels.duties]
    assert len(asked) >= 9
    words = EXAMPLE.read_text(encoding="utf-8")
    for field in ("excepts", "made_precise_by", "part", "allow", "profiles", "negated", "in", "note"):
        assert f"{field}:" in words


def test_the_guide_names_every_kind_and_every_fact() -> None:
    assert [kind for kind in Kind if f"| `{kind}` |" not in GUIDE] == []
    keys = (*HARMS, *TYPES, *FUNCTIONALITIES)
    assert [key for key in keys if not re.search(rf"\b{key}\b", GUIDE)] == []


def test_the_names_of_facts_are_those_of_the_rules(rules: Rulebook) -> None:
    listed = (
        (HARMS, rules.harms),
        (TYPES, rules.services),
        (FUNCTIONALITIES, rules.functionalities),
    )
    for names, entries in listed:
        assert {*names} <= {one.key for one in entries}


def test_multi_risk_counts_each_kind_once() -> None:
    named = [atom.fact for atom in atoms(read_condition("multi-risk"))]
    assert "risk.csea" in named
    assert not {"risk.grooming", "risk.other_illegal_content"} & {*named}
    assert len(named) == len({*named})


@pytest.mark.parametrize(
    "words",
    ["", "large large", "(and)", "(not large large)", "(2 large)", "risk.fraud", "(> risk.fraud 3)", ")"],
)
def test_what_is_no_condition_is_refused(words: str) -> None:
    with pytest.raises(NotationError):
        read_condition(words)
