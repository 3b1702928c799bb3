"""`codegap init`: a folder of one's own, with settings, rules, profiles and decisions."""

from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[
        Path,
        typer.Argument(help="The folder; by default the current one.", metavar="[DIR]", show_default=False),
    ] = Path("."),
) -> None:
    """Make a workspace in a folder.

    It holds settings, a place for rules of your own, an example of a profile, and a file for decisions. What
    is there already is never changed.
    """
    from analyser.cli.output import note
    from analyser.workspace.make import make_workspace

    for name in make_workspace(folder):
        note(f"wrote {folder / name}")
    note(f"commands that run in `{folder}` pick it up; `{folder / 'README.md'}` says what is where.")
