"""What offices change in the official forms: rows and columns added, left out, filled in part. Changes tables and truth.

Each variant takes a print (report and tables) and gives another one. How the tables are drawn is not decided here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from . import forms
from .figures import YEARS, Report, with_parts
from .forms import Cell, Row, Table
from .layouts import ABSENT, OPEN, Key

PART_NAMES = (("区政府", "区直单位", "乡镇街道"), ("市本级", "县区"), ("政府机关", "直属部门", "街镇"))
IMAGES = ("[图片]", "(此处为表格图片)", "[图片1.png]")
_EXTRA_LINES = {
    "national-2021": {"8.属于行政查询事项": "9.属于其他不予公开情形", "行政许可": "行政确认"},
    "national-2019": {"8.属于行政查询事项": "9.属于其他不予公开情形", "行政许可": "行政确认"},
    "national-2014": {"5.其他方式公开政府信息数": "6.政务客户端公开政府信息数", "4.信函申请数": "5.其他形式申请数"},
    "local-zhejiang": {},
    "local-shanghai": {"其中:全文电子化的主动公开信息数": "政务服务热线公开信息数"},
    "local-fujian": {},
}


@dataclass(frozen=True)
class Print:
    """A report and the tables to print it in. images: what stands in place of a table; fates: what the page leaves open."""

    report: Report
    tables: tuple[Table, ...]
    images: dict[int, str] = field(default_factory=dict)
    fates: dict[Key, str] = field(default_factory=dict)


Variant = Callable[[Print, Random], Print]


def _plain(page: Print, _: Random) -> Print:
    return page


def _each_row(page: Print, change: Callable[[Table, Row], list[Row]]) -> Print:
    tables = tuple(
        replace(table, rows=tuple(new for row in table.rows for new in change(table, row))) for table in page.tables
    )
    return replace(page, tables=tables)


def _slots(row: Row) -> list[str]:
    return [cell.slot for cell in row.cells if cell.slot]


def _numbers(rng: Random, like: Row) -> list[Cell]:
    """What stands behind the label of a row that is not the form's: a unit, no code, numbers of its own."""

    def other(cell: Cell) -> Cell:
        if cell.slot:
            return Cell(str(rng.choice((0, 0, 0, rng.randint(1, 30)))), kind="value")
        return replace(cell, text="") if cell.text.isdigit() else cell

    return [other(cell) for cell in like.cells if cell.kind != "label"]


def _labels_of(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if cell.kind == "label"]


def _extra_rows(page: Print, rng: Random) -> Print:
    wanted = _EXTRA_LINES[page.report.form] or {}
    names = wanted or {_labels_of(row)[-1].text: "其中:电话咨询答复数" for row in _value_rows(page)[3:4]}

    def change(_: Table, row: Row) -> list[Row]:
        label = _labels_of(row)[-1] if _labels_of(row) and _slots(row) else None
        if label is None or label.text not in names:
            return [row]
        added = Row((replace(label, text=names[label.text], rows=1), *_numbers(rng, row)), row.width)
        return [row, added]

    return _taller_groups(_each_row(page, change))


def _subtotals(page: Print, _: Random) -> Print:
    """A row 小计 under each inner group of requests, and under the ways of applying in the one-column forms."""

    def change(table: Table, row: Row) -> list[Row]:
        names = [slot.split("/")[2] for slot in _slots(row)]
        last = {"refused_administrative_query", "unclear_after_correction", "requests_received_letter"}
        if not names or names[0] not in last or not _labels_of(row):
            return [row]
        group = [other for other in _value_rows(page) if _slots(other)[0].split("/")[2] in _GROUPS[names[0]]]
        sums = iter(zip(*(_slots(other) for other in group), strict=True))
        cells = [
            Cell(f"{sum((page.report.values[slot] or Decimal(0)) for slot in next(sums)):f}", kind="value")
            if cell.slot
            else replace(cell, text="" if cell.text.isdigit() else cell.text)
            for cell in row.cells
            if cell.kind != "label"
        ]
        return [row, Row((replace(_labels_of(row)[-1], text="小计", rows=1), *cells), row.width)]

    return _taller_groups(_each_row(page, change))


_GROUPS = {
    "refused_administrative_query": (
        "refused_state_secret", "refused_law_prohibited", "refused_security_stability", "refused_third_party_rights",
        "refused_internal_affairs", "refused_process_information", "refused_enforcement_file",
        "refused_administrative_query",
    ),
    "unclear_after_correction": ("not_held", "creation_required", "unclear_after_correction"),
    "requests_received_letter": tuple(
        f"requests_received_{way}" for way in ("in_person", "fax", "email", "online", "letter")
    ),
}  # fmt: skip


def _value_rows(page: Print) -> list[Row]:
    return [row for table in page.tables for row in table.rows if _slots(row)]


def _taller_groups(page: Print) -> Print:
    """Group cells merged over the rows that were added under them."""

    def fit(table: Table) -> Table:
        rows = list(table.rows)
        for number, row in enumerate(rows):
            cells = list(row.cells)
            for place, cell in enumerate(cells[:-1]):
                if cell.kind == "label" and cells[place + 1].kind == "label":
                    cells[place] = replace(cell, rows=_height(rows, number, place))
            rows[number] = replace(row, cells=tuple(cells))
        return replace(table, rows=tuple(rows))

    return replace(page, tables=tuple(map(fit, page.tables)))


