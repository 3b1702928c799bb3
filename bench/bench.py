"""Time the commands on this machine, side by side in one run: best of five, and the peak memory of each.

Never a test: the figures depend on the machine. The limits beside them are what the project promises for an
ordinary laptop.
"""

import importlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

ROUNDS = 5
MORE_RULES = 500
CODEGAP = str(Path(sys.executable).with_name("codegap"))


class Run(NamedTuple):
    """One run of a command: seconds of wall clock, and peak resident memory in megabytes."""

    seconds: float
    megabytes: float


def run(command: list[str], cache: Path) -> Run:
    """Run a command with its cache in `cache`; SystemExit with its complaint when it fails."""
    environment = os.environ | {"CODEGAP_CACHE": str(cache)}
    with tempfile.TemporaryFile() as complaints:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=complaints, stdin=subprocess.DEVNULL, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            complaints.seek(0)
            shown = complaints.read().decode(errors="replace")
            raise SystemExit(f"bench: {' '.join(command)} ended with {process.returncode}:\n{shown}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_maxrss / unit)


def write_rules(path: Path, rules: int = MORE_RULES) -> None:
    """Write an overlay of rules with words of their own, as analysts write them: each kind of rule, several
    phrases of several words, words that must stand near and words that take them back.
    """
    kinds = ("feasibility", "proportionality", "discretion", "vague_standard", "temporal")
    subjects = ("the operator", "the supplier", "its contractor", "the office", "a branch")
    deeds = ("keep", "file", "renew", "audit", "publish", "store", "sign", "trace", "label", "seal")
    objects = (
        "ledgers",
        "registers",
        "returns",
        "invoices",
        "permits",
        "notices",
        "plans",
        "maps",
        "rolls",
        "logs",
    )
    lines = ["pack: overlay", "qualifiers:"]
    for number in range(rules):
        kind, subject = kinds[number % 5], subjects[number // 5 % 5]
        deed, thing = deeds[number // 25 % 10], objects[number // 250 % 10]
        lines += [
            f"  - id: {kind}.bench_{number}",
            f"    kind: {kind}",
            "    nature: limit",
            "    effect: softens",
            "    level: minor",
            "    cue:",
            f'      - "{{where|when|if}} {subject} {{finds|thinks}} apt to {deed} {thing} {number}"',
            f'      - "as {subject} may {deed} [the] {thing} {{by|under}} its own rules of class {number}"',
            "    needs: [unless, where, when, if, as]",
            f'    unless: ["whether or not {subject}", "even {{where|when|if}} {subject}"]',
            "    scope: duty",
            "    rationale: Made up for the benchmark.",
            "    examples:",
            f'      match: ["Act as {subject} may {deed} {thing} by its own rules of class {number}."]',
            f'      miss: ["The provider should {deed} {thing}."]',
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def measure(long: Path) -> tuple[dict[str, list[Run]], float]:
    """Run each command in turn, round after round, so that a slow moment falls on all of them.

    Returns the runs, and the most pages a second at which the PDF `long` was read in between.
    """
    runs: dict[str, list[Run]] = {"pass": [], "help": [], "cold": [], "more": [], "cached": [], "long": []}
    pages = 0.0
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            cache, overlay = Path(folder) / "cache", Path(folder) / "more.yaml"
            write_rules(overlay)
            runs["pass"].append(run([sys.executable, "-c", "pass"], cache))
            runs["help"].append(run([CODEGAP, "--help"], cache))
            runs["cold"].append(run([CODEGAP, "gaps", "--format", "json"], cache))
            more = [CODEGAP, "gaps", "--format", "json", "--rules", str(overlay)]
            runs["more"].append(run(more, Path(folder) / "cache-of-more"))
            runs["cached"].append(run([CODEGAP, "gaps", "--format", "json"], cache))
            asked = [CODEGAP, "gaps", "--revision", str(long), "--format", "json"]
            runs["long"].append(run(asked, cache / "long"))
        pages = max(pages, reading(long))
    return runs, pages


def reading(path: Path) -> float:
    """Return the pages a second at which a PDF is read into canonical text and blocks."""
    from analyser.reading.open import read

    start = time.perf_counter()
    source = read(path, path.name)
    return (source.pages or 0) / (time.perf_counter() - start)


def typeset_long(folder: Path) -> Path:
    """Typeset the default code, repeated under fresh numbers to about ninety pages, as a PDF; return its
    path."""
    from analyser.reading.markdown import parse_markdown

    pdf, samples, layout = (of_tests(f"typeset.{name}") for name in ("pdf", "samples", "layout"))
    text = of_tests("typeset.repeated").repeated(samples.CODE.read_text(encoding="utf-8"), samples.TIMES)
    source = parse_markdown(text, "ninety.md")
    content = of_tests("typeset.content").content(source, layout.OFCOM.footnotes_every)
    path = folder / "ninety.pdf"
    path.write_bytes(pdf.typeset(content, layout.OFCOM))
    return path


def of_tests(module: str) -> Any:
    """Return a module of the tests that makes what is measured."""
    tests = str(Path(__file__).parents[1] / "tests")
    if tests not in sys.path:
        sys.path.insert(0, tests)
    return importlib.import_module(module)


def measure_alignment() -> float:
    """Return the seconds that aligning 300 renumbered, reworded provisions takes, best of five."""
    from analyser.compare.align import align
    from analyser.compare.units import text_of

    test_set = of_tests("compare.renumbered").renumbered(0)
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        align(text_of(test_set.before), text_of(test_set.after))
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        runs, pages = measure(typeset_long(Path(folder)))
    best = {name: min(run.seconds for run in found) for name, found in runs.items()}
    peak = {name: max(run.megabytes for run in found) for name, found in runs.items()}
    rows = [
        ("python -c pass", best["pass"], "s", "", 0.0),
        ("codegap --help", best["help"], "s", "", 0.0),
        ("codegap --help, less python -c pass", best["help"] - best["pass"], "s", "<=", 0.25),
        ("codegap gaps, cold", best["cold"], "s", "<=", 4.0),
        (f"codegap gaps, cold, {MORE_RULES} more rules", best["more"], "s", "", 0.0),
        ("  of that without them", best["more"] / best["cold"], "x", "<=", 1.5),
        ("codegap gaps, cached", best["cached"], "s", "<=", 1.0),
        ("gaps from a 90-page PDF, cold", best["long"], "s", "<=", 4.5),
        ("reading PDF, pages a second", pages, "", ">=", 150.0),
        ("aligning 300 renumbered provisions", measure_alignment(), "s", "<=", 2.0),
        ("peak memory, from a 90-page PDF", peak["long"], "MB", "<", 500.0),
        ("peak memory", max(peak.values()), "MB", "<", 500.0),
    ]
    print(f"best of {ROUNDS}{'measured':>40}{'promised':>14}")
    for name, value, unit, sign, limit in rows:
        digits = 2 if unit in ("s", "x") else 0
        promised = f"{sign} {limit:.{digits}f} {unit}".rstrip() if sign else ""
        kept = not sign or (value >= limit if sign == ">=" else value <= limit)
        print(f"{name:<38}{value:>7.{digits}f} {unit:<2}{promised:>14}{'' if kept else '   over'}")


if __name__ == "__main__":
    main()
