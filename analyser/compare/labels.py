"""The words for keys in a comparison: those of the later text, with words for every band of users that either
text draws.
"""

from collections.abc import Sequence
from itertools import combinations

from analyser.analysis import Analysis
from analyser.coverage.frame import band_names
from analyser.coverage.study import Study
from analyser.logic.evaluate import atoms
from analyser.reporting.labels import Labels

_STANDARD = {700_000, 7_000_000}


def labels_of_both(before: Analysis, after: Analysis, studies: Sequence[Study]) -> Labels:
    """Return the words for the keys of both texts.

    Example: with a bound of 70,000 users, `size in (0_to_70000, 70001_to_700000)` is "at most 700,000 UK
    users".
    """
    later, earlier = after.labels(), before.labels()
    bounds = set(_STANDARD)
    for found in studies:
        for application in found.applications.values():
            for atom in atoms(application.condition):
                if atom.fact == "uk_monthly_users" and not isinstance(atom.value, str):
                    bounds.add(int(atom.value) - (atom.op in (">=", "<")))
    size = later.facts["size"]
    values, sets = dict(size.values), dict(size.sets)
    own = sorted(bounds - _STANDARD)
    # A cell's bands are drawn by the bounds that its own duties name: any of them, beside those of the
    # contract.
    for count in range(len(own) + 1):
        for chosen in combinations(own, count):
            _name_bands(sorted({*_STANDARD, *chosen}), values, sets)
    facts = {**earlier.facts, **later.facts, "size": size.model_copy(update={"values": values, "sets": sets})}
    return later.model_copy(
        update={"harms": {**earlier.harms, **later.harms}, "facts": facts, "all_harms": studies[0].leaves}
    )


def _name_bands(edges: Sequence[int], values: dict[str, str], sets: dict[str, str]) -> None:
    """Add words for every band between some bounds, and for every run of neighbouring bands."""
    names = band_names(edges)
    for first in range(len(names)):
        for last in range(first, len(names)):
            words = _between(edges[first - 1] if first else None, edges[last] if last < len(edges) else None)
            (values if first == last else sets).setdefault("|".join(names[first : last + 1]), words)


def _between(low: int | None, high: int | None) -> str:
    """Say a range of users: more than `low` and at most `high`."""
    if low is None and high == max(_STANDARD):
        return "not large"
    if low is None:
        return f"at most {high:,} UK users" if high is not None else "any number of UK users"
    if high is None:
        return f"more than {low:,} UK users"
    return f"more than {low:,} and at most {high:,} UK users"
