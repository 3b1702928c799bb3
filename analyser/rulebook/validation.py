"""Data against a model: what does not fit is said in words, with file, line, entry and field."""

import types
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from analyser.errors import CodegapError, nearest
from analyser.rulebook.located_yaml import LocatedMap, line_of

M = TypeVar("M", bound=BaseModel)

_EXPECTED = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "int_parsing": "a whole number, written without commas",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_parsing": "a number",
    "string_type": "text",
    "tuple_type": "a list, such as [a, b]",
    "dict_type": "a list of `key: value` lines",
    "model_type": "a list of `key: value` lines",
}


def validate(model: type[M], data: Any, shown: str, error: type[CodegapError], what: str = "entry") -> M:
    """Return `data` as a `model`, or raise `error` for the first thing (by line) that does not fit.

    >>> validate(Harm, {...}, "rules/harms.yaml", RulesError)
    RulesError: harm `hate`: there is no field `nmae`. (rules/harms.yaml, line 12) Did you mean name?
    """
    if not isinstance(data, dict):
        raise error(
            f"the file holds no {what}: it must be a list of `key: value` lines", place=f"{shown}, line 1"
        )
    try:
        return model.model_validate(data)
    except ValidationError as problem:
        found = [_describe(model, data, one) for one in problem.errors(include_url=False)]
        line, cause, fix = min(found, key=lambda one: one[0])
        raise error(cause, place=f"{shown}, line {line}", fix=fix) from problem


def _describe(model: type[BaseModel], data: Any, problem: Any) -> tuple[int, str, str]:
    path = _steps(data, tuple(problem["loc"]))
    line = line_of(data, path)
    subject = _subject(data, path)
    name = next((step for step in reversed(path) if isinstance(step, str)), "file")
    kind, given = problem["type"], problem["input"]
    if kind == "missing":
        return line, f"{subject}the key `{name}` is missing", ""
    if kind == "extra_forbidden":
        return line, f"{subject}there is no key `{name}`", nearest(name, _fields(model, path[:-1]))
    if kind in ("enum", "literal_error"):
        allowed = problem["ctx"]["expected"].replace("'", "")
        return line, f"{subject}`{name}` is `{_short(given)}`", f"It may be {allowed}."
    if kind == "value_error":
        return line, f"{subject}{problem['ctx']['error']}", ""
    said = _EXPECTED.get(kind) or problem["msg"].removeprefix("Input ").removeprefix("should be ")
    return line, f"{subject}`{name}` is `{_short(given)}`", f"It should be {said}."


def _steps(data: Any, loc: tuple[Any, ...]) -> tuple[int | str, ...]:
    """Drop from a pydantic location the names of union branches, which are no places in the file."""
    steps: list[int | str] = []
    for number, step in enumerate(loc):
        last = number == len(loc) - 1
        if (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        ):
            data = data[step]
            steps.append(step)
        elif isinstance(data, LocatedMap) and isinstance(step, int) and step < len(data):
            key = list(data)[step]  # a mapping read as a list of entries (sources)
            data = data[key]
            steps.append(key)
        elif isinstance(data, dict) and last:
            steps.append(step)
    return tuple(steps)


def _subject(data: Any, path: tuple[int | str, ...]) -> str:
    """Name the entry in which the path lies by its id or key, e.g. "rule `feasibility.technical`: "."""
    own = data.get("id") or data.get("key") if isinstance(data, dict) else None
    named = f"`{own}`: " if isinstance(own, str) else ""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(data, dict):
            name = data.get("id") or data.get("key")
            if isinstance(name, str):
                named = f"`{name}`: "
    return named


def _fields(model: Any, path: tuple[int | str, ...]) -> list[str]:
    """Return the field names of the model at a path of a model."""
    for step in path:
        if isinstance(step, int):
            continue
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            break
        by_name = {info.alias or name: info.annotation for name, info in model.model_fields.items()}
        model = _inner(by_name.get(str(step)))
    if isinstance(model, type) and issubclass(model, BaseModel):
        return [
            info.alias or name for name, info in model.model_fields.items() if name not in ("file", "line")
        ]
    return []


def _inner(annotation: Any) -> Any:
    """Return the model inside `tuple[X, ...]`, `X | None`, `dict[str, X]` or X itself."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return annotation
    if get_origin(annotation) in (tuple, list, dict, types.UnionType) or get_args(annotation):
        for part in reversed(get_args(annotation)):
            found = _inner(part)
            if isinstance(found, type) and issubclass(found, BaseModel):
                return found
    return None


def _short(value: Any) -> str:
    text = (
        "true" if value is True else "false" if value is False else "nothing" if value is None else str(value)
    )
    return text if len(text) <= 60 else text[:57] + "…"
