"""Record what was checked: the marks of the texts and the official file's hash, as one change that is shown
or made.
"""

import difflib
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from analyser import library
from analyser.catalogue import numbering_of
from analyser.errors import InputError
from analyser.fetching.manifest import read_manifest, sha256_of
from analyser.model.text import Document
from analyser.parsing import document as parsing
from analyser.reading.markdown import parse_markdown
from analyser.reporting.verify_rows import DISAGREEMENTS
from analyser.verify.check import Checked
from analyser.verify.marks import agreed, with_marks

if TYPE_CHECKING:
    from analyser.library import RevisionRef

_OWN_MARKS = ("number", "text", "title", "basis")


@dataclass(frozen=True)
class Change:
    """One file as it is and as it is to be; `shown` is how outputs name it."""

    path: Path
    shown: str
    before: str
    after: str

    @property
    def diff(self) -> str:
        """The change as a unified diff."""
        names = (f"a/{self.shown.lstrip('/')}", f"b/{self.shown.lstrip('/')}")
        lines = difflib.unified_diff(self.before.split("\n"), self.after.split("\n"), *names, lineterm="")
        return "\n".join(lines) + "\n"


def changes(ref: "RevisionRef", official: Path, checked: Checked) -> tuple[Change, ...]:
    """Return what is to be written where: nothing where all that agrees is recorded already.

    Of a text with amendments applied, only what the amending instrument itself holds is marked, in its own
    file. Raises InputError for a file that is one of ours or plainly the text of something else, and for a
    text that is no single file.
    """
    _refuse_our_own(ref, official, checked)
    _refuse_another_text(ref, checked)
    path, shown = _file_of(ref)
    text = _decoded(path, shown)
    source = parse_markdown(text, shown)
    document = _tree(ref, checked, shown, text)
    after = with_marks(text, source, document, agreed(checked.rows, checked.ours, checked.official))
    found = [Change(path, shown, text, after)]
    folder = _library_folder(ref)
    if folder is not None and ref.entry is not None:
        listed = folder / "code.yaml"
        said = f"codes/{folder.name}/code.yaml"
        before = _decoded(listed, said)
        found.append(Change(listed, said, before, with_file(before, said, ref.entry.revision, checked)))
    return tuple(one for one in found if one.before != one.after)


def make(found: tuple[Change, ...]) -> None:
    """Write every changed file, each whole or not at all; InputError before anything is written where one
    cannot be.
    """
    for change in found:
        target = Path(os.path.realpath(change.path))
        if not (os.access(target, os.W_OK) and os.access(target.parent, os.W_OK)):
            raise InputError(
                f"`{change.shown}` cannot be written: this account may not write in `{target.parent}`",
                fix=(
                    "Work in a checkout of codegap, or check a copy of the text and give its path as the "
                    "revision."
                ),
            )
    ready: list[tuple[Path, Path]] = []
    try:
        for change in found:
            target = Path(os.path.realpath(change.path))
            beside = target.with_name(f".{target.name}.{os.getpid()}.part")
            ready.append((beside, target))
            beside.write_bytes(change.after.encode())
            shutil.copymode(target, beside)
        for beside, target in ready:
            os.replace(beside, target)
    except OSError as problem:
        why = (problem.strerror or str(problem)).lower()
        raise InputError(f"the change cannot be written: {why}", place=str(ready[-1][1])) from problem
    finally:
        for beside, _ in ready:
            with suppress(OSError):
                beside.unlink()


def with_file(text: str, shown: str, revision: str, checked: Checked) -> str:
    """Return a code.yaml with an official file listed under its revision: its hash, kind, and what came of
    it.

    A file listed already has its line renewed. Raises InputError where the list is written in a form that
    cannot be edited line by line.
    """
    counts = checked.counts
    verified = {
        "agree": counts["agree"],
        "disagree": sum(counts[verdict] for verdict in DISAGREEMENTS),
        "not_comparable": counts["not_comparable"],
    }
    document = checked.official.document
    sha256 = checked.official.source.file_sha256
    said = ", ".join(f"{key}: {count}" for key, count in verified.items())
    entry = f"{{sha256: {sha256}, media: {document.media}, verified: {{{said}}}}}"
    keys = _keys_of(yaml.compose(text), revision)
    lines = text.splitlines(keepends=True)
    listed = keys.get("official_files")
    if listed is None:
        key, _ = keys["held"]
        indent = " " * key.start_mark.column
        end = lines[key.start_mark.line][len(lines[key.start_mark.line].rstrip("\r\n")) :] or "\n"
        lines.insert(key.start_mark.line + 1, f"{indent}official_files:{end}{indent}  - {entry}{end}")
        return "".join(lines)
    key, value = listed
    items = value.value if isinstance(value, yaml.SequenceNode) and not value.flow_style else None
    if items is None or any(not item.flow_style or _rows(item) != 1 for item in items):
        raise InputError(
            "the official files are listed in a form that cannot be edited line by line",
            place=f"{shown}, line {key.start_mark.line + 1}",
            fix="Write one file a line, as `- {sha256: ..., media: pdf}`.",
        )
    same = next((item for item in items if f"sha256: {sha256}" in lines[item.start_mark.line]), None)
    if same is not None:
        line = lines[same.start_mark.line]
        lines[same.start_mark.line] = line[: same.start_mark.column] + entry + line[same.end_mark.column :]
    else:
        last = lines[items[-1].start_mark.line]
        end = last[len(last.rstrip("\r\n")) :] or "\n"
        lines.insert(items[-1].start_mark.line + 1, last[: last.index("{")] + entry + end)
    return "".join(lines)


