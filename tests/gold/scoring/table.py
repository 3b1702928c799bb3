"""The table of scores, by part of the gold set and level, with the floors below which it may not fall."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from analyser.model.base import Kind
from analyser.rulebook.models import Rulebook

from .judging import Judged, judge
from .tally import Count, Score, score
from .units import GOLD, Part, units

PARTS: tuple[Part, ...] = ("codes", "seen", "sealed")
LEVELS = (
    "duty", "fields", "cue", "kind", "nature", "effect", "level", "way out", "made precise", "attachment",
    "traps", "application", "cell",
)  # fmt: skip
FIELDS = ("bearer", "force", "modality", "negated", "action", "object", "timing", "conditions")
FLOORS = GOLD / "floors.yaml"
METHOD = GOLD.parents[1] / "docs" / "method.md"
_TABLE = re.compile(r"(<!-- score -->\n).*?(<!-- /score -->)", re.DOTALL)


@dataclass(frozen=True)
class Scored:
    """The scores of a part, and the faults of its units."""

    units: int
    scores: dict[str, Score]
    faults: dict[str, list[str]]


def score_part(part: Part, rulebook: Rulebook) -> Scored:
    """Judge every unit of a part."""
    judged = {unit.name: judge(unit) for unit in units(part, rulebook)}
    return Scored(
        units=len(judged),
        scores={level: score(_counts(level, list(judged.values()))) for level in every_level()},
        faults={name: one.faults for name, one in judged.items() if one.faults},
    )


def every_level() -> tuple[str, ...]:
    """Return the levels in the order of the table: the main ones, the fields of duties, the kinds."""
    return (*LEVELS, *(f"field {name}" for name in FIELDS), *(f"kind {kind}" for kind in Kind))


def _counts(level: str, judged: Sequence[Judged]) -> list[Count]:
    return [one.counts.get(level, Count()) for one in judged]


def floors(path: Path = FLOORS) -> dict[str, dict[str, dict[str, float]]]:
    """Return the floors: part, level, measure (precision, recall, f1) and the least it may be."""
    return yaml.safe_load(path.read_text("utf-8")) or {}


def below(found: Mapping[str, Scored], least: Mapping[str, Mapping[str, Mapping[str, float]]]) -> list[str]:
    """Return what fell below its floor, in words; a floor for what is not scored is a fault too."""
    complaints = []
    for part, levels in least.items():
        for level, measures in levels.items():
            for measure, floor in measures.items():
                line = found[part].scores.get(level) if part in found else None
                value = getattr(line, measure).value if line else None
                if value is None:
                    complaints.append(f"{part}, {level}: {measure} is not scored, and has a floor of {floor}")
                elif value < floor:
                    complaints.append(
                        f"{part}, {level}: {measure} is {value:.4f}, below its floor of {floor}"
                    )
    return complaints


def lines(found: Mapping[str, Scored], kinds: bool = True) -> list[str]:
    """Return the table as lines of Markdown."""
    shown = ["| part | level | labels | precision | recall | F1 |", "|---|---|---:|---|---|---|"]
    for part, scored in found.items():
        for level, one in scored.scores.items():
            if one.labels or one.precision.value is not None:
                if not kinds and level not in LEVELS:
                    continue
                shown.append(
                    f"| {part} | {level} | {one.labels} | {one.precision} | {one.recall} | {one.f1} |"
                )
    return shown


def with_table(page: str, found: Mapping[str, Scored]) -> str:
    """Return docs/method.md with the table of the main levels, part by part, between its marks."""
    table = "\n".join(lines(found, kinds=False))
    return _TABLE.sub(lambda match: f"{match[1]}{table}\n{match[2]}", page)
