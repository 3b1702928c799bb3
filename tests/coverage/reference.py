"""Section 8 of the design read again, one scenario at a time and without masks, to hold the cells against."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from random import Random

from analyser.coverage.frame import Frame
from analyser.coverage.study import Study
from analyser.coverage.survey import Cell
from analyser.exemptions.features import feature_atom
from analyser.logic.evaluate import Judge, evaluate
from analyser.model.base import GAP_STATES, Breadth, Effect, Force, Invocable, Level, Nature, State, Truth
from analyser.model.duty import Duty
from analyser.model.logic import Atom

LEVELS = ("negligible", "low", "medium", "high")
AGES = ("none", "existing", "highly_effective")
Service = Mapping[str, tuple[object, ...]]


@dataclass(frozen=True)
class Verdict:
    """What one scenario of a cell comes to."""

    state: State
    by_design: bool = False
    strength: Invocable | None = None
    causes: frozenset[str] = frozenset()

    @property
    def is_gap(self) -> bool:
        """Say whether nothing binding covers the scenario, and not because the harm itself is low there."""
        return self.state in GAP_STATES and not self.by_design


# --- scenarios as services ---


def scenarios(frame: Frame, most: int = 60) -> Iterator[tuple[int, Service]]:
    """Yield the possible scenarios as bits, each with a service in it; of many, a fixed choice of `most`."""
    ratings = _ratings(frame)
    points = [
        (1 << place, values)
        for place, values in enumerate(product(*(range(size) for size in frame.space.sizes)))
        if frame.possible >> place & 1
    ]
    if len(points) > most:
        points = Random(len(points)).sample(points, most)
    for bit, places in points:
        key = tuple(
            (dimension.fact, str(dimension.values[place]))
            for dimension, place in zip(frame.dimensions, places, strict=True)
            if dimension.harms or dimension.fact.startswith("risk.")
        )
        if key in ratings:
            yield bit, _service(frame, places, ratings[key])


def _ratings(frame: Frame) -> dict[tuple[tuple[str, str], ...], dict[str, str]]:
    """Return, for each combination of counts and single risks, one way to rate the other kinds of harm."""
    counts = [dimension for dimension in frame.dimensions if dimension.harms]
    lone = [one.fact.removeprefix("risk.") for one in frame.dimensions if one.fact.startswith("risk.")]
    families: dict[tuple[bool, ...], list[str]] = {}
    for harm in sorted({harm for dimension in counts for harm in dimension.harms} - set(lone)):
        families.setdefault(tuple(harm in dimension.harms for dimension in counts), []).append(harm)
    found: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    for numbers in product(*(range(min(len(harms), 3) + 1) for harms in families.values())):
        rated = {
            harm: "medium" if place < number else "low"
            for number, harms in zip(numbers, families.values(), strict=True)
            for place, harm in enumerate(harms)
        }
        for levels in product(("low", "medium", "high"), repeat=len(lone)):
            every = rated | dict(zip(lone, levels, strict=True))
            key = []
            for dimension in frame.dimensions:
                if dimension.harms:
                    at = sum(every[harm] != "low" for harm in dimension.harms)
                    key.append((dimension.fact, str(dimension.values[min(at, len(dimension.values) - 1)])))
                elif dimension.fact.startswith("risk."):
                    level = every[dimension.fact.removeprefix("risk.")]
                    key.append((dimension.fact, "low_or_negligible" if level == "low" else level))
            found.setdefault(tuple(key), every)
    return found


def _service(frame: Frame, places: tuple[int, ...], ratings: Mapping[str, str]) -> Service:
    edges = (0, *(bound + 1 for bound in frame.bounds), 1_000_000_001)
    service: dict[str, tuple[object, ...]] = {f"risk.{harm}": (level,) for harm, level in ratings.items()}
    for dimension, place in zip(frame.dimensions, places, strict=True):
        value = dimension.values[place]
        if dimension.fact == "risk":
            service[f"risk.{frame.own.harm}"] = (
                ("negligible", "low") if value == "low_or_negligible" else (value,)
            )
        elif dimension.fact == "size":
            band = {"under_700k": 0, "700k_to_7m": 1, "large": 2}[str(value)]
            service["uk_monthly_users"] = (edges[band], edges[band + 1] - 1)
        elif dimension.fact == "age_determination":
            service[dimension.fact] = AGES[1:] if value == "existing_or_better" else (value,)
        elif not dimension.harms and not dimension.fact.startswith("risk."):
            service[dimension.fact] = (value,)
    own = f"risk.{frame.own.harm}"
    if frame.own.parent and own in service:
        service[f"risk.{frame.own.parent}"] = service[
            own
        ]  # a kind is rated with the part that the cell is about
    return service


def judge(service: Service) -> Judge:
    """Return the judge of one service: a fact nobody gives is unknown."""

    def said(atom: Atom) -> Truth:
        truths = {_holds(atom, value) for value in service.get(atom.fact, ())}
        return Truth.UNKNOWN if len(truths) != 1 else Truth.YES if truths == {True} else Truth.NO

    return said


def _holds(atom: Atom, value: object) -> bool:
    scale = LEVELS if atom.fact.startswith("risk.") else AGES if atom.fact == "age_determination" else None
    left, right = (scale.index(str(value)), scale.index(str(atom.value))) if scale else (value, atom.value)
    if atom.op in ("=", "!="):
        return (left == right) is (atom.op == "=")
    assert isinstance(left, int)
    assert isinstance(right, int)
    return {">": left > right, ">=": left >= right, "<": left < right, "<=": left <= right}[atom.op]


# --- the reading of section 8 ---


class Reference:
    """Judges scenarios of the cells of one study."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def duties(self, cell: Cell) -> list[tuple[Duty, Breadth]]:
        """Return the duties that ask for a cell's function for its harm; a permission asks for nothing."""
        return [
            (duty, reach.breadth)
            for duty in self.study.duties
            if duty.force is not Force.PERMITTED
            for reach in duty.reaches
            if (reach.function, reach.harm) == (cell.function, cell.harm)
        ]

    def verdict(self, cell: Cell, service: Service, without: Collection[str] = ()) -> Verdict:
        """Say what a scenario of a cell comes to, with some exemptions struck out of the text."""
        answers = judge(service)
        for entry in self.study.rulebook.constraints.meaningless:
            concerned = cell.function in entry.functions and (not entry.harms or cell.harm in entry.harms)
            need = Atom(fact=entry.needs.fact, op=entry.needs.op, value=entry.needs.value)
            if concerned and answers(need) is Truth.NO:
                return Verdict(State.NOT_APPLICABLE)
        duties = self.duties(cell)
        if not duties:
            return Verdict(State.NO_MEASURE)
        whole = [duty for duty, breadth in duties if breadth is Breadth.WHOLE]
        states = [self.duty(duty, answers, without) for duty in whole or [duty for duty, _ in duties]]
        by_name: dict[str, set[str]] = {}
        for name, reasons in states:
            by_name.setdefault(name, set()).update(reasons)
        if "binding" in by_name:
            return Verdict(State.COVERED if whole else State.WEAKENED)
        if "softened" in by_name:
            return Verdict(State.WEAKENED)
        if "unknown" in by_name:
            return Verdict(State.UNKNOWN)
        for name in (Invocable.ARGUABLE, Invocable.YES):
            if name.value in by_name:
                return Verdict(State.ESCAPABLE, False, name, frozenset(by_name[name.value]))
        own = Atom(fact=f"risk.{cell.harm}", op=">=", value="medium")
        if service.get(own.fact) and answers(own) is Truth.NO:
            return Verdict(State.OUT_OF_SCOPE, by_design=True)
        return Verdict(State.OUT_OF_SCOPE, causes=frozenset(by_name["excluded"]))

    def duty(self, duty: Duty, answers: Judge, without: Collection[str]) -> tuple[str, set[str]]:
        """Return the state of one duty for one service, and the exemptions that are its reasons."""
        standing = [one for one in self.study.exemptions if duty.id in one.duties and one.id not in without]
        out = {
            one.id
            for one in standing
            if one.nature is Nature.APPLICATION and one.holds and evaluate(one.holds, answers) is Truth.YES
        }
        words = [one for one in standing if one.nature in (Nature.EXCEPTION, Nature.LIMIT)]
        out |= {
            one.id
            for one in words
            if one.level is Level.MATERIAL
            and one.reaches_only
            and evaluate(one.reaches_only, answers) is Truth.NO
        }
        if out:
            return "excluded", out
        struck = any(
            self.study.by_id[one].measure == duty.measure for one in without if one in self.study.by_id
        )
        applies = evaluate(self.study.applications[duty.measure].condition, answers)
        assert struck or applies is not Truth.NO, "an application that is false is always a limb"
        if applies is Truth.UNKNOWN and not struck:
            return "unknown", set()
        claims: dict[Invocable, set[str]] = {Invocable.YES: set(), Invocable.ARGUABLE: set()}
        for one in words:
            if one.effect is Effect.LIFTS and not one.reaches_only:
                for answer in one.invocable_by:
                    atom = feature_atom(answer.feature)
                    if answer.answer in claims and (atom is None or answers(atom) is Truth.YES):
                        claims[answer.answer].add(one.id)
        for strength in (Invocable.YES, Invocable.ARGUABLE):
            if claims[strength]:
                return strength.value, claims[Invocable.YES] | claims[Invocable.ARGUABLE]
        if any(one.effect is Effect.SOFTENS and one.level is Level.MATERIAL for one in words):
            return "softened", set()
        return "binding", set()
