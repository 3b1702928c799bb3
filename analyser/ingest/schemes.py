"""Numbering schemes as data: those of codes/numbering.yaml, and what a code.yaml or a sidecar says."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from analyser.errors import InputError, UsageError, nearest
from analyser.model.base import Frozen
from analyser.parsing.numbering import Numbering
from analyser.reading.source import BlockKind, Source
from analyser.rulebook import located_yaml
from analyser.rulebook.validation import validate

FILE = "codes/numbering.yaml"
# What a code.yaml may write instead of a pattern: the usual scheme, named or shown by an example.
_USUAL = "letter+number"
_PATTERNS = ("measure", "paragraph", "alone", "label")


class Example(Frozen):
    """A heading and a paragraph, and the numbers they must give."""

    heading: str
    measure: str
    title: str
    paragraph: str
    number: str


class Scheme(Frozen):
    """A named way of numbering: the patterns of a `Numbering`, with the prefixes to try.

    `prefix_pattern` finds the prefix in the document; `may_be_unnumbered` counts paragraphs where none of the
    document has a number.
    """

    key: str
    name: str
    prefixes: tuple[str, ...] = ()
    prefix_pattern: str = ""
    measure: str
    paragraph: str
    alone: str = ""
    label: str = ""
    joined: str = "({part})"
    may_be_unnumbered: bool = False
    items: tuple[str, ...] = ()
    examples: tuple[Example, ...]

    def numbering(self, prefix: str, unnumbered: bool = False) -> Numbering:
        """Return the numbering of this scheme with a prefix."""
        return Numbering(
            prefix=prefix,
            measure=self.measure,
            paragraph=self.paragraph,
            alone=self.alone,
            label=self.label,
            joined=self.joined,
            unnumbered=unnumbered,
            items=self.items,
        )

    def numberings(self, source: Source) -> Iterator[Numbering]:
        """Yield this scheme with each prefix it may have in a document."""
        for prefix in self.prefixes:
            yield self.numbering(prefix)
        if self.prefix_pattern:
            opens = re.compile(rf"^(?P<prefix>{self.prefix_pattern})\s+(?:{self.measure})(?=[\s.:–—-]|$)")
            found = Counter(match["prefix"] for words in _headings(source) if (match := opens.match(words)))
            for prefix, _ in sorted(found.items(), key=lambda one: (-one[1], one[0]))[:3]:
                yield self.numbering(prefix)


class _Schemes(Frozen):
    schemes: tuple[Scheme, ...]


@lru_cache(maxsize=4)
def schemes(folder: Path) -> tuple[Scheme, ...]:
    """Return the schemes of the numbering.yaml in the folder of the codes, in the order in which they are
    tried; InputError for a file that cannot be read or a pattern that is none.
    """
    found = validate(
        _Schemes, located_yaml.read(folder / "numbering.yaml", FILE, InputError), FILE, InputError
    )
    for scheme in found.schemes:
        for key in (*_PATTERNS, "prefix_pattern"):
            _check(getattr(scheme, key), key, f"{FILE}, scheme {scheme.key}")
    return found.schemes


def scheme(folder: Path, key: str) -> Scheme:
    """Return a scheme by its key, or raise UsageError with the nearest."""
    known = schemes(folder)
    found = next((one for one in known if one.key == key), None)
    if found is None:
        names = ", ".join(one.key for one in known)
        raise UsageError(
            f"there is no numbering scheme `{key}`",
            fix=f"{nearest(key, [one.key for one in known])} There are {names} ({FILE}).",
        )
    return found


def numbering_from(said: Mapping[str, Any], place: str) -> Numbering:
    """Return the numbering that a code.yaml or a sidecar describes; InputError where a pattern is none.

    >>> numbering_from({"measure_prefix": "ICU"}, "codes/x/code.yaml").measure_id("C2")
    'ICU C2'
    """
    usual = Numbering(prefix=str(said.get("measure_prefix") or ""))
    patterns = {key: str(value) for key in _PATTERNS if (value := said.get(key))}
    if patterns.get("measure") == _USUAL:
        del patterns["measure"]
    # `C9.1` shows the usual scheme by an example.
    if "paragraph" in patterns and usual.paragraph_start(f"{patterns['paragraph']} "):
        del patterns["paragraph"]
    for key, pattern in patterns.items():
        _check(pattern, key, place)
    update: dict[str, Any] = dict(patterns)
    if said.get("joined"):
        update["joined"] = str(said["joined"])
    update["unnumbered"] = said.get("unnumbered") is True
    if isinstance(said.get("items"), list):
        update["items"] = tuple(str(one) for one in said["items"])
    return usual.model_copy(update=update)


def _check(pattern: str, key: str, place: str) -> None:
    try:
        groups = re.compile(pattern).groupindex
    except re.error as problem:
        raise InputError(
            f"`{pattern}` is not a pattern for the numbering of a {key}: {problem}", place=place
        ) from problem
    if key == "label" and pattern and "part" not in groups:
        raise InputError(f"`{pattern}` names no part: a label needs the group (?P<part>...)", place=place)


def _headings(source: Source) -> Iterator[str]:
    for block in source.blocks:
        if block.kind in (BlockKind.HEADING, BlockKind.TEXT):
            yield block.span.of(source.text)[:120]
