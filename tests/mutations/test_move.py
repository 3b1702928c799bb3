"""Move words to another duty: the finding governs the new duty, no longer the old. Move a paragraph, an
item or a
measure: the findings are the same. Move words out of the recommendations: there is no finding.

Allowed differences: the counters of ids and the places of words; in an item, words that lift only narrow
(the rest
of the duty stands).
"""

import re
from dataclasses import dataclass

from analyser.model.base import Effect
from analyser.model.exemption import Exemption
from tests.mutations.conftest import Bench
from tests.mutations.faults import settle
from tests.mutations.findings import Told, by_words, differences, name, told
from tests.mutations.texts import Cut, clause, cut

GUESTS = ("unless", "where", "if", "except", "so far as")
# A paragraph that points back at what stands before it cannot change places with it.
POINTS_BACK = re.compile(
    r"[\w.]+ (?:In doing so|In that|In this|In the statements|That |The test is|If the test|"
    r"Reasonable grounds|Private records|When setting|"
    r".*\b(?:it|that (?:function|evidence|balance)|the (?:tests|targets|policies|information|record|label)|"
    r"them|those|such|in that case)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Host:
    """A paragraph or item that can take a guest: one statement of its measure, without a condition of its
    own."""

    measure: str
    number: str
    line: str
    item: bool


def _hosts(bench: Bench) -> list[Host]:
    found: list[Host] = []
    for measure, block in bench.source.measures.items():
        recommendation = block[block.index("### Recommendation") :]
        found.extend(
            Host(measure, f"ICU {match.group(1)}", match.group(0), item=False)
            for match in re.finditer(r"(?m)^(\w+\.\w+) (The provider should [^,:.]*\.)$", recommendation)
        )
        for match in re.finditer(r"(?m)^(\w+\.\w+) [^\n]*:\n((?:- .*\n)+)", recommendation):
            last = match.group(2).splitlines()[-1]
            if "[not seen" not in match.group(0) and re.fullmatch(r"- \(\w\) [^,;]*\.", last):
                label = last[2 : last.index(" ", 2)]
                found.append(Host(measure, f"ICU {match.group(1)}{label}", last, item=True))
    duties = [duty.provision for duty in bench.whole.duties]
    return [host for host in found if duties.count(host.number.partition("(")[0]) == 1]


def _placed(line: str, words: str, adverb: bool) -> str:
    """Return the host's line with the guest's words in it."""
    if adverb:
        return line.replace(" should ", f" should {words} ", 1)
    return f"{line[:-1]}, {words[0].lower()}{words[1:]}."


def _chosen(hosts: list[Host], guest: Exemption, old: str, adverb: bool, turn: int) -> list[Host]:
    """Return a host in the same measure, one in another and an item, in turn, so that all are used."""
    free = [host for host in hosts if host.number != guest.provision and host.line not in old]
    kinds = (
        [host for host in free if host.measure == guest.measure and not host.item],
        [host for host in free if host.measure != guest.measure and not host.item],
        [] if adverb else [host for host in free if host.item],
    )
    return [group[turn % len(group)] for group in kinds if group]


def _moved(bench: Bench, markdown: str, gone: Cut, host: Host, adverb: bool) -> list[str]:
    """Return what differs from: the guest's findings stand with the host and govern its duty alone."""
    before = bench.read(markdown)
    struck = gone.struck(markdown)
    assert struck.count(host.line) == 1, host
    after = bench.read(struck.replace(host.line, _placed(host.line, gone.words, adverb)))
    guests = [one for one in before.exemptions if gone.meets(*bench.at(markdown, one))]
    lost = {name(one) for one in guests}
    paragraph = host.number.partition("(")[0]
    (duty,) = (one.id for one in after.duties if one.provision == paragraph)
    expected: list[Told] = []
    for one in guests:
        effect = Effect.NARROWS if host.item and one.effect is Effect.LIFTS else one.effect
        changes = {"provision": host.number, "duties": (duty,), "effect": effect, "excepted_by": ()}
        expected.append(told(after, one.model_copy(update=changes)))
    kept = [told(before, one, without=lost) for one in before.exemptions if one not in guests]
    return differences(map(_bare, [*kept, *expected]), (_bare(told(after, one)) for one in after.exemptions))


def _bare(one: Told) -> Told:
    return tuple(line for line in one if not line.startswith(("note: ", "targets: ")))


def test_words_moved_to_another_duty_govern_that_duty_alone(bench: Bench) -> None:
    """From a lead-in into an item, from a paragraph to another, from a measure to another."""
    hosts, found, turn = _hosts(bench), dict[str, list[str]](), 0
    assert {host.item for host in hosts} == {True, False}
    for measure in bench.source.measures:
        own = bench.company(measure)
        for one in bench.read(own).exemptions:
            if one.measure != measure:
                continue
            adverb = " " not in one.quote and one.quote.endswith("ly")
            gone = cut(own, *bench.at(own, one))
            if gone is None or not (adverb or gone.opener in GUESTS) or not _alone(bench, own, gone, one):
                continue
            turn += 1
            for host in _chosen(hosts, one, gone.words, adverb, turn):
                markdown = bench.company(measure, host.measure)
                moved = cut(markdown, *bench.at(markdown, bench.same(markdown, one)))
                assert moved is not None
                found[f"{name(one)} -> {host.number}"] = _moved(bench, markdown, moved, host, adverb)
    assert len(found) > 25
    settle("move", found)


def _alone(bench: Bench, markdown: str, gone: Cut, one: Exemption) -> bool:
    """Say whether the clause says the same elsewhere: it names nothing that only its own sentence
    explains."""
    inner = gone.words.removeprefix(gone.opener)
    return not re.search(r"\b(?:it suspects|which it|the test|the following)\b", inner)


def test_a_paragraph_moved_within_its_measure_changes_nothing(bench: Bench) -> None:
    found: dict[str, list[str]] = {}
    for measure in bench.source.measures:
        markdown = bench.company(measure)
        block = bench.source.measures[measure]
        start = block.index("### Recommendation\n") + len("### Recommendation\n")
        paragraphs = block[start:].rstrip("\n").split("\n\n")
        before = _all_told(bench, markdown)
        for place in range(1, len(paragraphs)):
            if POINTS_BACK.match(paragraphs[place]):
                continue
            order = [paragraphs[place], *paragraphs[:place], *paragraphs[place + 1 :]]
            moved = markdown.replace(block, block[:start] + "\n\n".join(order) + "\n\n")
            case = f"ICU {paragraphs[place].partition(' ')[0]} before the others"
            found[case] = differences(before, _all_told(bench, moved))
    assert len(found) > 15
    settle("move_paragraph", found)


def _all_told(bench: Bench, markdown: str) -> list[Told]:
    reading = bench.read(markdown)
    return [_bare(told(reading, one, by_words)) for one in reading.exemptions]


def test_a_measure_moved_within_the_code_changes_nothing(bench: Bench) -> None:
    keys = list(bench.source.measures)
    whole = _all_told(bench, bench.source.whole())
    for order in (keys[::-1], keys[len(keys) // 2 :] + keys[: len(keys) // 2]):
        assert not differences(whole, _all_told(bench, bench.source.whole(order)))


def test_items_in_another_order_change_nothing_but_their_letters(bench: Bench) -> None:
    """The words of the first and of the last item of each list change places; `and`, `or` and stops stay."""
    found: dict[str, list[str]] = {}
    for measure, block in bench.source.measures.items():
        recommendation = block[block.index("### Recommendation") :]
        for match in re.finditer(r"(?m)^(\w+\.\w+) [^\n]*:\n((?:- .*\n)+)(?!  - )", recommendation):
            lines = match.group(2).splitlines(keepends=True)
            item = re.compile(r"(- \(\w\) )(.*?)((?:; (?:and|or))?[;.]?\n)")
            parts = [item.fullmatch(line) for line in lines]
            if len(lines) < 2 or "[not seen" in match.group(2) or not all(parts):
                continue
            bodies = [part.group(2) for part in parts if part]
            bodies = [bodies[-1], *bodies[1:-1], bodies[0]]
            other = "".join(
                part.group(1) + body + part.group(3) for part, body in zip(parts, bodies, strict=True) if part
            )
            markdown = bench.company(measure)
            assert markdown.count(match.group(2)) == 1
            before, after = bench.read(markdown), bench.read(markdown.replace(match.group(2), other))
            found[f"ICU {match.group(1)}"] = differences(
                [_bare(told(before, one, placed=False)) for one in before.exemptions],
                [_bare(told(after, one, placed=False)) for one in after.exemptions],
            )
    assert len(found) > 5
    settle("move_item", found)


def test_words_moved_out_of_the_recommendations_are_no_finding(bench: Bench) -> None:
    """Into a definition, a note, a heading, a cell of the index and a section outside the measures."""
    whole = bench.whole
    own = bench.source.whole()
    words: dict[str, list[str]] = {}
    for one in whole.exemptions:
        gone = clause(own, *bench.at(own, one))
        quote = gone.words if gone and gone.opener in GUESTS else one.quote
        words.setdefault(one.measure, []).append(quote)
    said = {measure: "; ".join(quotes) for measure, quotes in words.items()}

    def after_title(form: str) -> str:
        """Put a line made of each measure's words in place of, or after, its heading."""

        def put(match: re.Match[str]) -> str:
            return (
                form.format(match.group(0), said[match.group(1)])
                if match.group(1) in said
                else match.group(0)
            )

        return re.sub(r"(?m)^## (ICU \w+) .*$", put, own)

    everything = [line for quotes in said.values() for line in quotes.split("; ")]
    rows = "".join(
        f"| {key} | A measure, {quotes} | each service, {quotes} |\n" for key, quotes in said.items()
    )
    index = f"## Section 3: Index\n\n| Measure | Title | Application |\n|---|---|---|\n{rows}\n"
    defined = "".join(
        f"5.u{place} **odd thing {place}** means a thing to be kept, {line}.\n\n"
        for place, line in enumerate(everything, 100)
    )
    aims = "".join(f"2.{place} It is so, {line}.\n\n" for place, line in enumerate(everything, 3))
    head = bench.source.head
    places = {
        "definition": own.replace("5.u4 ", f"{defined}5.u4 ", 1),
        "note": after_title("{}\n\n> It is so, {}."),
        "heading": after_title("{}: {}"),
        "index": own.replace(head, head + index),
        "section": own.replace(head, f"{head}## Section 2: Aims\n\n{aims}"),
    }
    before = [told(whole, one) for one in whole.exemptions]
    found: dict[str, list[str]] = {}
    for place, markdown in places.items():
        assert markdown != own, place
        after = bench.read(markdown)
        for line in differences(before, [told(after, one) for one in after.exemptions]):
            found[f"{place}: {line}"] = [line]
    settle("move_out", found)
