"""One file from its address into its part: redirects by hand, limits of time and size, going on where it
broke off.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from analyser import __version__
from analyser.errors import InputError
from analyser.fetching.manifest import OfficialFile, host_of, not_https
from analyser.fetching.parts import Part, on_disk
from analyser.fetching.refusals import answer_words, connection_words, refused

if TYPE_CHECKING:
    import httpx

Progress = Callable[[int, int | None], None]

_REDIRECTS = (301, 302, 303, 307, 308)
_WHOLE, _PARTIAL, _OUT_OF_RANGE = 200, 206, 416
_RANGE = re.compile(r"bytes (?P<start>\d+)-\d+/(?P<total>\d+|\*)")


@dataclass(frozen=True)
class Limits:
    """How long to wait, in seconds (for a connection, for the next bytes, for a whole file), and how many
    redirects to follow.
    """

    connect: float = 20.0
    read: float = 60.0
    whole: float = 1800.0
    redirects: int = 5


@dataclass
class _Run:
    """How far one transfer has got."""

    url: str
    got: int = 0
    total: int | None = None
    resumed: bool = False


def transfer(
    file: OfficialFile, hosts: tuple[str, ...], folder: Path, part: Part, limits: Limits, progress: Progress
) -> tuple[bool, int | None]:
    """Bring the whole of a file into its part; return whether that went on from an earlier part, and the
    length that the server gave (None for none).

    Raises InputError with what happened; what came is kept in the part where the next fetch can go on with
    it.
    """
    import httpx

    run = _Run(file.url)
    try:
        asyncio.run(_in_time(file, hosts, folder, part, limits, progress, run))
    except TimeoutError as problem:
        cause = f"it took longer than {limits.whole:g} seconds in all; {run.got:,} bytes had come"
        raise refused(file, folder, cause) from problem
    except httpx.InvalidURL as problem:
        raise refused(file, folder, f"{host_of(file.url)} leads on to what is not an address") from problem
    except httpx.TransportError as problem:
        goes_on = bool(part.begun()[1])
        cause = connection_words(problem, run.url, run.got, run.total, goes_on)
        raise refused(file, folder, cause) from problem
    return run.resumed, run.total


async def _in_time(
    file: OfficialFile,
    hosts: tuple[str, ...],
    folder: Path,
    part: Part,
    limits: Limits,
    progress: Progress,
    run: _Run,
) -> None:
    async with asyncio.timeout(limits.whole), _client(limits) as client:
        # What has come may be of a version that is gone: then it is thrown away and asked for once more.
        for last in (False, True):
            start, version = part.begun()
            headers = {"range": f"bytes={start}-", "if-range": version} if start else {}
            response = await _ask(client, file, hosts, folder, headers, limits, run)
            try:
                if await _take(response, file, folder, part, start, version, progress, run):
                    return
            finally:
                await response.aclose()
            if last:
                raise refused(
                    file, folder, f"{host_of(run.url)} does not say which part of the file it sends"
                )
            part.drop()


def _client(limits: Limits) -> "httpx.AsyncClient":
    """Return a client that follows nothing by itself and uses the proxies and certificates the environment
    names.
    """
    import httpx

    try:
        return httpx.AsyncClient(
            timeout=httpx.Timeout(limits.read, connect=limits.connect),
            follow_redirects=False,
            trust_env=True,
            headers={"user-agent": f"codegap/{__version__}", "accept": "*/*", "accept-encoding": "identity"},
        )
    except (ImportError, ValueError, OSError) as problem:
        said = " ".join(str(problem).split()).rstrip(".")
        raise InputError(
            f"what the environment says about proxies or certificates cannot be used: {said}",
            fix="Look at HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR.",
        ) from problem


async def _ask(
    client: "httpx.AsyncClient",
    file: OfficialFile,
    hosts: tuple[str, ...],
    folder: Path,
    headers: dict[str, str],
    limits: Limits,
    run: _Run,
) -> "httpx.Response":
    """Return the open answer at the end of at most `limits.redirects` redirects, each to https and a listed
    host.
    """
    run.url = file.url
    for _ in range(limits.redirects + 1):
        response = await client.send(client.build_request("GET", run.url, headers=headers), stream=True)
        if response.status_code not in _REDIRECTS or "location" not in response.headers:
            return response
        await response.aclose()
        here, there = run.url, _joined(run.url, response.headers["location"])
        if why := not_https(there):
            raise refused(file, folder, f"{host_of(here)} leads on to {_plain(there)}, which {why}")
        if host_of(there) not in hosts:
            cause = (
                f"{host_of(here)} leads on to {host_of(there)}, which is not among the hosts of the manifest"
            )
            raise refused(file, folder, cause)
        run.url = there
    cause = (
        f"{host_of(file.url)} leads on and on: more than {limits.redirects} redirects, the last to {run.url}"
    )
    raise refused(file, folder, cause)


async def _take(
    response: "httpx.Response",
    file: OfficialFile,
    folder: Path,
    part: Part,
    start: int,
    version: str,
    progress: Progress,
    run: _Run,
) -> bool:
    """Write an answer into the part; return False where the part at hand is of no use for it."""
    status = response.status_code
    given = _version(response)
    if start and status == _OUT_OF_RANGE:
        return False
    if status == _PARTIAL and start:
        said = _RANGE.fullmatch(response.headers.get("content-range", ""))
        if not said or int(said["start"]) != start or (given and given != version):
            return False
        run.total = None if said["total"] == "*" else int(said["total"])
        run.resumed = True
    elif status == _WHOLE:
        start = 0
        run.total = _length(response)
    else:
        wait = response.headers.get("retry-after", "")
        raise refused(file, folder, answer_words(status, response.reason_phrase, run.url, _seconds(wait)))
    if response.headers.get("content-encoding", "identity") not in ("", "identity"):
        raise refused(file, folder, f"{host_of(run.url)} sends it packed, though asked not to")
    if max(start, run.total or 0) > file.max_bytes:
        part.drop()
        raise refused(file, folder, _too_large(file, f"{run.total or start:,} bytes long"))
    with part.go_on() if start else part.begin(given) as out:
        run.got = start
        progress(run.got, run.total)
        async for chunk in response.aiter_raw():
            run.got += len(chunk)
            if run.got > file.max_bytes:
                break
            with on_disk(part.path):
                out.write(chunk)
                out.flush()
            progress(run.got, run.total)
    if run.got > file.max_bytes:
        part.drop()
        raise refused(file, folder, _too_large(file, "larger"))
    if run.total is not None and run.got != run.total:
        cause = f"{run.got:,} bytes came where {host_of(run.url)} had promised {run.total:,}"
        part.drop()
        raise refused(file, folder, cause)
    return True


def _joined(url: str, location: str) -> str:
    """Return where a redirect leads; what is no address stays as it is, to be refused by name."""
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def _version(response: "httpx.Response") -> str:
    """Return the server's mark of the version: a strong ETag, else the date of its last change, else
    nothing.
    """
    tag = response.headers.get("etag", "")
    if tag and not tag.startswith("W/"):
        return str(tag)
    return str(response.headers.get("last-modified", ""))


def _length(response: "httpx.Response") -> int | None:
    said = response.headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() else None


def _seconds(wait: str) -> str:
    return f"{wait} seconds" if wait.isdigit() else wait


def _too_large(file: OfficialFile, size: str) -> str:
    allowed = f"the {file.max_bytes:,} bytes that the manifest allows"
    said = f"larger than {allowed}" if size == "larger" else f"{size}, more than {allowed}"
    return f"it is {said}; if that is how large it should be, raise `max_bytes` there"


def _plain(url: str) -> str:
    said = " ".join(url.split())
    return said if len(said) <= 200 else f"{said[:197]}…"
