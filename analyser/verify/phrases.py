"""Qualifying words: each phrase that ours keeps, and each cue that the rules find on either side."""

import re
from collections.abc import Iterator, Sequence

from analyser.compare.qualifiers import compare_qualifiers
from analyser.compare.similarity import plain
from analyser.compare.similarity import words as words_of
from analyser.model.exemption import Exemption
from analyser.model.text import PhraseBasis, Provision
from analyser.reporting.compare_rows import Qualifier
from analyser.reporting.verify_rows import Verdict, VerifyRow, What
from analyser.verify.pairs import Pair
from analyser.verify.sides import Side, Sides, name_of

# How alike (0 to 100) other words must be to count as another wording of a phrase.
_ANOTHER_WORDING = 62
_WORD = re.compile(r"\S+")


def phrase_rows(sides: Sides, pairs: Sequence[Pair]) -> Iterator[VerifyRow]:
    """Yield the rows of the phrases and qualifiers of a measure, paragraph by paragraph."""
    for pair in pairs:
        told: list[str] = []
        if pair.ours is not None:
            for provision in pair.ours.walk():
                for row in _phrases(sides, pair, provision, pairs):
                    told += [row.ours, row.official]
                    yield row
        yield from _qualifiers(sides, pair, [plain(words) for words in told if words])


def _phrases(sides: Sides, pair: Pair, provision: Provision, pairs: Sequence[Pair]) -> Iterator[VerifyRow]:
    rows = [_phrase(sides, pair, provision, one, pairs) for one in provision.phrases]
    missing = [row for row in rows if row.verdict not in ("agree", "not_comparable")]
    for row in rows:
        longer = any(one is not row and plain(row.ours) in plain(one.ours) for one in missing)
        # A phrase within a longer one that is missing too is told by that one.
        if not (row in missing and longer):
            yield row


def _phrase(
    sides: Sides, pair: Pair, provision: Provision, phrase: PhraseBasis, pairs: Sequence[Pair]
) -> VerifyRow:
    words = phrase.phrase
    if pair.official is None:
        return _elsewhere(sides, pair, provision, words, pairs)
    same = next(
        (one for one in pair.official.walk() if _place(one, pair.official) == _place(provision, pair.ours)),
        None,
    )
    found = same if same is not None and _holds(sides.official.own(same), words) else None
    if found is None:
        holders = [one for one in pair.official.walk() if _holds(sides.official.own(one), words)]
        found = holders[0] if holders else None
    if found is not None:
        note = "" if found is same else f"stands in {name_of(pair.measure, found)}"
        run = _run(sides.official.own(found), words)
        return _row(sides, "phrase", "agree", pair, provision, words, run, note, found)
    if run := _run(sides.official.whole(pair.official), words):
        note = "stands across items of the paragraph"
        return _row(sides, "phrase", "agree", pair, provision, words, run, note, pair.official)
    other = _another_wording(sides.official.whole(pair.official), words)
    if other:
        return _row(
            sides, "phrase", "disagree", pair, provision, words, other, "other wording", pair.official
        )
    return _elsewhere(sides, pair, provision, words, pairs)


def _elsewhere(
    sides: Sides, pair: Pair, provision: Provision, words: str, pairs: Sequence[Pair]
) -> VerifyRow:
    """Return the row of a phrase that its own paragraph of the official file does not hold."""
    known = provision.number_known
    for other in pairs:
        if other.official is not None and _holds(sides.official.whole(other.official), words):
            place = name_of(pair.measure, other.official)
            note = f"stands in {place}"
            if not known:
                note = f"the number of our paragraph is not known; the words stand in {place}"
            verdict: Verdict = "disagree" if known else "not_comparable"
            run = _run(sides.official.whole(other.official), words)
            return _row(sides, "phrase", verdict, pair, provision, words, run, note, other.official)
    if not known and pair.official is None:
        note = "the number of our paragraph is not known, and the official measure does not hold the words"
        return _row(sides, "phrase", "only_ours", pair, provision, words, "", note, None)
    note = "the official paragraph does not hold the words" if pair.official else "its paragraph is not there"
    return _row(sides, "phrase", "only_ours", pair, provision, words, "", note, pair.official)


