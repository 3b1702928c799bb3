"""A row as one line of cells: list fields joined by "; ", nested values as short sentences."""

from functools import singledispatch

from analyser.model.base import Frozen
from analyser.reporting.labels import Labels, plain, when_words
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
    return {field: _cell(getattr(row, field), labels) for field in type(row).model_fields}


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


_NAMED = {
    "services": Labels.services_of,
    "functions": Labels.function,
    "service": Labels.service,
    "harm": Labels.harm,
    "function": Labels.function,
    "state": Labels.state,
    "kinds": Labels.kind,
    "feature": Labels.feature,
    "kind": Labels.kind,
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
