"""The parts of a report as they are read: nothing but words, numbers and references, ready to print."""

from analyser.model.base import Frozen
from analyser.reporting.phrases import LeftOpen, Names
from analyser.reporting.wording import Wording


class Reference(Frozen):
    """A name with the place it leads to; `href` is empty where it leads nowhere."""

    name: str
    href: str = ""


class HeadlineView(Frozen):
    """A headline with its words and the gaps it rests on."""

    sentence: str
    words: Wording
    provision: str
    basis: str
    gaps: tuple[Reference, ...]
    more_gaps: int
    beside: str = ""


class ClaimView(Frozen):
    """Who could claim an exemption, who says so, and how that is known.

    Where a measure does not apply nobody need claim anything: `feature` is empty, `says` a sentence.
    """

    feature: str
    answer: str
    says: str
    why: str
    argued_by: str
    sources: tuple[Reference, ...]
    basis: str


class ExemptionView(Frozen):
    """An exemption as one line of the table."""

    anchor: str
    id: str
    words: Wording
    measure: str
    provision: str
    kind: str
    kind_means: str
    effect: str
    level: str
    application: bool
    limbs: str
    claims: tuple[ClaimView, ...]
    leaves: tuple[LeftOpen, ...]
    compensated_by: str
    rule: str
    basis: str
    basis_detail: str
    decision: "DecisionView | None" = None


class DecisionView(Frozen):
    """What reviewers decided on a finding: the verdict in a word, the class that marks it, and by whom, when
    and why.
    """

    verdict: str
    style: str
    says: str


class CauseView(Frozen):
    """One cause of a gap; `exemption` leads to its line in the table of exemptions."""

    words: Wording
    place: str
    kinds: str
    effect: str
    rule: str
    sufficient: bool
    exemption: Reference


class StatuteView(Frozen):
    """A provision of the Act beside a gap."""

    provision: str
    says: str
    force: str
    standing: str
    qualified_by: str
    basis: str


class EvidenceView(Frozen):
    """A published figure: what it says of the gap it stands beside, and where all of it is told."""

    statement: str
    relation: str
    told: Reference


class FigureView(Frozen):
    """A published figure in full, with what it does not say."""

    anchor: str
    id: str
    statement: str
    base: str
    caveats: tuple[str, ...]
    sources: tuple[Reference, ...]


class ClosureView(Frozen):
    """A change that would close a gap."""

    change: str
    lever: str
    closes: str
    left_open: str
    barred_by: str


class GapView(Frozen):
    """A gap as one entry of the list."""

    anchor: str
    id: str
    number: int
    title: str
    state: str
    state_name: str
    strength: str
    functions: str
    harms: Names
    services: Names
    who: str
    condition: Names
    causes: tuple[CauseView, ...]
    partly_held_by: str
    by_design: str
    relevance: str
    expectation: str
    statute: tuple[StatuteView, ...]
    evidence: tuple[EvidenceView, ...]
    more_evidence: tuple[Reference, ...]
    closures: tuple[ClosureView, ...]
    order_reason: str
    basis: str
    basis_detail: str
    decision: DecisionView | None = None
    rests_on: tuple[Reference, ...] = ()
    rests_says: str = ""
