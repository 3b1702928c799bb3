"""Named protections that people expect and no duty gives, placed on the cells they matter to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analyser.applications.vocabulary import split
from analyser.coverage.beside import NOT_KNOWN, Beside
from analyser.coverage.study import Study
from analyser.coverage.survey import Cell
from analyser.model.base import Function, State
from analyser.reporting.rows import When, WhenCase, WhenTerm
from analyser.rulebook.models import Expectation, ServiceType

Place = tuple[str, str, Function]


@dataclass(frozen=True)
class Missing:
    """An expected protection that no duty gives, beside a cell that some other duty serves (`held_by`)."""

    name: str
    when: When
    relevance: str
    certain: bool
    held_by: tuple[tuple[str, bool], ...]


@dataclass
class Expected:
    """The unmet expectations: tagged on the cells that say it, kept beside them where the cell cannot."""

    tags: dict[Place, tuple[str, ...]]
    apart: tuple[tuple[Missing, Place], ...]

    def of_cell(self, cell: Cell, state: State) -> str:
        """Return the expectations that a no-measure cell leaves unmet."""
        if state is not State.NO_MEASURE:
            return ""
        return "; ".join(self.tags.get((cell.service, cell.harm, cell.function), ()))

    def beside_cells(self) -> Iterator[tuple[Missing, list[Place]]]:
        """Yield each unmet expectation that stands beside a cell, with its place."""
        for missing, place in self.apart:
            yield missing, [place]


def expectations(study: Study, cells: Sequence[Cell], beside: Beside) -> Expected:
    """Return the expectations of rules/expectations.yaml that no duty of the text meets."""
    by_place = {(cell.service, cell.harm, cell.function): cell for cell in cells}
    services = list(dict.fromkeys(cell.service for cell in cells))
    said = _said(study)
    tags: dict[Place, list[str]] = defaultdict(list)
    apart: list[tuple[Missing, Place]] = []
    for entry in study.rulebook.expectations:
        if entry.regime != study.revision.regime or _met(said, entry):
            continue
        harms = [harm for harm in study.revision.harms if "all" in entry.harms or harm in entry.harms]
        for service in services:
            when = _concerns(study.rulebook.service(service), entry)
            if when is None:
                continue
            for harm in harms:
                relevance = beside.relevance(service, harm)
                if not entry.services and relevance == NOT_KNOWN:
                    continue
                place = (service, harm, entry.function)
                states = {group.state for group in by_place[place].judgement.groups}
                if states <= {State.NO_MEASURE, State.NOT_APPLICABLE}:
                    tags[place].append(entry.id)
                else:
                    apart.append((_missing(entry, when, relevance, by_place[place]), place))
    return Expected({place: tuple(names) for place, names in tags.items()}, tuple(apart))


def _missing(entry: Expectation, when: When, relevance: str, cell: Cell) -> Missing:
    held = tuple((duty, True) for duty in cell.judgement.held_by)
    parts = tuple((duty, False) for duty in cell.judgement.partly_held_by)
    return Missing(entry.id, when, relevance, entry.certain, (*held, *parts))


def _met(said: Mapping[Function, Sequence[list[str]]], entry: Expectation) -> bool:
    wanted = [split(phrase) for phrase in entry.satisfied_by]
    return any(_stands(phrase, words) for words in said.get(entry.function, ()) for phrase in wanted)


def _said(study: Study) -> dict[Function, list[list[str]]]:
    """Return the words of the duties that serve each function."""
    found: dict[Function, list[list[str]]] = {}
    for duty in study.duties:
        words = split(duty.quote)
        for function in duty.functions:
            found.setdefault(function, []).append(words)
    return found


def _stands(phrase: list[str], words: list[str]) -> bool:
    return any(words[at : at + len(phrase)] == phrase for at in range(len(words) - len(phrase) + 1))


def _concerns(service: ServiceType | None, entry: Expectation) -> When | None:
    """Return where among the services of a type the expectation matters, None when nowhere."""
    if service is None or (entry.services and service.key not in entry.services):
        return None
    wanted = (
        [(f"functionality.{entry.functionality}", entry.functionality, True)] if entry.functionality else []
    )
    if entry.only_where is not None:
        fact = entry.only_where.fact
        wanted.append((fact, fact.removeprefix("functionality."), bool(entry.only_where.value)))
    terms = []
    for fact, key, value in wanted:
        known = service.facts.get(key)
        if isinstance(known, bool) and known is not value:
            return None
        if not isinstance(known, bool):
            terms.append(WhenTerm(fact=fact, op="=", value=value))
    return When(any_of=(WhenCase(all_of=tuple(terms)),))
