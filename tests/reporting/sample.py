"""A small made-up report: words, who could claim them, whom they leave uncovered."""

from analyser.reporting.context import OutputContext, SourceRef
from analyser.reporting.labels import Labels, ServiceName
from analyser.reporting.report_model import Headline, Partition, RankedGap, Report
from analyser.reporting.rows import (
    Backstop,
    Cause,
    Closure,
    DutyRow,
    EvidenceLine,
    ExemptionRow,
    GapRow,
    InputFile,
    InvocableBy,
    Leaves,
    MatrixRow,
    RulesUsed,
    When,
    WhenCase,
    WhenTerm,
)

HARMS = {
    "terrorism": "terrorism",
    "grooming": "grooming",
    "image_based_csam": "image-based CSAM",
    "csam_urls": "CSAM URLs",
    "hate": "hate",
    "harassment": "harassment, stalking, threats and abuse",
    "controlling_or_coercive_behaviour": "controlling or coercive behaviour",
    "intimate_image_abuse": "intimate image abuse",
    "fraud": "fraud and financial services offences",
    "weapons": "firearms, knives and other weapons",
}
SERVICES = {
    "social_media": ServiceName(name="social media service", plural="social media services"),
    "messaging": ServiceName(name="messaging service", plural="messaging services"),
    "forum": ServiceName(name="discussion forum or chat room", plural="discussion forums and chat rooms"),
    "file_sharing": ServiceName(name="file-sharing service", plural="file-sharing services"),
    "video_sharing": ServiceName(name="video-sharing service", plural="video-sharing services"),
}
LABELS = Labels(
    harms=HARMS,
    services=SERVICES,
    functions={"take_down": "take down", "detect": "detect", "report_and_complain": "report and complain"},
    all_harms=tuple(HARMS),
)


def when(*terms: tuple[str, str | bool | int | tuple[str, ...]]) -> When:
    """Return a `when` of one case."""
    return When(
        any_of=(
            WhenCase(
                all_of=tuple(
                    WhenTerm(fact=fact, op="in" if isinstance(value, tuple) else "=", value=value)
                    for fact, value in terms
                )
            ),
        )
    )


ENCRYPTED = when(("end_to_end_encrypted", True))
PUBLIC_AND_SMALL = When(
    any_of=(
        *when(("risk", "medium"), ("size", ("under_700k", "700k_to_7m")), ("channel", "public")).any_of,
        *when(("risk", "high"), ("size", "under_700k"), ("channel", "public")).any_of,
    )
)

FEASIBILITY = ExemptionRow(
    id="icu/2025-02-24/C2.2#feasibility-1",
    measure="ICU C2",
    provision="ICU C2.2",
    quote="technically feasible",
    kind="feasibility",
    nature="exception",
    effect="lifts",
    level="material",
    rule="feasibility.technical",
    limbs=(),
    invocable_by=(
        InvocableBy(
            feature="end_to_end_encrypted",
            answer="yes",
            why="a provider that cannot read messages cannot remove them",
            argued_by="children's charities; IWF",
            source=("letter-0225",),
            basis="quoted",
        ),
        InvocableBy(
            feature="peer_to_peer",
            answer="arguable",
            why="nothing is stored on the provider's servers",
            argued_by="",
            source=(),
            basis="recall-medium",
        ),
        InvocableBy(
            feature="provider_can_read_content",
            answer="no",
            why="what it can read it can remove",
            argued_by="",
            source=(),
            basis="recall-medium",
        ),
    ),
    leaves=(
        Leaves(
            services=("messaging",),
            harms=tuple(HARMS),
            functions=("take_down",),
            when=ENCRYPTED,
            state="escapable",
        ),
        Leaves(
            services=("file_sharing",),
            harms=tuple(HARMS),
            functions=("take_down",),
            when=ENCRYPTED,
            state="escapable",
        ),
    ),
    services=("messaging", "file_sharing"),
    harms=tuple(HARMS),
    functions=("take_down",),
    compensated_by=(),
    basis="recall-high",
    basis_detail=("words: secondary", "paragraph: recall-high", "number: quoted"),
)
LIMB = ExemptionRow(
    id="icu/2025-02-24/C9.1#limbs-2",
    measure="ICU C9",
    provision="ICU C9.1",
    quote="a large service at medium or high risk of image-based CSAM, or at high risk and above 700,000",
    kind="size_threshold",
    nature="application",
    effect="lifts",
    level="material",
    rule="limbs.application",
    limbs=("at medium risk of image-based CSAM", "not a large service"),
    invocable_by=(),
    leaves=(
        Leaves(
            services=("social_media", "messaging", "video_sharing"),
            harms=("image_based_csam",),
            functions=("detect",),
            when=PUBLIC_AND_SMALL,
            state="out_of_scope",
        ),
    ),
    services=("social_media", "messaging", "video_sharing"),
    harms=("image_based_csam",),
    functions=("detect",),
    compensated_by=(),
    basis="recall-medium",
    basis_detail=(),
)
VAGUE = ExemptionRow(
    id="icu/2025-02-24/C2.2#vague_standard-1",
    measure="ICU C2",
    provision="ICU C2.2",
    quote="swiftly",
    kind="vague_standard",
    nature="limit",
    effect="softens",
    level="minor",
    rule="vague_standard.swift",
    limbs=(),
    invocable_by=(),
    leaves=(),
    services=(),
    harms=(),
    functions=(),
    compensated_by=(),
    basis="quoted",
    basis_detail=("words: quoted",),
)

