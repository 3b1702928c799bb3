"""Make a workspace: a few small files, each of which says what it is for."""

from contextlib import suppress
from pathlib import Path

from analyser.errors import InputError
from analyser.workspace.model import FILE

_TEMPLATE = Path(__file__).resolve().parent / "template"


def template() -> dict[str, bytes]:
    """Return the files of a new workspace by their names in it."""
    return {
        path.relative_to(_TEMPLATE).as_posix(): path.read_bytes()
        for path in sorted(_TEMPLATE.rglob("*"))
        if path.is_file() and path.suffix in (".yaml", ".md")
    }


def make_workspace(folder: Path) -> tuple[str, ...]:
    """Write a new workspace into a folder and return the names of the files, codegap.yaml first.

    Nothing that is there is ever changed: InputError names what is in the way, and then nothing is written.
    """
    files = template()
    clashes = [name for name in files if _taken(folder, name)]
    if clashes:
        what = (
            f"`{clashes[0]}` is" if len(clashes) == 1 else f"{', '.join(f'`{one}`' for one in clashes)} are"
        )
        raise InputError(
            f"no workspace was made in `{folder}`: {what} there already",
            fix="Give another folder, or move what is there out of the way.",
        )
    made: list[Path] = []
    try:
        for name in sorted(files, key=lambda name: (name != FILE, name)):
            path = folder / name
            for parent in reversed(path.parents):
                if not parent.exists():
                    parent.mkdir()
                    made.append(parent)
            with open(path, "xb") as file:
                made.append(path)
                file.write(files[name])
    except OSError as problem:
        _take_back(made)
        raise InputError(
            f"no workspace was made in `{folder}`: {(problem.strerror or str(problem)).lower()}",
            fix="Give a folder in which this account may write.",
        ) from problem
    return tuple(sorted(files, key=lambda name: (name != FILE, name)))


def _taken(folder: Path, name: str) -> bool:
    """Say whether a name is taken, or what should be a folder on the way to it is a file."""
    path = folder / name
    if path.exists() or path.is_symlink():
        return True
    inside = [folder, *(folder / part for part in Path(name).parents)]
    return any(one.exists() and not one.is_dir() for one in inside)


def _take_back(made: list[Path]) -> None:
    """Take away what this run has made, the last first."""
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()
