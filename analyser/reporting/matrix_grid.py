"""Matrix rows as grids: one a function, harms down, service types across."""

from collections.abc import Iterable

from analyser.model.base import Frozen, Function
from analyser.reporting.labels import Labels
from analyser.reporting.rows import MatrixRow
from analyser.reporting.words import LETTERS


class Grid(Frozen):
    """The cells of one function: a line a harm, in the order of `services`, None where there is no cell."""

    function: str
    services: tuple[str, ...]
    harms: tuple[str, ...]
    cells: tuple[tuple[MatrixRow | None, ...], ...]


def grids(rows: Iterable[MatrixRow]) -> tuple[Grid, ...]:
    """Return one grid a function in the contract's order; services and harms as the rows name them."""
    by_function: dict[str, dict[tuple[str, str], MatrixRow]] = {}
    for row in rows:
        by_function.setdefault(row.function, {})[row.harm, row.service] = row
    order = [str(function) for function in Function]
    functions = sorted(by_function, key=lambda key: (order.index(key) if key in order else len(order), key))
    return tuple(_grid(function, by_function[function]) for function in functions)


def _grid(function: str, cells: dict[tuple[str, str], MatrixRow]) -> Grid:
    harms = tuple(dict.fromkeys(harm for harm, _ in cells))
    services = tuple(dict.fromkeys(service for _, service in cells))
    lines = tuple(tuple(cells.get((harm, service)) for service in services) for harm in harms)
    return Grid(function=function, services=services, harms=harms, cells=lines)


def letter_words(row: MatrixRow, labels: Labels) -> str:
    """Say a letter aloud: "E: escapable in all scenarios", "-: not applicable"."""
    state = labels.state(row.state)
    if row.state == "not_applicable":
        return f"{row.letter}: {state}"
    return f"{row.letter}: {state} in {'all' if row.all_scenarios else 'some'} scenarios"


def legend(labels: Labels) -> tuple[tuple[str, str, str], ...]:
    """Return letter, name and meaning of each state."""
    return tuple(
        (letter, labels.state(state), labels.states[state].means)
        for state, letter in LETTERS.items()
        if state in labels.states
    )


LETTER_RULE = (
    "A capital letter holds in all scenarios at medium or high risk, a small letter in some of them."
)
