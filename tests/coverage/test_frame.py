"""The scenario grid: conditions as sets of scenarios, against evaluation scenario by scenario."""

from collections.abc import Iterable, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyser.coverage.frame import Dimension, Frame, Value, band_names
from analyser.coverage.named import Own
from analyser.coverage.settings import AnySetting
from analyser.logic.evaluate import Judge, evaluate
from analyser.model.base import Truth
from analyser.model.logic import All, AnyOf, AtLeast, Atom, Condition, Not, Term

LEVELS = ("negligible", "low", "medium", "high")
AGES = ("none", "existing", "highly_effective")
SUB_KINDS = {"csea": ("grooming", "image_based_csam", "csam_urls")}
PARENTS = dict.fromkeys(SUB_KINDS["csea"], "csea")
COUNTING = frozenset({"csea", "fraud", "hate", "terrorism"})

Concrete = Mapping[str, tuple[object, ...]]
"""A service as far as a scenario tells it: for every fact the values it may have."""


def own(harm: str) -> Own:
    return Own(harm=harm, parent=PARENTS.get(harm), sub_kinds=SUB_KINDS, counting=COUNTING)


def holds(atom: Atom, value: object) -> bool:
    """Compare one value, as a person would."""
    scale = LEVELS if atom.fact.startswith("risk.") else AGES if atom.fact == "age_determination" else None
    left, right = (scale.index(str(value)), scale.index(str(atom.value))) if scale else (value, atom.value)
    match atom.op:
        case "=":
            return left == right
        case "!=":
            return left != right
        case ">":
            return left > right  # type: ignore[operator]
        case ">=":
            return left >= right  # type: ignore[operator]
        case "<":
            return left < right  # type: ignore[operator]
        case "<=":
            return left <= right  # type: ignore[operator]


def judge(service: Concrete) -> Judge:
    def said(atom: Atom) -> Truth:
        truths = {holds(atom, value) for value in service[atom.fact]}
        return Truth.UNKNOWN if len(truths) > 1 else Truth.YES if True in truths else Truth.NO

    return said


# --- conditions as codes state them: sizes, own and other risks, lists of kinds, design facts ---

SIZES = st.builds(
    lambda op, value: Atom(fact="uk_monthly_users", op=op, value=value),
    st.sampled_from([">", ">=", "<", "<=", "=", "!="]),
    st.sampled_from([699_999, 700_000, 700_001, 1_000_000, 7_000_000]),
)
FLAGS = st.builds(
    lambda fact, op: Atom(fact=fact, op=op, value=True),
    st.sampled_from(["functionality.images_or_video", "end_to_end_encrypted"]),
    st.sampled_from(["=", "!="]),
)
CHANNELS = st.builds(
    lambda value: Atom(fact="channel", op="=", value=value), st.sampled_from(["public", "private"])
)
AGE = st.builds(
    lambda op, value: Atom(fact="age_determination", op=op, value=value),
    st.sampled_from([">=", "<"]),
    st.sampled_from(AGES[1:]),
)


def risks(harm: str) -> st.SearchStrategy[Condition]:
    return st.builds(
        lambda op, value: Atom(fact=f"risk.{harm}", op=op, value=value),
        st.sampled_from([">", ">=", "<", "<=", "=", "!="]),
        st.sampled_from(LEVELS),
    )


def kinds(harms: Iterable[str], level: str) -> tuple[Condition, ...]:
    return tuple(Atom(fact=f"risk.{harm}", op=">=", value=level) for harm in harms)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Own, Condition]:
    harm = draw(st.sampled_from(["hate", "grooming", "csea", "drugs"]))
    listed = draw(st.lists(st.sampled_from(sorted(COUNTING)), min_size=2, max_size=4, unique=True))
    level = draw(st.sampled_from(["medium", "high"]))
    lists = st.one_of(
        st.just(AnyOf(parts=kinds(listed, level))),
        st.builds(lambda count: AtLeast(count=count, parts=kinds(listed, level)), st.integers(1, 3)),
        st.just(Term(name="multi-risk service", meaning=AtLeast(count=2, parts=kinds(listed, level)))),
    )
    leaves = st.one_of(SIZES, FLAGS, CHANNELS, AGE, risks(harm), lists, lists)

    def joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(parts, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            parts.map(lambda part: Not(part=part)),
            several.map(lambda found: All(parts=found)),
            several.map(lambda found: AnyOf(parts=found)),
            st.builds(lambda found: AtLeast(count=2, parts=found), several),
        )

    return own(harm), draw(st.recursive(leaves, joined, max_leaves=6))


