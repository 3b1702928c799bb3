"""Small texts for the tests of comparison, and the mirror of a row."""

from analyser import library
from analyser.analysis import Analysis
from analyser.compare.comparison import Comparison, Given, compare, given_of
from analyser.coverage.study import Revision
from analyser.model.text import Document
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from analyser.reading.markdown import parse_markdown
from analyser.reporting.compare_rows import (
    ChangedQualifier,
    CompareRow,
    GapChanges,
    GapMove,
    QualifierChanges,
)

_HEAD = "---\ncode: example\nrevision: {date}\n---\n# An example code\n\n"
_LARGE = (
    "## Section 5: Definitions\n\n5.1 large service means a service which has more than 7 million "
    "monthly active United Kingdom users.\n\n"
)
_TURNED = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}
_REACH = {"wider": "narrower", "narrower": "wider"}
EVERYONE = "This measure applies to a provider in respect of each service it provides."


def measure(number: str, title: str, *paragraphs: str, applies: str = EVERYONE, complete: bool = True) -> str:
    """Return one measure as Markdown; every paragraph is known from a quoted source."""
    known = "\n{: number=quoted text=quoted}\n\n"
    told = "".join(f"{number}.{place} {words}{known}" for place, words in enumerate(paragraphs, 2))
    marks = f"{{: title=quoted text_complete={'true' if complete else 'false'}}}"
    head = f"## EX {number} {title}\n{marks}\n\n### Application\n{number}.1 {applies}{known}"
    return f"{head}### Recommendation\n{told}"


def document(*measures: str, date: str = "2025-01-01") -> Document:
    """Return a text of measures."""
    return parse(
        parse_markdown(_HEAD.format(date=date) + _LARGE + "\n".join(measures), f"{date}.md"),
        Numbering(prefix="EX"),
        "ex",
    )


def given(text: Document) -> Given:
    """Return a text as a side of a comparison, judged for a few kinds of harm."""
    harms = ("terrorism", "csea", "grooming", "image_based_csam", "fraud", "hate")
    revision = Revision(
        code="example",
        date=text.revision,
        title=text.title,
        issuer="",
        status="as given",
        in_force="",
        regime="user-to-user",
        harms=harms,
        counting=frozenset(harms) - {"grooming", "image_based_csam"},
    )
    return Given(Analysis(text, revision, library.rulebook()), text.revision, {})


def compared(before: Document, after: Document) -> Comparison:
    """Compare two small texts."""
    return compare(given(before), given(after))


def history(before: str, after: str) -> Comparison:
    """Compare two revisions of the library as the command does."""
    refs = [library.resolve(name) for name in (before, after)]
    sides = [given_of(ref, library.rulebook(), ref.revision) for ref in refs]
    return compare(sides[0], sides[1], derived=refs[0].path == refs[1].path)


def mirrored(row: CompareRow) -> CompareRow:
    """Return a row as the comparison the other way round should tell it."""
    return row.model_copy(
        update={
            "change": _TURNED.get(row.change, row.change),
            "from_": row.to,
            "to": row.from_,
            "match_basis": _TURNED.get(row.match_basis, row.match_basis),
            "redline": turned_words(row.redline),
            "application": _REACH.get(row.application, row.application),
            "qualifiers": QualifierChanges(
                added=row.qualifiers.removed,
                removed=row.qualifiers.added,
                changed=tuple(ChangedQualifier(from_=one.to, to=one.from_) for one in row.qualifiers.changed),
            ),
            "gaps": GapChanges(
                opened=tuple(map(_turned, row.gaps.closed)), closed=tuple(map(_turned, row.gaps.opened))
            ),
        }
    )


def turned_words(line: str) -> str:
    """Return a redline with what was deleted inserted, and the other way round."""
    from analyser.compare.redline import Run, runs_of, text_form

    other = {"insert": "delete", "delete": "insert"}
    runs = [Run(other.get(run.op, run.op), run.text) for run in runs_of(line)]
    for place in range(len(runs) - 1):
        if (runs[place].op, runs[place + 1].op) == ("insert", "delete"):
            runs[place], runs[place + 1] = runs[place + 1], runs[place]
    return text_form(runs)


def comparable(row: CompareRow) -> str:
    """Return a row as one line, its lists in an order of their own."""
    data = row.model_dump(mode="json", by_alias=True)
    for lists in (data["qualifiers"], data["gaps"]):
        for name in lists:
            lists[name] = sorted(map(repr, lists[name]))
    return repr(data)


def _turned(move: GapMove) -> GapMove:
    return move.model_copy(update={"before": move.after, "after": move.before})
