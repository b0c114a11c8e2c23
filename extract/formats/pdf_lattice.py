"""Ruled tables of one page: rulings to cells, runs of characters to the cells in which their centres stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from extract.formats.pdf_lines import cell_text
from extract.formats.pdf_page import UNMAPPED, Run
from extract.formats.pdf_rulings import Rule

_NEAR: Final = 2.0
_COVERED: Final = 0.6


class Cell(NamedTuple):
    """A cell as ruled: left and right edge and where it stands, its text, and whether its last line is full."""

    left: float
    right: float
    box: str
    text: str
    full: bool


class Lattice(NamedTuple):
    """A ruled table: its box, the cells by the row in which they begin."""

    left: float
    top: float
    right: float
    bottom: float
    rows: list[list[Cell]]


class _Grid(NamedTuple):
    """The places of the columns' and rows' edges of a table, and the rulings on them."""

    xs: list[float]
    ys: list[float]
    across: list[Rule]
    down: list[Rule]


def find_tables(runs: Sequence[Run], across: list[Rule], down: list[Rule]) -> tuple[list[Lattice], list[Run]]:
    """The ruled tables from top to bottom, and the text outside them. A frame around text is no table."""
    tables: list[Lattice] = []
    rest = list(runs)
    for rows, columns in _groups(across, down):
        xs, ys = _places(r.at for r in columns), _places(r.at for r in rows)
        xs = _places([*xs, min(r.first for r in rows), max(r.last for r in rows)])
        ys = _places([*ys, min(r.first for r in columns), max(r.last for r in columns)])
        if len(xs) < 3 or len(ys) < 2:
            continue
        inside, outside = _parted(rest, xs[0], ys[0], xs[-1], ys[-1])
        if inside:
            rest = outside
            tables.append(_lattice(_Grid(xs, ys, rows, columns), inside))
    return sorted(tables, key=lambda table: (table.top, table.left)), rest


def _parted(runs: list[Run], left: float, top: float, right: float, bottom: float) -> tuple[list[Run], list[Run]]:
    """Those inside a box and those outside it; what is drawn over its side is cut there."""
    inside: list[Run] = []
    outside: list[Run] = []
    for run in runs:
        if not top <= (run.top + run.bottom) / 2 <= bottom or run.right < left or run.left > right:
            outside.append(run)
        elif left <= run.left and run.right <= right:
            inside.append(run)
        else:
            for within, part in _cut(run, [left <= middle <= right for middle in _middles(run)]):
                (inside if within else outside).append(part)
    return inside, outside


def _middles(run: Run) -> list[float]:
    return [(left + right) / 2 for left, right in run.edges]


def _cut(run: Run, keys: Sequence[int]) -> list[tuple[int, Run]]:
    """The stretches of a run whose characters have the same key."""
    parts: list[tuple[int, Run]] = []
    first = 0
    for key, same in groupby(keys):
        last = first + len(list(same))
        parts.append((key, run.part(first, last)))
        first = last
    return parts


def _groups(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rulings that cross or touch each other, one group a table."""
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    down = sorted(down)
    places = [rule.at for rule in down]
    for number, (at, first, last) in enumerate(across):
        mine = number
        for other in range(bisect_left(places, first - _NEAR), bisect_right(places, last + _NEAR)):
            member = len(across) + other
            if parent[member] != mine and down[other].first - _NEAR <= at <= down[other].last + _NEAR:
                parent[mine] = root(member)
                mine = parent[mine]
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for number, rule in enumerate(across):
        groups[root(number)][0].append(rule)
    for number, rule in enumerate(down, len(across)):
        groups[root(number)][1].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _places(values: Iterable[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _walls(at: Sequence[float], along: Sequence[float], rules: Sequence[Rule]) -> list[bytearray]:
    """1 at [n][m] where the ruling at place n stands along the stretch from along[m] to along[m + 1]."""
    walls = [bytearray(len(along)) for _ in at]
    for place, begins, ends in rules:
        first = max(bisect_right(along, begins) - 1, 0)
        last = min(bisect_left(along, ends), len(along) - 1)
        if first < last and min(ends, along[first + 1]) - begins < _COVERED * (along[first + 1] - along[first]):
            first += 1
        if first < last and ends - max(begins, along[last - 1]) < _COVERED * (along[last] - along[last - 1]):
            last -= 1
        walls[_nearest(at, place)][first:last] = b"\1" * (last - first)
    return walls


def _nearest(places: Sequence[float], value: float) -> int:
    after = min(bisect_left(places, value), len(places) - 1)
    return after - 1 if after and value - places[after - 1] <= places[after] - value else after


def _lattice(grid: _Grid, runs: list[Run]) -> Lattice:
    xs, ys = grid.xs, grid.ys
    owners, regions = _regions(grid)
    held: dict[int, list[Run]] = defaultdict(list)
    for cell, run in _placed(runs, xs, ys, owners):
        held[cell].append(run)
    across, down = [f"{x:.1f}" for x in xs], [f"{y:.1f}" for y in ys]
    drawn: list[list[Cell]] = [[] for _ in range(len(ys) - 1)]
    for number, (top, left, bottom, right) in enumerate(regions):
        text, full = cell_text(held[number], xs[right] - xs[left]) if number in held else ("", False)
        box = f"{across[left]},{down[top]},{across[right]},{down[bottom]}"
        drawn[top].append(Cell(xs[left], xs[right], box, text, full))
    return Lattice(xs[0], ys[0], xs[-1], ys[-1], [row for row in drawn if row])


def _regions(grid: _Grid) -> tuple[list[list[int]], list[tuple[int, int, int, int]]]:
    """The cells: which one each field of the grid is of, and top, left, bottom, right of each cell.

    A cell grows to the right and then down while no ruling stands in the way along its whole side.
    """
    over, beside = _walls(grid.ys, grid.xs, grid.across), _walls(grid.xs, grid.ys, grid.down)
    high, wide = len(grid.ys) - 1, len(grid.xs) - 1
    owner = [[-1] * wide for _ in range(high)]
    regions: list[tuple[int, int, int, int]] = []
    for top in range(high):
        for left in range(wide):
            if owner[top][left] >= 0:
                continue
            right = left + 1
            while right < wide and not beside[right][top] and owner[top][right] < 0:
                right += 1
            bottom = top + 1
            while (
                bottom < high
                and 1 not in over[bottom][left:right]
                and all(owner[bottom][column] < 0 for column in range(left, right))
                and not any(beside[column][bottom] for column in range(left + 1, right))
            ):
                bottom += 1
            for row in range(top, bottom):
                owner[row][left:right] = [len(regions)] * (right - left)
            regions.append((top, left, bottom, right))
    return owner, regions


def _placed(runs: list[Run], xs: list[float], ys: list[float], owners: list[list[int]]) -> list[tuple[int, Run]]:
    """Each run with its cell. Digits of one number that a ruling cuts cannot be told apart: they are marked."""
    inner_xs, inner_ys = xs[1:-1], ys[1:-1]
    placed: list[tuple[int, Run]] = []
    for run in runs:
        text, left, top, right, bottom, first, lefts, rights = run
        row = owners[bisect_right(inner_ys, (top + bottom) / 2)]
        cell = row[bisect_right(inner_xs, (left + rights[first]) / 2)]
        if len(text) == 1 or cell == row[bisect_right(inner_xs, (lefts[first + len(text) - 1] + right) / 2)]:
            placed.append((cell, run))
            continue
        cells = [row[bisect_right(inner_xs, middle)] for middle in _middles(run)]
        digits = [mark.isdigit() for mark in text]
        if any(one != other and a and b for (one, a), (other, b) in pairwise(zip(cells, digits, strict=True))):
            run = run._replace(text=UNMAPPED * len(text))
        placed += _cut(run, cells)
    return placed
