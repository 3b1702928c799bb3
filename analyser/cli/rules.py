"""`codegap rules`: what the rules are, whether their examples hold, and what they find in a sentence of one's
own.
"""

from typing import Annotated

import typer

from analyser.cli import options


def list_(kind: options.Kind = None, format: options.Format = None, output: options.Output = None) -> None:
    """List the rules with their words and why they are there."""
    from analyser import library
    from analyser.cli.filters import read_filters
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import plain_context
    from analyser.rulebook.listing import rule_rows

    name = chosen_format("rules-list", format, output)
    rulebook = library.rulebook()
    filters = read_filters(rulebook, (), kind=kind)
    emit(
        "rules-list",
        filters.keep(rule_rows(rulebook)),
        name,
        output,
        plain_context(filters.options(), rulebook=rulebook),
    )


def examples(format: options.Format = None, output: options.Output = None) -> None:
    """Run every example of every rule; exit 4 when one does not hold."""
    from analyser import library
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import plain_context
    from analyser.rulebook.examples import example_rows, summary

    name = chosen_format("rules-test", format, output)
    rulebook = library.rulebook()
    rows = example_rows(rulebook)
    shown = [row for row in rows if not row.ok] if name == "table" else rows
    emit("rules-test", shown, name, output, plain_context(rulebook=rulebook))
    _judge(summary(rows, "examples", "hold", "do not hold"))


def lint(format: options.Format = None, output: options.Output = None) -> None:
    """Look the rules over for faults; exit 4 when there is one.

    A fault is a rule without examples or one that shares words with another; words that match nothing are
    remarked.
    """
    from analyser import library
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import plain_context
    from analyser.rulebook.examples import summary
    from analyser.rulebook.lint import IN_ORDER, lint_rows

    name = chosen_format("rules-lint", format, output)
    rulebook = library.rulebook()
    rows = lint_rows(rulebook)
    shown = [row for row in rows if row.message != IN_ORDER] if name == "table" else rows
    emit("rules-lint", shown, name, output, plain_context(rulebook=rulebook))
    _judge(summary(rows, "findings", "are in order", "are faults"))


def try_(
    text: Annotated[str, typer.Argument(help="A sentence, in quotation marks.", metavar="TEXT")],
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """Show what the rules find in a sentence."""
    from analyser import library
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import plain_context
    from analyser.errors import UsageError
    from analyser.exemptions import try_text

    name = chosen_format("rules-try", format, output)
    if not text.strip():
        raise UsageError("there is no text to try", fix="Give a sentence in quotation marks.")
    rulebook = library.rulebook()
    emit(
        "rules-try", try_text(text, rulebook), name, output, plain_context({"text": text}, rulebook=rulebook)
    )


def _judge(found: tuple[str, bool]) -> None:
    """Say how it went on stderr, and end with exit 4 when something failed."""
    from analyser.cli.output import note
    from analyser.errors import RulesError

    words, good = found
    if not good:
        raise RulesError(words)
    note(words)
