"""`codegap fetch` as a person meets it: what it lists, prints, says and leaves behind."""

import csv
import hashlib
import io
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.fetching.conftest import NAME, PDF, MakeManifest, _only_this_machine, folder, manifest, server
from tests.fetching.server import Server, refusing, whole

from .conftest import Codegap

__all__ = ["_only_this_machine", "folder", "manifest", "server"]

SHA = hashlib.sha256(PDF).hexdigest()


def test_the_files_of_the_publishers_are_listed_without_a_network(codegap: Codegap, tmp_path: Path) -> None:
    ran = codegap("fetch", "--list", "--into", str(tmp_path / "none"), "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    said = json.loads(ran.out)
    assert said["schema"] == "codegap/fetch-list/1"
    assert [file["path"] for file in said["inputs"]] == ["codes/manifest.yaml"]
    assert all(row["url"].startswith("https://") and not row["held"] for row in said["results"])
    assert not (tmp_path / "none").exists()


def test_the_table_shows_name_revision_held_pinned_and_address(codegap: Codegap) -> None:
    ran = codegap("fetch", "--list")
    shown = [line.split()[0] for line in ran.out.split("\n\n")[0].splitlines() if not line.startswith(" ")]
    assert shown == ["Name", "Revision", "Held", "Pinned", "Address"]


def test_a_file_is_fetched_whole_and_its_hash_told_to_be_pinned(
    codegap: Codegap, server: Server, folder: Path, manifest: MakeManifest
) -> None:
    server.routes["/code.pdf"] = whole(PDF)
    ran = codegap("fetch", "--all", "--into", str(folder), "--manifest", str(manifest()), "--format", "csv")
    assert ran.code == 0
    assert [path.name for path in folder.iterdir()] == [NAME]
    assert (folder / NAME).read_bytes() == PDF
    (row,) = csv.DictReader(io.StringIO(ran.out))
    assert (row["outcome"], row["sha256"], row["pinned"]) == ("fetched", SHA, "false")
    assert f"write `sha256: {SHA}` under `{NAME}`" in ran.err
    assert ran.err.count("\n") == 1  # one line a file where there is no terminal


def test_a_pinned_file_needs_no_word_more(
    codegap: Codegap, server: Server, folder: Path, manifest: MakeManifest
) -> None:
    server.routes["/code.pdf"] = whole(PDF)
    listed = str(manifest(sha256=SHA))
    ran = codegap("fetch", "code", "--into", str(folder), "--manifest", listed)
    assert ran.code == 0
    assert "Its sha256 is the one of the manifest." in ran.err
    again = codegap("fetch", "code", "--into", str(folder), "--manifest", listed)
    assert again.code == 0
    assert "is there already" in again.err
    assert len(server.asked) == 1
    held = codegap("fetch", "--list", "--into", str(folder), "--manifest", listed, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(held.out))
    assert (row["held"], row["pinned"]) == ("true", "true")


def test_a_refusal_is_one_paragraph_with_a_way_on_and_the_next_file_is_fetched(
    codegap: Codegap, server: Server, folder: Path, tmp_path: Path
) -> None:
    server.routes["/gone.pdf"] = refusing("403 Forbidden")
    server.routes["/code.pdf"] = whole(PDF)
    listed = tmp_path / "two.yaml"
    entry = (
        "code: c, revision: 2030-01-01, media: pdf, max_bytes: 100000, basis: unknown, url: https://localhost"
    )
    listed.write_text(
        f"hosts: ['{server.host}']\nfiles:\n"
        f"  - {{name: gone.pdf, {entry}:{server.port}/gone.pdf}}\n"
        f"  - {{name: code.pdf, {entry}:{server.port}/code.pdf}}\n"
    )
    ran = codegap("fetch", "--all", "--into", str(folder), "--manifest", str(listed))
    assert ran.code == 3
    assert [path.name for path in folder.iterdir()] == ["code.pdf"]
    first, second, last = ran.err.splitlines()
    assert first.startswith("codegap: gone.pdf was not fetched: localhost")
    assert "403 Forbidden" in first
    assert f"open {server.url('/gone.pdf')} in a browser, save it as `{folder / 'gone.pdf'}`" in first
    assert f"`codegap verify c@2030-01-01 --against {folder / 'gone.pdf'}`" in first
    assert second.startswith("codegap: code.pdf: fetched")
    assert last == "codegap: 1 of 2 files could not be had: gone.pdf."


def test_naming_nothing_lists_what_there_is(codegap: Codegap, manifest: MakeManifest) -> None:
    ran = codegap("fetch", "--manifest", str(manifest()))
    assert ran.code == 2
    assert "code.pdf" in ran.err


def test_an_unknown_name_gets_the_nearest(codegap: Codegap, manifest: MakeManifest) -> None:
    ran = codegap("fetch", "cod.pdf", "--manifest", str(manifest()))
    assert ran.code == 2
    assert "Did you mean code.pdf?" in ran.err


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"url": "http://localhost/code.pdf"}, "is not https"),
        ({"url": "https://me@localhost/code.pdf"}, "carries a user name"),
        ({"url": "https://elsewhere.example/code.pdf"}, "which `hosts` does not list"),
        ({"name": "../code.pdf"}, "a name is small letters"),
        ({"name": "code.pdf.part"}, "a name is small letters"),
        ({"sha256": "abc"}, "a sha256 is 64 digits"),
        ({"max_bytes": 0}, "max_bytes"),
        ({"media": "zip"}, "media"),
    ],
)
def test_a_manifest_that_asks_for_what_may_not_be_is_refused(
    codegap: Codegap, folder: Path, manifest: MakeManifest, said: dict[str, object], complaint: str
) -> None:
    ran = codegap("fetch", "--all", "--into", str(folder), "--manifest", str(manifest(**said)))
    assert ran.code == 3
    assert complaint in ran.err
    assert "manifest.yaml, line" in ran.err
    assert not list(folder.iterdir())


