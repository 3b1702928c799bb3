"""Which workspace a command uses: the one named, else that of the folder it runs in or of one above it."""

import os
from pathlib import Path

from analyser.errors import UsageError
from analyser.workspace.model import FILE, Workspace, read_workspace

VARIABLE = "CODEGAP_WORKSPACE"
_OFF = ("off", "0", "no")


def find_workspace(start: Path | None = None) -> Workspace | None:
    """Return the workspace of a folder (by default the current one), None when there is none.

    `CODEGAP_WORKSPACE` names another, or turns it off. Else the nearest folder with a codegap.yaml is taken,
    upwards from `start`; the home folder and the root of the file system are the last looked at.
    """
    asked = os.environ.get(VARIABLE, "").strip()
    if asked.lower() in _OFF:
        return None
    if asked:
        if not (Path(asked) / FILE).is_file():
            raise UsageError(
                f"{VARIABLE} names `{asked}`, in which there is no {FILE}",
                fix=f"Make one with `codegap init {asked}`, or set {VARIABLE}=off.",
            )
        return read_workspace(Path(asked))
    folder = (start or Path.cwd()).resolve()
    home = _home()
    for here in (folder, *folder.parents):
        if (here / FILE).is_file():
            return read_workspace(here)
        if here == home:
            break
    return None


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except RuntimeError:  # an account without a home folder
        return None
