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
    decisions: options.Decisions = None,
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
) -> None:
    """List every way out of a duty.

    Each exemption says its words and place, who could claim it, and what it leaves uncovered.
    """
    from analyser.cli.deciding import settled, with_decisions
    from analyser.cli.filters import read_filters
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import open_session

    name = chosen_format("exemptions", format, output)
    session = open_session(revision, strict=strict, rules=rules, no_workspace=no_workspace)
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
    context = session.context(filters.options())
    settlement = settled(session, decisions)
    if settlement is not None:
        from analyser.decisions.apply import decide_exemptions

        rows = decide_exemptions(rows, settlement)
        context = with_decisions(context, settlement, "Exemptions", rows)
    emit("exemptions", rows, name, output, context)
