"""`codegap duties`: every normative statement of a text, and what it does for people."""

from analyser.cli import options


def duties(
    revision: options.Revision = None,
    measure: options.Measure = None,
    harm: options.Harm = None,
    function: options.Function = None,
    format: options.Format = None,
    output: options.Output = None,
    strict: options.Strict = False,
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
) -> None:
    """List who should do what, and for which harms."""
    from analyser.cli.filters import read_filters
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import open_session

    name = chosen_format("duties", format, output)
    session = open_session(revision, strict=strict, rules=rules, no_workspace=no_workspace)
    filters = read_filters(session.rulebook, session.measures, measure=measure, harm=harm, function=function)
    emit(
        "duties", filters.keep(session.analysis.duty_rows()), name, output, session.context(filters.options())
    )
