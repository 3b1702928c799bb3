"""The rules as rows, for people who read them rather than run them."""

from analyser.reporting.rows import RuleRow
from analyser.rulebook.models import Rulebook


def rule_rows(rulebook: Rulebook) -> tuple[RuleRow, ...]:
    """Return one row a qualifier rule, then one a function rule, whose kind is its function."""
    qualifiers = (
        RuleRow(
            id=rule.id,
            pack=f"qualifiers/{rule.kind}",
            kind=rule.kind,
            nature=rule.nature,
            effect=rule.effect,
            level=rule.level,
            cues=(*rule.cue, *rule.about) or rule.opens,
            rationale=rule.rationale,
            file=rule.file,
            line=rule.line,
        )
        for rule in rulebook.qualifiers
    )
    functions = (
        RuleRow(
            id=rule.id,
            pack="functions",
            kind=rule.function,
            nature="",
            effect="",
            level=rule.breadth,
            cues=(*rule.action, *rule.object),
            rationale=rule.rationale,
            file=rule.file,
            line=rule.line,
        )
        for rule in rulebook.functions
    )
    return (*qualifiers, *functions)
