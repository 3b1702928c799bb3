"""YAML that remembers where each thing stands, so that every complaint can name a file and a line.

Read as YAML 1.2 does: only `true` and `false` are booleans (`no` is the word no), and a date stays text.
"""

import re
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, otherwise the same
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

from analyser.errors import CodegapError


class LocatedMap(dict[str, Any]):
    """A mapping of a YAML file with its file name, its line, and the line of each of its keys (from 1)."""

    __slots__ = ("file", "key_lines", "line")

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.key_lines: dict[str, int] = {}


class LocatedList(list[Any]):
    """A list of a YAML file with the line of each of its items (from 1)."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


class _LocatedLoader(_Loader):
    """A safe loader whose mappings and lists know their lines and which refuses a key written twice."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012
    shown = ""

    def _map(self, node: yaml.MappingNode) -> LocatedMap:
        self.flatten_mapping(node)
        found = LocatedMap(self.shown, node.start_mark.line + 1)
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            line = key_node.start_mark.line + 1
            if not isinstance(key, str | int | float | bool):
                raise yaml.constructor.ConstructorError(
                    problem="a key must be a word", problem_mark=key_node.start_mark
                )
            # A bare number as a key (a year, a row) is the text of that number.
            name = key if isinstance(key, str) else key_node.value
            if name in found:
                raise yaml.constructor.ConstructorError(
                    problem=f"the key `{name}` is written twice (first on line {found.key_lines[name]})",
                    problem_mark=key_node.start_mark,
                )
            found[name] = self.construct_object(value_node, deep=True)
            found.key_lines[name] = line
        return found

    def _list(self, node: yaml.SequenceNode) -> LocatedList:
        found = LocatedList()
        for item in node.value:
            found.append(self.construct_object(item, deep=True))
            found.lines.append(item.start_mark.line + 1)
        return found


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?(?:0|[1-9][0-9_]*)$", "-+0123456789"),
    ("float", r"^[-+]?[0-9]+\.[0-9]+$", "-+0123456789"),
    ("null", r"^(?:~|null|Null|NULL|)$", "~nN\0"),
    ("merge", r"^<<$", "<"),
):
    _LocatedLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), ["" if char == "\0" else char for char in _first]
    )
_LocatedLoader.add_constructor("tag:yaml.org,2002:map", _LocatedLoader._map)
_LocatedLoader.add_constructor("tag:yaml.org,2002:seq", _LocatedLoader._list)


def read(path: Path, shown: str, error: type[CodegapError]) -> Any:
    """Read one YAML file; whatever is wrong with it becomes an `error` that names `shown` and the line.

    Returns LocatedMap, LocatedList or a plain value; None for an empty file.
    """
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise error(f"`{shown}` cannot be read: {_reason(problem)}") from problem
    return parse(content, shown, error)


def parse(content: bytes, shown: str, error: type[CodegapError]) -> Any:
    """Read YAML from bytes; `shown` is the name by which complaints call them."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise error("the file is not UTF-8 text", place=f"{shown}, line {line}") from problem
    loader = _LocatedLoader(text)
    loader.shown = shown
    try:
        return loader.get_single_data()
    except yaml.reader.ReaderError as problem:
        line = text[: problem.position].count("\n") + 1
        raise error(
            "the file holds a character that YAML does not allow", place=f"{shown}, line {line}"
        ) from problem
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = f"{shown}, line {mark.line + 1}" if mark else shown
        said = " ".join(part for part in (problem.context, problem.problem) if part)
        if isinstance(problem, yaml.constructor.ConstructorError) and "tag:" not in said:
            raise error(problem.problem or said, place=place) from problem
        raise error(f"the file is not valid YAML: {said}", place=place) from problem
    except (ValueError, KeyError) as problem:  # an explicit tag (`!!int a`) or a number too long to hold
        raise error("a value does not fit the type it is given", place=f"{shown}, line 1") from problem
    except RecursionError as problem:
        raise error("the file is nested too deeply", place=shown) from problem
    finally:
        loader.dispose()


def line_of(data: Any, path: tuple[int | str, ...]) -> int:
    """Return the line of the thing at `path` in `data`, or of the nearest thing above it (1 at worst)."""
    line = data.line if isinstance(data, LocatedMap) else 1
    for step in path:
        if isinstance(data, LocatedMap) and step in data:
            line = data.key_lines[str(step)]
            data = data[str(step)]
        elif isinstance(data, LocatedList) and isinstance(step, int) and step < len(data):
            line = data.lines[step]
            data = data[step]
        else:
            break
    return line


def _reason(problem: OSError) -> str:
    return {
        "FileNotFoundError": "there is no such file",
        "IsADirectoryError": "it is a folder",
        "PermissionError": "this account may not read it",
    }.get(type(problem).__name__, (problem.strerror or str(problem)).lower())
