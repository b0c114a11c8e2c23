"""Workbooks (.xlsx) to text: every visible sheet, its name first, then its rows with the blank cells inside its width.

A number is drawn as its cell stores it, an error (#REF!) and a formula without a stored result as they are written, so
that they are never taken for blank. Places: ``Sheet1`` for the name, ``Sheet1!C5`` for a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from extract.formats import limits
from extract.formats.document import Document, Page, Undecodable
from extract.formats.ooxml import Package, attribute, local
from extract.formats.sheet import Merge, draw_sheet

_MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ADDRESS: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_HIDDEN: Final = ("hidden", "veryHidden")


class _Sheet(NamedTuple):
    name: str
    part: str


def read(content: bytes) -> Document:
    """The text of a workbook. Raises Undecodable where it has none, is broken or beyond a limit."""
    package, page = Package(content), Page()
    strings = _strings(package)
    for sheet in _sheets(package):
        root = package.part(sheet.part)
        if root is not None:
            draw_sheet(page, sheet.name, dict(_cells(root, strings)), list(_merges(root)))
    return page.document(_MEDIA_TYPE)


def _sheets(package: Package) -> Iterator[_Sheet]:
    """Name and part of each visible sheet, in the workbook's order."""
    book, relations = package.part("xl/workbook.xml"), package.part("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        raise Undecodable("the workbook lacks the list of its sheets")
    targets = {attribute(link, "Id"): attribute(link, "Target") or "" for link in relations}
    for element in book.iter():
        if local(element) == "sheet" and attribute(element, "state") not in _HIDDEN:
            target = targets.get(attribute(element, "id"), "") or ""
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            yield _Sheet(attribute(element, "name") or "", part)


def _strings(package: Package) -> list[str]:
    root = package.part("xl/sharedStrings.xml")
    return [] if root is None else [_text(item) for item in root if local(item) == "si"]


def _text(element: etree._Element) -> str:
    """The text of a string in its runs, without the reading aids above it."""
    parts: list[str] = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name != "rPh":
            parts.append(_text(child))
    return "".join(parts)


def position(address: str) -> tuple[int, int]:
    """Row and column, from 1, of an address such as C5. Raises Undecodable for what is none."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise Undecodable(f"a cell has the address {address[:20]!r}, which is none")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _cells(root: etree._Element, strings: list[str]) -> Iterator[tuple[tuple[int, int], str]]:
    count = 0
    for data in root:
        if local(data) != "sheetData":
            continue
        row = 0
        for line in data:
            printed = attribute(line, "r")
            row, column = int(printed) if printed and printed.isdigit() else row + 1, 0
            for cell in line:
                address = attribute(cell, "r")
                row, column = position(address) if address else (row, column + 1)
                text = _cell_text(cell, strings)
                if text:
                    count += 1
                    limits.check("cells", count)
                    yield (row, column), text


def _cell_text(cell: etree._Element, strings: list[str]) -> str:
    kind = cell.get("t")
    parts = {local(child): child for child in cell}
    if kind == "inlineStr":
        return _text(parts["is"]) if "is" in parts else ""
    value = parts["v"].text if "v" in parts else None
    if not value:
        return f"={parts['f'].text or '…'}" if "f" in parts and kind != "str" else ""
    if kind == "s":
        if not (value.isascii() and value.isdigit() and int(value) < len(strings)):
            raise Undecodable(f"a cell names the text {value[:20]!r}, which the workbook does not have")
        return strings[int(value)]
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return value if kind in ("str", "e", "d") else stored_number(value)


def stored_number(value: str) -> str:
    """A stored number in the digits it was entered with: fifteen are exact, the rest is the machine's."""
    try:
        return f"{float(value):.15g}" if len(value) > 15 or "E" in value.upper() or "." in value else value
    except ValueError:
        return value


def _merges(root: etree._Element) -> Iterator[Merge]:
    for element in root:
        if local(element) == "mergeCells":
            for merge in element:
                first, _, last = (attribute(merge, "ref") or "").partition(":")
                yield Merge(*position(first), *position(last or first))
