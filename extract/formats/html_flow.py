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

from extract.formats.document import BETWEEN
from extract.formats.html_grid import Cell, Flow, Preformatted, Table, Words, cell_of, span, words_of

_BLOCKS: Final = (
    "address article aside blockquote br center dd details dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p section summary ul"
)


def _one_of(names: str) -> str:
    """A pattern for one of several names, by their first letters: it fails sooner on any other."""
    letters = groupby(sorted(names.split()), lambda name: name[0])
    return "|".join(f"{first}(?:{'|'.join(name[1:] for name in group)})" for first, group in letters)


# A break is written "&;", which no text holds: there "&" stands before a letter. So is a mark, between breaks: a table
# by its number, and where preformatted text begins and ends.
_BREAK, _KEEPS, _KEEPS_NO_MORE = "&;", "&+;", "&-;"
_BLOCK: Final = re.compile(rf"</?(?:{_one_of(_BLOCKS)})(?: [^>]*)?>")
_PRE: Final = re.compile(r"<(/?)pre(?: [^>]*)?>")
_TAG: Final = re.compile(r"<[^>]*>")
_CAPTION: Final = re.compile(r"<caption(?: [^>]*)?>(.*?)</caption>", re.DOTALL)
_SECTION: Final = re.compile(r"<t(?:body|head|foot)[ >]")
_OF_NO_CELL: Final = re.compile(r"<(?!/?td[ >])[^>]*>")
_SPACES: Final = "".join(filter(str.isspace, map(chr, range(0x3001))))
_UNEVEN: Final = re.compile(rf"[>&|｜¦│┃{_SPACES}]")  # faster than \s
_CACHED: Final = 48  # characters of attributes: the spans of most cells are alone
_ATTRIBUTE: Final = re.compile(r' (=?[^ =]*)="([^"]*)"')


def flow_of(markup: str) -> Flow:
    """The flow of a page's body. Raises Undecodable beyond the limit `span`."""
    if "<pre" in markup:
        markup = _PRE.sub(lambda tag: f"&;{_KEEPS_NO_MORE if tag[1] else _KEEPS}&;", markup)
    tables: list[Table] = []
    around: list[list[str]] = [[]]  # of the page and of each table that is open, what stands outside its inner tables
    *pieces, behind = markup.split("</table>")
    for piece in pieces:
        before, *opened = piece.split("<table")
        around[-1].append(before)
        around += [[content] for content in opened]
        around[-2].append(_take_in(around.pop(), tables))
    around[0].append(behind)
    outside = "".join(around[0])
    return _flow(_TAG.sub("", _BLOCK.sub(_BREAK, outside)), tables)


def _take_in(pieces: list[str], tables: list[Table]) -> str:
    """Read a table whose inner ones are read; returns what stands for it: captions above and below, and its mark."""
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
    if "&nbsp;" in content:
        content = content.replace("<td>&nbsp;</td>", "<td></td>")
    for row in content.split("</tr>")[:-1]:
        cells = row[row.index(">", row.index("<tr")) + 1 :]
        if cells.startswith("<td>") and cells.endswith("</td>"):
            words = cells[4:-5].replace("</td><td>", "<")
            if not _UNEVEN.search(words):  # most rows
                table.rows.append(words_of((words.replace("<", BETWEEN), ())))
                continue
        table.rows.append(_row(cells, tables))
    tables.append(table)
    return f"{captions[0]}&;&{len(tables) - 1};&;{captions[1]}"


def _row(row: str, tables: list[Table]) -> Words | list[Cell]:
    if row.count("<") != 2 * row.count("</td>"):
        row = _OF_NO_CELL.sub("", _BLOCK.sub(_BREAK, row))
    cells = [cell.partition(">") for cell in row.split("</td>")[:-1]]
    merged = [(place, *_spans(attributes)) for place, (attributes, _, _) in enumerate(cells) if "span=" in attributes]
    words = "<".join([text.replace(_BREAK, " ").strip() for _, _, text in cells])
    if cells and not _UNEVEN.search(words):
        return words_of((words.replace("<", BETWEEN), merged))
    spans = {place: (across, down) for place, across, down in merged}
    return [cell_of((_flow(text, tables), *spans.get(place, (1, 1)))) for place, (_, _, text) in enumerate(cells)]


def _flow(content: str, tables: list[Table]) -> Flow:
    """Lines, and tables by their marks. Text that is preformatted has its own line ends, and spaces that stay."""
    if "&" not in content:
        return [content] if content and not content.isspace() else []
    content = content.replace("&nbsp;", "\u00a0")
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


def _spans(attributes: str) -> tuple[int, int]:
    """Columns and rows that a cell covers, by its attributes as they are written."""
    return (_few_spans if len(attributes) < _CACHED else _read_spans)(attributes)


def _read_spans(attributes: str) -> tuple[int, int]:
    written = dict(_ATTRIBUTE.findall(attributes))
    across = span(written["colspan"]) or 1 if "colspan" in written else 1
    return across, span(written["rowspan"]) if "rowspan" in written else 1


_few_spans = lru_cache(maxsize=1024)(_read_spans)
