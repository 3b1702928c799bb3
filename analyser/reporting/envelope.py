"""JSON output: rows in the published envelope, the same bytes for the same input."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analyser import __version__
from analyser.reporting.rows import InputFile, Row, RulesUsed, Tool

TOOL = Tool(name="codegap", version=__version__)


def schema_name(table: str) -> str:
    """Return the schema of a table: `codegap/gaps/1`."""
    return f"codegap/{table}/1"


def render_json(
    schema: str,
    rows: Iterable[Row],
    inputs: Sequence[InputFile],
    rules: RulesUsed,
    options: Mapping[str, Any],
    extra: Mapping[str, Any] | None = None,
) -> str:
    """Return the rows in their envelope; `extra` keys stand between the options and the results.

    `schema` is a whole schema name (`codegap/gaps/1`, see `schema_name`).
    """
    envelope = {
        "schema": schema,
        "tool": TOOL.model_dump(mode="json"),
        "inputs": [file.model_dump(mode="json") for file in inputs],
        "rules": rules.model_dump(mode="json"),
        "options": dict(options),
        **(extra or {}),
        "results": [row.model_dump(mode="json", by_alias=True) for row in rows],
    }
    return json.dumps(envelope, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
