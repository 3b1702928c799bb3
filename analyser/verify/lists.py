"""What a text lists: its measures with their titles, the terms it defines, the kinds of harm, and its
dates.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from analyser.compare.similarity import plain
from analyser.model.text import Definition, HarmRow, Measure
from analyser.reporting.verify_rows import Verdict, VerifyRow, What
from analyser.verify.logic import same_meaning
from analyser.verify.sides import Side, Sides, is_unseen

if TYPE_CHECKING:
    from analyser.revisions import Revision

_ARTICLE = re.compile(r"^(?:an?|the) ")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{'|'.join(_MONTHS)})\s+(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# By which words before it a printed date says what happened then; the field of a code.yaml it belongs to.
_SAID_OF = (
    ("in_force", re.compile(r"\b(?:in|into) force\b|\beffective\b|\bcommence", re.IGNORECASE)),
    ("issued", re.compile(r"\bissued?\b", re.IGNORECASE)),
    ("laid", re.compile(r"\blaid\b", re.IGNORECASE)),
    ("published", re.compile(r"\bpublished\b|\bpublication\b", re.IGNORECASE)),
)
_BEFORE = 90


def measure_rows(sides: Sides, name: str) -> Iterator[VerifyRow]:
    """Yield the rows of one measure as such: whether both sides have it, and its title."""
    ours, official = sides.ours.measure(name), sides.official.measure(name)
    if ours is None or official is None:
        verdict: Verdict = "only_ours" if official is None else "only_official"
        yield _measure_row("measure", name, verdict, ours, official, _missing(sides, ours, official))
        return
    yield _measure_row("measure", name, "agree", ours, official, "")
    if is_unseen(ours.title) or not official.title:
        side = "ours" if is_unseen(ours.title) else "the official file"
        yield _measure_row("title", name, "not_comparable", ours, official, f"no title was seen in {side}")
    else:
        same = plain(ours.title) == plain(official.title)
        yield _measure_row("title", name, "agree" if same else "disagree", ours, official, "")


def definition_rows(sides: Sides) -> Iterator[VerifyRow]:
    """Yield a row for every term that either side defines."""
    ours, official = _terms(sides.ours), _terms(sides.official)
    by_number = {one.provision.number: term for term, one in official.items() if term not in ours}
    for term in dict.fromkeys((*ours, *official)):
        one, other = ours.get(term), official.get(term)
        renamed = by_number.get(one.provision.number) if one and one.provision.number_known else None
        if one is not None and other is None and renamed:
            note = "the paragraph of this number defines another term"
            yield _definition_row(sides, "disagree", one, official.pop(renamed), note)
        elif one is None and other is None:
            continue
        elif one is None or other is None:
            verdict: Verdict = "only_ours" if other is None else "only_official"
            yield _definition_row(sides, verdict, one, other, "")
        elif is_unseen(sides.ours.words(one.meaning)):
            yield _definition_row(sides, "agree", one, other, "the term; what it means was not seen in ours")
        else:
            verdict, note = same_meaning(sides, one.meaning, other.meaning)
            yield _definition_row(sides, verdict, one, other, note)


def harm_rows(sides: Sides) -> Iterator[VerifyRow]:
    """Yield a row for every kind of harm in the table of either side."""
    names = _harm_names(sides)
    ours, official = _kinds(sides.ours, names), _kinds(sides.official, names)
    if not ours and not official:
        return
    if not official:
        note = "no table of kinds of harm was found in the official file"
        yield _row("harm", "not_comparable", "", "", note)
        return
    for key in dict.fromkeys((*ours, *official)):
        one, other = ours.get(key), official.get(key)
        if one is None or other is None:
            verdict: Verdict = "only_ours" if other is None else "only_official"
            yield _row("harm", verdict, _kind(one), _kind(other), "")
        elif one.row and one.row != other.row:
            yield _row("harm", "disagree", _kind(one), _kind(other), "the numbers of the rows differ")
        else:
            number = "" if one.row == other.row else f"its row number, not known to us, is {other.row}"
            named = "" if plain(one.kind) == plain(other.kind) else "named in other words"
            note = "; ".join(part for part in (number, named) if part)
            yield _row("harm", "agree", _kind(one), _kind(other), note)


def date_rows(side: Side, entry: "Revision | None") -> Iterator[VerifyRow]:
    """Yield a row for each date that code.yaml gives, or could give, beside what the official file prints."""
    if entry is None:
        return
    printed, anywhere = printed_dates(side.document.text)
    for field, _ in _SAID_OF:
        known, told = getattr(entry, field), printed.get(field, ())
        name = field.replace("_", " ")
        ours = f"{name} {known}" if known else ""
        official = "; ".join(f"{name} {date}" for date in told)
        if known and told:
            verdict: Verdict = "agree" if known in told else "disagree"
            yield _row("date", verdict, ours, official, "")
        elif known and known in anywhere:
            yield _row(
                "date", "agree", ours, known, f"the date is printed, though not that it is {name} then"
            )
        elif known:
            yield _row("date", "not_comparable", ours, "", "not found in the official file")
        elif told:
            yield _row("date", "only_official", "", official, "")


def printed_dates(text: str) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Return the dates that a text prints: by what it says happened then, and all of them (`2025-02-24`).

    >>> printed_dates("The Codes were issued on 24 February 2025.")[0]
    {'issued': ('2025-02-24',)}
    """
    told: dict[str, list[str]] = {}
    anywhere = set()
    last = 0
    for match in _DATE.finditer(text):
        month = _MONTHS.index(match["month"].lower()) + 1
        date = f"{match['year']}-{month:02}-{int(match['day']):02}"
        anywhere.add(date)
        before = text[max(last, match.start() - _BEFORE) : match.start()]
        before = re.split(r"(?<=[.;])\s|\n\n", before)[-1]
        said = [(found[-1].end(), field) for field, cue in _SAID_OF if (found := list(cue.finditer(before)))]
        if said:
            told.setdefault(max(said)[1], []).append(date)
        last = match.end()
    return {field: tuple(dict.fromkeys(dates)) for field, dates in told.items()}, frozenset(anywhere)


