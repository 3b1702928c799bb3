"""Change an application paragraph: the condition, its limbs and the gaps change exactly as enumeration says.

The changed words and the condition expected are both made from the text: a number is exchanged where an
atom has its
place, `or` becomes `and` where it joins two parts, a limb is struck, a risk level or a verb is turned.
What is read
must then be true for the same services, point by point (`truth_tables.py`); the sets of limbs must cover
just the
services left out, each needed. Allowed differences: ids' counters and places of words. Other measures do
not change.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from analyser.analysis import Analysis
from analyser.applications.read import read_applications
from analyser.coverage.study import Revision, Study
from analyser.exemptions.limbs import find_limbs
from analyser.logic.evaluate import unread
from analyser.model.base import Nature
from analyser.model.exemption import Exemption
from analyser.model.logic import All, AnyOf, AtLeast, Atom, Condition, Not, Term
from analyser.model.text import Span
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from analyser.reading.markdown import parse_markdown
from analyser.reporting.rows import GapRow
from tests.applications.truth_tables import Space, difference
from tests.mutations.conftest import Bench
from tests.mutations.faults import settle


@dataclass(frozen=True)
class Change:
    """One change of an application's words, and the condition that the new words state."""

    kind: str
    measure: str
    start: int
    end: int
    words: str
    expected: Condition


