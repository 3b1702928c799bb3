"""How the decisions of a file stand on one text: made on it, carried to it, re-opened, stale, or aside."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analyser.compare.similarity import plain
from analyser.decisions.file import DecisionFile
from analyser.decisions.findings import Findings, Opener
from analyser.decisions.follow import Followed, Follower
from analyser.decisions.model import EXEMPTION, GAP, IN_FORCE, Decision, Status, Verdict


@dataclass(frozen=True)
class Settled:
    """How one decision stands: the finding here (empty when gone), the words then and now, and why."""

    number: int
    decision: Decision
    status: Status
    finding: str = ""
    then: str = ""
    now: str = ""
    why: str = ""


@dataclass(frozen=True)
class Settlement:
    """The decisions of a file on one text, in the order of the file."""

    file: DecisionFile
    findings: Findings
    settled: tuple[Settled, ...]

    @cached_property
    def on(self) -> dict[str, Settled]:
        """The decision that stands on each finding, in force or re-opened."""
        shown = (*IN_FORCE, Status.REOPENED)
        return {one.finding: one for one in self.settled if one.status in shown}

    @cached_property
    def in_force(self) -> dict[str, Settled]:
        """The decision in force on each finding."""
        return {one.finding: one for one in self.settled if one.status in IN_FORCE}

    @cached_property
    def rejected(self) -> frozenset[str]:
        """The ids of the findings that reviewers rejected."""
        return frozenset(
            name for name, one in self.in_force.items() if one.decision.verdict is Verdict.REJECT
        )

    def of(self, status: Status) -> tuple[Settled, ...]:
        """Return the decisions that stand in one way."""
        return tuple(one for one in self.settled if one.status is status)

    @property
    def says(self) -> str:
        """One sentence on the file, with how many decisions stand in which way, and where to look further."""
        look = any(one.status in (Status.REOPENED, Status.STALE) for one in self.settled)
        return f"{self.counted}{'; `codegap decisions list` names them' if look else ''}"

    @property
    def counted(self) -> str:
        """How many decisions of the file stand in which way."""
        counts = Counter(one.status for one in self.settled)
        parts = [f"{counts[status]} {words}" for status, words in _SAID.items() if counts[status]]
        every = len(self.settled)
        said = f"{every} decision{'' if every == 1 else 's'}{': ' if parts else ''}{', '.join(parts)}"
        return f"{self.file.shown}: {said}"


_SAID = {
    Status.VALID: "made on this text",
    Status.CARRIED: "carried from another",
    Status.REOPENED: "to be decided again (what it was made on changed)",
    Status.STALE: "stale (the finding is gone)",
    Status.SUPERSEDED: "passed over for a later decision",
    Status.ASIDE: "not about this text",
}


def settle(file: DecisionFile, findings: Findings, open_text: Opener) -> Settlement:
    """Say how each decision stands on the text of `findings`; `open_text` analyses the text a decision was
    made on.
    """
    settler = _Settler(findings, open_text)
    found = [settler.settle(number, one) for number, one in enumerate(file.decisions)]
    return Settlement(file, findings, tuple(_without_earlier(found)))


def _without_earlier(found: Sequence[Settled]) -> list[Settled]:
    """Where several decisions are about one finding, keep the one on this text, else that on the latest."""
    best: dict[str, Settled] = {}
    for one in found:
        if one.finding and (one.finding not in best or _recency(one) > _recency(best[one.finding])):
            best[one.finding] = one
    return [
        one
        if not one.finding or best[one.finding] is one
        else replace(
            one,
            status=Status.SUPERSEDED,
            why=f"the decision on {best[one.finding].decision.finding} is about the same finding",
        )
        for one in found
    ]


def _recency(one: Settled) -> tuple[bool, str, str, int]:
    decision = one.decision
    return (decision.finding == one.finding, decision.key, decision.date, one.number)


def _holds(words: str, quote: str) -> bool:
    """Say whether words are those of a quote, which may be a part of them (a reviewer may quote the core)."""
    return f" {plain(quote)} " in f" {plain(words)} " if plain(quote) else not plain(words)


class _Settler:
    def __init__(self, findings: Findings, open_text: Opener) -> None:
        self.findings, self.open_text = findings, open_text
        self._followers: dict[str, Follower | None] = {}

    def settle(self, number: int, decision: Decision) -> Settled:
        here = self.findings
        blank = Settled(number, decision, Status.STALE, then=decision.quote)
        if decision.key.rsplit("/", 1)[0] != here.code:
            return replace(blank, status=Status.ASIDE, why="it is about another code")
        settled = self._on_this_text(blank) if decision.key == here.key else self._on_another(blank)
        if settled.status is Status.STALE and decision.kind == GAP and here.analysis.profile is not None:
            return replace(
                settled,
                status=Status.ASIDE,
                why="it is about a gap by type of service; here one service is judged",
            )
        return settled

    def _on_this_text(self, blank: Settled) -> Settled:
        decision = blank.decision
        if decision.finding in self.findings.ids(decision.kind):
            settled = self._judged(blank, decision.finding, True, "")
            if settled.status is not Status.REOPENED:
                carried = decision.carried_from
                return replace(
                    settled,
                    status=Status.CARRIED if carried else Status.VALID,
                    why=f"carried from {carried}" if carried else "",
                )
            return self._elsewhere(settled) or settled
        return self._elsewhere(blank) or replace(blank, why="the text and rules in use give no such finding")

    def _elsewhere(self, blank: Settled) -> Settled | None:
        """Find the same words in the same place under another number: rules or text changed since."""
        decision = blank.decision
        if decision.kind != EXEMPTION or not decision.quote:
            return None
        stem = decision.finding.rsplit("-", 1)[0] + "-"
        for other in self.findings.exemptions:
            if other.startswith(stem) and plain(self.findings.words(other)) == plain(decision.quote):
                return replace(
                    blank,
                    status=Status.CARRIED,
                    finding=other,
                    now=self.findings.words(other),
                    why=f"carried from {decision.finding}: the same words, numbered otherwise",
                )
        return None

    def _on_another(self, blank: Settled) -> Settled:
        decision = blank.decision
        follower = self._follower(decision)
        if follower is not None:
            before = follower.before
            if decision.finding in before.ids(decision.kind):
                blank = replace(blank, then=decision.quote or before.words(decision.finding))
                return self._followed(blank, follower.follow(decision.finding))
        name = f"{self.findings.key}/{decision.name}"
        if name in self.findings.ids(decision.kind) and decision.quote:
            same = plain(self.findings.words(name)) == plain(decision.quote)
            return self._judged(blank, name, same, "the same id and words" if same else "its words changed")
        why = "the finding it was made on is not found any more in its own text"
        return replace(blank, why=why if follower else "the text it was made on is not held")

    def _followed(self, blank: Settled, followed: Followed) -> Settled:
        if not followed.finding:
            return replace(blank, why=followed.why)
        return self._judged(blank, followed.finding, followed.same, followed.why)

    def _judged(self, blank: Settled, finding: str, same: bool, why: str) -> Settled:
        """Settle a decision on a finding that is there: carried where the words are the same."""
        now = self.findings.words(finding)
        here = replace(blank, finding=finding, now=now, then=blank.then or now)
        if same and _holds(now, here.then):
            return replace(
                here, status=Status.CARRIED, why=f"carried from {blank.decision.finding}: {why}".rstrip(": ")
            )
        return replace(here, status=Status.REOPENED, why=why if not same else "its words changed")

    def _follower(self, decision: Decision) -> Follower | None:
        if decision.key not in self._followers:
            code = self.findings.text.rpartition("@")[0]
            asked = decision.revision or f"{code}@{decision.key.rsplit('/', 1)[1]}"
            if "@" not in asked and code:
                asked = f"{code}@{asked}" if asked[:4].isdigit() else asked
            before = self.open_text(asked)
            usable = before is not None and before.key == decision.key
            self._followers[decision.key] = (
                Follower(before, self.findings) if before is not None and usable else None
            )
        return self._followers[decision.key]
