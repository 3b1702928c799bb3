"""Turn a page whose words run sideways or upside down, so that they run to the right and down."""

from collections.abc import Callable

from analyser.reading.pdf.layout import Fill, Rule

Mover = Callable[[float, float], tuple[float, float]]


def mover(turn: int, left: float, bottom: float, right: float, top: float) -> Mover:
    """Return what turns a place of the page so that words of a direction run to the right, y downwards."""
    if turn == 1:
        return lambda x, y: (y - bottom, x - left)
    if turn == 2:
        return lambda x, y: (right - x, y - bottom)
    if turn == 3:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


def moved_rule(rule: Rule, move: Mover) -> Rule:
    """Return a rule where it is on the turned page."""
    (x0, y0), (x1, y1) = move(rule.x0, rule.y0), move(rule.x1, rule.y1)
    return Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def moved_fill(fill: Fill, move: Mover) -> Fill:
    """Return a filled area where it is on the turned page."""
    (x0, y0), (x1, y1) = move(fill.x0, fill.y0), move(fill.x1, fill.y1)
    return Fill(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), fill.light, fill.is_picture)
