"""A paragraph as a lead-in, its items and its tail, each cut into marks; items set inline (`(a) …; or (b) …`)
are items too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyser.applications.lexer import Lexer
from analyser.applications.marks import Mark
from analyser.applications.vocabulary import Vocabulary
from analyser.model.text import Provision
from analyser.parsing.numbering import levels, styles

_ENDS_LIST = ("main", "disapply", "stop")
_AFTER_LIST = ("unless", "provided", "if", "other_than", "but_not", "but_not_both", "save_that", "also")


@dataclass(frozen=True)
class Item:
    """A paragraph or an item: the marks before its items, its items, and the marks after them."""

    label: str
    marks: tuple[Mark, ...]
    start: int
    end: int
    items: tuple["Item", ...] = ()
    tail: tuple[Mark, ...] = ()

    @property
    def number(self) -> int:
        """The number of a sub-paragraph such as `(2)`, 0 for anything else."""
        return int(self.label) if self.label.isdigit() else 0

    @property
    def holds_sub_paragraphs(self) -> bool:
        """Say whether its items are sub-paragraphs: numbered, with no sentence that leads into them."""
        return (
            bool(self.items)
            and all(item.number for item in self.items)
            and (not self.marks or self.marks[-1].kind == "stop")
        )


def read_items(provision: Provision, text: str, words: Vocabulary) -> Item:
    """Return a provision as marks, with its items as the layout shows them or as they are set inline."""
    marks = Lexer(words, text, provision.lead).marks()
    items = tuple(read_items(item, text, words) for item in provision.items)
    tail = tuple(Lexer(words, text, provision.tail).marks()) if provision.tail else ()
    end = max(provision.lead.end, *(item.end for item in items), 0) if items else provision.lead.end
    label = (
        provision.label.strip("()") if text[provision.span.start : provision.span.start + 1] == "(" else ""
    )
    whole = Item(label, tuple(marks), provision.lead.start, end, items, tail)
    return whole if items else inline(whole)


def inline(item: Item) -> Item:
    """Return the item with its inline labels made into items, if they form a sequence; the list ends where a
    main clause begins.
    """
    places = [at for at, mark in enumerate(item.marks) if mark.kind == "label" and not mark.name.isdigit()]
    labels = [item.marks[at].name for at in places]
    if len(places) < 2 or not any(place == 1 for _, place in styles(labels[0])):
        return replace(item, marks=tuple(mark for mark in item.marks if mark.kind != "label"))
    end = next(
        (at for at in range(places[-1], len(item.marks)) if _ends_list(item.marks, at)), len(item.marks)
    )
    parts = [item.marks[at + 1 : after] for at, after in zip(places, [*places[1:], end], strict=True)]
    found = _nest(labels, parts, [item.marks[at] for at in places], levels(labels))
    return replace(item, marks=item.marks[: places[0]], items=found, tail=item.marks[end:])


def _ends_list(marks: Sequence[Mark], at: int) -> bool:
    """Say whether an inline list ends here: at a main verb, a full stop, or a comma before an exception to
    the whole.
    """
    if marks[at].kind == "comma" and at + 1 < len(marks):
        return marks[at + 1].kind in _AFTER_LIST
    return marks[at].kind in _ENDS_LIST


def _nest(
    labels: Sequence[str], parts: Sequence[Sequence[Mark]], places: Sequence[Mark], depths: Sequence[int]
) -> tuple[Item, ...]:
    """Put a flat run of labelled parts under one another by depth."""
    found: list[Item] = []
    at = 0
    while at < len(labels):
        after = next(
            (later for later in range(at + 1, len(labels)) if depths[later] <= depths[at]), len(labels)
        )
        inner = slice(at + 1, after)
        items = _nest(labels[inner], parts[inner], places[inner], depths[inner])
        last = parts[after - 1][-1].end if parts[after - 1] else places[after - 1].end
        found.append(Item(labels[at], tuple(parts[at]), places[at].start, last, items))
        at = after
    return tuple(found)
