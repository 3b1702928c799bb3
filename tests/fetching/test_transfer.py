"""One file over a network that misbehaves: nothing half-written ever stands under the name of the file."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest

from analyser.errors import InputError
from analyser.fetching.fetch import Fetched, fetch
from analyser.fetching.manifest import read_manifest
from analyser.fetching.parts import alone_in
from analyser.fetching.transfer import Limits
from tests.fetching.conftest import NAME, PDF, MakeManifest
from tests.fetching.server import (
    Answer,
    Request,
    Server,
    Wire,
    broken_off,
    leading_to,
    ranged,
    refusing,
    whole,
)

HALF = len(PDF) // 2
QUICK = Limits(connect=5, read=5, whole=20)
PAGE = b"<!doctype html><html><head><title>Checking\n your browser</title></head><body>Wait.</body></html>"


def get(listed: Path, folder: Path, limits: Limits = QUICK) -> Fetched:
    found = read_manifest(listed, "manifest.yaml")
    return fetch(found.files[0], found, folder, limits)


def refusal(listed: Path, folder: Path, limits: Limits = QUICK) -> str:
    """Fetch, and return the paragraph of the refusal; nothing may stand under the name of the file."""
    with pytest.raises(InputError) as caught:
        get(listed, folder, limits)
    assert not (folder / NAME).exists()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_good_file_comes_whole(server: Server, folder: Path, manifest: MakeManifest) -> None:
    server.routes["/code.pdf"] = whole(PDF)
    got = get(manifest(), folder)
    assert (got.outcome, got.size, got.sha256) == ("fetched", len(PDF), hashlib.sha256(PDF).hexdigest())
    assert left(folder) == [NAME]
    assert (folder / NAME).read_bytes() == PDF
    (request,) = server.asked
    assert request.headers["user-agent"].startswith("codegap/")
    assert request.headers["accept-encoding"] == "identity"
    assert "range" not in request.headers


def test_a_file_sent_in_chunks_without_a_length_comes_whole(
    server: Server, folder: Path, manifest: MakeManifest
) -> None:
    def chunked(request: Request, wire: Wire) -> None:
        wire.head("200 OK", "transfer-encoding: chunked")
        for start in range(0, len(PDF), 1000):
            piece = PDF[start : start + 1000]
            wire.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        wire.send(b"0\r\n\r\n")

    server.routes["/code.pdf"] = chunked
    assert get(manifest(), folder).size == len(PDF)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (refusing("403 Forbidden"), "refuses to give the file to a program (403 Forbidden)"),
        (refusing("404 Not Found"), "has no file at this address any more (404 Not Found)"),
        (refusing("410 Gone"), "has no file at this address any more (410 Gone)"),
        (refusing("429 Too Many Requests", "retry-after: 120"), "it asks to wait (120 seconds)"),
        (refusing("503 Service Unavailable"), "could not answer (503 Service Unavailable)"),
        (refusing("204 No Content"), "answered 204 No Content where a file was expected"),
        (leading_to("", "304 Not Modified"), "answered 304 Not Modified"),
        (refusing("206 Partial Content"), "answered 206 Partial Content"),
    ],
)
def test_an_answer_that_is_no_file_is_told_with_the_way_by_hand(
    server: Server, folder: Path, manifest: MakeManifest, answer: Answer, said: str
) -> None:
    server.routes["/code.pdf"] = answer
    paragraph = refusal(manifest(), folder)
    assert said in paragraph
    assert f"open {server.url('/code.pdf')} in a browser, save it as `{folder / NAME}`" in paragraph
    assert "codegap ingest" in paragraph
    assert left(folder) == []


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
def test_a_file_that_breaks_off_is_kept_as_a_part_and_gone_on_with(
    server: Server, folder: Path, manifest: MakeManifest, reset: bool
) -> None:
    server.routes["/code.pdf"] = broken_off(PDF, HALF, 'etag: "one"', reset=reset)
    paragraph = refusal(manifest(), folder)
    if not reset:  # a reset may overtake bytes that were sent before it
        assert f"the connection broke off after {HALF:,} of {len(PDF):,} bytes" in paragraph
        assert "the next `codegap fetch` goes on from there" in paragraph
    assert all(name.endswith(".part") for name in left(folder))
    begun = (folder / f"{NAME}.part").stat().st_size if left(folder) else 0

    server.routes["/code.pdf"] = ranged(PDF, '"one"')
    got = get(manifest(), folder)
    assert (folder / NAME).read_bytes() == PDF
    assert left(folder) == [NAME]
    if begun:
        assert got.outcome == "resumed"
        assert server.asked[-1].headers["range"] == f"bytes={begun}-"
        assert server.asked[-1].headers["if-range"] == '"one"'


def test_a_part_without_a_mark_of_its_version_is_begun_anew(
    server: Server, folder: Path, manifest: MakeManifest
) -> None:
    server.routes["/code.pdf"] = broken_off(PDF, HALF, 'etag: W/"weak"')
    assert "the next `codegap fetch` begins anew" in refusal(manifest(), folder)
    assert left(folder) == [f"{NAME}.part"]
    server.routes["/code.pdf"] = ranged(PDF, '"one"')
    assert get(manifest(), folder).outcome == "fetched"
    assert "range" not in server.asked[-1].headers
    assert (folder / NAME).read_bytes() == PDF


def test_the_date_of_the_last_change_marks_a_version_too(
    server: Server, folder: Path, manifest: MakeManifest
) -> None:
    date = "Mon, 24 Feb 2025 00:00:00 GMT"
    server.routes["/code.pdf"] = broken_off(PDF, HALF, f"last-modified: {date}")
    refusal(manifest(), folder)
    server.routes["/code.pdf"] = whole(PDF)
    get(manifest(), folder)
    assert server.asked[-1].headers["if-range"] == date


def test_a_server_that_ignores_ranges_sends_all_of_it_again(
    server: Server, folder: Path, manifest: MakeManifest
) -> None:
    server.routes["/code.pdf"] = broken_off(PDF, HALF, 'etag: "one"')
    refusal(manifest(), folder)
    server.routes["/code.pdf"] = whole(PDF, 'etag: "one"')
    assert get(manifest(), folder).outcome == "fetched"
    assert (folder / NAME).read_bytes() == PDF


@pytest.mark.parametrize("honest", [True, False], ids=["sends the new file", "sends the new file's end"])
def test_a_part_of_a_version_that_is_gone_is_thrown_away(
    server: Server, folder: Path, manifest: MakeManifest, honest: bool
) -> None:
    new = b"%PDF-2.0\n" + b"new " * 3000 + b"\n%%EOF\n"
    server.routes["/code.pdf"] = broken_off(PDF, HALF, 'etag: "one"')
    refusal(manifest(), folder)

    def heedless(request: Request, wire: Wire) -> None:
        request.headers.pop("if-range", None)
        ranged(new, '"two"')(request, wire)

    server.routes["/code.pdf"] = ranged(new, '"two"') if honest else heedless
    assert get(manifest(), folder).outcome == "fetched"
    assert (folder / NAME).read_bytes() == new
    assert left(folder) == [NAME]


def test_a_part_longer_than_the_file_is_thrown_away(
    server: Server, folder: Path, manifest: MakeManifest
) -> None:
    server.routes["/code.pdf"] = broken_off(PDF + b" " * 500, len(PDF) + 100, 'etag: "one"')
    refusal(manifest(), folder)
    server.routes["/code.pdf"] = ranged(PDF, '"one"')
    get(manifest(), folder)
    assert (folder / NAME).read_bytes() == PDF


def test_a_server_that_sends_another_range_than_asked_is_asked_once_more_for_all(
    server: Server, folder: Path, manifest: MakeManifest
) -> None:
    server.routes["/code.pdf"] = broken_off(PDF, HALF, 'etag: "one"')
    refusal(manifest(), folder)

    def shifted(request: Request, wire: Wire) -> None:
        if "range" not in request.headers:
            whole(PDF)(request, wire)
            return
        wire.head("206 Partial Content", f"content-range: bytes 5-{len(PDF) - 1}/{len(PDF)}", 'etag: "one"')
        wire.send(PDF[5:])

    server.routes["/code.pdf"] = shifted
    get(manifest(), folder)
    assert (folder / NAME).read_bytes() == PDF


def test_a_redirect_to_a_listed_host_is_followed(
    server: Server, folder: Path, manifest: MakeManifest
) -> None:
    server.routes["/code.pdf"] = leading_to("/there/code.pdf", "301 Moved Permanently")
    server.routes["/there/code.pdf"] = leading_to(server.url("/last.pdf"), "308 Permanent Redirect")
    server.routes["/last.pdf"] = whole(PDF)
    get(manifest(), folder)
    assert (folder / NAME).read_bytes() == PDF


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://elsewhere.example/code.pdf", "leads on to elsewhere.example, which is not among the hosts"),
        ("//elsewhere.example/code.pdf", "leads on to elsewhere.example, which is not among the hosts"),
        ("https://localhost/code.pdf", "leads on to localhost, which is not among the hosts"),
        ("http://localhost/code.pdf", "leads on to http://localhost/code.pdf, which is not https"),
        ("file:///etc/passwd", "leads on to file:///etc/passwd, which is not https"),
        ("https://localhost\\@elsewhere.example/", "which holds a space, a backslash or a control character"),
        ("https://me@localhost/code.pdf", "which carries a user name"),
        ("https://[/code.pdf", "which is not an address"),
    ],
)
def test_a_redirect_elsewhere_is_refused_naming_both(
    server: Server, folder: Path, manifest: MakeManifest, address: str, said: str
) -> None:
    server.routes["/code.pdf"] = leading_to(address)
    paragraph = refusal(manifest(), folder)
    assert f"{server.host} leads on to" in paragraph
    assert said in paragraph
    assert left(folder) == []


def test_redirects_that_never_end_are_refused(server: Server, folder: Path, manifest: MakeManifest) -> None:
    server.routes["/code.pdf"] = leading_to("/code.pdf")
    assert "more than 5 redirects" in refusal(manifest(), folder)
    assert len(server.asked) == 6


def test_five_redirects_are_followed(server: Server, folder: Path, manifest: MakeManifest) -> None:
    paths = ["/code.pdf", *(f"/{number}.pdf" for number in range(5))]
    for here, there in pairwise(paths):
        server.routes[here] = leading_to(there)
    server.routes[paths[-1]] = whole(PDF)
    assert get(manifest(), folder).outcome == "fetched"


def test_a_wrong_hash_leaves_nothing(server: Server, folder: Path, manifest: MakeManifest) -> None:
    server.routes["/code.pdf"] = whole(PDF)
    paragraph = refusal(manifest(sha256="0" * 64), folder)
    assert hashlib.sha256(PDF).hexdigest() in paragraph
    assert "0" * 64 in paragraph
    assert left(folder) == []


def test_a_file_that_is_there_is_never_written_over(
    server: Server, folder: Path, manifest: MakeManifest
) -> None:
    (folder / NAME).write_bytes(b"mine")
    assert get(manifest(), folder).outcome == "held"
    with pytest.raises(InputError, match="it was left as it is"):
        get(manifest(sha256="0" * 64), folder)
    assert (folder / NAME).read_bytes() == b"mine"
    assert not server.asked


@pytest.mark.parametrize("with_length", [True, False], ids=["length said", "length not said"])
def test_a_file_over_the_limit_of_size_is_refused(
    server: Server, folder: Path, manifest: MakeManifest, with_length: bool
) -> None:
    def endless(request: Request, wire: Wire) -> None:
        wire.head("200 OK")
        with suppress(OSError):
            while True:
                wire.send(PDF)

    server.routes["/code.pdf"] = whole(PDF) if with_length else endless
    paragraph = refusal(manifest(max_bytes=5000), folder)
    assert "the 5,000 bytes that the manifest allows" in paragraph
    assert left(folder) == []


@pytest.mark.parametrize("where", ["body", "headers"])
def test_a_slow_drip_ends_with_the_limit_for_the_whole(
    server: Server, folder: Path, manifest: MakeManifest, where: str
) -> None:
    def drip(request: Request, wire: Wire) -> None:
        if where == "body":
            wire.head("200 OK", f"content-length: {len(PDF)}", 'etag: "one"')
        else:
            wire.send(b"HTTP/1.1 200 OK\r\n")
        with suppress(OSError):
            for byte in b"x-slow: " + b"a" * len(PDF):
                wire.send(bytes([byte]))
                time.sleep(0.02)

    server.routes["/code.pdf"] = drip
    paragraph = refusal(manifest(), folder, Limits(connect=5, read=5, whole=0.6))
    assert "it took longer than 0.6 seconds in all" in paragraph
    assert all(name.endswith(".part") for name in left(folder))


def test_silence_ends_with_the_limit_for_reading(
    server: Server, folder: Path, manifest: MakeManifest
) -> None:
    done = threading.Event()

    def silent(request: Request, wire: Wire) -> None:
        done.wait(10)

    server.routes["/code.pdf"] = silent
    try:
        paragraph = refusal(manifest(), folder, Limits(connect=5, read=0.2, whole=20))
    finally:
        done.set()
    assert "did not answer in time" in paragraph


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (PAGE, "a PDF was expected, but a web page came, with the title “Checking your browser”"),
        (b"", "the answer was empty"),
        (b"just words", "a PDF was expected, but text came"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PDF was expected, but the file code.pdf is a picture (PNG)"),
    ],
)
def test_what_is_no_pdf_is_refused_by_its_content(
    server: Server, folder: Path, manifest: MakeManifest, body: bytes, said: str
) -> None:
    server.routes["/code.pdf"] = whole(body, "content-type: application/pdf")
    assert said in refusal(manifest(), folder)
    assert left(folder) == []


def test_a_page_is_taken_where_a_page_is_meant(server: Server, folder: Path, manifest: MakeManifest) -> None:
    server.routes["/code.pdf"] = whole(PAGE)
    assert get(manifest(name="code.html", media="html"), folder).path.name == "code.html"


def test_a_pdf_cut_short_by_a_server_that_says_no_length_is_refused(
    server: Server, folder: Path, manifest: MakeManifest
) -> None:
    def short(request: Request, wire: Wire) -> None:
        wire.head("200 OK", 'etag: "one"')
        wire.send(PDF[:HALF])

    server.routes["/code.pdf"] = short
    refusal(manifest(), folder)
    assert all(name.endswith(".part") for name in left(folder))


def test_a_packed_answer_is_refused(server: Server, folder: Path, manifest: MakeManifest) -> None:
    server.routes["/code.pdf"] = whole(PDF, "content-encoding: gzip")
    assert "sends it packed" in refusal(manifest(), folder)


def test_two_at_once_in_one_folder_do_not_mix(server: Server, folder: Path, manifest: MakeManifest) -> None:
    server.routes["/code.pdf"] = whole(PDF)
    with alone_in(folder):
        assert "another `codegap fetch` is at work" in refusal(manifest(), folder)
    assert not server.asked
    assert get(manifest(), folder).outcome == "fetched"


def test_a_file_saved_by_hand_meanwhile_is_left_as_it_is(
    server: Server, folder: Path, manifest: MakeManifest
) -> None:
    def saved(request: Request, wire: Wire) -> None:
        (folder / NAME).write_bytes(b"mine")
        whole(PDF)(request, wire)

    server.routes["/code.pdf"] = saved
    assert get(manifest(), folder).outcome == "held"
    assert (folder / NAME).read_bytes() == b"mine"


def test_a_name_that_cannot_be_looked_up_is_told_in_a_sentence(folder: Path, manifest: MakeManifest) -> None:
    listed = manifest(hosts=["codes.invalid"], url="https://codes.invalid/code.pdf")
    paragraph = refusal(listed, folder)
    assert "the name codes.invalid could not be looked up, so there is no network here" in paragraph


def test_nobody_listening_is_told_in_a_sentence(server: Server, folder: Path, manifest: MakeManifest) -> None:
    listed = manifest(hosts=["localhost:1"], url="https://localhost:1/code.pdf")
    assert "no connection to localhost:1 could be made" in refusal(listed, folder)


def test_a_certificate_that_is_not_trusted_is_refused(
    server: Server, folder: Path, manifest: MakeManifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    server.routes["/code.pdf"] = whole(PDF)
    assert "is not one that is trusted here" in refusal(manifest(), folder)
    assert not server.asked


def test_certificates_that_cannot_be_read_are_named_as_the_cause(
    folder: Path, manifest: MakeManifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "none.pem"))
    assert "proxies or certificates cannot be used" in refusal(manifest(), folder)


def test_a_folder_that_cannot_be_written_is_refused(
    server: Server, folder: Path, manifest: MakeManifest
) -> None:
    server.routes["/code.pdf"] = whole(PDF)
    (folder / f"{NAME}.part").mkdir()
    assert "cannot be written" in refusal(manifest(), folder)


def test_an_interrupt_halfway_leaves_only_the_part_and_the_next_run_goes_on(
    server: Server, folder: Path, manifest: MakeManifest
) -> None:
    done = threading.Event()

    def halfway(request: Request, wire: Wire) -> None:
        wire.head("200 OK", f"content-length: {len(PDF)}", 'etag: "one"')
        wire.send(PDF[:HALF])
        done.wait(30)

    server.routes["/code.pdf"] = halfway
    listed = str(manifest())
    program = "import sys; from analyser.cli.main import run; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "fetch", "--all", "--into", str(folder), "--manifest", listed]
    with subprocess.Popen(
        command, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as ran:
        part = folder / f"{NAME}.part"
        while ran.poll() is None and not (part.exists() and part.stat().st_size == HALF):
            time.sleep(0.02)
        ran.send_signal(signal.SIGINT)
        _, said = ran.communicate()
    done.set()
    assert ran.returncode == 130, said.decode()
    assert b"interrupted; what had come of code.pdf is kept as a part" in said
    assert left(folder) == [f"{NAME}.part", f"{NAME}.resume.part"]
    server.routes["/code.pdf"] = ranged(PDF, '"one"')
    assert get(Path(listed), folder).outcome == "resumed"
    assert (folder / NAME).read_bytes() == PDF
    assert left(folder) == [NAME]
