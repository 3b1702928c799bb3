"""The document at a path: which text it is, by what is said of it and, where nobody says it, by its words."""

from collections.abc import Sequence
from pathlib import Path

from analyser import library
from analyser.errors import InputError
from analyser.fetching.manifest import read_manifest
from analyser.ingest.guess import fit_of, guesses, openings_of
from analyser.ingest.identify import identify
from analyser.ingest.kept import read
from analyser.ingest.said import Said, said_beside, sidecar_of
from analyser.ingest.schemes import numbering_from
from analyser.reading.source import Media, Source
from analyser.revisions import Code, RevisionRef

_SAID_IN_FRONT = ("code", "revision", "instrument", "amends")


def resolve_document(typed: str, said: Said | None = None) -> RevisionRef:
    """Return the document at a path: what is said of it (`said`, then its sidecar, then its front matter)
    ties it to the library; what nobody says is read from its numbers and words, and told.

    InputError for a path at which there is no document, and for one in which no measure is found.

    >>> resolve_document("codes.pdf").identified.notes[0]
    'Read as illegal-content-u2u: 41 measures begin with ICU; numbering as in its code.yaml.'
    """
    path = Path(typed)
    if not path.is_file():
        found = "is a folder" if path.is_dir() else "does not exist"
        raise InputError(
            f"the document `{typed}` {found}", fix="Give the path to a document, a date, or code@date."
        )
    beside = sidecar_of(path)
    sides = ((beside, f"{typed}.yaml"),) if beside.is_file() else ()
    known = (said or Said()).over(said_beside(path, typed))
    source = read(path, typed)
    known = known.over(
        Said.model_validate({key: value for key in _SAID_IN_FRONT if (value := source.get(key))})
    )
    name, date = known.code or path.stem, known.revision
    codes = library.codes()
    listed = next((one for one in codes if one.code == name), None)
    if known.instrument == "amending":
        ref = library.amended(typed, path, listed, name, date, known.amends)
    elif source.media is Media.MARKDOWN and not known.numbering and not _is_foreign(source, listed):
        entry = next((one for one in listed.revisions if one.revision == date), None) if listed else None
        ref = RevisionRef(name=name, revision=date, path=path, shown=typed, code=listed, entry=entry)
    else:
        ref = identify(source, path, typed, known, codes, library.codes_dir(), _official(codes))
    return ref.model_copy(update={"beside": sides})


def _is_foreign(source: Source, listed: Code | None) -> bool:
    """Say whether Markdown is of no code of the library, and numbered by a scheme other than the default
    code's.
    """
    usual = library.code(library.DEFAULT_CODE)
    numbering = numbering_from(usual.numbering, f"codes/{usual.code}/code.yaml")
    if listed is not None or fit_of(openings_of(source), numbering).measures:
        return False
    return bool(guesses(source, library.codes_dir()))


def _official(codes: Sequence[Code]) -> dict[str, tuple[str, str]]:
    """Return the code and revision of every file that is known by its sha256 to be an official one: pinned in
    the manifest, or checked against (`codegap verify --write-basis`).
    """
    pinned = read_manifest(library.codes_dir() / "manifest.yaml", "codes/manifest.yaml").files
    known = {file.sha256: (file.code, file.revision) for file in pinned if file.sha256}
    for code in codes:
        for entry in code.revisions:
            known |= {file.sha256: (code.code, entry.revision) for file in entry.official_files}
    return known
