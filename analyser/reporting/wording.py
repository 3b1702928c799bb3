"""How words of a code and their places are shown: nothing is made to look better known than it is."""

import re

from analyser.model.base import Basis, Frozen, is_quotable

_UNKNOWN_NUMBER = re.compile(r"\.u\d+")
_WORDS_ENTRY = ("words", "phrase", "phrase_basis")


class Wording(Frozen):
    """Words of a code with what must stand before and after them; `recalled` words are set in italics.

    `str()` gives one line: “technically feasible”, or technically feasible (as reported), or wording as
    recalled:
    technically feasible.
    """

    before: str
    words: str
    after: str
    recalled: bool

    def __str__(self) -> str:
        return f"{self.before}{self.words}{self.after}"


def wording(words: str, basis: str) -> Wording:
    """Return words as they may be shown when they are known on `basis`; no words give nothing."""
    known = Basis(basis) if basis in set(Basis) else Basis.UNKNOWN
    words = " ".join(words.split())
    if not words:
        return Wording(before="", words="", after="", recalled=False)
    if is_quotable(known):
        return Wording(before="“", words=words, after="”", recalled=False)
    if known is Basis.SECONDARY:
        return Wording(before="", words=words, after=" (as reported)", recalled=False)
    if known is Basis.UNKNOWN:
        return Wording(before="wording not verified: ", words=words, after="", recalled=True)
    return Wording(before="wording as recalled: ", words=words, after="", recalled=True)


def words_basis(basis: str, basis_detail: tuple[str, ...]) -> str:
    """Return how the words themselves are known: the `words:` entry of `basis_detail`, else the row's basis.

    >>> words_basis("recall-high", ("paragraph: recall-high", "words: quoted"))
    'quoted'
    """
    for entry in basis_detail:
        name, _, value = entry.partition(":")
        if name.strip() in _WORDS_ENTRY and value.strip() in set(Basis):
            return value.strip()
    return basis


def place_words(provision: str) -> str:
    """Return a provision as it is printed: a paragraph whose number nobody has seen is said to be so.

    >>> place_words("ICU C9.u1(a)")
    'ICU C9(a), paragraph number not known'
    """
    known = _UNKNOWN_NUMBER.sub("", provision)
    return provision if known == provision else f"{known}, paragraph number not known"
