"""Reports as Word and Excel files, by ordinary libraries; .doc through LibreOffice where it is installed."""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import docx
import xlsxwriter
import xlwt
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .grids import occupancy
from .layouts import PageState, PrintedRow
from .printing import WRITERS, Composed, PrintedTable
from .web import stretches


class Box(NamedTuple):
    """A cell where it stands in the grid, rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


def boxes(rows: Sequence[PrintedRow], wide: bool) -> list[Box]:
    """The cells of a table; `wide`: the last cell of a row covers the columns that are left."""
    fields, free = occupancy(rows), stretches(rows) if wide else [0] * len(rows)
    found = []
    for number, row in enumerate(rows):
        for place, text in enumerate(row.cells):
            left = next(c for c, field in enumerate(fields[number]) if field and field[:2] == (number, place))
            right = left + row.spans[place] - 1 + (free[number] if place == len(row.cells) - 1 else 0)
            found.append(Box(number, left, number + row.rowspans[place] - 1, right, text))
    return found


def word_document(composed: Composed, rng: Random) -> bytes:
    """A .docx with real tables, cells merged as in the form."""
    document = docx.Document()
    for block in composed.blocks:
        if isinstance(block, PrintedTable):
            document.element.body.insert_element_before(_word_table(block.rows, rng.random() < 0.5), "w:sectPr")
            document.add_paragraph("")
        else:
            for line in block.split("\n"):
                document.add_paragraph(line)
    return _saved(document)


def _saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _word_table(rows: Sequence[PrintedRow], wide: bool) -> Any:
    """The w:tbl of the rows; built as elements because merging cell by cell takes seconds."""
    table = OxmlElement("w:tbl")
    properties = OxmlElement("w:tblPr")
    width = OxmlElement("w:tblW")
    width.set(qn("w:w"), "0")
    width.set(qn("w:type"), "auto")
    properties.append(width)
    table.append(properties)
    columns = max(row.width for row in rows)
    grid = OxmlElement("w:tblGrid")
    for _ in range(columns):
        grid.append(OxmlElement("w:gridCol"))
    table.append(grid)
    placed = boxes(rows, wide)
    for number in range(len(rows)):
        line = OxmlElement("w:tr")
        here = sorted((box for box in placed if box.top <= number <= box.bottom), key=lambda box: box.left)
        for box in here:
            line.append(_word_cell(box, "restart" if box.top == number else "continue"))
        table.append(line)
    return table


def _word_cell(box: Box, merge: str) -> Any:
    cell, properties = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    if box.right > box.left:
        span = OxmlElement("w:gridSpan")
        span.set(qn("w:val"), str(box.right - box.left + 1))
        properties.append(span)
    if box.bottom > box.top:
        vertical = OxmlElement("w:vMerge")
        if merge == "restart":
            vertical.set(qn("w:val"), "restart")
        properties.append(vertical)
    cell.append(properties)
    for line in box.text.split("\n") if merge == "restart" else [""]:
        paragraph = OxmlElement("w:p")
        if line:
            run, text = OxmlElement("w:r"), OxmlElement("w:t")
            text.text = line
            text.set(qn("xml:space"), "preserve")
            run.append(text)
            paragraph.append(run)
        cell.append(paragraph)
    return cell


def word_lines(composed: Composed, rng: Random, layout: str) -> bytes:
    """A .docx whose tables are typed as paragraphs in one of the text layouts."""
    document, page = docx.Document(), PageState(rng)
    for block in composed.blocks:
        text = WRITERS[layout].drawn(block.rows, page).text if isinstance(block, PrintedTable) else block
        for line in text.split("\n"):
            document.add_paragraph(line)
    return _saved(document)


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return (
        digits.replace(".", "", 1).isdecimal() and digits.isascii() and digits[:1].isdigit() and digits[-1:].isdigit()
    )


def workbook(composed: Composed, rng: Random) -> bytes:
    """An .xlsx: all in one sheet or a sheet a table, cells merged, numbers as numbers."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    style = book.add_format({"border": 1, "text_wrap": True})
    sheet = book.add_worksheet("年度报告")
    apart, wide, line, tables = rng.random() < 0.3, rng.random() < 0.5, 0, 0
    for block in composed.blocks:
        if not isinstance(block, PrintedTable):
            for text in block.split("\n"):
                sheet.write_string(line, 0, text)
                line += 1
            continue
        tables += 1
        for box in boxes(block.rows, wide):
            place = (box.top + line, box.left)
            if (box.top, box.left) != (box.bottom, box.right):
                sheet.merge_range(*place, box.bottom + line, box.right, "", style)
            if _is_number(box.text):
                sheet.write_number(*place, float(box.text), style)
            elif box.text:
                sheet.write_string(*place, box.text, style)
            else:
                sheet.write_blank(*place, None, style)
        line += len(block.rows) + 1
        if apart:
            sheet, line = book.add_worksheet(f"续表{tables}"), 0
    book.close()
    return target.getvalue()


def old_workbook(composed: Composed, rng: Random) -> bytes:
    """An .xls with everything in one sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("年度报告")
    wide, line = rng.random() < 0.5, 0
    for block in composed.blocks:
        if not isinstance(block, PrintedTable):
            for text in block.split("\n"):
                sheet.write(line, 0, text)
                line += 1
            continue
        for box in boxes(block.rows, wide):
            inside = float(box.text) if _is_number(box.text) else box.text
            sheet.write_merge(box.top + line, box.bottom + line, box.left, box.right, inside)
        line += len(block.rows) + 1
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def converted(documents: Sequence[bytes], kind: str = "doc") -> list[bytes] | None:
    """.docx files as LibreOffice saves them in another format, all in one run; None where it is not installed."""
    program = shutil.which("soffice")
    if not program:
        return None
    with tempfile.TemporaryDirectory() as folder:
        names = [Path(folder) / f"{number:04d}.docx" for number in range(len(documents))]
        for name, content in zip(names, documents, strict=True):
            name.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", kind, "--outdir", folder, *map(str, names)]
        subprocess.run(command, check=True, capture_output=True, timeout=60 + 10 * len(documents))
        return [name.with_suffix(f".{kind}").read_bytes() for name in names]
