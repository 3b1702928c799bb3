"""The rules and filled areas drawn on a page: they show tables, what is under white words, and footnotes."""

from ctypes import byref, c_float, c_int, c_uint
from typing import Any

from analyser.reading.pdf.layout import Fill, Rule

# A rule is at most so thick and at least so long, in points.
_THICK = 2.6
_SHORTEST = 5.0
# A page has a few hundred drawn things; a map or a chart has thousands, and none of them is a table's rule.
_MOST_OBJECTS = 40_000
_MOST_POINTS = 4_000
_DEEPEST = 4

Matrix = tuple[float, float, float, float, float, float]


class Drawings:
    """Collects what is drawn on pages, with buffers that are used again for every object."""

    def __init__(self) -> None:
        import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

        self._pdfium = pdfium
        self._box = [c_float() for _ in range(4)]
        self._box_refs = [byref(value) for value in self._box]
        self._colour = [c_uint() for _ in range(4)]
        self._colour_refs = [byref(value) for value in self._colour]
        self._fill, self._stroke = c_int(), c_int()
        self._left = 0

    def of(self, page: Any) -> tuple[list[Rule], list[Fill]]:
        """Return the rules and the filled areas of a page, in the page's own coordinates (y upwards)."""
        pdfium = self._pdfium
        rules: list[Rule] = []
        fills: list[Fill] = []
        self._left = _MOST_OBJECTS
        count = min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)
        get, kind_of = pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType
        for place in range(count):
            thing = get(page, place)
            if (kind := kind_of(thing)) != pdfium.FPDF_PAGEOBJ_TEXT:
                self._take(thing, kind, None, 0, rules, fills)
        return rules, fills

    def _take(
        self, thing: Any, kind: int, matrix: Matrix | None, depth: int, rules: list[Rule], fills: list[Fill]
    ) -> None:
        pdfium = self._pdfium
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _times(self._matrix(thing), matrix)
            for place in range(min(pdfium.FPDFFormObj_CountObjects(thing), self._left)):
                self._left -= 1
                child = pdfium.FPDFFormObj_GetObject(thing, place)
                self._take(child, pdfium.FPDFPageObj_GetType(child), inner, depth + 1, rules, fills)
            return
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(thing, matrix, rules, fills)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE and (box := self._bounds(thing, matrix)):
            fills.append(Fill(*box, 0.5, True))

    def _path(self, thing: Any, matrix: Matrix | None, rules: list[Rule], fills: list[Fill]) -> None:
        pdfium = self._pdfium
        if not pdfium.FPDFPath_GetDrawMode(thing, byref(self._fill), byref(self._stroke)):
            return
        filled, stroked = bool(self._fill.value), bool(self._stroke.value)
        if not (filled or stroked) or not (box := self._bounds(thing, matrix)):
            return
        count = pdfium.FPDFPath_CountSegments(thing)
        if rule := _rule(*box):
            rules.append(rule)
        elif count <= 6:
            if filled:
                fills.append(Fill(*box, self._light(thing)))
            if stroked:
                rules += _edges(*box)
        elif count <= _MOST_POINTS:
            self._many(thing, count, matrix, stroked, rules)

    def _many(self, thing: Any, count: int, matrix: Matrix | None, stroked: bool, rules: list[Rule]) -> None:
        """Add the rules of a path of many parts, such as a whole grid drawn at once."""
        pdfium = self._pdfium
        full = _times(self._matrix(thing), matrix)
        parts: list[list[tuple[float, float]]] = []
        x, y = c_float(), c_float()
        for place in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(thing, place)
            pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                return
            point = _moved(full, x.value, y.value)
            if kind == pdfium.FPDF_SEGMENT_MOVETO or not parts:
                parts.append([point])
            else:
                parts[-1].append(point)
        for part in parts:
            xs, ys = [point[0] for point in part], [point[1] for point in part]
            box = (min(xs), min(ys), max(xs), max(ys))
            if rule := _rule(*box):
                rules.append(rule)
            elif stroked and len(part) >= 4:
                rules += _edges(*box)

    def _bounds(self, thing: Any, matrix: Matrix | None) -> tuple[float, float, float, float] | None:
        if not self._pdfium.FPDFPageObj_GetBounds(thing, *self._box_refs):
            return None
        x0, y0, x1, y1 = (value.value for value in self._box)
        if matrix is None:
            return x0, y0, x1, y1
        corners = [_moved(matrix, x, y) for x, y in ((x0, y0), (x0, y1), (x1, y0), (x1, y1))]
        xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _light(self, thing: Any) -> float:
        if not self._pdfium.FPDFPageObj_GetFillColor(thing, *self._colour_refs):
            return 0.5
        red, green, blue, alpha = (value.value for value in self._colour)
        return 1 - (1 - (red + green + blue) / 765) * alpha / 255

    def _matrix(self, thing: Any) -> Matrix:
        found = self._pdfium.FS_MATRIX()
        if not self._pdfium.FPDFPageObj_GetMatrix(thing, byref(found)):
            return (1, 0, 0, 1, 0, 0)
        return found.a, found.b, found.c, found.d, found.e, found.f


def _rule(x0: float, y0: float, x1: float, y1: float) -> Rule | None:
    wide, high = x1 - x0, y1 - y0
    if high <= _THICK and wide >= max(_SHORTEST, 3 * high):
        return Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    if wide <= _THICK and high >= max(_SHORTEST, 3 * wide):
        return Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
    return None


def _edges(x0: float, y0: float, x1: float, y1: float) -> list[Rule]:
    return [Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1)]


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(first: Matrix, then: Matrix | None) -> Matrix:
    if then is None:
        return first
    a, b, c, d, e, f = first
    a2, b2, c2, d2, e2, f2 = then
    return (
        a * a2 + b * c2, a * b2 + b * d2, c * a2 + d * c2, c * b2 + d * d2,
        e * a2 + f * c2 + e2, e * b2 + f * d2 + f2,
    )  # fmt: skip
