"""Decisions read back from a workbook that people edited; nonsense is refused by sheet, row and column."""

import datetime
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from pydantic import Field

from analyser.decisions.model import EXEMPTION, GAP, Verdict, check_grade, read_grades
from analyser.errors import InputError, nearest
from analyser.model.base import Frozen

KINDS: Mapping[str, str] = {"Exemptions": EXEMPTION, "Gaps": GAP}
_COLUMNS = ("id", "decision", "re-grade to", "reviewer", "date", "note")
_STANDS = "decision stands"
_WHERE = ("who", "limbs")  # of a gap whom it leaves, of a failing application what of it fails
# What a workbook of codegap needs lies far below; what lies above is made to fill a memory.
_MOST_BYTES = 200_000_000
_MOST_PARTS = 2_000
_MOST_FOLD = 400
_SMALL_PART = 1_000_000
_MOST_ROWS = 200_000
_DTD = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # what readers of XML raise for a part that is not well formed
    OSError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    AssertionError,
)
_SHA = re.compile(r"sha256 ([0-9a-f]{64})")


class Review(Frozen):
    """The review of one finding as a row of a sheet has it; `place` says where, `words` and `where` are the
    cells that tell what the row is about. `stood` says that the workbook was made with a decision in it."""

    sheet: str
    row: int
    finding: str
    kind: str
    verdict: str = ""
    to: dict[str, str] = Field(default_factory=dict)
    reviewer: str = ""
    date: str = ""
    note: str = ""
    words: str = ""
    where: str = ""
    stood: bool = False

    def place(self, column: str = "") -> str:
        """Say where it stands, e.g. "sheet Gaps, row 12, column decision"."""
        return f"sheet {self.sheet}, row {self.row}" + (f", column {column}" if column else "")

    @property
    def said(self) -> tuple[object, ...]:
        """What the reviewer said, by which two rows on one finding are the same or not."""
        return (self.verdict, tuple(sorted(self.to.items())), self.reviewer, self.date, self.note)


class Reviewed(Frozen):
    """What a workbook holds: its reviews in order, and what its README says it was made from."""

    shown: str
    reviews: tuple[Review, ...]
    hashes: tuple[str, ...] = ()
    revision: str = ""
    profile: str = ""
    withdrawn: tuple[Review, ...] = ()


def read_workbook(path: Path, shown: str = "") -> Reviewed:
    """Return the reviews in the sheets Exemptions and Gaps of a workbook; nothing in the file is run.

    InputError for what is no workbook of codegap, and with sheet, row and column for a review that cannot be
    meant.
    """
    shown = shown or path.as_posix()
    _look_over(path, shown)
    sheets = _cells(path, shown)
    found = [name for name in KINDS if name in sheets]
    if not found:
        raise InputError(
            f"`{shown}` has no sheet of exemptions or gaps; its sheets are {', '.join(sheets) or 'none'}",
            fix="Decisions are read from the workbook of `codegap report`, `codegap exemptions` or "
            "`codegap gaps` (`-o review.xlsx`).",
        )
    reviews: list[Review] = []
    withdrawn: list[Review] = []
    for name in found:
        for review in _reviews(name, sheets[name], shown):
            empty = not (review.verdict or review.note or review.to)
            if not empty:
                reviews.append(review)
            elif review.stood:
                withdrawn.append(review)
    readme = [[str(cell.value or "") for cell in line] for line in sheets.get("README", [])]
    told = {line[0]: line[1] for line in readme if len(line) > 1}
    return Reviewed(
        shown=shown,
        reviews=_once(reviews, shown),
        hashes=tuple(hit for line in readme for cell in line for hit in _SHA.findall(cell)),
        revision=told.get("revision", told.get("Revision", "")),
        profile="" if told.get("profile", "none") == "none" else told["profile"],
        withdrawn=tuple(withdrawn),
    )


def _look_over(path: Path, shown: str) -> None:
    """Refuse what is no workbook, or one made to fill a memory, before any part of it is unpacked."""
    fix = "Give the .xlsx file that codegap wrote and you filled in."
    try:
        with zipfile.ZipFile(path) as parts:
            held = parts.infolist()
            total = sum(part.file_size for part in held)
            folded = any(
                part.file_size > _SMALL_PART and part.file_size > _MOST_FOLD * max(part.compress_size, 1)
                for part in held
            )
            if total > _MOST_BYTES or len(held) > _MOST_PARTS or folded:
                raise InputError(
                    f"`{shown}` unpacks to {total / 1e6:,.0f} MB, which no workbook of codegap does; it was "
                    "not unpacked",
                    fix=fix,
                )
            if any(part.flag_bits & 1 for part in held):
                raise InputError(f"`{shown}` is protected by a password", fix="Save it without one.")
            if "xl/workbook.xml" not in {part.filename for part in held}:
                raise InputError(f"`{shown}` is not a workbook", fix=fix)
            for part in held:
                content = parts.read(part)
                if part.filename.endswith((".xml", ".rels")) and any(mark in content for mark in _DTD):
                    raise InputError(
                        f"`{shown}` is not read: it declares entities of its own",
                        place=part.filename,
                        fix=fix,
                    )
    except OSError as problem:
        said = "there is no such file" if isinstance(problem, FileNotFoundError) else problem.strerror
        raise InputError(f"`{shown}` cannot be read: {str(said).lower()}") from problem
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as problem:
        raise InputError(
            f"`{shown}` is not a workbook, or is damaged or protected by a password", fix=fix
        ) from problem


