"""Look the rules over: rules without examples, words listed twice, words that match nothing held."""

import re
from collections.abc import Iterable, Iterator, Sequence

from analyser import library
from analyser.catalogue import read_document
from analyser.reporting.rows import LintRow
from analyser.rulebook.cues import expand, expand_all
from analyser.rulebook.models import FunctionRule, QualifierRule, Rulebook

IN_ORDER = "in order"
_WORD = re.compile(r"\w+")


def lint_rows(rulebook: Rulebook) -> tuple[LintRow, ...]:
    """Return one row a fault of a rule, one a remark (`ok`), and one with `in order` for each rule without
    either.

    Faults: no example of words it must read or must not read; a phrase that it shares with another rule of
    its kind. Remarks: a phrase that it lists twice; a cue that matches neither its own examples nor any text
    of the library.
    """
    texts = [_plain(read_document(ref).text) for ref in library.held()]
    shared = _shared(rulebook.qualifiers)
    every: tuple[QualifierRule | FunctionRule, ...] = (*rulebook.qualifiers, *rulebook.functions)
    rows: list[LintRow] = []
    for rule in every:
        faults = [*_examples(rule), *shared.get(rule.id, ())]
        remarks = [*_twice(rule), *_unmatched(rule, texts)] if isinstance(rule, QualifierRule) else []
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


def _shared(rules: Sequence[QualifierRule]) -> dict[str, list[str]]:
    """Return, by rule, the first phrase that it shares with an earlier rule of its kind."""
    faults: dict[str, list[str]] = {}
    first: dict[tuple[str, str], str] = {}
    for rule in rules:
        for phrase in expand_all(rule.cue):
            other = first.setdefault((rule.kind, phrase.lower()), rule.id)
            if other != rule.id:
                faults[rule.id] = [f"it shares `{phrase}` with `{other}`"]
                break
    return faults


def _twice(rule: QualifierRule) -> Iterator[str]:
    """Yield the first phrase of each cue that an earlier cue of the rule means too."""
    own: set[str] = set()
    for cue in rule.cue:
        phrases = {phrase.lower(): phrase for phrase in expand(cue)}
        again = next((phrases[plain] for plain in phrases if plain in own), None)
        if again:
            yield f"it lists `{again}` twice"
        own |= phrases.keys()


def _unmatched(rule: QualifierRule, texts: Iterable[str]) -> Iterator[str]:
    """Yield the cues that stand neither in the rule's own examples nor in any text held."""
    sought = [*(_plain(example) for example in (*rule.examples.match, *rule.examples.miss)), *texts]
    for cue in rule.cue:
        if not any(_stands(phrase, text) for phrase in expand(cue) for text in sought):
            yield f"nothing held matches the cue `{cue}`, nor does an example"


def _stands(phrase: str, text: str) -> bool:
    """Say whether a phrase stands in plain words; `...` in a phrase is some words between."""
    if "..." not in phrase:
        return f" {_plain(phrase)} " in f" {text} "
    parts = (re.escape(_plain(part)) for part in phrase.split("..."))
    return re.search(r"\b" + r" (?:\w+ ){0,12}?".join(parts) + r"\b", text) is not None


def _plain(text: str) -> str:
    """Return the words of a text in small letters, one space apart."""
    return " ".join(_WORD.findall(text.lower()))
