"""The rows of `verify` and `fetch`: what agrees with an official file, and which official files there are."""

from typing import Literal

from analyser.reporting.rows import Row

Verdict = Literal["agree", "disagree", "only_ours", "only_official", "not_comparable"]
What = Literal[
    "measure",
    "title",
    "number",
    "application",
    "phrase",
    "qualifier",
    "index",
    "date",
    "definition",
    "harm",
]
DISAGREEMENTS: tuple[Verdict, ...] = ("disagree", "only_ours", "only_official")


class VerifyRow(Row):
    """One thing that our restatement and an official file say, or that one of them does not; `page` is that
    of the official file, empty where it has none.
    """

    measure: str
    provision: str
    what: What
    verdict: Verdict
    ours: str
    official: str
    note: str = ""
    page: int | Literal[""] = ""

    @property
    def tells(self) -> bool:
        """Say whether the row tells of anything but agreement."""
        return self.verdict != "agree"


class OfficialFileRow(Row):
    """One file of the manifest, and whether it is held in the folder looked at and pinned by a hash."""

    name: str
    code: str
    revision: str
    title: str
    media: str
    held: bool
    pinned: bool
    sha256: str
    max_bytes: int
    url: str
    basis: str
    sources: tuple[str, ...] = ()
    note: str = ""


class FetchedRow(Row):
    """What became of one file that was asked for; `why` says why it was not fetched."""

    name: str
    outcome: Literal["fetched", "resumed", "held", "refused"]
    path: str
    bytes: int
    sha256: str
    pinned: bool
    why: str = ""
