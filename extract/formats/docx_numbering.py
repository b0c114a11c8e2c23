"""The numbers that Word shows before the paragraphs of lists (一、, (二), 3.): counted, no text of the document.

What a paragraph says is docx.py's work. A list whose numbers are of a kind that is not known here shows none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

from lxml import etree

from extract.formats.ooxml import Package, attribute, local

_DIGITS: Final = "一二三四五六七八九"
_MOST_IN_WORDS: Final = 99
_MOST_SPELLED: Final = 999  # letters and Roman numbers grow with what they count
_ALPHABET: Final = 26
_PLACE: Final = re.compile(r"%([1-9])")
_MARKS: Final = frozenset(("numPr", "pStyle"))
_MOST_STYLES: Final = 20  # that are based on each other


class Level(NamedTuple):
    """How the paragraphs of one level of a list are numbered: from what, in what kind of digits, and around them."""

    start: int
    kind: str
    text: str


class _Place(NamedTuple):
    """The number of a list and the level in it, as they are written; NULL what is not."""

    number: str | None
    level: str | None

    def or_else(self, other: _Place) -> _Place:
        """What is not written by what `other` has."""
        return _Place(*(mine if mine is not None else its for mine, its in zip(self, other, strict=True)))


_NOWHERE: Final = _Place(None, None)


class _List(NamedTuple):
    """A list: the definition it counts on together with others, its levels, and where it begins anew."""

    definition: str | None
    levels: dict[int, Level]
    anew: dict[int, int]


def _in_words(number: int) -> str:
    if number > _MOST_IN_WORDS:
        return str(number)
    tens, ones = divmod(number, 10)
    return f"{_DIGITS[tens - 1] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones - 1] if ones else ''}"


def _letters(number: int) -> str:
    turn, place = divmod(number - 1, _ALPHABET)
    return chr(ord("A") + place) * (turn + 1)


def _roman(number: int) -> str:
    signs = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    shown = ""
    for value, sign in signs:
        shown += sign * (number // value)
        number %= value
    return shown


def _sign(first: str, most: int) -> Callable[[int], str]:
    """The signs from `first` on, of which there are `most`; beyond them digits."""
    return lambda number: chr(ord(first) + number - 1) if number <= most else str(number)


KINDS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _sign("①", 20)),
    "decimalEnclosedParen": _sign("⑴", 20),
    "decimalEnclosedFullstop": _sign("⒈", 20),
    "ideographEnclosedCircle": _sign("㊀", 10),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "japaneseCounting"),
            *("taiwaneseCounting", "taiwaneseCountingThousand"),
        ),
        _in_words,
    ),
}
"""The kinds of digits of ECMA-376, part 1, 17.18.59 that Chinese offices use."""


class Numbering:
    """Counts the paragraphs of a document's lists, in reading order."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._counted: dict[str | None, dict[int, int]] = defaultdict(dict)
        self._begun: set[str | None] = set()

    @cached_property
    def _lists(self) -> dict[str | None, _List]:
        """By number, what the package declares; read when the first paragraph may be in one, as most are in none."""
        root = self._package.part("word/numbering.xml")
        if root is None:
            return {}
        shared = {attribute(child, "abstractNumId"): dict(_levels(child)) for child in _named(root, "abstractNum")}
        lists: dict[str | None, _List] = {}
        for child in _named(root, "num"):
            definition, anew = _value(child, "abstractNumId"), {}
            levels = dict(shared.get(definition, {}))
            for override in _named(child, "lvlOverride"):
                start = _value(override, "startOverride")
                if start is not None:
                    anew[_integer(attribute(override, "ilvl"))] = _integer(start)
                levels.update(_levels(override))
            lists[attribute(child, "numId")] = _List(definition, levels, anew)
        return lists

    @cached_property
    def _styles(self) -> dict[str | None, tuple[_Place, str | None]]:
        """By style: the place of its paragraphs, and the style it is based on."""
        root = self._package.part("word/styles.xml") if self._lists else None
        if root is None:
            return {}
        return {
            attribute(style, "styleId"): (_place_of(next(_named(style, "pPr"), None)), _value(style, "basedOn"))
            for style in _named(root, "style")
        }

    def before(self, paragraph: etree._Element) -> str:
        """What stands before a paragraph, which is counted; empty where it is in no list.

        Raises Undecodable where a part is broken or beyond a limit.
        """
        place = self._place(paragraph)
        if place is _NOWHERE or place.number not in self._lists:
            return ""
        number, level = place.number, _integer(place.level)
        definition, levels, anew = self._lists[number]
        if level not in levels:
            return ""
        counted = self._counted[definition]
        if number not in self._begun:
            self._begun.add(number)
            counted.update({at: start - 1 for at, start in anew.items()})
        counted[level] = counted.get(level, levels[level].start - 1) + 1
        for deeper in [at for at in counted if at > level]:
            del counted[deeper]
        return _shown(levels, counted, level)

    def _place(self, paragraph: etree._Element) -> _Place:
        """The list that a paragraph is in by itself or by its style, and the level."""
        properties = paragraph[0] if len(paragraph) else None
        if properties is None or local(properties) != "pPr" or _MARKS.isdisjoint(map(local, properties)):
            return _NOWHERE
        place, style = _place_of(properties), _value(properties, "pStyle")
        for _ in range(_MOST_STYLES):
            if style is None or None not in place or style not in self._styles:
                break
            by_style, style = self._styles[style]
            place = place.or_else(by_style)
        return place


def _shown(levels: dict[int, Level], counted: dict[int, int], level: int) -> str:
    def number(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        if at not in levels:
            return ""
        count = counted.get(at, levels[at].start)
        return KINDS[levels[at].kind](count) if 0 < count <= _MOST_SPELLED else str(count)

    used = [int(place) - 1 for place in _PLACE.findall(levels[level].text)]
    known = used and all(levels[at].kind in KINDS for at in used if at in levels)
    return _PLACE.sub(number, levels[level].text) if known else ""


def _levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for child in _named(parent, "lvl"):
        start = _value(child, "start")
        kind, text = _value(child, "numFmt") or "decimal", _value(child, "lvlText") or ""
        yield _integer(attribute(child, "ilvl")), Level(1 if start is None else _integer(start), kind, text)


def _place_of(properties: etree._Element | None) -> _Place:
    """The place that the properties of a paragraph or a style name."""
    mark = next(_named(properties, "numPr"), None) if properties is not None else None
    return _NOWHERE if mark is None else _Place(_value(mark, "numId"), _value(mark, "ilvl"))


def _named(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in parent if local(child) == name)


def _value(parent: etree._Element, name: str) -> str | None:
    """The value of a child of that name."""
    child = next(_named(parent, name), None)
    return None if child is None else attribute(child, "val")


def _integer(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
