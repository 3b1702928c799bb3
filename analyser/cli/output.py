"""Where results go: data to stdout or, whole or not at all, to a file; notes to stderr."""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from analyser.errors import InputError, UsageError

if TYPE_CHECKING:
    from analyser.reporting.context import OutputContext
    from analyser.reporting.rows import Row


def note(text: str) -> None:
    """Say something beside the data, on stderr."""
    sys.stderr.write(f"codegap: {text}\n")


def chosen_format(table: str, format: str | None, output: Path | None) -> str:
    """Return the format meant: as named, else by the name of the output file, else `table`.

    UsageError for a format the table does not have, or one that needs a file where none is given; InputError
    where the file could not be written. Asked before any work is done.
    """
    from analyser.reporting.formats import is_binary, writer_for, writers_of

    suffix = output.suffix.removeprefix(".").lower() if output else ""
    name = format or (suffix if suffix in writers_of(table) else "table")
    writer_for(table, name)
    if is_binary(name) and output is None:
        raise UsageError(f"{name} needs a file to be written to", fix=f"Add `-o {table}.{name}`.")
    if output is not None:
        check_writable(output)
    return name


def emit(
    table: str, rows: Sequence["Row"], format: str, output: Path | None, context: "OutputContext"
) -> None:
    """Write the rows of a table in a format to a file or to stdout."""
    from analyser.reporting.formats import write

    deliver(write(table, rows, format, context), output)


def deliver(content: str | bytes, output: Path | None) -> None:
    """Print text, or write a file through a new one beside it, so that a reader never meets half of it."""
    data = content.encode() if isinstance(content, str) else content
    if output is None:
        sys.stdout.write(data.decode())
        return
    target = Path(os.path.realpath(output))
    if _is_device(target):
        try:
            target.write_bytes(data)
        except BrokenPipeError:
            raise
        except OSError as problem:
            raise _unwritable(output, problem) from problem
        return
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with open(beside, "xb") as file:
            file.write(data)
        os.replace(beside, target)
    except OSError as problem:
        with suppress(OSError):
            beside.unlink()
        raise _unwritable(output, problem) from problem


def check_writable(output: Path) -> None:
    """Refuse a file that cannot be written, before the work rather than after it."""
    target = Path(os.path.realpath(output))
    if target.is_dir():
        raise InputError(
            f"`{output}` cannot be written: it is a folder", fix=f"Give a file, e.g. {output}/codegap.csv."
        )
    if not target.parent.is_dir():
        raise InputError(
            f"`{output}` cannot be written: there is no folder `{output.parent}`", fix="Make it first."
        )
    if not _is_device(target) and not os.access(target.parent, os.W_OK):
        raise InputError(f"`{output}` cannot be written: this account may not write in `{output.parent}`")


def terminal_width() -> int:
    """Return the width to print in: that of the terminal, or 80."""
    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80


def _is_device(target: Path) -> bool:
    return target.exists() and not stat.S_ISREG(target.stat().st_mode) and not target.is_dir()


def _unwritable(output: Path, problem: OSError) -> InputError:
    full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
    return InputError(
        f"`{output}` cannot be written: {(problem.strerror or str(problem)).lower()}",
        fix="Make room there, or write it elsewhere." if full else "",
    )


def make_folder(folder: Path) -> None:
    """Make a folder where it is missing; InputError when it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(
            f"the folder `{folder}` cannot be made: {(problem.strerror or str(problem)).lower()}"
        ) from problem
