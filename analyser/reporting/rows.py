"""One row model a table, exactly the fields of the published contract; every format is a thin writer over
these.
"""

from typing import Any, Literal

from pydantic import Field

from analyser.model.base import Frozen


class Row(Frozen):
    """A row of one table; its JSON form is `model_dump(mode="json", by_alias=True)` in field order."""

    @classmethod
    def fields(cls) -> dict[str, str]:
        """Return the fields in their order, each with the name under which it is printed."""
        return {field: info.alias or field for field, info in cls.model_fields.items()}


class WhenTerm(Frozen):
    """One comparison of a `when`, e.g. `size` in [under_700k, 700k_to_7m]."""

    fact: str
    op: Literal["=", "in"]
    value: str | bool | int | tuple[str, ...]


class WhenCase(Frozen):
    """Comparisons that hold together."""

    all_of: tuple[WhenTerm, ...]


class When(Frozen):
    """The condition of a row as a disjunction; one empty case means always."""

    any_of: tuple[WhenCase, ...] = (WhenCase(all_of=()),)


class InvocableBy(Frozen):
    """Whether a design feature lets a service invoke the exemption, and who says so."""

    feature: str
    answer: str
    why: str
    argued_by: str
    source: tuple[str, ...]
    basis: str


class Leaves(Frozen):
    """A rectangle of cells that an exemption leaves in a state under a condition."""

    services: tuple[str, ...]
    harms: tuple[str, ...]
    functions: tuple[str, ...]
    when: When
    state: str


class ExemptionRow(Row):
    """One exemption; `services`, `harms`, `functions` are an index (the union of `leaves`), never joined into
    a sentence.
    """

    id: str
    measure: str
    provision: str
    quote: str
    kind: str
    nature: str
    effect: str
    level: str
    rule: str
    limbs: tuple[str, ...]
    invocable_by: tuple[InvocableBy, ...]
    leaves: tuple[Leaves, ...]
    services: tuple[str, ...]
    harms: tuple[str, ...]
    functions: tuple[str, ...]
    compensated_by: tuple[str, ...]
    basis: str
    basis_detail: tuple[str, ...]


class Cause(Frozen):
    """One reason why a cell is open; `sufficient` when it alone leaves its duty without effect."""

    kinds: tuple[str, ...]
    measure: str
    provision: str
    quote: str
    rule: str
    effect: str
    exemption: str
    sufficient: bool


class Backstop(Frozen):
    """A statutory provision beside a gap, and whether the safe harbour displaces it."""

    provision: str
    says: str
    in_force_from: str
    in_force_at_revision: bool | None
    harms: tuple[str, ...]
    qualified_by: tuple[str, ...]
    after_safe_harbour: str
    why: str
    basis: str


class EvidenceLine(Frozen):
    """One published figure that bears on a gap."""

    id: str
    statement: str
    figure: str
    base: str
    period: str
    relation: str
    caveats: tuple[str, ...]
    source: tuple[str, ...]


class Closure(Frozen):
    """One change that would close the gap or a part of it, confirmed by judging the cell again."""

    change: str
    lever: str
    closes: str
    left_open: str
    barred_by: str


class GapRow(Row):
    """A rectangle of gap cells that share state, causes and condition."""

    id: str
    code: str
    revision: str
    state: str
    strength: str
    services: tuple[str, ...]
    harms: tuple[str, ...]
    functions: tuple[str, ...]
    when: When
    who: str
    causes: tuple[Cause, ...]
    partly_held_by: tuple[str, ...]
    by_design: str
    relevance: str
    expectation: str
    basis: str
    basis_detail: tuple[str, ...]
    statute_backstop: tuple[Backstop, ...]
    evidence: tuple[EvidenceLine, ...]
    what_would_close: tuple[Closure, ...]


class DutyRow(Row):
    """One normative statement."""

    id: str
    measure: str
    provision: str
    bearer: str
    force: str
    modality: str
    action: str
    object: str
    conditions: tuple[str, ...]
    timing: str
    functions: tuple[str, ...]
    harms: tuple[str, ...]
    breadth: str
    quote: str
    span: tuple[int, int]
    basis: str


class MatrixRow(Row):
    """One cell of the service type × harm × function matrix; capital letter = all scenarios, small = some."""

    service: str
    harm: str
    function: str
    state: str
    all_scenarios: bool
    letter: str
    when: When
    relevance: str


class CheckExemption(Frozen):
    """Whether the profile could invoke one exemption."""

    id: str
    invocable: str
    why: str


class CheckRow(Row):
    """One measure judged for one profile."""

    measure: str
    title: str
    applies: str
    because: tuple[str, ...]
    bites: str
    reach: str
    exemptions: tuple[CheckExemption, ...]


class Step(Frozen):
    """One step of an explanation, from the words to the people left uncovered."""

    node: str
    kind: str
    text: str
    quote: str
    basis: str


class Rejected(Frozen):
    """A candidate reading that was rejected, and why."""

    rule: str
    quote: str
    why: str


class ExplainRow(Row):
    """A path read aloud."""

    id: str
    steps: tuple[Step, ...]
    rejected: tuple[Rejected, ...]


class TryRow(Row):
    """What the rules find in a sentence typed in by an analyst."""

    quote: str
    kind: str
    nature: str
    effect: str
    duty: str
    suppressed: bool
    why: str


class RuleRow(Row):
    """One rule of the pack."""

    id: str
    pack: str
    kind: str
    nature: str
    effect: str
    level: str
    cues: tuple[str, ...]
    rationale: str
    file: str
    line: int


class LintRow(Row):
    """One result of testing or linting the rules."""

    rule: str
    file: str
    line: int
    ok: bool
    message: str


class CodeRow(Row):
    """One revision held by, or known to, the library."""

    code: str
    revision: str
    status: str
    issued: str
    in_force: str
    measures: int
    basis_counts: dict[str, int]


class ProvisionRow(Row):
    """One provision of a text as `codes show` prints it."""

    number: str
    measure: str
    part: str
    text: str
    number_basis: str
    text_basis: str
    amended_by: tuple[str, ...] = ()


class AsAtRow(Row):
    """One line of a text as at a date: its status, a notice of a pending change (`number` is its revision),
    an amendment that is not applied, or a provision.
    """

    kind: Literal["status", "notice", "not applied", "provision"]
    number: str = ""
    measure: str = ""
    part: str = ""
    text: str
    number_basis: str = ""
    text_basis: str = ""
    amended_by: tuple[str, ...] = ()


class TimelineRow(Row):
    """One dated event of a revision of a code; `amends` is the revision that an instrument amends."""

    date: str
    code: str
    revision: str
    event: str
    kind: str
    amends: str
    held: bool


class Tool(Frozen):
    """The tool that wrote an output."""

    name: str
    version: str


class InputFile(Frozen):
    """A file that went into a result."""

    path: str
    sha256: str


class RulesUsed(Frozen):
    """The rules that went into a result."""

    pack: str
    version: str
    sha256: str


class Envelope(Frozen):
    """What every JSON output wraps its rows in; `schema_` is printed as `schema`."""

    schema_: str = Field(serialization_alias="schema")
    tool: Tool
    inputs: tuple[InputFile, ...]
    rules: RulesUsed
    options: dict[str, Any]
    results: tuple[Row, ...]
