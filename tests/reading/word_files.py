"""Make small Word documents for tests from the XML of their paragraphs."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

NAMESPACES = " ".join(
    f'xmlns:{name}="{uri}"'
    for name, uri in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
    )
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"


def run(words: str, properties: str = "") -> str:
    """Return a run of words with properties such as `<w:b/>`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph of words, or of runs when the content is XML."""
    runs = content if content.startswith("<") or not content else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def styled(content: str, style: str) -> str:
    """Return a paragraph in a style."""
    return paragraph(content, f'<w:pStyle w:val="{style}"/>')


def listed(content: str, list_id: int = 1, level: int = 0, more: str = "") -> str:
    """Return a paragraph of a list."""
    return paragraph(
        content, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>{more}'
    )


def level(place: int, kind: str, text: str, start: int = 1, more: str = "") -> str:
    """Return one level of a list: how it counts and what it prints."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, overrides: str = "") -> str:
    """Return the numbering of a document: list 1 and, with overrides, list 2 of the same kind."""
    return (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{overrides}</w:num></w:numbering>'
    )


def styles(*elements: str) -> str:
    """Return the styles of a document."""
    return f"<w:styles {NAMESPACES}>{''.join(elements)}</w:styles>"


def style(name: str, properties: str = "", based_on: str = "", called: str = "") -> str:
    """Return a paragraph style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called or name}"/>{base}'
        f"{properties}</w:style>"
    )


def table(*rows: tuple[str, ...], head: bool = False) -> str:
    """Return a table of cells of words (or of XML); `head` marks its first row as repeated."""
    made = ""
    for place, cells in enumerate(rows):
        mark = "<w:trPr><w:tblHeader/></w:trPr>" if head and not place else ""
        inner = "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in cells)
        made += f"<w:tr>{mark}{inner}</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"


def part(tag: str, content: str) -> str:
    """Return another part of a document, e.g. its footnotes."""
    return f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>"


def document(body: str) -> str:
    """Return the XML of a document."""
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def word_file(
    body: str,
    *,
    main: str = "word/document.xml",
    raw: bytes | None = None,
    parts: dict[str, str] | None = None,
    external: dict[str, str] | None = None,
    extra: dict[str, bytes] | None = None,
) -> bytes:
    """Return the bytes of a Word document.

    `parts` are related to the document by their kind (`footnotes`, `header`), `external` are links by theirs,
    `extra` are files by name, `raw` stands in place of the document's own XML.
    """
    out = BytesIO()
    related = "".join(
        f'<Relationship Id="p{at}" Type="{_TYPES}{kind.rstrip("0123456789")}" Target="{kind}.xml"/>'
        for at, kind in enumerate(parts or {})
    ) + "".join(
        f'<Relationship Id="x{at}" Type="{_TYPES}{kind}" Target="{target}" TargetMode="External"/>'
        for at, (kind, target) in enumerate((external or {}).items())
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_CONTENT}"/>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="d" Type="{_TYPES}officeDocument" '
            f'Target="{main}"/></Relationships>',
        )
        name = main.rsplit("/", 1)[-1]
        archive.writestr(
            f"word/_rels/{name}.rels", f'<Relationships xmlns="{_PACKAGE}">{related}</Relationships>'
        )
        archive.writestr(main, document(body).encode() if raw is None else raw)
        for kind, words in (parts or {}).items():
            archive.writestr(f"word/{kind}.xml", words)
        for other, data in (extra or {}).items():
            archive.writestr(other, data)
    return out.getvalue()