def _cells(path: Path, shown: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return the cells of the sheets that matter, and of every other the name alone."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        sheets: dict[str, list[tuple[Any, ...]]] = {}
        for sheet in book.worksheets:
            sheets[sheet.title] = []
            if sheet.title in (*KINDS, "README"):
                sheet.reset_dimensions()
                for line in sheet.iter_rows():
                    if len(sheets[sheet.title]) >= _MOST_ROWS:
                        raise InputError(f"the sheet {sheet.title} of `{shown}` has too many rows")
                    sheets[sheet.title].append(tuple(line))
        book.close()
    except (InvalidFileException, *_FAULTS) as problem:
        raise InputError(
            f"`{shown}` is not a workbook that can be read: it is damaged",
            fix="Open it in a spreadsheet program and save it as .xlsx anew.",
        ) from problem
    return sheets


def _reviews(sheet: str, lines: Sequence[tuple[Any, ...]], shown: str) -> Iterator[Review]:
    titles = [str(cell.value or "").strip().lower() for cell in lines[0]] if lines else []
    for column in _COLUMNS:
        if titles.count(column) != 1:
            raise InputError(
                f"the header of the sheet {sheet} has "
                + (f"no column `{column}`" if column not in titles else f"the column `{column}` twice"),
                place=f"{shown}, sheet {sheet}, row 1",
                fix=f"Its first row must name {', '.join(_COLUMNS)}, as codegap wrote it.",
            )
    at = {title: place for place, title in enumerate(titles)}
    for number, line in enumerate(lines[1:], 2):
        cells = {title: line[place] for title, place in at.items() if title and place < len(line)}
        asked = {title: cells.get(title) for title in _COLUMNS}
        for title, cell in asked.items():
            if cell is not None and cell.data_type == "f":
                _refuse(
                    f"the cell holds a formula, {_short(str(cell.value))}",
                    shown,
                    sheet,
                    number,
                    title,
                    "Write the value itself.",
                )
        said = {title: _text(cell.value if cell is not None else None) for title, cell in asked.items()}
        reviewed = any(said[title] for title in _COLUMNS[1:])
        if not said["id"]:
            if reviewed:
                _refuse("a review stands beside no id", shown, sheet, number, "id", "Put the id back.")
            continue
        yield Review(
            sheet=sheet,
            row=number,
            finding=said["id"],
            kind=KINDS[sheet],
            verdict=_verdict(said, shown, sheet, number),
            to=_grades(said, shown, sheet, number),
            reviewer=said["reviewer"],
            date=_day(asked["date"], shown, sheet, number),
            note=said["note"],
            words=_text(cells["quote"].value) if "quote" in cells else "",
            where=next((_text(cells[title].value) for title in _WHERE if title in cells), ""),
            stood=_STANDS in cells and _text(cells[_STANDS].value).startswith(("valid", "carried")),
        )


def _verdict(said: Mapping[str, str], shown: str, sheet: str, row: int) -> str:
    """Return the decision; a note alone is the decision `note`."""
    typed = said["decision"].lower()
    if not typed:
        if said["re-grade to"]:
            _refuse("a grade stands without a decision", shown, sheet, row, "decision", "Write re-grade.")
        return Verdict.NOTE if said["note"] else ""
    if typed not in tuple(Verdict):
        _refuse(
            f"there is no decision `{_short(said['decision'])}`",
            shown,
            sheet,
            row,
            "decision",
            nearest(typed, tuple(Verdict)),
        )
    if typed in (Verdict.REJECT, Verdict.RE_GRADE, Verdict.NOTE) and not said["note"]:
        _refuse(f"the decision {typed} needs a reason", shown, sheet, row, "note", "Write it in the note.")
    if typed == Verdict.RE_GRADE and not said["re-grade to"]:
        _refuse(
            "a re-grade needs a grade",
            shown,
            sheet,
            row,
            "re-grade to",
            "Write one, such as strength: arguable.",
        )
    if typed != Verdict.RE_GRADE and said["re-grade to"]:
        _refuse(
            f"a grade is given, and the decision is {typed}",
            shown,
            sheet,
            row,
            "re-grade to",
            "Take out one.",
        )
    return typed


def _grades(said: Mapping[str, str], shown: str, sheet: str, row: int) -> dict[str, str]:
    try:
        found = read_grades(said["re-grade to"])
        for name, value in found.items():
            check_grade(KINDS[sheet], name, value)
    except ValueError as problem:
        _refuse(str(problem), shown, sheet, row, "re-grade to", "")
    return found


def _day(cell: Any, shown: str, sheet: str, row: int) -> str:
    value = cell.value if cell is not None else None
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    typed = _text(value)
    if not typed:
        return ""
    try:
        return datetime.date.fromisoformat(typed).isoformat()
    except ValueError:
        _refuse(f"`{_short(typed)}` is no date", shown, sheet, row, "date", "Write it as 2026-11-20.")


def _once(reviews: Sequence[Review], shown: str) -> tuple[Review, ...]:
    """Return one review a finding; two rows on one that say different things are refused."""
    held: dict[str, Review] = {}
    for review in reviews:
        other = held.setdefault(review.finding, review)
        if other.said != review.said:
            raise InputError(
                f"two rows decide differently on `{review.finding}`",
                place=f"{shown}, {other.place()}, and {review.place()}",
                fix="Leave one of them.",
            )
    return tuple(held.values())


def _refuse(cause: str, shown: str, sheet: str, row: int, column: str, fix: str) -> NoReturn:
    raise InputError(cause, place=f"{shown}, sheet {sheet}, row {row}, column {column}", fix=fix)


def _text(value: object) -> str:
    """Return a cell as one line."""
    return "" if value is None else " ".join(str(value).split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
