"""Web pages to text: the markup's blocks become lines, its data tables rows.

The rule by which a page is drawn, the same for every page:
- Words of one block stand in one line, as the markup joins them (规<b>章</b> is 规章); a block, ``<br>`` and a cell
  begin a new one, and so does each line of ``<pre>``, whose spaces stay. Before raised or lowered digits stands ``^``.
- Comments, scripts, styles, templates, lists to choose from and whatever the markup hides are left out.
- A data table is drawn a row a line, each cell once (html_grid.py says how merged cells are); several lines of a cell
  are set apart by spaces, and by `` / `` between figures. Layout tables, and cells over a whole table, are paragraphs.
- In a text that has no markup but its tables (Markdown), line ends outside these are line ends.
- What ``<meta name="ArticleTitle">`` or else ``<title>`` says and no line does, stands before the rest.

Places: ``table 3 row 5 column 2``, where tables drawn as rows count, in reading order, and columns are those of the
grid; ``paragraph 12``, ``title`` and ``meta ArticleTitle``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from extract.formats import limits
from extract.formats.document import Document, Undecodable
from extract.formats.drawing import Drawing
from extract.formats.encoding import to_text
from extract.formats.html_flow import flow_of, mark
from extract.formats.html_grid import Flow, lines

_FLAT: Final = "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th option"
"""Elements without end tags, or whose end tags are often left out: they do not nest by themselves."""
_TAG: Final = re.compile(rb"<(/?)(?!(?:%s)\b)([a-z][^\s/>]*)[^>]*" % _FLAT.replace(" ", "|").encode(), re.IGNORECASE)
_CHEAP_DEPTH: Final = 3000
_HIDES: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SEEN_TO: Final = '[hidden], [style*="display" i], xml, [colspan], [rowspan]'  # in <xml> stand settings of Word
_ARTICLE_TITLE: Final = 'meta[name="ArticleTitle" i]'
_CELL_TAG: Final = re.compile(rb"(?=<t[drh][\s>])", re.IGNORECASE)
_TABLES: Final = re.compile(rb"(<table[\s>].*?</table\s*>)", re.IGNORECASE | re.DOTALL)
_AROUND_TABLES: Final = re.compile(rb"</?(?:html|body)\s*>", re.IGNORECASE)
_TITLE_PARTS: Final = re.compile(r"[_|｜]|\s[-—–]+\s|-{2,}")


def read(content: bytes) -> Document:
    """The text of a web page. Raises Undecodable where it has none, or where it is beyond a limit."""
    text, encoding = to_text(content)
    source = content if encoding == "utf-8" else text.encode()
    _check_depth(source)
    tree = _parse(_with_line_ends(source))
    body = tree.body
    if body is None:
        raise Undecodable("the web page has no body: what its frames show stands in other files")
    flow = flow_of(body.text())
    drawing = Drawing()
    _draw_titles(drawing, tree, flow)
    drawing.flow(flow)
    document = drawing.finished().document("text/html", encoding)
    return document._replace(text=_cut_text(document.text, source))


def _with_line_ends(source: bytes) -> bytes:
    """A text whose only markup is that of its tables with a <br> at each line end outside these; any other as it is."""
    if source.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return source
    parts = _TABLES.split(source)
    if any(b"<" in _AROUND_TABLES.sub(b"", part) for part in parts[::2]):
        return source
    parts[::2] = [part.replace(b"\n", b"\n<br>") for part in parts[::2]]
    return b"".join(parts)


def _cut_text(drawn: str, source: bytes) -> str:
    """What was drawn, without the bar and the line end behind the last words where the source ends within them.

    A number there may be cut: where a row goes on, or its end is told, something else must stand behind it.
    """
    words = source[source.rfind(b">") + 1 :].decode(errors="ignore").split()
    bare = drawn.rstrip("| \n")
    return bare if words and b"<" not in source[source.rfind(b">") :] and bare.endswith(words[-1]) else drawn


def _check_depth(source: bytes) -> None:
    """Refuse a page that nests deeper than the limit `depth`; few tags and tables do no harm and are not looked at."""
    tags = source.count(b"<")
    few = tags <= _CHEAP_DEPTH or tags - source.count(b"</") <= _CHEAP_DEPTH
    if few and (tags <= limits.limit("depth") or source.lower().count(b"<table") <= limits.limit("depth")):
        return
    opened: Counter[bytes] = Counter()
    depth = deepest = 0
    for end, name in _TAG.findall(source):
        if not end:
            opened[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
    limits.check("depth", deepest)


def _parse(source: bytes) -> LexborHTMLParser:
    """The tree of a page in UTF-8, without what its markup hides, and with the marks of html_flow.py."""
    tree = _tree(source)
    if (source.count(b"<td") or source.count(b"<TD")) > _prepare(tree):
        # Cells outside a table are no cells to a browser: the figures of two would stand as one number.
        first = _CELL_TAG.search(source)
        start = first.start() if first else len(source)
        head, rest = source[:start], source[start:]
        table = b"" if b"<table" in head.lower() else b"<table>"
        tree = _tree(head + table + b" " + _CELL_TAG.sub(b" ", rest))
        _prepare(tree)
    return tree


def _prepare(tree: LexborHTMLParser) -> int:
    """Take out what is hidden and put the marks in; returns how many <td> the page has. Raises as mark() does."""
    hidden: list[LexborNode] = []
    spans: dict[int, dict[str, str | None]] = {}
    most = limits.limit("cells")
    for node in tree.css(_SEEN_TO):
        written = node.attributes
        if "hidden" in written or _HIDES.search(written.get("style") or "") or node.tag == "xml":
            hidden.append(node)
        elif "colspan" in written or "rowspan" in written:
            spans[node.mem_id] = written
            if len(spans) > most:  # before they fill the memory
                limits.check("cells", len(spans))
    cells = len(tree.css("td")) if hidden else 0
    _take_out(hidden)
    body = tree.body
    return max(cells, mark(body, spans) if body is not None else len(tree.css("td")))


def _tree(source: bytes) -> LexborHTMLParser:
    """The tree of a page. Raises MemoryError where that is the limit: any bytes at all make a tree otherwise."""
    try:
        return LexborHTMLParser(source)
    except SelectolaxError as error:
        raise MemoryError(f"a page of {len(source)} bytes") from error


def _take_out(nodes: Sequence[LexborNode]) -> None:
    """Remove nodes from their tree. One that stands in another goes with it: touching it then would be an error."""
    inside = [node for node in nodes if node.tag not in ("html", "body")]  # a script shows those once all is there
    places = {node.mem_id for node in inside}
    outer = []
    for node in inside:
        around = node.parent
        while around is not None and around.mem_id not in places:
            around = around.parent
        if around is None:
            outer.append(node)
    for node in {node.mem_id: node for node in outer}.values():
        node.decompose()


def _draw_titles(drawing: Drawing, tree: LexborHTMLParser, flow: Flow) -> None:
    """Draw the parts of the page's title (it often ends in the name of the site) that no line of it says."""
    head = tree.head
    if head is None:
        return
    metas = [(meta.attributes.get("content") or "", "meta ArticleTitle") for meta in head.css(_ARTICLE_TITLE)]
    titles = [(node.text(), "title") for node in head.css("title")]
    for title, place in next(([pair] for pair in (*metas, *titles) if pair[0].strip()), ()):
        for part in _TITLE_PARTS.split(title):
            if not _says(flow, part):
                drawing.page.paragraph(part, place)


def _says(flow: Flow, words: str) -> bool:
    """Whether one of the lines holds those words, spaces apart."""
    wanted = "".join(words.split())
    if any(wanted in item for item in flow if isinstance(item, str)):  # mostly it is a heading
        return True
    return any(wanted in line or wanted in "".join(line.split()) for line in lines(flow))
