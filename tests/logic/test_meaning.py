"""Conditions that say the same are one object, wherever their words stand."""

from analyser.model.logic import All, AnyOf, AtLeast, Atom, Condition, Not, Term, Unread, meaning
from analyser.model.text import Span


def size(place: int, value: int = 7_000_000) -> Atom:
    return Atom(fact="uk_monthly_users", op=">", value=value, span=Span(start=place, end=place + 5))


def tree(place: int) -> Condition:
    """One condition of every kind of node, its words at `place`."""
    term = Term(name="large service", meaning=size(place), span=Span(start=place, end=place + 9))
    unread = Unread(words="and so on", span=Span(start=place, end=place + 9))
    return All(parts=(AnyOf(parts=(term, Not(part=size(place, 5)))), AtLeast(count=1, parts=(unread, term))))


def test_the_same_words_elsewhere_have_the_same_meaning() -> None:
    assert tree(0) != tree(40)
    assert meaning(tree(0)) is meaning(tree(40))


def test_nothing_but_the_places_is_lost() -> None:
    kept = meaning(tree(3))
    assert isinstance(kept, All)
    assert "span=Span" not in repr(kept)
    assert repr(kept) == repr(tree(3)).replace("span=Span(start=3, end=8)", "span=None").replace(
        "span=Span(start=3, end=12)", "span=None"
    )


def test_different_meanings_stay_apart() -> None:
    said: list[Condition] = [
        All(parts=()),
        AnyOf(parts=()),
        size(0),
        size(0, 8),
        Not(part=size(0)),
        AtLeast(count=1, parts=()),
    ]
    assert len({id(meaning(one)) for one in said}) == len(said)
    first, second = (Unread(words=words) for words in ("this", "that"))
    assert meaning(first) is not meaning(second)
