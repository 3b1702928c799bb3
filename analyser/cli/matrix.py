"""`codegap matrix`: how well the code covers each service, harm and function."""

from analyser.cli import options


def matrix(
    revision: options.Revision = None,
    profile: options.ProfileFile = None,
    harm: options.Harm = None,
    service: options.Service = None,
    function: options.Function = None,
    format: options.Format = None,
    output: options.Output = None,
    strict: options.Strict = False,
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
) -> None:
    """Show services against harms, a letter a cell."""
    from analyser.cli.filters import read_filters
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import open_session

    name = chosen_format("matrix", format, output)
    session = open_session(revision, profile=profile, strict=strict, rules=rules, no_workspace=no_workspace)
    filters = read_filters(session.rulebook, session.measures, harm=harm, service=service, function=function)
    emit(
        "matrix",
        filters.keep(session.analysis.matrix_rows()),
        name,
        output,
        session.context(filters.options()),
    )
