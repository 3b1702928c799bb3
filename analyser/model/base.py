"""Closed vocabularies and the frozen base of every value (keys as published in the contract)."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value that never changes once made and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Basis(StrEnum):
    """How a thing is known, strongest first."""

    OFFICIAL = "official"
    QUOTED = "quoted"
    SECONDARY = "secondary"
    RECALL_HIGH = "recall-high"
    RECALL_MEDIUM = "recall-medium"
    RECALL_LOW = "recall-low"
    UNKNOWN = "unknown"


_BASIS_ORDER = {basis: rank for rank, basis in enumerate(Basis)}


def weakest(bases: Iterable[Basis]) -> Basis:
    """Return the weakest of several bases, `unknown` when there is none.

    >>> weakest([Basis.QUOTED, Basis.RECALL_HIGH])
    <Basis.RECALL_HIGH: 'recall-high'>
    """
    return max(bases, key=_BASIS_ORDER.__getitem__, default=Basis.UNKNOWN)


def is_quotable(basis: Basis) -> bool:
    """Say whether quotation marks may stand around words known in this way (design, section 5)."""
    return basis in (Basis.OFFICIAL, Basis.QUOTED)


class Kind(StrEnum):
    """What an exemption turns on."""

    FEASIBILITY = "feasibility"
    PROPORTIONALITY = "proportionality"
    SIZE_THRESHOLD = "size_threshold"
    RISK_THRESHOLD = "risk_threshold"
    CHANNEL_CARVE_OUT = "channel_carve_out"
    CONTENT_CARVE_OUT = "content_carve_out"
    FUNCTIONALITY_PRECONDITION = "functionality_precondition"
    AGE_PRECONDITION = "age_precondition"
    AUDIENCE_PRECONDITION = "audience_precondition"
    CATEGORY_PRECONDITION = "category_precondition"
    KNOWLEDGE_CONDITION = "knowledge_condition"
    DISCRETION = "discretion"
    VAGUE_STANDARD = "vague_standard"
    ALTERNATIVE_COMPLIANCE = "alternative_compliance"
    TEMPORAL = "temporal"


class Nature(StrEnum):
    """How the words work on the duty."""

    EXCEPTION = "exception"
    LIMIT = "limit"
    APPLICATION = "application"
    TRIGGER = "trigger"
    PERMISSION = "permission"


class Effect(StrEnum):
    """What is left of the duty: nothing, a part, or an open standard."""

    LIFTS = "lifts"
    NARROWS = "narrows"
    SOFTENS = "softens"


class Level(StrEnum):
    """Whether a softening moves the state of a cell (material) or is only printed beside it (minor)."""

    MATERIAL = "material"
    MINOR = "minor"


class Truth(StrEnum):
    """Three-valued truth."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Invocable(StrEnum):
    """Whether a design feature lets a service invoke an exemption."""

    YES = "yes"
    ARGUABLE = "arguable"
    NO = "no"
    UNKNOWN = "unknown"


class State(StrEnum):
    """How well the code covers a cell."""

    COVERED = "covered"
    WEAKENED = "weakened"
    ESCAPABLE = "escapable"
    OUT_OF_SCOPE = "out_of_scope"
    NO_MEASURE = "no_measure"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


GAP_STATES = (State.ESCAPABLE, State.OUT_OF_SCOPE, State.NO_MEASURE)


class Function(StrEnum):
    """What a duty does for people."""

    GOVERN = "govern"
    PREVENT = "prevent"
    DETECT = "detect"
    REVIEW = "review"
    TAKE_DOWN = "take_down"
    ACCOUNT_ACTION = "account_action"
    REPORT_AND_COMPLAIN = "report_and_complain"
    REDRESS = "redress"
    USER_CONTROL = "user_control"
    SUPPORT = "support"
    INFORM = "inform"
    CRISIS = "crisis"


class Breadth(StrEnum):
    """Whether a duty serves a function for the whole of a harm or a part of it."""

    WHOLE = "whole"
    PART = "part"


class Force(StrEnum):
    """The force of a normative statement."""

    RECOMMENDED = "recommended"
    STATUTORY = "statutory"
    PERMITTED = "permitted"
