"""Web pages to text: the markup's blocks become lines, its data tables rows.

The rule by which a page is drawn, the same for every page:
- Words of one block stand in one line, as the markup joins them (规<b>章</b> is 规章); a block, ``<br>`` and a cell
  begin a new one, and so does each line of ``<pre>``, whose spaces stay. Before raised or lowered digits stands ``^``.
- Comments, scripts, styles, templates, lists to choose from and whatever the markup hides are left out.
- A data table is drawn a row a line, each cell once (html_grid.py says how merged cells are); several lines of a cell
  are set apart by spaces, and by `` / `` between figures. Layout tables, and cells over a whole table, are paragraphs.
- What ``<meta name="ArticleTitle">`` or else ``<title>`` says and no line does, stands before the rest.

Places: ``table 3 row 5 column 2``, where tables drawn as rows count, in reading order, and columns are those of the
grid; ``paragraph 12``, ``title`` and ``meta ArticleTitle``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from extract.formats import limits
from extract.formats.document import Document, Undecodable
from extract.formats.drawing import Drawing
from extract.formats.encoding import to_text
from extract.formats.html_flow import flow_of
from extract.formats.html_grid import Flow, lines

_FLAT: Final = "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th option"
"""Elements without end tags, or whose end tags are often left out: they do not nest by themselves."""
_TAG: Final = re.compile(rb"<(/?)(?!(?:%s)\b)([a-z][^\s/>]*)[^>]*" % _FLAT.replace(" ", "|").encode(), re.IGNORECASE)
_CHEAP_DEPTH: Final = 3000
_HIDES: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LEFT_OUT: Final = (
    "audio, canvas, iframe, noscript, rp, rt, script, select, style, svg, template, textarea, title, video, xml"
)
"""What no reader of the page sees as its text; in <xml> stand settings of Word."""
_SPECIAL: Final = re.compile(
    r"<(?:!|s(?:c|el|ty|vg|u[bp])|i[fn]|no[^b]|t[ei]|r[pt]|x|aud|can|mat|pla|vid)"  # the beginnings of their names
)
"""What _make_plain() has to see to, and perhaps others."""
_TYPED: Final = frozenset((None, "", "text", "number"))
_PARTS_OF_TABLES: Final = (
    (("table",), "math caption, math tbody, math thead, math tfoot"),
    (("tbody", "thead", "tfoot"), "math tr"),
    (("tr",), "math td, math th"),
)
"""Where each part of a table stands, from the outside in."""
_NAMED: Final = re.compile(r"<!--.*?-->|<([^ >]*)([^>]*)>", re.DOTALL)
_ODD_ATTRIBUTE: Final = re.compile(r' [^ "]*<[^ ]*="[^"]*"')
_ARTICLE_TITLE: Final = 'meta[name="ArticleTitle" i]'
_CELL_TAG: Final = re.compile(rb"(?=<t[drh][\s>])", re.IGNORECASE)
_TITLE_PARTS: Final = re.compile(r"[_|｜]|\s[-—–]+\s|-{2,}")


def read(content: bytes) -> Document:
    """The text of a web page. Raises Undecodable where it has none, or where it is beyond a limit."""
    text, encoding = to_text(content)
    source = content if encoding == "utf-8" else text.encode()
    _check_depth(source)
    tree, markup = _parse(source)
    if tree.body is None:
        raise Undecodable("the web page has no body: what its frames show stands in other files")
    flow = flow_of(markup)
    drawing = Drawing()
    _draw_titles(drawing, tree, flow)
    drawing.flow(flow)
    return drawing.finished().document("text/html", encoding)


def _check_depth(source: bytes) -> None:
    """Refuse a page that nests deeper than the limit `depth`; so few tags that they do no harm are not looked at."""
    tags = source.count(b"<")
    if tags <= _CHEAP_DEPTH or tags - source.count(b"</") <= _CHEAP_DEPTH:
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


def _parse(source: bytes) -> tuple[LexborHTMLParser, str]:
    """The tree of a page in UTF-8, and the markup of its body without what is left out."""
    tree = _tree(source)
    markup, cells = _markup(tree)
    if (source.count(b"<td") or source.count(b"<TD")) > cells:
        # Cells outside a table are no cells to a browser: the figures of two would stand as one number.
        first = _CELL_TAG.search(source)
        start = first.start() if first else len(source)
        head, rest = source[:start], source[start:]
        table = b"" if b"<table" in head.lower() else b"<table>"
        tree = _tree(head + table + b" " + _CELL_TAG.sub(b" ", rest))
        markup, _ = _markup(tree)
    return tree, markup


def _markup(tree: LexborHTMLParser) -> tuple[str, int]:
    """The markup of a body as html_flow.py reads it, and how many cells the page has. Raises Undecodable beyond `cells`."""
    body = tree.body
    if body is None:
        return "", len(tree.css("td"))
    markup = body.html or ""
    cells = markup.count("</td>")
    if _SPECIAL.search(markup) or _may_hide(markup):
        cells = len(tree.css("td"))
        _make_plain(tree, body)
        markup = _without_comments(body.html or "")
    if len(markup) > limits.limit("cells"):
        limits.check("cells", markup.count("</td>") + markup.count("</th>"))
    if markup.count("<") != markup.count(">"):  # in names, where the markup lacks an end of a tag
        markup = _NAMED.sub(_with_sound_names, body.html or "")
    return markup, cells


def _may_hide(markup: str) -> bool:
    """Whether an element may be hidden by an attribute."""
    return " hidden=" in markup or "isplay" in markup or "ISPLAY" in markup


def _without_comments(markup: str) -> str:
    """The markup without comments; what begins like one within a tag is none."""
    kept, at, start = [], 0, markup.find("<!--")
    while start >= 0:
        end = start + 4
        if markup.rfind("<", at, start) <= markup.rfind(">", at, start):
            kept.append(markup[at:start])
            end = at = markup.find("-->", end) + 3
        start = markup.find("<!--", end)
    return "".join((*kept, markup[at:])) if kept else markup


def _with_sound_names(part: re.Match[str]) -> str:
    """A tag without the attributes whose names hold a ``<``; nothing for a comment and for an element of such a name."""
    if part[0].startswith(("<!", "<?")) or "<" in part[1]:
        return ""
    return f"<{part[1]}{_ODD_ATTRIBUTE.sub('', part[2])}>"


def _make_plain(tree: LexborHTMLParser, body: LexborNode) -> None:
    """Take out what is left out, and make text of what has a meaning but no place in the markup of a flow."""
    styled = tree.css('[style*="display" i]')
    hidden = [node for node in styled if _HIDES.search(node.attributes["style"] or "")]
    _take_out([*tree.css("[hidden]"), *hidden, *body.css(_LEFT_OUT)])
    for node in body.css("xmp, noembed, noframes, plaintext"):  # whose text is written without references
        node.replace_with(node.text())
    for node in body.css("sup, sub"):
        if node.text().strip()[:1].isdigit():  # the number of a note: beside a figure it would be part of it
            node.insert_before("^")
    for node in body.css("input"):
        if node.attributes.get("type") in _TYPED:
            node.insert_before(node.attributes.get("value") or " ")
    for within, names in _PARTS_OF_TABLES:
        for node in body.css(names):
            if node.parent.tag not in within:  # type: ignore[union-attr]  # an element of MathML that only is called so
                node.unwrap(delete_empty=True)


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
            if not _says(lines(flow), part):
                drawing.page.paragraph(part, place)


def _says(said: Iterable[str], words: str) -> bool:
    """Whether one of the lines holds those words, spaces apart."""
    wanted = "".join(words.split())
    return any(wanted in line or wanted in "".join(line.split()) for line in said)
