"""Draws the generator's reports as PDF with reportlab: ruled tables, page breaks, landscape. Reads nothing back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from random import Random
from typing import Any

from generator import Expected, PrintedTable, Report, Style, compose
from generator.grids import occupancy
from generator.layouts import PrintedRow
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
BODY = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=18, wordWrap="CJK", firstLineIndent=24)
TITLE = ParagraphStyle("title", fontName=FONT, fontSize=16, leading=24, alignment=1, wordWrap="CJK")
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=8, leading=10, wordWrap="CJK")
VALUE = ParagraphStyle("value", parent=CELL, alignment=1)


@dataclass(frozen=True)
class Look:
    """How the pages look. repeat: header rows printed again on each page; split: rows may break at a page's end."""

    wide: bool = False
    repeat: bool = False
    split: bool = False
    lead: float = 0.0
    running: bool = True
    plain_values: bool = False


def random_look(rng: Random) -> Look:
    """Any look; `lead` (points of blank space before each table) moves the page breaks to any row."""
    return Look(*(rng.random() < 0.5 for _ in range(3)), rng.uniform(0, 400), rng.random() < 0.7, rng.random() < 0.3)


@dataclass(frozen=True)
class Placed:
    """A cell of a drawn grid: what it prints and the columns and rows that it covers."""

    text: str
    row: int
    column: int
    across: int
    down: int
    is_value: bool


def placed(rows: Sequence[PrintedRow]) -> list[Placed]:
    """The cells of a printed table where they stand in its grid; a row's last cell covers what is left of its width."""
    fields = occupancy(rows)
    cells = []
    for number, row in enumerate(rows):
        for place, text in enumerate(row.cells):
            column = next(c for c, field in enumerate(fields[number]) if field and field[:2] == (number, place))
            covered = sum(field is not None and field[:2] == (number, place) for field in fields[number])
            is_last = place == len(row.cells) - 1 and not any(fields[number][column + covered :])
            across = row.width - column if is_last else covered
            cells.append(Placed(text, number, column, across, row.rowspans[place], row.keys[place] is not None))
    return cells


def draw(
    report: Report, look: Look, style: Style | None = None, rng: Random | None = None
) -> tuple[bytes, tuple[Expected, ...]]:
    """A PDF of the report, and what a faultless reader returns for its cells."""
    composed = compose(report, style, rng)
    story: list[Any] = []
    for number, part in enumerate(composed.blocks):
        if isinstance(part, PrintedTable):
            if look.lead:
                story.append(Spacer(1, look.lead))
            story.append(_drawn_table(part.rows, look))
        else:
            story += [Paragraph(escape(line), BODY if number else TITLE) for line in part.split("\n") if line]
    return build(story, look, f"{report.organ}信息公开"), composed.expected


def _drawn_table(rows: Sequence[PrintedRow], look: Look) -> LongTable:
    cells = placed(rows)
    width = rows[0].width
    data: list[list[Any]] = [[""] * width for _ in rows]
    style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("FONT", (0, 0), (-1, -1), FONT, 8)]
    for cell in cells:
        plain = look.plain_values and cell.is_value
        data[cell.row][cell.column] = (
            cell.text if plain else Paragraph(escape(cell.text), VALUE if cell.is_value else CELL)
        )
        right, bottom = cell.column + cell.across - 1, cell.row + cell.down - 1
        # Cells merged over rows are ruled, not spanned, so that a page may end in them.
        style += [("SPAN", (cell.column, row), (right, row)) for row in range(cell.row, bottom + 1) if cell.across > 1]
        style.append(("BOX", (cell.column, cell.row), (right, bottom), 0.5, (0, 0, 0)))
    across = (842 if look.wide else 595) - 100
    widths = {4: [4, 2, 2, 2], 5: [4, 2, 2, 2, 2], 3: [6, 1.2, 2]}.get(width) or [1] * width
    return LongTable(
        data,
        [across * share / sum(widths) for share in widths],
        style=TableStyle(style),
        splitInRow=int(look.split),
        repeatRows=int(look.repeat),
    )


def build(story: list[Any], look: Look, header: str = "") -> bytes:
    """The pages as a file, with a running header and page numbers if the look has them."""

    def furniture(canvas: Any, template: Any) -> None:
        canvas.setFont(FONT, 9)
        width, height = canvas._pagesize
        canvas.drawString(50, height - 30, header)
        canvas.drawCentredString(
            width / 2, 25, f"- {canvas.getPageNumber()} -" if len(header) % 2 else str(canvas.getPageNumber())
        )

    out = BytesIO()
    size = landscape(A4) if look.wide else A4
    document = SimpleDocTemplate(out, pagesize=size, leftMargin=50, rightMargin=50, topMargin=50, bottomMargin=50)
    document.build(story, **({"onFirstPage": furniture, "onLaterPages": furniture} if look.running else {}))
    return out.getvalue()
