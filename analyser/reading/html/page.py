"""From the bytes of a web page to its tree of elements, within limits."""

import re
from typing import TYPE_CHECKING

from analyser.errors import InputError
from analyser.reading.media import declared_encoding
from analyser.reading.open import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A thousand pages have about 60,000 tags.
MAX_TAGS = 400_000
# The deepest pages of large sites have about 40 levels; lxml itself stops at 256.
MAX_DEPTH = 120
# The parser compares every attribute of a tag with all others; so many comparisons take about two seconds.
MAX_COMPARISONS = 300_000_000

_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})["']""")
_LATIN = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"}
_UNICODE = {"utf8", "utf-16", "utf-16le", "utf-16be", "unicode"}
_CHARSETS = re.compile(
    r"^(?:utf-8|windows-125\d|cp125\d|iso-?8859-\d{1,2}|macintosh|koi8-[ru]|big5|gbk|gb2312|gb18030|euc-jp|euc-kr|"
    r"shift_jis|iso-2022-jp)$"
)
# A tag with few attributes, all of them quoted as usual: these need no counting.
_PLAIN_TAG = (
    rb"[A-Za-z][^\s/><\"'=]{0,60}+"
    rb"(?:[\s/]++[^\s/>=\"'<]{1,80}+(?:=(?:\"[^\"]{0,2000}+\"|'[^']{0,2000}+'|[^\s\"'<>`=]{1,500}+))?+){0,30}+[\s/]*+>"
)
_OTHER_TAG = re.compile(rb"<(?=[A-Za-z])(?!" + _PLAIN_TAG + rb")")
_NAME = re.compile(rb"[\s/]*+(?:[^\s/>][^\s/>=]*+(?P<equals>\s*+=\s*+)?+)?+")
_BARE = re.compile(rb"[^\s>]*+")


def parse_page(raw: bytes, shown_as: str) -> "HtmlElement":
    """Return the root element of a web page; nothing is fetched and no entity of the page's own is expanded.

    Raises InputError for a page in another encoding than it says, and for one that is built to exhaust a
    parser: too many tags or attributes, too deep, or with a piece of text of more than 10 MB.
    """
    import lxml.html
    from lxml import etree

    words = _decoded(raw, shown_as).encode("utf-8")
    if words.count(b"<") > MAX_TAGS:
        raise _too_large(shown_as, f"it has more than {MAX_TAGS:,} tags")
    _refuse_attributes(words, shown_as)
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root: HtmlElement = lxml.html.document_fromstring(words, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as problem:
        raise InputError(
            f"The web page {shown_as} holds no text", fix="Give a page with words in it."
        ) from problem
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            deep = "depth" in entry.message
            why = "its tags are nested too deeply" if deep else "a piece of it has more than 10 MB"
            raise _too_large(shown_as, why, f"{shown_as}, line {entry.line}")
    _refuse_depth(root, shown_as)
    return root


def _decoded(raw: bytes, shown_as: str) -> str:
    if declared_encoding(raw):
        return decode(raw, shown_as)
    declared = _XML_DECLARED.match(raw[:4096]) or _META.search(raw[:4096])
    charset = declared[1].decode("ascii").lower() if declared else "utf-8"
    charset = "windows-1252" if charset in _LATIN else "utf-8" if charset in _UNICODE else charset
    if not _CHARSETS.match(charset):
        raise InputError(
            f"The web page {shown_as} says that it is in an encoding that is not known: {charset!r}",
            fix="Save it as UTF-8 and try again.",
        )
    try:
        return raw.decode(charset)
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        said = (
            f"says that it is in {charset}" if declared else "does not say its encoding and is not in UTF-8"
        )
        cause = f"The web page {shown_as} {said}" + (", which it is not" if declared else "")
        raise InputError(
            cause,
            place=f"{shown_as}, line {line}, byte {problem.start}",
            fix='Save it as UTF-8, or say its encoding in the page: <meta charset="...">.',
        ) from problem


def _refuse_attributes(words: bytes, shown_as: str) -> None:
    """Raise InputError when the tags have so many attributes that the parser would take minutes over them.

    Every `<` before a letter is taken for a tag, wherever it stands, so that nothing hides in a comment or a
    value; the looking itself stops after a number of steps that no honest page needs.
    """
    comparisons, steps, spare = 0, 0, 20 * len(words) + 1_000_000
    for tag in _OTHER_TAG.finditer(words):
        place, count = tag.end(), 0
        while place < len(words) and words[place] != 0x3E:
            name = _NAME.match(words, place)
            after = name.end() if name else place + 1
            if name and name["equals"]:
                quote = words[after : after + 1]
                if quote in (b'"', b"'"):
                    closing = words.find(quote, after + 1)
                    after = len(words) if closing < 0 else closing + 1
                elif bare := _BARE.match(words, after):
                    after = bare.end()
            steps += 1
            spare -= after - place
            place, count = max(after, place + 1), count + 1
            if spare < 0 or steps > MAX_TAGS * 2 or comparisons + count * count > MAX_COMPARISONS:
                line = words.count(b"\n", 0, tag.start()) + 1
                raise _too_large(
                    shown_as, "its tags have more attributes than any page needs", f"{shown_as}, line {line}"
                )
        comparisons += count * count


def _refuse_depth(root: "HtmlElement", shown_as: str) -> None:
    level = list(root)
    depth = 1
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise _too_large(
                shown_as,
                f"its tags are nested more than {MAX_DEPTH} deep",
                f"{shown_as}, line {level[0].sourceline}",
            )
        level = [child for element in level for child in element]


def _too_large(shown_as: str, why: str, place: str = "") -> InputError:
    return InputError(
        f"The web page {shown_as} cannot be read: {why}",
        place=place,
        fix="Give the page that holds the code alone, saved anew from a browser.",
    )
