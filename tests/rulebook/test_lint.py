"""The check of the rules themselves: shared words, missing examples, words that match nothing."""

from analyser import library
from analyser.rulebook.lint import lint_rows
from analyser.rulebook.listing import rule_rows


def test_the_built_in_rules_have_no_fault() -> None:
    faults = [row for row in lint_rows(library.rulebook()) if not row.ok]
    assert [(row.rule, row.message) for row in faults] == []


def test_a_rule_that_copies_another_or_has_no_examples_is_a_fault() -> None:
    rulebook = library.rulebook()
    rule = rulebook.qualifiers[0]
    copy = rule.model_copy(update={"id": f"{rule.kind}.copy", "examples": type(rule.examples)()})
    rows = lint_rows(rulebook.model_copy(update={"qualifiers": (rule, copy), "functions": ()}))
    said = [row.message for row in rows if row.rule == copy.id and not row.ok]
    assert said[:2] == [
        "it has no example of a sentence that it must read",
        "it has no example of a sentence that it must not read",
    ]
    assert said[2].endswith(f"with `{rule.id}`")


def test_a_cue_that_matches_nothing_is_remarked() -> None:
    rulebook = library.rulebook()
    rule = rulebook.qualifiers[0].model_copy(update={"cue": ("as the crow flies",)})
    (row,) = lint_rows(rulebook.model_copy(update={"qualifiers": (rule,), "functions": ()}))
    assert row.ok
    assert row.message == "nothing held matches the cue `as the crow flies`, nor does an example"


def test_every_rule_is_listed_with_its_place() -> None:
    rulebook = library.rulebook()
    rows = rule_rows(rulebook)
    assert len(rows) == len(rulebook.qualifiers) + len(rulebook.functions)
    assert all(row.line > 0 and row.file.startswith("rules/") and row.cues for row in rows)
