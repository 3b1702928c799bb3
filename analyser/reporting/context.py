"""What every writer needs beside the rows: where they came from and the words for keys."""

from typing import Any

from pydantic import Field

from analyser.model.base import Frozen
from analyser.reporting.labels import Labels
from analyser.reporting.rows import InputFile, RulesUsed


class SourceRef(Frozen):
    """A source that rows name by its id."""

    id: str
    what: str
    url: str = ""

    @property
    def link(self) -> str:
        """The address when it is one a reader may follow, else nothing."""
        return self.url if self.url.startswith(("https://", "http://")) else ""


class OutputContext(Frozen):
    """Where rows came from and how they are to be printed.

    `width` (characters) and `terminal` matter to tables only. `extra` are keys that stand beside the results
    (totals of the gaps, the unplaced text of an ingest).
    """

    rules: RulesUsed
    inputs: tuple[InputFile, ...] = ()
    options: dict[str, Any] = Field(default_factory=dict)
    extra: dict[str, Any] = Field(default_factory=dict)
    labels: Labels = Labels()
    sources: tuple[SourceRef, ...] = ()
    width: int = 80
    terminal: bool = False

    @property
    def decided(self) -> bool:
        """Say whether a file of decisions is in use."""
        return "decisions" in self.options


def findings(context: OutputContext) -> tuple[str, ...]:
    """Return what an output says of its rows as a whole: a headline, findings in sentences, notes; nothing
    for most tables.
    """
    extra = context.extra
    return tuple(
        str(line)
        for line in (extra.get("headline", ""), *extra.get("headlines", ()), *extra.get("notes", ()))
        if line
    )
