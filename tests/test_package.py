"""The wheel carries codes, rules and templates, and does the same job elsewhere, byte for byte."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHECKOUT = Path(sys.executable).with_name("codegap")


def run(*command: str | Path, cwd: Path) -> bytes:
    """Run a command without this checkout on its path and return its stdout; its complaint is the failure."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment["CODEGAP_CACHE"] = "off"  # what one of the two worked out must not answer for the other
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network from what is in this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `codegap` of a fresh environment that holds the wheel and borrows its dependencies from here."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=wheel.parent)
    python = folder / "bin" / "python"
    run(
        *(sys.executable, "-m", "pip", "--python", python, "install"),
        *("--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", wheel),
        cwd=wheel.parent,
    )
    (site,) = folder.glob("lib/python*/site-packages")
    # A line in a .pth file is a plain path: the .pth of the editable install behind it is not read.
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n", encoding="utf-8")
    where = run(python, "-c", "import analyser; print(analyser.__file__)", cwd=folder).decode().strip()
    assert Path(where).is_relative_to(folder), f"the checkout was imported: {where}"
    return folder / "bin" / "codegap"


def test_the_wheel_carries_every_code_rule_and_template(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"analyser/library_data/{path.relative_to(ROOT).as_posix()}"
        for folder in ("codes", "rules", "reports/templates")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert wanted
    assert not wanted - names


def test_the_wheel_carries_the_licence_the_types_and_nothing_of_the_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert "analyser/py.typed" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests/", "bench/"))]


@pytest.mark.parametrize(
    "arguments",
    [
        ("codes", "list", "--format", "json"),
        ("rules", "list", "--format", "json"),
        ("duties", "--format", "csv"),
        ("exemptions", "--format", "json"),
        ("gaps", "--all", "--format", "json"),
        ("matrix", "--format", "csv"),
    ],
    ids=" ".join,
)
def test_the_wheel_prints_the_same_bytes_as_the_checkout(
    installed: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    from_wheel = run(installed, *arguments, cwd=tmp_path)
    assert from_wheel
    assert from_wheel == run(CHECKOUT, *arguments, cwd=ROOT)


def test_the_wheel_writes_the_same_report_as_the_checkout(installed: Path, tmp_path: Path) -> None:
    run(installed, "report", "--out-dir", tmp_path / "wheel", cwd=tmp_path)
    run(CHECKOUT, "report", "--out-dir", tmp_path / "checkout", cwd=ROOT)
    written = sorted(path.name for path in (tmp_path / "wheel").iterdir())
    assert written == sorted(path.name for path in (tmp_path / "checkout").iterdir())
    assert written
    for name in written:
        assert (tmp_path / "wheel" / name).read_bytes() == (tmp_path / "checkout" / name).read_bytes(), name
