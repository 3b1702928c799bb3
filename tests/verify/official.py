"""Make of our restatement a file that plays the official one: no marks, no notes, every paragraph
numbered.
"""

import re

_ATTRIBUTE = re.compile(r"^\s*\{:.*\}\s*$")
_PARAGRAPH = re.compile(r"^(?P<owner>[A-Z]{1,2}\d{1,3}[A-Z]?|\d{1,2})\.(?P<rest>u?\d+)(?= )")


def play_official(markdown: str, *changes: tuple[str, str]) -> str:
    """Return the text as its publisher might print it, with changes made where their words first stand.

    Paragraphs whose number nobody knows get the next free one.
    """
    for old, new in changes:
        assert old in markdown, old
        markdown = markdown.replace(old, new, 1)
    kept = [line for line in markdown.splitlines() if not _ATTRIBUTE.match(line) and not line.startswith(">")]
    used = {match.group() for line in kept if (match := _PARAGRAPH.match(line))}
    out = []
    for line in kept:
        match = _PARAGRAPH.match(line)
        if match and match["rest"].startswith("u"):
            numbers = (f"{match['owner']}.{place}" for place in range(1, 200))
            free = next(number for number in numbers if number not in used)
            used.add(free)
            out.append(free + line[match.end() :])
        else:
            out.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)) + "\n"
