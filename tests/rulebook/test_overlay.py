"""Rules of one's own over the built-in ones: added, amended, disabled, and traced to their files."""

# ruff: noqa: E501  (messages are compared word for word)

import hashlib
from pathlib import Path

import pytest

from analyser import library
from analyser.analysis import Analysis, analyse
from analyser.errors import InputError, RulesError
from analyser.model.base import Effect, Level
from analyser.profiles import Profile
from analyser.reporting.html_report import render_html
from analyser.rulebook import Rulebook
from analyser.rulebook.archetypes import archetypes
from analyser.rulebook.overlay import Overlay, contents, read_overlay

from .overlays import OWN_RULE, OWN_WORLD, rules_with, write


def overlay(path: Path) -> Overlay:
    return read_overlay(contents(path, path.name), path.name)


# --- what an overlay does ---


def test_a_rule_is_added_and_knows_its_file(tmp_path: Path) -> None:
    rules = rules_with(write(tmp_path, mine=OWN_RULE))
    (own,) = [rule for rule in rules.qualifiers if rule.id == "feasibility.own"]
    assert (own.file, own.line) == ("mine.yaml", 3)
    (change,) = rules.changes
    assert change.words == "feasibility.own added (mine.yaml, line 3)"
    assert rules.pack == "rules + mine.yaml"
    content = (tmp_path / "mine.yaml").read_bytes()
    assert [(one.path, one.sha256) for one in rules.overlays] == [
        ("mine.yaml", hashlib.sha256(content).hexdigest())
    ]
    assert rules.sha256 != library.rulebook().sha256


def test_a_rule_is_amended_field_by_field_and_keeps_its_place(tmp_path: Path, rules: Rulebook) -> None:
    amended = rules_with(
        write(
            tmp_path,
            mine="  - id: feasibility.technical\n    amend:\n      effect: softens\n      level: minor\n"
            '      add: {cue: ["not {cheaply|easily} done"], examples: {match: ["Remove it, unless not easily '
            'done."]}}\n      remove: {needs: ["subject to"]}\n',
        )
    )
    before = next(rule for rule in rules.qualifiers if rule.id == "feasibility.technical")
    after = next(rule for rule in amended.qualifiers if rule.id == "feasibility.technical")
    assert (after.effect, after.level) == (Effect.SOFTENS, Level.MINOR)
    assert after.cue == (*before.cue, "not {cheaply|easily} done")
    assert after.needs == tuple(word for word in before.needs if word != "subject to")
    assert after.examples.match == (*before.examples.match, "Remove it, unless not easily done.")
    assert after.examples.miss == before.examples.miss
    assert (after.file, after.line) == (before.file, before.line)
    assert amended.changes[0].fields == ("effect", "level", "cue", "examples.match", "needs")
    untouched = {rule for rule in amended.qualifiers if rule.id != "feasibility.technical"}
    assert untouched == {rule for rule in rules.qualifiers if rule.id != "feasibility.technical"}


def test_a_rule_is_disabled_with_a_reason_and_replaced_as_a_whole(tmp_path: Path) -> None:
    replaced = OWN_RULE.replace("id: feasibility.own", "id: feasibility.extent\n    replaces: true")
    disabled = "  - {id: temporal.soon, disable: true, reason: time is not counted here}\n"
    rules = rules_with(write(tmp_path, mine=disabled + replaced))
    ids = [rule.id for rule in rules.qualifiers]
    assert "temporal.soon" not in ids
    assert ids.index("feasibility.extent") == [rule.id for rule in library.rulebook().qualifiers].index(
        "feasibility.extent"
    )
    said = {(change.id, change.action, change.reason) for change in rules.changes}
    assert said == {
        ("temporal.soon", "disabled", "time is not counted here"),
        ("feasibility.extent", "replaced", ""),
    }


