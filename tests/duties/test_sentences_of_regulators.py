"""Sentences as other regulators write them: who must do what, when, and how binding it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser.duties import read_sentence
from analyser.duties.sentences import split_sentences
from analyser.duties.statements import read_statements
from analyser.model.base import Basis, Force
from analyser.model.text import Provision, Span

R, P = "recommended", "permitted"

# sentence, bearer, modality, force, action, object, conditions, timing
SENTENCES = [
    # the Act's own voice
    (
        "A provider must take down illegal content within 24 hours of becoming aware of it.",
        ("a provider", "must", R, "take down", "illegal content", (), "within 24 hours"),
    ),
    (
        "Providers shall ensure that illegal content is removed expeditiously.",
        ("Providers", "shall", R, "ensure that; removed", "illegal content is removed", (), "expeditiously"),
    ),
    # recommendations without a modal verb
    (
        "It is recommended that providers publish an annual transparency report.",
        ("providers", "is recommended", R, "publish", "an annual transparency report", (), "annual"),
    ),
    (
        "We recommend that each platform should appoint a compliance officer.",
        ("each platform", "we recommend", R, "appoint", "a compliance officer", (), ""),
    ),
    (
        "Firms are expected to review their policies at least once every year.",
        ("Firms", "are expected to", R, "review", "their policies", (), "at least once every year"),
    ),
    (
        "Providers of hosting services have to put in place a notice mechanism.",
        ("Providers of hosting services", "have to", R, "put in place", "a notice mechanism", (), ""),
    ),
    # passives: no bearer unless it is named after `by`; what is acted upon is the object
    (
        "Illegal content must be taken down.",
        ("", "must", R, "be taken down", "Illegal content", (), ""),
    ),
    (
        "Illegal content must be taken down by the provider without undue delay.",
        ("the provider", "must", R, "be taken down", "Illegal content", (), "without undue delay"),
    ),
    (
        "Content which may be illegal content should be reviewed.",
        ("", "should", R, "be reviewed", "Content", (), ""),
    ),
    (
        "Staff, contractors and volunteers should be trained.",
        ("", "should", R, "be trained", "Staff, contractors and volunteers", (), ""),
    ),
    # permissions, and permissions that are none
    (
        "A provider is not required to publish its policies.",
        ("a provider", "is not required to", P, "publish", "its policies", (), ""),
    ),
    (
        "A service may not charge users for making a complaint.",
        ("a service", "may not", R, "charge", "users for making a complaint", (), ""),
    ),
    (
        "No provider may process private messages unless it has consent.",
        ("no provider", "may", R, "process", "private messages", ("unless it has consent",), ""),
    ),
    # clauses before, inside and after the main clause
    (
        "Where the provider has reason to suspect that content may be illegal, it should review it.",
        (
            "the provider",
            "should",
            R,
            "review",
            "it",
            ("Where the provider has reason to suspect that content may be illegal",),
            "",
        ),
    ),
    (
        "Where a user may be a child the provider must apply safety defaults.",
        ("the provider", "must", R, "apply", "safety defaults", ("Where a user may be a child",), ""),
    ),
    (
        "The provider, in relation to each service it provides, should keep a record.",
        ("the provider", "should", R, "keep", "a record", (), ""),
    ),
    (
        "The provider shall, so far as is reasonably practicable, prevent access to the content.",
        (
            "the provider",
            "shall",
            R,
            "prevent",
            "access to the content",
            ("so far as is reasonably practicable",),
            "",
        ),
    ),
    (
        "As part of its moderation function, the service must (subject to s. 10) review content.",
        ("the service", "must", R, "review", "content", ("subject to s. 10",), ""),
    ),
    (
        "Evidence may come from complaints, and the provider should use it.",
        ("the provider", "should", R, "use", "it", (), ""),
    ),
    # things owe nothing; a bearer is named without its relative clause
    (
        "The notice must state the reasons for the decision.",
        ("", "must", R, "state", "the reasons for the decision", (), ""),
    ),
    (
        "A platform that holds data on minors must, in respect of those minors, switch off profiling.",
        ("a platform", "must", R, "switch off", "profiling", (), ""),
    ),
    (
        "Games shall be tested for leaks by a laboratory every month.",
        ("a laboratory", "shall", R, "be tested for", "Games", (), "every month"),
    ),
    # modals of more than one word, turned sentences, asides between a modal and its verb
    (
        "Members ought, so far as practicable, to keep the log for not less than two years.",
        (
            "Members",
            "ought to",
            R,
            "keep",
            "the log",
            ("so far as practicable",),
            "for not less than two years",
        ),
    ),
    (
        "The operator is under a duty to close any valve that leaks.",
        ("the operator", "is under a duty to", R, "close", "any valve that leaks", (), ""),
    ),
    (
        "In no case may a provider charge for an appeal.",
        ("a provider", "may", R, "charge for", "an appeal", (), ""),
    ),
    (
        "Providers may only share the data with the police.",
        ("Providers", "may only", R, "share", "the data with the police", (), ""),
    ),
    # verbs beyond the first, and what a duty to let, ensure or endeavour is for
    (
        "The provider should set an age limit and enforce it.",
        ("the provider", "should", R, "set; enforce", "an age limit and enforce it", (), ""),
    ),
    (
        "The bank must not let a minor open the account.",
        ("the bank", "must not", R, "let; open", "a minor open the account", (), ""),
    ),
    (
        "The provider shall, budget permitting, use its best endeavours to trace the sender forthwith.",
        (
            "the provider",
            "shall",
            R,
            "use; trace",
            "its best endeavours to trace the sender",
            ("budget permitting",),
            "forthwith",
        ),
    ),
    # what a duty to have something is for
    (
        "Providers should operate systems to detect illegal content, except where it is private.",
        (
            "Providers",
            "should",
            R,
            "operate systems to detect",
            "illegal content",
            ("except where it is private",),
            "",
        ),
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[one[0][:40] for one in SENTENCES])
def test_a_norm_is_read(sentence: str, expected: tuple[object, ...]) -> None:
    (words,) = read_sentence(sentence)
    found = (
        words.bearer,
        words.modality,
        words.force.value,
        words.action,
        words.object,
        words.conditions,
        words.timing,
    )
    assert found == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The purpose of this measure is to protect children.",
        "This policy sets out what users should do.",
        "Suspected illegal content means content that the provider must review.",
        "Reasonable grounds may also arise where a sample of the content is such content.",
        "Private records are outside the sample, unless there is explicit consent.",
    ],
)
def test_a_sentence_that_asks_nothing_is_no_norm(sentence: str) -> None:
    assert read_sentence(sentence) == ()


@pytest.mark.parametrize(
    "sentence",
    ["Users may find the settings hard to use.", "Nothing in this Code shall be read as a duty to monitor."],
)
def test_a_possibility_or_a_disclaimer_is_no_norm(sentence: str) -> None:
    assert read_sentence(sentence) == ()


def test_each_modal_of_a_sentence_is_a_norm() -> None:
    first, second = read_sentence(
        "On receipt of a request, the service must assess it and, where it is sound, must act within a day."
    )
    assert (first.action, first.conditions) == ("assess", ("On receipt of a request",))
    assert (second.bearer, second.action, second.timing) == ("the service", "act", "within a day")
    assert second.conditions == ("where it is sound",)


def test_the_times_of_a_condition_are_not_those_of_the_duty() -> None:
    (words,) = read_sentence("If it errs twice within a month, the firm must report to us within a week.")
    assert words.timing == "within a week"


def test_a_pronoun_is_who_was_named_before() -> None:
    words = read_sentence("The carrier must keep a log. Reports must be sent to it. It must sign the log.")
    assert [one.bearer for one in words] == ["the carrier", "", "the carrier"]
    words = read_sentence("Carriers must file reports. The reports must be dated. They must name the author.")
    assert [one.bearer for one in words] == ["Carriers", "", ""]


def test_one_sentence_may_hold_two_norms() -> None:
    first, second = read_sentence("The provider should set policies, but need not publish them.")
    assert (first.force, first.action) == (Force.RECOMMENDED, "set")
    assert (second.bearer, second.force, second.action) == ("the provider", Force.PERMITTED, "publish")
    kept, deleted = read_sentence(
        "A provider must keep records; the provider may delete them after two years."
    )
    assert (kept.modality, deleted.modality) == ("must", "may")


def test_sentences_are_not_cut_at_abbreviations() -> None:
    text = "The provider (see s. 10 and para. 4, e.g. A) must act. It may wait. Nos. 1 and 2 fall away."
    spans = split_sentences(text, Span(start=0, end=len(text)))
    assert [span.of(text) for span in spans] == [
        "The provider (see s. 10 and para. 4, e.g. A) must act.",
        "It may wait.",
        "Nos. 1 and 2 fall away.",
    ]


def paragraph(lead: str, *items: str, tail: str = "") -> tuple[Provision, str]:
    """Return a paragraph with items (a), (b), ... and a tail, and its text."""
    text, parts = lead, []
    for place, words in enumerate(items):
        label = f"({chr(ord('a') + place)})"
        start = len(text) + 1
        text = f"{text}\n{label} {words}"
        own = Span(start=start + len(label) + 1, end=len(text))
        parts.append(
            Provision(
                number=f"X1.1{label}",
                label=label,
                span=Span(start=start, end=len(text)),
                lead=own,
                text_basis=Basis.UNKNOWN if words.startswith("[") else Basis.SECONDARY,
            )
        )
    after = Span(start=len(text) + 1, end=len(text) + 1 + len(tail)) if tail else None
    text = f"{text}\n{tail}" if tail else text
    whole = Span(start=0, end=len(text))
    lead_span = Span(start=0, end=len(lead))
    return (
        Provision(
            number="X1.1",
            label="X1.1",
            span=whole,
            lead=lead_span,
            items=tuple(parts),
            tail=after,
            text_basis=Basis.QUOTED,
        ),
        text,
    )


def test_a_lead_in_and_its_items_are_one_norm() -> None:
    part, text = paragraph(
        "The provider should:", "set targets;", "record them; and", "meet them,", tail="each year."
    )
    (statement,), explanations = read_statements(part, text)
    assert [item.number for item in statement.items] == ["X1.1(a)", "X1.1(b)", "X1.1(c)"]
    assert statement.span == Span(start=0, end=len(text))
    assert statement.tail is not None
    assert explanations == ()


def test_items_with_bearer_and_modal_are_norms_of_their_own() -> None:
    part, text = paragraph(
        "Where content is reported:", "the provider should review it; and", "the user may appeal."
    )
    statements, _ = read_statements(part, text)
    assert [one.provision.number for one in statements] == ["X1.1(a)", "X1.1(b)"]
    assert all(one.lead_in and one.lead_in.of(text) == "Where content is reported:" for one in statements)


def test_items_that_complete_a_lead_in_are_no_norms_even_with_a_modal() -> None:
    part, text = paragraph(
        "The provider should ensure that:", "users may complain; and", "staff must answer."
    )
    statements, _ = read_statements(part, text)
    assert [one.provision.number for one in statements] == ["X1.1"]


def test_an_item_that_was_not_seen_lends_no_words_and_no_basis() -> None:
    part, text = paragraph("The provider should handle complaints:", "[not seen]", "within fair timeframes.")
    (statement,), _ = read_statements(part, text)
    assert [item.number for item in statement.items] == ["X1.1(b)"]
    assert statement.basis is Basis.SECONDARY
    assert statement.span.end == len(text)


def test_a_definition_with_items_is_an_explanation() -> None:
    part, text = paragraph("Relevant content means content that:", "is public; or", "users may see.")
    statements, (explanation,) = read_statements(part, text)
    assert statements == ()
    assert explanation.span.of(text) == text


SOUP = (
    "the provider should must may need not shall , ; : . ( ) where if unless it users content that which and"
    " or be taken down is to have systems designed s. 10 e.g. swiftly No we recommend"
)
WORDS = SOUP.split()


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_words_can_be_read(words: list[str]) -> None:
    text = " ".join(words)
    whole = Span(start=0, end=len(text))
    statements, explanations = read_statements(Provision(number="1", label="1", span=whole, lead=whole), text)
    places = [span for one in statements for span in one.scope] + [one.span for one in explanations]
    assert all(whole.holds(span) for span in places)
    covered = {place for span in places for place in range(span.start, span.end)}
    lost = [text[place] for place in range(len(text)) if text[place].isalnum() and place not in covered]
    assert set("".join(lost)) <= set("andorbut")  # only the words that join two norms
    read_sentence(text)


def test_a_sentence_of_four_hundred_clauses_is_read() -> None:
    words = "The provider should " + "review and assess, where appropriate, content or " * 400 + "act."
    assert [norm.modality for norm in read_sentence(words)] == ["should"]
