"""Read a Word document: its package, styles, numbering, and the paragraphs as Word shows them."""

from analyser.reading.docx.document import parse_docx, read_docx

__all__ = ["parse_docx", "read_docx"]
