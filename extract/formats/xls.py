"""Workbooks of the old kind (.xls) to text, by calamine; drawn as .xlsx is.

Places: ``Sheet1`` for the name of a sheet, ``Sheet1!C5`` for a cell.
"""

from __future__ import annotations

import io
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from extract.formats.document import Document, Page, Undecodable
from extract.formats.sheet import Merge, draw_sheet
from extract.formats.xlsx import stored_number

_MEDIA_TYPE: Final = "application/vnd.ms-excel"
_PANIC: Final = "PanicException"
"""What the library, written in Rust, raises for an index beyond a record: no Exception, and it cannot be imported."""


def read(content: bytes) -> Document:
    """The text of a workbook. Raises Undecodable where it has none or is broken."""
    page = Page()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for number, sheet in enumerate(book.sheets_metadata):
            if sheet.visible != SheetVisibleEnum.Visible or sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            data = book.get_sheet_by_index(number)
            rows = data.to_python(skip_empty_area=False)
            merges = [
                Merge(top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in data.merged_cell_ranges or ()
            ]
            cells = {
                (row, column): text
                for row, line in enumerate(rows, 1)
                for column, value in enumerate(line, 1)
                if (text := _text(value))
            }
            draw_sheet(page, sheet.name, cells, merges)
    except (CalamineError, OSError, ValueError) as error:
        raise Undecodable(f"the workbook cannot be opened: {error}") from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise Undecodable(f"the workbook is damaged: {error}") from error
    return page.document(_MEDIA_TYPE)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return stored_number(repr(float(value))) if isinstance(value, float) else str(value)
    return str(value)
