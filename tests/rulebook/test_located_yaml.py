"""YAML with its lines: what is read, what is refused, and that nothing but the asked error ever comes out."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analyser.errors import InputError
from analyser.profiles.model import Profile
from analyser.rulebook import located_yaml
from analyser.rulebook.validation import validate


def test_every_thing_knows_its_line() -> None:
    data = located_yaml.parse(b"a: 1\nb:\n  - x\n  - {c: 2,\n     d: 3}\n", "f", InputError)
    assert data == {"a": 1, "b": ["x", {"c": 2, "d": 3}]}
    assert [located_yaml.line_of(data, path) for path in ((), ("b",), ("b", 0), ("b", 1, "d"), ("b", 7))] == [
        1,
        2,
        3,
        5,
        2,
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("off", "off"),
        ("true", True),
        ("False", False),
        ("2025-02-24", "2025-02-24"),
        ("12:30", "12:30"),
        ("7_000_000", 7_000_000),
        ("007", "007"),
        ("2A", "2A"),
        ("1.0", 1.0),
        ("~", None),
        ("", None),
    ],
)
def test_a_value_is_read_as_yaml_1_2_reads_it(written: str, read: object) -> None:
    value = located_yaml.parse(f"a: {written}".encode(), "f", InputError)["a"]
    assert value == read
    assert type(value) is type(read)


@given(st.binary(max_size=60) | st.text(alphabet="ab:-{}[]!&*|>?#'\"\n \t,01<", max_size=60).map(str.encode))
@example(b"!!int a")
@example(b"!!bool a")
@example(b"!!binary a")
@example(b"!!python/object:os.system {}")
@example(b"&a [*a]")
@example(b"<<: 3")
@example(b"? [a]\n: b")
@example(b"{" * 3000)
@example(b"[" * 3000)
@example(b'"\\ud800"')
def test_any_bytes_are_read_or_refused_in_one_sentence(content: bytes) -> None:
    refused = _refused(content)
    if refused is not None:
        assert "f" in refused.place
        assert "\n" not in str(refused)


def _refused(content: bytes) -> InputError | None:
    try:
        validate(Profile, located_yaml.parse(content, "f", InputError), "f", InputError)
    except InputError as problem:
        return problem
    return None
