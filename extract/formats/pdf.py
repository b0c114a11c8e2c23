"""PDF files with a text layer: pages in order, ruled tables as rows, other text as paragraphs.

Places read ``page 2 box 101.5,220.0,130.2,233.1``: left, top, right, bottom in points from the top left corner of the
page as it is shown. pdf_page.py asks PDFium (pdf_library.py) what is drawn; how characters become lines, strokes
rulings and rulings cells is in pdf_lines.py, pdf_rulings.py and pdf_lattice.py, what spans pages in pdf_flow.py.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from extract.formats import limits
from extract.formats import pdf_library as pdfium
from extract.formats.document import Document, Page, Undecodable
from extract.formats.pdf_flow import Flow
from extract.formats.pdf_page import Sheet, read_sheet

_MEDIA_TYPE: Final = "application/pdf"
_WHY: Final = {3: "it is no PDF or damaged", 4: "it is encrypted", 5: "its encryption is not supported"}
_UNMAPPED_SHARE: Final = 0.1


def read(content: bytes) -> Document:
    """The text of a PDF. Raises Undecodable for a scanned, encrypted or damaged one, or one beyond a limit."""
    with pdfium.ALONE, np.errstate(all="ignore"):  # a damaged file may place things at infinity
        sheets = _read_sheets(content)
    _check(sheets)
    page = Page()
    Flow(sheets).write(page)
    return page.document(_MEDIA_TYPE)


def _read_sheets(content: bytes) -> list[Sheet]:
    pdfium.start()
    document = pdfium.load_document(content, len(content), None)
    if not document:
        reason = _WHY.get(pdfium.last_error(), "it cannot be opened")
        raise Undecodable(f"the PDF cannot be read: {reason}")
    try:
        return _sheets(document)
    finally:
        pdfium.close_document(document)


def _sheets(document: int) -> list[Sheet]:
    count = pdfium.count_pages(document)
    if count <= 0:
        raise Undecodable("the PDF has no pages")
    limits.check("pages", count)
    sheets: list[Sheet] = []
    drawn = 0
    for number in range(count):
        sheets.append(read_sheet(document, number))
        drawn += sheets[-1].drawn
        limits.check("characters", drawn)
    return sheets


def _check(sheets: list[Sheet]) -> None:
    """Raise Undecodable where nothing visible, or nothing that has a meaning, is on the pages."""
    drawn = sum(sheet.drawn for sheet in sheets)
    unmapped = sum(sheet.unmapped for sheet in sheets)
    if not drawn:
        pictures = any(sheet.images for sheet in sheets)
        if any(sheet.hidden for sheet in sheets):
            raise Undecodable(
                "the PDF is scanned: its text is an invisible layer of recognised characters"
                if pictures
                else "the PDF shows no text: all of it is invisible"
            )
        raise Undecodable(
            "the PDF is scanned: its pages are images without text" if pictures else "the PDF has no text"
        )
    if unmapped > _UNMAPPED_SHARE * drawn:
        raise Undecodable(f"{unmapped} of {drawn} characters of the PDF carry no Unicode (a font without ToUnicode)")
