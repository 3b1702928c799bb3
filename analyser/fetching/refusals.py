"""Why a file did not come, in one paragraph, and how to save it by hand."""

import socket
import ssl
from pathlib import Path

from analyser.errors import InputError
from analyser.fetching.manifest import OfficialFile, host_of

_FORBIDDEN, _NOT_FOUND, _GONE, _TOO_MANY = 401, 404, 410, 429
_SERVER = 500


def refused(file: OfficialFile, folder: Path, cause: str, *, by_hand: bool = True) -> InputError:
    """Return the error that says why a file was not fetched and, where that helps, how to save it by hand."""
    target = folder / file.name
    how = (
        f"To save it by hand, open {file.url} in a browser, save it as `{target}`, and go on with "
        f"`codegap ingest {target}` or `codegap verify {file.code}@{file.revision} --against {target}`."
    )
    return InputError(f"{file.name} was not fetched: {cause}", fix=how if by_hand else "")


def answer_words(status: int, phrase: str, url: str, wait: str) -> str:
    """Say what an answer that is no file means; `wait` is the server's own word on when to come back.

    >>> answer_words(404, "Not Found", "https://example.org/a.pdf", "")
    'example.org has no file at this address any more (404 Not Found); a publisher may have moved it'
    """
    said = f"{status} {phrase}".strip()
    host = host_of(url)
    if status in (_NOT_FOUND, _GONE):
        return f"{host} has no file at this address any more ({said}); a publisher may have moved it"
    if status == _TOO_MANY:
        when = f"; it asks to wait ({wait})" if wait else ""
        return f"{host} has had too many requests from here ({said}){when}"
    if status >= _SERVER:
        return f"{host} could not answer ({said}); that is a fault of the server and may pass"
    if status >= _FORBIDDEN:
        return f"{host} refuses to give the file to a program ({said}), as sites that guard against robots do"
    return f"{host} answered {said} where a file was expected"


def connection_words(problem: BaseException, url: str, got: int, total: int | None, goes_on: bool) -> str:
    """Say what became of a connection: the name not found, no way through, the certificate, a break.

    `got` and `total` are bytes; `goes_on` says that the next fetch can go on from there.
    """
    host = host_of(url)
    causes = list(_causes(problem))
    if any(isinstance(one, socket.gaierror) for one in causes):
        return (
            f"the name {host} could not be looked up, so there is no network here, "
            "or it does not let names through"
        )
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in causes):
        return (
            f"the certificate of {host} is not one that is trusted here; where a firewall puts its own in, "
            "name its "
            "certificates in SSL_CERT_FILE"
        )
    kind = type(problem).__name__
    if kind == "ProxyError":
        return f"the proxy that the environment names does not let {host} through ({_short(problem)})"
    if got:
        of = f" of {total:,}" if total else ""
        kept = (
            "what came is kept, and the next `codegap fetch` goes on from there"
            if goes_on
            else "the next `codegap fetch` begins anew"
        )
        why = "nothing more came in time" if "Timeout" in kind else "the connection broke off"
        return f"{why} after {got:,}{of} bytes; {kept}"
    if kind == "ConnectTimeout":
        return f"no connection to {host} came about in time"
    if "Timeout" in kind:
        return f"{host} did not answer in time"
    if kind == "ConnectError":
        return f"no connection to {host} could be made ({_short(problem)})"
    return f"the connection to {host} broke off before the file came ({_short(problem)})"


def _causes(problem: BaseException | None) -> "list[BaseException]":
    found: list[BaseException] = []
    while problem is not None and problem not in found:
        found.append(problem)
        problem = problem.__cause__ or problem.__context__
    return found


def _short(problem: BaseException) -> str:
    said = " ".join(str(problem).split()) or type(problem).__name__
    return said if len(said) <= 120 else f"{said[:117]}…"
