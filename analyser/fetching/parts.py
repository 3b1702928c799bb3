"""What has come of a file so far: `<name>.part`, and beside it `<name>.resume.part` with what it is a part
of.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from analyser.errors import InputError


@dataclass(frozen=True)
class Part:
    """The part of one file in a folder; it becomes the file by a rename, and only when it is whole.

    `target` is the file it is to become, `url` where it comes from: a part of another address is none.
    """

    target: Path
    url: str

    @property
    def path(self) -> Path:
        """The file that holds the bytes."""
        return self.target.with_name(f"{self.target.name}.part")

    @property
    def note(self) -> Path:
        """The file that says what the bytes are a part of: their address and the server's mark of the
        version.
        """
        return self.target.with_name(f"{self.target.name}.resume.part")

    def begun(self) -> tuple[int, str]:
        """Return how many bytes are there and the server's mark of their version; (0, "") when there is
        nothing to go on from.
        """
        try:
            said = json.loads(self.note.read_text(encoding="utf-8"))
            size = self.path.stat().st_size
        except (OSError, ValueError):
            return 0, ""
        known = (
            isinstance(said, dict) and said.get("url") == self.url and isinstance(said.get("version"), str)
        )
        return (size, said["version"]) if known and said["version"] and size else (0, "")

    def drop(self) -> None:
        """Throw away what has come so far."""
        with on_disk(self.path):
            self.path.unlink(missing_ok=True)
            self.note.unlink(missing_ok=True)

    def begin(self, version: str) -> BinaryIO:
        """Open an empty part. `version` is the server's mark (a strong ETag, or a date); without one the part
        cannot be gone on with.
        """
        self.drop()
        with on_disk(self.path):
            if version:
                # First the note, then the bytes: bytes without a note are never gone on with.
                self.note.write_text(
                    json.dumps({"url": self.url, "version": version}) + "\n", encoding="utf-8"
                )
            return self.path.open("wb")

    def go_on(self) -> BinaryIO:
        """Open the part to add to it."""
        with on_disk(self.path):
            return self.path.open("ab")

    def become_the_file(self) -> None:
        """Put the whole part in the place of the file."""
        with on_disk(self.target):
            with self.path.open("rb+") as file:
                os.fsync(file.fileno())
            os.replace(self.path, self.target)
            self.note.unlink(missing_ok=True)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep every other fetch out of a folder: two that write one part would make a file of two halves.

    InputError when another is at work there. Where folders cannot be locked, nothing is.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    with on_disk(folder):
        held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        os.close(held)
        raise InputError(
            f"another `codegap fetch` is at work in `{folder}`",
            fix="Wait for it to end, or give another folder.",
        ) from problem
    except OSError:  # a file system without locks
        pass
    try:
        yield
    finally:
        os.close(held)


@contextmanager
def on_disk(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into an InputError that names the file."""
    try:
        yield
    except OSError as problem:
        why = (problem.strerror or str(problem)).lower()
        raise InputError(
            f"`{path}` cannot be written: {why}", fix="Give another folder with --into, or make room."
        ) from problem
