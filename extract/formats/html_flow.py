"""The markup of a web page to a flow of lines and tables: which words stand in which block, cell and row.

The markup is what a parser of HTML writes for the tree it made of a page: every element that has an end is ended, and
``<``, ``>``, ``&`` and no-break spaces stand in texts and attributes as references. So a few substitutions do for
whole tables what visiting each element would take many times as long for. What a table means and how it is drawn is
html_grid.py's work.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import Final

from extract.formats import limits
from extract.formats.document import BETWEEN
from extract.formats.html_grid import Cell, Flow, Preformatted, Table, Words, cell_of, span

_BLOCKS: Final = (
    "address article aside blockquote br center dd details dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p section summary ul"
)


def _one_of(names: str) -> str:
    """A pattern for one of several names, by their first letters: it fails sooner on any other."""
    letters = groupby(sorted(names.split()), lambda name: name[0])
    return "|".join(f"{first}(?:{'|'.join(name[1:] for name in group)})" for first, group in letters)


# A break is written "&;", which no text holds: there "&" stands before a letter. So is a mark, between breaks: a table by
# its number, and where preformatted text begins and ends.
_BREAK, _KEEPS, _KEEPS_NO_MORE = "&;", "&+;", "&-;"
_BLOCK: Final = re.compile(rf"</?(?:{_one_of(_BLOCKS)})(?: [^>]*)?>")
_PRE: Final = re.compile(r"<(/?)pre(?: [^>]*)?>")
_TAG: Final = re.compile(r"<[^>]*>")
_TABLE: Final = re.compile(r"<(/?)table(?: [^>]*)?>")
_CAPTION: Final = re.compile(r"<caption(?: [^>]*)?>(.*?)</caption>", re.DOTALL)
_SECTION: Final = re.compile(r"<t(?:body|head|foot)[ >]")
_OF_NO_CELL: Final = re.compile(r"<(?!/?td[ >])[^>]*>")
_BEFORE: Final = re.compile(r">(?:\s|&;)+")
_BEHIND: Final = re.compile(r"(?:\s|&;)+<")
_ATTRIBUTES: Final = re.compile(r"< [^>]*>")
_CELL: Final = re.compile(r"<td([^>]*)>([^<]*)</td>")
_UNEVEN: Final = re.compile(r"[>&\s|｜¦│┃]")
_ATTRIBUTE: Final = re.compile(r' (=?[^ =]*)="([^"]*)"')


def flow_of(markup: str) -> Flow:
    """The flow of a page's body. Raises Undecodable beyond the limits `cells` and `span`."""
    limits.check("cells", markup.count("</td>") + markup.count("</th>"))
    if "<pre" in markup:
        markup = _PRE.sub(lambda tag: f"&;{_KEEPS_NO_MORE if tag[1] else _KEEPS}&;", markup)
    tables: list[Table] = []
    around: list[list[str]] = [[]]  # of the page and of each table that is open, what stands outside its inner tables
    at = 0
    for tag in _TABLE.finditer(markup):
        around[-1].append(markup[at : tag.start()])
        at = tag.end()
        if not tag[1]:
            around.append([])
        else:
            around[-2].append(_take_in(around.pop(), tables))
    around[-1].append(markup[at:])
    outside = "".join(around[0])
    return _flow(_TAG.sub("", _BLOCK.sub(_BREAK, outside)), tables)


def _take_in(pieces: list[str], tables: list[Table]) -> str:
    """Read a table whose inner ones are read; returns what stands for it: its captions above and below, and its mark."""
    content = "".join(pieces)
    captions = ["", ""]
    if "<caption" in content:
        first = _SECTION.search(content)
        for caption in _CAPTION.finditer(content):
            captions[first is not None and caption.start() > first.start()] += f"&;{caption[1]}&;"
        content = _CAPTION.sub("", content)
    if not _SECTION.search(content):
        return f"&;{captions[0]}&;"
    table = Table(is_layout=False if len(pieces) == 1 else None)
    if "<th" in content:
        content = content.replace("<th>", "<td>").replace("<th ", "<td ").replace("</th>", "</td>")
    for row in content.replace("<td>\u00a0</td>", "<td></td>").split("</tr>")[:-1]:
        table.rows.append(_row(row.partition("<tr")[2].partition(">")[2], tables))
    tables.append(table)
    return f"{captions[0]}&;&{len(tables) - 1};&;{captions[1]}"


def _row(cells: str, tables: list[Table]) -> Words | list[Cell]:
    words = _words(cells)
    if words is None:
        cells = _OF_NO_CELL.sub("", _BLOCK.sub(_BREAK, cells))
        words = None if _KEEPS in cells else _words(_BEHIND.sub("<", _BEFORE.sub(">", cells)))
    if words is not None:
        return words
    return [
        cell_of((_flow(content, tables), *(_spans(attributes) if "span=" in attributes else (1, 1))))
        for attributes, content in _CELL.findall(cells)
    ]


def _words(cells: str) -> Words | None:
    """A row whose cells are a word each, or blank; None where it is another."""
    if not (cells.startswith("<td") and cells.endswith("</td>")):
        return None
    row = "<" + cells[3:-5].replace("</td><td", "<")  # each cell: <, its attributes, >, its text
    merged: list[tuple[int, int, int]] = []
    if '="' in row:
        for attributes in _ATTRIBUTES.finditer(row) if "span=" in row else ():
            if "span=" in attributes[0]:
                merged.append((row.count("<", 0, attributes.start()), *_spans(attributes[0][1:-1])))
        row = _ATTRIBUTES.sub("<>", row)
    text = row[2:].replace("<>", "<")
    return None if _UNEVEN.search(text) else Words(text.replace("<", BETWEEN), merged)


def _flow(content: str, tables: list[Table]) -> Flow:
    """Lines, and tables by their marks. Text that is preformatted has its own line ends, and spaces that stay."""
    if "&" not in content:
        return [content] if content and not content.isspace() else []
    flow: Flow = []
    kept = 0
    for line in content.split(_BREAK):
        if not line or line.isspace():
            continue
        if line[0] == "&" and not line[1].isalpha():
            if line[1].isdigit():
                flow.append(tables[int(line[1:-1])])
            else:
                kept += 1 if line == _KEEPS else -1
            continue
        if "&" in line:
            line = line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        if kept:
            flow += map(Preformatted, line.split("\n"))
        else:
            flow.append(line)
    return flow


@lru_cache(maxsize=1024)
def _spans(attributes: str) -> tuple[int, int]:
    """Columns and rows that a cell covers, by its attributes as they are written."""
    written = dict(_ATTRIBUTE.findall(attributes))
    across = span(written["colspan"]) or 1 if "colspan" in written else 1
    return across, span(written["rowspan"]) if "rowspan" in written else 1
