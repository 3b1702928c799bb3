"""The options that commands share, each said once."""

from pathlib import Path
from typing import Annotated

import typer

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="table, json, csv, md or xlsx. By default what the name of the output file says, else table.",
        metavar="FORMAT",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", help="Write to this file instead of the screen.", metavar="FILE", show_default=False
    ),
]
Revision = Annotated[
    str | None,
    typer.Option(
        "--revision",
        help="A date, code@date, or the path of a document. By default the code's default revision.",
        metavar="REVISION",
        show_default=False,
    ),
]
ProfileFile = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        help="Judge for the one service that this file describes.",
        metavar="FILE",
        show_default=False,
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit 5 when some of the text found no place in the structure.")
]
Measure = Annotated[
    list[str] | None,
    typer.Option(
        "--measure", help="Only this measure, e.g. C2 (may be repeated).", metavar="ID", show_default=False
    ),
]
Harm = Annotated[
    list[str] | None,
    typer.Option(
        "--harm", help="Only this kind of harm (may be repeated).", metavar="HARM", show_default=False
    ),
]
Service = Annotated[
    list[str] | None,
    typer.Option(
        "--service", help="Only this type of service (may be repeated).", metavar="TYPE", show_default=False
    ),
]
Function = Annotated[
    list[str] | None,
    typer.Option(
        "--function", help="Only this function (may be repeated).", metavar="FUNCTION", show_default=False
    ),
]
Kind = Annotated[
    list[str] | None,
    typer.Option(
        "--kind", help="Only this kind of exemption (may be repeated).", metavar="KIND", show_default=False
    ),
]
Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        help="Rules of your own over the built-in ones: a folder or a file (may be repeated).",
        metavar="PATH",
        show_default=False,
    ),
]
Decisions = Annotated[
    Path | None,
    typer.Option(
        "--decisions",
        help="What people decided about findings, shown beside them. By default the workspace's.",
        metavar="FILE",
        show_default=False,
    ),
]
NoWorkspace = Annotated[
    bool, typer.Option("--no-workspace", help="Leave the workspace of this folder aside.")
]
