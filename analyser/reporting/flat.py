"""A row as one line of cells: list fields joined by "; ", nested values as short sentences."""

from collections.abc import Callable
from functools import singledispatch

from analyser.model.base import Frozen
from analyser.reporting.compare_rows import GapChanges, GapMove, Qualifier, QualifierChanges
from analyser.reporting.labels import Labels, listed, plain, when_words
from analyser.reporting.phrases import LeftOpen, harm_cell, left_open
from analyser.reporting.rows import (
    Backstop,
    Cause,
    CheckExemption,
    Closure,
    EvidenceLine,
    ExemptionRow,
    InvocableBy,
    Leaves,
    Rejected,
    Row,
    Step,
    When,
)
from analyser.reporting.wording import place_words, wording, words_basis

Cell = str | int | float | bool

_KEYS = Labels()


def flatten(row: Frozen, labels: Labels = _KEYS) -> dict[str, Cell]:
    """Return a row as cells by field; keys stay keys, as scripts expect them.

    E.g. harms "terrorism; fraud", when "end-to-end encrypted", causes "ICU C2.2: technically feasible
    [feasibility]".
    """
    names = type(row).fields() if isinstance(row, Row) else {field: field for field in type(row).model_fields}
    return {name: _cell(getattr(row, field), labels) for field, name in names.items()}


def flatten_in_words(row: Frozen, labels: Labels) -> dict[str, Cell]:
    """Return a row as cells for a person: keys as names, and words of a code marked by how they are known."""
    cells = flatten(row, labels)
    for field, value in cells.items():
        name = _NAMED.get(field)
        if name is None:
            continue
        held = getattr(row, field)
        keys = held if isinstance(held, tuple) else (held,)
        cells[field] = "; ".join(name(labels, str(key)) for key in keys) if value != "" else ""
    if "harms" in cells:
        cells["harms"] = harm_cell(getattr(row, "harms", ()), labels)
    if isinstance(row, ExemptionRow):
        cells["leaves"] = "; ".join(_left(left) for left in left_open(row.leaves, labels))
    if "provision" in cells:
        cells["provision"] = place_words(str(cells["provision"]))
    quote = getattr(row, "quote", None)
    basis = getattr(row, "basis", None)
    if isinstance(quote, str) and isinstance(basis, str):
        cells["quote"] = str(wording(quote, words_basis(basis, getattr(row, "basis_detail", ()))))
    return cells


def shown(cell: Cell) -> str:
    """Return a cell as a person reads it: yes and no for a truth."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell)


_NAMED: dict[str, Callable[[Labels, str], str]] = {
    "services": Labels.services_of,
    "functions": Labels.function,
    "service": Labels.service,
    "harm": Labels.harm,
    "function": Labels.function,
    "state": Labels.state,
    "kinds": Labels.kind,
    "feature": Labels.feature,
    "kind": Labels.kind,
    "change": lambda labels, key: plain(key),
}


def _cell(value: object, labels: Labels) -> Cell:
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return "; ".join(sentence(entry, labels) for entry in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {entry}" for key, entry in value.items())
    return sentence(value, labels)


@singledispatch
def sentence(value: object, labels: Labels) -> str:
    """Return a nested value as one short sentence; a plain value as itself."""
    return str(value)


@sentence.register
def _(value: When, labels: Labels) -> str:
    return when_words(value, labels)


@sentence.register
def _(value: Cause, labels: Labels) -> str:
    marks = [labels.kind(kind) for kind in value.kinds] + (["sufficient"] if value.sufficient else [])
    place = value.provision or value.measure
    words = (
        f"{place}: {value.quote}" if place and value.quote else place or value.quote or plain(value.effect)
    )
    return f"{words} [{', '.join(marks)}]" if marks else words


@sentence.register
def _(value: InvocableBy, labels: Labels) -> str:
    argued = f" (argued by {value.argued_by})" if value.argued_by else ""
    return f"{labels.feature(value.feature)}: {value.answer}{argued}"


@sentence.register
def _(value: Leaves, labels: Labels) -> str:
    return _left(*left_open((value,), labels))


def _left(left: LeftOpen) -> str:
    condition = left.when.full or left.when.short
    when = f", when {condition}" if condition else ""
    harms = left.harms.full or left.harms.short
    services = left.services.full or left.services.short
    return f"{services}: {left.functions} for {harms}{when} ({left.state_name})"


@sentence.register
def _(value: Backstop, labels: Labels) -> str:
    since = f", in force from {value.in_force_from}" if value.in_force_from else ", date of force not known"
    return f"{value.provision}{since}: {plain(value.after_safe_harbour)}, {value.why}"


@sentence.register
def _(value: EvidenceLine, labels: Labels) -> str:
    origin = ", ".join(part for part in (value.period, value.relation) if part)
    return f"{value.statement} ({origin})" if origin else value.statement


@sentence.register
def _(value: Closure, labels: Labels) -> str:
    barred = f"; barred: {value.barred_by}" if value.barred_by else ""
    left = f", leaves open {value.left_open}" if value.left_open else ""
    return f"{value.change} (lever: {value.lever}; closes {value.closes}{left}{barred})"


@sentence.register
def _(value: CheckExemption, labels: Labels) -> str:
    return f"{value.id}: {value.invocable}, {value.why}" if value.why else f"{value.id}: {value.invocable}"


@sentence.register
def _(value: Step, labels: Labels) -> str:
    return f"{value.kind}: {value.text}"


@sentence.register
def _(value: Rejected, labels: Labels) -> str:
    return f"{value.rule}: {value.quote}, {value.why}"


@sentence.register
def _(value: QualifierChanges, labels: Labels) -> str:
    told = [f"added: {sentence(one, labels)}" for one in value.added]
    told += [f"removed: {sentence(one, labels)}" for one in value.removed]
    told += [f"changed: {sentence(one.from_, labels)} → {sentence(one.to, labels)}" for one in value.changed]
    return "; ".join(told)


@sentence.register
def _(value: Qualifier, labels: Labels) -> str:
    marks = f"{labels.kind(value.kind)}, {value.effect}{', minor' if value.level == 'minor' else ''}"
    words = value.quote if value.nature == "application" else wording(value.quote, value.basis)
    return f"{words} ({marks})"


@sentence.register
def _(value: GapChanges, labels: Labels) -> str:
    told = [f"opened: {sentence(one, labels)}" for one in value.opened]
    return "; ".join(told + [f"closed: {sentence(one, labels)}" for one in value.closed])


@sentence.register
def _(value: GapMove, labels: Labels) -> str:
    functions = listed(labels.function(key) for key in value.functions)
    services = listed(labels.services_of(key) for key in value.services)
    condition = when_words(value.when, labels)
    states = f"before {labels.state(value.before)}, now {labels.state(value.after)}"
    stays = when_words(value.stays, labels) if value.stays is not None else ""
    rest = "" if value.stays is None else f"; a gap before and now{f' where {stays}' if stays else ''}"
    doubt = "" if value.certain else "; not certain"
    where = f", where {condition}" if condition else ""
    harms = harm_cell(value.harms, labels)
    return f"{functions} for {harms} on {services}{where} ({states}{rest}{doubt})"
