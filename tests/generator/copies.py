"""How pages look after someone copied, folded or retyped their tables: text that loses, joins or rearranges cells.

Takes printed rows like layouts.py; what a text no longer tells of a cell, it says. Knows no form and no value.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from .grids import column_names, occupancy
from .layouts import ABSENT, OPEN, UNDETERMINED, Drawn, Key, Layout, PageState, PrintedRow

Rows = Sequence[PrintedRow]


def _piped(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


# --- cells without separators ---------------------------------------------------------------------------------------


_VALUE = re.compile(r"—+|-|-?(?:0|[1-9]\d*)(?:\.\d+)?")


@cache
def _ways(text: str, parts: int) -> int:
    """How many ways there are to cut a text into so many values, as values are written: 012 is no number, —— one dash."""
    if not parts:
        return not text
    ends = (end for end in range(1, len(text) + 1) if _VALUE.fullmatch(text, 0, end))
    return sum(_ways(text[end:], parts - 1) for end in ends)


def _is_one_way(text: str, columns: int) -> bool:
    """Whether a text fills its columns, and in one way, whichever of them an office might have left blank."""
    return _ways(text, columns) == 1 and not any(_ways(text, fewer) for fewer in range(columns))


def _own_texts(row: PrintedRow) -> list[str]:
    return [cell for cell, key in zip(row.cells, row.keys, strict=True) if key]


def _is_filled(page: PageState) -> bool:
    """Whether a page shows that no cell is blank.

    No row is shorter than its columns, as one with a blank is unless its other numbers make up for it; and several
    rows, cut in the only way, have a value in every column.
    """
    rows = [texts for table in page.tables for row in table if (texts := _own_texts(row))]
    one_way = sum(len(texts) > 1 and _is_one_way("".join(texts), len(texts)) for texts in rows)
    return one_way >= 3 and all(len("".join(texts)) >= len(texts) for texts in rows)


def _glued_fates(rows: Rows, page: PageState) -> dict[Key, str]:
    """Several values in one piece are told apart where that piece can be cut in one way only.

    Rows with a character for each column (308) are cut so where the page shows that no cell is blank and a total in the
    row confirms it: one cell that was forgotten, beside a number of two digits, looks the same, and nothing else could
    tell. Two characters in two columns (05) may be one cell, unless the page shows that none is blank. A row without any
    character is blank, or its values were lost.
    """
    fates: dict[Key, str] = {}
    filled = _is_filled(page)
    for row in rows:
        texts = _own_texts(row)
        text, count = "".join(texts), len(texts)
        if not text:
            fates.update(dict.fromkeys(row.own_keys, OPEN))
            continue
        one_way = _is_one_way(text, count) and (filled or count > 2)
        summed = row.own_keys[-1][0].endswith("total") and len(text) == count and all(texts)
        if count > 1 and not (one_way or (filled and summed)):
            fates.update(dict.fromkeys(row.own_keys, UNDETERMINED))
    return fates


def _glued_rows(rows: Rows, page: PageState) -> Drawn:
    return Drawn("\n".join("".join(row.cells) for row in rows), _glued_fates(rows, page))


def _glued_page(rows: Rows, page: PageState) -> Drawn:
    return Drawn("".join("".join(row.cells) for row in rows), _glued_fates(rows, page))


def _glued_values(rows: Rows, page: PageState) -> Drawn:
    lines = ("".join(row.cells[: row.labels]) + " " + "".join(row.values) for row in rows)
    return Drawn("\n".join(line.strip() for line in lines), _glued_fates(rows, page))


# --- repeated lines dropped -----------------------------------------------------------------------------------------


def _after_dropping(rows: Rows, kept: list[list[bool]]) -> dict[Key, str]:
    """What is open where `kept` says of each cell whether its line was left: see the words at each case."""
    fates: dict[Key, str] = {}
    above: list[Key] = []  # values of the last row whose label was left
    for row, left in zip(rows, kept, strict=True):
        if row.header or not row.own_keys:
            continue
        values = [stays for key, stays in zip(row.keys, left, strict=True) if key]
        if row.labels and not left[row.labels - 1]:
            # Its values, if any are left, now stand behind the label above, where nothing tells the two apart.
            fates.update(dict.fromkeys(row.own_keys, ABSENT))
            if any(values):
                fates.update({key: fates.get(key, UNDETERMINED) for key in above})
            continue
        above = row.own_keys
        if not all(values):
            fates.update(dict.fromkeys(row.own_keys, UNDETERMINED if any(values) or row.labels else ABSENT))
    return fates


def _dedup_page(rows: Rows, page: PageState) -> Drawn:
    """Each cell on a line; a line that the page had before is dropped."""
    lines: list[str] = []
    kept: list[list[bool]] = []
    for row in rows:
        left = []
        for cell in row.cells:
            left.append(bool(cell) and cell not in page.seen)
            if left[-1]:
                page.seen.add(cell)
                lines.append(cell)
        kept.append(left)
    return Drawn("\n".join(lines), _after_dropping(rows, kept))


def _dedup_adjacent(rows: Rows, _: PageState) -> Drawn:
    """Each cell on a line; a line equal to the one before is dropped."""
    lines: list[str] = []
    kept: list[list[bool]] = []
    for row in rows:
        left = []
        for cell in row.cells:
            left.append(bool(cell) and (not lines or lines[-1] != cell))
            if left[-1]:
                lines.append(cell)
        kept.append(left)
    return Drawn("\n".join(lines), _after_dropping(rows, kept))


def _dedup_value_lines(rows: Rows, page: PageState) -> Drawn:
    """Each label on a line, the values of a row on one line; a line that the page had before is dropped."""
    lines: list[str] = []
    kept: list[list[bool]] = []
    for row in rows:
        labels = [f"{cell} |" for cell in row.cells[: row.labels]]
        values = [" | ".join(row.values) + " |"] if row.values else []
        stays = [line not in page.seen for line in (*labels, *values)]
        page.seen.update((*labels, *values))
        lines += [line for line, left in zip((*labels, *values), stays, strict=True) if left]
        kept.append([*stays[: row.labels], *[stays[-1]] * len(row.values)])
    return Drawn("\n".join(lines), _after_dropping(rows, kept))


# --- pipes ----------------------------------------------------------------------------------------------------------


def _pipe_rows_leading(rows: Rows) -> str:
    return "\n".join(("| " + " | ".join(row.cells)).rstrip() for row in rows)


def _pipe_rows_tight(rows: Rows) -> str:
    return "\n".join("|" + "|".join(row.cells) + "|" for row in rows)


def _cell_lines_before(rows: Rows) -> str:
    return "\n".join(f"| {cell}".rstrip() for row in rows for cell in row.cells)


def _cell_lines_between(rows: Rows) -> str:
    return "\n".join(f"| {cell} |" for row in rows for cell in row.cells)


def _box(rows: Rows) -> str:
    lines = ["┌" + "────┬" * (len(rows[0].cells) - 1) + "────┐"]
    for row in rows:
        lines += [
            "│" + "│".join(f" {cell} " for cell in row.cells) + "│",
            "├" + "────┼" * (len(row.cells) - 1) + "────┤",
        ]
    return "\n".join([*lines[:-1], "└" + "────┴" * (len(rows[-1].cells) - 1) + "────┘"])


# --- headers --------------------------------------------------------------------------------------------------------


def _with_headers(rows: Rows, change: Callable[[PrintedRow], list[str]]) -> str:
    return "\n".join(line for row in rows for line in (change(row) if row.header else [_piped(row.cells)]))


def _header_cut(rows: Rows) -> str:
    """Every header word of more than four characters lost its end, as in narrow columns."""
    return _with_headers(rows, lambda row: [_piped(cell[:4] if len(cell) > 5 else cell for cell in row.cells)])


def _header_stacked(rows: Rows) -> str:
    return _with_headers(rows, lambda row: [char for cell in row.cells for char in cell if not char.isspace()])


def _labels_stacked(rows: Rows) -> str:
    """Group labels set vertically: a character a line, then the row."""
    lines = []
    for row in rows:
        grouped = row.labels > 1 and not row.header
        lines += [*(row.cells[0] if grouped else ""), _piped(row.cells[1:] if grouped else row.cells)]
    return "\n".join(lines)


# --- the whole grid -------------------------------------------------------------------------------------------------


def _on_grid(rows: Rows, covered: Callable[[str], str]) -> list[list[str]]:
    """One text for each field of the grid; `covered` makes it for a field whose cell began elsewhere."""
    lines = []
    for fields in occupancy(rows):
        texts = []
        for place in fields:
            cell = rows[place.row].cells[place.cell] if place else ""
            texts.append(cell if place and place.begins else covered(cell))
        lines.append(texts)
    return lines


def _grid_blank(rows: Rows) -> str:
    return "\n".join(map(_piped, _on_grid(rows, lambda _: "")))


def _grid_repeated(rows: Rows) -> str:
    return "\n".join(map(_piped, _on_grid(rows, str)))


def _tabs_grid(rows: Rows) -> str:
    return "\n".join("\t".join(texts) for texts in _on_grid(rows, lambda _: ""))


def _columns_at_start(rows: Rows) -> str:
    return "\n".join(_piped(["", *row.cells]) for row in rows)


def _columns_at_end(rows: Rows) -> str:
    return "\n".join(_piped([*row.cells, "", ""]) for row in rows)


def _columns_between(rows: Rows) -> str:
    return "\n".join(_piped(text for cell in row.cells for text in (cell, "")) for row in rows)


# --- place alone ----------------------------------------------------------------------------------------------------


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, width: int) -> str:
    return text + " " * max(2, width - _width(text))


def _aligned(rows: Rows) -> str:
    """Columns set apart by spaces; the values of every row begin at the same places."""
    filled = [row for row in rows if not row.header and row.values]
    margin = max((_width("".join(row.cells[: row.labels])) for row in filled), default=0) + 4
    step = (
        max((_width(cell) for row in rows for cell in (*row.values, *(row.cells if row.header else ()))), default=0) + 3
    )
    lines = []
    for row in rows:
        if row.header:
            lines.append(_padded(row.cells[0], margin) + "".join(_padded(cell, step) for cell in row.cells[1:]))
        elif row.values:
            label = _padded("".join(row.cells[: row.labels]), margin) if row.labels else ""
            lines.append(label + "".join(_padded(cell, step) for cell in row.values))
        else:
            lines.append("".join(row.cells))
    return "\n".join(line.rstrip() for line in lines)


def _aligned_right(rows: Rows) -> str:
    """The same, numbers flush right."""
    filled = [row for row in rows if not row.header and row.values]
    margin = max((_width("".join(row.cells[: row.labels])) for row in filled), default=0) + 2
    step = max((_width(cell) for row in filled for cell in row.values), default=0) + 4
    lines = []
    for row in rows:
        if row.header or not row.values:
            lines.append("  ".join(cell for cell in row.cells if cell))
            continue
        label = "".join(row.cells[: row.labels])
        lines.append(label + " " * (margin - _width(label) if row.labels else 0))
        lines[-1] += "".join(" " * (step - _width(cell)) + cell for cell in row.values)
    return "\n".join(line.rstrip() for line in lines)


def _blank_lines(rows: Rows) -> str:
    """Each cell on a line; a blank cell is an empty line."""
    return "\n".join(cell for row in rows for cell in row.cells)


# --- folded ---------------------------------------------------------------------------------------------------------


def _is_list(rows: Rows) -> bool:
    """Whether the table is a list of labels with the same few values."""
    return (
        rows[0].width < 7 and all(row.labels < 2 for row in rows) and len({len(r.cells) for r in rows if r.header}) < 2
    )


def _side_by_side(rows: Rows, pairs: Callable[[list[PrintedRow]], list[tuple[PrintedRow, PrintedRow | None]]]) -> str:
    width = max(len(row.cells) for row in rows)

    def block(row: PrintedRow | None) -> list[str]:
        cells = list(row.cells) if row else []
        return [*cells, *[""] * (width - len(cells))]

    heads = [_piped([*block(row), *block(row)]) for row in rows if row.header]
    body = [row for row in rows if not row.header]
    return "\n".join([*heads, *(_piped([*block(left), *block(right)]) for left, right in pairs(body))])


def _halves(body: list[PrintedRow]) -> list[tuple[PrintedRow, PrintedRow | None]]:
    half = (len(body) + 1) // 2
    return [(row, body[place + half] if place + half < len(body) else None) for place, row in enumerate(body[:half])]


def _in_turn(body: list[PrintedRow]) -> list[tuple[PrintedRow, PrintedRow | None]]:
    return [
        (row, body[place + 1] if place + 1 < len(body) else None) for place, row in enumerate(body) if place % 2 == 0
    ]


def _column_groups(rows: Rows, first: int = 4) -> str:
    """A wide table in two: the first columns of all rows, then the rest with the labels once more."""
    names = column_names(rows)
    body = [(row, number) for number, row in enumerate(rows) if not row.header and row.own_keys]
    if not body or len(body[0][0].values) <= first or not body[0][0].labels:
        return "\n".join(_piped(row.cells) for row in rows)
    heads = [above[-1] for above in names[body[0][1]][-len(body[0][0].values) :]]
    lines = []
    for part in (slice(0, first), slice(first, None)):
        lines.append(_piped(["项目", *heads[part]]))
        lines += [_piped([*row.cells[: row.labels], *row.values[part]]) for row in rows if not row.header]
    return "\n".join(lines)


def _folded_halves(rows: Rows) -> str:
    return _side_by_side(rows, _halves) if _is_list(rows) else _column_groups(rows)


def _folded_in_turn(rows: Rows) -> str:
    return _side_by_side(rows, _in_turn) if _is_list(rows) else _column_groups(rows, 3)


# --- words between label and value ----------------------------------------------------------------------------------


def _led(rows: Rows, leader: str, between: str) -> str:
    lines = []
    for row in rows:
        if row.header:
            lines.append(" ".join(row.cells))
            continue
        label = "".join(row.cells[: row.labels])
        units = [cell for cell, key in list(zip(row.cells, row.keys, strict=True))[row.labels :] if not key]
        values = [cell for cell, key in zip(row.cells, row.keys, strict=True) if key]
        values, units = (values, units) if values else ([], [])
        label += f"({units[0]})" if units and not units[0].isdigit() else ""
        lines.append(label + (leader if label and values else "") + between.join(values))
    return "\n".join(lines)


def _leader_dots(rows: Rows) -> str:
    return _led(rows, "……………", "……")


def _leader_points(rows: Rows) -> str:
    return _led(rows, " ................ ", " .... ")


def _leader_lines(rows: Rows) -> str:
    return _led(rows, "____", "____")


def _colons(rows: Rows) -> str:
    return _led(rows, ":", ";")


def _long(rows: Rows, line: Callable[[str, list[tuple[str, str]]], list[str]]) -> str:
    """Rows as words: label and, for each value, the name of its column."""
    names = column_names(rows)
    places = {(p.row, p.cell): col for fields in occupancy(rows) for col, p in enumerate(fields) if p and p.begins}
    lines = []
    for number, row in enumerate(rows):
        if row.header:
            continue
        pairs = []
        for cell, (text, key) in enumerate(zip(row.cells, row.keys, strict=True)):
            if key:
                above = [name for name in names[number][places[number, cell]] if len(name) > 1]
                alone = len(row.own_keys) == 1 and row.width < 4
                pairs.append(("" if alone or not above else "—".join(above) if not row.labels else above[-1], text))
        lines += line("".join(row.cells[: row.labels]), pairs)
    return "\n".join(lines)


def _long_lines(rows: Rows) -> str:
    """A value a line: label—column:value."""

    def write(label: str, pairs: list[tuple[str, str]]) -> list[str]:
        named = ["—".join(word for word in (label, name) if word) + f":{text}" for name, text in pairs]
        return named or [label]

    return _long(rows, write)


def _long_rows(rows: Rows) -> str:
    """A row a line: label:column value,column value;"""

    def write(label: str, pairs: list[tuple[str, str]]) -> list[str]:
        told = ",".join(f"{name}{text}" for name, text in pairs)
        return [":".join(word for word in (label, told) if word)]

    return _long(rows, write)


def _long_blocks(rows: Rows) -> str:
    """The label on a line of its own, then column:value, a line each."""

    def write(label: str, pairs: list[tuple[str, str]]) -> list[str]:
        if len(pairs) == 1 and not pairs[0][0]:
            return [f"{label}:{pairs[0][1]}"]
        return [label, *(f"{name}:{text}" for name, text in pairs)] if label else [f"{n}:{t}" for n, t in pairs]

    return _long(rows, write)


# --- labels joined and split ----------------------------------------------------------------------------------------


def _split(label: str) -> tuple[str, str]:
    middle = (len(label) + 1) // 2
    return label[:middle], label[middle:]


def _is_long(row: PrintedRow, place: int) -> bool:
    return place < row.labels and not row.header and len(row.cells[place]) > 7


def _labels_split_lines(rows: Rows) -> str:
    """Each cell on a line, long labels on two."""
    lines = []
    for row in rows:
        for place, cell in enumerate(row.cells):
            lines += _split(cell) if _is_long(row, place) else [cell]
    return "\n".join(line for line in lines if line)


def _labels_split_cells(rows: Rows) -> str:
    """Long labels in two cells, as where a table was drawn with one column too many."""
    lines = []
    for row in rows:
        cells = [
            part for place, cell in enumerate(row.cells) for part in (_split(cell) if _is_long(row, place) else [cell])
        ]
        lines.append(_piped(cells))
    return "\n".join(lines)


def _labels_broken_in_cells(rows: Rows) -> str:
    lines = []
    for row in rows:
        cells = ["\n".join(_split(cell)) if _is_long(row, place) else cell for place, cell in enumerate(row.cells)]
        lines.append(" | ".join(cells) + " |")
    return "\n".join(lines)


def _labels_joined(rows: Rows) -> str:
    """A group's label and the label of its first row in one cell."""
    return "\n".join(
        _piped(row.cells if row.header or not row.labels else ["".join(row.cells[: row.labels]), *row.values])
        for row in rows
    )


