"""The tree of a web page to a flow of lines and tables: which words stand in which block, cell and row.

Marks are put into the tree where blocks, rows and cells begin or end; the text of the tree is then taken at once and
cut at the marks, since to fetch the text of every node would take far longer. What a table means and how it is drawn
is html_grid.py's work.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.formats import limits
from extract.formats.document import BETWEEN
from extract.formats.html_grid import Cell, Flow, Preformatted, Table, Words, cell_of, span, words_of

_Insert = Callable[[LexborNode, bytes], None]

_BLOCKS: Final = (
    "address article aside blockquote center dd details dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p section summary ul"
)
_LEFT_OUT: Final = "audio canvas iframe noscript rp rt script select style svg template textarea title video"
_TYPED: Final = frozenset((None, "", "text", "number"))

# A mark is NUL, which no parser of HTML leaves in a text, and a sign; but for that of a cell, one that _UNEVEN finds.
_CELL, _MERGED, _ROW, _TABLE, _TABLE_END = "\0d", "\0 ", "\0\n", "\0¦", "\0｜"
_BREAK, _CAPTION, _CAPTION_END, _KEEPS, _KEEPS_NO_MORE, _READ = "\0|", "\0\t", "\0\v", "\0\f", "\0\r", "\0│"
_SPANS: Final = re.compile(f"{_MERGED}(\\d+),(\\d+)")
_CAPTIONS: Final = re.compile(f"{_CAPTION}(.*?){_CAPTION_END}", re.DOTALL)
_UNEVEN: Final = re.compile(rf"[|｜¦│┃{''.join(filter(str.isspace, map(chr, range(0x3001))))}]")  # faster than \s

_known = LexborHTMLParser("")


def _for_bytes(method: _Insert) -> _Insert:
    """A method of selectolax as it is compiled for bytes, if it is: to find that anew takes longer than the call."""
    found: _Insert = getattr(method, "__signatures__", {}).get("bytes", method)
    return found


_insert_before, _insert_after = _for_bytes(LexborNode.insert_before), _for_bytes(LexborNode.insert_after)


def _marks(before: str, behind: str = "") -> tuple[bytes, bytes]:
    return before.encode(), behind.encode()


def _ids(names: str) -> list[int]:
    """Lexbor's numbers of elements: those of HTML have the same in every page."""
    return [_known.create_node(name).tag_id for name in names.split()]


_ROW_ID, _TD_ID, _TH_ID, _SUP_ID, _SUB_ID, _INPUT_ID, _MATH_ID = _ids("tr td th sup sub input math")
_AROUND: Final = {
    **dict.fromkeys(_ids(_BLOCKS), _marks(_BREAK, _BREAK)),
    **dict.fromkeys(_ids("pre"), _marks(_BREAK + _KEEPS + _BREAK, _BREAK + _KEEPS_NO_MORE + _BREAK)),
    **dict.fromkeys(_ids("br"), _marks(_BREAK)),
    **dict.fromkeys(_ids("table"), _marks(_TABLE, _TABLE_END)),
    **dict.fromkeys(_ids("caption"), _marks(_CAPTION, _CAPTION_END)),
    _ROW_ID: _marks(_ROW),
}
"""Element -> the marks before it and behind it."""
_LEFT_OUT_IDS: Final = frozenset(_ids(_LEFT_OUT))
_ACTS: Final = frozenset((*_AROUND, *_LEFT_OUT_IDS, _TD_ID, _TH_ID, _SUP_ID, _SUB_ID, _INPUT_ID, _MATH_ID))
_PARENTS: Final = {
    _ROW_ID: _ids("tbody thead tfoot"),
    _TD_ID: [_ROW_ID],
    _TH_ID: [_ROW_ID],
    **dict.fromkeys(_ids("caption tbody thead tfoot"), _ids("table")),
}
"""In which elements parts of tables stand; those of MathML may be called so too, and stand elsewhere."""


