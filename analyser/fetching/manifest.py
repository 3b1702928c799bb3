"""The list of the publishers' files: where each is, what it should be, and how its address is known."""

import hashlib
import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from analyser.errors import InputError, UsageError, nearest
from analyser.model.base import Basis, Frozen
from analyser.rulebook import located_yaml
from analyser.rulebook.models import Date, Text
from analyser.rulebook.validation import validate

_HTTPS = 443
_HASH = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*\.(?:pdf|html|docx)")


def _name(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise ValueError("a name is small letters, digits, dots and dashes and ends in .pdf, .html or .docx")
    return value


def _hash(value: str) -> str:
    if value and not _HASH.fullmatch(value):
        raise ValueError("a sha256 is 64 digits from 0 to f, or null")
    return value


def _address(value: str) -> str:
    refused = not_https(value)
    if refused:
        raise ValueError(f"`url` {refused}")
    return value


class OfficialFile(Frozen):
    """One file of a publisher; `sha256` is empty until it is known, `basis` says how the address is known."""

    name: Annotated[str, AfterValidator(_name)]
    code: str
    revision: Date
    title: Text = ""
    url: Annotated[str, AfterValidator(_address)]
    media: Literal["pdf", "html", "docx"]
    max_bytes: int = Field(gt=0)
    sha256: Annotated[Text, AfterValidator(_hash)] = ""
    basis: Basis
    sources: tuple[str, ...] = ()
    note: Text = ""


class Manifest(Frozen):
    """Every file that can be fetched, and the only hosts (`host` or `host:port`) that may be asked."""

    hosts: tuple[str, ...]
    files: tuple[OfficialFile, ...]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        names = [file.name for file in self.files]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"the name `{name}` stands twice")
        for file in self.files:
            if host_of(file.url) not in self.hosts:
                raise ValueError(f"`{file.name}` is on {host_of(file.url)}, which `hosts` does not list")
        return self

    def find(self, name: str) -> OfficialFile:
        """Return a file by its name, with or without its ending; UsageError names the nearest."""
        wanted = name.lower()
        found = [file for file in self.files if wanted in (file.name, file.name.rpartition(".")[0])]
        if len(found) != 1:
            cause = f"there is no file `{name}`" if not found else f"`{name}` could be more than one file"
            raise UsageError(cause, fix=nearest(name, [file.name for file in self.files]))
        return found[0]


def read_manifest(path: Path, shown: str) -> Manifest:
    """Read a manifest (codes/manifest.yaml, or one of your own); InputError names file and line."""
    return validate(Manifest, located_yaml.read(path, shown, InputError), shown, InputError)


def host_of(url: str) -> str:
    """Return the host of an address in small letters, with its port where that is not the one of https.

    >>> host_of("https://WWW.Example.org/a"), host_of("https://example.org:8443/")
    ('www.example.org', 'example.org:8443')
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    return host if parts.port in (None, _HTTPS) else f"{host}:{parts.port}"


def not_https(url: str) -> str:
    """Return why an address may not be asked (`is not https`), or nothing.

    >>> not_https("http://example.org/a.pdf")
    'is not https'
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is not an address"
    if re.search(r"[\s\\\x00-\x1f\x7f]", url):
        return "holds a space, a backslash or a control character"
    if parts.scheme != "https":
        return "is not https"
    if not host:
        return "names no host"
    return "carries a user name" if "@" in parts.netloc else ""


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file's bytes, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
