"""`codegap explain`: one finding read aloud, from the words to the people they leave."""

from typing import Annotated

import typer

from analyser.cli import options


def explain(
    id: Annotated[
        str, typer.Argument(help="A duty, exemption or gap id, or a measure such as ICU C2.", metavar="ID")
    ],
    revision: options.Revision = None,
    format: options.Format = None,
    output: options.Output = None,
    strict: options.Strict = False,
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
) -> None:
    """Show how one finding follows from the words.

    It reads the path aloud: words, rule, duty, who could claim it, whom it leaves, and what was set aside.
    """
    from analyser.cli.filters import find_measure
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import open_session

    name = chosen_format("explain", format, output)
    session = open_session(revision, include_all=True, strict=strict, rules=rules, no_workspace=no_workspace)
    asked = find_measure(id, session.measures) or id.strip()
    emit("explain", session.analysis.explain(asked), name, output, session.context({"id": asked}))
