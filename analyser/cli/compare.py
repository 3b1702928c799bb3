"""`codegap compare`: two texts side by side, in words, reach, ways out and gaps."""

from typing import TYPE_CHECKING, Annotated

import typer

from analyser.cli import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyser.library import RevisionRef
    from analyser.reporting.compare_rows import CompareRow

_ONLY = ("qualifiers", "application", "gaps")
_AS_AT = "as-at:"
_SIDE = "A date, code@date, the path of a document, or as-at:DATE for the text in force on a day."


def compare(
    before: Annotated[str, typer.Argument(help=_SIDE, metavar="A", show_default=False)],
    after: Annotated[
        str, typer.Argument(help="The other text, named in the same way.", metavar="B", show_default=False)
    ],
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            help="Only rows in which these changed: qualifiers, application or gaps.",
            metavar="WHAT",
            show_default=False,
        ),
    ] = None,
    measure: options.Measure = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Also rows that tell of no change, where they are left out.")
    ] = False,
    include_laid: Annotated[
        bool,
        typer.Option(
            "--include-laid", help="With as-at:DATE, apply what was laid or issued and is not in force."
        ),
    ] = False,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="table, json, csv, md, html, xlsx or docx. By default what the name of the output file "
            "says, else table.",
            metavar="FORMAT",
            show_default=False,
        ),
    ] = None,
    output: options.Output = None,
    decisions: options.Decisions = None,
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
) -> None:
    """Compare two texts.

    Measures and paragraphs are aligned, however they were renumbered, moved, split or merged. Each row says
    what changed in the words, in whom the measure applies to, in the ways out, and which gaps opened or
    closed.
    """
    from analyser.cli.deciding import decision_file, with_decisions
    from analyser.cli.filters import find_measure
    from analyser.cli.output import chosen_format, emit, note
    from analyser.cli.session import open_rules, plain_context, tell_composed
    from analyser.compare.comparison import changed, given_of
    from analyser.compare.comparison import compare as compare_texts
    from analyser.errors import UsageError, nearest

    name = chosen_format("compare", format, output)
    asked = _only(only)
    refs = (_resolve(before, include_laid), _resolve(after, include_laid))
    in_use = open_rules(rules, no_workspace)
    rulebook = in_use.rulebook
    sides = [
        given_of(ref, rulebook, _named(typed, ref, refs))
        for typed, ref in zip((before, after), refs, strict=True)
    ]
    for ref, side in zip(refs, sides, strict=True):
        tell_composed(ref, side.analysis.composed)
    # A text and the same text with amendments applied differ in nothing but the amendments.
    found = compare_texts(sides[0], sides[1], derived=refs[0].path == refs[1].path)
    known = [one.id for side in sides for one in side.analysis.document.measures]
    chosen = []
    for typed in measure or ():
        one = find_measure(typed, known)
        if one is None:
            raise UsageError(f"there is no measure `{typed}` in these texts", fix=nearest(typed, known))
        chosen.append(one)
    rows = [row for row in (found.concerning(chosen) if chosen else found.rows) if _tells(row, asked)]
    shown: Sequence[CompareRow] = rows if all_ or name in ("json", "csv", "xlsx") else changed(rows)
    context = plain_context(
        {
            "from": f"{refs[0].name}@{refs[0].revision}",
            "to": f"{refs[1].name}@{refs[1].revision}",
            "only": asked,
            "measure": chosen,
            "all": all_,
            "include_laid": include_laid,
        },
        refs,
        rulebook,
        in_use,
    )
    inputs = tuple(dict.fromkeys(context.inputs))
    context = context.model_copy(update={"inputs": inputs, "labels": found.labels, "extra": found.extra})
    file = decision_file(in_use, decisions)
    if file is not None:
        from analyser.decisions.compared import decide_compared
        from analyser.decisions.findings import Findings, opener
        from analyser.decisions.settle import settle

        old, new = (
            settle(file, Findings(side.analysis, f"{ref.name}@{ref.revision}"), opener(rulebook))
            for ref, side in zip(refs, sides, strict=True)
        )
        note(f"on the later text, {new.says}.")
        shown, context = decide_compared(shown, old, new), with_decisions(context, new)
    emit("compare", shown, name, output, context)


def _resolve(typed: str, include_laid: bool) -> "RevisionRef":
    """Return the text meant; `as-at:DATE` and `code@as-at:DATE` are the text in force on a day."""
    from analyser import library

    code, at, date = typed.rpartition(_AS_AT)
    if not at or (code and not code.endswith("@")):
        return library.resolve(typed)
    return library.as_at(code.removesuffix("@") or library.DEFAULT_CODE, date, include_laid).ref


def _named(typed: str, ref: "RevisionRef", refs: "Sequence[RevisionRef]") -> str:
    """Return how headlines call a text: by its date where that tells the two apart."""
    if _AS_AT in typed:
        return f"the text as at {typed.rpartition(_AS_AT)[2]}"
    if ref.entry is None or ref.identified is not None:
        return ref.shown
    return ref.revision if len({one.name for one in refs}) == 1 else f"{ref.name}@{ref.revision}"


def _only(typed: str | None) -> list[str]:
    from analyser.errors import UsageError, nearest

    asked = [word.strip().lower() for word in (typed or "").split(",") if word.strip()]
    for word in asked:
        if word not in _ONLY:
            raise UsageError(f"--only knows no `{word}`", fix=nearest(word, _ONLY))
    if typed is not None and not asked:
        raise UsageError("--only names nothing", fix=f"Known: {', '.join(_ONLY)}.")
    return asked


def _tells(row: "CompareRow", asked: "Sequence[str]") -> bool:
    """Say whether one of the things asked for changed in a row."""
    told = {
        "qualifiers": bool(row.qualifiers),
        "application": row.application not in ("", "same"),
        "gaps": bool(row.gaps),
    }
    return not asked or any(told[word] for word in asked)