def _terms(side: Side) -> dict[str, Definition]:
    found: dict[str, Definition] = {}
    for definition in side.document.definitions:
        found.setdefault(_ARTICLE.sub("", plain(definition.term)), definition)
    return found


def _harm_names(sides: Sides) -> Mapping[str, str]:
    return {
        plain(name): harm.key
        for harm in sides.ours.study.rulebook.harms
        for name in (*harm.names, harm.name, harm.name_on(sides.ours.study.revision.date))
    }


def _kinds(side: Side, names: Mapping[str, str]) -> dict[str, HarmRow]:
    """Return the rows of the table of harms by kind: by its key where its name is known, else by the name."""
    found: dict[str, HarmRow] = {}
    for row in side.document.harm_rows:
        without = re.sub(r"\s*\([^()]*\)\s*$", "", row.kind)
        key = names.get(plain(row.kind)) or names.get(plain(without)) or plain(row.kind)
        found.setdefault(key, row)
    return found


def _kind(row: HarmRow | None) -> str:
    return f"{row.row} {row.kind}".strip() if row else ""


def _missing(sides: Sides, ours: Measure | None, official: Measure | None) -> str:
    if official is None:
        return "the official file has no measure of this number"
    count = len(sides.official.paragraphs(official))
    return f"ours has no such measure; the official one has {count} paragraph{'' if count == 1 else 's'}"


def _measure_row(
    what: What, name: str, verdict: Verdict, ours: Measure | None, official: Measure | None, note: str
) -> VerifyRow:
    paragraphs = (*official.application, *official.recommendation) if official else ()
    return VerifyRow(
        measure=name,
        provision="",
        what=what,
        verdict=verdict,
        ours=ours.title if ours else "",
        official=official.title if official else "",
        note=note,
        page=(paragraphs[0].page or "") if paragraphs else "",
    )


def _definition_row(
    sides: Sides, verdict: Verdict, one: Definition | None, other: Definition | None, note: str
) -> VerifyRow:
    shown = one or other
    assert shown is not None
    return VerifyRow(
        measure="",
        provision=shown.provision.number,
        what="definition",
        verdict=verdict,
        ours=f"{one.term}: {sides.ours.words(one.meaning)}" if one else "",
        official=f"{other.term}: {sides.official.words(other.meaning)}" if other else "",
        note=note,
        page=(other.provision.page or "") if other else "",
    )


def _row(what: What, verdict: Verdict, ours: str, official: str, note: str) -> VerifyRow:
    return VerifyRow(
        measure="", provision="", what=what, verdict=verdict, ours=ours, official=official, note=note
    )
