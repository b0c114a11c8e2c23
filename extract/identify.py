"""Who reports on which year: organ, year, title, coverage and division code, from the text alone.

Never from a host name or a file name. What the text does not say stays NULL.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

_TABLE: Final = Path(__file__).with_name("forms") / "organ.csv"


def _words(kind: str) -> list[tuple[str, str]]:
    with open(_TABLE, encoding="utf8", newline="") as lines:
        return [(row["text"], row["note"]) for row in csv.DictReader(lines) if row["kind"] == kind]


_SUFFIX: Final = "|".join(text for text, _ in _words("suffix"))
_SEAT: Final = dict(_words("place"))  # level -> what governs it
_LEVEL: Final = "|".join(_SEAT)
_TOWNSHIP: Final = tuple(text for text, _ in _words("township"))
_NOT_PLACE: Final = frozenset(text for text, _ in _words("not_place"))
_NEWS: Final = tuple(text for text, _ in _words("news"))
_WHOLE_REGION: Final = tuple(text for text, _ in _words("whole_region"))

_HAN = r"[\u3400-\u9fff·]"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_NAME = rf"{_HAN}{{0,28}}?(?:{_SUFFIX}|{_LEVEL})"
_CHINESE_DIGITS: Final = {
    ord(mark): str(value)
    for value, marks in enumerate(("〇○零", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for mark in marks
}
_CHINESE_YEAR: Final = re.compile(r"[一二][〇○零一二三四五六七八九]{3}(?=年)")

_TITLE: Final = re.compile(r"(?:信息|政务)公开.{0,24}(?:报告|年报)(?:\(.{1,12}\))?[。]?$")
_IN_TITLE: Final = (
    re.compile(rf"^(?:关于)?(?P<organ>{_HAN}{{0,30}}?)(?:关于)?{_YEAR}年?(?:度)?(?:政府|政务)?信?息?公开"),
    re.compile(rf"^(?:关于)?{_YEAR}年(?:度)?(?P<organ>{_HAN}{{0,30}}?)(?:政府信息|政务信息|信息|政务)公开"),
    re.compile(rf"^(?P<organ>{_HAN}{{0,30}}?)(?:政府信息|政务信息|信息|政务)公开.{{0,14}}?{_YEAR}年"),
)
_PERIOD: Final = re.compile(rf"{_YEAR}年(?:度)?1月1日.{{0,6}}?(?:至|到|—|-|~|止).{{0,8}}?12月31日")
_STATED: Final = re.compile(rf"(?:公布|公开|编写|编制|发布|现将|报告)(?P<organ>{_NAME}){_YEAR}年")
_STATED_AFTER: Final = re.compile(
    rf"(?:公布|公开|编写|编制|发布|现将){_YEAR}年(?:度)?(?P<organ>{_NAME})(?:政府|政务)?信息公开"
)
_SUBJECT: Final = re.compile(
    rf"(?:^|[。\s])(?:{_YEAR}年(?:度|以来|来)?,?)(?P<organ>{_HAN}{{2,14}}?(?:{_SUFFIX}|{_LEVEL}))"
    r"(?=认真|严格|坚持|在|按照|深入|全面|高度|始终|政府信息|积极|紧紧|围绕|贯彻|以|持续|政务公开|不断|切实)"
)
_PUBLISHER: Final = re.compile(
    rf"(?:信息来源|来源|发布机构|发布单位|发文机关|编制单位|公开机构)[::]\s*(?P<organ>{_NAME})(?=\s|$|[|,。责作])"
)
_ORGAN_LINE: Final = re.compile(rf"^{_HAN}{{2,30}}(?:{_SUFFIX})$")
_DATE_LINE: Final = re.compile(r"^(?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})年.{1,3}月.{1,3}日$")
_SELF: Final = re.compile(r"[我全本](区|市|县|州|省|旗|盟|镇|乡|街道)")
_SITE_CODE: Final = re.compile(r"网站标识码[::]?\s*(\d{6})\d{4}")
_CITY: Final = re.compile(rf"{_HAN}{{2,12}}?(?:省|市|自治州|州|盟|地区|自治区)(?!.*[县区旗乡镇])")
_ABBREVIATED: Final = re.compile(r"^(?:省|市|县|区|州|旗|镇|乡)(?!.*(?:省|市|县|区|州|旗)).{2,}")

_PLACE: Final = re.compile(rf"{_HAN}{{3,4}}")
_OPENING: Final = 3000
"""Code points of a report in which it says who reports."""
_ASIDE: Final = re.compile(r"\([^()\d]{1,8}\)")
"""A remark inside a title: (本级)."""
_ANNOUNCES: Final = re.compile(r"(?:发布|公布|印发|通报|公开|解读)$")
"""Titles of news about a report."""
_NO_NAME: Final = re.compile(
    r"[我该其各们]|本(?:机关|单位|级|年|局|委|办|厅)|方面|报告|情况|事项|根据|按照|汇报|关于|年度|以及"
)


class Named(NamedTuple):
    """An organ and how its name was found (ORGAN_BASIS of schema.py)."""

    name: str
    basis: str


class Title(NamedTuple):
    """A line that names a report: its line number, year, what it says of the organ, and its own text."""

    row: int
    year: int
    organ: str
    text: str


def arabic_years(text: str) -> str:
    """`text` with years in Chinese numerals (二〇一三年) in Arabic ones."""
    return _CHINESE_YEAR.sub(lambda match: match.group().translate(_CHINESE_DIGITS), text)


def read_title(row: int, line: str) -> Title | None:
    """The title that a line (simplified, at most a sentence) is, or None."""
    compact = _ASIDE.sub("", line.replace(" ", ""))
    if not 8 <= len(compact) <= 60 or not _TITLE.search(compact):
        return None
    for pattern in _IN_TITLE:
        match = pattern.match(compact)
        if match:
            organ = re.sub(r"(?:关于|本级|年度)$", "", match["organ"])
            organ += "政府" * organ.endswith("人民")  # 省人民政府信息公开: the pattern took 政府信息
            if _ANNOUNCES.search(organ):
                return None
            return Title(row, int(match["year"]), organ, compact.rstrip("。"))
    return None


def period_year(text: str) -> int | None:
    """The year whose 1 January to 31 December the text says it covers, where it says one only."""
    years = {int(match["year"]) for match in _PERIOD.finditer(text)}
    return years.pop() if len(years) == 1 else None


def stated_year(text: str) -> int | None:
    """The year of the report that the text says it is publishing."""
    opening = text[:_OPENING]
    match = _STATED.search(opening) or _STATED_AFTER.search(opening)
    return int(match["year"]) if match else None


def _complete(name: str) -> Named | None:
    """An organ from what a title says: a name, or a place whose government it must be."""
    name = name.strip("·")
    if _NO_NAME.search(name):
        return None
    if re.search(rf"(?:{_SUFFIX})$", name):
        return Named(name, "title")
    for level, seat in _SEAT.items():
        if name.endswith(level) and len(name) >= len(level) + 2 - (level in "县") and name not in _NOT_PLACE:
            return Named(name + seat, "composed") if seat else None
        if name.endswith(level + "政府"):
            return Named(name.removesuffix("政府") + seat, "title")
    return None


def find_organ(lines: Sequence[str], titles: Sequence[Title], text: str) -> Named | None:
    """The organ that reports: from the title, what the text says it publishes, the signature, the publisher's line,
    the subject of its sentences, or composed from a place and 我区, 我市 (大祥区 -> 大祥区人民政府)."""
    opening = text[:_OPENING]
    named = (
        _from_titles(lines, titles)
        or _from_pattern(_STATED, opening, "title")
        or _from_pattern(_STATED_AFTER, opening, "title")
        or _from_signature(lines)
        or _from_pattern(_PUBLISHER, opening, "publisher")
        or _from_pattern(_SUBJECT, opening, "self_reference")
        or _from_place(text)
    )
    if named is None:
        return None
    name = _qualified(named.name, text)
    if _ABBREVIATED.match(name):
        return None
    return Named(name, named.basis)


def _from_titles(lines: Sequence[str], titles: Sequence[Title]) -> Named | None:
    for title in titles:
        if title.organ and (named := _complete(title.organ)):
            return named
    for title in titles:
        if title.organ:
            continue
        around = [*reversed(lines[max(0, title.row - 3) : title.row]), *lines[title.row + 1 : title.row + 3]]
        for line in around:
            name = line.replace(" ", "")
            if _ORGAN_LINE.match(name) and not _NO_NAME.search(name):
                return Named(name, "title")
    return None


def _from_pattern(pattern: re.Pattern[str], text: str, basis: str) -> Named | None:
    for match in pattern.finditer(text):
        name = re.split(r"[的了和与是由]", match["organ"])[-1]
        named = _complete(re.sub(r"^(?:向社会公布|向社会公开|公布|公开)", "", name))
        if named:
            return Named(named.name, "composed" if named.basis == "composed" else basis)
    return None


def _from_signature(lines: Sequence[str]) -> Named | None:
    """An organ's name alone on a line with a date below it."""
    bare = [line.replace(" ", "") for line in lines if line.strip()]
    for name, date in pairwise(bare):
        if _DATE_LINE.match(date) and _ORGAN_LINE.match(name):
            return Named(name, "signature")
    return None