# --- from a scenario to the services it stands for ---


def others(frame: Frame) -> list[str]:
    """Return the harms whose ratings a scenario does not tell one by one."""
    named = {harm for dimension in frame.dimensions for harm in dimension.harms}
    lone = {one.fact.removeprefix("risk.") for one in frame.dimensions if one.fact.startswith("risk.")}
    return sorted(named | lone)


def services(frame: Frame) -> list[tuple[tuple[int, ...], Concrete]]:
    """Return every scenario (places of values) with a service for each way to rate the other kinds."""
    found = []
    harms = others(frame)
    for ratings in product((("negligible", "low"), ("medium",), ("high",)), repeat=len(harms)):
        rated = dict(zip(harms, ratings, strict=True))
        choices = [_places(dimension, rated) for dimension in frame.dimensions]
        found += [(places, _service(frame, places, rated)) for places in product(*choices)]
    return found


def _places(dimension: Dimension, rated: Mapping[str, tuple[str, ...]]) -> list[int]:
    """Return the places of a dimension's values that agree with the ratings."""
    everything = list(range(len(dimension.values)))
    if dimension.harms:
        at = sum(LEVELS.index(rated[harm][0]) >= LEVELS.index(dimension.level) for harm in dimension.harms)
        return [min(at, everything[-1])]
    if dimension.fact.startswith("risk."):
        level = rated[dimension.fact.removeprefix("risk.")]
        return [("low", "medium", "high").index(level[-1])]
    return everything


def _service(frame: Frame, places: tuple[int, ...], rated: Mapping[str, tuple[str, ...]]) -> Concrete:
    service: dict[str, tuple[object, ...]] = {f"risk.{harm}": levels for harm, levels in rated.items()}
    for dimension, place in zip(frame.dimensions, places, strict=True):
        value = dimension.values[place]
        if dimension.fact == "risk":
            levels = ("negligible", "low") if value == "low_or_negligible" else (value,)
            service[f"risk.{frame.own.harm}"] = levels
            if frame.own.parent and f"risk.{frame.own.parent}" not in service:
                service[f"risk.{frame.own.parent}"] = levels
        elif dimension.fact == "size":
            service["uk_monthly_users"] = _band(frame, place)
        elif dimension.fact == "age_determination":
            service[dimension.fact] = AGES[1:] if value == "existing_or_better" else (value,)
        elif not dimension.harms:
            service[dimension.fact] = (value,)
    return service


def _band(frame: Frame, place: int) -> tuple[int, ...]:
    """Return the least and the greatest number of users of a band, as its name says them."""
    edges = (0, *(bound + 1 for bound in frame.bounds), 1_000_000_001)
    return edges[place], edges[place + 1] - 1


def number(frame: Frame, places: tuple[int, ...]) -> int:
    found = 0
    for size, place in zip(frame.space.sizes, places, strict=True):
        found = found * size + place
    return found


@settings(max_examples=150, deadline=None)
@given(cases())
def test_masks_agree_with_evaluation_in_every_scenario(case: tuple[Own, Condition]) -> None:
    harm, condition = case
    frame = Frame([condition], harm, AnySetting())
    truths = frame.truths(condition)
    for places, service in services(frame):
        bit = 1 << number(frame, places)
        if not frame.possible & bit:
            continue
        said = evaluate(condition, judge(service))
        assert bool(truths.yes & bit) is (said is Truth.YES), (places, service)
        assert bool(truths.may & bit) is (said is not Truth.NO), (places, service)


@settings(max_examples=150, deadline=None)
@given(
    cases(),
    st.sampled_from([0, 699_999, 700_000, 700_001, 1_000_000, 7_000_000, 7_000_001, 90_000_000]),
    st.sampled_from(LEVELS),
    st.fixed_dictionaries({harm: st.sampled_from(LEVELS) for harm in sorted(COUNTING | {"drugs"})}),
)
def test_every_service_lies_in_a_possible_scenario_that_says_nothing_false_of_it(
    case: tuple[Own, Condition], users: int, rating: str, ratings: dict[str, str]
) -> None:
    harm, condition = case
    frame = Frame([condition], harm, AnySetting())
    truths = frame.truths(condition)
    rated = {**ratings, harm.harm: rating}
    if harm.parent:
        rated[harm.parent] = rating  # the kind is rated with the part the cell is about
    service: dict[str, tuple[object, ...]] = {f"risk.{name}": (level,) for name, level in rated.items()}
    service |= {"uk_monthly_users": (users,), "channel": ("private",), "end_to_end_encrypted": (True,)}
    service |= {"functionality.images_or_video": (False,), "age_determination": ("existing",)}
    places = tuple(_place_of(frame, dimension, service) for dimension in frame.dimensions)
    bit = 1 << number(frame, places)
    said = evaluate(condition, judge(service))
    assert frame.possible & bit
    assert truths.may & bit or said is Truth.NO
    assert not truths.yes & bit or said is Truth.YES


