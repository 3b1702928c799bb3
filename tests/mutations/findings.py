"""A text read, and what its findings say, without what a mutation may change: the counters of ids, the places
of words, and how a text is known."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from analyser.exemptions import QualifierFindings
from analyser.model.duty import Duty
from analyser.model.exemption import Exemption
from analyser.model.text import Document, Span

Naming = Callable[["Reading", Duty], str]
Told = tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """One text with its duties and what the rules found in it."""

    document: Document
    duties: tuple[Duty, ...]
    findings: QualifierFindings

    @property
    def exemptions(self) -> tuple[Exemption, ...]:
        """The exemptions, in the order of the text."""
        return self.findings.exemptions

    @property
    def findings_by_id(self) -> dict[str, Exemption]:
        """Every exemption by its id."""
        return {one.id: one for one in self.exemptions}

    def duty(self, duty_id: str) -> Duty:
        """Return the duty with this id."""
        return next(duty for duty in self.duties if duty.id == duty_id)

    def words(self, span: Span) -> str:
        """Return the words of a span, on one line."""
        return " ".join(span.of(self.document.text).split())


def by_number(reading: Reading, duty: Duty) -> str:
    """Name a duty by its place, e.g. `C2.2/d1`: for changes that keep every duty."""
    return duty.id.removeprefix(f"{reading.document.key}/")


def by_words(reading: Reading, duty: Duty) -> str:
    """Name a duty by the words it opens with: for changes that move or strike whole statements or items."""
    return " ".join(reading.words(duty.span).split()[:9])


def name(one: Exemption) -> str:
    """Name a finding by place, kind and words, e.g. `ICU C2.2 feasibility “unless …”`."""
    return f"{one.provision} {one.kind.value} “{one.quote.lower()}”"


def told(
    reading: Reading,
    one: Exemption,
    naming: Naming = by_number,
    gone: Iterable[Span] = (),
    placed: bool = True,
    without: Collection[str] = (),
) -> Told:
    """Return what a finding says, one `field: value` each.

    `gone`: places cut from the text, with the duties and explanations that stand there. `placed` false leaves
    out the paragraph, for changes of numbers. `without`: names of findings whose words are gone, so that
    they can
    be no exception to this one.
    """
    lost = tuple(gone)
    names = {other.id: name(other) if placed else other.quote.lower() for other in reading.exemptions}
    held = [
        naming(reading, duty)
        for duty in map(reading.duty, one.duties)
        if not any(span.holds(duty.span) for span in lost)
    ]
    restored = [names[other] for other in one.excepted_by if names[other] not in without]
    note = one.note
    for other, label in sorted(names.items(), reverse=True):
        note = note.replace(other, label)
    return (
        name(one) if placed else name(one).removeprefix(f"{one.provision} "),
        f"nature: {one.nature.value}",
        f"effect: {one.effect.value}",
        f"level: {one.level.value}",
        f"governs: {sorted(held)}",
        f"reaches only: {one.reaches_only.model_dump_json() if one.reaches_only else ''}",
        f"excepted by: {sorted(restored)}",
        f"precise: {one.made_precise_by}",
        f"targets: {sorted(one.targets)}",
        f"note: {note if placed else ''}",
    )


def differences(before: Iterable[Told], after: Iterable[Told]) -> list[str]:
    """Return how two sets of findings differ, one line each: what went, what came, what changed."""
    was, now = Counter(before), Counter(after)
    lost, made = list((was - now).elements()), list((now - was).elements())
    lines: list[str] = []
    for one in lost:
        twin = next((other for other in made if other[0] == one[0]), None)
        if twin is None:
            lines.append(f"lost: {one[0]}")
            continue
        made.remove(twin)
        changed = "; ".join(f"{old} -> {new}" for old, new in zip(one, twin, strict=True) if old != new)
        lines.append(f"changed: {one[0]}: {changed}")
    return sorted(lines + [f"came: {one[0]}" for one in made])
