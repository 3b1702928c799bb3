"""The help is there for every command, and asking for it loads nothing heavy."""

import subprocess
import sys

import pytest

from analyser import __version__

from .conftest import Codegap

COMMANDS = [
    *("report", "gaps", "exemptions", "duties", "matrix", "explain", "check", "compare"),
    *("ingest", "verify", "fetch", "init", "codes", "rules", "decisions"),
]


def test_the_help_lists_every_command(codegap: Codegap) -> None:
    ran = codegap("--help")
    assert (ran.code, ran.err) == (0, "")
    listed = [line.split()[0] for line in ran.out.partition("Commands:\n")[2].splitlines() if line.strip()]
    assert listed == COMMANDS
    assert codegap() == ran


@pytest.mark.parametrize(
    "command", [*COMMANDS, "codes list", "codes show", "rules list", "rules test", "rules try"]
)
def test_every_command_explains_itself(codegap: Codegap, command: str) -> None:
    ran = codegap(*command.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: codegap {command}")
    assert "..." not in ran.out.partition("Commands:")[2]  # no line of help is cut


def test_the_version_is_printed(codegap: Codegap) -> None:
    assert codegap("--version") == (0, f"codegap {__version__}\n", "")


def test_the_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from analyser.cli.main import run; run(['--help']); "
        "print([name for name in ('pydantic', 'yaml', 'spacy', 'networkx', 'rich', 'jinja2', 'rapidfuzz') "
        "if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
