"""Overlays written for a test: what to write, and the rules that come of it."""

from collections.abc import Sequence
from pathlib import Path

from analyser import library
from analyser.rulebook import Rulebook

OWN_RULE = """\
  - id: feasibility.own
    kind: feasibility
    nature: exception
    effect: lifts
    level: material
    cue: ["the provider {would|might} rather not"]
    scope: duty
    rationale: made up for a test
    examples:
      match: ["The provider should take content down, unless the provider would rather not."]
      miss: ["The provider should take content down."]
"""

OWN_WORLD = """\
pack: overlay
harms:
  - key: bad_verse
    name: bad verse
    names: [bad verse, doggerel]
    severity: 4
    counts: true
    basis: unknown
services:
  - key: verse_site
    name: verse site
    plural: verse sites
    regime: user-to-user
    facts: {end_to_end_encrypted: varies, images_or_video: varies}
    channels: [public, private]
    relevance: [{harm: bad_verse, basis: unknown}]
    basis: unknown
"""


def write(folder: Path, **files: str) -> list[Path]:
    """Write overlays, one file each: a text that does not say its pack is a section `qualifiers`."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in files.items():
        path = folder / f"{name}.yaml"
        body = content if content.startswith("pack:") else f"pack: overlay\nqualifiers:\n{content}"
        path.write_text(body, encoding="utf-8")
        paths.append(path)
    return paths


def rules_with(paths: Sequence[Path]) -> Rulebook:
    """Return the built-in rules with overlays over them, each called by the name of its file."""
    return library.rulebook([(path, path.name) for path in paths])