TAKE_DOWN = GapRow(
    id="icu/2025-02-24/escapable/messaging/take_down/C2.2#feasibility-1",
    code="illegal-content-u2u",
    revision="2025-02-24",
    state="escapable",
    strength="yes",
    services=("messaging",),
    harms=tuple(HARMS),
    functions=("take_down",),
    when=ENCRYPTED,
    who="end-to-end encrypted messaging, whatever its size, risk level or channel",
    causes=(
        Cause(
            kinds=("feasibility",),
            measure="ICU C2",
            provision="ICU C2.2",
            quote="technically feasible",
            rule="feasibility.technical",
            effect="lifts",
            exemption=FEASIBILITY.id,
            sufficient=True,
        ),
    ),
    partly_held_by=("icu/2025-02-24/C9.11/d1",),
    by_design="",
    relevance="evidenced",
    expectation="",
    basis="recall-high",
    basis_detail=("words: secondary", "paragraph: recall-high"),
    statute_backstop=(
        Backstop(
            provision="s.10(3)(b)",
            says="systems designed to take down any illegal content swiftly once the provider is aware of it",
            in_force_from="2025-03-17",
            in_force_at_revision=False,
            harms=("all",),
            qualified_by=("proportionate", "s.10(10)"),
            after_safe_harbour="displaced",
            why="following the measure, its exception included, is treated as complying (s.49(1))",
            basis="quoted",
        ),
    ),
    evidence=(
        EvidenceLine(
            id="csam_platform_2324",
            statement="Of 7,338 offences with a known platform, one app held 50 %.",
            figure="50 %",
            base="7,338 offences where police recorded the platform",
            period="2023/24",
            relation="proxy",
            caveats=("How much of it was in private channels is not known",),
            source=("letter-0225",),
        ),
    ),
    what_would_close=(
        Closure(
            change="strike the words",
            lever="code",
            closes="all of it",
            left_open="",
            barred_by="",
        ),
        Closure(
            change="add a fallback duty where takedown is not feasible",
            lever="code",
            closes="all of it",
            left_open="",
            barred_by="",
        ),
    ),
)
DETECT = TAKE_DOWN.model_copy(
    update={
        "id": "icu/2025-02-24/out_of_scope/detect/C9.1#limbs-2",
        "state": "out_of_scope",
        "services": ("social_media", "messaging", "video_sharing"),
        "harms": ("image_based_csam",),
        "functions": ("detect",),
        "when": PUBLIC_AND_SMALL,
        "who": "a service at medium risk that is not large, or at high risk with at most 700,000 UK users",
        "causes": (
            Cause(
                kinds=("size_threshold", "risk_threshold"),
                measure="ICU C9",
                provision="ICU C9.1",
                quote=LIMB.quote,
                rule="limbs.application",
                effect="lifts",
                exemption=LIMB.id,
                sufficient=True,
            ),
        ),
        "partly_held_by": (),
        "basis": "recall-medium",
        "basis_detail": (),
        "statute_backstop": (),
        "evidence": (),
    }
)
NOTHING = TAKE_DOWN.model_copy(
    update={
        "id": "icu/2025-02-24/no_measure/detect/grooming",
        "state": "no_measure",
        "services": ("social_media", "messaging", "forum"),
        "harms": ("grooming",),
        "functions": ("detect",),
        "when": When(),
        "who": "any social media service, messaging service, discussion forum or chat room",
        "causes": (),
        "partly_held_by": (),
        "expectation": "proactive detection of grooming",
        "basis": "recall-medium",
        "basis_detail": (),
        "statute_backstop": (),
        "evidence": (),
        "what_would_close": (),
    }
)
DUTY = DutyRow(
    id="icu/2025-02-24/C2.2/d1",
    measure="ICU C2",
    provision="ICU C2.2",
    bearer="the provider",
    force="recommended",
    modality="should",
    action="have systems designed to take down",
    object="illegal content",
    conditions=("of which it is aware", "unless it is currently not technically feasible"),
    timing="swiftly",
    functions=("take_down",),
    harms=("all",),
    breadth="whole",
    quote="the provider should have systems and processes designed to take down swiftly the illegal content",
    span=(120, 260),
    basis="recall-high",
)

