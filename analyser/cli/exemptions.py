"""`codegap exemptions`: every way out, the words that give it, who could claim it, and what it leaves
uncovered.
"""

from analyser.cli import options


def exemptions(
    revision: options.Revision = None,
    measure: options.Measure = None,
    kind: options.Kind = None,
    harm: options.Harm = None,
    service: options.Service = None,
    function: options.Function = None,
    format: options.Format = None,
    output: options.Output = None,
    strict: options.Strict = False,
) -> None:
    """List every way out of a duty.

    Each exemption says its words and place, who could claim it, and what it leaves uncovered.
    """
    from analyser.cli.filters import read_filters
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import open_session

    name = chosen_format("exemptions", format, output)
    session = open_session(revision, strict=strict)
    filters = read_filters(
        session.rulebook,
        session.measures,
        measure=measure,
        harm=harm,
        service=service,
        function=function,
        kind=kind,
    )
    rows = filters.keep(session.analysis.exemption_rows())
    emit("exemptions", rows, name, output, session.context(filters.options()))
