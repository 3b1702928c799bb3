"""Files of decisions and what commands print, as these tests write and read them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

FEASIBLE = "icu/2025-02-24/C2.2#feasibility-1"
SWIFTLY = "icu/2025-02-24/C2.2#vague_standard-2"
Edit = dict[str, dict[str, object]]


class Ran(NamedTuple):
    """What a command left behind: its exit code, its data, and what it said beside them."""

    code: int
    out: str
    err: str


Codegap = Callable[..., Ran]


def decisions_of(path: Path) -> list[dict[str, Any]]:
    """Return the entries of a file of decisions."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))["decisions"]
    assert isinstance(found, list)
    return found


def results(ran_out: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a JSON output by their ids."""
    return {row["id"]: row for row in json.loads(ran_out)["results"]}


def entry(finding: str, verdict: str, **more: object) -> dict[str, object]:
    """Return a decision as a file holds it."""
    held: dict[str, object] = {"finding": finding, "verdict": verdict, "reviewer": "A. Reader"}
    held |= {"date": "2026-11-20", "reason": "looked at"}
    return held | more


def file_of(folder: Path, *entries: dict[str, object], name: str = "decisions.yaml") -> str:
    """Write a file of decisions and return its name."""
    text = yaml.safe_dump({"decisions": list(entries)}, sort_keys=False)
    (folder / name).write_text(text, encoding="utf-8")
    return name


def ran(command: Codegap, *arguments: str) -> str:
    """Run a command that should end well and return its data."""
    found = command(*arguments)
    assert found.code == 0, found.err
    return found.out
