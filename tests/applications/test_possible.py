"""A reading under which a measure would apply to nobody is no reading."""

from analyser.analysis import study
from analyser.rulebook import Rulebook
from tests.gold.format import GoldParagraph, Labels, text_of
from tests.gold.scoring.units import revision


def test_an_application_that_nobody_can_meet_is_left_unread(rules: Rulebook) -> None:
    paragraph = GoldParagraph(
        id="p1",
        application="M1.1 This measure applies to a service that has more than 7 million monthly United "
        "Kingdom users and has fewer than 700,000 monthly United Kingdom users.\n",
        recommendation="M1.2 The provider should take down illegal content.\n",
        labels=Labels(),
    )
    read = study(text_of(paragraph).document, revision(), rules)
    application = read.applications["GOLD M1"]
    assert application.condition.node == "unread"
    assert application.unread[0].startswith("M1.1 This measure applies")
    assert not [one for one in read.exemptions if one.limbs]
