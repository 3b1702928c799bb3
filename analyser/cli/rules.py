"""`codegap rules`: what the rules are, whether their examples hold, what they find in a sentence, and what
rules of one's own would change.
"""

from pathlib import Path
from typing import Annotated

import typer

from analyser.cli import options


def list_(
    kind: options.Kind = None,
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """List the rules with their words and why they are there."""
    from analyser.cli.filters import read_filters
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import open_rules, plain_context
    from analyser.rulebook.listing import rule_rows

    name = chosen_format("rules-list", format, output)
    in_use = open_rules(rules, no_workspace)
    rulebook = in_use.rulebook
    filters = read_filters(rulebook, (), kind=kind)
    context = plain_context(filters.options(), rulebook=rulebook, in_use=in_use)
    if rulebook.changes:
        changes = [change.model_dump(mode="json") for change in rulebook.changes]
        context = context.model_copy(update={"extra": {"changes": changes}})
    emit("rules-list", filters.keep(rule_rows(rulebook)), name, output, context)


def examples(
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """Run every example of every rule; exit 4 when one does not hold."""
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import open_rules, plain_context
    from analyser.rulebook.examples import example_rows, summary

    name = chosen_format("rules-test", format, output)
    in_use = open_rules(rules, no_workspace)
    rows = example_rows(in_use.rulebook)
    shown = [row for row in rows if not row.ok] if name == "table" else rows
    emit("rules-test", shown, name, output, plain_context(rulebook=in_use.rulebook, in_use=in_use))
    _judge(summary(rows, "examples", "hold", "do not hold"))


def lint(
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """Look the rules over for faults; exit 4 when there is one.

    A fault is a rule without examples, one that shares words with another of its kind, or one that can never
    win; words that match nothing, are shared, or slow are remarked.
    """
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import open_rules, plain_context
    from analyser.rulebook.examples import summary
    from analyser.rulebook.lint import IN_ORDER, lint_rows

    name = chosen_format("rules-lint", format, output)
    in_use = open_rules(rules, no_workspace)
    rows = lint_rows(in_use.rulebook)
    shown = [row for row in rows if row.message != IN_ORDER] if name == "table" else rows
    emit("rules-lint", shown, name, output, plain_context(rulebook=in_use.rulebook, in_use=in_use))
    _judge(summary(rows, "findings", "are in order", "are faults"))


def try_(
    text: Annotated[str, typer.Argument(help="A sentence, in quotation marks.", metavar="TEXT")],
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """Show what the rules find in a sentence."""
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import open_rules, plain_context
    from analyser.errors import UsageError
    from analyser.exemptions import try_text

    name = chosen_format("rules-try", format, output)
    if not text.strip():
        raise UsageError("there is no text to try", fix="Give a sentence in quotation marks.")
    in_use = open_rules(rules, no_workspace)
    context = plain_context({"text": text}, rulebook=in_use.rulebook, in_use=in_use)
    emit("rules-try", try_text(text, in_use.rulebook), name, output, context)


def diff(
    rules: Annotated[
        list[Path] | None,
        typer.Option(
            "--rules",
            help="The rules to adopt: a folder or a file (may be repeated). By default the workspace's.",
            metavar="PATH",
            show_default=False,
        ),
    ] = None,
    revision: options.Revision = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Also gaps for which no source links service and harm.")
    ] = False,
    no_workspace: options.NoWorkspace = False,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """Show which findings change when rules of one's own are adopted.

    They are compared with the rules in use without them. Each row names the finding, what it was and is, and
    the rule that changes it.
    """
    from analyser import library
    from analyser.analysis import analyse
    from analyser.cli.output import chosen_format, emit, note
    from analyser.cli.session import open_rules, plain_context
    from analyser.errors import UsageError
    from analyser.rulebook.effects import effects, summary
    from analyser.workspace.in_use import use

    name = chosen_format("rules-diff", format, output)
    in_use = open_rules(rules, no_workspace)
    if not in_use.overlays:
        raise UsageError(
            "there are no rules to compare with the built-in ones",
            fix="Give them with --rules PATH, or run it in a workspace that has some.",
        )
    # What is asked for is compared with the workspace as it is; a workspace alone with the built-in rules.
    before = use(None, no_workspace).rulebook if in_use.asked else library.rulebook()
    ref = library.resolve(revision or in_use.revision)
    sides = [analyse(ref, rulebook) for rulebook in (before, in_use.rulebook)]
    rows = effects(sides[0], sides[1], include_all=all_)
    asked = {"revision": f"{ref.name}@{ref.revision}", "all": all_}
    context = plain_context(asked, (ref,), in_use.rulebook, in_use)
    extra = {"compared_with": {"pack": before.pack, "sha256": before.sha256}, "headline": summary(rows)}
    labels = sides[1].labels()
    emit("rules-diff", rows, name, output, context.model_copy(update={"extra": extra, "labels": labels}))
    note(summary(rows))


def explain(
    id: Annotated[str, typer.Argument(help="A rule, e.g. feasibility.technical.", metavar="ID")],
    revision: options.Revision = None,
    rules: options.Rules = None,
    no_workspace: options.NoWorkspace = False,
    format: options.Format = None,
    output: options.Output = None,
) -> None:
    """Tell everything about one rule.

    Its words, what it does, where it matches in the text and what came of that, what it overlaps, and which
    files it comes from.
    """
    from analyser import library
    from analyser.cli.output import chosen_format, emit
    from analyser.cli.session import open_session
    from analyser.rulebook.telling import explain_rule

    name = chosen_format("rules-explain", format, output)
    session = open_session(revision, rules=rules, no_workspace=no_workspace)
    rows = explain_rule(id, session.analysis, library.rulebook())
    emit("rules-explain", rows, name, output, session.context({"id": id.strip()}))


def _judge(found: tuple[str, bool]) -> None:
    """Say how it went on stderr, and end with exit 4 when something failed."""
    from analyser.cli.output import note
    from analyser.errors import RulesError

    words, good = found
    if not good:
        raise RulesError(words)
    note(words)
