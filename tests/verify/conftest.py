"""Check a restatement against a file that plays the official one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analyser import library
from analyser.rulebook import Rulebook
from analyser.verify.check import Checked, check

from .official import play_official

CheckAgainst = Callable[..., Checked]
Row = tuple[str, str, str, str]


def told(checked: Checked) -> list[Row]:
    """Return what, verdict, measure and provision of every row that tells of a disagreement."""
    return [
        (row.what, row.verdict, row.measure, row.provision)
        for row in checked.rows
        if row.verdict not in ("agree", "not_comparable")
    ]


@pytest.fixture(scope="session")
def against(rules: Rulebook, tmp_path_factory: pytest.TempPathFactory, no_cache: None) -> CheckAgainst:
    """Check a revision (the default one) against itself played official, with changes: pairs of words."""
    folder: Path = tmp_path_factory.mktemp("official")

    def checked(*changes: tuple[str, str], revision: str | None = None) -> Checked:
        ref = library.resolve(revision)
        path = folder / f"official-{len(list(folder.iterdir()))}.md"
        markdown = ref.path.read_text(encoding="utf-8")
        path.write_text(play_official(markdown, *changes), encoding="utf-8")
        return check(ref, path, path.name, rules)

    return checked


@pytest.fixture(scope="session")
def check_texts(
    rules: Rulebook, tmp_path_factory: pytest.TempPathFactory, no_cache: None
) -> Callable[[str, str], Checked]:
    """Check a restatement given as Markdown against a file given as Markdown."""

    def checked(ours: str, official: str) -> Checked:
        folder: Path = tmp_path_factory.mktemp("texts")
        (folder / "ours.md").write_text(ours, encoding="utf-8")
        (folder / "official.md").write_text(official, encoding="utf-8")
        return check(library.resolve(str(folder / "ours.md")), folder / "official.md", "official.md", rules)

    return checked
