"""Where the texts lie, and which one a person means."""

from pathlib import Path

import pytest

from analyser import library
from analyser.errors import InputError, UsageError


@pytest.mark.parametrize(
    "typed", [None, "2025-02-24", "illegal-content-u2u@2025-02-24", "illegal-content-u2u"]
)
def test_a_revision_is_found_however_it_is_named(typed: str | None) -> None:
    ref = library.resolve(typed)
    assert (ref.name, ref.revision) == ("illegal-content-u2u", "2025-02-24")
    assert ref.shown == "codes/illegal-content-u2u/2025-02-24.md"
    assert ref.path.is_file()
    assert ref.entry is not None
    assert ref.entry.in_force == "2025-03-17"


def test_the_kinds_of_a_revision_are_its_own() -> None:
    entry = library.resolve().entry
    assert entry is not None
    assert entry.kinds_of_harm is not None
    every = entry.kinds_of_harm.all()
    assert len(entry.kinds_of_harm.kinds) == 17
    assert "cyberflashing" not in every
    assert every.index("csea") + 1 == every.index("grooming")
    assert every[-1] == "other_illegal_content"


def test_a_text_of_ones_own_is_tied_to_its_code_by_its_front_matter(tmp_path: Path) -> None:
    own = tmp_path / "mine.md"
    own.write_text("---\ncode: illegal-content-u2u\nrevision: 2025-02-24\n---\n# Mine\n", encoding="utf-8")
    ref = library.resolve(str(own))
    assert (ref.shown, ref.code is not None, ref.entry is not None) == (str(own), True, True)
    own.write_text("# Another regulator's code\n", encoding="utf-8")
    ref = library.resolve(str(own))
    assert (ref.name, ref.revision, ref.code) == ("mine", "", None)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2024-02-24", "there is no revision `2024-02-24` of illegal-content-u2u. Did you mean 2025-02-24"),
        (
            "ilegal-content-u2u@2025-02-24",
            "there is no code `ilegal-content-u2u`. Did you mean illegal-content-u2u",
        ),
        ("latest", "there is no revision `latest`. Known: "),
    ],
)
def test_a_revision_nobody_holds_is_refused_with_what_is_known(typed: str, says: str) -> None:
    with pytest.raises(UsageError) as refused:
        library.resolve(typed)
    assert str(refused.value).startswith(says)


def test_a_path_without_a_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        library.resolve(str(tmp_path / "no.md"))
    with pytest.raises(InputError, match="is a folder"):
        library.resolve(f"{tmp_path}/")
