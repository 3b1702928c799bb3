"""What the library holds: its codes and revisions, and the text of one of them, as rows."""

from collections import Counter
from collections.abc import Iterator

from analyser import library
from analyser.library import RevisionRef
from analyser.model.text import Document, Provision
from analyser.parsing import document as parsing
from analyser.parsing.numbering import Numbering
from analyser.reporting.rows import CodeRow, ProvisionRow


def read_document(ref: RevisionRef) -> Document:
    """Read and parse the text that a reference means, numbered as its code's code.yaml says (the default
    code's, if none).
    """
    code = ref.code or library.code(library.DEFAULT_CODE)
    numbering = Numbering(prefix=str(code.numbering.get("measure_prefix", "")))
    return parsing.load(ref.path, numbering, code.prefix, ref.shown)


def code_rows() -> tuple[CodeRow, ...]:
    """Return one row a known revision, with what its text rests on (numbered paragraphs counted by basis)."""
    rows = []
    for code in library.codes():
        for entry in code.revisions:
            held = read_document(library.resolve(f"{code.code}@{entry.revision}")) if entry.held else None
            rows.append(
                CodeRow(
                    code=code.code,
                    revision=entry.revision,
                    status=entry.status if entry.held else f"{entry.status}, text not held",
                    issued=entry.issued,
                    in_force=entry.in_force,
                    measures=len(held.measures) if held else entry.measures or 0,
                    basis_counts=_bases(held) if held else {},
                )
            )
    return tuple(rows)


def provision_rows(document: Document) -> tuple[ProvisionRow, ...]:
    """Return every numbered paragraph and item of a text in its order, each with its own words only."""
    rows: list[ProvisionRow] = []
    for measure in document.measures:
        for part, paragraphs in (
            ("application", measure.application),
            ("recommendation", measure.recommendation),
        ):
            rows.extend(_rows(document, paragraphs, measure.id, part))
    rows.extend(_rows(document, document.sections, "", "definition or general"))
    return tuple(rows)


def _rows(
    document: Document, paragraphs: tuple[Provision, ...], measure: str, part: str
) -> Iterator[ProvisionRow]:
    for paragraph in paragraphs:
        for provision in paragraph.walk():
            own = [provision.lead.of(document.text)]
            if provision.tail:
                own.append(provision.tail.of(document.text))
            yield ProvisionRow(
                number=provision.number,
                measure=measure,
                part=part,
                text=" … ".join(" ".join(words.split()) for words in own if words.strip()),
                number_basis=provision.number_basis,
                text_basis=provision.text_basis,
            )


def _bases(document: Document) -> dict[str, int]:
    """Count the numbered paragraphs of the measures by how their words are known."""
    counts = Counter(
        str(paragraph.text_basis)
        for measure in document.measures
        for paragraph in (*measure.application, *measure.recommendation)
    )
    return dict(sorted(counts.items()))
