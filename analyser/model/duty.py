"""Duties: one normative statement each, with what it does, for which harms, and how widely."""

from analyser.model.base import Basis, Breadth, Force, Frozen, Function
from analyser.model.text import Span


class Reach(Frozen):
    """That a duty serves one function for one harm, how widely, and which rule says so."""

    function: Function
    harm: str
    breadth: Breadth
    rule: str
    why: str = ""


class Duty(Frozen):
    """One normative statement of a provision.

    `span` covers the statement with its items; `scope` lists the spans whose words the statement carries
    (lead-in, item, tail). Example: `icu/2025-02-24/C2.2/d1`, bearer `the provider`, modality `should`, action
    `have`, timing `swiftly`.
    """

    id: str
    measure: str
    provision: str
    span: Span
    quote: str
    scope: tuple[Span, ...]
    bearer: str
    force: Force
    modality: str
    negated: bool = False
    action: str
    object: str
    conditions: tuple[str, ...] = ()
    timing: str = ""
    items: tuple[str, ...] = ()
    reaches: tuple[Reach, ...] = ()
    basis: Basis = Basis.UNKNOWN

    @property
    def functions(self) -> tuple[Function, ...]:
        """The functions the duty serves, in the order of the contract."""
        served = {reach.function for reach in self.reaches}
        return tuple(function for function in Function if function in served)

    @property
    def harms(self) -> tuple[str, ...]:
        """The harms the duty serves, sorted by key."""
        return tuple(sorted({reach.harm for reach in self.reaches}))
