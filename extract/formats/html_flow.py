"""The markup of a web page to flows of lines and tables: which words stand in which block, cell and row.

What a table means and how it is drawn is html_grid.py's work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.formats import limits
from extract.formats.html_grid import Cell, Flow, Preformatted, Table, cell_of, span

_BLOCKS: Final = (
    "address article aside blockquote caption center dd details dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p pre section summary ul"
)
_LEFT_OUT: Final = "audio canvas iframe noscript rp rt script select style svg template textarea title video"
_TYPED: Final = frozenset((None, "", "text", "number"))

_known = LexborHTMLParser("")


def _ids(names: str) -> frozenset[int]:
    """Lexbor's numbers of elements: those of HTML have the same in every page."""
    return frozenset(_known.create_node(name).tag_id for name in names.split())


_TEXT: Final = 2
_BLOCK_IDS, _LEFT_OUT_IDS = _ids(_BLOCKS), _ids(_LEFT_OUT)
_SECTION_IDS, _CELL_IDS, _RAISED_IDS = _ids("tbody thead tfoot"), _ids("td th"), _ids("sup sub")
(_TABLE,), (_ROW,), (_BREAK,), (_PRE,), (_INPUT,) = map(_ids, ("table", "tr", "br", "pre", "input"))
_BLOCK, _OTHER = 1, 3
_OTHER_IDS: Final = _LEFT_OUT_IDS | _SECTION_IDS | _CELL_IDS | _RAISED_IDS | {_TABLE, _ROW, _BREAK, _INPUT}
_ACTS: Final = {_TEXT: _TEXT, **dict.fromkeys(_BLOCK_IDS, _BLOCK), **dict.fromkeys(_OTHER_IDS, _OTHER)}
_NOT_PLAIN: Final = _LEFT_OUT_IDS | _RAISED_IDS | {_INPUT, _PRE}
"""Elements that make the text of a cell another than the text of its nodes."""
_MERGED: Final = "td[colspan], td[rowspan], th[colspan], th[rowspan]"
_APART: Final = "\ufdd0"
"""No character: it cannot stand in a text."""

_Owner = tuple[Flow, int, bool]
"""Where text goes: the flow of its cell or of the page, its block, and whether its spaces count."""


