"""What a document is taken to be, by what is said of it, its name, numbers and words; every guess is told."""

from pathlib import Path

import pytest

from analyser import library
from analyser.catalogue import compose
from analyser.errors import InputError
from analyser.ingest.dates import dates_in_name, dates_in_text
from analyser.ingest.document import resolve_document
from analyser.ingest.identify import identify
from analyser.ingest.said import Said, said_beside
from analyser.reading.canonical import Draft
from analyser.revisions import RevisionRef
from tests.parsing.sources import furniture, heading, source_of, text

TITLE = "Illegal content Codes of Practice for user-to-user services"
ICU = (heading("ICU A1 Review"), text("A1.1 This applies."), text("A1.2 Act."))
DRAFT = (heading("4A Take down"), text("A4.22 This applies."), heading("4B Set"), text("A4.24 Act."))
STANDARDS = (
    heading("Standard 4: Defaults"),
    text("4.1 Act."),
    heading("Standard 5: Words"),
    text("5.1 Act."),
)


def found(
    *drafts: Draft,
    name: str = "a.pdf",
    said: Said | None = None,
    official: dict[str, tuple[str, str]] | None = None,
) -> RevisionRef:
    return identify(
        source_of(*drafts), Path(name), name, said or Said(), library.codes(), library.codes_dir(), official
    )


def notes(ref: RevisionRef) -> str:
    assert ref.identified
    return " ".join(ref.identified.notes)


def test_a_code_is_told_by_the_name_before_its_measures() -> None:
    ref = found(heading("A document", 1), *ICU)
    assert (ref.name, ref.revision, ref.entry) == ("illegal-content-u2u", "undated", None)
    assert "Read as illegal-content-u2u: 1 measure begins with ICU; numbering as in its code.yaml." in notes(
        ref
    )
    assert "ids say `undated`" in notes(ref)


def test_measures_without_a_name_need_the_title_too() -> None:
    assert found(heading("A document", 1), *DRAFT).name == "a"
    ref = found(heading(TITLE, 1), *DRAFT)
    assert ref.name == "illegal-content-u2u"
    assert "its title" in notes(ref)


def test_the_drafts_paragraphs_are_read_as_its_code_says() -> None:
    ref = found(heading(TITLE, 1), *DRAFT)
    assert ref.identified
    start = ref.identified.numbering.start("A4.22 This applies.", "4A")
    assert start is not None
    assert (ref.identified.how, start.owner) == ("code.yaml", "4A")


def test_a_numbering_that_reads_far_more_takes_the_place_of_the_librarys() -> None:
    annex = (heading("4A Take"), text("B4.1 Act."), text("B4.2 Act."), heading("4B Set"), text("B4.3 Act."))
    ref = found(heading(TITLE, 1), *annex)
    assert ref.identified
    assert (ref.identified.scheme, ref.identified.how) == ("number-letter", "guessed")
    assert "Numbering guessed: number-letter" in notes(ref)


def test_a_code_of_its_own_is_named_after_its_file_and_its_regime_is_told() -> None:
    ref = found(heading("Design standards", 1), *STANDARDS, name="My Standards 2024-05-01.pdf")
    assert ref.code is not None
    assert (ref.name, ref.code.prefix, ref.revision) == ("my-standards", "my-standards", "2024-05-01")
    assert (ref.code.title, ref.code.regime) == ("Design standards", "user-to-user")
    assert "the library lists none that numbers its measures so" in notes(ref)
    assert "`regime:` in My Standards 2024-05-01.pdf.yaml says otherwise" in notes(ref)


def test_a_short_name_before_the_measures_begins_the_ids() -> None:
    ref = found(heading("XYZ B1 Reports"), text("B1.1 Act."), text("B1.2 Act."))
    assert ref.code
    assert ref.code.prefix == "xyz"


DATES = [
    ("codes-2025-02-24.pdf", "", "2025-02-24", "from the name of the file"),
    ("codes-24-feb-2025.pdf", "1 May 2026", "2025-02-24", "from the name of the file"),
    ("a.pdf", "24 February 2025", "2025-02-24", "the only date on its first page"),
    ("a.pdf", "Issued 24 February 2025, printed 1 May 2026", "2025-02-24", "that is a revision's"),
    ("a.pdf", "1 May 2026", "2026-05-01", "knows no revision of that date"),
    ("a.pdf", "1 May 2026 and 2 May 2026", "undated", "No one date was found"),
    ("from 2025-02-24 to 2026-09-09.pdf", "", "undated", "No one date was found"),
]


