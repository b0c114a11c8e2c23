"""What a name of an organ looks like: whole or half, short or written out, and whether two names can be one organ's.

Where in a document a name stands, and which of several counts, is decided in identify.py.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

_TABLE: Final = Path(__file__).parents[1] / "forms" / "organ.csv"


def words(kind: str) -> list[tuple[str, str]]:
    """Text and note of the rows of a kind in the declared table, in its order."""
    with open(_TABLE, encoding="utf8", newline="") as lines:
        return [(row["text"], row["note"]) for row in csv.DictReader(lines) if row["kind"] == kind]


def starting_with(texts: Iterable[str]) -> list[re.Pattern[str]]:
    """A pattern for the texts of each first character: what begins with a literal is looked for fastest."""
    rests: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        rests[text[0]].append(re.escape(text[1:]))
    return [re.compile(f"{re.escape(first)}(?:{'|'.join(rest)})") for first, rest in rests.items()]


def _any(kind: str) -> str:
    return "|".join(re.escape(text) for text, _ in words(kind))


HAN: Final = r"[\u3400-\u9fff·]"
SUFFIX: Final = _any("suffix")
SEAT: Final = dict(words("place"))
"""Level of a place -> what governs it."""
LEVEL: Final = "|".join(SEAT)
TOWNSHIP: Final = tuple(text for text, _ in words("township"))
NOT_PLACE: Final = frozenset(text for text, _ in words("not_place"))
GOVERNMENT: Final = tuple(text for text, _ in words("government"))
"""Endings of the names of those who govern a place."""

_SHORT_GOVERNMENT: Final = tuple(level + "政府" for level in SEAT)
_LEVEL_MARK: Final = "省市县区州旗盟镇乡"
_ENDS: Final = re.compile(rf"(?:{SUFFIX})$")
_SUFFIXES: Final = tuple(text for text, _ in words("suffix"))
_ENDS_IN_TITLE: Final = re.compile(rf"(?:{SUFFIX}|{_any('title_suffix')})$")
_FUNCTION: Final = re.compile(f"{_any('function')}|和|与|及")
_NATIONAL: Final = re.compile(_any("national"))
_BARE_ZONE: Final = re.compile(_any("bare_zone"))
_REGION: Final = re.compile(_any("region"))
_NOT_ORGAN: Final = re.compile(rf"(?:{_any('not_organ')})$")
_SHORT: Final = tuple((text, note.split()) for text, note in words("short"))
_SHORT_ENDS: Final = tuple(short for short, _ in _SHORT)
_NO_NAME: Final = re.compile(
    r"^(?:在|现将|对|把)|[我该们]|[及由和与在对于][其各]|^[其各](?=[\u3400-\u9fff]{0,2}(?:局|厅|部|委|办|站|所))|其(?:他|它|中|余|所|下属|直属)"
    r"|各(?:级|部门|单位|地|有关|相关|职能|类|项|省|市|县|区|州|旗|镇|乡|街|村|科|股|处|局|委|办)"
    r"|本(?:机关|单位|级|年|局|委|办|厅|镇|乡|街|县|区|市)|方面|报告|情况|事项|根据|按照|汇报|关于|年度|以及"
)
_TOWNSHIP_NAME: Final = re.compile(rf"^{HAN}{{2,6}}?(?:{'|'.join(TOWNSHIP)})")
_CHARACTERS: Final = re.compile(rf"{HAN}+\Z")
_PLACE_ALONE: Final = re.compile(
    rf"(?:与|由|在|对|将|(?:现|特)?(?:向社会)?(?:公开|公布|发布|编制|编写|报送|将))?({HAN}{{2,5}}?[县市区旗]?)"
)
_LONGEST_BEFORE: Final = 10  # characters of a place and of the words before it, and one that there must not be
_VERBS: Final = re.compile(r"^(?:现|特)?(?:向社会)?(?:公布|公开|发布|报送|呈报|上报|印发)")

_SITE: Final = re.compile(rf"^{HAN}{{2,20}}?(?:政府|政务|信息|公众|公开|门户)网站?(?={HAN}{{3}})")
"""The name of the site, which stood before that of the organ in one line."""


class Named(NamedTuple):
    """An organ and how its name was found (ORGAN_BASIS of schema.py)."""

    name: str
    basis: str


@lru_cache(maxsize=4096)
def complete(name: str) -> Named | None:
    """An organ from what a title says: a name, or a place whose government it must be."""
    if "关于" in name:  # 某某办公室关于某某县: what it is about is whose report it is
        first, _, last = name.rpartition("关于")
        return complete(last) or complete(first)
    name = _SITE.sub("", _VERBS.sub("", name.strip("·")))
    if re.fullmatch(r"\([^()]+\)", name):
        name = name[1:-1]
    if _NO_NAME.search(name):
        return None
    if name.endswith(_SHORT_GOVERNMENT):
        for level, seat in SEAT.items():
            if name.endswith(level + "政府"):
                return Named(name.removesuffix("政府") + seat, "title")
    if _ENDS_IN_TITLE.search(name) and not _NOT_ORGAN.search(name):
        return Named(name, "title")
    for level, seat in SEAT.items():
        if name.endswith(level) and len(name) >= len(level) + 2 - (level in "县") and name not in NOT_PLACE:
            return Named(name + seat, "composed") if seat else None
    return None


def is_name(text: str) -> bool:
    """Whether a line (without spaces) is the whole name of an organ that says of which place it is."""
    if not (2 < len(text) <= 34 and text.endswith(_SUFFIXES) and _CHARACTERS.fullmatch(text)):
        return False
    return not _NO_NAME.search(text) and not _NOT_ORGAN.search(text) and says_where(text)


@lru_cache(maxsize=4096)
def says_where(name: str) -> bool:
    """Whether a name tells the place of its organ or that it is a national one: not 财政局, 市场监督管理局."""
    if _NATIONAL.search(name) or _REGION.match(name):
        return True
    return any(mark in _FUNCTION.sub("", name)[:-1] for mark in (*_LEVEL_MARK, "街道"))


def is_national(name: str) -> bool:
    """Whether a name is that of a national organ, whose local ones bear it before their own."""
    return _NATIONAL.match(name) is not None and says_where(name) and _ENDS.search(name) is not None


@lru_cache(maxsize=4096)
def is_half(name: str) -> bool:
    """Whether a name lacks the place it needs: 市人民政府办公室, 县水务局, 财政局."""
    return (
        _begins_with_level(name)
        or _BARE_ZONE.match(name) is not None
        or (not _NATIONAL.search(name) and _ENDS.sub("", _FUNCTION.sub("", name)) == "")
    )


def _begins_with_level(name: str) -> bool:
    rest = _FUNCTION.sub("", name[1:])
    return name[:1] in _LEVEL_MARK and len(name) > 2 and not any(mark in rest for mark in "省市县区州旗")


def governs(name: str) -> bool:
    """Whether the organ governs a place above the township."""
    seat = next((seat for seat in GOVERNMENT if name.endswith(seat)), None)
    return seat is not None and not name.removesuffix(seat).endswith(TOWNSHIP)


def agree(one: str, other: str) -> bool:
    """Whether two names can be spellings of one: the shorter's characters stand in the longer in their order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(character in rest for character in short)