def _qualifiers(sides: Sides, pair: Pair, told: Sequence[str]) -> Iterator[VerifyRow]:
    """Yield the rows of the cues that no phrase has told already."""
    ours = _cues(sides.ours, pair.ours, told)
    official = _cues(sides.official, pair.official, told)
    changes = compare_qualifiers(ours, official, lambda cut: cut.quote)
    gone = {one.id for one in changes.removed} | {one.from_.id for one in changes.changed}
    for cut in ours:
        if cut.id not in gone:
            yield _qualifier(sides, pair, "agree", cut.quote, cut.quote, _marks(cut))
    for change in changes.changed:
        same_words = plain(change.from_.quote) == plain(change.to.quote)
        note = "other effect: ours " + _marks(change.from_) + ", official " + _marks(change.to)
        told_as = note if same_words else f"other wording ({_marks(change.to)})"
        yield _qualifier(sides, pair, "disagree", change.from_.quote, change.to.quote, told_as)
    for one in changes.removed:
        known = pair.ours is not None and pair.ours.number_known
        verdict: Verdict = "only_ours" if known or pair.official is not None else "not_comparable"
        yield _qualifier(sides, pair, verdict, one.quote, "", _marks(one))
    for one in changes.added:
        yield _qualifier(sides, pair, "only_official", "", one.quote, _marks(one))


def _cues(side: Side, paragraph: Provision | None, told: Sequence[str]) -> list[Exemption]:
    """Return the qualifiers that the rules find in a paragraph, without those that a phrase tells."""
    if paragraph is None:
        return []
    found = []
    for cut in side.exemptions_in(paragraph):
        quote = plain(cut.quote)
        if not any(f" {quote} " in f" {words} " or f" {words} " in f" {quote} " for words in told):
            found.append(cut)
    return found


def _marks(cut: Exemption | Qualifier) -> str:
    return f"{str(cut.kind).replace('_', ' ')}, {cut.effect}"


def _qualifier(sides: Sides, pair: Pair, verdict: Verdict, ours: str, official: str, note: str) -> VerifyRow:
    provision = pair.ours or pair.official
    assert provision is not None
    return _row(sides, "qualifier", verdict, pair, provision, ours, official, note, pair.official)


def _place(provision: Provision, paragraph: Provision | None) -> str:
    """Return where in its paragraph a provision stands: `(a)(ii)`."""
    return provision.number.removeprefix(paragraph.number) if paragraph else provision.number


def _holds(words: str, phrase: str) -> bool:
    return bool(_run(words, phrase))


def _run(words: str, phrase: str) -> str:
    """Return the run of words that is a phrase, whatever its capitals and marks, as it stands; empty for
    none.

    The last word may be in the plural.
    """
    tokens = words_of(phrase)
    pattern = r"[^\w]+".join(map(re.escape, tokens))
    found = re.search(rf"(?<!\w){pattern}(?=s?(?!\w))", words, re.IGNORECASE) if tokens else None
    return found[0] if found else ""


def _another_wording(words: str, phrase: str) -> str:
    """Return the run of words that reads most like a phrase, empty where none reads like it."""
    from rapidfuzz import fuzz

    tokens = list(_WORD.finditer(words))
    size = len(words_of(phrase))
    wanted = plain(phrase)
    best: tuple[float, int, int] = (0.0, 0, 0)
    for length in range(max(1, size - 2), size + 3):
        for start in range(len(tokens) - length + 1):
            run = words[tokens[start].start() : tokens[start + length - 1].end()]
            score = fuzz.ratio(plain(run), wanted)
            if score > best[0]:
                best = (score, tokens[start].start(), tokens[start + length - 1].end())
    return words[best[1] : best[2]].strip(" ,;.:") if best[0] >= _ANOTHER_WORDING else ""


def _row(
    sides: Sides,
    what: What,
    verdict: Verdict,
    pair: Pair,
    provision: Provision,
    ours: str,
    official: str,
    note: str,
    at: Provision | None,
) -> VerifyRow:
    return VerifyRow(
        measure=pair.measure.id if pair.measure else "",
        provision=name_of(pair.measure, provision),
        what=what,
        verdict=verdict,
        ours=" ".join(ours.split()),
        official=" ".join(official.split()),
        note=note,
        page=(at.page or "") if at else "",
    )
