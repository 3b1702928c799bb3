"""Entries about words: what a duty does, what limits it, who may invoke that, and how texts name facts."""

from typing import Literal

from pydantic import Field, model_validator

from analyser.model.base import Basis, Breadth, Effect, Frozen, Function, Invocable, Kind, Level, Nature
from analyser.model.logic import Comparison
from analyser.rulebook.entries import Entry, RuleId, Text, Words
from analyser.rulebook.stems import pattern

ConnectiveRole = Literal[
    "and", "or", "nor", "unless", "if", "provided", "save_that", "not", "other_than", "but_not", "neither",
    "either", "both", "not_both", "but_not_both", "q0", "q1", "qall", "that", "participle", "ignore",
    "including", "namely", "case", "otherwise", "also", "further", "subject_to", "exemption", "main",
    "disapply", "be", "verb", "each", "noun", "document",
]  # fmt: skip


Direction = Literal["limits", "extends", "sharpens", "disclaims"]
Opener = Literal[
    "exception", "exclusion", "subject", "proviso", "extent", "only", "condition", "event", "relative",
    "having", "waiver", "permission", "instead",
]  # fmt: skip


class Examples(Frozen):
    """Sentences that a rule must read, and sentences that it must not."""

    match: Words = ()
    miss: Words = ()


class FunctionLabel(Entry):
    """What a function is called, what a provider does that serves it (`take it down`), the question it
    answers, and whom it protects.
    """

    key: Function
    name: str
    deed: str
    question: str
    protects: Literal["victims", "wrongly_moderated", "nobody_directly"]
    judged_once: bool = False
    note: Text = ""


class FunctionRule(Entry):
    """Words of a duty from which it is read what the duty does for people."""

    id: RuleId
    function: Function
    action: Words = ()
    object: Words = ()
    without: Words = ()
    breadth: Breadth
    harms: Literal["from_words", "application", "all"]
    rationale: str
    cites: Words = ()
    examples: Examples = Examples()


class FactTest(Frozen):
    """One comparison of one fact of a profile, e.g. channel = public."""

    fact: str
    op: Comparison = "="
    value: bool | int | str


class QualifierRule(Entry):
    """Words that limit a duty, and what they do to it; see docs for each field.

    `direction`: most words take from a duty (`limits`). Words that add to it or give back what others took
    (`extends`), or make it more exact (`sharpens`), are noted and are no exemption. Words that say what is
    not asked (`disclaims`) are one only where a duty of the text asks for it.

    `cue` holds phrases. A rule with `opens` reads whole clauses: those that open in one of these ways and
    name its ground, `about`: phrases in the language of cues, in which `abl*` is any word that so begins.
    Without `about` it takes those whose ground no other rule reads.
    """

    id: RuleId
    kind: Kind
    direction: Direction = "limits"
    nature: Nature
    effect: Effect
    level: Level
    cue: Words = ()
    opens: tuple[Opener, ...] = ()
    about: Words = ()
    needs: Words = ()
    unless: Words = ()
    scope: Literal["duty", "item", "measure"]
    targets: Words | None = None
    reaches_only: FactTest | None = None
    breadth: Breadth | None = None
    invocation: str | None = None
    precise_when: Words | None = None
    rationale: str
    cites: Words = ()
    examples: Examples = Examples()

    @model_validator(mode="after")
    def _reads_something(self) -> "QualifierRule":
        if not self.cue and not self.opens:
            raise ValueError("it has neither a `cue` nor a clause that it `opens`")
        if self.about:
            pattern(self.about)
        return self


class InvocationFeature(Frozen):
    """Whether a design feature lets a service invoke an exemption, and who argues it (`any`: any service)."""

    feature: str
    answer: Invocable
    why: str
    argued_by: Text = ""
    sources: Words = ()
    basis: Basis


class InvocationTable(Entry):
    """The answers for the rules that name this table."""

    key: str
    note: Text = ""
    features: tuple[InvocationFeature, ...]


class FactWords(Entry):
    """How texts name one fact of a service, and how sentences print it."""

    key: str
    type: Literal["flag", "ordinal", "number", "choice"]
    values: Words = ()
    kind: Kind
    phrases: Words = ()
    negative: Words = ()
    true_words: Text = ""
    false_words: Text = ""
    value_words: dict[str, str] = Field(default_factory=dict)
    holds: FactTest | None = None
    note: Text = ""


class Impossible(Entry):
    """A combination of facts that no service has."""

    id: str
    all_of: tuple[FactTest, ...]
    why: str


class Meaningless(Entry):
    """Cells that mean nothing on a service that lacks something, with the reason; no harms = every harm."""

    id: str
    harms: Words = ()
    functions: tuple[Function, ...] = ()
    regime: Literal["user-to-user", "search", "both"] = "both"
    needs: FactTest
    why: str


class Implication(Entry):
    """One fact that follows from another."""

    id: Text = ""
    given: FactTest = Field(alias="if")
    then: FactTest
    why: str


class Weight(Entry):
    """A number by which gaps are ordered, with its reason."""

    id: str
    value: float
    reason: str
