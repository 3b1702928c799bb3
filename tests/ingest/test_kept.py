"""Reading is kept by the content of a file: the same words come back, and the very bytes can be shown."""

import hashlib
import os
from pathlib import Path

import pytest

from analyser import cache
from analyser.ingest import kept

PAGE = Path(__file__).with_name("small.html").read_bytes()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CODEGAP_CACHE", str(tmp_path / "cache"))
    kept._held.clear()
    return tmp_path


def test_a_second_look_gives_the_same_source_from_the_cache(folder: Path) -> None:
    path = folder / "a.html"
    path.write_bytes(PAGE)
    first = kept.read(path, "a.html")
    kept._held.clear()
    assert list((folder / "cache").glob("*.json"))
    assert kept.read(path, "a.html") == first


def test_the_very_bytes_are_kept_under_their_own_hash(folder: Path) -> None:
    path = folder / "a.html"
    path.write_bytes(PAGE)
    source = kept.read(path, "a.html")
    assert source.file_sha256 == hashlib.sha256(PAGE).hexdigest()
    assert cache.raw(source.file_sha256) == PAGE


def test_a_damaged_file_in_the_cache_is_not_taken_for_the_one(folder: Path) -> None:
    cache.keep_raw(hashlib.sha256(PAGE).hexdigest(), PAGE)
    (held,) = (folder / "cache" / "files").iterdir()
    held.write_bytes(PAGE + b" ")
    assert cache.raw(hashlib.sha256(PAGE).hexdigest()) is None
    cache.keep_raw(hashlib.sha256(PAGE).hexdigest(), PAGE)
    assert cache.raw(hashlib.sha256(PAGE).hexdigest()) == PAGE


def test_the_longest_unused_files_are_let_go(folder: Path) -> None:
    files = [str(place).encode() for place in range(40)]
    for place, raw in enumerate(files):
        digest = hashlib.sha256(raw).hexdigest()
        cache.keep_raw(digest, raw)
        os.utime(folder / "cache" / "files" / digest, (place, place))
    held = [cache.raw(hashlib.sha256(raw).hexdigest()) for raw in files]
    assert held[-32:] == files[-32:]
    assert held[:8] == [None] * 8


def test_a_changed_file_is_read_anew(folder: Path) -> None:
    path = folder / "a.html"
    path.write_bytes(PAGE)
    first = kept.read(path, "a.html")
    path.write_bytes(PAGE.replace(b"technically feasible", b"feasible"))
    assert kept.read(path, "a.html").text != first.text


def test_without_a_cache_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEGAP_CACHE", "off")
    kept._held.clear()
    path = tmp_path / "a.html"
    path.write_bytes(PAGE)
    kept.read(path, "a.html")
    assert list(tmp_path.iterdir()) == [path]
