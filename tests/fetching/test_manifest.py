"""The list of the publishers' files holds what the project knows of their addresses, and nothing else."""

from pathlib import Path

import pytest

from analyser import library
from analyser.errors import InputError, UsageError
from analyser.fetching.manifest import Manifest, host_of, not_https, read_manifest
from analyser.rulebook import Rulebook


@pytest.fixture(scope="module")
def held() -> Manifest:
    return read_manifest(library.codes_dir() / "manifest.yaml", "codes/manifest.yaml")


def test_every_address_is_one_that_a_code_yaml_gives_for_that_revision_and_none_is_left_out(
    held: Manifest,
) -> None:
    listed = {(file.code, file.revision, file.url) for file in held.files}
    known = {
        (code.code, entry.revision, url)
        for code in library.codes()
        for entry in code.revisions
        for url in entry.official_urls
    }
    assert listed == known


def test_every_source_of_an_address_is_a_known_one(held: Manifest, rules: Rulebook) -> None:
    known = {source.id for source in rules.sources}
    for file in held.files:
        assert file.sources, file.name
        assert set(file.sources) <= known, file.name


def test_every_host_is_asked_for_something(held: Manifest) -> None:
    assert {host_of(file.url) for file in held.files} == set(held.hosts)


def test_a_file_is_found_by_its_name_with_or_without_its_ending(held: Manifest) -> None:
    assert held.find("illegal-content-u2u-2025-02-24") is held.find("Illegal-Content-U2U-2025-02-24.PDF")
    with pytest.raises(UsageError, match="there is no file"):
        held.find("illegal-content")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://example.org/a.pdf?v=1", ""),
        ("HTTPS://example.org/a.pdf", ""),
        ("http://example.org/a.pdf", "is not https"),
        ("ftp://example.org/a.pdf", "is not https"),
        ("//example.org/a.pdf", "is not https"),
        ("https:///a.pdf", "names no host"),
        ("https://me:secret@example.org/", "carries a user name"),
        ("https://example.org\\@elsewhere.example/", "holds a space, a backslash or a control character"),
        ("https://example.org/a b", "holds a space, a backslash or a control character"),
        ("https://example.org:port/", "is not an address"),
        ("https://[::1/", "is not an address"),
    ],
)
def test_only_plain_https_addresses_are_taken(url: str, why: str) -> None:
    assert not_https(url) == why


def test_the_port_belongs_to_the_host() -> None:
    assert host_of("https://Example.org:443/a") == "example.org"
    assert host_of("https://example.org.:8443/a") == "example.org:8443"


def test_a_name_given_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yaml"
    entry = "{name: a.pdf, code: c, revision: 2030-01-01, url: 'https://e.org/', media: pdf, "
    entry += "max_bytes: 1, basis: unknown}"
    path.write_text(f"hosts: [e.org]\nfiles:\n  - {entry}\n  - {entry}\n")
    with pytest.raises(InputError, match=r"the name `a\.pdf` stands twice"):
        read_manifest(path, "manifest.yaml")
