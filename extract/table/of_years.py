"""Which year printed tables and their columns are of, as captions and the names of columns tell.

Which year a report is of is report/years.py's work, for the text around the tables tells it first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extract.report.years import arabic_years
from extract.table.cells import Cells
from extract.table.tables import TableSet
from extract.text.script import plain_text

_ABOVE: Final = 200  # characters above a table in which its captions stand
_CAPTION_YEAR: Final = re.compile(
    r"(?<!\d)((?:19|20)\d{2})年(?:度)?(?!\d{1,2}月\d)[^\n]{0,30}(?:统计|报告|情况)|统计[^\n]{0,6}\(((?:19|20)\d{2})年(?:度)?\)"
)
_YEAR_ALONE: Final = re.compile(r"\(?((?:19|20)\d{2})年(?:度|(?:1?[-—~至])?12月)?\)?")
_STATISTICS: Final = re.compile(r"情况统计|统计[年季月]?报?表")
_PART_OF_YEAR: Final = re.compile(r"(?!.*全年)[^|]*(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月份)[^|]*")
_PARTS: Final = ("季度", "半年", "月份")
_IN_BRACKETS: Final = re.compile(r"\(.{1,20}\)")
_LONGEST_CAPTION: Final = 60
_LINES_ABOVE: Final = 6
_ANNEXED: Final = re.compile(r"\D{0,20}((?:19|20)\d{2})年\D{0,40}(?:情况|表)(?:\(.{0,20}\))?:?")
_OF_A_YEAR: Final = re.compile(
    r"(?:((?:19|20)\d{2})年|(上年|去年|上一年|往年)|本年|今年|当年)(?:度|同期)?(?:统计|数据|数量|总数|合计|数|值)*"
)
_NOT_OF_THE_YEAR: Final = re.compile("增减|增长|增幅|同比|环比|变化|比(?:上年|去年)|较(?:上年|去年)|[%±]|历年|以来")
"""In the name of a column beside one of a year: what changed, a share, or all years together."""


def _caption(table_set: TableSet, text: str) -> str:
    """What stands above the first cell of a printing, simplified: captions and headers."""
    first = min(cell.char_start for cell in table_set.cells)
    return arabic_years(plain_text(text[max(0, table_set.start - _ABOVE) : first]))


def covers_part_of_year(table_set: TableSet, text: str) -> bool:
    """Whether the last caption above the table is that of the statistics of a quarter, a half year or a month."""
    if not any(word in text[max(0, table_set.start - _ABOVE) : table_set.end] for word in _PARTS):
        return False  # as of nearly all
    lines = [line for line in _caption(table_set, text).replace(" ", "").split("\n") if line]
    places = [place for place, line in enumerate(lines) if len(line) <= _LONGEST_CAPTION and _STATISTICS.search(line)]
    if not places:
        return False
    caption, *below = lines[places[-1] : places[-1] + 2]
    caption += "".join(line for line in below if _IN_BRACKETS.fullmatch(line))
    return _PART_OF_YEAR.fullmatch(caption) is not None


def annexed_year(table_set: TableSet, text: str) -> int | None:
    """The year of a further printing of the tables, where the line above it says so (附:2021年度…情况)."""
    above = text[max(0, table_set.start - _ABOVE) : table_set.start].split("\n")[-_LINES_ABOVE:]
    captions = (_ANNEXED.fullmatch(arabic_years(plain_text(line)).replace(" ", "")) for line in reversed(above))
    return next((int(caption[1]) for caption in captions if caption), None)


def of_own_year(cells: Cells, year: int | None) -> Cells:
    """The cells, told apart by the year that their column is of (2015年 | 2016年 | 增减).

    The column of the report's own year is no part but the figures themselves; one of another year, or of what changed
    since, is printed but has no slot.
    """
    parts = cells.column("part")
    if not any(parts):
        return cells
    own = {part: _is_own_year(part, year) for part in set(parts) if part}
    told = [own.get(part) for part in parts]
    for name, beyond in (("slot_id", [None] * len(parts)), ("column_path", parts)):
        column = [
            there if of is False else here for of, here, there in zip(told, cells.column(name), beyond, strict=True)
        ]
        cells = cells.with_column(name, column)
    return cells.with_column("part", [part if of is None else None for of, part in zip(told, parts, strict=True)])


def _is_own_year(part: str, year: int | None) -> bool | None:
    """Whether a column is of the report's own year; NULL where its name is of no year (乡镇街道)."""
    if _NOT_OF_THE_YEAR.search(part):
        return False
    named = _OF_A_YEAR.fullmatch(part)
    if named is None or (named[1] and year is None):
        return None
    return int(named[1]) == year if named[1] else named[2] is None


def table_year(printed: Sequence[TableSet], text: str) -> int | None:
    """The year in the caption above the first table (2013年…统计表), or on a line of its own below it ((2013年度))."""
    for table_set in printed:
        above = _caption(table_set, text)
        match = _CAPTION_YEAR.findall(above)
        if match:
            return int(match[-1][0] or match[-1][1])
        alone = {year[1] for line in above.split("\n") if (year := _YEAR_ALONE.fullmatch(line.replace(" ", "")))}
        if len(alone) == 1:
            return int(alone.pop())
    return None