COPIES: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout("glued_rows", None, "every", "", bare=True, draw=_glued_rows),
        Layout("glued_page", None, "every", "", bare=True, draw=_glued_page),
        Layout("glued_values", None, "every", "", bare=True, draw=_glued_values),
        Layout("dedup_page", None, "none", "", bare=True, draw=_dedup_page),
        Layout("dedup_adjacent", None, "none", "", bare=True, draw=_dedup_adjacent),
        Layout("dedup_value_lines", None, "none", "", bare=True, draw=_dedup_value_lines),
        Layout("leading_pipe_rows", _pipe_rows_leading, "every"),
        Layout("tight_pipe_rows", _pipe_rows_tight, "every"),
        Layout("cell_lines_before", _cell_lines_before, "all"),
        Layout("cell_lines_between", _cell_lines_between, "all"),
        Layout("box", _box, "every"),
        Layout("header_cut", _header_cut, "all"),
        Layout("header_stacked", _header_stacked, "all"),
        Layout("labels_stacked", _labels_stacked, "all"),
        Layout("grid_blank", _grid_blank, "every"),
        Layout("grid_repeated", _grid_repeated, "every"),
        Layout("tabs_grid", _tabs_grid, "every"),
        Layout("columns_at_start", _columns_at_start, "every"),
        Layout("columns_at_end", _columns_at_end, "every"),
        Layout("columns_between", _columns_between, "every"),
        Layout("aligned", _aligned, "all", "", bare=True),
        Layout("aligned_right", _aligned_right, "all", "", bare=True),
        Layout("blank_lines", _blank_lines, "all", "", bare=True),
        Layout("folded_halves", _folded_halves, "every"),
        Layout("folded_in_turn", _folded_in_turn, "every"),
        Layout("leader_dots", _leader_dots, "none", "", bare=True),
        Layout("leader_points", _leader_points, "none", "", bare=True),
        Layout("leader_lines", _leader_lines, "none", "", bare=True),
        Layout("colons", _colons, "none", "", bare=True),
        Layout("long_lines", _long_lines, "every", "", bare=True),
        Layout("long_rows", _long_rows, "none", "", bare=True),
        Layout("long_blocks", _long_blocks, "every", "", bare=True),
        Layout("labels_split_lines", _labels_split_lines, "single", "", bare=True),
        Layout("labels_split_cells", _labels_split_cells, "all", "", bare=True),
        Layout("labels_broken_in_cells", _labels_broken_in_cells, "all", "", bare=True),
        Layout("labels_joined", _labels_joined, "every"),
    )
}
