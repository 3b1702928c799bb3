"""The same input gives the same bytes, whatever the hash seed, folder, cache and order of rules."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
import yaml

from analyser import library
from analyser.analysis import Analysis, analyse
from analyser.coverage.study import Study
from analyser.rulebook import Rulebook, load

EVERY = ("json", "table", "csv", "md", "xlsx")
FORMATS = {
    ("gaps",): EVERY,
    ("gaps", "--all"): ("json",),
    ("exemptions",): EVERY,
    ("duties",): EVERY,
    ("matrix",): EVERY,
    ("explain", "ICU C2"): ("json", "md"),
    ("report",): ("html", "xlsx", "md"),
}
ASKED = [[*command, "--format", name] for command, names in FORMATS.items() for name in names]

# Each run is one process; the second time a table is asked for it comes from the run's own cache.
RUN = """
import json, sys
from analyser.cli.main import run
for place, arguments in enumerate(json.loads(sys.argv[1])):
    code = run([*arguments, "-o", f"{place}.{arguments[-1].replace('table', 'txt')}"])
    assert code == 0, arguments
"""


def written(folder: Path, seed: str, arguments: list[list[str]], where: Path) -> dict[str, bytes]:
    """Run the commands in a folder with a cache of its own; return what they wrote by the command."""
    folder.mkdir(parents=True)
    environment = {**os.environ, "PYTHONHASHSEED": seed, "CODEGAP_CACHE": str(where), "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(arguments)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {
        " ".join(asked): (folder / f"{place}.{asked[-1].replace('table', 'txt')}").read_bytes()
        for place, asked in enumerate(arguments)
    }


def test_two_runs_write_identical_bytes_that_name_no_folder_of_the_machine(tmp_path: Path) -> None:
    """Every table in every format twice: other hash seed, other folder, the commands in another order."""
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(written, tmp_path / "one", "0", ASKED, tmp_path / "cache-one")
        backwards = list(reversed(ASKED))
        two = pool.submit(written, tmp_path / "other" / "folder", "4711", backwards, tmp_path / "cache-two")
        first, second = one.result(), two.result()
    assert [asked for asked, content in first.items() if not content] == []
    assert [asked for asked, content in first.items() if second[asked] != content] == []
    for asked, content in first.items():
        if not asked.endswith("xlsx"):
            assert str(library.root()).encode() not in content, asked
            assert str(tmp_path).encode() not in content, asked


def test_a_result_from_the_cache_is_the_result(analysis: Analysis, tmp_path: Path, rules: Rulebook) -> None:
    before = os.environ["CODEGAP_CACHE"]
    os.environ["CODEGAP_CACHE"] = str(tmp_path)
    try:
        for _ in range(2):
            kept = analyse(library.resolve(), rules)
            assert kept.ranked_gaps(include_all=True) == analysis.ranked_gaps(include_all=True)
            assert kept.exemption_rows() == analysis.exemption_rows()
            assert kept.matrix_rows() == analysis.matrix_rows()
            assert kept.duty_rows() == analysis.duty_rows()
        assert len(list(tmp_path.iterdir())) == 4
        technical = [rule.id for rule in rules.qualifiers if rule.kind == "feasibility"]
        fewer = analyse(library.resolve(), rules.without(*technical))
        assert "feasibility" not in {row.kind for row in fewer.exemption_rows()}, (
            "other rules, another result"
        )
    finally:
        os.environ["CODEGAP_CACHE"] = before


# --- the order of rules ---


def read(study: Study) -> tuple[object, ...]:
    """Return everything read from the text: what is judged follows from it."""
    return (
        study.duties,
        study.exemptions,
        {measure: found.condition for measure, found in study.applications.items()},
        sorted(study.suppressed, key=repr),
    )


# Lists in which order must mean nothing (harms, services and functions stand in the order of the tables).
SHUFFLED = {
    "rules": ("functions.yaml", "qualifiers/*.yaml"),
    "facts": ("facts.yaml",),
    "tables": ("invocation.yaml",),
    "impossible": ("constraints.yaml",),
    "meaningless": ("constraints.yaml",),
    "weights": ("weights.yaml",),
}


@pytest.fixture
def shuffled(tmp_path: Path) -> Callable[[int], Path]:
    def copy(seed: int) -> Path:
        folder = tmp_path / f"rules-{seed}"
        shutil.copytree(library.rules_dir(), folder)
        chance = Random(seed)
        for key, patterns in SHUFFLED.items():
            for path in sorted(one for pattern in patterns for one in folder.glob(pattern)):
                data = yaml.safe_load(path.read_text(encoding="utf-8"))
                chance.shuffle(data[key])
                path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
        return folder

    return copy


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_entries_in_the_files_of_rules_changes_nothing(
    shuffled: Callable[[int], Path], study: Study, seed: int
) -> None:
    rules = load(shuffled(seed), shown="rules", required=True)
    assert rules.qualifiers != study.rulebook.qualifiers
    judged = analyse(library.resolve(), rules)
    assert read(judged.study) == read(study)


def test_the_order_of_the_files_of_rules_changes_nothing(study: Study) -> None:
    chance = Random(3)
    rules = study.rulebook
    changed = {
        name: tuple(chance.sample(getattr(rules, name), len(getattr(rules, name))))
        for name in ("qualifiers", "functions", "facts", "invocation")
    }
    judged = analyse(library.resolve(), rules.model_copy(update=changed))
    assert read(judged.study) == read(study)


# --- rules of one's own ---


def split(folder: Path, seed: int) -> list[Path]:
    """Move a part of each file of rules into overlays that replace entries by themselves, in files of any
    order, and some of which say so of what others say; return the overlays.
    """
    chance = Random(seed)
    files: dict[int, dict[str, list[dict[str, object]]]] = {}
    sections = {"functions.yaml": "functions", "harms.yaml": "harms", "invocation.yaml": "invocation"}
    for path in sorted(folder.rglob("*.yaml")):
        section = "qualifiers" if path.parent.name == "qualifiers" else sections.get(path.name)
        if section is None:
            continue
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        key = {"invocation": "tables", "harms": "harms"}.get(section, "rules")
        for entry in chance.sample(data[key], len(data[key]) // 3):
            held = files.setdefault(chance.randrange(4), {})
            held.setdefault(section, []).append({**entry, "replaces": True})
    paths = []
    for number, content in files.items():
        for entries in content.values():
            chance.shuffle(entries)
        path = folder.parent / f"overlay-{seed}-{number}.yaml"
        said = {"pack": "overlay", **dict(chance.sample(list(content.items()), len(content)))}
        path.write_text(yaml.safe_dump(said, sort_keys=False, allow_unicode=True), encoding="utf-8")
        paths.append(path)
    return chance.sample(paths, len(paths))


@pytest.mark.parametrize("seed", [1, 2])
def test_rules_split_over_files_in_any_order_read_the_same(
    tmp_path: Path, shuffled: Callable[[int], Path], study: Study, seed: int
) -> None:
    paths = split(shuffled(seed), seed)
    rules = library.rulebook([(path, path.name) for path in paths])
    assert len({change.file for change in rules.changes}) > 1
    judged = analyse(library.resolve(), rules)
    assert read(judged.study) == read(study)


VERSE = """\
harms:
  - {key: bad_verse, name: bad verse, names: [bad verse], severity: 2, counts: true, basis: unknown}
