"""A server on this machine, trusted for the test alone, and a manifest that lists its files."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from tests.fetching.server import CERTIFICATE, Server, serving

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
NAME = "code.pdf"

MakeManifest = Callable[..., Path]


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the certificate of the tests and nothing else; ask no proxy."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that answers nothing yet."""
    with serving() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder to fetch into."""
    made = tmp_path / "official"
    made.mkdir()
    return made


@pytest.fixture
def manifest(server: Server, tmp_path: Path) -> MakeManifest:
    """Write a manifest of one file, `code.pdf` at /code.pdf, with whatever else is said of it."""

    def write(**said: object) -> Path:
        entry = {
            "name": NAME,
            "code": "a-code",
            "revision": "2030-01-01",
            "url": server.url("/code.pdf"),
            "media": "pdf",
            "max_bytes": 100_000,
            "sha256": None,
            "basis": "unknown",
        }
        hosts = said.pop("hosts", [server.host])
        path = tmp_path / "manifest.yaml"
        path.write_text(yaml.safe_dump({"hosts": hosts, "files": [entry | said]}), encoding="utf-8")
        return path

    return write
