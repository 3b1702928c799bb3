"""What every entry of rules/ shares: its file and line, and the small types of its fields."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator

from analyser.model.base import Frozen
from analyser.rulebook.located_yaml import LocatedMap

Regime = Literal["user-to-user", "search"]
Channel = Literal["public", "private"]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:_[a-z0-9]+)*$")]
RuleId = Annotated[str, Field(pattern=r"^[a-z0-9_]+(?:[.-][a-z0-9_]+)*$")]


def _text(value: object) -> object:
    """Take nothing as empty text, and a bare number (a row, an item, a year) as its words."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _date(value: str) -> str:
    if value and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("a date is written 2025-02-24")
    if value and not _is_day(value):
        raise ValueError(f"`{value}` is no day: a date is written 2025-02-24, year, month, day")
    return value


def _is_day(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


Text = Annotated[str, BeforeValidator(_text)]
Date = Annotated[str, BeforeValidator(_text), AfterValidator(_date)]
Words = tuple[str, ...]


class Entry(Frozen):
    """An entry of a rules file, with the file and the line at which it stands."""

    model_config = ConfigDict(populate_by_name=True)

    file: str = ""
    line: int = 0

    @model_validator(mode="before")
    @classmethod
    def _place(cls, data: Any) -> Any:
        if isinstance(data, LocatedMap):
            for own in ("file", "line"):
                if own in data:
                    raise ValueError(f"there is no field `{own}`: it is filled in by the reader")
            return {**data, "file": data.file, "line": data.line}
        return data
