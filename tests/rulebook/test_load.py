"""The rules are read whole, hashed, and refused with file, line, rule and field when one is wrong."""

import re
from pathlib import Path

import pytest

from analyser import library
from analyser.errors import RulesError
from analyser.model.base import Basis, Effect, Kind
from analyser.rulebook import load

HARMS = """\
pack: harms
harms:
  - key: terrorism
    name: terrorism
    names: [terrorism]
    severity: 5
    counts: true
    basis: secondary
"""

RULE = """\
pack: feasibility
rules:
  - id: feasibility.technical
    kind: feasibility
    nature: exception
    effect: lifts
    level: material
    cue: ["technically {feasible|possible}"]
    scope: duty
    rationale: the words let the provider off
"""


def write(folder: Path, **files: str) -> Path:
    """Write files of rules; `__` in a name is a folder."""
    for name, content in files.items():
        path = folder / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def test_the_rules_that_come_with_codegap_load() -> None:
    rulebook = library.rulebook()
    assert rulebook.pack == "rules"
    assert {rule.kind for rule in rulebook.qualifiers} == set(Kind)
    assert all(rule.file.startswith("rules/") and rule.line > 1 for rule in rulebook.qualifiers)
    assert re.fullmatch("[0-9a-f]{64}", rulebook.sha256)
    assert rulebook.harm("image_based_csam") is not None
    assert [file.path for file in rulebook.files] == sorted(file.path for file in rulebook.files)


def test_a_folder_of_one_rule_is_enough(tmp_path: Path) -> None:
    rulebook = load(write(tmp_path, qualifiers__feasibility=RULE), shown="mine")
    (rule,) = rulebook.qualifiers
    assert (rule.effect, rule.file, rule.line) == (Effect.LIFTS, "mine/qualifiers/feasibility.yaml", 3)
    assert rulebook.harms == ()


def test_the_hash_turns_on_names_and_bytes_alone(tmp_path: Path) -> None:
    first = load(write(tmp_path / "a", harms=HARMS, qualifiers__feasibility=RULE))
    same = load(write(tmp_path / "b", qualifiers__feasibility=RULE, harms=HARMS))
    other = load(write(tmp_path / "c", qualifiers__feasibility=RULE + "\n", harms=HARMS))
    assert first.sha256 == same.sha256 != other.sha256


def test_a_date_stays_text_and_no_is_a_word(tmp_path: Path) -> None:
    harms = HARMS + "    kind_from: 2026-06-25\n    note: no\n    table_c_row: 2\n"
    (harm,) = load(write(tmp_path, harms=harms)).harms
    assert (harm.kind_from, harm.note, harm.table_c_row) == ("2026-06-25", "no", "2")
    assert harm.basis is Basis.SECONDARY


def test_a_kind_has_the_name_of_its_day() -> None:
    harm = library.rulebook().harm("suicide_and_self_harm")
    assert harm is not None
    assert harm.name_on("2025-02-24") != harm.name_on("2026-09-09")


INVALID = [
    # what is wrong, file, its content, what is said
    (
        "unknown key",
        "harms",
        HARMS + "    nmae: x\n",
        "`terrorism`: there is no key `nmae` (R/harms.yaml, line 9). Did you mean name or names?",
    ),
    (
        "missing key",
        "harms",
        HARMS.replace("    severity: 5\n", ""),
        "`terrorism`: the key `severity` is missing (R/harms.yaml, line 3).",
    ),
    (
        "value out of a list",
        "qualifiers__feasibility",
        RULE.replace("lifts", "lift"),
        "`feasibility.technical`: `effect` is `lift` (R/qualifiers/feasibility.yaml, line 6). It "
        "may be lifts, narrows or softens.",
    ),
    (
        "not a number",
        "harms",
        HARMS.replace("severity: 5", "severity: grave"),
        "`terrorism`: `severity` is `grave` (R/harms.yaml, line 6). It should be a whole number, "
        "written without commas.",
    ),
    (
        "text for a list",
        "harms",
        HARMS.replace("[terrorism]", "terrorism"),
        "`terrorism`: `names` is `terrorism` (R/harms.yaml, line 5). It should be a list, such as [a, b].",
    ),
    (
        "a key twice",
        "harms",
        HARMS + "    name: other\n",
        "the key `name` is written twice (first on line 4) (R/harms.yaml, line 9).",
    ),
    (
        "an entry twice",
        "harms",
        HARMS + HARMS.partition("harms:\n")[2],
        "`terrorism`: it is written twice (first in R/harms.yaml, line 3) (R/harms.yaml, line 9).",
    ),
    (
        "a harm nobody lists",
        "harms",
        HARMS + "    parent: terorism\n",
        "`terrorism`: it names the harm `terorism`, which is not known (R/harms.yaml, line 3). Did "
        "you mean terrorism?",
    ),
    (
        "a malformed cue",
        "qualifiers__feasibility",
        RULE.replace("possible}", "possible"),
        "`feasibility.technical`: the cue `technically {feasible|possible` lacks a `}` "
        "(R/qualifiers/feasibility.yaml, line 3).",
    ),
    (
        "a rule in the wrong file",
        "qualifiers__temporal",
        RULE.replace("pack: feasibility", "pack: temporal"),
        "`feasibility.technical`: its kind is feasibility, but it stands in temporal.yaml "
        "(R/qualifiers/temporal.yaml, line 3).",
    ),
    (
        "a file nobody knows",
        "harm",
        HARMS,
        "`R/harm.yaml` is not a file of rules that codegap knows. Did you mean harms?",
    ),
    (
        "a file of qualifiers not named for a kind",
        "qualifiers__feasability",
        RULE,
        "`R/qualifiers/feasability.yaml` is not named for a kind of exemption. Did you mean feasibility?",
    ),
    (
        "another pack's name",
        "harms",
        HARMS.replace("pack: harms", "pack: services"),
        "`pack` is `services` (R/harms.yaml, line 1). It may be harms.",
    ),
    (
        "an empty file",
        "harms",
        "",
        "the file holds no entry: it must be a list of `key: value` lines (R/harms.yaml, line 1).",
    ),
    (
        "not YAML",
        "harms",
        "pack: harms\nharms: [a\n",
        "the file is not valid YAML: while parsing a flow sequence did not find expected ',' or "
        "']' (R/harms.yaml, line 3).",
    ),
    (
        "a wrong date",
        "harms",
        HARMS + "    kind_from: 25 June 2026\n",
        "`terrorism`: a date is written 2025-02-24 (R/harms.yaml, line 9).",
    ),
]


@pytest.mark.parametrize(
    ("name", "content", "says"), [row[1:] for row in INVALID], ids=[row[0] for row in INVALID]
)
def test_an_invalid_file_is_refused_with_place_rule_and_field(
    tmp_path: Path, name: str, content: str, says: str
) -> None:
    with pytest.raises(RulesError) as refused:
        load(write(tmp_path, **{name: content}), shown="R")
    assert str(refused.value) == says
    assert refused.value.exit_code == 4


def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "harms.yaml").write_bytes(b"pack: harms\n# \xff\n")
    with pytest.raises(RulesError, match=re.escape("the file is not UTF-8 text (R/harms.yaml, line 2).")):
        load(tmp_path, shown="R")


def test_a_missing_file_of_the_built_in_rules_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=re.escape("`R/services.yaml` is missing.")):
        load(write(tmp_path, harms=HARMS), shown="R", required=True)
    with pytest.raises(RulesError, match="there is no folder of rules"):
        load(tmp_path / "nowhere")
