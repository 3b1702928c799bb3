"""The file of decisions: read with file and line of every fault, written so that comments and order stay."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from analyser.decisions.model import Decision
from analyser.errors import InputError
from analyser.model.base import Frozen
from analyser.rulebook import located_yaml
from analyser.rulebook.located_yaml import LocatedList, LocatedMap, line_of
from analyser.rulebook.validation import validate

_HEAD = (
    "# What people have decided about findings: who looked at which one, when, and what came of it.\n"
    "# An entry names a finding by its id, as `codegap gaps` and `codegap exemptions` print it.\n"
)
_PLAIN = re.compile(r"[A-Za-z0-9](?:[\w ()/.,'§+-]|(?<=\S)[#@])*[\w).]|\w")
_LIKE_OTHER = re.compile(r"(?:true|false|null|~|[-+]?[\d_.]+)", re.IGNORECASE)


class DecisionFile(Frozen):
    """The decisions of a file in their order, each with its line; `content` is the file as it stands."""

    path: Path
    shown: str
    decisions: tuple[Decision, ...] = ()
    lines: tuple[int, ...] = ()
    content: bytes = b""

    def place(self, number: int) -> str:
        """Say where an entry stands."""
        return f"{self.shown}, line {self.lines[number]}"


class _Shape(Frozen):
    decisions: tuple[Decision, ...] = ()


def read_decisions(path: Path, shown: str = "") -> DecisionFile:
    """Return the decisions of a file. InputError with file and line for what does not fit, and for two
    entries on one finding.

    Example: `read_decisions(Path("decisions.yaml")).decisions[0].verdict`.
    """
    shown = shown or path.as_posix()
    try:
        content = path.read_bytes()
    except OSError as problem:
        said = "there is no such file" if isinstance(problem, FileNotFoundError) else problem.strerror
        raise InputError(
            f"the decisions `{shown}` cannot be read: {str(said).lower()}",
            fix="`codegap decisions add` and `codegap decisions read` make one.",
        ) from problem
    return parse_decisions(content, path, shown)


def parse_decisions(content: bytes, path: Path, shown: str) -> DecisionFile:
    """Return the decisions of the content of a file; see read_decisions."""
    data = located_yaml.parse(content, shown, InputError)
    if data is None:
        return DecisionFile(path=path, shown=shown, content=content)
    if isinstance(data, LocatedMap) and data.get("decisions", ...) is None:
        data["decisions"] = LocatedList()
    found = validate(_Shape, data, shown, InputError, what="decisions")
    lines = tuple(line_of(data, ("decisions", number)) for number in range(len(found.decisions)))
    seen: dict[str, int] = {}
    for number, decision in enumerate(found.decisions):
        if decision.finding in seen:
            raise InputError(
                f"there are two decisions on `{decision.finding}`",
                place=f"{shown}, lines {lines[seen[decision.finding]]} and {lines[number]}",
                fix="Leave one of them; its reason can tell of both.",
            )
        seen[decision.finding] = number
    return DecisionFile(path=path, shown=shown, decisions=found.decisions, lines=lines, content=content)


def written(file: DecisionFile, changed: Mapping[str, Decision], added: Sequence[Decision]) -> str:
    """Return the text of a file with some decisions changed (by the id of their finding) and others added.

    What is not changed stays byte for byte, comments and order included; what is added follows at the end.
    A file whose list is written in one line is written anew.
    """
    text = file.content.decode("utf-8-sig")
    lines = text.splitlines()
    at = [line - 1 for line in file.lines]
    in_block = len(set(at)) == len(at) and all(re.match(r"\s*- ", lines[line]) for line in at)
    if not file.decisions or not in_block:
        kept = _comments(lines)
        head = "\n".join(kept) + "\n" if kept else _HEAD
        every = [changed.get(one.finding, one) for one in file.decisions] + list(added)
        return head + _list(every, "  ")
    indent = re.match(r"\s*", lines[at[0]])
    margin = indent[0] if indent else ""
    out = lines[: at[0]]
    for number, decision in enumerate(file.decisions):
        end = at[number + 1] if number + 1 < len(at) else _end(lines, at[number])
        own = lines[at[number] : end]
        if decision.finding in changed:
            after = _trailing(own)
            own = [*_entry(changed[decision.finding], margin), *after]
        out += own
    out += [line for one in added for line in _entry(one, margin)]
    out += lines[_end(lines, at[-1]) :]
    return "\n".join(out) + "\n"


def _comments(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.lstrip().startswith("#")]


def _end(lines: Sequence[str], start: int) -> int:
    """Return the line after the last entry: what follows it at its depth is a comment on nothing more."""
    depth = len(lines[start]) - len(lines[start].lstrip())
    last = start
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip()) > depth:
            last = number
    return last + 1


def _trailing(own: Sequence[str]) -> list[str]:
    """Return the comments and blank lines at the end of an entry: they belong to the next."""
    place = len(own)
    while place and (not own[place - 1].strip() or own[place - 1].lstrip().startswith("#")):
        place -= 1
    return list(own[place:])


def _list(decisions: Sequence[Decision], margin: str) -> str:
    if not decisions:
        return "decisions: []\n"
    return "\n".join(["decisions:", *(line for one in decisions for line in _entry(one, margin))]) + "\n"


def _entry(decision: Decision, margin: str) -> list[str]:
    fields = [
        (name, value) for name, value in decision.model_dump(mode="json").items() if value not in ("", {})
    ]
    lines = []
    for number, (name, value) in enumerate(fields):
        said = (
            "{" + ", ".join(f"{key}: {_scalar(part)}" for key, part in value.items()) + "}"
            if isinstance(value, dict)
            else _scalar(value)
        )
        lines.append(f"{margin}{'- ' if number == 0 else '  '}{name}: {said}")
    return lines


def _scalar(value: str) -> str:
    """Return a text as YAML: bare where nothing in it could be taken for something else.

    >>> _scalar("no: it is not")
    '"no: it is not"'
    """
    if _PLAIN.fullmatch(value) and not _LIKE_OTHER.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)
