"""The row of a comparison, exactly the fields of the published contract."""

from pydantic import ConfigDict, Field

from analyser.model.base import Frozen
from analyser.reporting.rows import Row, When


class Qualifier(Frozen):
    """Words that limit a duty, or the limbs that leave services out of a measure, on one side."""

    id: str
    provision: str
    kind: str
    nature: str
    effect: str
    level: str
    quote: str
    basis: str


class ChangedQualifier(Frozen):
    """A qualifier that is on both sides, in other words or with another effect."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    from_: Qualifier = Field(alias="from")
    to: Qualifier


class QualifierChanges(Frozen):
    """What was added, removed and changed between the two sides of a row."""

    added: tuple[Qualifier, ...] = ()
    removed: tuple[Qualifier, ...] = ()
    changed: tuple[ChangedQualifier, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


class GapMove(Frozen):
    """A rectangle of cells that became a gap, or ceased to be one, under `when`; `stays` says where they are
    a gap on both sides.

    `causes` are the ids of the exemptions that leave the gap, on the side that has it.
    """

    services: tuple[str, ...]
    harms: tuple[str, ...]
    functions: tuple[str, ...]
    when: When
    before: str
    after: str
    stays: When | None
    causes: tuple[str, ...]
    certain: bool
    basis: str


class GapChanges(Frozen):
    """The gaps that opened and closed by what a row tells."""

    opened: tuple[GapMove, ...] = ()
    closed: tuple[GapMove, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.opened or self.closed)


class CompareRow(Row):
    """A measure or paragraph of the one text beside what it became in the other; `from` and `to` name several
    with " + " between.

    `redline` is the text form `[-old-]{+new+}`; a row of a measure carries its title there, its application
    and its gaps.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    change: str
    certain: bool
    from_: str = Field(alias="from")
    to: str
    match_basis: str
    redline: str
    application: str
    qualifiers: QualifierChanges
    gaps: GapChanges
    basis: str

    @property
    def tells(self) -> bool:
        """Say whether the row tells of any change (text that cannot be compared is none)."""
        moved = self.change not in ("unchanged", "not_comparable")
        return moved or self.application not in ("", "same") or bool(self.qualifiers) or bool(self.gaps)
