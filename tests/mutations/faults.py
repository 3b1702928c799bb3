"""Known faults of the engine, each a mutation whose findings differ from what the words say."""

from functools import cache
from pathlib import Path

import yaml

PATH = Path(__file__).with_name("known_faults.yaml")


@cache
def known(kind: str) -> dict[str, str]:
    """Return the faults known of one kind of mutation: the case, and what is wrong in it."""
    table: dict[str, dict[str, str] | None] = yaml.safe_load(PATH.read_text(encoding="utf-8")) or {}
    return table.get(kind) or {}


def settle(kind: str, found: dict[str, list[str]]) -> None:
    """Assert that exactly the known faults show: a new one is an error, and so is one that has been
    mended."""
    new = {case: lines for case, lines in found.items() if lines and case not in known(kind)}
    told = "\n".join(f"{case}\n    " + "\n    ".join(lines) for case, lines in new.items())
    assert not new, f"{len(new)} mutations ({kind}) change what they should not:\n{told}"
    mended = [case for case in known(kind) if not found.get(case)]
    assert not mended, f"mended, or no longer a case: take out of known_faults.yaml ({kind}): {mended}"
