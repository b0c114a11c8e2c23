"""Ruled tables of one page: rulings to cells, characters to the cells in which their centres stand."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from extract.formats.pdf_lines import cell_text
from extract.formats.pdf_page import Char, Rule

_NEAR: Final = 2.0
_GAP: Final = 3.5
_SHORTEST: Final = 5.0
_COVERED: Final = 0.6
_CUT: Final = 0.15
_UNSURE: Final = "\ufffd"


class Cell(NamedTuple):
    """A cell as ruled: its box, the grid columns and rows it covers, its text, and whether its last line is full."""

    left: float
    top: float
    right: float
    bottom: float
    column: int
    across: int
    text: str
    full: bool


class Lattice(NamedTuple):
    """A ruled table: its box, the cells by the row in which they begin."""

    left: float
    top: float
    right: float
    bottom: float
    rows: list[list[Cell]]


def find_tables(
    chars: Sequence[Char], across: Sequence[Rule], down: Sequence[Rule]
) -> tuple[list[Lattice], list[Char]]:
    """The ruled tables from top to bottom, and the characters outside them. A frame around text is no table."""
    tables: list[Lattice] = []
    rest = list(chars)
    for rows, columns in _groups(_joined(across), _joined(down)):
        xs, ys = _places(r.at for r in columns), _places(r.at for r in rows)
        xs = _places([*xs, min(r.first for r in rows), max(r.last for r in rows)])
        ys = _places([*ys, min(r.first for r in columns), max(r.last for r in columns)])
        if len(xs) < 3 or len(ys) < 2:
            continue
        inside = [c for c in rest if xs[0] <= _middle(c)[0] <= xs[-1] and ys[0] <= _middle(c)[1] <= ys[-1]]
        if not inside:
            continue
        taken = set(map(id, inside))
        rest = [c for c in rest if id(c) not in taken]
        tables.append(_lattice(xs, ys, rows, columns, inside))
    return sorted(tables, key=lambda table: (table.top, table.left)), rest


def _middle(char: Char) -> tuple[float, float]:
    return (char.left + char.right) / 2, (char.top + char.bottom) / 2


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Rulings on one line that meet, or whose gaps are those of a dotted line, as one."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules):
        if lines and rule.at - lines[-1][-1].at <= _NEAR / 2:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    whole: list[Rule] = []
    for line in lines:
        at = sum(rule.at for rule in line) / len(line)
        first, last = None, 0.0
        for rule in sorted(line, key=lambda rule: rule.first):
            if first is not None and rule.first <= last + _GAP:
                last = max(last, rule.last)
                continue
            if first is not None:
                whole.append(Rule(at, first, last))
            first, last = rule.first, rule.last
        if first is not None:
            whole.append(Rule(at, first, last))
    return [rule for rule in whole if rule.last - rule.first >= _SHORTEST]


def _groups(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rulings that cross or touch each other, one group a table."""
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for i, h in enumerate(across):
        for j, v in enumerate(down):
            if h.first - _NEAR <= v.at <= h.last + _NEAR and v.first - _NEAR <= h.at <= v.last + _NEAR:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for n in range(len(parent)):
        (groups[root(n)][0].append(across[n]) if n < len(across) else groups[root(n)][1].append(down[n - len(across)]))
    return [group for group in groups.values() if group[0] and group[1]]


def _places(values: Iterable[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _walls(at: Sequence[float], along: Sequence[float], rules: Sequence[Rule]) -> set[tuple[int, int]]:
    """(n, m) where the ruling at place n stands along the stretch from along[m] to along[m + 1]."""
    walls: set[tuple[int, int]] = set()
    for rule in rules:
        n = min(range(len(at)), key=lambda i: abs(at[i] - rule.at))
        for m, (first, last) in enumerate(pairwise(along)):
            if min(rule.last, last) - max(rule.first, first) >= _COVERED * (last - first):
                walls.add((n, m))
    return walls


def _lattice(xs: list[float], ys: list[float], rows: list[Rule], columns: list[Rule], chars: list[Char]) -> Lattice:
    owners, regions = _regions(xs, ys, _walls(ys, xs, rows), _walls(xs, ys, columns))
    held: dict[int, list[Char]] = defaultdict(list)
    for char, place in _placed(chars, xs, ys, owners):
        held[place].append(char)
    drawn: list[list[Cell]] = [[] for _ in range(len(ys) - 1)]
    for number, (top, left, bottom, right) in enumerate(regions):
        text, full = cell_text(held[number], xs[right] - xs[left])
        drawn[top].append(Cell(xs[left], ys[top], xs[right], ys[bottom], left, right - left, text, full))
    return Lattice(xs[0], ys[0], xs[-1], ys[-1], [sorted(row, key=lambda c: c.column) for row in drawn if row])


def _regions(
    xs: list[float], ys: list[float], over: set[tuple[int, int]], beside: set[tuple[int, int]]
) -> tuple[list[list[int]], list[tuple[int, int, int, int]]]:
    """The cells: which one each field of the grid is of, and top, left, bottom, right of each cell.

    A cell grows to the right and then down while no ruling stands in the way along its whole side.
    """
    high, wide = len(ys) - 1, len(xs) - 1
    owner = [[-1] * wide for _ in range(high)]
    regions: list[tuple[int, int, int, int]] = []
    for top in range(high):
        for left in range(wide):
            if owner[top][left] >= 0:
                continue
            right = left + 1
            while right < wide and owner[top][right] < 0 and (right, top) not in beside:
                right += 1
            bottom = top + 1
            while bottom < high and all(
                (bottom, column) not in over
                and owner[bottom][column] < 0
                and (column == left or (column, bottom) not in beside)
                for column in range(left, right)
            ):
                bottom += 1
            for row in range(top, bottom):
                owner[row][left:right] = [len(regions)] * (right - left)
            regions.append((top, left, bottom, right))
    return owner, regions


def _placed(chars: list[Char], xs: list[float], ys: list[float], owners: list[list[int]]) -> list[tuple[Char, int]]:
    """Each character with its cell. Digits of one number that a ruling cuts cannot be told apart: they are marked."""

    def cell(char: Char) -> int:
        x, y = _middle(char)
        column = min(max(bisect_right(xs, x) - 1, 0), len(xs) - 2)
        return owners[min(max(bisect_right(ys, y) - 1, 0), len(ys) - 2)][column]

    placed = [(char, cell(char)) for char in chars]
    unsure: set[int] = set()
    for (one, here), (other, there) in pairwise(placed):
        if one.run == other.run and here != there and one.text.isdigit() and other.text.isdigit():
            unsure.update((one.run,))
    if not unsure:
        return placed
    return [(char._replace(text=_UNSURE) if char.run in unsure else char, place) for char, place in placed]
