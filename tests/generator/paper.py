"""Reports as PDF with a text layer, drawn by reportlab: ruled tables that run over pages, page numbers, running heads."""

import io
from html import escape
from random import Random
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from .office import boxes
from .printing import Composed, PrintedTable

_FONT = "STSong-Light"
_WIDE = 10  # grid columns from which a page is turned


def pdf(composed: Composed, rng: Random) -> bytes:
    """The report as pages; merged rows are ruled cell by cell, so that a page may end inside them."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    size = rng.choice((8, 9))
    body = ParagraphStyle("body", fontName=_FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    cell = ParagraphStyle("cell", fontName=_FONT, fontSize=size, leading=size + 3, wordWrap="CJK")
    across = (
        any(isinstance(b, PrintedTable) and b.rows[0].width > _WIDE for b in composed.blocks) and rng.random() < 0.5
    )
    page = landscape(A4) if across else A4
    story: list[Any] = [Spacer(1, rng.randint(0, 300))]
    for block in composed.blocks:
        if isinstance(block, PrintedTable):
            story += [_table(block, cell, page[0] - 80, rng), Spacer(1, 10)]
        else:
            story += [Paragraph(escape(line), body) for line in block.split("\n")]
    target = io.BytesIO()
    document = SimpleDocTemplate(target, pagesize=page, leftMargin=40, rightMargin=40, topMargin=50, bottomMargin=50)
    numbered = rng.random() < 0.7

    def furniture(canvas: Any, _: Any) -> None:
        if numbered:
            canvas.setFont(_FONT, 9)
            canvas.drawCentredString(page[0] / 2, 24, f"- {canvas.getPageNumber()} -")

    document.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return target.getvalue()


def _table(block: PrintedTable, style: ParagraphStyle, room: float, rng: Random) -> LongTable:
    rows = block.rows
    width = max(row.width for row in rows)
    data: list[list[Any]] = [[""] * width for _ in rows]
    rules: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    for box in boxes(rows, wide=rng.random() < 0.5):
        data[box.top][box.left] = Paragraph(escape(box.text).replace("\n", "<br/>"), style)
        rules += [
            ("SPAN", (box.left, row), (box.right, row))
            for row in range(box.top, box.bottom + 1)
            if box.right > box.left
        ]
        rules.append(("BOX", (box.left, box.top), (box.right, box.bottom), 0.5, colors.black))
    shares = _shares(width, max(row.labels for row in rows))
    return LongTable(data, [room * share / sum(shares) for share in shares], style=TableStyle(rules))


def _shares(width: int, labels: int) -> list[float]:
    """How wide each column of the grid is beside the others: labels are long, values short."""
    if labels == 0:
        return [1.0] * width
    return [3.0] * min(labels, width) + [1.2] * (width - labels) if labels > 1 else [4.0] + [1.5] * (width - 1)
