"""`codegap decisions`: what people decided about findings, read from a workbook, added by hand, carried to
another text.
"""

from datetime import date as day
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.cli import options

if TYPE_CHECKING:
    from analyser.cli.session import Session
    from analyser.decisions.file import DecisionFile

Id = Annotated[
    str,
    typer.Argument(help="The id of a gap or an exemption, as printed.", metavar="ID", show_default=False),
]
Reviewer = Annotated[str, typer.Option("--reviewer", help="Who decides.", metavar="NAME", show_default=False)]
Day = Annotated[
    str,
    typer.Option(
        "--date", help="When, e.g. 2026-11-20. By default today.", metavar="DATE", show_default=False
    ),
]
Target = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        help="The file of decisions to write; what it holds is kept. By default the one in use.",
        metavar="FILE",
        show_default=False,
    ),
]


def list_(
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            help="Only decisions that stand like this: valid, carried, reopened, stale, superseded or aside "
            "(may be repeated).",
            metavar="STATUS",
            show_default=False,
        ),
    ] = None,
    revision: options.Revision = None,
    decisions: options.Decisions = None,
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """List the decisions and how each stands on a text.

    Valid, carried from another text, to be decided again since the words changed, or stale since the finding
    is gone. None is ever dropped.
    """
    from analyser.cli.deciding import settled, with_decisions
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import open_session
    from analyser.decisions.model import Status
    from analyser.decisions.tell import decision_rows
    from analyser.errors import UsageError, nearest

    name = chosen_format("decisions-list", format, output)
    for asked in status or ():
        if asked not in tuple(Status):
            raise UsageError(f"there is no status `{asked}`", fix=nearest(asked, tuple(Status)))
    session = open_session(revision, rules=rules, no_workspace=no_workspace)
    found = settled(session, decisions)
    if found is None:
        raise UsageError("no file of decisions is in use", fix="Give one with --decisions FILE.")
    rows = [row for row in decision_rows(found) if not status or row.status in status]
    context = with_decisions(session.context({"status": list(status or ())}), found)
    emit("decisions-list", rows, name, output, context)


def add(
    finding: Id,
    verdict: Annotated[
        str,
        typer.Option(
            "--verdict", help="accept, reject, re-grade or note.", metavar="VERDICT", show_default=False
        ),
    ],
    reviewer: Reviewer,
    reason: Annotated[str, typer.Option("--reason", help="Why.", metavar="TEXT", show_default=False)] = "",
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="The grade of a re-grade, e.g. strength=arguable.",
            metavar="GRADE",
            show_default=False,
        ),
    ] = "",
    date: Day = "",
    revision: options.Revision = None,
    decisions: options.Decisions = None,
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
    output: Target = None,
) -> None:
    """Add a decision about one finding to the file.

    The words it is made on are kept with it. A finding that is decided already is refused.
    """
    from analyser.cli.deciding import findings_of
    from analyser.cli.session import open_session
    from analyser.decisions.merge import Merged
    from analyser.decisions.model import Decision, Verdict, read_grades
    from analyser.errors import UsageError, nearest
    from analyser.rulebook.validation import validate

    if verdict not in tuple(Verdict):
        raise UsageError(f"there is no verdict `{verdict}`", fix=nearest(verdict, tuple(Verdict)))
    try:
        grades = read_grades(to)
    except ValueError as problem:
        raise UsageError(str(problem)) from problem
    session = open_session(revision, rules=rules, no_workspace=no_workspace)
    findings = findings_of(session)
    known = (*findings.exemptions, *findings.gaps)
    if finding not in known:
        raise UsageError(
            f"there is no finding `{finding}` in {findings.text}",
            fix=f"{nearest(finding, known)} Another text is named with --revision.",
        )
    file = _file(session, decisions, output)
    held = next((n for n, one in enumerate(file.decisions) if one.finding == finding), None)
    if held is not None:
        raise UsageError(
            f"`{finding}` is decided already", fix=f"Change or take out the entry at {file.place(held)}."
        )
    made = validate(
        Decision,
        {
            "finding": finding,
            "verdict": verdict,
            "to": grades,
            "reviewer": reviewer,
            "date": date or day.today().isoformat(),
            "reason": reason,
            "quote": findings.words(finding),
            "revision": findings.text,
        },
        "the decision",
        UsageError,
    )
    _write(Merged(added=[made]), file)


