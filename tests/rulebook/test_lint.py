"""The check of the rules themselves: shared words, missing examples, words that match nothing."""

from analyser import library
from analyser.model.base import Breadth
from analyser.rulebook import Rulebook
from analyser.rulebook.lint import lint_rows
from analyser.rulebook.lint_texts import PlainText, stands
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


def told(rulebook: Rulebook, rule: str) -> list[tuple[bool, str]]:
    return [(row.ok, row.message) for row in lint_rows(rulebook) if row.rule == rule]


def test_a_rule_whose_words_another_reads_first_can_never_win() -> None:
    rulebook = library.rulebook()
    rule = next(one for one in rulebook.qualifiers if one.id == "feasibility.technical")
    later = rule.model_copy(update={"id": "feasibility.zzz", "cue": rule.cue[:2]})
    found = told(rulebook.model_copy(update={"qualifiers": (rule, later)}), later.id)
    assert (False, f"it can never win: `{rule.id}` reads all of its words in the same places") in found
    # One that the first lets go by is read by the second.
    needy = rule.model_copy(update={"needs": ("only if",)})
    softer = later.model_copy(update={"needs": ()})
    found = told(rulebook.model_copy(update={"qualifiers": (needy, softer)}), later.id)
    assert not [message for _, message in found if "never win" in message]
    more = later.model_copy(update={"cue": (*later.cue, "the printer is out of ink")})
    found = told(rulebook.model_copy(update={"qualifiers": (rule, more)}), later.id)
    assert not [message for _, message in found if "never win" in message]


def test_a_permission_that_relieves_duties_beats_the_words_around_it() -> None:
    rulebook = library.rulebook()
    rules = {one.id: one for one in rulebook.qualifiers}
    permission = rules["discretion.permission_to_refuse"].model_copy(
        update={"cue": ("may disregard",), "unless": ()}
    )
    longer = rules["discretion.may"].model_copy(
        update={"cue": ("the provider may disregard complaints",), "needs": (), "unless": ()}
    )
    found = told(rulebook.model_copy(update={"qualifiers": (permission, longer)}), longer.id)
    assert any("it can never win: `discretion.permission_to_refuse`" in message for _, message in found)


def test_a_function_rule_that_another_always_covers_can_never_win() -> None:
    rulebook = library.rulebook()
    rule = next(one for one in rulebook.functions if one.id == "take_down.content")
    narrow = rule.model_copy(update={"id": "take_down.aaa", "breadth": Breadth.PART})
    found = told(rulebook.model_copy(update={"functions": (rule, narrow), "qualifiers": ()}), rule.id)
    assert (False, "it can never win: `take_down.aaa` reads every duty that it reads") in found


def test_words_shared_by_two_kinds_are_remarked() -> None:
    rulebook = library.rulebook()
    rules = {one.id: one for one in rulebook.qualifiers}
    one = rules["feasibility.technical"]
    other = rules["temporal.soon"].model_copy(update={"cue": (*rules["temporal.soon"].cue, one.cue[0])})
    found = told(rulebook.model_copy(update={"qualifiers": (one, other)}), other.id)
    assert [ok for ok, message in found if "of another kind: the words are read as both" in message] == [True]


def test_a_rule_with_very_many_phrases_or_gaps_between_common_words_is_remarked() -> None:
    rulebook = library.rulebook()
    rule = rulebook.qualifiers[0]
    wide = rule.model_copy(update={"cue": ("{a|b|c|d} {a|b|c|d} {a|b|c|d} {a|b|c|d} {a|b|c|d} zebra",)})
    found = told(rulebook.model_copy(update={"qualifiers": (wide,), "functions": ()}), rule.id)
    assert (True, "it means 1,024 phrases, more than 1,000: it may be slow") in found
    common = rule.model_copy(update={"cue": ("the ... of ... to",)})
    found = told(rulebook.model_copy(update={"qualifiers": (common,), "functions": ()}), rule.id)
    assert (True, "all parts of `the ... of ... to` are very common words: it may be slow") in found


def test_a_rule_that_matches_nothing_at_all_is_remarked() -> None:
    rulebook = library.rulebook()
    rule = rulebook.qualifiers[0].model_copy(update={"cue": ("as the crow flies", "when pigs fly")})
    function = rulebook.functions[0].model_copy(update={"action": ("sing hymns",)})
    lone = rulebook.model_copy(update={"qualifiers": (rule,), "functions": (function,)})
    says = "it is never matched: neither a text held nor an example has any of its words"
    assert told(lone, rule.id) == [(True, says)]
    says = "it is never matched: neither a text held nor an example has its words"
    assert told(lone, function.id) == [(True, says)]


def test_a_phrase_with_gaps_stands_where_its_parts_are_near() -> None:
    text = PlainText("Remove it, or where that cannot be done give it a lower ranking.")
    assert stands("remove ... give it", text)
    assert stands("Remove ... cannot ... ranking", text)
    assert not stands("give ... remove", text)
    assert not stands("remove ... give", PlainText("remove " + "x " * 13 + "give"))
    assert stands("a ... a ... b", PlainText("a " * 12 + "b"))
