"""The knobs of a typeset page, three layouts as publishers have them, and layouts drawn by chance."""

from dataclasses import dataclass, field
from random import Random

A4 = (595.3, 841.9)


@dataclass(frozen=True)
class Layout:
    """How pages look; lengths are in points.

    `numbers` says where a paragraph's number stands: `hanging` in a column of its own left of the words,
    `inline` before the first word; `hanging_headings` does the same for the number of a measure.
    `page_numbers` and `header` are patterns with the page, the count of pages and the title (`""`: none);
    `mirrored` sets even pages' numbers on the left, `furniture_last` draws header and footer after the body.
    With `words_apart` each word is drawn for itself, as some programs do, and spaces are only distance; with
    `ligatures` the embedded font joins fi and fl. A `turned` page lies on its side in the file and is shown
    upright.
    """

    name: str
    page: tuple[float, float] = A4
    margins: tuple[float, float, float, float] = (72, 72, 72, 72)  # left, right, top, bottom
    columns: int = 1
    gutter: float = 18
    font: str = "Helvetica"
    size: float = 11
    leading: float = 1.35
    paragraph_gap: float = 7
    justify: bool = False
    hyphenate: bool = False
    numbers: str = "hanging"
    number_width: float = 44
    indent: float = 24
    hanging_labels: bool = True
    footnotes_every: int = 0
    header: str = "{title}"
    furniture_last: bool = False
    hanging_headings: bool = False
    footer_rule: bool = True
    page_numbers: str = "Page {n} of {m}"
    title_page: bool = True
    contents: bool = True
    table_rules: str = "grid"  # grid, rows, shaded, none
    table_shares: tuple[float, ...] = ()
    repeat_head: bool = True
    split_rows: bool = False
    keep_headings: bool = True
    words_apart: bool = False
    ligatures: bool = False
    mirrored: bool = False
    turned: bool = False
    compress: bool = True
    headings: tuple[float, float, float] = field(default=(1.6, 1.25, 1.1))  # times size


OFCOM = Layout(name="ofcom", footnotes_every=9, table_shares=(0.14, 0.38, 0.48))

TWO_COLUMN = Layout(
    name="two_column",
    margins=(48, 48, 60, 56),
    columns=2,
    gutter=20,
    font="Times",
    size=8.5,
    leading=1.18,
    paragraph_gap=3.5,
    justify=True,
    hyphenate=True,
    numbers="inline",
    indent=13,
    footnotes_every=13,
    footer_rule=False,
    page_numbers="{n}",
    table_rules="rows",
    table_shares=(0.18, 0.4, 0.42),
    split_rows=True,
    headings=(1.4, 1.1, 1.0),
)

LARGE_PRINT = Layout(
    name="large_print",
    margins=(85, 85, 70, 70),
    size=18,
    leading=1.5,
    paragraph_gap=14,
    numbers="inline",
    indent=30,
    footer_rule=False,
    page_numbers="{n}",
    contents=False,
    table_shares=(0.2, 0.35, 0.45),
    headings=(1.4, 1.2, 1.05),
)

LAYOUTS = (OFCOM, TWO_COLUMN, LARGE_PRINT)


def random_layout(seed: int) -> Layout:
    """Return a layout drawn by chance, the same for the same seed: narrow and wide pages, all knobs."""
    chance = Random(seed)
    columns = chance.choice((1, 1, 1, 2, 2, 3))
    size = chance.choice((7.5, 8.5, 9, 10, 11, 12, 14, 18) if columns == 1 else (6.5, 7.5, 8.5, 9.5))
    least = columns * size * 30 + (columns - 1) * 28
    side = chance.uniform(30, 90)
    titled = chance.random() < 0.6
    # Without rules nothing tells a row that goes on over a page from a new one.
    rules = chance.choice(("grid", "rows", "shaded", "none"))
    width = max(chance.uniform(230, 842), least + 2 * side)
    return Layout(
        name=f"seed-{seed}",
        page=(round(width, 1), round(chance.uniform(max(300, 26 * size), 1000), 1)),
        margins=(
            side,
            chance.choice((side, side * 0.8)),
            chance.uniform(50, 90),
            chance.uniform(50, 90),
        ),
        columns=columns,
        gutter=chance.uniform(12, 28),
        font=chance.choice(("Helvetica", "Times", "Vera")),
        size=size,
        leading=chance.choice((1.12, 1.2, 1.35, 1.5, 1.8)),
        paragraph_gap=size * chance.choice((0.3, 0.6, 1.0)),
        justify=chance.random() < 0.5,
        hyphenate=chance.random() < 0.5,
        numbers=chance.choice(("hanging", "inline")),
        number_width=size * chance.choice((4, 5)),
        indent=size * chance.choice((1.2, 2, 2.6)),
        hanging_labels=chance.random() < 0.7,
        footnotes_every=chance.choice((0, 5, 9, 17)),
        header=chance.choice(("{title}", "{title}", "{n} | {title}", "")),
        furniture_last=chance.random() < 0.5,
        hanging_headings=chance.random() < 0.4,
        footer_rule=chance.random() < 0.5,
        page_numbers=chance.choice(("Page {n} of {m}", "{n}", "- {n} -", "{n}/{m}", "")),
        title_page=titled,
        contents=titled and chance.random() < 0.6,
        table_rules=rules,
        repeat_head=chance.random() < 0.6,
        split_rows=chance.random() < 0.4 and rules in ("grid", "rows"),
        keep_headings=chance.random() < 0.8,
        words_apart=chance.random() < 0.3,
        table_shares=(0.2, 0.4, 0.4),
        ligatures=chance.random() < 0.5,
        mirrored=chance.random() < 0.3,
        turned=chance.random() < 0.1,
        compress=chance.random() < 0.7,
    )
