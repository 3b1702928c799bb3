"""The command `codegap`: its list of commands, and the one place where whatever ends a command becomes an
exit code.

Nothing heavy is imported here or at the top of a command, so that `codegap --help` answers at once.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from types import TracebackType
from typing import Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from analyser import __version__
from analyser.cli import (
    check,
    codes,
    compare,
    decide,
    duties,
    exemptions,
    explain,
    fetch,
    gaps,
    ingest,
    init,
    matrix,
    report,
    rules,
    verify,
)
from analyser.errors import CodegapError, UsageError, nearest

_ClickError: type[Exception] = typer.BadParameter.__mro__[2]  # what every complaint of the option parser is
_INTERNAL = 70
_INTERRUPTED = 130
_NOBODY_READS = 141


class Commands(TyperGroup):
    """A group of commands that names the nearest command for one it does not know."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Print the help when nothing is asked; ask for a command of a group."""
        if not args and ctx.parent is None:
            typer.echo(ctx.get_help())
            ctx.exit()
        if not args:
            known = ", ".join(self.list_commands(ctx))
            raise UsageError(f"`{ctx.command_path}` needs a command", fix=f"It has: {known}.")
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command, or refuse with the nearest one."""
        known = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in known:
            raise UsageError(f"`{ctx.command_path}` has no command `{args[0]}`", fix=nearest(args[0], known))
        return super().resolve_command(ctx, args)


def _group(name: str, help: str, alone: bool = False) -> typer.Typer:
    return typer.Typer(
        name=name,
        help=help,
        cls=Commands,
        invoke_without_command=alone,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )


app = _group(
    "codegap", "Show, from the words of a code of practice, whom those words leave unprotected.", alone=True
)


@app.callback()
def _codegap(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        typer.echo(f"codegap {__version__}")
        raise typer.Exit


app.command("report")(report.report)
app.command("gaps")(gaps.gaps)
app.command("exemptions")(exemptions.exemptions)
app.command("duties")(duties.duties)
app.command("matrix")(matrix.matrix)
app.command("explain")(explain.explain)
app.command("check")(check.check)
app.command("compare")(compare.compare)
app.command("ingest")(ingest.ingest)
app.command("verify")(verify.verify)
app.command("fetch")(fetch.fetch)
app.command("init")(init.init)

_codes = _group("codes", "The codes of practice: what is known and held.")
_codes.command("list")(codes.list_)
_codes.command("timeline")(codes.timeline)
_codes.command("show")(codes.show)
_codes.command("as-at")(codes.as_at)
app.add_typer(_codes)

_rules = _group("rules", "The rules by which words are read.")
_rules.command("list")(rules.list_)
_rules.command("test")(rules.examples)
_rules.command("lint")(rules.lint)
_rules.command("try")(rules.try_)
_rules.command("diff")(rules.diff)
_rules.command("explain")(rules.explain)
app.add_typer(_rules)

_decisions = _group("decisions", "What people decided about findings.")
_decisions.command("list")(decide.list_)
_decisions.command("add")(decide.add)
_decisions.command("read")(decide.read)
_decisions.command("carry")(decide.carry)
app.add_typer(_decisions)


class _Ending:
    """Turn whatever ends a command into an exit code, with at most one paragraph on stderr.

    A bug of ours (any other exception) is exit 70; its traceback is printed only with CODEGAP_DEBUG=1.
    """

    code = 0

    def __enter__(self) -> "_Ending":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> bool:
        match problem:
            case None:
                pass
            case CodegapError():
                self._say(str(problem), problem.exit_code)
            case typer.Exit():
                self.code = problem.exit_code
            case SystemExit():  # how the option parser ends when nobody reads what is printed any more
                self.code = _NOBODY_READS
            case KeyboardInterrupt() | typer.Abort():
                self._say("interrupted; nothing was written.", _INTERRUPTED)
            case BrokenPipeError():
                self.code = _NOBODY_READS
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            case _ if isinstance(problem, _ClickError):
                self._say(_in_words(problem), UsageError.exit_code)
            case Exception():
                if os.environ.get("CODEGAP_DEBUG") == "1":
                    traceback.print_exception(problem, file=sys.stderr)
                said = f"{type(problem).__name__}: {problem}".rstrip(": .")
                self._say(
                    f"this is a fault in codegap, not in what you gave it ({said}). "
                    "Run it again with CODEGAP_DEBUG=1 to see where, and report it.",
                    _INTERNAL,
                )
            case _:
                return False
        return True

    def _say(self, paragraph: str, code: int) -> None:
        sys.stderr.write("codegap: " + " ".join(paragraph.split()) + "\n")
        self.code = code


def _in_words(problem: Any) -> str:
    """Say what the option parser refused, with the nearest option where one is unknown."""
    context = getattr(problem, "ctx", None)
    option = getattr(problem, "option_name", None)
    said = str(problem.format_message()).rstrip(".")
    said = said[:1].lower() + said[1:]
    if context is None:
        return f"{said}."
    if option and type(problem).__name__ == "NoSuchOption":
        known = [name for parameter in context.command.get_params(context) for name in parameter.opts]
        dashes = option[:2] if option.startswith("--") else "-"
        fix = nearest(option, [name for name in known if name.startswith(dashes)])
        return f"`{context.command_path}` has no option `{option}`. {fix}"
    return f"{said} (`{context.command_path} --help` shows how it is used)."


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (contract: 0, 1, 2, 3, 4, 5 or 70); `arguments` as after
    `codegap`.
    """
    for stream in (sys.stdout, sys.stderr):
        _as_utf8(stream)
    with _Ending() as ending:
        command = typer.main.get_command(app)
        given = list(sys.argv[1:] if arguments is None else arguments)
        result = command.main(given, prog_name="codegap", standalone_mode=False)
        ending.code = result if isinstance(result, int) else 0
        sys.stdout.flush()
    return ending.code


def _as_utf8(stream: TextIO) -> None:
    """Write UTF-8 whatever the locale, so that the same input gives the same bytes everywhere."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")
