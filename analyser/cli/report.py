"""`codegap report`: the whole analysis as one document to hand on."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.cli import options

if TYPE_CHECKING:
    from analyser.reporting.labels import Labels
    from analyser.reporting.report_model import Report

_FILES = ("html", "xlsx", "md")


def report(
    revision: options.Revision = None,
    out_dir: Annotated[
        Path | None,
        typer.Option(
            "--out-dir",
            help="Write report.html, report.xlsx and report.md here.",
            metavar="FOLDER",
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", help="html, md or xlsx.", metavar="FORMAT", show_default=False)
    ] = None,
    output: options.Output = None,
    strict: options.Strict = False,
    decisions: options.Decisions = None,
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
) -> None:
    """Write the whole analysis as one report.

    It holds the headline findings, the exemptions, the matrix, the gaps, the method and the limits.
    """
    from analyser.cli.deciding import settled, with_decisions
    from analyser.cli.output import deliver, note
    from analyser.cli.session import open_session

    if format is None and output is None and out_dir is None:
        out_dir = _default_folder(no_workspace)
    files = _planned(format, output, out_dir)
    session = open_session(revision, strict=strict, rules=rules, no_workspace=no_workspace)
    settlement = settled(session, decisions)
    context, labels = with_decisions(session.context(), settlement), session.analysis.labels()
    found = session.analysis.report(context.inputs, context.options)
    if settlement is not None:
        from analyser.decisions.apply import decide_report

        found = decide_report(found, session.analysis, settlement)
    for name, path in files:
        deliver(_render(found, labels, name), path)
    for path in (path for _, path in files if path is not None):
        note(f"wrote {path}")
    if out_dir is not None:
        for place, headline in enumerate(found.headlines[:3], 1):
            typer.echo(f"{place}. {headline.sentence}")
            if headline.beside:
                typer.echo(f"   {headline.beside}")


def _default_folder(no_workspace: bool) -> Path | None:
    """Return the folder that the workspace names for reports, None when there is none."""
    from analyser.workspace import find_workspace

    workspace = None if no_workspace else find_workspace()
    return workspace.output if workspace else None


def _planned(format: str | None, output: Path | None, out_dir: Path | None) -> list[tuple[str, Path | None]]:
    """Return the formats to write and where; refuse what cannot be before any work is done."""
    from analyser.cli.output import check_writable, make_folder
    from analyser.errors import UsageError, nearest

    if out_dir is not None:
        if output is not None or format is not None:
            raise UsageError(
                "--out-dir writes every format", fix="Leave out --format and -o, or leave out --out-dir."
            )
        make_folder(out_dir)
        return [(name, out_dir / f"report.{name}") for name in _FILES]
    suffix = output.suffix.removeprefix(".").lower() if output else ""
    name = format or (suffix if suffix in _FILES else "html" if output else "md")
    if name not in _FILES:
        fix = f"It has: {', '.join(_FILES)}."
        if name in ("table", "json", "csv", "docx"):
            raise UsageError(f"report cannot be written as {name}", fix=fix)
        raise UsageError(f"there is no format `{name}`", fix=f"{nearest(name, _FILES)} {fix}")
    if output is None and name == "xlsx":
        raise UsageError("xlsx needs a file to be written to", fix="Add `-o report.xlsx`.")
    if output is not None:
        check_writable(output)
    return [(name, output)]


def _render(report: "Report", labels: "Labels", name: str) -> str | bytes:
    from analyser.reporting.html_report import render_html
    from analyser.reporting.markdown_report import render_markdown
    from analyser.reporting.xlsx_report import render_xlsx

    match name:
        case "html":
            return render_html(report, labels)
        case "md":
            return render_markdown(report, labels)
        case _:
            return render_xlsx(report, labels)
