"""Every error a person can meet: one root, each with cause, place and fix, printed as one paragraph on
stderr."""

from collections.abc import Iterable

# A name is offered beside the nearest one only when it lies about as near.
_CLOSE = 0.06


class CodegapError(Exception):
    """A problem a person can mend; `str()` gives cause, place and fix as one paragraph.

    Exit codes (contract): 1 findings · 2 usage · 3 input · 4 rules · 5 unplaced text · 70 internal.
    """

    exit_code = 70

    def __init__(self, cause: str, *, place: str = "", fix: str = "") -> None:
        self.cause = cause
        self.place = place
        self.fix = fix
        super().__init__(cause)

    def __str__(self) -> str:
        where = f" ({self.place})" if self.place else ""
        cause = self.cause.rstrip(".")
        fix = f" {self.fix}" if self.fix else ""
        return f"{cause}{where}.{fix}"


class FindingsError(CodegapError):
    """The run found states named by --fail-on."""

    exit_code = 1


class UsageError(CodegapError):
    """An unknown command, option, format, revision, measure, harm or id."""

    exit_code = 2


class InputError(CodegapError):
    """An input file is missing, unreadable or invalid, or an output cannot be written."""

    exit_code = 3


class RulesError(CodegapError):
    """A file of rules is invalid."""

    exit_code = 4


class UnplacedTextError(CodegapError):
    """Some text of the source found no place and --strict was given."""

    exit_code = 5


def nearest(word: str, known: Iterable[str], limit: int = 3) -> str:
    """Return "Did you mean ...?" with the known names nearest to `word`, or the known names when none is
    near.

    >>> nearest("groming", ["grooming", "fraud"])
    'Did you mean grooming?'
    """
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    names = sorted(set(known))
    hits = process.extract(
        word.lower(),
        names,
        scorer=JaroWinkler.normalized_similarity,
        processor=str.lower,
        limit=limit,
        score_cutoff=0.72,
    )
    near = [hit[0] for hit in hits if hit[1] >= hits[0][1] - _CLOSE]
    if near:
        return f"Did you mean {' or '.join(near)}?"
    shown = ", ".join(names[:24])
    return f"Known: {shown}{', …' if len(names) > 24 else ''}."