_LETTERS = {
    "take_down": {"messaging": ("escapable", False, "e"), "file_sharing": ("escapable", False, "e")},
    "detect": {
        "social_media": ("out_of_scope", False, "o"),
        "messaging": ("out_of_scope", True, "O"),
        "forum": ("no_measure", True, "N"),
        "file_sharing": ("weakened", False, "w"),
        "video_sharing": ("unknown", True, "?"),
    },
    "report_and_complain": {"forum": ("not_applicable", True, "-"), "messaging": ("weakened", True, "W")},
}
MATRIX = tuple(
    MatrixRow(
        service=service,
        harm=harm,
        function=function,
        state=cell[0],
        all_scenarios=cell[1],
        letter=cell[2],
        when=ENCRYPTED if cell[0] == "escapable" else When(),
        relevance="evidenced",
    )
    for function, letters in _LETTERS.items()
    for harm in HARMS
    for service in SERVICES
    for cell in (letters.get(service, ("covered", True, "C")),)
)

SOURCES = (
    SourceRef(
        id="letter-0225",
        what="Letter of children's charities, February 2025",
        url="https://example.org/letter",
    ),
    SourceRef(id="odd", what="A source whose address is not one to follow", url="javascript:alert(1)"),
)
INPUTS = (InputFile(path="codes/illegal-content-u2u/2025-02-24.md", sha256="a" * 64),)
RULES = RulesUsed(pack="default", version="1", sha256="b" * 64)
CONTEXT = OutputContext(
    rules=RULES,
    inputs=INPUTS,
    options={"revision": "illegal-content-u2u@2025-02-24", "all": False, "harm": []},
    labels=LABELS,
    sources=SOURCES,
)


def report(title: str = "Whom the illegal content codes leave uncovered", more_gaps: int = 0) -> Report:
    """Return the sample report; `more_gaps` adds copies at the end of the list."""
    gaps = [
        RankedGap(
            row=TAKE_DOWN,
            order_reason="Every provider that encrypts could claim it; the harm is grave.",
        ),
        RankedGap(
            row=DETECT, order_reason="It turns on size and on a risk level that the provider itself assesses."
        ),
        RankedGap(row=NOTHING, order_reason="No measure serves it."),
    ]
    gaps += [
        RankedGap(
            row=NOTHING.model_copy(update={"id": f"{NOTHING.id}/{number}"}),
            order_reason="No measure serves it.",
        )
        for number in range(more_gaps)
    ]
    counts: dict[str, int] = {}
    for row in MATRIX:
        counts[row.state] = counts.get(row.state, 0) + 1
    return Report(
        title=title,
        code_title="Illegal content Codes of Practice for user-to-user services",
        code="illegal-content-u2u",
        revision="2025-02-24",
        status="issued 24 February 2025; in force from 17 March 2025",
        issuer="Ofcom",
        inputs=INPUTS,
        rules=RULES,
        options=CONTEXT.options,
        headlines=(
            Headline(
                sentence="End-to-end encrypted messaging services could claim that it is not technically"
                " feasible; nothing else in the code then has them take down any kind of illegal content.",
                gap_ids=(TAKE_DOWN.id,),
                basis="secondary",
                words="technically feasible",
                provision="ICU C2.2",
                row_basis="recall-high",
            ),
            Headline(
                sentence="Services at medium risk of image-based CSAM that are not large need not detect it.",
                gap_ids=(DETECT.id,),
                basis="recall-medium",
                words=LIMB.quote,
                provision="ICU C9.1",
            ),
            Headline(
                sentence="No measure has any service detect grooming.",
                gap_ids=(NOTHING.id,),
                basis="recall-medium",
                words="",
                provision="",
            ),
        ),
        exemptions=(FEASIBILITY, LIMB, VAGUE),
        gaps=tuple(gaps),
        order_text="Gaps are put in order by the gravity of the harm, by how surely the words can be"
        " claimed, and by the published evidence; each says why it stands where it does.",
        matrix=MATRIX,
        totals=counts,
        partition=Partition(cells=len(MATRIX), counted=sum(counts.values())),
        totals_text="Counts are of cells, not of services or people.",
        duties=(DUTY,),
        method=(
            "The words of the code are read into duties and ways out of them.",
            "Each cell is judged in every scenario.",
        ),
        limits=("The text held is a restatement.", "Paragraphs that were not seen are not judged."),
        sources=SOURCES,
        versions=(("Python", "3.11"),),
    )
