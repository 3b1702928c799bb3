"""The structure of one dated text: measures, provisions and definitions, all pointing into one canonical
text."""

from collections.abc import Iterator

from analyser.model.base import Basis, Frozen


class Span(Frozen):
    """A half-open range of characters of the canonical text, `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of `text` that the span points at."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Say whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end


class PhraseBasis(Frozen):
    """How one short phrase of a provision is known, e.g. `technically feasible`: secondary."""

    phrase: str
    basis: Basis


class Provision(Frozen):
    """A numbered paragraph or item with its own words, its items, and a tail that governs all items.

    `number` is the full number within the code, e.g. `C9.1(a)(ii)`, or `C9.u1` when the official number is
    not known. `lead` is the provision's own words before its first item, without the label; `tail` what
    follows the last item. `page` is that on which it starts, where the source has pages; `exact` says that
    the words are those of the file read, not our restatement of them.
    """

    number: str
    label: str
    span: Span
    lead: Span
    items: tuple["Provision", ...] = ()
    tail: Span | None = None
    number_basis: Basis = Basis.UNKNOWN
    text_basis: Basis = Basis.UNKNOWN
    phrases: tuple[PhraseBasis, ...] = ()
    page: int | None = None
    exact: bool = False

    @property
    def number_known(self) -> bool:
        """Say whether the official paragraph number is known."""
        return ".u" not in self.number

    def walk(self) -> Iterator["Provision"]:
        """Yield the provision and all its items, in the order of the text."""
        yield self
        for item in self.items:
            yield from item.walk()


class Measure(Frozen):
    """A numbered recommended measure with its application and recommendation paragraphs."""

    id: str
    number: str
    title: str
    span: Span
    title_span: Span
    application: tuple[Provision, ...]
    recommendation: tuple[Provision, ...]
    title_basis: Basis = Basis.UNKNOWN
    text_complete: bool = False
    codes: tuple[str, ...] = ()
    codes_basis: Basis = Basis.UNKNOWN
    duties: str = ""
    duties_basis: Basis = Basis.UNKNOWN

    def provisions(self) -> Iterator[Provision]:
        """Yield every provision of the measure, items included, in the order of the text."""
        for paragraph in (*self.application, *self.recommendation):
            yield from paragraph.walk()


class Definition(Frozen):
    """A defined term and the provision that defines it."""

    term: str
    provision: Provision
    meaning: Span


class IndexRow(Frozen):
    """One row of the code's own table of which measure applies to whom."""

    measure: str
    title: str
    application: str
    span: Span
    basis: Basis


class HarmRow(Frozen):
    """One row of the code's table of kinds of illegal harm; `row` is empty when its number is not known."""

    row: str
    kind: str
    span: Span


class Note(Frozen):
    """A remark of ours beside the text; never read as a provision."""

    span: Span
    measure: str | None = None


class Footnote(Frozen):
    """Words that the source sets apart at the foot of a page; `at` is where its mark stood in the text."""

    mark: str
    span: Span
    page: int | None = None
    at: int | None = None


class Furniture(Frozen):
    """What a page carries for itself: a running header or footer, a page number, leaders of a contents."""

    span: Span
    page: int | None = None


class Document(Frozen):
    """One dated text of a code, parsed: every character lies in one node or is listed in `unplaced`.

    `media`, `file_sha256`, `pages`, `empty_pages` and `warnings` are those of the source; `front_matter` are
    the words of a title page. `exact` says that the words are those of the file, not our restatement.
    """

    code: str
    prefix: str
    revision: str
    title: str
    path: str
    text: str
    sha256: str
    measures: tuple[Measure, ...]
    sections: tuple[Provision, ...] = ()
    definitions: tuple[Definition, ...] = ()
    index: tuple[IndexRow, ...] = ()
    harm_rows: tuple[HarmRow, ...] = ()
    notes: tuple[Note, ...] = ()
    headings: tuple[Span, ...] = ()
    front_matter: tuple[Span, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    unplaced: tuple[Span, ...] = ()
    placed: float = 1.0
    media: str = "markdown"
    file_sha256: str = ""
    pages: int | None = None
    empty_pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    exact: bool = False

    def measure(self, measure_id: str) -> Measure | None:
        """Return the measure with this id, e.g. `ICU C2`, or None."""
        return next((measure for measure in self.measures if measure.id == measure_id), None)

    @property
    def key(self) -> str:
        """The stem of every id in this text, e.g. `icu/2025-02-24`."""
        return f"{self.prefix}/{self.revision}"