def _place_of(frame: Frame, dimension: Dimension, service: Concrete) -> int:
    def level(harm: str) -> int:
        return LEVELS.index(str(service[f"risk.{harm}"][0]))

    if dimension.harms:
        at = sum(level(harm) >= LEVELS.index(dimension.level) for harm in dimension.harms)
        return min(at, len(dimension.values) - 1)
    if dimension.fact == "size":
        return sum(bound < int(str(service["uk_monthly_users"][0])) for bound in frame.bounds)
    if dimension.fact == "risk" or dimension.fact.startswith("risk."):
        harm = frame.own.harm if dimension.fact == "risk" else dimension.fact.removeprefix("risk.")
        return max(level(harm) - 1, 0)
    value: Value = (
        str(service[dimension.fact][0])
        if dimension.fact in ("channel", "age_determination")
        else bool(service[dimension.fact][0])
    )
    return dimension.values.index(
        "existing_or_better" if "existing_or_better" in dimension.values and value != "none" else value
    )


@pytest.mark.parametrize(
    ("op", "value", "least"),
    [
        (">", 700_000, 700_001),
        (">=", 700_000, 700_000),
        (">", 7_000_000, 7_000_001),
        (">=", 1_000_000, 1_000_000),
    ],
)
def test_exactly_at_a_threshold_a_service_stands_where_the_words_put_it(
    op: str, value: int, least: int
) -> None:
    """700,000 exactly is not "more than 700,000"; bands are drawn where the words draw the line."""
    atom = Atom.model_validate({"fact": "uk_monthly_users", "op": op, "value": value})
    frame = Frame([atom], own("hate"), AnySetting())
    yes = frame.truths(atom)
    assert yes.yes == yes.may
    for place in range(len(frame.dimensions[0].values)):
        low, _ = _band(frame, place)
        assert bool(yes.yes & frame.points(0, (place,))) is (low >= least)


def test_the_contract_names_the_bands_and_a_code_with_other_lines_gets_more() -> None:
    assert band_names((700_000, 7_000_000)) == ("under_700k", "700k_to_7m", "large")
    frame = Frame([Atom(fact="uk_monthly_users", op=">=", value=1_000_000)], own("hate"), AnySetting())
    assert frame.dimensions[0].values == ("under_700k", "700001_to_999999", "1000000_to_7000000", "large")


def test_a_part_is_never_rated_above_its_kind() -> None:
    conditions = kinds(["csea"], "medium")
    frame = Frame([*conditions, *kinds(["grooming"], "medium")], own("grooming"), AnySetting())
    csea, grooming = frame.truths(conditions[0]), frame.truths(kinds(["grooming"], "medium")[0])
    assert not frame.possible & grooming.yes & ~csea.yes
    assert frame.possible & csea.yes & ~grooming.yes


def test_a_kind_counts_once_however_many_of_its_parts_are_rated_high() -> None:
    """Grooming at medium makes CSEA count as one kind: with one other kind that is two."""
    multi_risk = AtLeast(count=2, parts=kinds(sorted(COUNTING), "medium"))
    frame = Frame([multi_risk], own("grooming"), AnySetting())
    assert [dimension.harms for dimension in frame.dimensions if dimension.harms] == [COUNTING - {"csea"}]
    risk = frame.truths(kinds(["grooming"], "medium")[0]).yes
    counts = next(place for place, dimension in enumerate(frame.dimensions) if dimension.harms)
    assert frame.truths(multi_risk).yes == frame.points(counts, (2,)) | (frame.points(counts, (1,)) & risk)


def test_only_facts_that_the_conditions_name_become_dimensions() -> None:
    frame = Frame([Atom(fact="channel", op="=", value="public")], own("hate"), AnySetting())
    assert [dimension.fact for dimension in frame.dimensions] == ["channel"]
    assert Frame([], own("hate"), AnySetting()).space.points == 1
