"""CSV to text: one row a record. Fields in quotes may hold commas and line ends, which a reader of lines would cut.

Text set with bars, or with tabs and no line ends in a field, is no business of this module: it is read as it
stands. Places: ``row 5 column 2``.
"""

from __future__ import annotations

import csv
import io
import re
from itertools import groupby
from typing import Final

from extract.formats import limits
from extract.formats.document import Document, Page, Undecodable
from extract.formats.encoding import to_text

_MEDIA_TYPE: Final = "text/csv"
_LEAST_RECORDS: Final = 4
_LEAST_FIELDS: Final = 3
_OTHER_LAYOUT: Final = re.compile(r"[|｜\t]")
_BROKEN_FIELD: Final = re.compile(r'(?:^|\t)"[^"\t\n]+\n[^"\t]*"(?:\t|\r?$)', re.MULTILINE)


def _delimiter(text: str) -> str:
    return "\t" if _BROKEN_FIELD.search(text) else ","


def looks_delimited(text: str) -> bool:
    """Whether a text is made of tables whose records have the same three or more fields, and of lone fields.

    No prose is: its commas are many or few. In a table with numbers, most records have a field that is one or is empty.
    """
    mark = _delimiter(text)
    if text.count(mark) < _LEAST_RECORDS * (_LEAST_FIELDS - 1) or (mark == "," and _OTHER_LAYOUT.search(text)):
        return False
    try:
        records = [record for record in csv.reader(io.StringIO(text), strict=True, delimiter=mark) if record]
    except csv.Error:
        return False
    tables = [list(run) for width, run in groupby(records, len) if width > 1]
    rows = [row for table in tables if len(table) >= _LEAST_RECORDS and len(table[0]) >= _LEAST_FIELDS for row in table]
    if not rows or len(rows) * 5 < sum(map(len, tables)) * 4:
        return False
    return sum(any(not field.strip() or field.strip().isdecimal() for field in row) for row in rows) * 2 >= len(rows)


def read(content: bytes) -> Document:
    """The text of a CSV file. Raises Undecodable where it is none or beyond a limit."""
    text, encoding = to_text(content)
    page = Page()
    cells = 0
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text), strict=True, delimiter=_delimiter(text)), 1):
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
