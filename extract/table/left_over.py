"""Numbers printed inside a table that no cell holds: each is noted with its place, so that none vanishes.

The table extends from the header right above its first row to the end of its last row, or of a row of remarks right
below. Figures outside, as in a menu above a table or a counter below it, are of no table and none of this module's
business.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from extract.table.align import Instance, unknown_rows
from extract.table.cells import Cell
from extract.table.printed_forms import numbering_of
from extract.table.values import parse
from extract.text.script import simplify
from extract.text.tokens import EMPTY, JUNK, NOTE, PROSE, TEXT, VALUE, Token

_LONGEST_QUOTE: Final = 60


class Extent(NamedTuple):
    """Where the body of one printing of a table stands: offsets, and the line of the document on which it ends."""

    start: int
    end: int
    last_row: int


def extent_of(instance: Instance) -> Extent | None:
    """The body of a table; NULL where no number of it was found."""
    rows = [item for item in instance.rows.values() if item.has_number]
    columns = [item for item, heads in instance.heads if any(head.role == "column" for head in heads)]
    if instance.table.table_id == "disputes":  # its one row has no label and hangs on a header
        rows = [item for item in columns if item.has_number]
    if not rows:
        return None
    first, last = min(item.start for item in rows), max(rows, key=lambda item: item.end)
    start = max((item.start for item in columns if item.start < first), default=first)
    return Extent(start, last.end, last.values[-1].row)


def left_over(
    instances: Sequence[Instance], tokens: Sequence[Token], cells: Sequence[Cell]
) -> Iterator[tuple[Instance, tuple[int, int, str]]]:
    """Notes (char_start, char_end, reason), each with its table, on the numbers among `tokens` that no cell holds."""
    starts = {cell.char_start for cell in cells}
    free = [token for token in tokens if (token.kind == VALUE or token.kind == JUNK) and token.start not in starts]
    if free:
        spans = [(cell.char_start, cell.char_end) for cell in cells if cell.value_status == "unreadable"]
        free = [token for token in free if not any(start <= token.start < end for start, end in spans)]
    for instance in instances:
        body = extent_of(instance) if free or instance.remarks else None
        if body is None:
            continue
        body = _with_footnote(instance, tokens, body)
        table = f"the {instance.table.table_id} table of {instance.table.form}"
        inside = [token for token in free if body.start <= token.start < body.end and _is_figure(token)]
        aside = instance.aside | _numbering(instance) if inside else ()
        for token in inside:
            if token.start not in aside:
                yield instance, (token.start, token.end, f"{token.text!r} stands in {table}, but in none of its cells")
        if instance.remarks:
            for token in _worded(instance, tokens, body):
                yield instance, (token.start, token.end, f"a remark with figures in {table}: {_quote(token.text)!r}")


def _with_footnote(instance: Instance, tokens: Sequence[Token], body: Extent) -> Extent:
    """The body with a row of remarks (备注) right below its last row."""
    below = bisect_left(tokens, body.end, key=_start)
    while below < len(tokens) and tokens[below].kind == EMPTY:
        below += 1
    for item in instance.remarks:
        if below < len(tokens) and item.start == tokens[below].start:
            last = max((t for t in tokens[below:] if t.row == tokens[below].row or t.end == item.end), key=_start)
            return Extent(body.start, last.end, last.row)
    return body


def _is_figure(token: Token) -> bool:
    printed = parse(token.text)
    return printed is None or printed.status == "unreadable" or printed.number is not None


def _numbering(instance: Instance) -> set[int]:
    """Offsets of numbers behind headers and remarks that are no values: of columns (甲 乙 丙 1 2), of the next line."""
    numbered = any(head.target == "number" for _, heads in instance.heads for head in heads)
    loose = [*instance.remarks, *(item for _, item in instance.unknown)] if numbered else []
    found: set[int] = set()
    for item, heads in (*instance.heads, *((item, ()) for item in loose)):
        if any(head.target == "letter" for head in heads):
            found.update(token.start for token in item.values)
        elif numbered and item.has_number:
            found.add(item.values[-1].start)
    return found


def _worded(instance: Instance, tokens: Sequence[Token], body: Extent) -> Iterator[Token]:
    """Words with figures in a table with a column of remarks, that are no label and no numbering.

    The last row's remark stands behind its values: in the same line, else it is the very next words, if no sentence.
    """
    kept = {token.start for item in unknown_rows(instance) for token in item.label}
    for item in instance.rows.values():
        kept.update(token.start for place, token in enumerate(item.label) if place or token.kind != NOTE)
    first, end = (bisect_left(tokens, offset, key=_start) for offset in (body.start, body.end))
    while end < len(tokens) and tokens[end].row == body.last_row:
        end += 1
    if end < len(tokens) and tokens[end].kind != PROSE:
        end += 1
    for token in tokens[first:end]:
        worded = token.kind in (TEXT, PROSE) or (token.kind == NOTE and not token.text.isdecimal())  # a line's number
        worded = worded and token.start not in kept
        if worded and any(map(str.isdigit, token.text)) and numbering_of(token.text) != simplify(token.text):
            yield token


def _start(token: Token) -> int:
    return token.start


def _quote(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
