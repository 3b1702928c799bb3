"""The rows of `rules diff` and `rules explain`: what rules of one's own change, and all about one rule."""

from analyser.reporting.rows import Row


class RulesDiffRow(Row):
    """One finding that other rules change: `what` is exemption, gap, duty or weight order, `change` is added,
    removed, opened, closed, moved or changed, `because` the rules responsible.
    """

    change: str
    what: str
    id: str
    measure: str
    provision: str
    before: str
    after: str
    because: str


class RulesExplainRow(Row):
    """One thing about a rule: `about` says what, `place` where it stands, `outcome` what came of a match."""

    rule: str
    about: str
    says: str
    place: str
    outcome: str
