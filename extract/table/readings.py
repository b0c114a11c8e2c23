"""The ways to cut a run of characters (1200000012) into the cells of a row that prints its total.

The form says that the total is the sum of its parts. That only breaks a tie: of all ways to cut a run, those with blank
cells among them, exactly one may add up, and it must fill every cell. Else the run has no reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby, islice, product
from typing import Final

from extract.table.printed_forms import Slot

_VALUE: Final = re.compile(r"—+|-|-?(?:0|[1-9]\d*)(?:\.\d+)?")
_SIGN: Final = re.compile(r"-\d")  # of a number, or a mark before one
_COUNT: Final = re.compile("[0-9]+")
_TOTAL: Final = "total"
_MOST_CHARACTERS: Final = 4  # of a cell on average; longer runs have too many ways
_FEWEST: Final = 2  # cells of a sum


def only_reading(text: str, slots: Sequence[Slot]) -> tuple[str, ...] | None:
    """The cells of a run, one a slot; NULL where no reading or several add up, or where no total is printed.

    Where a part or the total is a mark, the parts that are known may fall short of it but not exceed it.
    """
    sizes = sums_of(slots)
    if not sizes or len(text) > _MOST_CHARACTERS * len(slots) or _SIGN.search(text):
        return None
    found = list(islice(_cuts(text, sizes), 2))
    if len(found) != 1:
        return None
    is_single = len(text) == len(slots)  # a character a cell: with fewer cells marks would make up for anything
    return found[0] if is_single or not any(any(_cuts(text, fewer)) for fewer in _with_blanks(sizes)) else None


def sums_of(slots: Sequence[Slot]) -> tuple[int, ...]:
    """How many columns each total closes, itself among them; none where any column is in no sum.

    A column that is the total of those before it has the id `total`, or `group.total` within a group of columns.
    """
    ids = [slot.column_id.rpartition(".") for slot in slots]
    groups = [[name for *_, name in group] for _, group in groupby(ids, key=lambda each: each[0])]
    return tuple(map(len, groups)) if all(group[1:] and group[-1] == _TOTAL for group in groups) else ()


def _with_blanks(sizes: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The sizes of the same sums where some of their cells are blank."""
    return islice(product(*(range(size, _FEWEST - 1, -1) for size in sizes)), 1, None)


def _cuts(text: str, sizes: tuple[int, ...]) -> Iterator[tuple[str, ...]]:
    """Every way to cut a text into sums of these sizes."""
    size, *others = sizes
    ends = range(size, len(text) - sum(others) + 1) if others else (len(text),)
    for end in ends:
        for cells in _sums(text[:end], size):
            for rest in _cuts(text[end:], tuple(others)) if others else ((),):
                yield (*cells, *rest)


def _sums(text: str, size: int) -> Iterator[tuple[str, ...]]:
    """Every way to cut a text into parts and, last, their sum; it may be more where a part is a mark."""
    for place in range(size - 1, len(text)):
        total = text[place:]
        if not _VALUE.fullmatch(total) or not _may_add_up(text[:place], total):
            continue
        most = _number(total)
        for parts in _parts(text[:place], size - 1, most):
            known = sum(filter(None, map(_number, parts)), Decimal(0))
            if most is None or known == most or (known < most and any(_number(part) is None for part in parts)):
                yield (*parts, total)


def _may_add_up(parts: str, total: str) -> bool:
    """A quick look: a sum leaves the same remainder as its parts, which that of the digits tells."""
    if not (_COUNT.fullmatch(parts) and _COUNT.fullmatch(total)):
        return True
    return sum(map(int, parts)) % 9 == sum(map(int, total)) % 9


def _parts(text: str, size: int, most: Decimal | None) -> Iterator[tuple[str, ...]]:
    """Every way to cut a text into so many values whose sum is not above `most`."""
    if size == 1:
        if _VALUE.fullmatch(text) and (most is None or (_number(text) or 0) <= most):
            yield (text,)
        return
    for end in range(1, len(text) - size + 2):
        part = text[:end]
        if not _VALUE.fullmatch(part):
            continue
        number = _number(part) or Decimal(0)
        if most is not None and number > most:
            return
        for others in _parts(text[end:], size - 1, None if most is None else most - number):
            yield (part, *others)


@lru_cache(maxsize=4096)
def _number(text: str) -> Decimal | None:
    """The value of a part, NULL for a mark."""
    return None if text[-1] in "—-" else Decimal(text)
