"""`codegap ingest`: what is read from a document of any kind, what is missing, and what has no place."""

from pathlib import Path
from typing import Annotated

import typer

from analyser.cli import options


def ingest(
    file: Annotated[
        Path, typer.Argument(help="A PDF, Word document, web page, Markdown or text.", metavar="FILE")
    ],
    code: Annotated[
        str | None,
        typer.Option(
            "--code",
            help="The code it is of, by its name in the library.",
            metavar="NAME",
            show_default=False,
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", help="Its date, e.g. 2025-02-24.", metavar="DATE", show_default=False),
    ] = None,
    numbering: Annotated[
        str | None,
        typer.Option(
            "--numbering",
            help="How its measures are numbered: a scheme of codes/numbering.yaml.",
            metavar="SCHEME",
            show_default=False,
        ),
    ] = None,
    format: options.Format = None,
    output: options.Output = None,
    strict: options.Strict = False,
) -> None:
    """Read a document, and show what was found in it.

    Measures, paragraphs and items with their pages; numbers that are missing; every word that has no place;
    and what the document was taken to be. What is said here holds for this look; written into FILE.yaml
    beside the document (code, revision, numbering, title, issuer, regime) it holds for every command.
    """
    from analyser import library
    from analyser.catalogue import compose, numbering_of
    from analyser.cli.output import chosen_format, emit, note
    from analyser.cli.session import plain_context
    from analyser.errors import UnplacedTextError
    from analyser.ingest.document import resolve_document
    from analyser.ingest.identify import known_code, no_measure
    from analyser.ingest.report import ingest_report, ingest_rows
    from analyser.ingest.said import said_by_options
    from analyser.ingest.sentences import percent, piece_words

    name = chosen_format("ingest", format, output)
    said = said_by_options(known_code(code, library.codes()) if code else None, date, numbering)
    ref = resolve_document(str(file), said)
    composed = compose(ref)
    if not composed.document.measures:
        raise no_measure(ref.shown, library.codes_dir())
    report = ingest_report(ref, composed, numbering_of(ref))
    asked = {"file": ref.shown, "code": code, "date": date, "numbering": numbering, "strict": strict}
    context = plain_context(asked, (ref,))
    extra = report.model_dump(mode="json")
    if name != "table":
        for one in report.notes:
            note(one)
    emit("ingest", ingest_rows(composed.document), name, output, context.model_copy(update={"extra": extra}))
    if strict and report.unplaced:
        pieces = "1 piece" if len(report.unplaced) == 1 else f"{len(report.unplaced)} pieces"
        raise UnplacedTextError(
            f"{pieces} of text found no place ({percent(report.placed)} placed); "
            f"the first: {piece_words(report.unplaced[0])}",
            place=ref.shown,
            fix="Run without --strict to go on.",
        )
