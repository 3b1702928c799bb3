"""Run the examples of the rules: each sentence a rule must read, and each it must not."""

from collections.abc import Iterator, Sequence

from analyser.reporting.rows import LintRow
from analyser.rulebook.models import FunctionRule, QualifierRule, Rulebook


def example_rows(rulebook: Rulebook) -> tuple[LintRow, ...]:
    """Return one row an example of a rule, `ok` when the engine reads it as the rule says it must."""
    return (*_qualifiers(rulebook), *_functions(rulebook))


def summary(rows: Sequence[LintRow], what: str, good: str, bad: str) -> tuple[str, bool]:
    """Return a sentence on the rows and whether all of them are right, e.g. `240 examples hold.`"""
    wrong = [row for row in rows if not row.ok]
    if not wrong:
        return f"{len(rows)} {what} {good}.", True
    first = wrong[0]
    place = f"{first.file}, line {first.line}"
    return (
        f"{len(wrong)} of {len(rows)} {what} {bad}; the first is `{first.rule}`: {first.message} ({place})",
        False,
    )


def _functions(rulebook: Rulebook) -> Iterator[LintRow]:
    from analyser.duties import serves

    for rule in rulebook.functions:
        for sentence in rule.examples.match:
            yield _row(rule, serves(rule, sentence), True, sentence)
        for sentence in rule.examples.miss:
            yield _row(rule, not serves(rule, sentence), False, sentence)


def _qualifiers(rulebook: Rulebook) -> Iterator[LintRow]:
    from analyser.exemptions import reads

    for rule in rulebook.qualifiers:
        for sentence in rule.examples.match:
            yield _row(rule, reads(rule.id, sentence, rulebook), True, sentence)
        for sentence in rule.examples.miss:
            yield _row(rule, not reads(rule.id, sentence, rulebook), False, sentence)


def _row(rule: FunctionRule | QualifierRule, ok: bool, must: bool, sentence: str) -> LintRow:
    verb = ("reads" if must else "does not read") if ok else ("does not read" if must else "reads")
    return LintRow(rule=rule.id, file=rule.file, line=rule.line, ok=ok, message=f"{verb}: {sentence}")