@pytest.mark.parametrize(("name", "printed", "revision", "told"), DATES)
def test_the_date_is_that_of_the_name_else_one_on_the_first_page(
    name: str, printed: str, revision: str, told: str
) -> None:
    ref = found(heading(TITLE, 1), text(printed or "Words"), *ICU, name=name)
    assert ref.revision == revision
    assert told in notes(ref)
    assert (ref.entry is not None) is (revision == "2025-02-24")


def test_dates_in_running_headers_count_and_those_in_the_text_do_not() -> None:
    ref = found(heading(TITLE, 1), *ICU, text("A1.3 By 1 May 2026."), furniture("24 February 2025"))
    assert ref.revision == "2025-02-24"


def test_what_is_said_holds() -> None:
    said = Said(code="illegal-content-search", revision="2025-02-24", numbering="named-letter-number")
    ref = found(heading(TITLE, 1), *ICU, said=said)
    assert ref.identified
    assert (ref.name, ref.revision) == ("illegal-content-search", "2025-02-24")
    assert (ref.identified.scheme, ref.identified.how) == ("named-letter-number", "said")
    assert "as is said" in notes(ref)


def test_a_name_that_the_library_does_not_know_may_be_said() -> None:
    said = Said(code="my-code", title="Mine", issuer="Me", regime="search")
    ref = found(heading("Design standards", 1), *STANDARDS, said=said)
    assert ref.code
    assert (ref.code.code, ref.code.prefix, ref.code.title, ref.code.issuer) == (
        "my-code",
        "my-code",
        "Mine",
        "Me",
    )
    assert (ref.code.regime, "regime" in notes(ref)) == ("search", False)


def test_the_official_file_is_known_by_its_hash() -> None:
    official = {"0" * 64: ("illegal-content-u2u", "2025-02-24")}
    ref = found(heading("A document", 1), *ICU, official=official)
    assert ref.identified
    assert (ref.name, ref.revision, ref.identified.official) == ("illegal-content-u2u", "2025-02-24", True)
    assert "is an official file, by its sha256" in notes(ref)


def test_words_of_the_official_file_are_official() -> None:
    ref = resolve_document(str(Path(__file__).with_name("small.html")))
    assert ref.identified
    for official, basis in ((True, "official"), (False, "quoted")):
        said = ref.model_copy(update={"identified": ref.identified.model_copy(update={"official": official})})
        document = compose(said).document
        assert {one.text_basis for measure in document.measures for one in measure.provisions()} == {basis}
        assert (document.code, document.revision) == ("illegal-content-u2u", "2025-02-24")


def test_a_document_without_a_measure_is_refused_with_how_to_say_the_numbering() -> None:
    with pytest.raises(InputError) as caught:
        found(heading("Report"), text("Nothing is numbered here."))
    assert "No measure was found in a.pdf" in caught.value.cause
    assert "word-number" in caught.value.cause
    assert "--numbering SCHEME" in caught.value.fix
    assert "a.pdf.yaml" in caught.value.fix


def test_a_scheme_said_that_opens_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="under the numbering article"):
        found(heading("A document", 1), *ICU, said=Said(numbering="article"))


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("codes-9sep2026.pdf", ["2026-09-09"]),
        ("codes_20250224.pdf", ["2025-02-24"]),
        ("codes-24-feb.pdf", []),
        ("2025-13-41.pdf", []),
        ("1 September 2026, 1st Sept 2026", ["2026-09-01"]),
        ("31 February 2025", []),
        ("120250224", []),
    ],
)
def test_dates_are_read_as_people_write_them(name: str, days: list[str]) -> None:
    assert list(dates_in_name(name)) == list(dates_in_text(name)) == days


def test_what_is_said_beside_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf.yaml").write_text(
        "code: my-code\nrevision: 2025-02-24\nnumbering:\n  measure_prefix: Standard\n", encoding="utf-8"
    )
    said = said_beside(tmp_path / "a.pdf", "a.pdf")
    assert (said.code, said.revision, said.numbering) == (
        "my-code",
        "2025-02-24",
        {"measure_prefix": "Standard"},
    )
    assert said_beside(tmp_path / "b.pdf", "b.pdf") == Said()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("revison: 2025-02-24\n", r"there is no key `revison`.*a.pdf.yaml, line 1.*Did you mean revision\?"),
        ("code: a\nrevision: soon\n", "a.pdf.yaml, line 2"),
        ("code: a\nregime: all\n", "a.pdf.yaml, line 2"),
        ("- a\n", "the file holds no sidecar"),
    ],
)
def test_what_is_said_badly_is_refused_with_its_line(tmp_path: Path, words: str, why: str) -> None:
    (tmp_path / "a.pdf.yaml").write_text(words, encoding="utf-8")
    with pytest.raises(InputError, match=why):
        said_beside(tmp_path / "a.pdf", "a.pdf")
