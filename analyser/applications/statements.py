"""Read the sentences of a paragraph as statements (it applies, it does not apply, it also applies, in any
other case …) and put them together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analyser.applications.asides import with_empty_relatives, without_asides
from analyser.applications.conditions import anyof, every, negate
from analyser.applications.grammar import Grammar
from analyser.applications.marks import Mark, carries, names_service, split_at
from analyser.model.logic import TRUE, Condition, Unread
from analyser.model.text import Span

_LAST = -1  # "the exemption": the last one before


@dataclass(frozen=True)
class Statement:
    """One sentence: under which condition it works, and how.

    `excludes`: it takes services out, of the paragraph or (`target`) of the exception in an earlier
    sub-paragraph. `adds`: it brings services in whatever was said before. `binds`: it names a class of
    services it applies to, not only to these. `otherwise`: it speaks of the cases that `premise` of the
    sentence before leaves over.
    """

    number: int
    condition: Condition
    excludes: bool = False
    adds: bool = False
    binds: bool = False
    otherwise: bool = False
    target: int | None = None
    premise: Condition | None = None
    further: bool = False


def read_statements(marks: Sequence[Mark], grammar: Grammar, number: int = 0) -> list[Statement]:
    """Return the statements of a run of marks, a sentence at a time; `number` is that of the sub-paragraph
    they stand in.
    """
    found: list[Statement] = []
    for sentence in split_at(with_empty_relatives(without_asides(marks, grammar.clause)), "stop"):
        for part in _parts(sentence):
            statement = _statement(part, grammar, number)
            if statement:
                found.append(statement)
    return found


def _parts(sentence: Sequence[Mark]) -> list[list[Mark]]:
    """Cut a sentence where a second statement begins.

    `…, save that it does not apply to …`; `…, as must a large service`; `applies to large services and does
    not apply to …`.
    """
    parts: list[list[Mark]] = [[]]
    for mark in sentence:
        said = any(map(carries, parts[-1]))
        kinds = {one.kind for one in parts[-1]}
        turns = (mark.kind == "disapply" and "main" in kinds) or (mark.kind == "main" and "disapply" in kinds)
        opens = mark.kind in ("also", "save_that") and "disapply" in kinds
        if (said and (turns or mark.kind in ("also", "save_that"))) or opens:
            parts.append([])
        parts[-1].append(mark)
    return parts


def _statement(marks: Sequence[Mark], grammar: Grammar, number: int) -> Statement | None:
    pointer = next((at for at, mark in enumerate(marks) if mark.kind == "further"), None)
    said = [mark for mark in marks[:pointer] if mark.kind not in ("also", "save_that", "otherwise")]
    kinds = {mark.kind for mark in marks}
    excludes = "disapply" in kinds
    if not any(map(carries, said)):
        if pointer is not None or not excludes:
            return Statement(number, TRUE, further=True) if pointer is not None else None
        place = Span(start=marks[0].start, end=marks[-1].end)
        return Statement(number, Unread(words=place.of(grammar.text), span=place))
    return Statement(
        number,
        grammar.clause(said),
        excludes=excludes,
        adds="also" in kinds and not excludes,
        binds=_binds(said) and not excludes,
        otherwise=marks[0].kind == "otherwise",
        target=_target(marks) if excludes else None,
        premise=_premise(said, grammar),
        further=pointer is not None,
    )


def _binds(marks: Sequence[Mark]) -> bool:
    """Say whether a sentence names a class of services right after its main verb (`This measure applies to
    dating services`).
    """
    main = next((at for at, mark in enumerate(marks) if mark.kind == "main"), None)
    return main is not None and marks[main].name != "only" and names_service(marks, main + 1)


def _target(marks: Sequence[Mark]) -> int | None:
    """Return the sub-paragraph whose exception a statement cuts back (`Sub-paragraph (2) does not relieve
    …`), None when it is none.
    """
    subject = marks[: next(at for at, mark in enumerate(marks) if mark.kind == "disapply")]
    for at, mark in enumerate(subject):
        if (
            mark.kind == "reference"
            and mark.number
            and not (at and subject[at - 1].kind in ("subject_to", "also"))
        ):
            return mark.number
    return _LAST if any(mark.kind == "exemption" for mark in subject) else None


def _premise(marks: Sequence[Mark], grammar: Grammar) -> Condition | None:
    """Return the case a sentence opens with (`Where …, this measure applies if …`)."""
    main = next((at for at, mark in enumerate(marks) if mark.kind in ("main", "disapply")), None)
    if (
        main is None
        or not marks
        or marks[0].kind not in ("if", "case")
        or not any(map(carries, marks[:main]))
    ):
        return None
    return grammar.clause(marks[:main])


def fold(statements: Sequence[Statement]) -> Condition:
    """Return to whom the paragraph applies after all its statements, in the order of the text."""
    result: Condition = TRUE
    for at, statement in enumerate(statements):
        if statement.excludes and _answered(statements, at) is not None:
            continue
        if statement.excludes:
            result = every(result, negate(_reach(statements, at)))
        elif statement.otherwise and at and not statements[at - 1].excludes:
            last = statements[at - 1]
            result = anyof(result, every(negate(last.premise or last.condition), statement.condition))
        elif at and (statement.adds or (statement.binds and statements[at - 1].binds)):
            result = anyof(result, statement.condition)
        else:
            result = every(result, statement.condition)
    return result


def _reach(statements: Sequence[Statement], at: int) -> Condition:
    """Return what an exception takes out, less what later exceptions to it leave in."""
    cuts = [
        _reach(statements, later)
        for later in range(at + 1, len(statements))
        if _answered(statements, later) == at
    ]
    return every(statements[at].condition, *(negate(cut) for cut in cuts))


def _answered(statements: Sequence[Statement], at: int) -> int | None:
    """Return the place of the exception that an exception cuts back, None when it cuts back the paragraph
    itself.
    """
    target = statements[at].target
    if target is None or not statements[at].excludes:
        return None
    earlier = [
        place
        for place in range(at)
        if statements[place].excludes and target in (_LAST, statements[place].number)
    ]
    return earlier[-1] if earlier else None