def written_out(name: str, text: str) -> str:
    """The name in full where the text prints it too: 某市卫健委 is 某市卫生健康委员会."""
    if not name.endswith(_SHORT_ENDS):
        return name
    for short, longs in _SHORT:
        if name.endswith(short):
            stem = name.removesuffix(short)
            return next((stem + long for long in longs if stem and stem + long in text), name)
    return name


def _places_before(stem: str, text: str) -> Iterator[str]:
    """What stands between the beginning of a stretch of Chinese characters and `stem`, where that can be a place."""
    at, done = text.find(stem), -1
    while at >= 0:
        before = _CHARACTERS.search(text, max(0, at - _LONGEST_BEFORE), at)
        named = _PLACE_ALONE.fullmatch(before.group()) if before else None
        if before and named and before.start() != done and not _NO_NAME.search(named[1]):
            done = before.start()
            yield named[1]
        at = text.find(stem, at + 1)


def qualified(name: str, text: str) -> str:
    """Put the place of higher level before a name where the text prints both together (开平市沙塘镇)."""
    head = _TOWNSHIP_NAME.match(name)
    half = is_half(name)
    if half:
        stem = name
    elif head:
        stem = head.group()
    else:
        return name
    found = Counter(_places_before(stem, text))
    before_level = half and name[0] in _LEVEL_MARK  # 天门 + 市人民政府办公室
    whole = [place for place, _ in found.most_common() if before_level or place[-1] in "县市区旗"]
    return whole[0] + name if whole else name