def test_a_folder_that_cannot_be_made_is_refused_before_anything_is_asked(
    codegap: Codegap, server: Server, manifest: MakeManifest, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    ran = codegap("fetch", "--all", "--into", str(tmp_path / "file" / "in"), "--manifest", str(manifest()))
    assert ran.code == 3
    assert "cannot be made" in ran.err
    assert not server.asked


@contextmanager
def proxying() -> Iterator[tuple[int, list[str]]]:
    """A proxy that lets everything through to this machine, and what it was asked for."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[str] = []

    def pump(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    def serve() -> None:
        with suppress(OSError):
            client, _ = listener.accept()
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(4096)
            asked.append(head.decode().split("\r\n")[0])
            port = int(head.split()[1].rpartition(b":")[2])
            beyond = socket.create_connection(("127.0.0.1", port))
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            threading.Thread(target=pump, args=(client, beyond), daemon=True).start()
            pump(beyond, client)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1], asked
    finally:
        listener.close()


def test_the_proxy_of_the_environment_is_used_and_named_without_its_password(
    codegap: Codegap,
    server: Server,
    folder: Path,
    manifest: MakeManifest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server.routes["/code.pdf"] = whole(PDF)
    with proxying() as (port, asked):
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:secret@127.0.0.1:{port}")
        ran = codegap("fetch", "--all", "--into", str(folder), "--manifest", str(manifest()))
    assert ran.code == 0
    assert asked == [f"CONNECT {server.host} HTTP/1.1"]
    assert f"the environment names a proxy, http://127.0.0.1:{port}; it is used" in ran.err
    assert "secret" not in ran.err + ran.out


def test_a_proxy_that_cannot_be_used_is_named_as_the_cause(
    codegap: Codegap, folder: Path, manifest: MakeManifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "gopher://127.0.0.1:1")
    ran = codegap("fetch", "--all", "--into", str(folder), "--manifest", str(manifest()))
    assert ran.code == 3
    assert "what the environment says about proxies or certificates cannot be used" in ran.err
