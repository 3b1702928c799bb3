"""Results kept by content in the user's cache folder, so that a second look at the same text, rules and tool
is quick.

A key is made from everything a result rests on: the bytes of the text, of the rules, of the profile, and of
the tool itself. The cache never changes a result: what cannot be read, or does not match its own hash, is
worked out again. `CODEGAP_CACHE=off` turns it off, another value names the folder.
"""

import hashlib
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

_KEPT = 64
# Files kept as they were: so many at most, and so many bytes of them together; a larger one is not kept.
_RAW_KEPT = 32
_RAW_BYTES = 256 * 1024 * 1024
_RAW_LARGEST = 64 * 1024 * 1024


def folder() -> Path | None:
    """Return the folder of the cache, None when it is turned off."""
    asked = os.environ.get("CODEGAP_CACHE", "")
    if asked.lower() in ("off", "0", "no"):
        return None
    if asked:
        return Path(asked)
    from platformdirs import user_cache_path

    return user_cache_path("codegap", appauthor=False)


def key(*parts: str | bytes) -> str:
    """Return the key of a result from everything it rests on, each part kept apart.

    >>> key("a", "bc") == key("ab", "c")
    False
    """
    total = hashlib.sha256(tool().encode())
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        total.update(len(content).to_bytes(8, "big") + content)
    return total.hexdigest()


@lru_cache(maxsize=1)
def tool() -> str:
    """Return a hash of the tool's own source, so that no result outlives the code that made it."""
    package = Path(__file__).resolve().parent
    total = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        total.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def read(name: str) -> bytes | None:
    """Return what is kept under a key, None when there is nothing whole."""
    place = folder()
    if place is None:
        return None
    with suppress(OSError):
        content = (place / f"{name}.json").read_bytes()
        digest, _, body = content.partition(b"\n")
        if digest.decode("ascii", "replace") == hashlib.sha256(body).hexdigest():
            return body
    return None


def write(name: str, body: bytes) -> None:
    """Keep a result under a key, whole or not at all; a cache that cannot be written is no error. The
    oldest are let go."""
    place = folder()
    if place is None:
        return
    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        rough = place / f"{name}.{os.getpid()}.part"
        rough.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        rough.replace(place / f"{name}.json")
        kept = sorted(place.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in kept[_KEPT:]:
            old.unlink()


def keep_raw(sha256: str, raw: bytes) -> None:
    """Keep the very bytes of a file that was read, under their own hash; one that is there is only marked as
    used. At most 32 files and 256 MB are kept, the longest unused are let go first; none over 64 MB is kept.
    """
    place = folder()
    if place is None or len(raw) > _RAW_LARGEST:
        return
    with suppress(OSError):
        files = place / "files"
        kept = files / sha256
        if kept.is_file() and kept.stat().st_size == len(raw):
            kept.touch()
            return
        files.mkdir(parents=True, exist_ok=True)
        rough = files / f"{sha256}.{os.getpid()}.part"
        rough.write_bytes(raw)
        rough.replace(kept)
        total = 0
        used = sorted(files.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for place_in_line, path in enumerate(used):
            total += path.stat().st_size
            if path != kept and (place_in_line >= _RAW_KEPT or total > _RAW_BYTES):
                path.unlink()


def raw(sha256: str) -> bytes | None:
    """Return the bytes kept under a hash, None where there are none or they are not whole any more."""
    place = folder()
    if place is None:
        return None
    with suppress(OSError):
        content = (place / "files" / sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() == sha256:
            return content
    return None
