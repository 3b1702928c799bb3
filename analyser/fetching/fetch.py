"""Fetch one file of a publisher: whole, of the kind and with the hash it should have, or not at all."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from analyser.errors import InputError
from analyser.fetching.manifest import Manifest, OfficialFile, sha256_of
from analyser.fetching.parts import Part, alone_in, on_disk
from analyser.fetching.refusals import refused
from analyser.fetching.transfer import Limits, Progress, transfer
from analyser.model.base import Frozen

_KINDS = {"pdf": "a PDF", "html": "a web page", "docx": "a Word document"}
_END_OF_PDF = b"%%EOF"


class Fetched(Frozen):
    """A file in its folder: whether it was fetched, gone on with or there already, and its sha256 and
    bytes.
    """

    outcome: Literal["fetched", "resumed", "held"]
    path: Path
    sha256: str
    size: int


def fetch(
    file: OfficialFile,
    manifest: Manifest,
    folder: Path,
    limits: Limits | None = None,
    progress: Progress = lambda got, total: None,
) -> Fetched:
    """Return the file in the folder, fetched if it is not there; a file that is there is never written over.

    Raises InputError, and leaves nothing under the name of the file, when it cannot be had whole and right.
    """
    target = folder / file.name
    if target.exists():
        return _held(file, target)
    with alone_in(folder):
        return _fetch(file, manifest, folder, limits or Limits(), progress)


def _fetch(
    file: OfficialFile, manifest: Manifest, folder: Path, limits: Limits, progress: Progress
) -> Fetched:
    target = folder / file.name
    part = Part(target, file.url)
    resumed, promised = transfer(file, manifest.hosts, folder, part, limits, progress)
    _check_kind(file, folder, part, promised)
    found = sha256_of(part.path)
    if file.sha256 and found != file.sha256:
        part.drop()
        cause = (
            f"what came has the sha256 {found}, and the manifest says {file.sha256}; it was thrown away. "
            "The publisher "
            "may have put another file at the same address: that would be another revision, so look at it "
            "first"
        )
        raise refused(file, folder, cause)
    size = part.path.stat().st_size
    if target.exists():  # saved by hand meanwhile
        return _held(file, target)
    part.become_the_file()
    return Fetched(outcome="resumed" if resumed else "fetched", path=target, sha256=found, size=size)


def proxy_in_use() -> str:
    """Return the proxy that the environment names for https, without its password; empty for none."""
    from urllib.request import getproxies

    named = getproxies()
    proxy = named.get("https") or named.get("all") or ""
    parts = urlsplit(proxy)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", "")) if proxy else ""


def _held(file: OfficialFile, target: Path) -> Fetched:
    if not target.is_file():
        raise InputError(
            f"{file.name} was not fetched: `{target}` is there and is no file", fix="Move it away."
        )
    with on_disk(target):
        found, size = sha256_of(target), target.stat().st_size
    if file.sha256 and found != file.sha256:
        raise InputError(
            f"{file.name} was not fetched: `{target}` is there already, with the sha256 {found} where the "
            "manifest says "
            f"{file.sha256}; it was left as it is",
            fix="Move it away to fetch the file that is meant.",
        )
    return Fetched(outcome="held", path=target, sha256=found, size=size)


def _check_kind(file: OfficialFile, folder: Path, part: Part, promised: int | None) -> None:
    """Refuse what is not of the kind it should be, told by its content: a page where a PDF should be, half a
    PDF.
    """
    from analyser.reading.media import media_of, title_of

    with on_disk(part.path):
        raw = part.path.read_bytes()
    wanted = _KINDS[file.media]
    cause = "" if raw else "the answer was empty"
    if raw:
        try:
            found = media_of(raw, file.name)
        except InputError as problem:
            cause = f"{wanted} was expected, but {problem.cause[:1].lower()}{problem.cause[1:]}"
        else:
            title = "".join(filter(str.isprintable, title_of(raw))) if found == "html" else ""
            if found != file.media:
                what = _KINDS.get(found, "text")
                cause = (
                    f"{wanted} was expected, but {what} came{f', with the title “{title}”' if title else ''}"
                )
            elif found == "pdf" and promised is None and _END_OF_PDF not in raw[-4096:]:
                cause = "the connection ended before the PDF did, and the server had not said how long it is"
    if cause:
        part.drop()
        raise refused(file, folder, cause)