def _from_place(text: str) -> Named | None:
    """我区 and a place that ends in 区, named twice at least: the longest spelling that nearly all mentions share."""
    own = Counter(_SELF.findall(text))
    for level, _ in own.most_common(2):
        short = Counter(text[match.start() - 2 : match.end()] for match in re.finditer(level, text))
        named = ((n, gram) for gram, n in short.most_common() if n > 1 and _names_place(gram, level))
        count, best = next(named, (0, ""))
        if not best:
            continue
        for _ in range(2):
            longer = Counter(re.findall(rf"{_HAN}{best}", text)).most_common(1)
            if longer and longer[0][1] * 5 >= count * 4:
                best = longer[0][0]
        return Named(best + _SEAT[level], "composed")
    return None


def _names_place(gram: str, level: str) -> bool:
    """Whether two characters and a level can be a place: not 我市, 各县区 or a piece of a sentence."""
    common = any(gram.endswith(word) for word in _NOT_PLACE if word.endswith(level))
    return not common and _PLACE.fullmatch(gram) is not None


def _qualified(name: str, text: str) -> str:
    """Put the place of higher level before a name where the text prints both together (开平市沙塘镇)."""
    head = re.match(rf"^{_HAN}{{2,6}}?(?:{'|'.join(_TOWNSHIP)})", name)
    abbreviated = _ABBREVIATED.match(name)
    if abbreviated:
        stem = name
    elif head:
        stem = head.group()
    else:
        return name
    found = Counter(
        re.findall(
            rf"(?<!{_HAN})(?:与|由|在|现公开|现公布|公开|公布)?({_HAN}{{2,5}}?[县市区旗]?){re.escape(stem)}", text
        )
    )
    whole = [place for place, _ in found.most_common() if abbreviated or place[-1] in "县市区旗"]
    return whole[0] + name if whole else name


def find_coverage(organ: str | None, text: str) -> str:
    """Whose figures these are: a government above the township that says so reports on its whole region."""
    seat = next((s for s in ("人民政府", "行政公署") if organ and organ.endswith(s)), None)
    if organ is None or seat is None or organ.removesuffix(seat).endswith(_TOWNSHIP):
        return "own_organ"
    return "region_aggregate" if any(words in text for words in _WHOLE_REGION) else "government_level"


def is_news(text: str) -> bool:
    """Whether a text without tables tells of a report instead of being one."""
    return any(words in text[:400] for words in _NEWS)


def find_division(organ: str | None, text: str) -> str | None:
    """The six-digit division code in the page's printed site code, where it can be the organ's own.

    A city's portal carries the city's code (its last two digits are 00) on the pages of its districts too; there the
    code says nothing of the organ.
    """
    match = _SITE_CODE.search(text)
    if match is None or organ is None:
        return None
    of_city = match[1].endswith("00")
    return match[1] if of_city == (_CITY.match(organ) is not None) else None
