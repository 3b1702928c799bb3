"""Pair the rows and columns of a sparse table so that the sum of the scores is greatest; whatever is best
left alone stays alone.
"""

import heapq
from collections.abc import Mapping

Pair = tuple[int, int]


def assign(scores: Mapping[Pair, float]) -> dict[int, int]:
    """Return the pairing (row to column) with the greatest sum of scores above 0; each row and column at most
    once.

    The Hungarian method by shortest augmenting paths, on the given pairs only: every row may also stay alone
    at no cost.

    >>> assign({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.7})
    {0: 1, 1: 0}
    """
    edges: dict[int, list[tuple[int, float]]] = {}
    for (row, column), score in sorted(scores.items()):
        if score > 0:
            edges.setdefault(row, []).append((column, -score))
    found = _Pairing(edges)
    for row in sorted(edges):
        found.add(row)
    return dict(sorted(found.column_of.items()))


class _Pairing:
    """A cheapest pairing that grows by a row at a time; `None` is the column of a row that stays alone."""

    def __init__(self, edges: Mapping[int, list[tuple[int, float]]]) -> None:
        self.edges = edges
        self.row_of: dict[int, int] = {}
        self.column_of: dict[int, int] = {}
        self._row_price: dict[int, float] = {}
        self._column_price: dict[int, float] = {}

    def add(self, start: int) -> None:
        """Find the cheapest way to take in a row: a free column, or a row that gives up its own."""
        distance: dict[int, float] = {}
        came: dict[int, int] = {}
        done: set[int] = set()
        reached: dict[int, float] = {start: 0.0}
        queue: list[tuple[float, int]] = []
        row, walked = start, 0.0
        # The lowest possible price of a row lets every reduced cost be 0 or more.
        self._row_price.setdefault(
            start,
            min(min(cost - self._column_price.get(column, 0.0) for column, cost in self.edges[start]), 0.0),
        )
        alone, end = walked - self._row_price[start], start
        target: int | None = None
        while True:
            for column, cost in self.edges[row]:
                if column in done:
                    continue
                length = walked + cost - self._row_price[row] - self._column_price.get(column, 0.0)
                if length < distance.get(column, float("inf")) - 1e-12:
                    distance[column], came[column] = length, row
                    heapq.heappush(queue, (length, column))
            while queue and queue[0][1] in done:
                heapq.heappop(queue)
            if not queue or queue[0][0] >= alone - 1e-12:
                break
            walked, column = heapq.heappop(queue)
            if column not in self.row_of:
                target = column
                break
            done.add(column)
            row = self.row_of[column]
            reached[row] = walked
            if walked - self._row_price[row] < alone - 1e-12:
                alone, end = walked - self._row_price[row], row
        length = alone if target is None else walked
        self._reprice(reached, distance, done, length)
        self._turn(start, target, end, came)

    def _reprice(
        self, reached: Mapping[int, float], distance: Mapping[int, float], done: set[int], length: float
    ) -> None:
        """Move the prices so that every reduced cost stays 0 or more and every pair costs 0."""
        for row, walked in reached.items():
            self._row_price[row] += max(0.0, length - walked)
        for column in done:
            self._column_price[column] = self._column_price.get(column, 0.0) - max(
                0.0, length - distance[column]
            )

    def _turn(self, start: int, target: int | None, end: int, came: Mapping[int, int]) -> None:
        """Pair along the path found: to a free column, or to the row that stays alone from now on."""
        if target is None:
            if end == start:
                return
            target = self.column_of.pop(end)
        column = target
        while True:
            row = came[column]
            before = self.column_of.get(row)
            self.column_of[row], self.row_of[column] = column, row
            if row == start or before is None:
                return
            column = before
