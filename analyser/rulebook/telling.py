"""Everything about one rule: its words, what it does, where it matches, what came of it, its overlaps."""

from collections.abc import Iterable, Iterator

from analyser.analysis import Analysis
from analyser.duties.find import find as find_duties
from analyser.errors import UsageError, nearest
from analyser.exemptions import find as find_qualifiers
from analyser.model.duty import Duty
from analyser.reporting.rules_rows import RulesExplainRow
from analyser.rulebook.cues import expand_all
from analyser.rulebook.models import FunctionRule, QualifierRule, Rulebook
from analyser.rulebook.sections import RULES

_FIRST = 8

_EFFECTS = {
    "lifts": "where the words hold the duty is gone",
    "narrows": "the duty is gone for a part of what it covers",
    "softens": "the duty stays, with an open standard",
}
_DIRECTIONS = {
    "limits": "the words take from the duty",
    "extends": "the words add to the duty or give back what others took: no exemption",
    "sharpens": "the words make the duty more exact: no exemption",
    "disclaims": "the words say what is not asked: an exemption only where a duty of the text asks for it",
}
_SCOPES = {
    "duty": "the words reach the statement in which they stand, with its items",
    "item": "the words reach only the item in which they stand",
    "measure": "the words reach every duty of the measure",
}


def explain_rule(id: str, analysis: Analysis, plain: Rulebook) -> tuple[RulesExplainRow, ...]:
    """Return everything about a rule of the analysis's rules.

    `plain` are the rules without overlays, for one that is disabled. UsageError names the nearest for an
    unknown id.
    """
    rulebook = analysis.rulebook
    rules = {rule.id: rule for book in (plain, rulebook) for rule in _rules(book)}
    wanted = id.strip()
    if wanted not in rules:
        raise UsageError(f"there is no rule `{id}`", fix=nearest(wanted, rules))
    rule = rules[wanted]
    told = _Told(wanted)
    used = wanted in {one.id for one in _rules(rulebook)}
    told.say("stands in", "its file and line", f"{rule.file}, line {rule.line}")
    for change in rulebook.changes:
        if change.section in RULES and change.id == wanted:
            fields = f" ({', '.join(change.fields)})" if change.fields else ""
            reason = f": {change.reason}" if change.reason else ""
            told.say(
                f"{change.action} by", f"an overlay{fields}{reason}", f"{change.file}, line {change.line}"
            )
    if not used:
        told.say("state", "it is disabled and reads nothing", "")
    told.say("why", " ".join(rule.rationale.split()), "; ".join(rule.cites))
    if isinstance(rule, QualifierRule):
        _tell_qualifier(told, rule)
    else:
        _tell_function(told, rule)
    for kind, examples in (("must read", rule.examples.match), ("must not read", rule.examples.miss)):
        for example in examples:
            told.say(kind, example, "")
    if used and isinstance(rule, QualifierRule):
        _tell_matches(told, rule, analysis)
    elif used and isinstance(rule, FunctionRule):
        _tell_reads(told, rule, analysis)
    for words, other in _overlaps(rule, rulebook):
        told.say("shares words", words, "", other)
    return tuple(told.rows)


class _Told:
    """The rows of one rule as they are told."""

    def __init__(self, rule: str) -> None:
        self._rule = rule
        self.rows: list[RulesExplainRow] = []

    def say(self, about: str, says: str, place: str, outcome: str = "") -> None:
        """Add one thing."""
        self.rows.append(
            RulesExplainRow(rule=self._rule, about=about, says=says, place=place, outcome=outcome)
        )

    def phrases(self, about: str, cues: Iterable[str] | None, meaning: str) -> None:
        """Add the words of a field: how many phrases they mean, the first of them, and what they are for."""
        found = expand_all(tuple(cues or ()))
        if found:
            more = f", … ({len(found):,} phrases)" if len(found) > _FIRST else f" ({_counted(len(found))})"
            self.say(about, f"{', '.join(found[:_FIRST])}{more}", "", meaning)


def _counted(number: int) -> str:
    return "1 phrase" if number == 1 else f"{number} phrases"


