"""Run a command in this process and see what it prints, says and returns."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from analyser.cli.main import run


class Ran(NamedTuple):
    """What a command left behind: its exit code, its data, and what it said beside them."""

    code: int
    out: str
    err: str


Codegap = Callable[..., Ran]


@pytest.fixture
def codegap(capsys: pytest.CaptureFixture[str]) -> Codegap:
    """The command `codegap`, to be called with its arguments."""

    def call(*arguments: str) -> Ran:
        code = run(arguments)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call
