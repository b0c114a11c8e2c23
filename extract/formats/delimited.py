"""CSV to text: one row a record. Fields in quotes may hold commas and line ends, which a reader of lines would cut.

Text set with tabs or bars is no business of this module: it is read as it stands. Places: ``row 5 column 2``.
"""

from __future__ import annotations

import csv
import io
from typing import Final

from extract.formats import limits
from extract.formats.document import Document, Page, Undecodable
from extract.formats.encoding import to_text

_MEDIA_TYPE: Final = "text/csv"
_LEAST_RECORDS: Final = 4
_LEAST_FIELDS: Final = 3
_OTHER_LAYOUT: Final = "|｜\t"


def looks_delimited(text: str) -> bool:
    """Whether every record of a text has the same number of fields, three or more: no prose and no page does."""
    if text.count(",") < _LEAST_RECORDS * (_LEAST_FIELDS - 1) or any(mark in text for mark in _OTHER_LAYOUT):
        return False
    first = text.lstrip().partition("\n")[0]
    if first.count(",") < _LEAST_FIELDS - 1:
        return False
    try:
        records = [record for record in csv.reader(io.StringIO(text), strict=True) if record]
    except csv.Error:
        return False
    return len(records) >= _LEAST_RECORDS and len({len(record) for record in records}) == 1


def read(content: bytes) -> Document:
    """The text of a CSV file. Raises Undecodable where it is none or beyond a limit."""
    text, encoding = to_text(content)
    page = Page()
    cells = 0
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text), strict=True), 1):
            cells += len(record)
            limits.check("cells", cells)
            limits.check("table_width", len(record))
            filled = [field for field in record if field.strip()]
            if len(filled) == 1 and record[0].strip():  # a title over the whole width
                page.paragraph(record[0], f"row {number} column 1")
            elif filled:
                page.row([(field, f"row {number} column {place}") for place, field in enumerate(record, 1)])
    except csv.Error as error:
        raise Undecodable(f"the CSV file is broken: {error}") from error
    return page.document(_MEDIA_TYPE, encoding)