def _tell_qualifier(told: _Told, rule: QualifierRule) -> None:
    told.phrases("words", rule.cue, "the words it looks for")
    told.say("direction", rule.direction, "", _DIRECTIONS[rule.direction])
    told.say("effect", rule.effect, "", _EFFECTS[rule.effect])
    told.say("nature", rule.nature, "")
    material = (
        "a softening moves the state of a cell"
        if rule.level == "material"
        else "printed beside, moves no state"
    )
    told.say("level", rule.level, "", material)
    told.say("scope", rule.scope, "", _SCOPES[rule.scope])
    told.phrases(
        "needs", rule.needs, "one of these must stand in the same clause, or in the lead-in above it"
    )
    told.phrases("unless", rule.unless, "one of these in the same clause takes the finding back")
    told.phrases("targets", rule.targets, "the duties it relieves speak of these")
    told.phrases(
        "precise when",
        rule.precise_when,
        "one of these in the measure makes the words exact: graded minor",
    )
    if rule.reaches_only:
        test = rule.reaches_only
        told.say("reaches only", f"{test.fact} {test.op} {test.value}", "", "the duty stays binding there")
    if rule.invocation:
        told.say(
            "who could claim", rule.invocation, "", "the table of rules/invocation.yaml, or of an overlay"
        )


def _tell_function(told: _Told, rule: FunctionRule) -> None:
    told.say("function", rule.function, "", f"breadth {rule.breadth}, harms {rule.harms}")
    told.phrases("action", rule.action, "one of these must stand in what is to be done")
    told.phrases("object", rule.object, "one of these must stand in the statement")
    told.phrases("without", rule.without, "none of these may stand in the statement")


def _tell_matches(told: _Told, rule: QualifierRule, analysis: Analysis) -> None:
    """Tell every place where its words stand, with the exemption they make or why they were set aside."""
    study = analysis.study
    found = find_qualifiers(study.document, study.duties, study.rulebook)
    rows = [
        (one.span.start, one.quote, one.provision, f"exemption {one.id}")
        for one in found.exemptions
        if one.rule == rule.id
    ]
    rows += [
        (one.span.start, one.quote, one.provision, f"set aside: {one.why}")
        for one in found.suppressed
        if one.rule == rule.id
    ]
    for _, quote, provision, outcome in sorted(rows):
        told.say("matches", quote, provision, outcome)
    if not rows:
        told.say("matches", "nothing in this text", analysis.document.path)


def _tell_reads(told: _Told, rule: FunctionRule, analysis: Analysis) -> None:
    """Tell every duty that the rule reads, and whether what it says of it stands."""
    study = analysis.study
    alone = study.rulebook.model_copy(update={"functions": (rule,)})
    named = {measure: _risks(application.condition) for measure, application in study.applications.items()}
    read = {
        one.id
        for one in find_duties(study.document, alone, named, study.revision.harms).duties
        if one.reaches
    }
    for duty in study.duties:
        if duty.id in read:
            told.say("reads", _action(duty), duty.id, _reach(duty, rule))
    if not read:
        told.say("reads", "no duty of this text", analysis.document.path)


def _risks(condition: object) -> tuple[str, ...]:
    from analyser.logic.evaluate import atoms

    facts = (atom.fact for atom in atoms(condition) if atom.fact.startswith("risk."))  # type: ignore[arg-type]
    return tuple(dict.fromkeys(fact.removeprefix("risk.") for fact in facts))


def _action(duty: Duty) -> str:
    return " ".join(part for part in (duty.modality, duty.action, duty.object) if part)


def _reach(duty: Duty, rule: FunctionRule) -> str:
    own = [reach for reach in duty.reaches if reach.rule == rule.id]
    if own:
        breadths = sorted({str(reach.breadth) for reach in own})
        kinds = "1 kind of harm" if len(own) == 1 else f"{len(own)} kinds of harm"
        return f"{rule.function} for {kinds} ({' and '.join(breadths)})"
    others = sorted({reach.rule for reach in duty.reaches if reach.function == rule.function})
    return f"set aside: {', '.join(others)} says the same or less of it" if others else "set aside"


def _overlaps(rule: QualifierRule | FunctionRule, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Yield the rules that share phrases with one, with the first of the phrases."""
    mine = {phrase.lower() for phrase in expand_all(_words(rule))}
    for other in sorted(_rules(rulebook), key=lambda one: one.id):
        if other.id == rule.id or type(other) is not type(rule):
            continue
        shared = [phrase for phrase in expand_all(_words(other)) if phrase.lower() in mine]
        if shared:
            more = f" and {len(shared) - 1} more" if len(shared) > 1 else ""
            yield f"{shared[0]}{more}", f"with {other.id} ({other.file}, line {other.line})"


def _rules(rulebook: Rulebook) -> tuple[QualifierRule | FunctionRule, ...]:
    return (*rulebook.functions, *rulebook.qualifiers)


def _words(rule: QualifierRule | FunctionRule) -> tuple[str, ...]:
    return rule.cue if isinstance(rule, QualifierRule) else rule.action
