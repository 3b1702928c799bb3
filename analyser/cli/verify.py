"""`codegap verify`: our restatement of a revision against the publisher's own file."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.cli import options

if TYPE_CHECKING:
    from analyser.reporting.context import OutputContext
    from analyser.verify.check import Checked
    from analyser.verify.record import Change

_WHOLE = ("json", "csv", "xlsx")


def verify(
    against: Annotated[
        Path,
        typer.Option(
            "--against",
            help="The official file: PDF, Word, HTML, text or Markdown.",
            metavar="FILE",
            show_default=False,
        ),
    ],
    revision: Annotated[
        str | None,
        typer.Argument(
            help="A date, code@date, or the path of a restatement. By default the code's default revision.",
            metavar="REVISION",
            show_default=False,
        ),
    ] = None,
    write_basis: Annotated[
        bool, typer.Option("--write-basis", help="Record in the texts what agrees as checked.")
    ] = False,
    diff: Annotated[
        bool,
        typer.Option("--diff", help="Print what --write-basis would change, and write nothing."),
    ] = False,
    all_: Annotated[bool, typer.Option("--all", help="Also show what agrees.")] = False,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on",
            help="Exit 1 on these verdicts; disagree means any disagreement.",
            metavar="VERDICTS",
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help=(
                "table, json, csv, md, html or xlsx. By default what the name of the output file says, "
                "else table."
            ),
            metavar="FORMAT",
            show_default=False,
        ),
    ] = None,
    output: options.Output = None,
) -> None:
    """Check our text against the official file.

    Every disagreement in measures, numbers, logic, phrases, terms, kinds of harm and dates is a row.
    """
    from analyser import library
    from analyser.cli.output import chosen_format, deliver, emit, note
    from analyser.cli.session import tell_composed
    from analyser.verify.check import check
    from analyser.verify.record import changes, make

    name = chosen_format("verify", format, output)
    asked = _verdicts(fail_on)
    ref = library.resolve(revision)
    rulebook = library.rulebook()
    checked = check(ref, against, str(against), rulebook)
    tell_composed(ref, None)
    found = changes(ref, against, checked) if write_basis or diff else ()
    if diff:
        deliver("".join(change.diff for change in found), output)
        if not found:
            note("there is nothing to record that is not recorded already.")
    else:
        context = _context(checked, revision, against, all_, asked)
        rows = [row for row in checked.rows if all_ or name in _WHOLE or row.tells]
        if write_basis:
            make(found)
        emit("verify", rows, name, output, context)
        if write_basis:
            note(_written(found))
    _fail(asked, checked)


def _context(
    checked: "Checked", revision: str | None, against: Path, all_: bool, asked: list[str]
) -> "OutputContext":
    from analyser import library
    from analyser.cli.session import plain_context
    from analyser.reporting.rows import InputFile

    ref = library.resolve(revision)
    options_asked = {
        "revision": f"{ref.name}@{ref.revision}",
        "against": str(against),
        "all": all_,
        "fail_on": asked,
    }
    plain = plain_context(options_asked, (ref,), library.rulebook())
    document = checked.official.document
    file = InputFile(path=str(against), sha256=checked.official.source.file_sha256)
    counts: dict[str, dict[str, int]] = {}
    for (what, verdict), count in Counter((row.what, row.verdict) for row in checked.rows).items():
        counts.setdefault(what, {})[verdict] = count
    extra = {
        "headline": checked.headline,
        "notes": list(checked.notes),
        "counts": counts,
        "official": {"media": document.media, "pages": document.pages, "placed": document.placed},
    }
    return plain.model_copy(
        update={"inputs": (*plain.inputs, file), "labels": checked.labels, "extra": extra}
    )


def _written(found: tuple["Change", ...]) -> str:
    if not found:
        return "there was nothing to record that is not recorded already."
    return f"what agrees is recorded in {' and '.join(f'`{change.shown}`' for change in found)}."


def _verdicts(typed: str | None) -> list[str]:
    """Return the verdicts named after --fail-on; UsageError names the nearest for one that is none."""
    from typing import get_args

    from analyser.errors import UsageError, nearest
    from analyser.reporting.verify_rows import Verdict

    known = get_args(Verdict)
    asked = [word.strip().lower() for word in (typed or "").split(",") if word.strip()]
    for word in asked:
        if word not in known:
            raise UsageError(f"there is no verdict `{word}`", fix=nearest(word, known))
    if typed is not None and not asked:
        raise UsageError("--fail-on names no verdict", fix=f"Known: {', '.join(known)}.")
    return asked


def _fail(asked: list[str], checked: "Checked") -> None:
    from analyser.errors import FindingsError
    from analyser.reporting.verify_rows import DISAGREEMENTS

    wanted = {*asked, *(DISAGREEMENTS if "disagree" in asked else ())}
    counts = {verdict: count for verdict, count in checked.counts.items() if verdict in wanted and count}
    if counts:
        said = ", ".join(f"{count} {verdict.replace('_', ' ')}" for verdict, count in counts.items())
        raise FindingsError(f"the texts differ in what --fail-on names: {said}")
