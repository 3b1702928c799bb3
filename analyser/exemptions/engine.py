"""Read the qualifiers of a document: each cue placed, weighed, and tied to the duties it governs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from analyser.exemptions.effects import answers, frees, graded
from analyser.exemptions.grading import basis_of, excepts, made_precise, repeated_from
from analyser.exemptions.grounds import Ground, Grounds
from analyser.exemptions.openers import Clause, clauses
from analyser.exemptions.permissions import permissions, undone
from analyser.exemptions.places import WHY_NOT_HERE, Part, Place, Places
from analyser.exemptions.polarity import (
    aside,
    clause_of,
    concession,
    excepting,
    lead_ins,
    lets_off_the_able,
    pseudo_cue,
    support,
)
from analyser.exemptions.scope import Governed, defines, governed, relieved
from analyser.exemptions.settle import Candidate, settle
from analyser.exemptions.tokens import Lexicon, Match, longest
from analyser.model.base import Effect, Frozen, Level, Nature
from analyser.model.duty import Duty
from analyser.model.exemption import Exemption, Suppressed
from analyser.model.logic import Atom, meaning
from analyser.model.text import Document, Span
from analyser.rulebook.models import QualifierRule, Rulebook

_NO_SUPPORT = "none of the words that would make it a way out stands with it in its clause"
_REVERSED = (
    "names the case in which the thing can be done as the exception, or that in which it cannot as the start"
)
_NOTED = {
    "extends": "extends the duty, or gives back what other words took from it",
    "sharpens": "makes the duty more exact",
    "disclaims": "says what is not asked, and no duty of the text held asks for it",
}


class QualifierFindings(Frozen):
    """The exemptions that words of the recommendations make, and the candidates set aside, with reasons.

    `noted` are those of the latter that a rule read and that are no way out: they extend a duty or make it
    more exact, or say what is not asked anyway.
    """

    exemptions: tuple[Exemption, ...]
    suppressed: tuple[Suppressed, ...] = ()
    noted: tuple[Suppressed, ...] = ()


def find(document: Document, duties: Sequence[Duty], rulebook: Rulebook) -> QualifierFindings:
    """Return every qualifier of the document's recommendations, in the order of the text.

    The result depends neither on the order of the rules nor on that of their files. Example: the words of
    ICU C2.2 give `icu/2025-02-24/C2.2#feasibility-1`, effect lifts, duties (`icu/2025-02-24/C2.2/d1`,).
    """
    return _Reading(document, duties, rulebook).findings()


@lru_cache(maxsize=4)
def _lexicon(rules: tuple[QualifierRule, ...]) -> Lexicon:
    return Lexicon(rules)


@lru_cache(maxsize=4)
def _grounds(rules: tuple[QualifierRule, ...]) -> Grounds:
    return Grounds(rules)


class _Reading:
    """One document with its duties and the places where phrases of the rules stand in it."""

    def __init__(self, document: Document, duties: Sequence[Duty], rulebook: Rulebook) -> None:
        self.document = document
        self.duties = tuple(duties)
        self.by_measure: dict[str, list[Duty]] = {}
        for duty in self.duties:
            self.by_measure.setdefault(duty.measure, []).append(duty)
        self.rulebook = rulebook
        self.rules = {rule.id: rule for rule in sorted(rulebook.qualifiers, key=lambda rule: rule.id)}
        self.places = Places(document)
        self.matches: dict[tuple[str, str], list[Match]] = {}
        for match in _lexicon(tuple(self.rules.values())).matches(document.text):
            self.matches.setdefault((match.rule, match.role), []).append(match)

    def findings(self) -> QualifierFindings:
        """Return the exemptions and what was set aside, both in the order of the text."""
        weighed = [self._weigh(match) for rule in self.rules for match in longest(self._of(rule, "cue"))]
        weighed += [self._weigh(match, clause, ground) for match, clause, ground in self._clauses()]
        kept, lost = settle(self.document.text, (one for one in weighed if isinstance(one, Candidate)))
        aside = [one for one in weighed if isinstance(one, Suppressed)]
        for loser, winner in lost:
            words = self.document.text[winner.match.start : winner.match.end]
            why = f"its words are read with “{words}” ({winner.rule.id})"
            aside.append(self._set_aside(loser.match, loser.place, why))
        noted = [one for one in kept if self._is_noted(one)]
        told = [self._note(one) for one in noted]
        aside.extend(told)
        aside.sort(key=lambda one: (one.span.start, one.span.end, one.rule))
        exemptions = self._numbered([one for one in kept if one not in noted], noted)
        return QualifierFindings(exemptions=exemptions, suppressed=tuple(aside), noted=tuple(told))

    def _clauses(self) -> Iterator[tuple[Match, Clause, Ground]]:
        """Yield what the rules read in the clauses of the recommendations."""
        grounds = _grounds(tuple(self.rules.values()))
        text = self.document.text
        for measure in self.document.measures:
            for place in self.places.of_measure(measure):
                for clause in (*clauses(text, place.span), *permissions(text, place.span)):
                    for match, ground in grounds.matches(text, clause):
                        yield match, clause, ground

    def _is_noted(self, candidate: Candidate) -> bool:
        """Say whether words that a rule reads take nothing from any duty."""
        if candidate.rule.direction != "disclaims":
            return candidate.rule.direction != "limits"
        return not self._relieved(candidate)[0]

    def _note(self, candidate: Candidate) -> Suppressed:
        rationale = " ".join(candidate.rule.rationale.split())
        why = f"{_NOTED[candidate.rule.direction]}: {rationale}"
        return self._set_aside(candidate.match, candidate.place, why)

    def _relieved(self, candidate: Candidate) -> tuple[tuple[Duty, ...], tuple[str, ...]]:
        own = self._of_measure(candidate.place)
        if candidate.opened is not None:
            sentence = candidate.clause.sentence
            return undone(self.document.text, sentence, candidate.opened.start, candidate.opened.end, own), ()
        if candidate.rule.targets is None:
            after = re.compile(r"\s+\w+").match(self.document.text, candidate.match.end)
            end = after.end() if after else candidate.match.end
            found = undone(self.document.text, candidate.clause.sentence, candidate.match.start, end, own)
            if found:
                return found, ()
        return relieved(self.document.text, candidate.match, candidate.rule.targets, own, self.duties)

    def _of(self, rule: str, role: str) -> list[Match]:
        return self.matches.get((rule, role), [])

    def _of_measure(self, place: Place) -> tuple[Duty, ...]:
        return tuple(self.by_measure.get(place.measure.id, ())) if place.measure else ()

    def _weigh(
        self, match: Match, opened: Clause | None = None, ground: Ground | None = None
    ) -> Candidate | Suppressed | None:
        """Return the candidate that a cue makes where it stands, or the reason why it makes none there.

        None for words that run across two places, which nobody reads together.
        """
        text, rule = self.document.text, self.rules[match.rule]
        place = self.places.find(match.start, match.end)
        if place is None:
            return None
        if place.part is not Part.RECOMMENDATION:
            return self._set_aside(match, place, WHY_NOT_HERE[place.part])
        clause = clause_of(text, place, match)
        against = pseudo_cue(text, match, clause, self._of(rule.id, "unless"))
        taken_back = against or concession(text, match, clause)
        if taken_back:
            return self._set_aside(match, place, f"taken back by “{text[taken_back.start : taken_back.end]}”")
        why = aside(text, clause.sentence, match, rule.kind, opened)
        if why:
            return self._set_aside(match, place, why)
        if defines(text, match, clause, self._of_measure(place)):
            return self._set_aside(match, place, "is itself the term that is explained")
        above = lead_ins(text, place) if clause.inner.start <= place.span.start else ()
        needed = support(text, match, clause, above, self._of(rule.id, "needs")) if rule.needs else None
        if rule.needs and needed is None:
            return self._set_aside(match, place, _NO_SUPPORT)
        opening = Span(start=needed.start, end=needed.end) if needed else None
        if rule.effect is Effect.LIFTS and lets_off_the_able(text, match, clause, opening):
            return self._set_aside(match, place, _REVERSED)
        made = Candidate(match, rule, place, clause, needed, opened, ground)
        if opened and opened.opens in ("permission", "instead") and not self._relieved(made)[0]:
            return self._set_aside(match, place, _NOTED["disclaims"])
        return made

    def _set_aside(self, match: Match, place: Place, why: str) -> Suppressed:
        span = Span(start=match.start, end=match.end)
        return Suppressed(
            rule=match.rule,
            measure=place.measure.id if place.measure else "",
            provision=place.name,
            span=span,
            quote=span.of(self.document.text),
            kind=self.rules[match.rule].kind,
            why=why,
        )

    def _exemption(self, candidate: Candidate) -> Exemption:
        """Return the exemption that a candidate makes, its id still without a number."""
        text, rule, match, place = self.document.text, candidate.rule, candidate.match, candidate.place
        span = Span(start=match.start, end=match.end)
        own = self._of_measure(place)
        permits = candidate.opened is not None and candidate.opened.opens in ("permission", "instead")
        relieves = rule.nature is Nature.PERMISSION and rule.effect is not Effect.SOFTENS
        reach = Governed(()) if permits or relieves else governed(text, candidate, own)
        level, effect, notes = graded(text, candidate, reach)
        cut, targets = reach.duties, tuple[str, ...]()
        if permits:
            cut = self._relieved(candidate)[0]
        elif relieves:
            cut, targets = self._relieved(candidate)
            if not cut:
                level = Level.MINOR
                notes.append("what it relieves is not known from its words, so no duty is counted as cut")
        forbidden = rule.nature is Nature.EXCEPTION and cut and all(duty.negated for duty in cut)
        if forbidden and excepting(text, match, candidate.clause):
            notes.append("stands in a prohibition: where the words hold, what it forbids is allowed")
        if candidate.opened is not None and effect is Effect.NARROWS and frees(text, candidate, cut):
            effect = Effect.LIFTS
        precise = ""
        if rule.precise_when is not None:
            precise = made_precise(self.document, self.places, candidate, self._of(rule.id, "precise"))
        repeated = ""
        if rule.reaches_only and reach.explains:
            repeated = repeated_from(text, self.places, candidate, self._of(rule.id, "cue"))
            if repeated:
                level = Level.MINOR
                notes.append(
                    f"repeats a condition of {repeated}: where that fails the measure does not apply at all, "
                    "so the words here leave nobody out by themselves"
                )
        only = rule.reaches_only if not repeated else None
        return Exemption(
            id=f"{self.document.key}/{place.chain[-1].number}#{rule.kind}",
            measure=place.measure.id if place.measure else "",
            provision=place.name,
            span=span,
            quote=span.of(text),
            kind=rule.kind,
            nature=Nature.PERMISSION if permits and effect is not Effect.SOFTENS else rule.nature,
            effect=effect,
            level=Level.MINOR if precise else level,
            rule=rule.id,
            duties=tuple(duty.id for duty in cut),
            reaches_only=meaning(Atom.model_validate(only.model_dump())) if only else None,
            invocable_by=() if repeated else answers(self.rulebook, rule),
            targets=targets,
            made_precise_by=precise,
            note="; ".join(notes),
            basis=basis_of(place, span.of(text)),
        )

    def _numbered(self, kept: Sequence[Candidate], noted: Sequence[Candidate]) -> tuple[Exemption, ...]:
        """Number the exemptions of each provision and kind in the order of the text.

        An exception to an exception is tied to it; it restores the duty, so it cuts none itself. One that is
        only noted (`unless there is consent`) is told with the exemption it goes back on.
        """
        text = self.document.text
        made = [self._exemption(candidate) for candidate in kept]
        counts: Counter[str] = Counter()
        ids: list[str] = []
        for exemption in made:
            counts[exemption.id] += 1
            ids.append(f"{exemption.id}-{counts[exemption.id]}")
        beside: dict[Span, list[int]] = {}
        for number, candidate in enumerate(kept):
            beside.setdefault(candidate.clause.sentence, []).append(number)
        excepted = [
            [
                first
                for first in beside[candidate.clause.sentence]
                if first < after and excepts(text, kept[first], candidate)
            ]
            for after, candidate in enumerate(kept)
        ]
        done: list[Exemption] = []
        for number, exemption in enumerate(made):
            sentence = kept[number].clause.sentence
            changes: dict[str, object] = {
                "id": ids[number],
                "excepted_by": tuple(ids[after] for after in beside[sentence] if number in excepted[after]),
            }
            back = [one for one in noted if excepts(text, kept[number], one)]
            if back:
                words = ", ".join(text[one.match.start : one.match.end] for one in back)
                told = f"does not hold in the case of {words}"
                changes["note"] = "; ".join(part for part in (exemption.note, told) if part)
            if excepted[number]:
                first_ids = ", ".join(ids[first] for first in excepted[number])
                note = f"an exception to {first_ids}: where it holds the duty is restored"
                changes |= {"duties": (), "note": "; ".join(part for part in (exemption.note, note) if part)}
            done.append(exemption.model_copy(update=changes))
        return tuple(done)
