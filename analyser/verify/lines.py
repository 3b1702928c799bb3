"""Edit the marks of a Markdown file and nothing else: attribute lines are changed or put in, every other
byte stays.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analyser.reading.source import Attribute, Block

_PAIR = re.compile(r'(?P<key>[A-Za-z_]+)(?:=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s}]+)))?')
_ATTRIBUTE = re.compile(r"^\s*\{:.*\}\s*$")


@dataclass
class Lines:
    """The lines of a file with their endings, to be edited by their numbers (from 1) in the file as it
    was.
    """

    lines: list[str]
    put_in: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "Lines":
        """Return the lines of a text, told apart as the reader of Markdown does."""
        return cls(text.splitlines(keepends=True))

    @property
    def text(self) -> str:
        """The text with every edit made."""
        out: list[str] = []
        for number, line in enumerate(self.lines, start=1):
            out += [line, *self.put_in.get(number, ())]
        return "".join(out)

    def set(self, line: int, key: str, value: str) -> None:
        """Give a key of an attribute line a value; a key that the line lacks is put first."""
        words = self.lines[line - 1]
        begin = words.index("{:") + 2
        for match in _PAIR.finditer(words, begin):
            if match["key"] == key:
                quoted = match["quoted"] is not None
                group = "quoted" if quoted else "bare"
                start, end = match.span(group) if match[group] is not None else (match.end(), match.end())
                inner = value if match[group] is not None else f"={value}"
                self.lines[line - 1] = words[:start] + inner + words[end:]
                return
        self.lines[line - 1] = f"{words[:begin]} {key}={value}{words[begin:]}"

    def put(self, after: int, indent: int, marks: Mapping[str, str]) -> None:
        """Put an attribute line in after a line."""
        said = " ".join(f"{key}={value}" for key, value in marks.items())
        line = self.lines[after - 1]
        ending = line[len(line.rstrip("\r\n")) :] or "\n"
        if line == line.rstrip("\r\n"):
            self.lines[after - 1] = line + ending
        self.put_in.setdefault(after, []).append(f"{' ' * indent}{{: {said} }}".replace(" }", "}") + ending)

    def last_of(self, block: Block, following: Block | None) -> int:
        """Return the last line of a block's words: those that go on below it, without its attribute lines."""
        stop = following.line if following else len(self.lines) + 1
        last = block.line
        while last + 1 < stop and self.lines[last].strip() and not _ATTRIBUTE.match(self.lines[last]):
            last += 1
        return last

    def indent_of_words(self, block: Block) -> int:
        """Return how far an item's words are indented, which is where its marks stand."""
        line = self.lines[block.line - 1]
        dash = re.match(r"\s*(?:[-*]\s+)?", line)
        return len(dash[0]) if dash else 0


def holder(marks: Sequence[Attribute], key: str) -> Attribute | None:
    """Return the mark that gives a key, if one does."""
    return next((mark for mark in marks if mark.get(key) is not None), None)


def plain_mark(marks: Sequence[Attribute]) -> Attribute | None:
    """Return a mark to which a key can be added: one that is not of a phrase or a table."""
    return next((one for one in marks if one.get("phrase") is None and one.get("table") is None), None)
