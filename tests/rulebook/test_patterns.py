"""Numbering patterns that people write: what could run for ever is refused before it runs, with its place."""

# ruff: noqa: E501  (messages are compared word for word)

from pathlib import Path

import pytest

from analyser import library
from analyser.errors import InputError
from analyser.rulebook import located_yaml
from analyser.rulebook.patterns import check_numbering, refusal


@pytest.mark.parametrize(
    "pattern",
    [
        *(r"[A-Z]{1,2}\d{1,3}[A-Z]?", r"\d{1,3}[A-Z]?|u\d{1,3}", r"s\.\d{1,3}[A-Z]?|Sch\.\d{1,2}"),
        *(r"\d+", r"\d+[a-z]*", "(?:a|b)*", r"\d{1,3}(?:\.\d{1,3}){0,4}", "letter+number", "C9.1"),
    ],
)
def test_a_pattern_for_numbers_is_taken(pattern: str) -> None:
    assert refusal(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a+)+", "what it repeats without an end may match in several ways"),
        (r"(\d[A-Z]?)*", "what it repeats without an end may match in several ways"),
        ("(ab|a)*", "what it repeats without an end may match in several ways"),
        ("(?:a*){2,9}", "what it repeats without an end is itself repeated"),
        (".*x.*y.*z", "it repeats without an end more than 2 times"),
        ("((a?){30}){30}", "it may match in more than 10,000 ways"),
        ("a{1,300}b{1,300}", "it may match in more than 10,000 ways"),
        (r"(a)\1", "it refers back to what it matched"),
        ("(?=a)b", "it looks ahead or behind"),
        ("a" * 201, "it is longer than 200 characters"),
    ],
)
def test_a_pattern_that_could_run_for_ever_is_not(pattern: str, why: str) -> None:
    assert refusal(pattern) == why


def test_it_is_refused_with_file_and_line() -> None:
    data = located_yaml.parse(
        rb"""code: mine
numbering:
  measure: '[A-Z]\d{1,2}'
revisions:
  - revision: 2030-01-31
    numbering:
      paragraph: '(\d+)+'
""",
        "codes/mine/code.yaml",
        InputError,
    )
    with pytest.raises(InputError) as refused:
        check_numbering(data, "codes/mine/code.yaml", InputError)
    assert str(refused.value) == (
        r"`2030-01-31`: `(\d+)+` is not allowed as a pattern for numbering a paragraph: what it repeats without an "
        r"end may match in several ways (codes/mine/code.yaml, line 7). Say how often a thing may stand, e.g. "
        r"`\d{1,3}(?:\.\d{1,3}){0,4}`."
    )


def test_a_code_of_the_library_with_such_a_pattern_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "codes" / "mine"
    folder.mkdir(parents=True)
    (folder / "code.yaml").write_text(
        "code: mine\ntitle: Mine\nprefix: ''\nregime: user-to-user\nnumbering: {measure: '(a|aa)+'}\nrevisions: []\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(library, "root", lambda: tmp_path)
    with pytest.raises(InputError, match=r"codes/mine/code\.yaml, line 5"):
        library.codes()
