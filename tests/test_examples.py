"""reports/examples is what the tool itself writes today, byte for byte (`make examples` writes it anew)."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "reports" / "examples"
NAMES = ("report.html", "report.md", "report.xlsx")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    command = "from analyser.cli.main import run; run()"
    subprocess.run(
        [sys.executable, "-c", command, "report", "--out-dir", str(folder)], check=True, capture_output=True
    )
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_what_the_tool_writes(name: str, written: Path) -> None:
    fresh = (written / name).read_bytes()
    assert (EXAMPLES / name).read_bytes() == fresh, (
        f"reports/examples/{name} is out of step: run `make examples`"
    )


def test_every_example_is_checked() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == {*NAMES, "README.md"}