def test_every_section_can_be_changed(tmp_path: Path, rules: Rulebook) -> None:
    (path,) = write(
        tmp_path,
        mine="""\
pack: overlay
functions:
  - {id: take_down.content, amend: {breadth: part}}
function_labels:
  - {key: detect, amend: {name: spot}}
harms:
  - {key: fraud, amend: {severity: 5, add: {names: [swindle]}}}
services:
  - {key: forum, amend: {facts: {end_to_end_encrypted: varies}, add: {relevance: [{harm: drugs, basis: unknown}]}}}
functionalities:
  - {key: livestreaming, amend: {name: live video}}
archetypes:
  - {key: dating-app, amend: {risk: {fraud: low}}}
  - {key: own-forum, service: user-to-user, service_types: [forum], risk: {others: low}}
invocation:
  - key: feasibility
    amend:
      remove: {features: [peer_to_peer]}
      add: {features: [{feature: peer_to_peer, answer: 'yes', why: it has no copy, basis: unknown}]}
evidence:
  - {id: own.figure, statement: one in two, harms: [fraud], relation: proxy, basis: unknown, sources: [own-source]}
expectations:
  - {id: own_expectation, name: a bell, function: inform, harms: [fraud], satisfied_by: [bell], why: x, basis: unknown}
sources:
  own-source: {what: a source of our own}
facts:
  - {key: ephemeral, amend: {add: {phrases: ["gone in {a day|an hour}"]}}}
weights:
  - {id: state.escapable, amend: {value: 9.5}}
impossible:
  - {id: category-2a-vertical, disable: true, reason: a test}
meaningless:
  - {id: images-without-images, amend: {remove: {harms: [extreme_pornography]}}}
""",
    )
    changed = rules_with([path])
    assert {change.section for change in changed.changes} >= {"functions", "harms", "services", "sources"}
    assert next(rule for rule in changed.functions if rule.id == "take_down.content").breadth == "part"
    assert next(label for label in changed.function_labels if label.key == "detect").name == "spot"
    fraud, forum = changed.harm("fraud"), changed.service("forum")
    assert fraud is not None
    assert forum is not None
    assert (fraud.severity, fraud.names[-1]) == (5, "swindle")
    before = rules.service("forum")
    assert before is not None
    assert forum.facts == {**before.facts, "end_to_end_encrypted": "varies"}
    table = changed.invocation_table("feasibility")
    assert table is not None
    assert {one.feature: one.answer for one in table.features}["peer_to_peer"] == "yes"
    assert changed.source("own-source") is not None
    assert (
        "gone in {a day|an hour}" in next(fact for fact in changed.facts if fact.key == "ephemeral").phrases
    )
    assert changed.weight("state.escapable") == 9.5
    assert "category-2a-vertical" not in {one.id for one in changed.constraints.impossible}
    assert "extreme_pornography" not in changed.constraints.meaningless[0].harms
    found = archetypes(library.rules_dir(), changed, [overlay(path)])
    assert found["dating-app"].profile.risk["fraud"] == "low"
    assert (found["own-forum"].profile.name, found["own-forum"].file) == ("own-forum", "mine.yaml")


