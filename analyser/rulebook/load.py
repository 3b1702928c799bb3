"""From the files of rules/ to one Rulebook; what is wrong is named by file, line, rule and field."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from analyser import __version__
from analyser.errors import RulesError, nearest
from analyser.model.base import Frozen, Kind
from analyser.rulebook import located_yaml
from analyser.rulebook.files import (
    ConstraintsFile,
    EvidenceFile,
    ExpectationsFile,
    FactsFile,
    FunctionalitiesFile,
    FunctionsFile,
    HarmsFile,
    InvocationFile,
    QualifiersFile,
    RuleFile,
    ServicesFile,
    SourcesFile,
    StatuteFile,
    WeightsFile,
)
from analyser.rulebook.models import Rulebook
from analyser.rulebook.references import check
from analyser.rulebook.validation import validate

FILES: dict[str, type[Frozen]] = {
    "harms.yaml": HarmsFile,
    "services.yaml": ServicesFile,
    "functionalities.yaml": FunctionalitiesFile,
    "evidence.yaml": EvidenceFile,
    "statute.yaml": StatuteFile,
    "expectations.yaml": ExpectationsFile,
    "sources.yaml": SourcesFile,
    "functions.yaml": FunctionsFile,
    "invocation.yaml": InvocationFile,
    "facts.yaml": FactsFile,
    "constraints.yaml": ConstraintsFile,
    "weights.yaml": WeightsFile,
}
QUALIFIERS = "qualifiers"
ARCHETYPES = "archetypes"  # profiles, read by analyser.profiles; part of the hash of the rules


def load(rules_dir: Path, shown: str = "", required: bool = False) -> Rulebook:
    """Read a folder of rules; `shown` is the name complaints and rows give the folder (as typed when empty).

    What a folder does not hold is empty, so that a small folder of one's own rules is fine; with `required`
    every file must be there.
    RulesError names file, line, rule id and field of the first thing that is wrong.
    """
    if not rules_dir.is_dir():
        raise RulesError(f"there is no folder of rules at `{rules_dir}`")
    shown_dir = shown or str(rules_dir)
    missing = next((name for name in FILES if not (rules_dir / name).is_file()), None)
    if required and missing:
        raise RulesError(
            f"`{shown_dir}/{missing}` is missing", fix="Restore the file or install codegap again."
        )
    names = sorted(path.relative_to(rules_dir).as_posix() for path in rules_dir.rglob("*") if path.is_file())
    read: dict[str, Frozen] = {}
    files: list[RuleFile] = []
    total = hashlib.sha256()
    for name in (name for name in names if name.endswith((".yaml", ".yml"))):
        shown = f"{shown_dir}/{name}"
        content = _bytes(rules_dir / name, shown)
        files.append(RuleFile(path=shown, sha256=hashlib.sha256(content).hexdigest()))
        total.update(name.encode() + b"\0" + content + b"\0")
        model = _model(name, shown)
        if model is not None:
            read[name] = validate(model, located_yaml.parse(content, shown, RulesError), shown, RulesError)
    rulebook = _assemble(read).model_copy(
        update={
            "pack": shown_dir,
            "version": __version__,
            "sha256": total.hexdigest(),
            "files": tuple(files),
        }
    )
    check(rulebook, read, shown_dir)
    return rulebook


def _bytes(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise RulesError(
            f"`{shown}` cannot be read: {(problem.strerror or str(problem)).lower()}"
        ) from problem


def _model(name: str, shown: str) -> type[Frozen] | None:
    """Return the model of a file by its name, None for a profile; a name nobody knows is refused."""
    folder, _, stem = name.rpartition("/")
    if folder == ARCHETYPES:
        return None
    if folder == QUALIFIERS:
        kind = stem.rpartition(".")[0]
        if kind not in list(Kind):
            raise RulesError(f"`{shown}` is not named for a kind of exemption", fix=nearest(kind, list(Kind)))
        return QualifiersFile
    if name not in FILES:
        known = [file.removesuffix(".yaml") for file in FILES]
        fix = nearest(name.rpartition(".")[0], known)
        raise RulesError(f"`{shown}` is not a file of rules that codegap knows", fix=fix)
    return FILES[name]


def _assemble(read: dict[str, Frozen]) -> Rulebook:
    """Put the parts of all files into one Rulebook, qualifier rules in the order of the contract's kinds."""
    parts: dict[str, object] = {}
    renamed = {
        "service_types": "services",
        "entries": "evidence",
        "provisions": "statute",
        "tables": "invocation",
        "facts_basis": "services_basis",
        "facts_note": "services_note",
    }
    for name, file in read.items():
        if isinstance(file, ConstraintsFile):
            parts["constraints"] = file
        elif isinstance(file, FunctionsFile):
            parts["function_labels"], parts["functions"] = file.functions, file.rules
        elif not isinstance(file, QualifiersFile):
            parts.update(
                (renamed.get(field, field), getattr(file, field))
                for field in type(file).model_fields
                if field not in ("pack", "note") and name in FILES
            )
    in_order: Iterable[str] = (f"{QUALIFIERS}/{kind}.yaml" for kind in Kind)
    found = [read[name] for name in in_order if name in read]
    parts["qualifiers"] = tuple(
        rule for file in found if isinstance(file, QualifiersFile) for rule in file.rules
    )
    return Rulebook.model_validate(parts)
