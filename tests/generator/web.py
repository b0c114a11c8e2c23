"""Reports as HTML, in the markup that portals publish: grids, layout tables, Word's own, fragments, paragraphs, pre.

Takes a composed report and gives the body of a page; what surrounds it is portal.py, which bytes it becomes files.py.
"""

from collections.abc import Callable, Sequence
from html import escape
from random import Random

from .grids import occupancy
from .layouts import PageState, PrintedRow
from .printing import WRITERS, Composed, PrintedTable

Draw = Callable[[PrintedTable, Random], str]

_EMPTY = ("", "&nbsp;", "\u00a0", "<br>", "<p></p>", "<p>&nbsp;</p>")
_WORD_TABLE = (
    '<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0" width="640" '
    'style="border-collapse:collapse;border:none;mso-border-alt:solid windowtext .5pt;mso-yfti-tbllook:1184;'
    'mso-padding-alt:0cm 5.4pt 0cm 5.4pt">'
)
_WORD_CELL = (
    "border:solid windowtext 1.0pt;border-left:none;mso-border-alt:solid windowtext .5pt;"
    "padding:0cm 5.4pt 0cm 5.4pt;height:{height}pt"
)


def page_body(composed: Composed, rng: Random, draw: Draw) -> str:
    """Paragraphs and tables of a report in reading order."""
    parts = []
    for number, block in enumerate(composed.blocks):
        if isinstance(block, PrintedTable):
            parts.append(draw(block, rng))
        elif number == 0:
            parts.append(f"<h1>{_text(block)}</h1>")
        else:
            parts += [f'<p style="text-indent:2em;">{_text(line)}</p>' for line in block.split("\n")]
    return "\n".join(parts)


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br/>")


def _spans(row: PrintedRow, place: int, stretch: int) -> str:
    across, down = row.spans[place] + (stretch if place == len(row.cells) - 1 else 0), row.rowspans[place]
    return (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")


def stretches(rows: Sequence[PrintedRow]) -> list[int]:
    """How many columns of the grid each row leaves free behind its last cell, as where the official form merges them."""
    return [sum(place is None for place in fields) for fields in occupancy(rows)]


def _rows(rows: Sequence[PrintedRow], rng: Random, cell: Callable[[str, str, bool], str]) -> list[str]:
    """Each row as <tr>; `cell` draws text, span attributes and whether it is a header."""
    wide = rng.random() < 0.5 and all(row.keys for row in rows)
    free = stretches(rows) if wide else [0] * len(rows)
    lines = []
    for row, stretch in zip(rows, free, strict=True):
        cells = [cell(text, _spans(row, place, stretch), row.header) for place, text in enumerate(row.cells)]
        lines.append("<tr>" + "".join(cells) + "</tr>")
    return lines


def grid(table: PrintedTable, rng: Random) -> str:
    """A plain table with merged cells."""
    empty, head = rng.choice(_EMPTY), rng.choice(("td", "th"))

    def cell(text: str, spans: str, header: bool) -> str:
        tag = head if header else "td"
        return f"<{tag}{spans}>{_text(text) or empty}</{tag}>"

    return "<table border='1'>\n<tbody>" + "\n".join(_rows(table.rows, rng, cell)) + "</tbody></table>"


def nested(table: PrintedTable, rng: Random) -> str:
    """A table inside the cells of tables that only lay out the page."""
    menu = "".join(
        f"<tr><td><a href='#'>{word}</a></td></tr>" for word in ("机构职能", "政策文件", "年度报告", "公开指南")
    )
    inner = grid(table, rng)
    return (
        f'<table width="100%"><tr><td width="20%" valign="top"><table>{menu}</table></td>'
        f'<td><table width="100%"><tr><td>&nbsp;</td></tr><tr><td align="center">{inner}</td></tr></table></td></tr></table>'
    )


def word(table: PrintedTable, rng: Random) -> str:
    """What Word saves as a web page: paragraphs and font runs in every cell, classes, empty elements."""

    def run(text: str) -> str:
        lang = ' lang="EN-US"' if text.isascii() else ""
        return f'<span{lang} style="font-size:10.5pt;font-family:仿宋_GB2312;mso-hansi-font-family:宋体">{_text(text)}</span>'

    def cell(text: str, spans: str, _: bool) -> str:
        # Word breaks a run wherever the typist paused, in the middle of a word too.
        cut = rng.randint(1, len(text) - 1) if len(text) > 4 and rng.random() < 0.3 else len(text)
        runs = (
            "".join(run(part) for part in (text[:cut], text[cut:]) if part)
            or '<span lang="EN-US"><o:p>&nbsp;</o:p></span>'
        )
        width, height = rng.randint(40, 160), rng.randint(15, 30)
        style = _WORD_CELL.format(height=height)
        return (
            f'<td width="{width}"{spans} style="width:{width}.0pt;{style}">\n'
            f'<p class="MsoNormal" align="center" style="text-align:center;line-height:18.0pt">{runs}</p>\n</td>'
        )

    rows = _rows(table.rows, rng, cell)
    lines = "\n".join(row.replace("<tr>", f"<tr style='mso-yfti-irow:{number}'>", 1) for number, row in enumerate(rows))
    return f"<div align=center>{_WORD_TABLE}{lines}</table></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>"


def fragments(table: PrintedTable, rng: Random) -> str:
    """One table in several pieces, cut between rows that no merged cell holds together."""
    rows, free = table.rows, _cuts(table.rows)
    chosen = sorted(rng.sample(free, min(len(free), rng.randint(1, 3)))) if free else []
    pieces = [rows[start:end] for start, end in zip([0, *chosen], [*chosen, len(rows)], strict=True)]
    between = rng.choice(("\n", "<p>&nbsp;</p>", "<br>", '<div class="page"></div>'))
    return between.join(grid(PrintedTable(tuple(piece)), rng) for piece in pieces)


def _cuts(rows: Sequence[PrintedRow]) -> list[int]:
    """Rows before which the table can be cut: no cell reaches into them from above, and no header is parted from its row."""
    fields = occupancy(rows)
    return [
        number
        for number in range(1, len(rows))
        if not rows[number - 1].header and all(place is None or place.row >= number for place in fields[number])
    ]


def divisions(table: PrintedTable, rng: Random) -> str:
    """Rows and cells as <div>, as pages for small screens have them."""
    del rng
    rows = (
        '<div class="tr">' + "".join(f'<div class="td">{_text(cell)}</div>' for cell in row.cells) + "</div>"
        for row in table.rows
    )
    return '<div class="table">' + "\n".join(rows) + "</div>"


def written(layout: str, line: str = "<p>{}</p>", around: str = "{}") -> Draw:
    """A table drawn as text in one of the text layouts: each line as `line`, all of them in `around`."""

    def draw(table: PrintedTable, rng: Random) -> str:
        text = WRITERS[layout].drawn(table.rows, PageState(rng)).text
        return around.format("\n".join(line.format(_text(row)) for row in text.split("\n")))

    return draw
