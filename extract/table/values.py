"""Printed values: the one number parser of the project, from the characters of a cell to number, unit and status.

Which slot a value belongs to is not known here.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from extract.text.script import simplify

_FORMS = Path(__file__).parents[1] / "forms"


def _table(name: str, column: str, value: str) -> dict[str, str]:
    with open(_FORMS / name, encoding="utf8", newline="") as lines:
        return {row[column]: row[value] for row in csv.DictReader(lines)}


MARKS: Final = _table("mark.csv", "mark", "meaning")
UNITS: Final = {unit: Decimal(scale) for unit, scale in _table("unit.csv", "unit", "scale").items()}

_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<sign>[+＋↑]|[-－−↓]|净?增加|新增|净?增|净?减少|净?减|下降)?(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<fraction>\.\d+)?(?P<unit>{_UNIT})?"
)
_NEGATIVE = frozenset(("-", "－", "−", "↓", "减少", "减", "净减少", "净减", "下降"))
_APPROXIMATE = re.compile(rf"[约近超]过?\d[\d,.]*(?:{_UNIT})?|\d[\d,.]*[余多](?:{_UNIT})?|\d[\d,.]*(?:{_UNIT})[余多]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SHARE = re.compile(r"(?:增加|增长|上升|减少|下降|增|升|减|降)?(?:了)?\d[\d.]*%")
_SPLIT_DIGITS = re.compile(r"[\d,.]\s+\d")
_MARKED_UP = re.compile(r"^(?:(?:[*_]+)([^*_]+?)(?:[*_]+)|\$([^$]+)\$)$")  # bold, underlined or a formula in Markdown
_BRACKETED_UNIT = re.compile(rf"(?<=\d)\(({_UNIT})\)$")  # 12(件)
_REMARKED = re.compile(
    rf"(.*\d(?:{_UNIT})?)\((?![年减降下取])[\u3400-\u9fff][^()]*[^()一二三四五六七八九十]\)|([-－−减]\d+)\([^()]+\)"
)
"""A number with a remark behind it: 0(无变化), -2(取消2项). 3(减少) tells of its sign and is none."""
_YUAN_SIGN = re.compile(r"^[¥￥](?=\d[\d,.]*(?:元|万元|亿元)$)")
_NOTED = re.compile(
    rf"^(?!10\^)(.*\d(?:{_UNIT})?)(?:\^?(?:[①-⑳*※]+|\[(?:注?\d{{1,2}}|注)\]|注\d?|\(注\d?\))|\^\d{{1,2}})$"
)
"""A number with the mark of a footnote behind it: 61*, 45①, 1003^1 (raised); 10^4 is another number."""
_LOOSE_DASH = re.compile(r"[-－−—]\s+\d")
_PUNCTUATION = "()[]〔〕【】《》<>、,.:;#"
MOST_DIGITS: Final = 14
_LONGEST_JUNK = 14
_RUN = re.compile(r"[0-9—-]+(?:\.[0-9—-]+)*")  # the values of several cells


class Printed(NamedTuple):
    """What stands in a cell. `number` is NULL unless it was read with certainty; `reason` says why it was not."""

    number: Decimal | None
    unit: str | None
    status: str
    reason: str | None


@lru_cache(maxsize=65_536)
def parse(raw: str) -> Printed | None:
    """Read the characters of one cell; None where they are no value at all (a label, a sentence).

    Signs may be words (增1558, 减38), digits full-width or with thousands separators (１２, 1,904), a unit may follow
    (152790元, 2601.953875万). `-`, `/` and `—` are marks, never 0. What looks like a number but is not one with
    certainty (3余件, 42%, l2) has status unreadable and a reason.
    """
    if len(raw) > 40:
        return None
    if raw.isdecimal() and raw.isascii() and len(raw) <= MOST_DIGITS:
        number = Decimal(raw)
        return Printed(number, None, "reported" if number else "explicit_zero", None)
    spaced = simplify(raw).strip()
    if _SPLIT_DIGITS.search(spaced):
        return None
    text = _MARKED_UP.sub(r"\1\2", spaced.replace(" ", "").replace("&nbsp;", ""))
    if _LOOSE_DASH.match(spaced):
        return Printed(
            None, None, "unreadable", f"{spaced!r}: a minus, or a dash for one cell and a number of the next"
        )
    mark = MARKS.get(text)
    if mark == "zero":
        return Printed(Decimal(0), None, "explicit_zero", None)
    if mark == "word":
        return Printed(None, None, "unreadable", f"{text!r} is a word where a number is asked")
    if mark:
        return Printed(None, None, mark, None)
    text = _BRACKETED_UNIT.sub(r"\1", _NOTED.sub(r"\1", _YUAN_SIGN.sub("", text)))
    remarked = _REMARKED.fullmatch(text)
    match = _NUMBER.fullmatch((remarked[1] or remarked[2]) if remarked else text)
    if match is None:
        return _junk(text)
    digits = match["digits"].replace(",", "")
    if len(digits) > MOST_DIGITS or len(match["fraction"] or "") > 7:
        return Printed(None, None, "unreadable", f"{raw!r} has more digits than a count or an amount can have")
    number = Decimal(digits + (match["fraction"] or ""))
    if match["sign"] in _NEGATIVE:
        number = -number
    return Printed(number, match["unit"], "reported" if number else "explicit_zero", None)


def _junk(text: str) -> Printed | None:
    if not text.strip(_PUNCTUATION):
        return None
    if any(mark.isdigit() for mark in text):
        if _SHARE.fullmatch(text) or (text.endswith("%") and not _CHINESE.search(text)):
            return Printed(None, None, "unreadable", f"{text!r} is a share, not a number of cases")
        if _APPROXIMATE.fullmatch(text):
            return Printed(None, None, "unreadable", f"{text!r} is not an exact number")
    if _RUN.fullmatch(text) or (len(text) <= _LONGEST_JUNK and not _CHINESE.search(text)):
        return Printed(None, None, "unreadable", f"{text!r} is no number")
    return None
