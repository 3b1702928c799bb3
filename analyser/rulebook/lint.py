"""Look the rules over: rules without examples, or that can never win; words that match nothing."""

from collections.abc import Iterator, Sequence

from analyser import library
from analyser.catalogue import read_document
from analyser.reporting.rows import LintRow
from analyser.rulebook.cues import expand, expand_all
from analyser.rulebook.lint_texts import PlainText, plain, stands
from analyser.rulebook.lint_winners import dead, dead_functions, other_kinds, same_kind
from analyser.rulebook.models import FunctionRule, QualifierRule, Rulebook

IN_ORDER = "in order"
SLOW = 1000  # phrases of one rule above which it is remarked
OFTEN = 200  # times that a part of a cue with gaps may stand in the texts before it is remarked


def lint_rows(rulebook: Rulebook) -> tuple[LintRow, ...]:
    """Return one row a fault of a rule, one a remark (`ok`), and one with `in order` for each rule without
    either.

    Faults: no example of words it must read or must not read; a phrase that it shares with another rule of
    its kind; a rule that can never win, as another reads all of its words first. Remarks: a phrase that it
    lists twice, or shares with a rule of another kind; a cue, or a whole rule, that matches neither its own
    examples nor any text of the library; a rule that means very many phrases, or whose gaps stand between
    very common words.
    """
    texts = [PlainText(read_document(ref).text) for ref in library.held()]
    shared, beside = same_kind(rulebook.qualifiers), other_kinds(rulebook.qualifiers)
    lost = {**dead(rulebook.qualifiers), **dead_functions(rulebook.functions)}
    every: tuple[QualifierRule | FunctionRule, ...] = (*rulebook.qualifiers, *rulebook.functions)
    rows: list[LintRow] = []
    for rule in every:
        faults = [*_examples(rule)]
        faults += [found[rule.id] for found in (shared, lost) if rule.id in found]
        if isinstance(rule, QualifierRule):
            remarks = [*_twice(rule), *_unmatched(rule, texts), *_slow(rule, texts)]
            remarks += [beside[rule.id]] if rule.id in beside else []
        else:
            remarks = [*_unread(rule, texts), *_slow(rule, texts)]
        rows.extend(_row(rule, False, fault) for fault in faults)
        rows.extend(_row(rule, True, remark) for remark in remarks)
        if not faults and not remarks:
            rows.append(_row(rule, True, IN_ORDER))
    return tuple(rows)


def _row(rule: QualifierRule | FunctionRule, ok: bool, message: str) -> LintRow:
    return LintRow(rule=rule.id, file=rule.file, line=rule.line, ok=ok, message=message)


def _examples(rule: QualifierRule | FunctionRule) -> Iterator[str]:
    if not rule.examples.match:
        yield "it has no example of a sentence that it must read"
    if not rule.examples.miss:
        yield "it has no example of a sentence that it must not read"


def _twice(rule: QualifierRule) -> Iterator[str]:
    """Yield the first phrase of each cue that an earlier cue of the rule means too."""
    own: set[str] = set()
    for cue in rule.cue:
        phrases = {phrase.lower(): phrase for phrase in expand(cue)}
        again = next((phrases[words] for words in phrases if words in own), None)
        if again:
            yield f"it lists `{again}` twice"
        own |= phrases.keys()


def _unmatched(rule: QualifierRule, texts: Sequence[PlainText]) -> Iterator[str]:
    """Yield the cues that stand neither in the rule's own examples nor in any text held."""
    sought = [*map(PlainText, (*rule.examples.match, *rule.examples.miss)), *texts]
    lost = [
        cue for cue in rule.cue if not any(stands(phrase, text) for phrase in expand(cue) for text in sought)
    ]
    if len(lost) == len(rule.cue) > 1:
        yield "it is never matched: neither a text held nor an example has any of its words"
        return
    yield from (f"nothing held matches the cue `{cue}`, nor does an example" for cue in lost)


def _unread(rule: FunctionRule, texts: Sequence[PlainText]) -> Iterator[str]:
    """Say of a rule that no text held and none of its own examples has both words of its action and of its
    object.
    """
    sought = [*map(PlainText, rule.examples.match), *texts]
    for text in sought:
        if all(
            any(stands(phrase, text) for phrase in expand_all(cues))
            for cues in (rule.action, rule.object)
            if cues
        ):
            return
    yield "it is never matched: neither a text held nor an example has its words"


def _slow(rule: QualifierRule | FunctionRule, texts: Sequence[PlainText]) -> Iterator[str]:
    """Say that a rule means very many phrases, or that its gaps stand between very common words."""
    cues = rule.cue if isinstance(rule, QualifierRule) else (*rule.action, *rule.object)
    phrases = expand_all(cues)
    if len(phrases) > SLOW:
        yield f"it means {len(phrases):,} phrases, more than {SLOW:,}: it may be slow"
    for phrase in phrases:
        parts = [plain(part) for part in phrase.split("...")] if "..." in phrase else []
        if parts and all(sum(text.count(part) for text in texts) > OFTEN for part in parts):
            yield f"all parts of `{phrase}` are very common words: it may be slow"
            return
