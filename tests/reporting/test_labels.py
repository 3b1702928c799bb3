"""Sentences made from keys and conditions."""

import pytest

from analyser.reporting.labels import FactWords, Labels, when_words
from analyser.reporting.phrases import condition_names, harm_cell, harm_names, left_open, service_names
from analyser.reporting.rows import Leaves, When, WhenCase
from analyser.reporting.wording import place_words, wording, words_basis

from .sample import ENCRYPTED, FEASIBILITY, HARMS, LABELS, PUBLIC_AND_SMALL, when

OR = When(
    any_of=(
        *when(("risk", ("medium", "high")), ("size", ("under_700k", "700k_to_7m"))).any_of,
        *when(("risk", "high"), ("size", "under_700k")).any_of,
    )
)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (When(), ""),
        (When(any_of=()), "never"),
        (ENCRYPTED, "end-to-end encrypted"),
        (when(("end_to_end_encrypted", False)), "not end-to-end encrypted"),
        (OR, "medium or high risk of it and not large; or high risk of it and at most 700,000 UK users"),
        (when(("size", ("700k_to_7m", "large"))), "more than 700,000 UK users"),
        (when(("channel", "private")), "content communicated privately"),
        (when(("other_kinds", ("0", "1"))), "at most one other kind of harm at medium or high risk"),
        (when(("other_kinds", "1+")), "at least one other kind of harm at medium or high risk"),
        # A dotted fact takes the words of its head and the name of its tail.
        (when(("risk.fraud", "high")), "high risk of fraud and financial services offences"),
        (when(("functionality.livestreaming", True)), "with livestreaming"),
        (when(("service_type.messaging", False)), "not a messaging service"),
        # A fact without words is still said.
        (when(("ephemeral", True)), "ephemeral"),
        (when(("ephemeral", False)), "not ephemeral"),
        (when(("search_type", ("general", "vertical"))), "search type: general or vertical"),
        # Three comparisons; and an empty case among others means always.
        (
            when(("risk", "high"), ("size", "large"), ("channel", "public")),
            "high risk of it, large and content communicated publicly",
        ),
        (When(any_of=(*ENCRYPTED.any_of, WhenCase(all_of=()))), ""),
    ],
)
def test_a_when_reads_as_a_sentence_fragment(condition: When, words: str) -> None:
    assert when_words(condition, LABELS) == words


def test_words_for_facts_can_be_replaced() -> None:
    labels = Labels(facts={"ephemeral": FactWords(name="ephemerality", values={"true": "messages vanish"})})
    assert when_words(when(("ephemeral", True)), labels) == "messages vanish"


@pytest.mark.parametrize(
    ("basis", "shown"),
    [
        ("official", "“technically feasible”"),
        ("quoted", "“technically feasible”"),
        ("secondary", "technically feasible (as reported)"),
        ("recall-high", "wording as recalled: technically feasible"),
        ("recall-medium", "wording as recalled: technically feasible"),
        ("recall-low", "wording as recalled: technically feasible"),
        ("unknown", "wording not verified: technically feasible"),
        ("no such basis", "wording not verified: technically feasible"),
    ],
)
def test_quotation_marks_stand_only_around_words_that_were_seen(basis: str, shown: str) -> None:
    assert str(wording("technically feasible", basis)) == shown


def test_no_words_give_no_marks() -> None:
    assert str(wording("", "quoted")) == ""


def test_the_basis_of_the_words_is_told_apart_from_that_of_the_row() -> None:
    assert words_basis("recall-high", ("number: quoted", "words: secondary")) == "secondary"
    assert words_basis("recall-high", ("number: quoted",)) == "recall-high"
    assert words_basis("recall-high", ("words: nonsense",)) == "recall-high"


def test_every_harm_is_said_as_every_kind() -> None:
    keys = list(HARMS)
    assert harm_names(keys, LABELS).short == "every kind of illegal harm"
    assert harm_names(["all"], LABELS).short == "every kind of illegal harm"
    assert harm_names(keys[:-1], LABELS).short.endswith("except firearms, knives and other weapons")


def test_a_long_list_of_harms_is_counted_and_kept_whole_beside_it() -> None:
    names = harm_names(list(HARMS)[:5], LABELS)
    assert names.short == "5 kinds of illegal harm"
    assert names.full == "terrorism, grooming, image-based CSAM, CSAM URLs and hate"
    assert harm_cell(list(HARMS)[:5], LABELS) == "terrorism; grooming; image-based CSAM; CSAM URLs; hate"


def test_rectangles_that_differ_only_in_services_are_put_together() -> None:
    (left,) = left_open(FEASIBILITY.leaves, LABELS)
    assert left.when.short == "end-to-end encrypted"
    assert left.services.short == "messaging services and file-sharing services"
    other = Leaves(
        services=("forum",), harms=("hate",), functions=("detect",), when=When(), state="no_measure"
    )
    assert len(left_open((*FEASIBILITY.leaves, other), LABELS)) == 2


def test_a_long_condition_is_told_by_the_facts_it_turns_on() -> None:
    many = When(any_of=PUBLIC_AND_SMALL.any_of * 3)
    told = condition_names(many, LABELS)
    assert told.short == "6 combinations of risk of this harm, size and channel"
    assert told.full == when_words(many, LABELS)
    assert condition_names(ENCRYPTED, LABELS).full == ""


def test_many_types_of_service_are_counted_and_listed_beside() -> None:
    assert (
        service_names(["messaging", "forum"], LABELS).short
        == "messaging services and discussion forums and chat rooms"
    )
    told = service_names([*LABELS.services, "gaming"], LABELS)
    assert told.short == "6 types of service"
    assert told.full.endswith("video-sharing services and gaming services")


@pytest.mark.parametrize(
    ("provision", "printed"),
    [
        ("ICU C2.2", "ICU C2.2"),
        ("ICU C9.1(a)(ii)", "ICU C9.1(a)(ii)"),
        ("ICU C9.u1", "ICU C9, paragraph number not known"),
        ("ICU D2.u12(b)", "ICU D2(b), paragraph number not known"),
    ],
)
def test_an_unknown_number_is_never_printed_as_one(provision: str, printed: str) -> None:
    assert place_words(provision) == printed
