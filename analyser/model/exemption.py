"""Exemptions: qualifiers and failing applications read as ways out of a duty."""

from analyser.model.base import Basis, Effect, Frozen, Invocable, Kind, Level, Nature
from analyser.model.logic import Condition
from analyser.model.text import Span


class Answer(Frozen):
    """Whether one design feature lets a service invoke an exemption, and who says so."""

    feature: str
    answer: Invocable
    why: str
    argued_by: str = ""
    source: tuple[str, ...] = ()
    basis: Basis


class Literal(Frozen):
    """One limb of a failing application: a fact and the values at which it fails, e.g. size in
    (under_700k, 700k_to_7m)."""

    fact: str
    values: tuple[str | bool, ...]
    kind: Kind
    harms: tuple[str, ...] = ()


class Exemption(Frozen):
    """A way out: its words, the rule that read them, the duties it cuts, and who could claim it.

    A qualifier has `span`, `quote` and `duties` (ids). A failing application has `limbs` (all needed
    together), the measure's application span, cuts every duty of the measure, and `holds` says for which
    services. `reaches_only` is what a narrowing leaves binding, e.g. channel = public.
    """

    id: str
    measure: str
    provision: str
    span: Span
    quote: str
    kind: Kind
    nature: Nature
    effect: Effect
    level: Level
    rule: str
    duties: tuple[str, ...]
    limbs: tuple[Literal, ...] = ()
    holds: Condition | None = None
    reaches_only: Condition | None = None
    invocable_by: tuple[Answer, ...] = ()
    targets: tuple[str, ...] = ()
    excepted_by: tuple[str, ...] = ()
    made_precise_by: str = ""
    compensated_by: tuple[str, ...] = ()
    note: str = ""
    basis: Basis


class Suppressed(Frozen):
    """A candidate that a rule matched and a pseudo-cue or the place suppressed, kept for the trace."""

    rule: str
    measure: str
    provision: str
    span: Span
    quote: str
    kind: Kind
    why: str