def _height(rows: list[Row], number: int, place: int) -> int:
    """How many rows from this one on lack the column of its label at `place`."""
    depth = len(_labels_of(rows[number])) - place
    first = rows[number].cells[place].span
    used = sum(cell.span for cell in rows[number].cells[place:])
    height = 1
    for row in rows[number + 1 :]:
        if sum(cell.span for cell in row.cells) > used - first:
            break
        height += 1
    return height if depth > 1 else 1


def _parts(page: Print, rng: Random) -> Print:
    """Several value columns where the form has one: the whole first, last or not at all."""
    names = rng.choice(PART_NAMES)
    report = with_parts(page.report, names, rng, 0.1 if None in page.report.values.values() else 0.0)
    total, place = rng.choice(("合计", "总计")), rng.choice((0, len(names), None))
    columns: list[str | None] = list(names)
    if place is not None:
        columns.insert(place, None)

    def change(_: Table, row: Row) -> list[Row]:
        *before, last = row.cells
        if row.cells[0].kind == "header":
            cells = [replace(last, text=name or total) for name in columns]
        elif last.slot:
            cells = [replace(last, part=name) for name in columns]
        else:
            return [replace(row, width=row.width + len(columns) - 1)]
        return [Row((*before, *cells), row.width + len(columns) - 1)]

    return _each_row(replace(page, report=report), change)


def _total_only(page: Print, _: Random) -> Print:
    values = {
        slot: None if slot.split("/")[1] in ("requests", "disputes") and not slot.endswith("total") else value
        for slot, value in page.report.values.items()
    }
    return replace(page, report=replace(page.report, values=values))


def _other_year(page: Print, rng: Random) -> Print:
    first, last = YEARS[page.report.form]
    return replace(page, report=replace(page.report, year=rng.choice((first - 1, last + 1))))


def _repeated_values(page: Print, _: Random) -> Print:
    """A merged value printed once for every column it is merged over, as some converters do."""

    def change(_: Table, row: Row) -> list[Row]:
        if len(_slots(row)) != 1 or len(row.cells) == row.width:
            return [row]
        value = row.cells[-1]
        return [replace(row, cells=(*row.cells, *[replace(value, shown="again")] * (row.width - len(row.cells))))]

    return _each_row(page, change)


def _short_rows(page: Print, rng: Random) -> Print:
    """Rows that end with their last value: the cells behind it, all blank, are not printed at all."""
    fates: dict[Key, str] = {}
    values = dict(page.report.values)

    def change(_: Table, row: Row) -> list[Row]:
        slots = _slots(row)
        if len(slots) < 2 or row.cells[0].slot or rng.random() < 0.6:
            return [row]
        lost = slots[rng.randint(1, len(slots) - 1) :]
        values.update(dict.fromkeys(lost, None))
        fates.update({(slot, None): OPEN for slot in slots})
        return [replace(row, cells=tuple(replace(c, shown="lost") if c.slot in lost else c for c in row.cells))]

    changed = _each_row(page, change)
    return replace(changed, report=replace(page.report, values=values), fates={**page.fates, **fates})


def _image(page: Print, rng: Random) -> Print:
    number = rng.randrange(len(page.tables))
    keys = [(slot, None) for row in page.tables[number].rows for slot in _slots(row)]
    return replace(page, images={number: rng.choice(IMAGES)}, fates={**page.fates, **dict.fromkeys(keys, ABSENT)})


def _empty_columns(page: Print, rng: Random) -> Print:
    """Empty columns at the table's end, in every row."""
    count = rng.randint(1, 3)

    def change(_: Table, row: Row) -> list[Row]:
        kind = "header" if row.cells[0].kind == "header" else "unit"
        return [Row((*row.cells, *[Cell("", kind=kind)] * count), row.width + count)]

    return _each_row(page, change)


def _doubled_headers(page: Print, _: Random) -> Print:
    """Every block of header rows printed twice, as where a table begins anew on the next page."""

    def double(table: Table) -> Table:
        rows: list[Row] = []
        block: list[Row] = []
        for row in table.rows:
            if row.cells[0].kind == "header":
                block.append(row)
                continue
            rows += [*block, *block, row]
            block = []
        return replace(table, rows=tuple(rows))

    return replace(page, tables=tuple(map(double, page.tables)))


def _missing_headers(page: Print, _: Random) -> Print:
    return _each_row(page, lambda _, row: [] if row.cells[0].kind == "header" else [row])


VARIANTS: dict[str, Variant] = {
    "plain": _plain,
    "extra_rows": _extra_rows,
    "subtotals": _subtotals,
    "parts": _parts,
    "total_only": _total_only,
    "other_year": _other_year,
    "repeated_values": _repeated_values,
    "short_rows": _short_rows,
    "image_for_table": _image,
    "empty_columns": _empty_columns,
    "doubled_headers": _doubled_headers,
    "missing_headers": _missing_headers,
}
_NATIONAL = tuple(forms.DISCLOSURE_COLUMNS)
_ONLY = {
    "subtotals": (*_NATIONAL, "national-2014", "local-zhejiang", "local-shanghai", "local-fujian"),
    "parts": ("national-2014", "local-zhejiang"),
    "total_only": _NATIONAL,
    "repeated_values": _NATIONAL,
    "short_rows": _NATIONAL,
    "image_for_table": _NATIONAL,
}


def variants_of(form: str) -> list[str]:
    """The variants that there are of a form."""
    return [name for name in VARIANTS if form in _ONLY.get(name, forms.FORMS)]