def mark(body: LexborNode, spans: dict[int, dict[str, str | None]]) -> int:
    """Put the marks into a page's body and take out what is left out; returns how many <td> there are.

    spans: the attributes of elements that have a colspan or rowspan, by their mem_id. Raises Undecodable beyond `span`.
    """
    acts, around, cells, has_math = _ACTS, _AROUND, 0, False
    cell, cell_ids = _CELL.encode(), (_TD_ID, _TH_ID)
    left_out: list[LexborNode] = []
    for node in body.traverse():
        kind = node.tag_id
        if kind not in acts:
            continue
        cells += kind == _TD_ID
        if has_math and not _is_of_html(node, kind):
            continue
        if kind in cell_ids:
            written = spans.get(node.mem_id)
            _insert_before(node, _merged(written) + cell if written else cell)
        elif kind in around:
            before, behind = around[kind]
            _insert_before(node, before)
            if behind:
                _insert_after(node, behind)
        elif kind in _LEFT_OUT_IDS:
            left_out.append(node)
        elif kind == _MATH_ID:
            has_math = True
        elif kind == _INPUT_ID:
            if node.attributes.get("type") in _TYPED:
                node.insert_before(node.attributes.get("value") or " ")
        elif node.text().strip()[:1].isdigit():  # the number of a note: beside a figure it would be part of it
            node.insert_before("^")
    for node in reversed(left_out):  # those inside others first
        node.decompose()
    return cells


def _is_of_html(node: LexborNode, kind: int) -> bool:
    """Whether an element in a page with formulas stands where one of that name does in HTML."""
    while kind in _PARENTS:
        parent: LexborNode = node.parent  # type: ignore[assignment]  # only the document has none
        if parent.tag_id not in _PARENTS[kind]:
            return False
        node, kind = parent, parent.tag_id
    return True


def _merged(written: dict[str, str | None]) -> bytes:
    """The mark of a cell that covers others, by its attributes."""
    across = span(written["colspan"]) or 1 if "colspan" in written else 1
    down = span(written["rowspan"]) if "rowspan" in written else 1
    return f"{_MERGED}{across},{down}".encode() if (across, down) != (1, 1) else b""


def flow_of(marked: str) -> Flow:
    """The flow of a page by the text of its marked body. Raises Undecodable beyond the limit `cells`."""
    limits.check("cells", marked.count(_CELL))
    tables: list[Table] = []
    around: list[list[str]] = [[]]  # of the page and of each table that is open, what stands outside its inner tables
    *pieces, behind = marked.split(_TABLE_END)
    for piece in pieces:
        before, *opened = piece.split(_TABLE)
        around[-1].append(before)
        around += [[content] for content in opened]
        around[-2].append(_take_in(around.pop(), tables))
    return _flow("".join((*around[0], behind)), tables)


def _take_in(pieces: list[str], tables: list[Table]) -> str:
    """Read a table whose inner ones are read; returns what stands for it: captions above and below, and its mark."""
    content = "".join(pieces)
    captions = ["", ""]
    if _CAPTION in content:
        first = content.find(_ROW)
        for caption in _CAPTIONS.finditer(content):
            captions[caption.start() > first >= 0] += f"{_BREAK}{caption[1]}{_BREAK}"
        content = _CAPTIONS.sub("", content)
    table = Table()
    table.rows = [_row(row.strip(), tables) for row in content.split(_ROW)[1:]]
    if not table.rows:
        return f"{_BREAK}{captions[0]}{_BREAK}"
    table.decide()
    tables.append(table)
    return f"{captions[0]}{_BREAK}{_READ}{len(tables) - 1}{_BREAK}{captions[1]}"


def _row(row: str, tables: list[Table]) -> Words | list[Cell]:
    merged: tuple[tuple[int, int, int], ...] = ()
    if _MERGED in row:
        found = _SPANS.finditer(row)
        merged = tuple([(row.count(_CELL, 0, spans.start()), int(spans[1]), int(spans[2])) for spans in found])
        row = _SPANS.sub("", row)
    if row.startswith(_CELL) and not _UNEVEN.search(row):  # most rows
        return words_of((row[2:].replace(_CELL, BETWEEN), merged))
    texts = row.split(_CELL)[1:]
    words = "\0".join([text.replace(_BREAK, " ").strip() for text in texts])
    if texts and not _UNEVEN.search(words):
        return words_of((words.replace("\0", BETWEEN), merged))
    spans = {place: (across, down) for place, across, down in merged}
    return [cell_of((_flow(text, tables), *spans.get(place, (1, 1)))) for place, text in enumerate(texts)]


def _flow(content: str, tables: list[Table]) -> Flow:
    """Lines, and tables by their marks. Text that is preformatted has its own line ends, and spaces that stay."""
    flow: Flow = []
    kept = 0
    for line in content.split(_BREAK):
        if line.startswith("\0"):
            if line.startswith(_READ):
                flow.append(tables[int(line[2:])])
            else:
                kept += 1 if line == _KEEPS else -1
        elif line and not line.isspace():
            if kept:
                flow += map(Preformatted, line.split("\n"))
            else:
                flow.append(line)
    return flow
