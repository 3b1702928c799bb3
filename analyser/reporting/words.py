"""The words that outputs print for the closed vocabularies of the contract and for scenario facts."""

from pydantic import Field

from analyser.model.base import Frozen


class FactWords(Frozen):
    """How sentences name one fact and its values.

    `name` is the noun ("end-to-end encryption"). `values` gives the words of each value by its key (`true`
    and `false` for
    a yes/no fact), `sets` those of several values together by their keys joined with `|` ("not large" for
    `under_700k|700k_to_7m`). The words of the values are joined by "or" and put into `frame` for `{value}`;
    `{key}` is the
    name of what follows the point in a dotted fact (`risk.fraud`).
    """

    name: str
    values: dict[str, str] = Field(default_factory=dict)
    sets: dict[str, str] = Field(default_factory=dict)
    frame: str = "{value}"


class Meaning(Frozen):
    """A short name and its meaning in one sentence without a full stop."""

    name: str
    means: str


def _count(one: str, more: str, of: str = "") -> FactWords:
    """Return the words for a count of other kinds of harm at medium or high risk; `of` names their list."""
    return FactWords(
        name=f"other {more} at medium or high risk",
        values={
            "0": f"no other {one}",
            "1": f"one other {one}",
            "1+": f"at least one other {one}",
            "2": f"two other {more}",
            "2+": f"two or more other {more}",
        },
        sets={
            "0|1": f"at most one other {one}",
            "1|2+": f"at least one other {one}",
            "1|2": f"one or two other {more}",
        },
        frame=f"{{value}} at medium or high risk{of}",
    )


SCENARIO_FACTS: dict[str, FactWords] = {
    "size": FactWords(
        name="size",
        values={
            "under_700k": "at most 700,000 UK users",
            "700k_to_7m": "more than 700,000 and at most 7 million UK users",
            "large": "large",
        },
        sets={"under_700k|700k_to_7m": "not large", "700k_to_7m|large": "more than 700,000 UK users"},
    ),
    "risk": FactWords(
        name="risk of this harm",
        values={
            "negligible": "negligible",
            "low": "low",
            "low_or_negligible": "low or negligible",
            "medium": "medium",
            "high": "high",
        },
        sets={
            "low_or_negligible|medium": "no more than medium",
            "negligible|low|medium": "no more than medium",
        },
        frame="{value} risk of it",
    ),
    "risk.*": FactWords(
        name="risk of {key}",
        values={"low_or_negligible": "low or negligible"},
        sets={"low_or_negligible|medium": "no more than medium"},
        frame="{value} risk of {key}",
    ),
    "other_kinds": _count("kind of harm", "kinds of harm"),
    "other_listed_kinds": _count("listed kind of harm", "listed kinds of harm"),
    "other_listed_kinds.*": _count("listed kind of harm", "listed kinds of harm", " (of {key})"),
    "channel": FactWords(
        name="channel",
        values={"public": "content communicated publicly", "private": "content communicated privately"},
    ),
    "end_to_end_encrypted": FactWords(
        name="end-to-end encryption",
        values={"true": "end-to-end encrypted", "false": "not end-to-end encrypted"},
    ),
    "application": FactWords(name="any service to which the measure does not apply"),
    "peer_to_peer": FactWords(
        name="a peer-to-peer design", values={"true": "peer-to-peer", "false": "not peer-to-peer"}
    ),
    "provider_can_read_content": FactWords(
        name="a provider that can read the content",
        values={"true": "readable by the provider", "false": "not readable by the provider"},
    ),
    "age_determination": FactWords(
        name="means of determining age",
        values={
            "none": "no means of determining age",
            "existing": "existing means of determining age",
            "highly_effective": "highly effective means of determining age",
            "existing_or_better": "existing or better means of determining age",
        },
    ),
    "likely_accessed_by_children": FactWords(
        name="access by children",
        values={
            "true": "likely to be accessed by children",
            "false": "not likely to be accessed by children",
        },
    ),
    "functionality.*": FactWords(name="{key}", values={"true": "with {key}", "false": "without {key}"}),
    "service_type.*": FactWords(name="{key}", values={"true": "a {key}", "false": "not a {key}"}),
    "category.*": FactWords(
        name="category {key}", values={"true": "in Category {key}", "false": "not in Category {key}"}
    ),
}

STATES: dict[str, Meaning] = {
    "covered": Meaning(
        name="covered", means="a recommended duty reaches it and no way out was found in the text held"
    ),
    "weakened": Meaning(
        name="weakened",
        means="a duty remains, but its standard is left open or it serves only a part of the harm",
    ),
    "escapable": Meaning(
        name="escapable", means="a duty stands, and the service could claim an exemption from it"
    ),
    "out_of_scope": Meaning(
        name="out of scope", means="duties stand, and none of them reaches such a service or such content"
    ),
    "no_measure": Meaning(name="no measure", means="no measure of the code does this for this harm"),
    "not_applicable": Meaning(
        name="not applicable", means="the question does not arise for this kind of service"
    ),
    "unknown": Meaning(name="unknown", means="not known: it turns on facts or words that are not known"),
}

LETTERS: dict[str, str] = {
    "covered": "C",
    "weakened": "W",
    "escapable": "E",
    "out_of_scope": "O",
    "no_measure": "N",
    "not_applicable": "-",
    "unknown": "?",
}

KINDS: dict[str, Meaning] = {
    "feasibility": Meaning(name="feasibility", means="turns on what can technically or practically be done"),
    "proportionality": Meaning(name="proportionality", means="turns on what is proportionate or reasonable"),
    "size_threshold": Meaning(name="size threshold", means="turns on how many users the service has"),
    "risk_threshold": Meaning(
        name="risk threshold", means="turns on the level of risk, which the provider itself assesses"
    ),
    "channel_carve_out": Meaning(
        name="channel carve-out", means="turns on whether content is communicated publicly or privately"
    ),
    "content_carve_out": Meaning(name="content carve-out", means="leaves out some kinds or forms of content"),
    "functionality_precondition": Meaning(
        name="functionality precondition", means="turns on what the service lets users do"
    ),
    "age_precondition": Meaning(
        name="age precondition", means="turns on whether the provider can determine users' ages"
    ),
    "audience_precondition": Meaning(
        name="audience precondition", means="turns on who uses or is likely to use the service"
    ),
    "category_precondition": Meaning(
        name="category precondition", means="turns on the category the service is placed in"
    ),
    "knowledge_condition": Meaning(
        name="knowledge condition", means="turns on what the provider knows or has been told"
    ),
    "discretion": Meaning(name="discretion", means="leaves the decision or the standard to the provider"),
    "vague_standard": Meaning(
        name="vague standard", means="sets a standard in words that nothing makes precise"
    ),
    "alternative_compliance": Meaning(
        name="alternative compliance", means="lets another course take the place of the duty"
    ),
    "temporal": Meaning(name="temporal condition", means="turns on a date or a period"),
}

BASES: dict[str, Meaning] = {
    "official": Meaning(name="official", means="checked against the official file"),
    "quoted": Meaning(name="quoted", means="the words were seen quoted in a published source"),
    "secondary": Meaning(name="secondary", means="a published source reports it in its own words"),
    "recall-high": Meaning(
        name="recall-high", means="background knowledge held with high confidence, not yet checked"
    ),
    "recall-medium": Meaning(
        name="recall-medium",
        means="background knowledge or inference held with medium confidence, not yet checked",
    ),
    "recall-low": Meaning(
        name="recall-low", means="background knowledge held with low confidence, not yet checked"
    ),
    "unknown": Meaning(name="unknown", means="not known"),
}
