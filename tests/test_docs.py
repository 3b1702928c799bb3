"""The documents are executed: each command shown runs and prints what is shown, each example of rules loads.

In README.md and docs/*.md, a block fenced as ```console holds commands after `$ `; `# exit 1` after
one says with which exit code. The lines below a command are what it prints, or, where the last is
`…`, how that begins; with CODEGAP_REGENERATE=1 (`make goldens`) they are written anew. A block
whose fence carries `file=NAME` is written to that file first. A YAML block that starts with `#
rules/NAME` is added to that file.
"""

import os
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
import yaml
from typer.core import TyperGroup

from analyser import __version__
from analyser.cli.main import app, run
from analyser.rulebook import load

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```[ ]*$", re.MULTILINE | re.DOTALL)
EXIT = re.compile(r"\s+#\s*exit (\d+)\s*$")
MORE = "…"
REGENERATE = os.environ.get("CODEGAP_REGENERATE") == "1"
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


class Block(NamedTuple):
    """A fenced block: the words after its fence, and its lines."""

    info: str
    body: str


class Command(NamedTuple):
    """A command of a document, the exit code it should have, and the lines shown below it."""

    typed: str
    code: int
    shown: tuple[str, ...]


def blocks(document: Path) -> list[Block]:
    return [Block(*found) for found in FENCE.findall(document.read_text(encoding="utf-8"))]


def commands(document: Path) -> Iterator[Command]:
    for block in blocks(document):
        if block.info.split()[:1] != ["console"]:
            continue
        for part in re.split(r"^\$ ", block.body, flags=re.MULTILINE)[1:]:
            typed, *shown = part.rstrip().splitlines()
            stated = EXIT.search(typed)
            code = int(stated[1]) if stated else 0
            yield Command(EXIT.sub("", typed), code, tuple(line.rstrip() for line in shown))


def named(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


@pytest.fixture
def reader_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a reader of the documents has it, with codes and rules, and a cache of its own."""
    for folder in ("codes", "rules", "reports"):
        os.symlink(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CODEGAP_CACHE", str(tmp_path / "cache"))
    return tmp_path


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if any(commands(d))], ids=named)
def test_every_command_shown_runs_and_prints_what_is_shown(
    document: Path, reader_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for block in blocks(document):
        for file in re.findall(r"\bfile=(\S+)", block.info):
            (reader_folder / file).write_text(block.body, encoding="utf-8")
    for command in commands(document):
        program, *arguments = shlex.split(command.typed)
        assert program == "codegap", f"not a command of ours: {command.typed}"
        code = run(arguments)
        printed = capsys.readouterr()
        assert code == command.code, f"{command.typed}: {printed.err}"
        lines = tuple(line.rstrip() for line in printed.out.splitlines())
        if command.shown[-1:] == (MORE,):
            lines = (*lines[: len(command.shown) - 1], MORE)
        if not command.shown or command.shown == lines:
            continue
        assert REGENERATE, f"{command.typed} prints something else:\n" + "\n".join(lines)
        text = document.read_text(encoding="utf-8")
        before, after = ("\n".join((f"$ {command.typed}", *shown)) for shown in (command.shown, lines))
        assert text.count(before) == 1
        document.write_text(text.replace(before, after), encoding="utf-8")


def options_by_command() -> Iterator[tuple[str, list[str]]]:
    """Yield every command that does something (`codes list`), with its options."""
    top = typer.main.get_command(app)
    assert isinstance(top, TyperGroup)
    for name, command in sorted(top.commands.items()):
        parts = command.commands if isinstance(command, TyperGroup) else {"": command}
        for part, leaf in sorted(parts.items()):
            flags = [flag for parameter in leaf.params for flag in parameter.opts if flag.startswith("-")]
            yield f"{name} {part}".strip(), flags


@pytest.mark.parametrize(("command", "options"), list(options_by_command()))
def test_every_command_and_option_is_documented(command: str, options: list[str]) -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    heading = f"## codegap {command}\n"
    assert heading in text
    section = text.partition(heading)[2].partition("\n## ")[0]
    assert not [option for option in options if f"`{option}" not in section]


def test_no_command_is_documented_that_is_not_there() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    headed = re.findall(r"^## codegap (.+)$", text, re.MULTILINE)
    assert sorted(headed) == sorted(command for command, _ in options_by_command())


def test_every_example_of_rules_loads_beside_the_built_in_ones(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", rules)
    added = 0
    for block in blocks(ROOT / "docs" / "how-to-add.md"):
        first = block.body.partition("\n")[0]
        if not first.startswith("# rules/"):
            continue
        file = tmp_path / first.removeprefix("# ")
        data: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
        for key, entries in yaml.safe_load(block.body).items():
            if isinstance(entries, dict):
                data[key] |= entries
            else:
                data[key] += entries
            added += len(entries)
        file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert added >= 6
    rulebook = load(rules)
    assert rulebook.harm("example_harm")
    assert rulebook.service("example_type")
    assert rulebook.invocation_table("example_interoperability")


@pytest.mark.parametrize("document", [*DOCUMENTS, ROOT / "codes" / "README.md"], ids=named)
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    assert not [link for link in links if not (document.parent / link).exists()]


def test_every_dependency_has_its_line_of_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=!~ ;\[]", line)[0].lower() for line in wanted}
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").partition("## Left out")[0]
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    listed = {row[0].lower() for row in rows if row[0] != "package"}
    assert listed == names
    assert all(len(row) == 3 and all(row) for row in rows)


def test_the_constraints_are_exact_versions_and_name_no_index() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert not [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)]


def test_the_version_is_the_same_wherever_it_stands() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert citation["version"] == __version__ == version("codegap")
    assert re.search(rf"^## {re.escape(__version__)}\b", changelog, re.MULTILINE)
