"""`codegap check`: which measures apply to one service, whether they reach anything there, and what it could
claim.
"""

from pathlib import Path
from typing import Annotated

import typer

from analyser.cli import options


def check(
    profile: Annotated[Path, typer.Argument(help="A file that describes the service.", metavar="PROFILE")],
    revision: options.Revision = None,
    measure: options.Measure = None,
    format: options.Format = None,
    output: options.Output = None,
    strict: options.Strict = False,
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
) -> None:
    """Judge every measure for one service.

    Each row says whether the measure applies and why, whether it reaches anything there, and what could be
    claimed.
    """
    from analyser.cli.filters import read_filters
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import open_session

    name = chosen_format("check", format, output)
    session = open_session(revision, profile=profile, strict=strict, rules=rules, no_workspace=no_workspace)
    assert session.profile is not None
    filters = read_filters(session.rulebook, session.measures, measure=measure)
    rows = filters.keep(session.analysis.check_rows(session.profile))
    emit("check", rows, name, output, session.context({"measure": list(filters.measures)}))