class Flows:
    """The flow of a page's body. Consumes the tree: rows are taken out of it as they are read."""

    def __init__(self, body: LexborNode) -> None:
        self.flow: Flow = []
        self._block = 0  # where the last line stands: text of another block begins a new one
        self._nowhere: Flow = []
        self._owners: dict[int, _Owner] = {body.mem_id: (self.flow, body.mem_id, False)}  # by the addresses of nodes
        self._tables: dict[int, tuple[Table, Flow]] = {}
        self._rows: dict[int, list[Cell]] = {}
        self._whole: dict[int, Table] = {}
        self._merged = frozenset(node.mem_id for node in body.css(_MERGED))
        for table in _innermost(body):
            self._whole[table.mem_id] = self._take_rows(table)
        self._read(_inside(body))
        read = (*self._whole.values(), *(table for table, _ in self._tables.values()))
        limits.check("cells", sum(len(row) for table in read for row in table.rows))

    def _take_rows(self, node: LexborNode) -> Table:
        """Read the rows of a table that holds no other. A cell with one piece of text, as most have, is that text."""
        table = Table(is_layout=False)
        is_plain = _NOT_PLAIN.isdisjoint([part.tag_id for part in node.traverse()])
        for section in node.iter():
            for row in list(section.iter()) if section.tag_id in _SECTION_IDS else ():
                if row.tag_id == _ROW:
                    cells = [cell for cell in row.iter() if cell.tag_id in _CELL_IDS]
                    table.rows.append([self._cell(cell, is_plain=is_plain) for cell in cells])
                row.decompose()
        return table

    def _cell(self, node: LexborNode, *, is_plain: bool) -> Cell:
        flow: Flow = []
        text = node.text(separator=_APART, skip_empty=True)
        if is_plain and _APART not in text:
            if text:
                flow.append(text)
        else:
            self._owners[node.mem_id] = (flow, node.mem_id, False)
            self._read(_inside(node))
        return _spanned(node, flow, self._merged)

    def _read(self, nodes: Iterable[LexborNode]) -> None:
        """Take in nodes in the order of the source; text and blocks, as most are, are dealt with here for speed."""
        owners, nowhere, owner_of, acts = self._owners, self._nowhere, self._owner, _ACTS
        for node in nodes:
            kind = node.tag_id
            act = acts.get(kind)
            if act is None:
                continue
            parent: LexborNode = node.parent  # type: ignore[assignment]  # only the document has none
            flow, block, keeps = owners.get(parent.mem_id) or owner_of(parent)
            if flow is nowhere:
                continue
            if act == _TEXT:
                text: str = node.text_content  # type: ignore[assignment]  # only elements have none
                if keeps:
                    self._add_lines(text, flow, block)
                elif self._block == block:
                    flow[-1] += text  # type: ignore[operator]
                elif not text.isspace():
                    flow.append(text)
                    self._block = block
            elif act == _BLOCK:
                self._block = 0
                owners[node.mem_id] = (flow, node.mem_id, keeps or kind == _PRE)
            else:
                self._open(node, kind, flow, block)

    def _owner(self, node: LexborNode) -> _Owner:
        """Where the text of an element goes that is no block: to the block around it."""
        owner = self._owners.get(node.parent.mem_id)  # type: ignore[union-attr]
        if owner is not None:
            self._owners[node.mem_id] = owner
            return owner
        passed = []
        while (owner := self._owners.get(node.mem_id)) is None:
            passed.append(node.mem_id)
            node = node.parent  # type: ignore[assignment]  # the body is above and has an owner
        self._owners.update(dict.fromkeys(passed, owner))
        return owner

    def _open(self, node: LexborNode, kind: int, flow: Flow, block: int) -> None:
        """Take in an element of another kind, that stands in a block of a flow."""
        place, around = node.mem_id, node.parent.mem_id  # type: ignore[union-attr]
        if kind == _BREAK:
            self._block = 0
        elif kind == _TABLE:
            self._block = 0
            self._tables[place] = (Table(), flow)
        elif kind in _SECTION_IDS and around in self._whole:
            self._append(self._whole[around], flow)
        elif kind in _SECTION_IDS and around in self._tables:
            self._tables[place] = self._tables[around]
        elif kind == _ROW and around in self._tables:
            table, outside = self._tables[around]
            self._append(table, outside)
            row: list[Cell] = []
            self._rows[place] = row
            table.rows.append(row)
        elif kind in _CELL_IDS and around in self._rows:
            cell: Flow = []
            self._owners[place] = (cell, place, False)
            self._rows[around].append(_spanned(node, cell, self._merged))
        elif kind in _LEFT_OUT_IDS:
            self._owners[place] = (self._nowhere, 0, False)
        elif kind in _RAISED_IDS:
            if node.text().strip()[:1].isdigit():  # the number of a note: beside a figure it would be part of it
                self._add("^", flow, block)
        elif kind == _INPUT and node.attributes.get("type") in _TYPED:
            self._add(node.attributes.get("value") or " ", flow, block)

    def _append(self, table: Table, flow: Flow) -> None:
        """Put a table into the flow around it, once, at its first row: a caption stands above the table."""
        self._block = 0
        if not any(item is table for item in flow[-2:]):
            flow.append(table)

    def _add(self, text: str, flow: Flow, block: int) -> None:
        """Add text to the last line where that stands in the same block, else as a new one."""
        if self._block == block:
            flow[-1] += text  # type: ignore[operator]
        elif not text.isspace():
            flow.append(text)
            self._block = block

    def _add_lines(self, text: str, flow: Flow, block: int) -> None:
        """Add preformatted text: its lines are lines, its spaces stay."""
        first, *others = text.split("\n")
        flow.append(Preformatted(f"{flow.pop()}{first}" if self._block == block else first))
        flow += map(Preformatted, others)
        self._block = block


def _inside(node: LexborNode) -> Iterator[LexborNode]:
    return islice(node.traverse(include_text=True), 1, None)


def _innermost(body: LexborNode) -> list[LexborNode]:
    """The tables that hold no other table."""
    tables = body.css("table")
    holding: set[int] = set()
    for table in tables:
        around = table.parent
        while around is not None and around.tag_id != _TABLE:
            around = around.parent
        if around is not None:
            holding.add(around.mem_id)
    return [table for table in tables if table.mem_id not in holding]


def _spanned(node: LexborNode, flow: Flow, merged: frozenset[int]) -> Cell:
    if node.mem_id not in merged:
        return cell_of((flow, 1, 1))
    spans = node.attributes
    across = span(spans["colspan"]) or 1 if "colspan" in spans else 1
    return cell_of((flow, across, span(spans["rowspan"]) if "rowspan" in spans else 1))
