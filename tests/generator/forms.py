"""The printed forms as this generator knows them (own tables, own ids), laid out as grids of cells. No values, no text styles."""

import csv
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from pathlib import Path

FORMS = (
    "national-2021",
    "national-2019",
    "national-2014",
    "local-zhejiang",
    "local-shanghai",
    "local-fujian",
)

APPLICANTS = {
    "natural_person": "自然人",
    "commercial_enterprise": "商业\n企业",
    "research_institution": "科研\n机构",
    "public_interest_org": "社会公益组织",
    "legal_service_org": "法律服务机构",
    "other_org": "其他",
    "total": "总计",
}
OUTCOMES = {
    "upheld": "结果\n维持",
    "corrected": "结果\n纠正",
    "other": "其他\n结果",
    "pending": "尚未\n审结",
    "total": "总计",
}
ROUTES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
DISPUTE_COLUMNS = tuple(f"{route}.{outcome}" for route in ROUTES for outcome in OUTCOMES)

_ITEMS = {"items_prior_year": "上一年项目数量", "items_net_change": "本年增/减"}
# One entry a clause of section two: line ids of the block -> its columns.
DISCLOSURE_COLUMNS: dict[str, dict[str, dict[str, str]]] = {
    "national-2021": {
        "admin_rules": {
            "issued": "本年制发件数",
            "repealed": "本年废止件数",
            "in_force": "现行有效件数",
        },
        "licensing": {"decisions": "本年处理决定数量"},
        "penalty": {"decisions": "本年处理决定数量"},
        "admin_charges": {"collected_amount": "本年收费金额(单位:万元)"},
    },
    "national-2019": {
        "admin_rules": {
            "issued": "本年新\n制作数量",
            "disclosed": "本年新\n公开数量",
            "disclosed_stock": "对外公开总数量",
        },
        "licensing": {**_ITEMS, "decisions": "处理决定数量"},
        "penalty": {**_ITEMS, "decisions": "处理决定数量"},
        "admin_charges": _ITEMS,
        "central_procurement": {"projects": "采购项目数量", "amount": "采购总金额"},
    },
}
VALUE_COLUMNS = {
    "national-2014": {"value": "统计数"},
    "local-zhejiang": {"value": "数据统计"},
    "local-shanghai": {"period": "本期实际", "year_to_date": "本年累计"},
    "local-fujian": {"annual": "{year}年度", "cumulative": "历年累计"},
}
STUB = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
SECTION_TITLES = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)
# The only lines whose value is an amount of money; the 2019 form prints no unit for its one.
MONEY_LINES = ("admin_charges/collected_amount", "central_procurement/amount")
MONEY_STATISTICS = ("request_fees_collected", "oi_special_budget")


@dataclass(frozen=True)
class Line:
    """One printed row of a form: its place, label, printed unit and, where it holds values, its id."""

    form: str
    table: str
    line_no: int
    level: int
    label: str
    unit: str
    line_id: str


@dataclass(frozen=True)
class Cell:
    """One printed cell. `slot` names the value to print there, in `part` of what the report covers or the whole of it.

    span, rows: how many columns and rows it is merged over; kind: header, label, unit or value; shown: once, again (the
    value of the cell before once more) or lost (not printed, though the report has the value).
    """

    text: str = ""
    slot: str | None = None
    span: int = 1
    kind: str = "label"
    rows: int = 1
    part: str | None = None
    shown: str = "once"


@dataclass(frozen=True)
class Row:
    """The cells that a table row really prints (cells covered by a rowspan are left out), and the grid's width."""

    cells: tuple[Cell, ...]
    width: int


@dataclass(frozen=True)
class Table:
    """A section title (empty for forms without sections) and the rows under it."""

    title: str
    rows: tuple[Row, ...]


@cache
def lines(form: str) -> tuple[Line, ...]:
    """Every printed row of `form` in order, without column header rows and without the dispute table."""
    path = Path(__file__).with_name("forms") / "rows.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        return tuple(
            Line(
                r["form"],
                r["table"],
                int(r["line_no"]),
                int(r["level"]),
                r["label"],
                r["unit"],
                r["line_id"],
            )
            for r in csv.DictReader(handle)
            if r["form"] == form
        )


def table_lines(form: str, table: str) -> tuple[Line, ...]:
    """The printed rows of one table of `form`."""
    return tuple(line for line in lines(form) if line.table == table)


@cache
def slot_ids(form: str) -> tuple[str, ...]:
    """Every slot of `form` in printed order."""
    ids = [cell.slot for table in grid(form) for row in table.rows for cell in row.cells if cell.slot]
    return tuple(ids)


@cache
def printed_units(form: str) -> dict[str, str | None]:
    """The unit that the form prints for each slot; None where it prints none."""
    units: dict[str, str | None] = {}
    for slot in slot_ids(form):
        _, table, line_id, column = slot.split("/")
        unit: str | None = "件"
        if table == "statistics":
            unit = next(line.unit for line in lines(form) if line.line_id == line_id)
        elif column in _ITEMS or column == "projects":
            unit = "项"
        elif column == "collected_amount":
            unit = "万元"
        elif column == "amount":
            unit = None
        units[slot] = unit
    return units