def _keys_of(root: yaml.Node | None, revision: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """Return the keys of a revision in a code.yaml, each with its value, as they stand in the file."""
    top = {key.value: value for key, value in root.value} if isinstance(root, yaml.MappingNode) else {}
    for item in top["revisions"].value:
        keys = {key.value: (key, value) for key, value in item.value}
        if keys["revision"][1].value == revision:
            return keys
    return {}


def _rows(node: yaml.Node) -> int:
    return int(node.end_mark.line - node.start_mark.line + 1)


def _file_of(ref: "RevisionRef") -> tuple[Path, str]:
    """Return the one file that holds what is special to a text: that of the last instrument, or the whole
    text.
    """
    if not ref.instruments:
        path, shown = ref.path, ref.shown
    else:
        own = next((one for one in ref.instruments if one.revision == ref.revision), None)
        if own is None:
            raise InputError(
                f"what was checked cannot be written down: {ref.name}@{ref.revision} is no file of its own",
                fix="Name the one revision that the official file is the text of.",
            )
        path, shown = own.path, own.shown
    if path.suffix.lower() not in (".md", ".markdown"):
        raise InputError(
            f"what was checked cannot be written down: `{shown}` is not Markdown, and marks stand only in "
            "that"
        )
    return path, shown


def _tree(ref: "RevisionRef", checked: Checked, shown: str, text: str) -> Document:
    return parsing.parse(parse_markdown(text, shown), numbering_of(ref), checked.ours.document.prefix)


def _library_folder(ref: "RevisionRef") -> Path | None:
    """Return the folder of the library's code whose text was checked, None for a document of one's own."""
    path = Path(os.path.realpath(ref.instruments[-1].path if ref.instruments else ref.path))
    folder = Path(os.path.realpath(library.codes_dir() / ref.name))
    return folder if path.parent == folder else None


def _refuse_our_own(ref: "RevisionRef", official: Path, checked: Checked) -> None:
    """Refuse a file that is a restatement: one of the library's, one like it, or one with its marks or
    numbers.
    """
    found = checked.official
    here = Path(os.path.realpath(official))
    held = [path for path, _ in ref.files]
    held += [path for one in library.held() for path, _ in one.files]
    sums = {sha256_of(path) for path in held if path.is_file()}
    marked = any(
        mark.get(key) is not None
        for block in found.source.blocks
        for mark in block.attributes
        for key in _OWN_MARKS
    )
    numbered = any(
        not provision.number_known
        for measure in found.document.measures
        for provision in measure.provisions()
    )
    restated = numbered and not numbering_of(ref).unnumbered
    in_library = here.is_relative_to(os.path.realpath(library.codes_dir()))
    if not (in_library or marked or restated or found.source.file_sha256 in sums):
        return
    raise InputError(
        f"what was checked was not written down: `{official}` is itself a restatement, with marks or numbers "
        "of ours",
        fix="Give the publisher's own file.",
    )


def _refuse_another_text(ref: "RevisionRef", checked: Checked) -> None:
    """Refuse a file that the manifest knows as that of another revision, and one that has hardly any measure
    or title in common with ours.
    """
    files = read_manifest(library.codes_dir() / "manifest.yaml", "codes/manifest.yaml").files
    pinned = {
        (file.code, file.revision) for file in files if file.sha256 == checked.official.source.file_sha256
    }
    if pinned and (ref.name, ref.revision) not in pinned:
        named = " and ".join(f"{code}@{revision}" for code, revision in sorted(pinned))
        raise InputError(
            f"what was checked was not written down: by its sha256 the file is that of {named}, and what was "
            f"checked is {ref.name}@{ref.revision}"
        )
    ours = checked.measures
    there = [name for name in ours if checked.official.measure(name) is not None]
    titles = [row for row in checked.rows if row.what == "title" and row.verdict in ("agree", "disagree")]
    same = [row for row in titles if row.verdict == "agree"]
    if len(there) * 2 < len(ours) or len(same) * 2 < len(titles):
        raise InputError(
            f"what was checked was not written down: the file has {len(there)} of the {len(ours)} measures "
            f"of {ref.name}@{ref.revision}, and {len(same)} of {len(titles)} titles agree: it is hardly its "
            "text",
            fix="Name the revision that the file is the text of.",
        )


def _decoded(path: Path, shown: str) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as problem:
        raise InputError(
            f"`{shown}` cannot be read: {(problem.strerror or str(problem)).lower()}"
        ) from problem
    except UnicodeDecodeError as problem:
        raise InputError(f"`{shown}` is not UTF-8 text") from problem
