"""Which code, revision and numbering a document is of, where it does not say so; every guess is told."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from analyser.errors import InputError, UsageError, nearest
from analyser.ingest.dates import dates_in_name, dates_in_text
from analyser.ingest.guess import Fit, Guess, Opening, fit_of, guesses, openings_of
from analyser.ingest.said import Said
from analyser.ingest.schemes import FILE, numbering_from, scheme, schemes
from analyser.model.base import Frozen
from analyser.parsing.beside import front_matter
from analyser.parsing.numbering import Numbering
from analyser.reading.source import BlockKind, Source
from analyser.revisions import Code, Identified, Revision, RevisionRef

UNDATED = "undated"
# A numbering of the library gives way to a scheme only where that reads half as much again.
_CLEARLY_BETTER = 1.5
_OWN_WORDS = re.compile(r"[a-z]{4,}")


class _Own(Frozen):
    """A code of the library whose numbering fits a document."""

    code: Code
    numbering: Numbering
    fit: Fit
    revision: str
    titled: bool


def identify(
    source: Source,
    path: Path,
    shown: str,
    said: Said,
    codes: Sequence[Code],
    folder: Path,
    official: Mapping[str, tuple[str, str]] | None = None,
) -> RevisionRef:
    """Return the text that a document holds: as is said of it, else as its file, numbers and words show.

    `codes` are those of the library, `folder` where they lie; `official` gives the code and revision of the
    files known by their sha256. Raises InputError where no measure is found
    under any numbering, UsageError for a numbering scheme that is not there.
    """
    pinned = (official or {}).get(source.file_sha256)
    if pinned and not said.code:
        said = Said(code=pinned[0], revision=pinned[1]).over(said)
    openings = openings_of(source)
    own = _own(source, openings, said, codes)
    listed = own.code if own else next((one for one in codes if one.code == said.code), None)
    date, dated = _date(source, path, said, listed)
    entry = next((one for one in listed.revisions if one.revision == date), None) if listed else None
    found = guesses(source, folder)
    numbering = _numbering(source, openings, said, own, entry, found, folder, shown)
    code = listed or _unlisted(source, path, said, numbering.numbering)
    is_official = pinned is not None and listed is not None and listed.code == pinned[0]
    how = "official file" if is_official and numbering.how == "code.yaml" else numbering.how
    notes = (
        _code_note(code, listed, own, said, numbering, shown, is_official),
        *numbering.notes,
        _date_note(date, dated, entry, listed, shown),
    )
    return RevisionRef(
        name=code.code,
        revision=date,
        path=path,
        shown=shown,
        code=code,
        entry=entry,
        identified=numbering.model_copy(
            update={"how": how, "official": is_official, "notes": tuple(note for note in notes if note)}
        ),
    )


def _own(source: Source, openings: Sequence[Opening], said: Said, codes: Sequence[Code]) -> _Own | None:
    """Return the code of the library that a document is of: the one said, else the one whose numbering opens
    most headings; where measures have no name before their number, its title must stand in the text too.
    """
    opening = _opening_words(source)
    found: list[_Own] = []
    for code in codes:
        if said.code and code.code != said.code:
            continue
        for revision, numbering in _numberings(code):
            fit = fit_of(openings, numbering)
            titled = _is_titled(code, opening)
            if said.code or (fit.measures and (numbering.prefix or (titled and fit.measures > 1))):
                found.append(_Own(code=code, numbering=numbering, fit=fit, revision=revision, titled=titled))
    return max(found, key=lambda one: (one.fit.measures, one.titled, one.fit.paragraphs), default=None)


def _numberings(code: Code) -> Iterator[tuple[str, Numbering]]:
    """Yield each way in which the revisions of a code are numbered, its own first."""
    place = f"codes/{code.code}/code.yaml"
    seen = [numbering_from(code.numbering, place)]
    yield "", seen[0]
    for entry in code.revisions:
        numbering = numbering_from({**code.numbering, **entry.numbering}, place)
        if numbering not in seen:
            seen.append(numbering)
            yield entry.revision, numbering


def _numbering(
    source: Source,
    openings: Sequence[Opening],
    said: Said,
    own: _Own | None,
    entry: Revision | None,
    found: Sequence[Guess],
    folder: Path,
    shown: str,
) -> Identified:
    """Return how a document is numbered, with the next best scheme beside it."""
    looks = max((round(one.fit.explained / one.score) for one in found if one.score), default=1)
    if said.numbering:
        numbering, key = _said_numbering(source, openings, said, folder, shown)
        fit = fit_of(openings, numbering)
        return _identified(numbering, key, "said", fit, looks, found)
    if own and entry and entry.numbering and own.revision != entry.revision:
        numbering = numbering_from(
            {**own.code.numbering, **entry.numbering}, f"codes/{own.code.code}/code.yaml"
        )
        own = own.model_copy(update={"numbering": numbering, "fit": fit_of(openings, numbering)})
    best = found[0] if found else None
    enough = own is not None and own.fit.measures > 0
    if own and enough and (best is None or best.fit.explained < _CLEARLY_BETTER * own.fit.explained):
        return _identified(own.numbering, "code.yaml", "code.yaml", own.fit, looks, found)
    if best is None:
        raise no_measure(shown, folder)
    shown_name = next(one.name for one in schemes(folder) if one.key == best.scheme)
    others = [one for one in found if one.scheme != best.scheme]
    beside = f"; next {others[0].scheme}, {others[0].score:.2f}" if others else ""
    note = (
        f"Numbering guessed: {best.scheme}, {shown_name}, explains {best.fit.measures} measures and "
        f"{best.fit.paragraphs} paragraphs (score {best.score:.2f}{beside})."
    )
    return _identified(best.numbering, best.scheme, "guessed", best.fit, looks, found).model_copy(
        update={"notes": (note,)}
    )


def _identified(
    numbering: Numbering, key: str, how: str, fit: Fit, looks: int, found: Sequence[Guess]
) -> Identified:
    other = next((one for one in found if one.scheme != key and one.numbering != numbering), None)
    return Identified(
        numbering=numbering,
        scheme=key,
        how=how,
        score=round(min(1.0, fit.explained / max(looks, fit.explained, 1)), 2),
        runner_up=other.scheme if other else "",
        runner_up_score=other.score if other else 0.0,
    )


def _said_numbering(
    source: Source, openings: Sequence[Opening], said: Said, folder: Path, shown: str
) -> tuple[Numbering, str]:
    """Return the numbering that a person says, by the key of a scheme or by patterns."""
    if isinstance(said.numbering, dict):
        return numbering_from(said.numbering, f"{shown}.yaml"), "patterns"
    chosen = scheme(folder, said.numbering)
    tried = [(fit_of(openings, one), one) for one in chosen.numberings(source)]
    if not tried or not any(fit.measures for fit, _ in tried):
        raise no_measure(shown, folder, f"under the numbering {chosen.key}, {chosen.name}")
    fit, numbering = max(tried, key=lambda one: one[0].explained)
    return numbering.model_copy(
        update={"unnumbered": chosen.may_be_unnumbered and not fit.paragraphs}
    ), chosen.key


def no_measure(shown: str, folder: Path, looked: str = "") -> InputError:
    """Return the error for a document without any measure: what was looked for, and how to say it."""
    known = ", ".join(one.key for one in schemes(folder))
    looked = looked or f"under the numberings of the library's codes or the schemes of {FILE} ({known})"
    return InputError(
        f"No measure was found in {shown}: no heading opens one {looked}",
        place=shown,
        fix=f"Say how its measures are numbered with `codegap ingest {shown} --numbering SCHEME`, or write "
        f"`numbering:` with `measure_prefix`, `measure` and `paragraph` into {shown}.yaml.",
    )


def _date(source: Source, path: Path, said: Said, listed: Code | None) -> tuple[str, str]:
    """Return the day of a document and where it is from: said, the file's name, its first page; `undated`
    where these hold none, or several.
    """
    if said.revision:
        return said.revision, "said"
    in_name = dates_in_name(path.name)
    if len(in_name) == 1:
        return in_name[0], "name"
    printed = dates_in_text(_opening_words(source))
    if len(printed) == 1:
        return printed[0], "first page"
    known = {one.revision for one in listed.revisions} if listed else set()
    here = [one for one in printed if one in known]
    return (here[0], "known") if len(here) == 1 else (UNDATED, "")


def _opening_words(source: Source) -> str:
    """Return the words of the title page: front matter, the first headings, and running headers."""
    front = set(front_matter(source, Numbering(prefix="")))
    words: list[str] = []
    headings = 0
    for block in source.blocks:
        if block.kind is BlockKind.HEADING:
            headings += 1
        title = block.kind is BlockKind.HEADING and headings <= 2
        header = block.kind is BlockKind.FURNITURE and (block.page or 1) <= 2
        if title or header or block.span in front:
            words.append(block.span.of(source.text))
    return "\n".join([*words, source.get("title") or ""])


def _is_titled(code: Code, words: str) -> bool:
    """Say whether the title of a code stands in some words: nearly all of its longer words do."""
    there = set(_OWN_WORDS.findall(words.lower()))
    titles = [set(_OWN_WORDS.findall(title.lower())) for title in (code.title, code.short_title) if title]
    return any(len(title & there) >= 0.8 * len(title) for title in titles if len(title) > 1)


def _unlisted(source: Source, path: Path, said: Said, numbering: Numbering) -> Code:
    """Return a code of one's own, named as is said, else after its file."""
    stem = re.sub(r"(?:19|20)\d\d[-_.]?\d\d[-_.]?\d\d", "", path.stem)
    name = said.code or _slug(stem) or "document"
    short = numbering.prefix if numbering.prefix.isupper() else ""
    heading = next(
        (block.span.of(source.text) for block in source.blocks if block.kind is BlockKind.HEADING), name
    )
    return Code(
        code=name,
        title=said.title or source.get("title") or heading,
        issuer=said.issuer,
        prefix=_slug(name) if said.code else _slug(short) or _slug(name),
        regime=said.regime or "user-to-user",
        revisions=(),
    )


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40].rstrip("-")


