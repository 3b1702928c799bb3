"""Read a PDF from where its characters stand on the page, whichever program wrote it."""

from analyser.reading.pdf.reader import read_pdf

__all__ = ["read_pdf"]
