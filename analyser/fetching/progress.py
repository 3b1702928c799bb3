"""How far a file has come, on stderr: a bar on a terminal, nothing elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_of(name: str) -> Iterator[Callable[[int, int | None], None]]:
    """Yield what is to be called with the bytes that have come and the bytes there are (None where that is
    not known).
    """
    if not sys.stderr.isatty():
        yield lambda got, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda got, total: bar.update(task, completed=got, total=total)