def read(
    workbook: Annotated[
        Path,
        typer.Argument(help="The .xlsx file that was filled in.", metavar="WORKBOOK", show_default=False),
    ],
    reviewer: Annotated[
        str,
        typer.Option(
            "--reviewer", help="Who decided, where a row does not say.", metavar="NAME", show_default=False
        ),
    ] = "",
    date: Day = "",
    prefer: Annotated[
        str,
        typer.Option(
            "--prefer",
            help="Whose decision stands where file and workbook differ: file or workbook.",
            metavar="WHICH",
            show_default=False,
        ),
    ] = "",
    revision: options.Revision = None,
    decisions: options.Decisions = None,
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
    output: Target = None,
) -> None:
    """Take over the decisions that people wrote into a workbook.

    They are merged into the file; where it says otherwise nothing is written, and each conflict is listed.
    """
    from analyser.cli.deciding import findings_of
    from analyser.cli.output import note
    from analyser.cli.session import open_session
    from analyser.decisions.findings import opener
    from analyser.decisions.merge import FILE, WORKBOOK, check_reviews, merge
    from analyser.decisions.settle import settle
    from analyser.decisions.workbook import read_workbook
    from analyser.errors import InputError, UsageError, nearest

    if prefer not in ("", FILE, WORKBOOK):
        raise UsageError(f"--prefer knows no `{prefer}`", fix=nearest(prefer, (FILE, WORKBOOK)))
    _check_day(date)
    reviewed = read_workbook(workbook, workbook.as_posix())
    made_on = reviewed.revision if "@" in reviewed.revision else ""
    try:
        session = open_session(revision or made_on or None, rules=rules, no_workspace=no_workspace)
    except UsageError as problem:
        if revision or not made_on:
            raise
        raise UsageError(
            f"{reviewed.shown} was made from {made_on}, which is not held here",
            fix="Name the text with --revision, by the path of its document.",
        ) from problem
    findings = findings_of(session)
    here = _made_here(session, reviewed.hashes)
    if reviewed.profile:
        note(f"{reviewed.shown} was made for the profile {reviewed.profile}; its gaps are not looked up.")
        here = False
    elif not here:
        note(
            f"{reviewed.shown} was made from another text or other rules than those in use"
            f"{'' if reviewed.hashes else ' (its README does not say which)'}; decisions on findings that "
            "are gone are kept as they are."
        )
    check_reviews(reviewed, findings, here)
    file = _file(session, decisions, output)
    found = settle(file, findings, opener(session.rulebook))
    merged = merge(reviewed, found, reviewer=reviewer, date=date or day.today().isoformat(), prefer=prefer)
    for line in merged.conflicts:
        note(f"conflict: {line}.")
    for review in reviewed.withdrawn:
        note(f"{review.place()}: the decision was emptied; it stands until it is taken out of the file.")
    if merged.conflicts and not prefer:
        raise InputError(
            f"the file and the workbook differ in {len(merged.conflicts)} of {len(reviewed.reviews)} "
            "decisions, and nothing was written",
            fix="Make them agree, or say whose stands with --prefer file or --prefer workbook.",
        )
    note(
        f"{len(reviewed.reviews)} decisions in {reviewed.shown}: {len(merged.added)} new, "
        f"{len(merged.changed)} changed, {merged.same} in the file already."
    )
    _write(merged, file)


