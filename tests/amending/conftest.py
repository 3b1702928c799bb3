"""A small code, and a way to write amendments to it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analyser.amending.apply import apply
from analyser.amending.model import Applied, Done
from analyser.model.text import Document
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from analyser.reading.markdown import parse_markdown, read_markdown
from analyser.reading.source import Source

ICU = Numbering(prefix="ICU")
BASE = read_markdown(Path(__file__).with_name("base.md"), "base.md")
BASIS = "{: number=unknown text=recall-medium}"


def instrument(*amendments: str, revision: str = "2026-01-01", amends: str = "2025-02-24") -> Source:
    """An instrument: each amendment is its instruction and, below it, what it puts in."""
    parts = [
        f"---\ncode: illegal-content-u2u\nrevision: {revision}\namends: {amends}\ninstrument: amending\n---",
        "# Amendments",
    ]
    for number, amendment in enumerate(amendments, start=1):
        instruction, _, payload = amendment.partition("\n")
        parts.append(f"## Amendment {number}: {instruction}\n{BASIS}\n\n{payload}")
    return parse_markdown("\n\n".join(parts) + "\n", f"{revision}.md")


def amended(
    *amendments: str, base: Source = BASE, revision: str = "2026-01-01", earlier: tuple[Done, ...] = ()
) -> Applied:
    """The small code, or another text, with amendments applied."""
    return apply(base, instrument(*amendments, revision=revision), ICU, earlier)


def tree(source: Source) -> Document:
    """The tree of a source, read by the ordinary parser."""
    return parse(source, ICU, "icu")


def outline(source: Source) -> dict[str, str]:
    """Every number of a text with its own words, and every row and definition by its name, in their order."""
    document = tree(source)
    found: dict[str, str] = {}
    for row in document.index:
        found[f"index {row.measure}"] = f"{row.title} | {row.application}"
    for measure in document.measures:
        found[measure.id] = measure.title
        for provision in measure.provisions():
            tail = f" … {provision.tail.of(document.text)}" if provision.tail else ""
            found[provision.number] = provision.lead.of(document.text) + tail
    for section in document.sections:
        for provision in section.walk():
            found[provision.number] = provision.lead.of(document.text)
    for kind in document.harm_rows:
        found[f"row {kind.kind}"] = kind.row
    return found


@pytest.fixture
def small_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, dict[str, str]], None]:
    """A library of one's own: called with the revisions of code.yaml and the files beside it."""
    from analyser import library

    def make(revisions: str, files: dict[str, str]) -> None:
        folder = tmp_path / "codes" / "illegal-content-u2u"
        folder.mkdir(parents=True)
        (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
        (tmp_path / "rules").symlink_to(library.rules_dir())
        head = "code: illegal-content-u2u\ntitle: Small\nprefix: icu\nregime: user-to-user\n"
        numbering = "numbering: {measure_prefix: ICU}\n"
        (folder / "code.yaml").write_text(f"{head}{numbering}revisions:\n{revisions}", encoding="utf-8")
        for name, words in files.items():
            (folder / name).write_text(words, encoding="utf-8")
        monkeypatch.setattr(library, "_PACKAGE", tmp_path / "analyser")

    return make
