"""Which value of a row stands in which column, from the number of its cells and where the empty ones are.

How the table is set was calibrated before (layout.py); what the place on the page shows is grid.py's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from extract.table.items import empties
from extract.table.values import parse
from extract.text.tokens import EMPTY, VALUE, Token

_TORN: Final = re.compile(r"[.,]\d")  # the end of a number that is broken over two lines
_FEW: Final = 2  # columns: 00 may be one cell


class Placed(NamedTuple):
    """Where the values of a row go: one token, blank span or reason a column, and what is left over."""

    tokens: tuple[Token | str | None, ...]  # a token, a reason why it is unreadable, or NULL: not printed here
    inferred: bool = False
    extra: tuple[Token, ...] = ()


def place(
    cells: Sequence[Token],
    count: int,
    lead: int | None,
    *,
    cut: bool = False,
    narrow: bool = False,
    short: bool = False,
    dropped: bool = False,
    scattered: bool = False,
    wider: bool = False,
) -> Placed:
    """Distribute the cells of a row over `count` columns.

    `lead`: empty cells between label and first value in full rows, NULL where that varies; `cut`: the document ends
    in this row; `narrow`: the row has not as many cells as the full rows, so that its padding cannot be told; `short`:
    other lines of the table have more columns; `dropped`: so that one cell may have left no trace; `scattered`: empty
    columns stand between the values of full rows; `wider`: the row has more cells than the full rows.
    """
    numbers = [token for token in cells if token.kind != EMPTY]
    if len(numbers) == 1 and count > _FEW and numbers[0].text == "0" * count:
        return Placed(tuple(_digits(numbers[0])))  # 0000000: no number is written so, seven zeros without gaps are
    if len(numbers) == count:
        if len(cells) > count and not scattered and _is_gapped(cells):
            return Placed((f"{count} values for {count} columns, but a blank cell stands among them",) * count)
        return Placed(tuple(numbers))
    if len(numbers) > count:
        return _too_many(numbers, count, merged=short or count > _FEW)
    if not numbers and len(cells) >= count:
        first = min(lead or 0, len(cells) - count)
        return Placed(tuple(cells[first : first + count]))
    if len(cells) == count and not (narrow and EMPTY in (cells[0].kind, cells[-1].kind)):
        return Placed(tuple(cells))
    if lead is not None and not narrow and empties(cells) and len(cells) - lead >= count:
        window, rest = cells[lead : lead + count], cells[lead + count :]
        if not any(token.kind != EMPTY for token in (*cells[:lead], *rest)):
            return Placed(tuple(window))
    if wider and lead == 0 and len(cells) > count and _only_ends_in_more(cells, len(cells) - count):
        return Placed(tuple(cells[:count]))
    if cut and not empties(cells) and all(token.kind == VALUE for token in numbers):
        return Placed((*numbers, *([None] * (count - len(numbers)))))
    reason = f"{len(numbers)} values printed for {count} columns: which are missing cannot be told"
    if dropped and len(numbers) == count - 1 == 1 and not empties(cells) and _is_zero(numbers[0]):
        return Placed((*numbers, reason), inferred=True)  # one cell left no trace: at worst it was blank and not 0
    return Placed((reason,) * count)


def is_uneven(cells: Sequence[Token]) -> bool:
    """Whether a blank cell stands among the numbers of a row, unless as many stand between any two of them."""
    filled = [place for place, token in enumerate(cells) if token.kind != EMPTY]
    steps = {after - before for before, after in pairwise(filled)}
    return len(steps) > 1


def _is_gapped(cells: Sequence[Token]) -> bool:
    filled = [place for place, token in enumerate(cells) if token.kind != EMPTY]
    return filled[-1] - filled[0] >= len(filled)


def _only_ends_in_more(cells: Sequence[Token], more: int) -> bool:
    """Whether a row begins with a value and ends in so many empty cells or more, and none stand together before them.

    A blank cell that covers several columns of the grid is drawn for each: here only the last one is.
    """
    runs = [(kind == EMPTY, len(list(run))) for kind, run in groupby(cells, key=lambda token: token.kind)]
    within = [length for is_empty, length in runs[:-1] if is_empty]
    return cells[0].kind != EMPTY and runs[-1][0] and runs[-1][1] >= more and all(length == 1 for length in within)


def _digits(token: Token) -> Iterator[Token]:
    for place, digit in enumerate(token.text):
        yield token._replace(text=digit, start=token.start + place, end=token.start + place + 1)


def _is_zero(token: Token) -> bool:
    printed = parse(token.text)
    return printed is not None and printed.number == 0


def doubtful(cells: Sequence[Token], count: int) -> Placed:
    found = sum(token.kind != EMPTY for token in cells)
    return Placed((f"{found} values for {count} columns stand here without a label",) * count)


def _too_many(numbers: list[Token], count: int, *, merged: bool) -> Placed:
    """A row with more numbers than columns; `merged`: one value may be printed again for each column it spans."""
    sound = [token for token in numbers if token.kind == VALUE]
    torn = any(token.kind != VALUE and _TORN.match(token.text) for token in numbers)
    if len(sound) == count and not torn:
        return Placed(tuple(sound), inferred=True)
    if merged and len({parse(token.text) for token in numbers}) == 1 and sound:
        return Placed(tuple(numbers[:count]), inferred=True, extra=tuple(numbers[count:]))
    reason = f"{len(numbers)} values printed for {count} columns: which belong to the form cannot be told"
    return Placed((reason,) * count, extra=tuple(numbers))
