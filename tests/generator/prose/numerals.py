"""Figures as offices print them: Arabic, with separators, in Chinese numerals, in 万, with words of imprecision. No nouns."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

_DIGITS = "零一二三四五六七八九"
_BEFORE = {"近": "approximate", "约": "approximate", "超过": "at_least", "逾": "at_least", "不少于": "at_least"}
_INSIDE = {"余": "approximate", "多": "approximate"}
_AFTER = {"左右": "approximate", "以上": "at_least"}


@dataclass(frozen=True)
class Figure:
    """A printed figure with its unit, and what it states. qualifier: exact, approximate or at_least."""

    text: str
    value: Decimal
    qualifier: str = "exact"


@dataclass(frozen=True)
class FigureStyle:
    """How one paragraph prints its figures. spaced: blanks around Arabic figures; wide: full-width digits come later."""

    thousands: bool = False
    chinese: bool = False
    ten_thousands: bool = False
    spaced: bool = False
    wide: bool = False


def random_style(rng: Random) -> FigureStyle:
    """Mostly plain Arabic digits; at most one peculiarity of digits a paragraph."""
    kind = rng.choices(("plain", "thousands", "chinese", "ten_thousands", "spaced", "wide"), (70, 8, 6, 8, 4, 4))[0]
    return FigureStyle(**{kind: True}) if kind != "plain" else FigureStyle()


def chinese(value: int) -> str:
    """`value` (0 to 9999) in Chinese numerals, as in counting: 十五, 一百零三, 二百二十."""
    if not 0 <= value <= 9999:
        raise ValueError(f"{value}: only 0 to 9999 are written in Chinese numerals here")
    if value < 10:
        return _DIGITS[value]
    text = ""
    gap = False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return text.removeprefix("一") if 10 <= value < 20 else text


def print_figure(
    rng: Random, value: int, unit: str, style: FigureStyle, vague: bool = False, bare: bool = False
) -> Figure:
    """`value` with its unit. vague: with a word of imprecision, for which the value is rounded first; bare: none before it."""
    if not vague or value < 20:
        return Figure(_exact(value, unit, style), Decimal(value))
    value = _rounded(value)
    word = rng.choice([*(() if bare else _BEFORE), *_INSIDE, *_AFTER])
    if word in _BEFORE:
        return Figure(word + _exact(value, unit, style).lstrip(), Decimal(value), _BEFORE[word])
    if word in _AFTER:
        return Figure(_exact(value, unit, style).rstrip() + word, Decimal(value), _AFTER[word])
    if value >= 100_000 and value % 10_000 == 0:
        return Figure(f"{value // 10_000}{word}万{unit}", Decimal(value), _INSIDE[word])
    return Figure(_number(value, style) + word + unit, Decimal(value), _INSIDE[word])


def _rounded(value: int) -> int:
    power = int("1" + "0" * max(1, len(str(value)) - 2))
    return value // power * power


def _number(value: int, style: FigureStyle) -> str:
    if style.chinese and 2 <= value <= 999:
        return chinese(value)
    return f"{value:,}" if style.thousands else str(value)


def _exact(value: int, unit: str, style: FigureStyle) -> str:
    if style.chinese and value == 2:
        return f"两{unit}"
    if (style.ten_thousands or value >= 1_000_000) and value >= 10_000 and value % 100 == 0:
        return f"{(Decimal(value) / 10_000).normalize():f}万{unit}"
    number = _number(value, style)
    return f" {number} {unit}" if style.spaced and number[0].isdigit() else number + unit
