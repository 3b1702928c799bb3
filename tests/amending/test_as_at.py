"""Which text is in force on a day: each side of every boundary, and nothing shown that is not in force."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analyser import library
from analyser.analysis import analyse
from analyser.catalogue import compose, numbering_of, read_document
from analyser.errors import InputError, UsageError
from analyser.rulebook.models import Rulebook

from .conftest import BASE, instrument

U2U = "illegal-content-u2u"
C14 = {"ICU C14"}
CRISIS = {"ICU C15", "ICU C16"}
LAID = "Draft amendments laid on 2026-06-18 (not known to be issued) are not in force; "
ISSUED = "Amendments issued on 2026-09-09 come into force on 2026-09-30; "
DRAFTED = "Draft amendments laid on 2026-06-01 (issued only on 2026-09-09) are not in force; "
NOT, AS_IF = "they are not applied here.", "they are applied here as if they were in force."
SmallLibrary = Callable[[str, dict[str, str]], None]


@pytest.mark.parametrize(
    ("date", "include_laid", "revision", "more", "pending"),
    [
        ("2025-03-17", False, "2025-02-24", set(), []),
        ("2026-05-31", False, "2025-02-24", set(), []),
        ("2026-06-01", False, "2025-02-24", set(), [DRAFTED + NOT]),
        ("2026-06-18", False, "2025-02-24", set(), [DRAFTED + NOT, LAID + NOT]),
        ("2026-09-08", False, "2025-02-24", set(), [DRAFTED + NOT, LAID + NOT]),
        ("2026-09-09", False, "2025-02-24", set(), [ISSUED + NOT, LAID + NOT]),
        ("2026-09-29", False, "2025-02-24", set(), [ISSUED + NOT, LAID + NOT]),
        ("2026-09-30", False, "2026-09-09", C14, [LAID + NOT]),
        ("2026-10-01", False, "2026-09-09", C14, [LAID + NOT]),
        ("2026-05-31", True, "2025-02-24", set(), []),
        ("2026-06-02", True, "2026-09-09", C14, [DRAFTED + AS_IF]),
        ("2026-09-29", True, "2026-09-09+2026-06-18", C14 | CRISIS, [ISSUED + AS_IF, LAID + AS_IF]),
        ("2026-10-01", True, "2026-09-09+2026-06-18", C14 | CRISIS, [LAID + AS_IF]),
    ],
)
def test_the_text_as_at_a_day(
    date: str, include_laid: bool, revision: str, more: set[str], pending: list[str]
) -> None:
    found = library.as_at(U2U, date, include_laid)
    issued = {one.id for one in read_document(library.resolve("2025-02-24")).measures}
    document = read_document(found.ref)
    assert (found.ref.revision, document.revision) == (revision, revision)
    assert {one.id for one in document.measures} - issued == more
    assert [one.says for one in found.pending] == pending
    assert list(found.ref.notices) == pending
    shown_all_the_same = any(one.applied for one in found.pending)
    assert found.status.startswith(
        f"NOT the text in force on {date}: " if shown_all_the_same else f"in force on {date}: "
    )
    assert found.ref.entry is not None
    assert found.ref.entry.status == found.status
    assert bool(found.ref.entry.in_force) is not shown_all_the_same
    assert found.ref.entry.in_force <= date


@pytest.mark.parametrize(
    ("date", "says"),
    [
        (
            "2025-03-16",
            "no text of illegal-content-u2u was in force on 2025-03-16: the first came into force on "
            "2025-03-17. "
            "The text issued on 2025-02-24, issued but not yet in force on that day, is "
            "`illegal-content-u2u@2025-02-24`.",
        ),
        (
            "2025-02-23",
            "no text of illegal-content-u2u was in force on 2025-02-23: the first came into force on "
            "2025-03-17. "
            "The text issued on 2025-02-24, not yet issued on that day, is `illegal-content-u2u@2025-02-24`.",
        ),
        ("2026-02-29", "`2026-02-29` is not a date. Write year, month and day, e.g. 2026-10-01."),
        ("2026-13-01", "`2026-13-01` is not a date. Write year, month and day, e.g. 2026-10-01."),
        ("20261001", "`20261001` is not a date. Write year, month and day, e.g. 2026-10-01."),
        ("soon", "`soon` is not a date. Write year, month and day, e.g. 2026-10-01."),
    ],
)
def test_a_day_without_a_text_in_force_is_refused(date: str, says: str) -> None:
    for include_laid in (False, True):
        with pytest.raises(UsageError) as refused:
            library.as_at(U2U, date, include_laid)
        assert str(refused.value) == says


def test_beyond_what_is_known_the_status_says_so() -> None:
    known = "As far as is known here: the last change known is of 2026-09-30"
    assert library.as_at(U2U, "2026-10-01").status.endswith(known)
    assert library.as_at(U2U, "2031-01-01").status.endswith(known)
    assert "As far as" not in library.as_at(U2U, "2026-09-30").status


@pytest.mark.parametrize(
    ("typed", "revision", "files"),
    [
        ("2026-09-09", "2026-09-09", ["2025-02-24", "2026-09-09"]),
        (f"{U2U}@2026-06-18", "2026-06-18", ["2025-02-24", "2026-06-18"]),
        ("2026-06-18+2026-09-09", "2026-09-09+2026-06-18", ["2025-02-24", "2026-09-09", "2026-06-18"]),
        (f"{U2U}@2026-09-09+2026-06-18", "2026-09-09+2026-06-18", ["2025-02-24", "2026-09-09", "2026-06-18"]),
        ("as-at:2026-10-01", "2026-09-09", ["2025-02-24", "2026-09-09"]),
        (f"{U2U}@as-at:2026-09-29", "2025-02-24", ["2025-02-24"]),
    ],
)
def test_a_revision_may_be_an_instrument_or_a_day(typed: str, revision: str, files: list[str]) -> None:
    ref = library.resolve(typed)
    assert ref.revision == revision
    assert [shown for _, shown in ref.files] == [f"codes/{U2U}/{one}.md" for one in files]
    assert all(path.is_file() for path, _ in ref.files)


def test_a_laid_draft_by_its_date_says_that_it_is_not_in_force() -> None:
    entry = library.resolve("2026-06-18").entry
    assert entry is not None
    assert entry.in_force == ""
    assert (
        entry.status
        == "laid; shown as if the draft amendments laid on 2026-06-18 were in force: they are not"
    )


def test_the_kinds_of_harm_are_those_of_what_is_amended_unless_others_are_listed() -> None:
    base, draft = library.resolve("2025-02-24").entry, library.resolve("2026-06-18").entry
    assert base is not None
    assert draft is not None
    assert draft.kinds_of_harm is not None
    assert base.kinds_of_harm is not None
    assert draft.kinds_of_harm.kinds == base.kinds_of_harm.kinds


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2025-02-24+2026-09-09", "`2025-02-24+2026-09-09` names revisions that do not amend one text"),
        ("2026-09-09+2026-09-10", "there is no revision `2026-09-10` of illegal-content-u2u"),
        ("as-at:yesterday", "`yesterday` is not a date"),
        ("no-code@as-at:2026-10-01", "there is no code `no-code`"),
    ],
)
def test_what_cannot_be_put_together_is_refused(typed: str, says: str) -> None:
    with pytest.raises(UsageError) as refused:
        library.resolve(typed)
    assert str(refused.value).startswith(says)


# A library in which instruments follow one another, cross and conflict.
def _entry(revision: str, kind: str, **said: str) -> str:
    """A revision as code.yaml lists it; held unless it has no file."""
    held = {"held": "true" if "file" in said else "false"}
    pairs = ", ".join(f'{key}: "{value}"' for key, value in said.items())
    return f'  - {{revision: "{revision}", kind: {kind}, held: {held["held"]}, {pairs}}}\n'


def _amending(revision: str, in_force: str, amends: str, **said: str) -> str:
    return _entry(revision, "amending_instrument", issued=revision, in_force=in_force, amends=amends, **said)


WHOLE = _entry("2025-01-01", "issued", issued="2025-01-01", in_force="2025-02-01", file="base.md")
HISTORY = (
    WHOLE
    + _amending("2025-04-01", "2025-07-01", "2025-01-01", file="b.md")
    + _amending("2025-05-01", "2025-06-01", "2025-01-01", file="a.md")
    + _amending("2025-08-01", "2025-09-01", "2025-05-01", file="c.md")
    + _entry("2025-10-01", "laid_draft", laid="2025-10-01", amends="2025-01-01", file="d.md")
    + _entry("2026-01-01", "issued", issued="2026-01-01", in_force="2026-02-01", file="base.md")
    + _amending("2026-02-15", "2026-03-01", "2026-01-01")
)


def _written(words: str, revision: str, amends: str) -> str:
    head = (
        f"---\ncode: {U2U}\nrevision: {revision}\namends: {amends}\ninstrument: amending\n---\n# Amendments\n"
    )
    return f"{head}\n## Amendment 1: {words}\n{{: number=unknown text=secondary}}\n"


FILES = {
    "base.md": (Path(__file__).parent / "base.md").read_text(encoding="utf-8"),
    "a.md": _written("In ICU C2.2, for “swiftly” substitute “soon”", "2025-05-01", "2025-01-01"),
    "b.md": _written("In ICU C2.2, for “swiftly” substitute “at once”", "2025-04-01", "2025-01-01"),
    "c.md": _written("In ICU C2.2, for “soon” substitute “within a day”", "2025-08-01", "2025-05-01"),
    "d.md": _written("Omit ICU D1", "2025-10-01", "2025-01-01"),
}


@pytest.mark.parametrize(
    ("date", "revision", "words", "not_applied"),
    [
        ("2025-02-01", "2025-01-01", "swiftly,", []),
        ("2025-05-31", "2025-01-01", "swiftly,", []),
        ("2025-06-01", "2025-05-01", "soon,", []),
        ("2025-07-01", "2025-05-01+2025-04-01", "soon,", ["amendment 1 of 2025-04-01"]),
        ("2025-09-01", "2025-08-01+2025-05-01+2025-04-01", "within a day,", ["amendment 1 of 2025-04-01"]),
        ("2026-02-01", "2026-01-01", "swiftly,", []),
    ],
)
def test_instruments_are_applied_as_they_come_into_force_and_conflicts_are_listed(
    small_library: SmallLibrary, date: str, revision: str, words: str, not_applied: list[str]
) -> None:
    small_library(HISTORY, FILES)
    ref = library.as_at(U2U, date).ref
    composed = compose(ref)
    assert ref.revision == revision
    assert library.resolve(revision).files == ref.files
    measure = composed.document.measure("ICU C2")
    assert measure is not None
    assert words in measure.recommendation[0].lead.of(composed.document.text)
    assert [one.amendment.name for one in composed.not_applied] == not_applied


def test_what_is_not_applied_is_said_in_the_notice_of_the_analysis(small_library: SmallLibrary) -> None:
    small_library(HISTORY, FILES)
    revision = analyse(library.as_at(U2U, "2025-07-01").ref, Rulebook()).revision
    assert revision.notice.startswith(
        "amendment 1 of 2025-04-01 (In ICU C2.2, for “swiftly” substitute “at once”) is not"
    )


def test_a_new_text_supersedes_the_amendments_of_the_old_and_is_announced_before(
    small_library: SmallLibrary,
) -> None:
    small_library(HISTORY, FILES)
    pending = [one.says for one in library.as_at(U2U, "2026-01-31").pending]
    assert pending == [
        (
            "Draft amendments laid on 2025-10-01 (not known to be issued) are not in force; they are not "
            "applied here."
        ),
        "A new text issued on 2026-01-01 comes into force on 2026-02-01; this is not it.",
    ]
    assert library.as_at(U2U, "2026-02-01").pending == ()


def test_a_text_in_force_that_is_not_held_is_never_stood_in_for(small_library: SmallLibrary) -> None:
    small_library(HISTORY, FILES)
    (pending,) = library.as_at(U2U, "2026-02-28", include_laid=True).pending
    assert pending.says == (
        "Amendments issued on 2026-02-15 come into force on 2026-03-01; they are not held, and not "
        "applied here."
    )
    with pytest.raises(UsageError) as refused:
        library.as_at(U2U, "2026-03-01")
    assert str(refused.value) == (
        "the text of illegal-content-u2u in force on 2026-03-01 is not held: the amendments in force "
        "from 2026-03-01 "
        "are not. `2026-01-01` is the text without them."
    )
    with pytest.raises(UsageError) as refused:
        library.resolve("2026-02-15")
    assert str(refused.value) == (
        "the text of illegal-content-u2u of 2026-02-15 is not held. Dates known: 2025-01-01, 2025-04-01, "
        "2025-05-01, 2025-08-01, 2025-10-01, 2026-01-01, 2026-02-15; texts held: 2025-01-01, 2025-04-01, "
        "2025-05-01, 2025-08-01, 2025-10-01, 2026-01-01. To use a text of your "
        "own, give the path to its document."
    )


@pytest.mark.parametrize(
    ("amends", "says"),
    [
        ("2024-01-01", "the revision 2025-05-01 amends 2024-01-01, which is not listed"),
        ("2025-05-01", "the revision 2025-05-01 amends 2025-05-01, which amends it in turn"),
    ],
)
def test_an_instrument_that_amends_nothing_known_is_an_error_of_the_library(
    small_library: SmallLibrary, amends: str, says: str
) -> None:
    small_library(WHOLE + _amending("2025-05-01", "2025-06-01", amends, file="a.md"), FILES)
    for typed in ("2025-05-01", "as-at:2025-06-01"):
        with pytest.raises(InputError) as refused:
            library.resolve(typed)
        assert refused.value.cause == says
        assert refused.value.place == f"codes/{U2U}/code.yaml"


def test_a_code_that_never_came_into_force_has_no_text_as_at_a_day(small_library: SmallLibrary) -> None:
    small_library(_entry("2025-01-01", "consultation_draft", file="base.md"), FILES)
    with pytest.raises(UsageError, match="no text of illegal-content-u2u is known to have come into force"):
        library.as_at(U2U, "2025-06-01")


def test_an_instrument_of_ones_own_is_applied_to_what_it_says_it_amends(tmp_path: Path) -> None:
    own = tmp_path / "mine.md"
    own.write_text(_written("Omit ICU C14", "2027-01-01", "2026-09-09"), encoding="utf-8")
    ref = library.resolve(str(own))
    composed = compose(ref)
    assert composed.not_applied == ()
    assert composed.document.measure("ICU C14") is None
    assert [shown for _, shown in ref.files][1:] == [f"codes/{U2U}/2026-09-09.md", str(own)]
    assert ref.notices == (
        f"The text is that of 2026-09-09 with {own} applied to it as if it were in force.",
    )
    for missing, says in (
        ("amends: 2026-09-09\n", "it does not say what it amends"),
        (f"code: {U2U}\n", "there is no code `mine`"),
    ):
        own.write_text(
            _written("Omit ICU C14", "2027-01-01", "2026-09-09").replace(missing, ""), encoding="utf-8"
        )
        with pytest.raises(InputError, match=says):
            library.resolve(str(own))


def test_a_revision_may_number_its_measures_in_its_own_way(small_library: SmallLibrary) -> None:
    numbering = r"numbering: {measure_prefix: '', measure: '\d{1,2}[A-Z]', paragraph: '\d{1,3}|u\d{1,3}'}"
    draft = _entry("2024-01-01", "consultation_draft", file="draft.md").replace(
        "held:", f"{numbering}, held:"
    )
    words = "# Draft\n\n## 4A Taking down\n\n### Recommendation\n4A.u1 It should.\n"
    small_library(WHOLE + draft, {**FILES, "draft.md": words})
    document = read_document(library.resolve("2024-01-01"))
    assert [(one.id, one.recommendation[0].number) for one in document.measures] == [("4A", "4A.u1")]
    assert numbering_of(library.resolve("2025-01-01")).prefix == "ICU"


def test_a_pattern_that_is_none_is_an_error_of_the_library(small_library: SmallLibrary) -> None:
    entry = WHOLE.replace("held: true", "held: true, numbering: {measure: '[A-Z'}")
    small_library(entry, FILES)
    with pytest.raises(InputError, match=r"`\[A-Z` is not a pattern for the numbering of a measure"):
        read_document(library.resolve("2025-01-01"))


def test_the_sample_written_here_is_an_instrument() -> None:
    assert instrument("Omit ICU C2").get("amends") == BASE.get("revision")