def is_money(slot: str) -> bool:
    """True where the slot holds an amount of money."""
    return slot.endswith(MONEY_LINES) or slot.split("/")[2] in MONEY_STATISTICS


@cache
def grid(form: str) -> tuple[Table, ...]:
    """The form's tables as rows of cells, labels as officially printed; a newline in a label is where it may break."""
    if form in DISCLOSURE_COLUMNS:
        return (_disclosure(form), _requests(form), _disputes(form))
    return (_statistics(form),)


def _value(form: str, table: str, line_id: str, column: str) -> Cell:
    return Cell(slot=f"{form}/{table}/{line_id}/{column}", kind="value")


def _row(cells: list[Cell], width: int) -> Row:
    return Row(tuple(cells), width)


def _disclosure(form: str) -> Table:
    width = 4 if form == "national-2021" else 5
    rows: list[Row] = []
    columns: dict[str, str] = {}
    for line in table_lines(form, "disclosure"):
        if not line.line_id:
            rows.append(_row([Cell(line.label, span=width)], width))
            continue
        if line.line_id in DISCLOSURE_COLUMNS[form]:
            columns = DISCLOSURE_COLUMNS[form][line.line_id]
            header = [
                Cell("信息内容", kind="header"),
                *(Cell(text, kind="header") for text in columns.values()),
            ]
            rows.append(_row(header, width))
        rows.append(
            _row(
                [
                    Cell(line.label),
                    *(_value(form, "disclosure", line.line_id, c) for c in columns),
                ],
                width,
            )
        )
    return Table(SECTION_TITLES[0], tuple(rows))


def _requests(form: str) -> Table:
    header = [
        Cell(STUB, span=3, rows=3, kind="header"),
        Cell("申请人情况", span=7, kind="header"),
    ]
    groups = [
        Cell("自然人", rows=2, kind="header"),
        Cell("法人或其他组织", span=5, kind="header"),
        Cell("总计", rows=2, kind="header"),
    ]
    organisations = [Cell(text, kind="header") for key, text in list(APPLICANTS.items())[1:-1]]
    rows = [_row(header, 10), _row(groups, 10), _row(organisations, 10)]
    open_labels: list[Cell] = []
    printed = table_lines(form, "requests")
    for place, line in enumerate(printed):
        if not line.line_id:
            open_labels.append(Cell(line.label, rows=_rows_under(printed[place:])))
            continue
        label = Cell(line.label, span={1: 3, 2: 2, 3: 1}[line.level])
        values = [_value(form, "requests", line.line_id, column) for column in APPLICANTS]
        rows.append(_row([*open_labels, label, *values], 10))
        open_labels = []
    return Table(SECTION_TITLES[1], tuple(rows))


def _rows_under(below: tuple[Line, ...]) -> int:
    """How many rows of values the first of these lines, a group, stands beside."""
    group, *others = below
    inner = list(takewhile(lambda line: line.level > group.level, others))
    return sum(bool(line.line_id) for line in inner)


def _disputes(form: str) -> Table:
    outcomes = [Cell(text, kind="header") for text in OUTCOMES.values()]
    upper = [replace(cell, rows=2) for cell in outcomes]
    rows = [
        _row(
            [
                Cell("行政复议", span=5, kind="header"),
                Cell("行政诉讼", span=10, kind="header"),
            ],
            15,
        ),
        _row(
            [
                *upper,
                Cell("未经复议直接起诉", span=5, kind="header"),
                Cell("复议后起诉", span=5, kind="header"),
            ],
            15,
        ),
        _row([*outcomes, *outcomes], 15),
        _row(
            [_value(form, "disputes", "cases", column) for column in DISPUTE_COLUMNS],
            15,
        ),
    ]
    return Table(SECTION_TITLES[2], tuple(rows))


def _statistics(form: str) -> Table:
    columns = VALUE_COLUMNS[form]
    name = "统 计 指 标" if form == "national-2014" else "指标名称"
    unit = "单位" if form in ("national-2014", "local-zhejiang") else "计量单位"
    code = ["代码"] if form == "local-shanghai" else []
    width = 2 + len(code) + len(columns)
    rows = [
        _row(
            [Cell(text, kind="header") for text in [name, unit, *code, *columns.values()]],
            width,
        )
    ]
    if code:
        rows.append(
            _row(
                [Cell(text, kind="header") for text in ["甲", "乙", "丙", "1", "2"]],
                width,
            )
        )
    for line in table_lines(form, "statistics"):
        cells = [Cell(line.label)]
        if line.unit:
            cells.append(Cell(line.unit, kind="unit"))
        if line.line_id:
            codes = [Cell(f"{line.line_no:02d}", kind="unit")] if code else []
            cells += [
                *codes,
                *(_value(form, "statistics", line.line_id, column) for column in columns),
            ]
        rows.append(_row(cells, width))
    return Table("", tuple(rows))
