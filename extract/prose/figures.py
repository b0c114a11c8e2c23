"""Numbers in running text: value, unit and how exact they are. Whose figure it is, is not known here."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import cn2an

_TABLE: Final = Path(__file__).with_name("unit.csv")
PERCENT: Final = "%"
MIXED: Final = "mixed"


def _units() -> dict[str, frozenset[str]]:
    """Unit word -> the kinds of quantity counted in it."""
    kinds: dict[str, set[str]] = defaultdict(set)
    with open(_TABLE, encoding="utf8", newline="") as lines:
        for row in csv.DictReader(lines):
            for unit in row["units"].split("|"):
                kinds[unit].add(row["kind"])
    return {unit: frozenset(names) for unit, names in kinds.items()}


UNIT_KINDS: Final = _units()
_PLAIN_UNITS: Final = sorted((unit for unit in UNIT_KINDS if "(" not in unit), key=len, reverse=True)
_UNIT: Final = "|".join(_PLAIN_UNITS)
_FURTHER_UNITS: Final = rf"\((?:{_UNIT})(?:[/、](?:{_UNIT}))*\)"

NO_COUNT: Final = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?:年度|年)?(?P<span>[-—~至到](?:19|20)\d{2}年?)?"
    r"(?:(?<=年)(?P<month>\d{1,2})月(?:份|底|末|初|\d{1,2}日)?)?(?:(?<=[年度])|(?!\d|[万亿余多]))(?<=[年度月日份底末初\d])"
    r"|(?P<months>\d{1,2}(?:[-—~、至到]\d{1,2})?月(?:份|底|末|初|\d{1,2}日)?)"
    r"|(?P<within>\d+个工作日[之以]?内)"
    r"|\d+号令?|\d+[-—~至到]\d+(?:\.\d+)?(?:%|[\u4e00-\u9fff]{1,2})?|\d{1,2}[::]\d{2}|\d+\.\d+\.\d+|\d+[年时]"
)
"""Numbers that count nothing: years and dates, months, limits of time, numbers of documents, ranges, times of day."""
FIGURE: Final = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<fraction>\.\d+)?(?P<scale>[万亿千百])?(?P<more>余|多|来)?(?P<tail>万)?"
    rf"(?P<unit>%|(?:{_UNIT})(?:{_FURTHER_UNITS})?)?(?P<over>余|多|以上|左右|上下)?"
)
NUMERALS: Final = "〇零一二两三四五六七八九十百千"
_CHINESE: Final = f"[{NUMERALS}万]"
CHINESE_FIGURE: Final = re.compile(
    rf"(?P<number>{_CHINESE}{{1,12}})(?P<more>余|多)?(?P<unit>(?:{_UNIT})(?:{_FURTHER_UNITS})?)(?P<over>余|多|以上|左右)?(?![事线批样些])"
)
_COUNT: Final = re.compile(
    rf"(?<![\d{NUMERALS}])(?<!\d[,.])[\d{NUMERALS}][\d,.{NUMERALS}]{{0,24}}+[万亿]?[余多来]?万?(?:{_UNIT}|(?<=万))(?:\((?:{_UNIT})[^()]*\))?(?:余|多|以上|左右)?"
    r"|(?<=[为是:])0(?![\d.])"
)
"""A number with its unit, roughly."""
_AFTER_DIGITS: Final = "".join(sorted({unit[0] for unit in _PLAIN_UNITS} | set("万亿余多来")))
_DIGITS: Final = re.compile(
    rf"[\d{NUMERALS}](?<![\d{NUMERALS}]{{2}})(?:(?=[\d,.{NUMERALS}]{{0,24}}+[{_AFTER_DIGITS}])|(?<=[为是:]0))[\d{NUMERALS}]*"
)
"""Digits with what a unit begins with behind them, or 0 where it needs none: one class first is looked for fastest."""


def counts(text: str) -> Iterator[re.Match[str]]:
    """Where figures may stand: numbers with their units. Tried only where digits begin, as it is slow to fail."""
    end = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() >= end and (match := _COUNT.match(text, digits.start())):
            end = match.end()
            yield match


_SCALE: Final = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_BEFORE: Final = dict.fromkeys(("超过", "不少于", "不低于", "突破", "逾", "超"), "at_least") | dict.fromkeys(
    ("大约", "将近", "接近", "约", "近"), "approximate"
)
_ANNOUNCES: Final = re.compile(rf"(?:{'|'.join(_BEFORE)})$")
_LAST_ANNOUNCING: Final = frozenset(word[-1] for word in _BEFORE)
_AFTER: Final = {"余": "approximate", "多": "approximate", "来": "approximate", "左右": "approximate"} | {
    "上下": "approximate",
    "以上": "at_least",
}
_MOST_DIGITS: Final = 12
_BARRED_BEFORE: Final = "第-—~.#"


class Figure(NamedTuple):
    """A number with its unit; `start` and `end` are places in the sentence, `kinds` what such a unit counts."""

    value: Decimal
    unit: str | None
    qualifier: str
    start: int
    end: int
    kinds: frozenset[str]


def read_figure(text: str, at: int) -> Figure | None:
    """The figure that begins at `at` (a digit, or a Chinese numeral), None where none does."""
    if at and (text[at - 1] in _BARRED_BEFORE or (text[at - 1].isascii() and text[at - 1].isalpha())):
        return None
    if text[at].isdigit():
        match = FIGURE.match(text, at)
        if match is None:
            return None
        number, fraction, scale, more, tail, unit, over = match.groups()
        if len(number) > _MOST_DIGITS:
            return None
        value = Decimal(number.replace(",", "") + fraction if fraction else number.replace(",", ""))
    else:
        match = CHINESE_FIGURE.match(text, at)
        if match is None:
            return None
        number, more, unit, over = match.groups()
        if number == "一" and unit in "个次":
            return None
        said = _said(number)
        if said is None:
            return None
        value, fraction, scale, tail = said, None, None, None
    if scale or tail or fraction:
        if unit == "元" and (scale or tail):
            unit = f"{scale or ''}{tail or ''}元"
        else:
            value *= _SCALE.get(scale or "", 1) * _SCALE.get(tail or "", 1)
    word = _announcing(text, at)
    qualifier = (more or over) and _AFTER.get(more or over)
    return Figure(value, unit, qualifier or _BEFORE.get(word, "exact"), at - len(word), match.end(), _kinds(unit))


@lru_cache(maxsize=4096)
def _said(number: str) -> Decimal | None:
    """The value of Chinese numerals, None where they are no number."""
    try:
        return Decimal(cn2an.cn2an(number, "smart"))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _kinds(unit: str | None) -> frozenset[str]:
    if unit is None:
        return frozenset()
    if "(" in unit:
        return frozenset((MIXED,)) | UNIT_KINDS[unit.partition("(")[0]]
    return UNIT_KINDS.get(unit, frozenset())


def _announcing(text: str, at: int) -> str:
    """The word before a number that says how exact it is (约, 超过), empty where there is none."""
    if text[at - 1 : at] not in _LAST_ANNOUNCING:
        return ""
    match = _ANNOUNCES.search(text, max(0, at - 3), at)
    return match.group() if match else ""
