"""Open a PDF's bytes with pdfium, and close whatever was opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_void_p, cast
from typing import Any

from analyser.errors import InputError

# Three thousand pages are read in about twenty seconds; no code of practice has a tenth of that.
MAX_PAGES = 3_000

_SAVE_AGAIN = "Download or save the document again, or give it as Word (.docx), HTML, Markdown or plain text."


@contextmanager
def opened(raw: bytes, shown_as: str) -> Iterator[tuple[Any, int]]:
    """Yield the pdfium document of some bytes and how many pages it has; closed in any case.

    Raises InputError for what is no PDF, is damaged, needs a password or has more than 3,000 pages.
    """
    import pypdfium2  # type: ignore[import-untyped]  # noqa: F401  (starts the library)
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    if b"%PDF-" not in raw[:1024]:
        raise InputError(
            f"The file {shown_as} is not a PDF: it does not begin as one",
            fix="Give the PDF itself, or name the file after what it holds.",
        )
    document = pdfium.FPDF_LoadMemDocument64(raw, len(raw), None)
    if not document:
        raise _refusal(pdfium.FPDF_GetLastError(), pdfium.FPDF_ERR_PASSWORD, shown_as)
    try:
        pages = pdfium.FPDF_GetPageCount(document)
        if pages < 1:
            raise InputError(f"The PDF {shown_as} has no pages that can be read", fix=_SAVE_AGAIN)
        if pages > MAX_PAGES:
            raise InputError(
                f"The PDF {shown_as} has {pages:,} pages; at most {MAX_PAGES:,} are read",
                fix="Give the code alone, without what is bound together with it.",
            )
        yield document, pages
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def page_of(document: Any, number: int) -> Iterator[tuple[Any, Any] | None]:
    """Yield the handles (int) of a page, from 0, and of its text; None where the page cannot be read."""
    import pypdfium2.raw as pdfium

    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        yield None
        return
    text = pdfium.FPDFText_LoadPage(page)
    try:
        yield (page, text) if text else None
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def address(handle: Any) -> int:
    """Return the address of a handle, 0 for none."""
    return cast(handle, c_void_p).value or 0


def _refusal(error: int, password: int, shown_as: str) -> InputError:
    if error == password:
        return InputError(
            f"The PDF {shown_as} is encrypted and opens only with a password",
            fix="Open it in a viewer, print it to a PDF without a password, and give that.",
        )
    return InputError(
        f"The PDF {shown_as} is damaged or incomplete: it cannot be opened",
        fix=_SAVE_AGAIN,
    )
