"""The tables of a form as grids of merged cells, the way the official forms merge them; for formats that can merge."""

from . import forms

Span = tuple[forms.Cell, int, int]
"""A cell with the columns and rows it covers."""


def merged(form: str, table: forms.Table) -> list[list[Span]]:
    """The rows of a table with labels and headers merged as the official form merges them."""
    rows = [[(cell, cell.span, 1) for cell in row.cells] for row in table.rows]
    if table.title == forms.SECTION_TITLES[1]:
        rows[0][0] = (rows[0][0][0], 3, 3)
        rows[1] = [(cell, across, 1 if across > 1 else 2) for cell, across, _ in rows[1]]
        lines = forms.table_lines(form, "requests")
        for place, group in enumerate(lines):
            if not group.line_id:
                under = [line.level for line in lines[place + 1 :]]
                within = next((n for n, level in enumerate(under) if level <= group.level), len(under))
                down = sum(bool(line.line_id) for line in lines[place + 1 : place + 1 + within])
                row = next(
                    row for row in rows if any(cell.text == group.label and down_ == 1 for cell, _, down_ in row)
                )
                number = next(n for n, (cell, _, _) in enumerate(row) if cell.text == group.label)
                row[number] = (row[number][0], 1, down)
    elif table.title == forms.SECTION_TITLES[2]:
        rows[1] = [(cell, across, 1 if across > 1 else 2) for cell, across, _ in rows[1]]
    else:
        for row in rows:
            cell, across, down = row[-1]
            row[-1] = (cell, across + 4 - sum(cell[1] for cell in row) if form.endswith("2021") else across, down)
    return rows
