"""Made-up codes of other regulators, each numbered in its own way, as plain drafts."""

from typing import NamedTuple

from analyser.reading.canonical import Draft
from tests.parsing.sources import heading, item, text


class Made(NamedTuple):
    """A made-up code: its scheme, its blocks, and the provisions that it holds by measure."""

    scheme: str
    drafts: tuple[Draft, ...]
    holds: dict[str, list[str]]


MADE = (
    Made(
        "named-letter-number",
        (
            *(
                heading("XYZ B1 Reports"),
                text("B1.1 This applies to all."),
                text("B1.2 The provider should act:"),
            ),
            *(item("(a) soon;"), item("(i) or"), item("(ii) and"), item("(b) well.")),
            *(heading("XYZ B2A: Settings"), text("B2A.1 The provider should act.")),
        ),
        {
            "XYZ B1": ["B1.1", "B1.2", "B1.2(a)", "B1.2(a)(i)", "B1.2(a)(ii)", "B1.2(b)"],
            "XYZ B2A": ["B2A.1"],
        },
    ),
    Made(
        "number-letter",
        (
            *(
                heading("4A Reports"),
                text("A4.22 This applies to all."),
                text("A4.23 The provider should act."),
            ),
            *(heading("4B Settings"), text("A4.24 The provider should act.")),
        ),
        {"4A": ["A4.22", "A4.23"], "4B": ["A4.24"]},
    ),
    Made(
        "word-roman-decimal",
        (
            *(heading("Commitment II.1"), heading("Measure II.1.1 Reports"), text("Signatories should act:")),
            *(
                item("• soon"),
                item("• well"),
                heading("Measure II.1.2 Tools"),
                text("Signatories should tell."),
            ),
            text("Signatories may publish."),
        ),
        {
            "Measure II.1.1": ["II.1.1.u1", "II.1.1.u1(1)", "II.1.1.u1(2)"],
            "Measure II.1.2": ["II.1.2.u1", "II.1.2.u2"],
        },
    ),
    Made(
        "word-number",
        (
            *(
                heading("Standard 4: Default settings"),
                text("4.1 Settings must be private."),
                text("4.2 Act:"),
            ),
            *(item("a) soon; and"), item("b) well."), heading("Standard 5: Transparency"), text("5.1 Tell.")),
        ),
        {"Standard 4": ["4.1", "4.2", "4.2(a)", "4.2(b)"], "Standard 5": ["5.1"]},
    ),
    Made(
        "word-number",
        (
            *(heading("Principle 3 Fairness"), text("3.1 The service must be fair.")),
            *(heading("Principle 4 Care"), text("4.1 The service must take care."), text("4.2 Tell.")),
        ),
        {"Principle 3": ["3.1"], "Principle 4": ["4.1", "4.2"]},
    ),
    Made(
        "regulation",
        (
            *(heading("Regulation 5"), heading("Duty to act", 3), text("5.—(1) A provider must act.")),
            *(item("(2) A provider must:"), item("(a) tell;"), item("(b) ask.")),
            *(heading("Regulation 6 Duty to tell"), text("(1) A provider must tell."), text("(1A) And ask.")),
        ),
        {"Regulation 5": ["5(1)", "5(2)", "5(2)(a)", "5(2)(b)"], "Regulation 6": ["6(1)", "6(1A)"]},
    ),
    Made(
        "article",
        (
            *(heading("Article 5"), heading("Duty to act", 3), text("1. Providers shall act where:")),
            *(item("(a) told; or"), item("(b) asked."), text("2. Providers shall tell.")),
            *(heading("Article 6"), heading("Reports", 3), text("1. Providers shall report.")),
        ),
        {"Article 5": ["5(1)", "5(1)(a)", "5(1)(b)", "5(2)"], "Article 6": ["6(1)"]},
    ),
    Made(
        "decimal",
        (
            *(heading("1. Governance", 1), text("1.1 The board should act."), text("1.2 The board should:")),
            *(text("1.2.1 tell; and"), text("1.2.2 ask:"), item("(a) users;"), item("(b) staff.")),
            *(text("1.3 Act."), heading("2. Reports", 1), text("2.1 Take reports.")),
        ),
        {
            "1": ["1.1", "1.2", "1.2.1", "1.2.2", "1.2.2(a)", "1.2.2(b)", "1.3"],
            "2": ["2.1"],
        },
    ),
    Made(
        "decimal-sections",
        (
            *(heading("1 Governance", 1), heading("1.1 The board"), text("1.1.1 The board should act.")),
            *(text("1.1.2 Tell."), heading("1.2 Staff"), text("1.2.1 Train."), text("1.2.2 Ask.")),
        ),
        {"1.1": ["1.1.1", "1.1.2"], "1.2": ["1.2.1", "1.2.2"]},
    ),
    Made(
        "number-bracket",
        (
            *(
                heading("10 Duties about content"),
                item("(1) This section applies to all."),
                item("(2) A duty:"),
            ),
            *(
                item("(a) to act;"),
                item("(b) to tell."),
                heading("10A More duties"),
                item("(1) A duty to ask."),
            ),
        ),
        {"10": ["10(1)", "10(2)", "10(2)(a)", "10(2)(b)"], "10A": ["10A(1)"]},
    ),
)
