"""`codegap gaps`: what nothing binding covers, whom that leaves, why, and what would close it."""

from typing import Annotated

import typer

from analyser.cli import options


def gaps(
    revision: options.Revision = None,
    profile: options.ProfileFile = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Also gaps for which no source links service and harm.")
    ] = False,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on",
            help="Exit 1 when a gap has one of these states, e.g. escapable,no_measure.",
            metavar="STATES",
            show_default=False,
        ),
    ] = None,
    measure: options.Measure = None,
    harm: options.Harm = None,
    service: options.Service = None,
    function: options.Function = None,
    kind: options.Kind = None,
    format: options.Format = None,
    output: options.Output = None,
    strict: options.Strict = False,
    decisions: options.Decisions = None,
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
) -> None:
    """List what nothing binding covers, and why.

    Each gap says which services and harms are left, by which words, and what would close it.
    """
    from analyser.cli.deciding import settled, with_decisions
    from analyser.cli.filters import read_filters
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import open_session

    name = chosen_format("gaps", format, output)
    states = _states(fail_on)
    session = open_session(
        revision, profile=profile, include_all=all_, strict=strict, rules=rules, no_workspace=no_workspace
    )
    filters = read_filters(
        session.rulebook,
        session.measures,
        measure=measure,
        harm=harm,
        service=service,
        function=function,
        kind=kind,
    )
    context = session.context({"all": all_, "fail_on": states, **filters.options()})
    settlement = settled(session, decisions)
    if settlement is None:
        rows = filters.keep(session.analysis.gap_rows())
    else:
        from analyser.decisions.apply import decide_gaps

        rows = filters.keep([item.row for item in decide_gaps(session.analysis, settlement)])
        context = with_decisions(context, settlement, "Gaps", rows)
    emit("gaps", rows, name, output, context)
    _fail(states, [row.state for row in rows])


def _states(typed: str | None) -> list[str]:
    """Return the states named after --fail-on; UsageError names the nearest for one that is not a state."""
    from analyser.errors import UsageError, nearest
    from analyser.model.base import State

    known = [str(state) for state in State]
    asked = [word.strip().lower() for word in (typed or "").split(",") if word.strip()]
    for word in asked:
        if word not in known:
            raise UsageError(f"there is no state `{word}`", fix=nearest(word, known))
    if typed is not None and not asked:
        raise UsageError("--fail-on names no state", fix=f"Known: {', '.join(known)}.")
    return asked


def _fail(asked: list[str], found: list[str]) -> None:
    from analyser.errors import FindingsError

    counts = {state: found.count(state) for state in asked if state in found}
    if counts:
        said = ", ".join(f"{count} {state}" for state, count in counts.items())
        raise FindingsError(f"gaps found that --fail-on names: {said}")