def _code_note(
    code: Code,
    listed: Code | None,
    own: _Own | None,
    said: Said,
    numbering: Identified,
    shown: str,
    official: bool,
) -> str:
    if official:
        return f"Read as {code.code}: {shown} is an official file, by its sha256 (manifest.yaml, code.yaml)."
    if listed and own:
        count = f"{own.fit.measures} measure{' begins' if own.fit.measures == 1 else 's begin'}"
        by = f" with {own.numbering.prefix}" if own.numbering.prefix else " with a number of its form"
        why = "as is said" if said.code else f"{count}{by}{'' if own.numbering.prefix else ', and its title'}"
        kept = "; numbering as in its code.yaml" if numbering.how == "code.yaml" else ""
        return f"Read as {code.code}: {why}{kept}."
    regime = f" It is taken to be about {code.regime} services; `regime:` in {shown}.yaml says otherwise."
    return (
        f"Read as a code of its own, {code.code}: the library lists none that numbers its measures so."
        f"{'' if said.regime else regime}"
    )


def _date_note(date: str, dated: str, entry: Revision | None, listed: Code | None, shown: str) -> str:
    if date == UNDATED:
        return (
            f"No one date was found, so ids say `{UNDATED}` and every kind of harm of the rules is judged; "
            f"`revision: 2025-02-24` in {shown}.yaml says it, or a date in the name of the file."
        )
    where = {
        "name": "from the name of the file",
        "first page": "the only date on its first page",
        "known": "the only date on its first page that is a revision's",
    }.get(dated, "as is said")
    unknown = "; the library knows no revision of that date" if listed and entry is None else ""
    return f"Taken as the text of {date}, {where}{unknown}."


def known_code(name: str, codes: Sequence[Code]) -> str:
    """Return the name of a code of the library, or raise UsageError with the nearest."""
    if any(one.code == name for one in codes):
        return name
    raise UsageError(
        f"there is no code `{name}`",
        fix=f"{nearest(name, [one.code for one in codes])} To give a code of your own a name, write "
        f"`code: {name}` into a file beside the document, named after it with .yaml behind.",
    )
