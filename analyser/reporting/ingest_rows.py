"""The rows of an ingest report, and what stands beside them: exactly the fields of the published contract."""

from analyser.model.base import Frozen
from analyser.reporting.flat import sentence
from analyser.reporting.labels import Labels
from analyser.reporting.rows import Row


class ProvisionAt(Frozen):
    """A paragraph or item with its own words and the page on which it starts (None without pages)."""

    number: str
    text: str
    page: int | None


class IngestRow(Row):
    """A measure as it was read: its title, the words that say to whom it applies, and every provision."""

    measure: str
    title: str
    application: str
    provisions: tuple[ProvisionAt, ...]


class Piece(Frozen):
    """Words that stand in no provision, with their page and, where they lie in a measure, that."""

    text: str
    page: int | None
    measure: str = ""


class FootnoteAt(Frozen):
    """A footnote: its mark, its words, its page, and the provision in which the mark stood."""

    mark: str
    text: str
    page: int | None
    provision: str


class FurnitureOn(Frozen):
    """What pages carry for themselves; words that are the same on several pages are told once."""

    text: str
    pages: tuple[int, ...]
    times: int


class GapIn(Frozen):
    """Numbers that are not there: kind is paragraph, item or measure (a remark: codes leave numbers out)."""

    kind: str
    place: str
    missing: tuple[str, ...]
    after: str


class NumberingUsed(Frozen):
    """The numbering a document was read by, how that is known, and the scheme that came next."""

    scheme: str
    how: str
    score: float
    runner_up: str
    runner_up_score: float


class MarkAt(Frozen):
    """A footnote's mark that was taken out of the words, and the provision in which it stood."""

    label: str
    provision: str


class IngestReport(Frozen):
    """All that is said of a document beside its measures; `placed` is a share of printed characters (0 to 1).

    `headline`, `headlines` and `notes` are its sentences, as every format prints them above the rows.
    """

    headline: str
    headlines: tuple[str, ...]
    notes: tuple[str, ...]
    placed: float
    unplaced: tuple[Piece, ...]
    media: str
    sha256: str
    pages: int | None
    empty_pages: tuple[int, ...]
    code: str
    revision: str
    title: str
    numbering: NumberingUsed
    front_matter: tuple[Piece, ...]
    sections: tuple[ProvisionAt, ...]
    definitions: tuple[str, ...]
    index: tuple[str, ...]
    harm_rows: tuple[str, ...]
    numbering_gaps: tuple[GapIn, ...]
    index_without_body: tuple[str, ...]
    body_without_index: tuple[str, ...]
    footnotes: tuple[FootnoteAt, ...]
    marks: tuple[MarkAt, ...]
    furniture: tuple[FurnitureOn, ...]
    warnings: tuple[str, ...]


@sentence.register
def _(value: ProvisionAt, labels: Labels) -> str:
    page = f" (page {value.page})" if value.page else ""
    return f"{value.number}{page} {value.text}".rstrip()