def carry(
    from_: Annotated[
        str,
        typer.Option("--from", help="The text they were made on.", metavar="REVISION", show_default=False),
    ],
    to: Annotated[
        str,
        typer.Option("--to", help="The text to carry them to.", metavar="REVISION", show_default=False),
    ],
    decisions: options.Decisions = None,
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
    format: options.Format = None,
    output: Target = None,
) -> None:
    """Carry decisions from one text to another.

    Where the words are the same a decision is written for the other text too; where they changed, or the
    finding is gone, it is listed and kept as it is.
    """
    from analyser import library
    from analyser.analysis import analyse
    from analyser.cli.deciding import settled, with_decisions
    from analyser.cli.output import chosen_format, emit, note
    from analyser.cli.session import open_session
    from analyser.decisions.merge import Merged, carried
    from analyser.decisions.tell import decision_row
    from analyser.errors import UsageError

    name = chosen_format("decisions-list", format, None)
    session = open_session(to, rules=rules, no_workspace=no_workspace)
    start = library.resolve(from_)
    key = analyse(start, session.rulebook).document.key
    file = _file(session, decisions, output)
    found = settled(session, decisions or (output if output is not None and output.exists() else None))
    if found is None:
        raise UsageError("no file of decisions is in use", fix="Give one with --decisions FILE.")
    own = [one for one in found.settled if one.decision.key == key]
    held = {one.finding for one in file.decisions}
    made = [one for one in carried(found, key) if one.finding not in held]
    asked = {"from": f"{start.name}@{start.revision}"}
    context = with_decisions(session.context(asked), found)
    emit("decisions-list", [decision_row(one, found) for one in own], name, None, context)
    note(
        f"{len(own)} decisions were made on {asked['from']}; {len(made)} are written for "
        f"{found.findings.text}."
    )
    if made or output is not None:
        _write(Merged(added=made), file)


def _file(session: "Session", decisions: Path | None, output: Path | None) -> "DecisionFile":
    """Return the file to write: the output, which starts as what --decisions or the workspace holds."""
    from analyser.cli.output import check_writable
    from analyser.decisions.file import DecisionFile, read_decisions
    from analyser.errors import UsageError

    workspace = session.in_use.workspace
    own = workspace.decisions if workspace else None
    target = output or decisions or own
    if target is None:
        raise UsageError("there is no file to write the decisions to", fix="Add `-o decisions.yaml`.")
    check_writable(target)
    shown = (
        workspace.shown(workspace.settings.decisions) if workspace and target == own else target.as_posix()
    )
    source = target if target.exists() else decisions
    if source is None or (source == decisions and output is None and not source.exists()):
        return DecisionFile(path=target, shown=shown)
    held = read_decisions(source, source.as_posix() if source != target else shown)
    return held.model_copy(update={"path": target, "shown": shown})


def _write(merged: object, file: "DecisionFile") -> None:
    from analyser.cli.output import deliver, note
    from analyser.decisions.merge import Merged, text_of

    assert isinstance(merged, Merged)
    text = text_of(merged, file)
    if text.encode() == file.content:
        note(f"{file.shown} holds all of it already.")
        return
    deliver(text, file.path)
    note(f"wrote {file.shown}")


def _made_here(session: "Session", hashes: tuple[str, ...]) -> bool:
    """Say whether a workbook was made from the text and by the rules in use."""
    wanted = {one.sha256 for one in session.context().inputs if one.path.startswith("codes/")}
    wanted |= {session.rulebook.sha256}
    if session.ref.entry is None or not wanted:
        wanted |= {one.sha256 for one in session.context().inputs}
    return bool(hashes) and wanted <= set(hashes)


def _check_day(typed: str) -> None:
    from analyser.errors import UsageError

    try:
        if typed:
            day.fromisoformat(typed)
    except ValueError as problem:
        raise UsageError(f"`{typed}` is no date", fix="Write it as 2026-11-20.") from problem
