"""`make score`: print the scores and end with 1 when one fell below its floor.

`--faults seen` lists what is wrong in the seen part, unit by unit; there is no such list for the sealed part.
"""

import argparse
import sys

from analyser import library

from .table import METHOD, PARTS, below, floors, lines, score_part, with_table


def main(arguments: list[str]) -> int:
    """Score the gold set. Exit 1 below a floor."""
    parser = argparse.ArgumentParser(prog="python -m tests.gold.scoring")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part")
    parser.add_argument("--faults", choices=("codes", "seen"), help="list what is wrong in a part")
    parser.add_argument("--write", action="store_true", help="write the table into docs/method.md")
    asked = parser.parse_args(arguments)
    rulebook = library.rulebook()
    parts = [asked.faults] if asked.faults else asked.part or list(PARTS)
    found = {part: score_part(part, rulebook) for part in parts}
    if asked.faults:
        for name, faults in found[asked.faults].faults.items():
            print(name, *(f"  {fault}" for fault in faults), sep="\n")
    print("\n".join(lines(found)))
    if asked.write:
        METHOD.write_text(with_table(METHOD.read_text("utf-8"), found), encoding="utf-8")
    complaints = below(found, {part: least for part, least in floors().items() if part in found})
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