"""
OVERLAYS = (
    "qualifiers:\n  - {id: feasibility.technical, amend: {effect: softens, add: {cue: [if it suits]}}}\n",
    "qualifiers:\n  - {id: temporal.soon, disable: true, reason: a test}\n" + VERSE,
    "qualifiers:\n  - {id: feasibility.technical, amend: {add: {cue: [if it pleases]}}}\n"
    + VERSE.replace("verse", "prose"),
)


def test_the_gaps_depend_neither_on_the_order_of_overlays_nor_on_the_hash_seed(tmp_path: Path) -> None:
    for number, content in enumerate(OVERLAYS):
        (tmp_path / f"{number}.yaml").write_text(f"pack: overlay\n{content}", encoding="utf-8")
    orders = {"0": "012", "1": "210", "random": "120"}

    def asked(order: str) -> list[list[str]]:
        overlays = [part for number in order for part in ("--rules", f"../{number}.yaml")]
        return [["gaps", "--all", *overlays, "--format", "json"]]

    with ThreadPoolExecutor(2) as pool:
        runs = [
            pool.submit(written, tmp_path / f"run-{seed}", seed, asked(order), tmp_path / f"cache-{seed}")
            for seed, order in orders.items()
        ]
        found = [next(iter(run.result().values())) for run in runs]
    told = [json.loads(content) for content in found]
    assert told[0]["results"] == told[1]["results"] == told[2]["results"]
    assert {one["rules"]["pack"] for one in told} == {
        " + ".join(["rules", *(f"../{number}.yaml" for number in order)]) for order in orders.values()
    }
    assert len({one["rules"]["sha256"] for one in told}) == 3, "the order is recorded"
    assert {harm for row in told[0]["results"] for harm in row["harms"]} >= {"bad_verse", "bad_prose"}


def test_the_gaps_are_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    asked = [["gaps", "--all", "--format", "json"]]
    with ThreadPoolExecutor(2) as pool:
        runs = [
            pool.submit(written, tmp_path / f"seed-{seed}", seed, asked, tmp_path / f"kept-{seed}")
            for seed in ("0", "1", "random")
        ]
        found = {next(iter(run.result().values())) for run in runs}
    assert len(found) == 1