def spans(condition: Condition) -> Iterator[Span]:
    """Yield the places of a condition's words in the application paragraph."""
    match condition:
        case Atom(span=span) | Term(span=span):
            if span is not None:
                yield span
        case Not(part=part):
            yield from spans(part)
        case All(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            for part in parts:
                yield from spans(part)


def hull(condition: Condition) -> Span | None:
    """Return the place from the first of a condition's words to the last; None where words stand for a
    list."""
    places = list(spans(condition))
    if not places:
        return None
    return Span(start=min(one.start for one in places), end=max(one.end for one in places))


def exchanged(condition: Condition, old: Condition, new: Condition) -> Condition:
    """Return a condition with the very part `old` (the same object) exchanged for `new`."""
    if condition is old:
        return new
    match condition:
        case Not(part=part):
            return Not(part=exchanged(part, old, new))
        case All(parts=parts):
            return All(parts=tuple(exchanged(part, old, new) for part in parts))
        case AnyOf(parts=parts):
            return AnyOf(parts=tuple(exchanged(part, old, new) for part in parts))
        case AtLeast(count=count, parts=parts):
            return AtLeast(count=count, parts=tuple(exchanged(part, old, new) for part in parts))
    return condition


def nodes(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and all its parts, terms unopened."""
    yield condition
    match condition:
        case Not(part=part):
            yield from nodes(part)
        case All(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            for part in parts:
                yield from nodes(part)


def changes(study: Study) -> Iterator[Change]:
    """Yield every change of the code's applications that its words allow."""
    for measure, application in study.applications.items():
        condition, text = application.condition, study.document.text
        if study.limbs.get(measure):
            for node in nodes(condition):
                yield from _numbers(measure, condition, node, text)
                yield from _levels(measure, condition, node, text)
                yield from _joined(measure, condition, node, text)
                yield from _struck(measure, condition, node, text)
                yield from _turned(measure, condition, node, text)


def _numbers(measure: str, condition: Condition, node: Condition, text: str) -> Iterator[Change]:
    """A threshold raised and lowered."""
    if (
        isinstance(node, Atom)
        and node.span
        and isinstance(node.value, int)
        and node.fact == "uk_monthly_users"
    ):
        found = re.search(r"\d[\d,]*", node.span.of(text))
        if found:
            start = node.span.start + found.start()
            for kind, value in (("raised", node.value * 3), ("lowered", node.value // 2)):
                new = node.model_copy(update={"value": value})
                end = start + len(found.group(0))
                yield Change(kind, measure, start, end, f"{value:,}", exchanged(condition, node, new))


def _levels(measure: str, condition: Condition, node: Condition, text: str) -> Iterator[Change]:
    """`medium or high` made `high`, and `high` made `medium or high`."""
    if isinstance(node, Atom) and node.span and node.fact.startswith("risk.") and node.op == ">=":
        place = Span(start=text.rfind(" at ", 0, node.span.end), end=node.span.end)
        said = re.match(r" at (medium or high|high) risk of [^,;.:]*$", place.of(text))
        rest = re.split(r"[;.\n]", text[node.span.end :], maxsplit=1)[0]
        alone = (
            sum(one == node.span for one in spans(condition)) == 1 and " or of " not in place.of(text) + rest
        )
        if said and alone:
            low = said.group(1) == "high"
            other = node.model_copy(update={"value": "medium" if low else "high"})
            start, words = place.start + said.start(1), "medium or high" if low else "high"
            kind, end = "lowered" if low else "raised", place.start + said.end(1)
            yield Change(kind, measure, start, end, words, exchanged(condition, node, other))


def _joined(measure: str, condition: Condition, node: Condition, text: str) -> Iterator[Change]:
    """`or` between two parts made `and`, and `and` made `or`."""
    if isinstance(node, All | AnyOf) and len(node.parts) == 2:
        first, second = map(hull, node.parts)
        if first is None or second is None or first.end > second.start:
            return
        old, new = ("or", "and") if isinstance(node, AnyOf) else ("and", "or")
        found = list(re.finditer(rf"\b{old}\b", text[first.end : second.start]))
        between = text[first.end : second.start]
        if (
            len(found) == 1
            and not re.search(r"\b(?:both|either|neither)\b", _lead(text, first))
            and ":" not in between
        ):
            parts = node.parts
            other: Condition = All(parts=parts) if isinstance(node, AnyOf) else AnyOf(parts=parts)
            # Beside an item with a joining word of its own, `or` without `either` would be read with that.
            if any(isinstance(part, All | AnyOf) for part in parts) and "(" not in between:
                return
            start = first.end + found[0].start()
            yield Change(
                f"{old} to {new}", measure, start, start + len(old), new, exchanged(condition, node, other)
            )


def _lead(text: str, place: Span) -> str:
    """Return the words before a place, where its list or its pair is opened."""
    return text[max(0, place.start - 40) : place.start]


def _struck(measure: str, condition: Condition, node: Condition, text: str) -> Iterator[Change]:
    """One of two limbs joined by a word struck, with the word; an item of a list struck."""
    if not isinstance(node, All | AnyOf | AtLeast) or len(node.parts) < 2:
        return
    for part in node.parts:
        place = hull(part)
        if place is None:
            continue
        if "\n" in place.of(text) or re.search(r"\b(?:either|neither)\b", _lead(text, place)):
            continue
        left = [parts for parts in node.parts if parts is not part]
        line = text.rfind("\n", 0, place.start) + 1
        line_end = text.index("\n", place.end)
        whole = re.fullmatch(r"\s*\(\w+\) (?:is |has )?(?:a |an )?", text[line : place.start])
        if isinstance(node, AtLeast) or len(node.parts) > 2:
            if (
                whole
                and re.fullmatch(r"[^,\n]*;", text[place.end : line_end])
                and "(" not in text[place.end : line_end]
            ):
                rest = node.model_copy(update={"parts": tuple(left)})
                yield Change("struck", measure, line, line_end + 1, "", exchanged(condition, node, rest))
        elif part is node.parts[1] and isinstance(node, AnyOf):
            before = hull(node.parts[0])
            between = text[before.end : place.start] if before else ":"
            if before and before.end < place.start and "\n" not in between and text[place.end] in ".;":
                yield Change(
                    "struck", measure, before.end, place.end, "", exchanged(condition, node, node.parts[0])
                )


def _turned(measure: str, condition: Condition, node: Condition, text: str) -> Iterator[Change]:
    """`is`, `has`, `enables`, `conducts` before one limb made `is not`, `does not have` and so on."""
    place = hull(node)
    if not isinstance(node, Atom | Term) or place is None:
        return
    verb = re.search(r"\b(is|has) (?:a |an |at |likely )?$", text[max(0, place.start - 16) : place.start])
    inside = re.match(r"(is|has)\b", place.of(text))
    start = place.start if inside else place.start - len(verb.group(0)) if verb else -1
    if start >= 0 and text[start : start + 3] in {"is ", "has"}:
        old = "is" if text.startswith("is ", start) else "has"
        new = "is not" if old == "is" else "does not have"
        after = text[place.end : place.end + 20]
        if re.match(r"(?: or | and (?!that|is ))", after):
            return
        yield Change(
            "negated", measure, start, start + len(old), new, exchanged(condition, node, Not(part=node))
        )


def covers(condition: Condition, limbs: tuple[Exemption, ...]) -> list[str]:
    """Return where the sets of limbs are not just the services that a condition leaves out, each set
    needed."""
    parts = tuple(one.holds for one in limbs if one.holds is not None)
    lines = []
    apart = difference(AnyOf(parts=parts), Not(part=condition))
    if apart:
        lines.append(f"limbs {apart}")
    space = Space.of(condition, *parts)
    tables = [space.table(part) for part in parts]
    for place, table in enumerate(tables):
        rest = 0
        for other in tables[:place] + tables[place + 1 :]:
            rest |= other
        if not table & ~rest:
            lines.append(f"not needed: {[(limb.fact, limb.values) for limb in limbs[place].limbs]}")
    return lines


def mutated(block: str, text: str, change: Change) -> str:
    """Return a measure's Markdown with a change made in the line where its words stand."""
    start = text.rfind("\n", 0, change.start) + 1
    end = text.index("\n", change.start)
    line = text[start:end]
    places = [match.start() for match in re.finditer(rf"(?m)^ *(?:- )?{re.escape(line)}$", block)]
    earlier = text[text.index(f"\n{change.measure} ") : start].count(f"{line}\n")
    at = block.index(line, places[earlier])
    if change.end > end:
        return block[: places[earlier]] + block[at + len(line) + 1 :]
    inner, outer = change.start - start, change.end - start
    return block[:at] + line[:inner] + change.words + line[outer:] + block[at + len(line) :]


def limbs_of(
    bench: Bench, revision: Revision, markdown: str
) -> tuple[dict[str, Condition], tuple[Exemption, ...]]:
    """Read the applications of a text and the sets of limbs that leave services out, and nothing else."""
    document = parse(parse_markdown(markdown, "mutant.md"), Numbering(prefix="ICU"), "icu")
    kinds = [harm for harm in revision.harms if harm in revision.counting]
    applications = read_applications(document, bench.rulebook, kinds)
    limbs = find_limbs(document, applications, (), bench.rulebook, revision.counting)
    return {key: one.condition for key, one in applications.items()}, limbs


def test_a_changed_application_is_read_as_the_changed_words_say(bench: Bench, study: Study) -> None:
    text, found, kinds = study.document.text, dict[str, list[str]](), Counter[str]()
    for change in changes(study):
        block = bench.source.measures[change.measure]
        new = mutated(block, text, change)
        assert new != block
        conditions, limbs = limbs_of(
            bench, study.revision, bench.source.text(change.measure).replace(block, new)
        )
        read = conditions[change.measure]
        case = (
            f"{change.measure} {change.kind}: “{text[change.start : change.end].strip()}” -> “{change.words}”"
        )
        around = " ".join(text[change.start - 24 : change.start].split())
        apart = [f"unread: {one.words}" for one in unread(read)] or [difference(read, change.expected)]
        lines = [line for line in apart if line]
        found[f"{case} after “{around}”"] = lines or covers(change.expected, limbs)
        kinds[change.kind] += 1
    assert kinds.keys() == {"raised", "lowered", "or to and", "and to or", "struck", "negated"}
    assert len(found) == kinds.total() > 60
    settle("application", found)


def test_the_limbs_of_the_code_as_it_stands_are_just_the_services_left_out(study: Study) -> None:
    for measure, limbs in study.limbs.items():
        assert not covers(study.applications[measure].condition, limbs), measure


def _with_threshold(condition: Condition, term: str, value: int) -> Condition:
    """Return a condition in which a defined term says another number."""
    for node in list(nodes(condition)):
        if isinstance(node, Term) and node.name == term and isinstance(node.meaning, Atom):
            new = node.model_copy(update={"meaning": node.meaning.model_copy(update={"value": value})})
            condition = exchanged(condition, node, new)
    return condition


@pytest.mark.parametrize(("words", "value"), [("10 million", 10_000_000), ("3.5 million", 3_500_000)])
def test_a_changed_definition_changes_every_application_that_uses_the_term(
    bench: Bench, study: Study, words: str, value: int
) -> None:
    whole = bench.source.whole()
    assert whole.count("7 million") == 1
    conditions, limbs = limbs_of(bench, study.revision, whole.replace("7 million", words))
    for measure, application in study.applications.items():
        expected = _with_threshold(application.condition, "large service", value)
        assert not difference(conditions[measure], expected), measure
        own = tuple(one for one in limbs if one.measure == measure)
        if own:
            assert not covers(expected, own), measure
        assert bool(own) == bool(study.limbs.get(measure)), measure


GAPS = (
    ("ICU C9", "more than 700,000", "more than 2,100,000"),
    ("ICU C10", "is at high risk", "is at medium or high risk"),
)


@pytest.mark.parametrize(("measure", "old", "new"), GAPS)
def test_a_changed_application_moves_the_gaps_of_its_own_measure_and_no_other(
    bench: Bench,
    analysis: Analysis,
    code_markdown: str,
    analyse_text: Callable[[str], Analysis],
    measure: str,
    old: str,
    new: str,
) -> None:
    """Allowed: rows with a cause in the measure, or for what its duties serve. All others are the same;
    what its
    limbs leave out is just what the changed condition leaves out, and each cause is one of its limbs."""
    start = code_markdown.index(f"## {measure} ")
    place = code_markdown.index(old, start)
    assert place < code_markdown.index("### Recommendation", start)
    after = analyse_text(code_markdown[:place] + new + code_markdown[place + len(old) :])
    served = {
        (reach.function.value, reach.harm)
        for duty in analysis.study.duties
        if duty.measure == measure
        for reach in duty.reaches
    }

    def apart(judged: Analysis) -> tuple[list[str], list[GapRow]]:
        rows = [item.row for item in judged.ranked_gaps(include_all=True)]
        own = [row for row in rows if any(cause.measure == measure for cause in row.causes)]
        others = [
            row.model_copy(update={"id": "", "evidence": (), "what_would_close": ()}).model_dump_json()
            for row in rows
            if row not in own
            and not served & {(function, harm) for function in row.functions for harm in row.harms}
        ]
        return sorted(others), own

    others_before, own_before = apart(analysis)
    others_after, own_after = apart(after)
    assert others_after == others_before
    whens = [{row.when.model_dump_json() for row in own} for own in (own_before, own_after)]
    assert whens[0] != whens[1]
    limbs = {one.id for one in after.study.limbs[measure]}
    causes = {cause.exemption for row in own_after for cause in row.causes if cause.measure == measure}
    qualifiers = {one.id for one in after.study.exemptions if one.nature is not Nature.APPLICATION}
    assert causes - qualifiers <= limbs
    assert causes & limbs
    condition = after.study.applications[measure].condition
    assert not covers(condition, after.study.limbs[measure])
    before = analysis.study.applications[measure].condition
    assert difference(condition, before)
