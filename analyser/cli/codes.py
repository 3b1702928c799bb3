"""`codegap codes`: what the library holds, its history, and the text of a revision or as at a date."""

from typing import Annotated

import typer

from analyser.cli import options


def list_(format: options.Format = None, output: options.Output = None) -> None:
    """List the codes and revisions known, and the texts held."""
    from analyser.catalogue import code_rows
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import plain_context

    name = chosen_format("codes-list", format, output)
    emit("codes-list", code_rows(), name, output, plain_context())


def timeline(
    code: Annotated[
        str | None,
        typer.Argument(help="A code; by default all of them.", metavar="[CODE]", show_default=False),
    ] = None,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """List what happened when: published, laid, issued, in force."""
    from analyser.catalogue import timeline_rows
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import plain_context

    name = chosen_format("codes-timeline", format, output)
    emit("codes-timeline", timeline_rows(code), name, output, plain_context({"code": code}))


def show(
    revision: Annotated[
        str | None,
        typer.Argument(
            help="A date, code@date, or the path of a document.", metavar="[REVISION]", show_default=False
        ),
    ] = None,
    measure: options.Measure = None,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """Print the text held of a revision, with how each part is known."""
    from analyser import library
    from analyser.catalogue import compose, provision_rows
    from analyser.cli.filters import read_filters
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import plain_context, tell_composed
    from analyser.rulebook.models import Rulebook

    name = chosen_format("codes-show", format, output)
    ref = library.resolve(revision)
    composed = compose(ref)
    filters = read_filters(Rulebook(), [one.id for one in composed.document.measures], measure=measure)
    asked = {"revision": f"{ref.name}@{ref.revision}", "measure": list(filters.measures)}
    tell_composed(ref, composed)
    emit("codes-show", filters.keep(provision_rows(composed)), name, output, plain_context(asked, (ref,)))


def as_at(
    date: Annotated[str, typer.Argument(help="A day, e.g. 2026-10-01.", metavar="DATE", show_default=False)],
    code: Annotated[
        str | None, typer.Option("--code", help="The code.", metavar="CODE", show_default=False)
    ] = None,
    include_laid: Annotated[
        bool,
        typer.Option("--include-laid", help="Apply what was laid or issued and is not in force, and say so."),
    ] = False,
    measure: options.Measure = None,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """Print the text in force on a date, with what is announced."""
    from analyser import library
    from analyser.catalogue import as_at_rows, compose
    from analyser.cli.filters import read_filters
    from analyser.cli.output import chosen_format, emit, note
    from analyser.cli.session import plain_context, tell_composed
    from analyser.rulebook.models import Rulebook

    name = chosen_format("codes-as-at", format, output)
    found = library.as_at(code or library.DEFAULT_CODE, date, include_laid)
    composed = compose(found.ref)
    filters = read_filters(Rulebook(), [one.id for one in composed.document.measures], measure=measure)
    rows = as_at_rows(found, composed)
    beside = tuple(row for row in rows if row.kind != "provision")
    kept = (*beside, *filters.keep(row for row in rows if row.kind == "provision"))
    asked = {
        "date": date,
        "code": found.ref.name,
        "include_laid": include_laid,
        "revision": f"{found.ref.name}@{found.ref.revision}",
        "measure": list(filters.measures),
    }
    note(f"{found.status}.")
    tell_composed(found.ref, composed, said_already=True)
    emit("codes-as-at", kept, name, output, plain_context(asked, (found.ref,)))
