"""`codegap codes`: what the library holds, and the text of one revision."""

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
    from analyser.catalogue import provision_rows, read_document
    from analyser.cli.filters import read_filters
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import plain_context
    from analyser.rulebook.models import Rulebook

    name = chosen_format("codes-show", format, output)
    ref = library.resolve(revision)
    document = read_document(ref)
    filters = read_filters(Rulebook(), [one.id for one in document.measures], measure=measure)
    asked = {"revision": f"{ref.name}@{ref.revision}", "measure": list(filters.measures)}
    emit("codes-show", filters.keep(provision_rows(document)), name, output, plain_context(asked, (ref,)))
