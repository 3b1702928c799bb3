"""A small https server on 127.0.0.1 that can misbehave: functions answer its paths with raw bytes."""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

CERTIFICATE = Path(__file__).with_name("test-only.pem")


@dataclass(frozen=True)
class Request:
    """What was asked: the path with its query, and the headers by their names in small letters."""

    path: str
    headers: dict[str, str]


class Wire:
    """The connection to the client, to be written to byte by byte."""

    def __init__(self, raw: socket.socket) -> None:
        self.raw = raw

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.raw.sendall(data)

    def head(self, status: str, *headers: str) -> None:
        """Send a status line and headers (`etag: "1"`)."""
        lines = (f"HTTP/1.1 {status}", *headers, "connection: close", "", "")
        self.send("\r\n".join(lines).encode())

    def reset(self) -> None:
        """End the connection with a reset, as a network that breaks does."""
        self.raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.socket.close(self.raw)


Answer = Callable[[Request, Wire], None]


@dataclass
class Server:
    """The server at work: what it answers where, and what it was asked."""

    port: int
    routes: dict[str, Answer] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    @property
    def host(self) -> str:
        """The host with its port, as a manifest lists it."""
        return f"localhost:{self.port}"

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"https://{self.host}{path}"


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server until the block ends."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1])

    def accept() -> None:
        while True:
            try:
                raw, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(raw,), daemon=True).start()

    def answer(raw: socket.socket) -> None:
        with suppress(OSError), context.wrap_socket(raw, server_side=True) as wrapped:
            request = _read(wrapped)
            if request is not None:
                server.asked.append(request)
                server.routes[request.path](request, Wire(wrapped))

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        # Closing alone does not wake a thread that waits in accept().
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _read(raw: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = raw.recv(4096)
        if not more:
            return None
        data += more
    first, *lines = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Request(first.split()[1], {name.strip().lower(): value.strip() for name, _, value in pairs})


def whole(body: bytes, *headers: str) -> Answer:
    """Answer with a whole body, its length said, whatever is asked."""

    def answer(request: Request, wire: Wire) -> None:
        wire.head("200 OK", f"content-length: {len(body)}", *headers)
        wire.send(body)

    return answer


def ranged(body: bytes, tag: str) -> Answer:
    """Answer as a server that serves ranges of a file with this ETag."""

    def answer(request: Request, wire: Wire) -> None:
        asked = request.headers.get("range", "")
        if not asked or request.headers.get("if-range", tag) != tag:
            wire.head("200 OK", f"content-length: {len(body)}", f"etag: {tag}")
            wire.send(body)
            return
        start = int(asked.removeprefix("bytes=").partition("-")[0])
        if start >= len(body):
            wire.head("416 Range Not Satisfiable", f"content-range: bytes */{len(body)}", "content-length: 0")
            return
        said = f"content-range: bytes {start}-{len(body) - 1}/{len(body)}"
        wire.head("206 Partial Content", f"content-length: {len(body) - start}", said, f"etag: {tag}")
        wire.send(body[start:])

    return answer


def broken_off(body: bytes, after: int, *headers: str, reset: bool = False) -> Answer:
    """Answer with the length of the whole and only the first bytes of it."""

    def answer(request: Request, wire: Wire) -> None:
        wire.head("200 OK", f"content-length: {len(body)}", *headers)
        wire.send(body[:after])
        if reset:
            wire.reset()

    return answer


def leading_to(address: str, status: str = "302 Found") -> Answer:
    """Answer with a redirect."""

    def answer(request: Request, wire: Wire) -> None:
        wire.head(status, f"location: {address}", "content-length: 0")

    return answer


def refusing(status: str, *headers: str) -> Answer:
    """Answer with a status that is no success."""

    def answer(request: Request, wire: Wire) -> None:
        wire.head(status, "content-length: 9", *headers)
        wire.send(b"go away\r\n")

    return answer
