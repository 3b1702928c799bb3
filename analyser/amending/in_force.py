"""Which text of a code is in force on a date: the whole text, the instruments applied to it, and those
pending.
"""

import datetime
from collections.abc import Iterable, Sequence

from analyser.errors import InputError, UsageError
from analyser.model.base import Frozen
from analyser.revisions import Code, Pending, Revision

_NEVER = "9999-12-31"


class Found(Frozen):
    """What is in force on a date: the whole text, the instruments applied in their order, and what is
    pending.

    `in_force` is the date of the latest change, empty where something is applied that is not in force.
    """

    base: Revision
    applied: tuple[Revision, ...]
    pending: tuple[Pending, ...]
    status: str
    in_force: str


def find(code: Code, date: str, include_laid: bool = False) -> Found:
    """Return what is in force on a date, by the dates of the code's code.yaml.

    UsageError for what is no date, for a date before the first text came into force (which is named), and
    where
    an instrument in force is not held.
    """
    _refuse_no_date(date)
    texts = sorted(
        (entry for entry in code.revisions if entry.in_force and not entry.is_instrument),
        key=lambda entry: (entry.in_force, entry.revision),
    )
    if not texts:
        raise UsageError(f"no text of {code.code} is known to have come into force")
    if date < texts[0].in_force:
        raise _too_early(code, date, texts[0])
    base = [entry for entry in texts if entry.in_force <= date][-1]
    of_base = [entry for entry in code.revisions if entry.is_instrument and lineage(code, entry)[0] is base]
    now = order(entry for entry in of_base if entry.in_force and entry.in_force <= date)
    waiting = order(entry for entry in of_base if entry not in now and _announced(entry) <= date)
    shown = tuple(entry for entry in waiting if entry.held) if include_laid else ()
    missing = next((entry for entry in now if not entry.held), None)
    if missing:
        raise UsageError(
            f"the text of {code.code} in force on {date} is not held: the amendments in force from "
            f"{missing.in_force} are not",
            fix=f"`{base.revision}` is the text without them.",
        )
    later = [entry for entry in texts if entry.in_force > date and entry.issued and entry.issued <= date]
    return Found(
        base=base,
        applied=order((*now, *shown)),
        pending=(
            *(_pending(entry, date, entry in shown) for entry in waiting),
            *(_pending_text(entry) for entry in later),
        ),
        status=_status(code, base, now, shown, date),
        in_force="" if shown else max(entry.in_force for entry in (base, *now)),
    )


def order(instruments: Iterable[Revision]) -> tuple[Revision, ...]:
    """Return instruments in the order in which they take effect: by coming into force, then by issue, those
    not
    in force last, by laying.
    """
    return tuple(
        sorted(
            instruments,
            key=lambda one: (one.in_force or _NEVER, one.issued or _NEVER, one.laid or _NEVER, one.revision),
        )
    )


def lineage(code: Code, entry: Revision) -> tuple[Revision, ...]:
    """Return the whole text at the root of a revision, and each instrument from there to it.

    InputError where what it amends is not listed, or it amends itself in the end.
    """
    line = [entry]
    while line[0].is_instrument:
        amended = next((one for one in code.revisions if one.revision == line[0].amends), None)
        if amended is None or amended in line:
            problem = "which is not listed" if amended is None else "which amends it in turn"
            raise InputError(
                f"the revision {line[0].revision} amends {line[0].amends}, {problem}",
                place=f"codes/{code.code}/code.yaml",
                fix="Write in `amends` the revision upon which the instrument was drafted.",
            )
        line.insert(0, amended)
    return tuple(line)


def composed_entry(code: Code, base: Revision, instruments: Sequence[Revision]) -> Revision:
    """Return what is to be said of a text with instruments applied: as the last one says, with the kinds of
    harm
    of the latest that lists them.

    It is named by that instrument where nothing but what it was drafted upon is applied, else by all of them,
    the latest first: `2026-09-09+2026-06-18`.
    """
    last = instruments[-1]
    alone = tuple(instruments) == lineage(code, last)[1:]
    kinds = [one.kinds_of_harm for one in (base, *instruments) if one.kinds_of_harm is not None]
    drafts = [one for one in instruments if not one.in_force]
    named = _and(_named(one) for one in drafts)
    return last.model_copy(
        update={
            "revision": last.revision
            if alone
            else "+".join(sorted((one.revision for one in instruments), reverse=True)),
            "status": f"{last.status}; shown as if {named} were in force: they are not"
            if drafts
            else last.status,
            "in_force": "" if drafts else max(one.in_force for one in instruments),
            "kinds_of_harm": kinds[-1] if kinds else None,
            "numbering": base.numbering,
        }
    )


def _announced(entry: Revision) -> str:
    """Return the day from which an instrument counts as pending: that of its laying or its issue."""
    return min((day for day in (entry.laid, entry.issued) if day), default=_NEVER)


def _named(entry: Revision) -> str:
    if entry.issued:
        return f"the amendments issued on {entry.issued}"
    return (
        f"the draft amendments laid on {entry.laid}"
        if entry.laid
        else f"the draft amendments of {entry.revision}"
    )


def _pending(entry: Revision, date: str, applied: bool) -> Pending:
    """Return what is to be said of an instrument that is not in force on a date."""
    if entry.issued and entry.issued <= date:
        comes = (
            f"come into force on {entry.in_force}" if entry.in_force else "have no known day of commencement"
        )
        said = f"Amendments issued on {entry.issued} {comes}"
    else:
        issued = f"issued only on {entry.issued}" if entry.issued else "not known to be issued"
        said = f"Draft amendments laid on {entry.laid} ({issued}) are not in force"
    if applied:
        end = "they are applied here as if they were in force"
    elif entry.held:
        end = "they are not applied here"
    else:
        end = "they are not held, and not applied here"
    return Pending(revision=entry.revision, says=f"{said}; {end}.", applied=applied)


def _pending_text(entry: Revision) -> Pending:
    said = f"A new text issued on {entry.issued} comes into force on {entry.in_force}; this is not it."
    return Pending(revision=entry.revision, says=said)


def _status(code: Code, base: Revision, now: Sequence[Revision], shown: Sequence[Revision], date: str) -> str:
    text = f"the text issued on {base.issued or base.revision}" + (
        f" with {_and(f'{_named(one)} (in force from {one.in_force})' for one in now)}" if now else ""
    )
    if shown:
        said = (
            f"NOT the text in force on {date}: {text}, as if {_and(_named(one) for one in shown)} "
            "were in force; they are not"
        )
    else:
        said = f"in force on {date}: {text}"
    known = max(day for entry in code.revisions for day in (entry.issued, entry.laid, entry.in_force) if day)
    return said if date <= known else f"{said}. As far as is known here: the last change known is of {known}"


def _and(words: Iterable[str]) -> str:
    said = list(words)
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}" if said else ""


def _refuse_no_date(date: str) -> None:
    try:
        right = datetime.date.fromisoformat(date).isoformat() == date
    except ValueError:
        right = False
    if not right:
        raise UsageError(f"`{date}` is not a date", fix="Write year, month and day, e.g. 2026-10-01.")


def _too_early(code: Code, date: str, first: Revision) -> UsageError:
    issued = first.issued or first.revision
    yet = "issued but not yet in force" if issued <= date else "not yet issued"
    return UsageError(
        f"no text of {code.code} was in force on {date}: the first came into force on {first.in_force}",
        fix=f"The text issued on {issued}, {yet} on that day, is `{code.code}@{first.revision}`.",
    )
