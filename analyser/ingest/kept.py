"""Read a document of any kind, and keep what was read by the content of the file.

A PDF, Word document or web page that was read before, by this very version of the tool, is not read again;
its bytes are kept too (`cache.keep_raw`), so that they can be shown to have been the ones.
"""

from pathlib import Path

from analyser import cache
from analyser.reading.open import read as read_anew
from analyser.reading.open import read_bytes, sha256
from analyser.reading.source import Media, Source

# What takes no time to read is not worth a place in the cache.
_READ_EACH_TIME = (Media.MARKDOWN, Media.TEXT)
_HELD = 8
_held: dict[tuple[str, str, str], Source] = {}


def read(path: Path, shown_as: str) -> Source:
    """Return the text and blocks of a document of any kind; `shown_as` is how messages name it.

    Raises InputError, with cause and fix, for a file that cannot be read.
    """
    raw = read_bytes(path, shown_as)
    digest = sha256(raw)
    name = (digest, path.suffix.lower(), shown_as)
    if name in _held:
        return _held[name]
    kept = cache.read(cache.key("source", *name))
    if kept is not None:
        source = Source.model_validate_json(kept)
        cache.keep_raw(digest, raw)
    else:
        source = read_anew(path, shown_as)
        if source.media not in _READ_EACH_TIME:
            cache.write(cache.key("source", *name), source.model_dump_json().encode())
            cache.keep_raw(digest, raw)
    while len(_held) >= _HELD:
        del _held[next(iter(_held))]
    _held[name] = source
    return source
