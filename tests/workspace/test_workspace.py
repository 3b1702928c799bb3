"""A folder of one's own: found from below, read with its settings, refused with file and line."""

# ruff: noqa: E501  (messages are compared word for word)

from pathlib import Path

import pytest
import yaml

from analyser.errors import InputError, UsageError
from analyser.workspace import FILE, find_workspace
from analyser.workspace.in_use import use
from analyser.workspace.make import make_workspace, template
from analyser.workspace.model import read_workspace


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace, from within which the test runs."""
    folder = tmp_path / "my-work"
    make_workspace(folder)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("CODEGAP_WORKSPACE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return folder


def test_a_new_workspace_says_what_is_where(made: Path) -> None:
    names = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    assert names == {FILE, "README.md", "decisions.yaml", "profiles/example.yaml", "rules/example.yaml"}
    assert yaml.safe_load((made / "decisions.yaml").read_text(encoding="utf-8")) == {"decisions": []}
    assert yaml.safe_load((made / "rules" / "example.yaml").read_text(encoding="utf-8")) == {
        "pack": "overlay"
    }
    workspace = read_workspace(made)
    assert workspace.name == "my-work"
    assert workspace.overlays == ((made / "rules", "my-work/rules"),)
    assert (workspace.decisions, workspace.profiles, workspace.output) == (
        made / "decisions.yaml",
        made / "profiles",
        None,
    )


def test_the_example_of_rules_holds_when_its_marks_are_taken_away(made: Path) -> None:
    from analyser import library
    from analyser.rulebook.examples import example_rows

    path = made / "rules" / "example.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    start = lines.index("pack: overlay")
    path.write_text(
        "\n".join(line.removeprefix("# ").removeprefix("#") for line in lines[start:]), encoding="utf-8"
    )
    rules = library.rulebook(read_workspace(made).overlays)
    assert len(rules.changes) == 4
    assert [row.message for row in example_rows(rules) if not row.ok] == []


def test_it_is_found_from_below_and_named_or_turned_off(
    made: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    below = made / "profiles"
    assert find_workspace(below) == find_workspace(made) == read_workspace(made)
    assert find_workspace(tmp_path) is None
    monkeypatch.setenv("CODEGAP_WORKSPACE", "off")
    assert find_workspace(made) is None
    monkeypatch.setenv("CODEGAP_WORKSPACE", str(made))
    assert find_workspace(tmp_path) == read_workspace(made)
    monkeypatch.setenv("CODEGAP_WORKSPACE", str(tmp_path))
    with pytest.raises(UsageError, match=r"in which there is no codegap\.yaml"):
        find_workspace()


def test_nothing_above_the_home_folder_is_looked_at(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = made / "profiles"
    (home / "work").mkdir()
    monkeypatch.setenv("HOME", str(home))
    assert find_workspace(home / "work") is None
    (home / FILE).write_text("", encoding="utf-8")
    found = find_workspace(home / "work")
    assert found is not None
    assert found.folder == home.resolve()


def test_the_nearest_of_two_is_taken(made: Path) -> None:
    inner = made / "inner"
    make_workspace(inner)
    found = find_workspace(inner / "rules")
    assert found is not None
    assert found.name == "inner"


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("revison: 2025-02-24\n", "there is no key `revison` (my-work/codegap.yaml, line 1). Did you mean revision?"),
        ("rules: rules\n", "`rules` is `rules` (my-work/codegap.yaml, line 1). It should be a list, such as [a, b]."),
        (
            "rules:\n  - rules\n  - more\n",
            "`rules` names `more`, which is not in the workspace (my-work/codegap.yaml, line 3). Make it in my-work, "
            "or take it out.",
        ),
        (
            "profiles: nowhere\n",
            "`profiles` names `nowhere`, which is not in the workspace (my-work/codegap.yaml, line 1). Make it in "
            "my-work, or take it out.",
        ),
        ("- a\n", "the file holds no settings: it must be a list of `key: value` lines (my-work/codegap.yaml, line 1)."),
    ],
)  # fmt: skip
def test_wrong_settings_are_refused_with_file_and_line(made: Path, said: str, says: str) -> None:
    (made / FILE).write_text(said, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        find_workspace(made)
    assert str(refused.value) == says


def test_an_empty_file_of_settings_is_a_workspace_that_changes_nothing(made: Path) -> None:
    (made / FILE).write_text("", encoding="utf-8")
    in_use = use()
    assert in_use.overlays == ()
    assert in_use.rulebook.changes == ()
    assert in_use.options == {"workspace": "my-work"}


def test_the_overlays_of_the_workspace_come_first_and_once(made: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("pack: overlay\n", encoding="utf-8")
    assert [shown for _, shown in use([own, Path("rules")]).overlays] == ["my-work/rules", own.as_posix()]
    assert [shown for _, shown in use([own], no_workspace=True).overlays] == [own.as_posix()]


# --- making one ---


def test_nothing_is_overwritten_and_nothing_is_left_half_made(tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    folder.mkdir()
    (folder / "README.md").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"no workspace was made in .*: `README\.md` is there already"):
        make_workspace(folder)
    assert [path.name for path in folder.iterdir()] == ["README.md"]
    assert (folder / "README.md").read_text(encoding="utf-8") == "mine"


def test_a_folder_with_other_things_is_added_to(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert set(make_workspace(tmp_path)) == set(template())
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["rules", "profiles"])
def test_a_file_where_a_folder_should_be_is_in_the_way(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="there already"):
        make_workspace(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]
