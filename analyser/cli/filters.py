"""Which rows a person asks for: by measure, harm, service, function and kind, unknown names refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from analyser.errors import UsageError, nearest
from analyser.model.base import Function, Kind

if TYPE_CHECKING:
    from analyser.reporting.rows import Row
    from analyser.rulebook.models import Rulebook

R = TypeVar("R", bound="Row")


@dataclass(frozen=True, slots=True)
class Filters:
    """Names asked for, an empty list for all; names of one list are alternatives, several lists hold
    together.
    """

    measures: tuple[str, ...] = ()
    harms: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def options(self) -> dict[str, list[str]]:
        """Return the filters as options of an output, in their order."""
        return {
            "measure": list(self.measures),
            "harm": list(self.harms),
            "service": list(self.services),
            "function": list(self.functions),
            "kind": list(self.kinds),
        }

    def keep(self, rows: Iterable[R]) -> tuple[R, ...]:
        """Return the rows that touch what is asked for; a row is kept whole or not at all."""
        return tuple(
            row for row in rows if all(self._touches(row, name, asked) for name, asked in self._asked())
        )

    def _asked(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        lists = (
            ("measure", self.measures),
            ("harm", self.harms),
            ("service", self.services),
            ("function", self.functions),
            ("kind", self.kinds),
        )
        return ((name, asked) for name, asked in lists if asked)

    def _touches(self, row: Any, name: str, asked: tuple[str, ...]) -> bool:
        held: set[str] = set()
        for field in (name, f"{name}s"):
            value = getattr(row, field, ())
            held |= {value} if isinstance(value, str) else set(value)
        for cause in getattr(row, "causes", ()):
            held |= {cause.measure} if name == "measure" else set(cause.kinds) if name == "kind" else set()
        return bool(held & set(asked))


def read_filters(
    rulebook: "Rulebook",
    measure_ids: Sequence[str],
    *,
    measure: Sequence[str] | None = None,
    harm: Sequence[str] | None = None,
    service: Sequence[str] | None = None,
    function: Sequence[str] | None = None,
    kind: Sequence[str] | None = None,
) -> Filters:
    """Return the filters meant by what was typed; UsageError names the nearest measure, harm, service,
    function or kind.

    `C2`, `icu c2` and `ICU C2` are one measure; `image-based-csam` is `image_based_csam`; a kind of harm
    brings its sub kinds.
    """
    harms = _keys(harm, [one.key for one in rulebook.harms], "kind of harm")
    parts = (one.key for one in rulebook.harms if one.parent in harms)
    return Filters(
        measures=tuple(_measure(typed, measure_ids) for typed in measure or ()),
        harms=tuple(dict.fromkeys((*harms, *parts))),
        services=_keys(service, [one.key for one in rulebook.services], "type of service"),
        functions=_keys(function, [str(one) for one in Function], "function"),
        kinds=_keys(kind, [str(one) for one in Kind], "kind of exemption"),
    )


def _keys(typed: Sequence[str] | None, known: Sequence[str], what: str) -> tuple[str, ...]:
    found = []
    for word in typed or ():
        key = word.strip().lower().replace("-", "_").replace(" ", "_")
        if key not in known:
            raise UsageError(f"there is no {what} `{word}`", fix=nearest(word, known))
        found.append(key)
    return tuple(found)


def find_measure(typed: str, known: Sequence[str]) -> str | None:
    """Return the measure meant by its id or by its number alone, in any case, or None."""
    wanted = " ".join(typed.upper().split())
    return next((one for one in known if wanted in (one.upper(), one.upper().rpartition(" ")[2])), None)


def _measure(typed: str, known: Sequence[str]) -> str:
    found = find_measure(typed, known)
    if found is None:
        numbers = [one.rpartition(" ")[2] for one in known]
        fix = nearest(typed.upper().strip().rpartition(" ")[2], numbers)
        raise UsageError(f"there is no measure `{typed}` in this text", fix=fix)
    return found
