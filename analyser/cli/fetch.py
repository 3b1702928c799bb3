"""`codegap fetch`: the publishers' own files, from the addresses in the manifest."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyser.cli import options

if TYPE_CHECKING:
    from analyser.fetching.fetch import Fetched
    from analyser.fetching.manifest import Manifest, OfficialFile
    from analyser.reporting.context import OutputContext
    from analyser.reporting.verify_rows import FetchedRow, OfficialFileRow

_FOLDER = Path("official")
_INTERRUPTED = 130


def fetch(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Files by their names in the manifest.", metavar="NAME", show_default=False),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every file of the manifest.")] = False,
    into: Annotated[
        Path, typer.Option("--into", help="The folder to save in; made if missing.", metavar="DIR")
    ] = _FOLDER,
    manifest: Annotated[
        Path | None,
        typer.Option("--manifest", help="A list of files of your own.", metavar="FILE", show_default=False),
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="List the files, and which are held; nothing is fetched.")
    ] = False,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """Fetch the publishers' own files.

    Over https, from the hosts that the manifest lists, each file whole and checked or not at all.
    """
    from analyser.cli.output import chosen_format, emit, make_folder, note
    from analyser.errors import InputError, UsageError

    found, context = _manifest(manifest)
    chosen = [found.find(name) for name in names or ()]
    if list_:
        table = chosen_format("fetch-list", format, output)
        rows = [_row(file, into) for file in chosen or found.files]
        emit("fetch-list", rows, table, output, context)
        return
    if all_:
        chosen = list(found.files)
    if not chosen:
        known = ", ".join(file.name for file in found.files)
        raise UsageError(
            "nothing to fetch is named", fix=f"Name files, or give --all for all of them: {known}."
        )
    table = chosen_format("fetch", format, output)
    make_folder(into)
    _tell_proxy()
    fetched = []
    for file in dict.fromkeys(chosen):
        try:
            fetched.append(_fetch(file, found, into))
        except KeyboardInterrupt:
            note(
                f"interrupted; what had come of {file.name} is kept as a part, and nothing of it as the file."
            )
            raise typer.Exit(_INTERRUPTED) from None
    emit("fetch", fetched, table, output, context)
    lost = [row.name for row in fetched if row.outcome == "refused"]
    if lost:
        raise InputError(f"{len(lost)} of {len(fetched)} files could not be had: {', '.join(lost)}")


def _manifest(path: Path | None) -> tuple["Manifest", "OutputContext"]:
    """Return the manifest meant and the context that names it as the input."""
    from analyser import library
    from analyser.cli.session import plain_context
    from analyser.fetching.manifest import read_manifest, sha256_of
    from analyser.reporting.rows import InputFile

    at = path or library.codes_dir() / "manifest.yaml"
    shown = str(path) if path else "codes/manifest.yaml"
    found = read_manifest(at, shown)
    inputs = (InputFile(path=shown, sha256=sha256_of(at)),)
    return found, plain_context({"manifest": shown}).model_copy(update={"inputs": inputs})


def _row(file: "OfficialFile", into: Path) -> "OfficialFileRow":
    from analyser.fetching.manifest import sha256_of
    from analyser.reporting.verify_rows import OfficialFileRow

    target = into / file.name
    held = target.is_file() and (not file.sha256 or sha256_of(target) == file.sha256)
    said = file.model_dump(
        include={"name", "code", "revision", "title", "media", "sha256", "max_bytes", "url"}
    )
    return OfficialFileRow(
        **said,
        held=held,
        pinned=bool(file.sha256),
        basis=file.basis,
        sources=file.sources,
        note=file.note,
    )


def _fetch(file: "OfficialFile", manifest: "Manifest", into: Path) -> "FetchedRow":
    """Fetch one file and say on stderr what became of it; a refusal is told and does not end the run."""
    from analyser.cli.output import note
    from analyser.errors import InputError
    from analyser.fetching.fetch import fetch as fetch_file
    from analyser.fetching.progress import progress_of
    from analyser.reporting.verify_rows import FetchedRow

    pinned = bool(file.sha256)
    try:
        with progress_of(file.name) as progress:
            got = fetch_file(file, manifest, into, progress=progress)
    except InputError as problem:
        note(" ".join(str(problem).split()))
        return FetchedRow(
            name=file.name,
            outcome="refused",
            path="",
            bytes=0,
            sha256="",
            pinned=pinned,
            why=problem.cause,
        )
    note(_said(file, got))
    return FetchedRow(
        name=file.name,
        outcome=got.outcome,
        path=str(got.path),
        bytes=got.size,
        sha256=got.sha256,
        pinned=pinned,
    )


def _said(file: "OfficialFile", got: "Fetched") -> str:
    done = {
        "fetched": "fetched",
        "resumed": "fetched, going on from what was there",
        "held": "is there already and was left as it is",
    }[got.outcome]
    said = f"{file.name}: {done}, {got.size:,} bytes, `{got.path}`."
    if file.sha256:
        return f"{said} Its sha256 is the one of the manifest."
    return (
        f"{said} Nobody has said yet what its sha256 should be; it is {got.sha256}. Look at the file, and "
        "if it is the "
        f"right one, pin it: write `sha256: {got.sha256}` under `{file.name}` in the manifest."
    )


def _tell_proxy() -> None:
    from analyser.cli.output import note
    from analyser.fetching.fetch import proxy_in_use

    proxy = proxy_in_use()
    if proxy:
        note(f"the environment names a proxy, {proxy}; it is used, but for hosts that NO_PROXY names.")