def test_a_folder_is_laid_out_like_the_rules(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    write(folder / "qualifiers", feasibility=f"pack: feasibility\nrules:\n{OWN_RULE}")
    write(folder, weights="pack: weights\nweights:\n  - {id: state.escapable, amend: {value: 1}}\n")
    write(folder, anything="  - {id: temporal.soon, disable: true, reason: a test}\n")
    write(folder, nothing="pack: overlay\n")
    write(folder / "archetypes", own="pack: x\n")
    (folder / "archetypes" / "own.yaml").write_text(
        "service: user-to-user\nrisk: {fraud: high}\n", encoding="utf-8"
    )
    (folder / "empty.yaml").write_text("# nothing yet\n", encoding="utf-8")
    (folder / "README.md").write_text("not rules", encoding="utf-8")
    rules = rules_with([folder])
    assert {change.id for change in rules.changes} == {
        "feasibility.own",
        "own",
        "state.escapable",
        "temporal.soon",
    }
    assert [file.path for file in rules.overlays] == [
        "own/anything.yaml",
        "own/archetypes/own.yaml",
        "own/empty.yaml",
        "own/nothing.yaml",
        "own/qualifiers/feasibility.yaml",
        "own/weights.yaml",
    ]
    assert "own" in archetypes(library.rules_dir(), rules, [overlay(folder)])


def test_an_overlay_may_amend_what_another_adds_in_any_order(tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        one=OWN_RULE,
        two="  - {id: feasibility.own, amend: {level: minor, add: {cue: [no thanks]}}}\n",
    )
    one, other = rules_with(paths), rules_with(paths[::-1])
    assert one.qualifiers == other.qualifiers
    (rule,) = [rule for rule in one.qualifiers if rule.id == "feasibility.own"]
    assert (rule.level, rule.cue[-1], rule.file) == (Level.MINOR, "no thanks", "one.yaml")
    assert one.sha256 != other.sha256, "the order is part of the hash"


# --- what follows from it ---


def test_amending_an_effect_changes_the_findings(tmp_path: Path, analysis: Analysis, no_cache: None) -> None:
    rules = rules_with(write(tmp_path, mine="  - {id: feasibility.technical, amend: {effect: softens}}\n"))
    judged = analyse(library.resolve(), rules)
    (before,) = [row for row in analysis.exemption_rows() if row.kind == "feasibility"]
    (after,) = [row for row in judged.exemption_rows() if row.kind == "feasibility"]
    assert (before.effect, after.effect, after.leaves) == ("lifts", "softens", ())
    assert any(row.state == "escapable" for row in analysis.gap_rows())
    assert not any(row.state == "escapable" for row in judged.gap_rows())
    minor = rules_with(
        write(tmp_path, minor="  - {id: feasibility.technical, amend: {effect: softens, level: minor}}\n")
    )
    place = {"messaging", "take_down", "fraud"}
    states = [
        {row.state for row in found.matrix_rows() if {row.service, row.function, row.harm} == place}
        for found in (analysis, judged, analyse(library.resolve(), minor))
    ]
    assert states == [{"escapable"}, {"weakened"}, {"covered"}]


@pytest.fixture(scope="module")
def verse(tmp_path_factory: pytest.TempPathFactory, no_cache: None) -> Analysis:
    """The built-in code judged with a harm and a type of service that nobody has heard of."""
    return analyse(library.resolve(), rules_with(write(tmp_path_factory.mktemp("verse"), verse=OWN_WORLD)))


def test_a_harm_and_a_service_of_ones_own_flow_all_the_way(verse: Analysis, analysis: Analysis) -> None:
    assert verse.revision.harms[-1] == "bad_verse"
    assert verse.revision.counting == analysis.revision.counting | {"bad_verse"}
    rows = {(row.service, row.harm) for row in verse.matrix_rows()}
    assert {("verse_site", "bad_verse"), ("verse_site", "fraud"), ("messaging", "bad_verse")} <= rows
    gaps = [row for row in verse.gap_rows() if "verse_site" in row.services]
    assert any("bad_verse" in row.harms for row in gaps)
    assert any("verse sites" in row.who for row in gaps)
    labels = verse.labels()
    assert (labels.harm("bad_verse"), labels.services_of("verse_site")) == ("bad verse", "verse sites")
    page = render_html(verse.report(), labels)
    assert "bad verse" in page
    assert "verse site" in page


def test_a_profile_may_name_them(verse: Analysis) -> None:
    profile = Profile(
        name="Ode & Co", service="user-to-user", service_types=("verse_site",), risk={"bad_verse": "high"}
    )
    judged = analyse(library.resolve(), verse.rulebook, profile=profile)
    assert {row.service for row in judged.matrix_rows()} == {"verse_site"}


def test_a_harm_of_a_later_date_is_no_kind_before_it(tmp_path: Path) -> None:
    later = OWN_WORLD.replace("    severity: 4\n", "    severity: 4\n    kind_from: '2026-01-01'\n")
    rules = rules_with(write(tmp_path, verse=later))
    assert rules.own_harms("2025-02-24") == frozenset()
    assert rules.own_harms("2026-09-09") == {"bad_verse"}


def test_the_names_of_a_harm_of_ones_own_are_read_in_duties(tmp_path: Path, no_cache: None) -> None:
    text = tmp_path / "code.md"
    text.write_text(
        "---\ncode: other\nrevision: 2030-01-31\n---\n# A code\n\n## ICU Z1 Verse\n\n### Application\n"
        "Z1.1 This measure applies to a provider in respect of each service.\n\n### Recommendation\n"
        "Z1.2 The provider should take down content that is doggerel of which it is aware.\n",
        encoding="utf-8",
    )
    judged = analyse(library.resolve(str(text)), rules_with(write(tmp_path, verse=OWN_WORLD)))
    (duty,) = judged.duty_rows()
    assert duty.harms == ("bad_verse",)


# --- what is refused ---

REFUSED = [
    ("added twice", {"a": OWN_RULE, "b": OWN_RULE},
     "`feasibility.own`: what overlays say contradicts itself: together they add it twice (first in a.yaml, line 3) "
     "(b.yaml, line 3). Keep one of the two."),
    ("added under a built-in name", {"a": OWN_RULE.replace("own", "technical", 1)},
     "`feasibility.technical`: there is a rule of this name already, in rules/qualifiers/feasibility.yaml, line 4 "
     "(a.yaml, line 3). To change it write `amend:`; to put yours in its place write `replaces: true`."),
    ("amended, and disabled", {"a": "  - {id: temporal.soon, amend: {level: minor}}\n",
                               "b": "  - {id: temporal.soon, disable: true, reason: x}\n"},
     "`temporal.soon`: what overlays say contradicts itself: together they amend it and disable it (first in a.yaml, "
     "line 3) (b.yaml, line 3). Keep one of the two."),
    ("a field set twice", {"a": "  - {id: temporal.soon, amend: {effect: lifts}}\n",
                           "b": "  - {id: temporal.soon, amend: {effect: narrows}}\n"},
     "`temporal.soon`: its `effect` is set to `lifts` and to `narrows` (first in a.yaml, line 3) (b.yaml, line 3). "
     "Keep one of the two."),
    ("a list set and added to", {"a": "  - {id: temporal.soon, amend: {cue: [soon]}}\n",
                                 "b": "  - {id: temporal.soon, amend: {add: {cue: [later]}}}\n"},
     "`temporal.soon`: its `cue` is set as a whole, and words are added to it or taken from it (first in a.yaml, line "
     "3) (b.yaml, line 3). Keep one of the two."),
    ("added and disabled in one file", {"a": OWN_RULE + "  - {id: feasibility.own, disable: true, reason: x}\n"},
     "`feasibility.own`: one overlay adds it and disables it (first in a.yaml, line 3) (a.yaml, line 14). Keep one of "
     "the two."),
    ("unknown", {"a": "  - {id: temporal.son, amend: {level: minor}}\n"},
     "`temporal.son` cannot be amended: there is no such entry in `qualifiers` (a.yaml, line 3). Did you mean "
     "temporal.soon?"),
    ("an unknown field", {"a": "  - {id: temporal.soon, amend: {efect: lifts}}\n"},
     "`temporal.soon`: there is no key `efect` (a.yaml, line 3). Did you mean effect?"),
    ("a value that does not fit", {"a": "  - id: temporal.soon\n    amend:\n      effect: lift\n"},
     "`temporal.soon`: `effect` is `lift` (a.yaml, line 5). It may be lifts, narrows or softens."),
    ("the name", {"a": "  - {id: temporal.soon, amend: {id: temporal.late}}\n"},
     "`temporal.soon`: its `id` cannot be amended (a.yaml, line 3). Disable it, and add an entry of your own."),
    ("removing what is not there", {"a": "  - {id: temporal.soon, amend: {remove: {cue: [never]}}}\n"},
     "`temporal.soon`: its `cue` has no `never` that could be removed (a.yaml, line 3)."),
    ("no reason", {"a": "  - {id: temporal.soon, disable: true}\n"},
     "`temporal.soon`: it is disabled without a `reason` (a.yaml, line 3)."),
    ("no examples", {"a": OWN_RULE[: OWN_RULE.index("    examples")]},
     "`feasibility.own`: it has no example of a sentence that it must read (a.yaml, line 3). Add one under `examples: "
     "match:`; `codegap rules test` runs it."),
    ("a table that a rule names",
     {"a": "pack: overlay\ninvocation:\n  - {key: feasibility, disable: true, reason: x}\n"},
     "it names the invocation table `feasibility`, which is disabled in a.yaml, line 3 "
     "(rules/qualifiers/feasibility.yaml, line "),
    ("a harm that services name", {"a": "pack: overlay\nharms:\n  - {key: drugs, disable: true, reason: x}\n"},
     "it names the harm `drugs`, which is disabled in a.yaml, line 3 (rules/services.yaml, line "),
    ("a section nobody knows", {"a": "pack: overlay\nharm: []\n"},
     "an overlay has no section `harm` here (a.yaml, line 2). Did you mean harms?"),
    ("a cue that means too much",
     {"a": OWN_RULE.replace("the provider {would|might}", "{a|b|c|d} " * 30)},
     "` means more than 5000 phrases: split it (a.yaml, line 3)."),
    ("cues that mean too much together",
     {"a": OWN_RULE.replace("cue: [", "cue: [" + ", ".join(f'"{n} ' + "{a|b|c|d} " * 6 + '"' for n in range(5)) + ", ")},
     "`feasibility.own`: its words mean more than 20,000 phrases together (a.yaml, line 3). Split it into rules of "
     "their own."),
]  # fmt: skip


@pytest.mark.parametrize(("files", "says"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_be_is_refused_with_every_place(tmp_path: Path, files: dict[str, str], says: str) -> None:
    with pytest.raises(RulesError) as refused:
        rules_with(write(tmp_path, **files))
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("first", [0, 1])
def test_a_contradiction_is_one_in_any_order(tmp_path: Path, first: int) -> None:
    paths = write(
        tmp_path,
        a="  - {id: temporal.soon, amend: {effect: lifts}}\n",
        b="  - {id: temporal.soon, amend: {effect: narrows}}\n",
    )
    with pytest.raises(RulesError, match="its `effect` is set to"):
        rules_with([paths[first], paths[1 - first]])


def test_a_harm_may_be_disabled_with_all_that_names_it(tmp_path: Path, rules: Rulebook) -> None:
    """What names a harm is found one after the other, and each time the place is named."""
    with pytest.raises(
        RulesError, match=r"names the kind of harm `bad_verse`, which is disabled in b.yaml, line 3"
    ):
        rules_with(
            write(
                tmp_path,
                a=OWN_WORLD.replace("relevance: [{harm: bad_verse, basis: unknown}]", "relevance: []")
                + "archetypes:\n  - {key: dating-app, amend: {risk: {bad_verse: low}}}\n",
                b="pack: overlay\nharms:\n  - {key: bad_verse, disable: true, reason: no longer}\n",
            )
        )
    alone = rules_with(
        write(
            tmp_path,
            a=OWN_WORLD.replace("relevance: [{harm: bad_verse, basis: unknown}]", "relevance: []"),
            b="pack: overlay\nharms:\n  - {key: bad_verse, disable: true, reason: no longer}\n",
        )
    )
    assert alone.harms == rules.harms


def test_an_archetype_that_names_nothing_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError) as refused:
        rules_with(
            write(
                tmp_path,
                a="pack: overlay\narchetypes:\n  - key: mine\n    service: user-to-user\n    risk: {frod: low}\n",
            )
        )
    assert (
        str(refused.value) == "`mine`: there is no kind of harm `frod` (a.yaml, line 3). Did you mean fraud?"
    )


def test_an_overlay_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no file or folder of rules at `no\.yaml`"):
        rules_with([tmp_path / "no.yaml"])


def test_a_file_of_another_name_is_told_how_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(RulesError) as refused:
        rules_with(write(tmp_path, mine="pack: harm\nharms: []\n"))
    assert str(refused.value) == (
        "`mine.yaml` is not a file of rules that codegap knows (mine.yaml, line 1). Did you mean harms? A file of "
        "any name may hold any of it if it says `pack: overlay`."
    )


def test_the_rules_with_overlays_come_from_the_cache_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write(tmp_path, verse=OWN_WORLD, mine=OWN_RULE)
    plain = rules_with(paths)
    monkeypatch.setenv("CODEGAP_CACHE", str(tmp_path / "cache"))
    assert rules_with(paths) == plain
    assert rules_with(paths) == plain
    paths[1].write_text(paths[1].read_text(encoding="utf-8").replace("lifts", "softens"), encoding="utf-8")
    assert rules_with(paths) != plain
