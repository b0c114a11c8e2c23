"""Whose figures a report gives, which division's code its page prints, and whether it is one or only tells of one.

Who reports is found in identify.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extract.report.organ_names import HAN, governs, starting_with, words
from extract.report.titles import LONGEST_TITLE, Title, above_text

_NEWS: Final = tuple(text for text, _ in words("news"))
_OTHER_DOCUMENT: Final = tuple(text for text, note in words("other_document") if note != "menu")
_ALSO_IN_MENUS: Final = tuple(text for text, note in words("other_document") if note == "menu")
_OF_PART_OF_YEAR: Final = re.compile(r"(?:[上下]半年|季度).*公开.*(?:总结|报告|情况)")
_LONGEST_ENTRY: Final = 11  # of a menu: 政府信息公开指南; a document's own name is longer
_SPECIMEN: Final = tuple(text for text, _ in words("specimen"))
_WHOLE_REGION: Final = starting_with(text for text, _ in words("whole_region"))
_OWN_FIGURES: Final = tuple(text for text, _ in words("own_figures"))
_COUNTS_OWN: Final = re.compile(
    r"(?<![非由于属])本(?:机关|单位|部门|办)[^。;,\d]{0,8}(?:收到|受理|公开|发布)[^。;,\d]{0,16}\d+[件条]"
    r"|(?:公开|发布)本(?:机关|单位|部门|办)[^。;,\d]{0,8}\d+条"
)
_SITE_CODE: Final = re.compile(r"网站标识码[::]?\s*(\d{6})\d{4}")
_CITY: Final = re.compile(rf"{HAN}{{2,12}}?(?:省|市|自治州|州|盟|地区|自治区)(?!.*[县区旗乡镇])")


def find_coverage(organ: str | None, titles: Sequence[Title], text: str) -> str:
    """Whose figures these are: a government above the township that says so reports on its whole region."""
    if organ is None or not governs(organ):
        return "own_organ"
    scope = titles[0].scope if titles else ""
    if any(word in scope for word in _OWN_FIGURES):
        return "own_organ"
    whole = any(word in scope for word in ("汇总", "全")) or any(phrases.search(text) for phrases in _WHOLE_REGION)
    return "region_aggregate" if whole else "government_level"


def counts_its_own(organ: str | None, text: str) -> bool:
    """Whether an organ that governs no region says which figures are its own, as the office of a government may that
    tells of the whole county too."""
    return organ is not None and not governs(organ) and _COUNTS_OWN.search(text) is not None


def is_news(text: str) -> bool:
    """Whether a text without tables tells of a report instead of being one."""
    return any(phrase in text[:400] for phrase in _NEWS)


def is_other_document(lines: Sequence[str]) -> bool:
    """Whether a line above the text names another kind of document, which may tell of disclosure too (…的通报)."""
    prose = next((row for row, line in enumerate(lines) if len(line) >= LONGEST_TITLE), len(lines))
    above = [*lines[:prose], *(above_text(lines[prose]) if prose < len(lines) else ())]
    return any(_names_other(line.rstrip(" |")) for line in above)


def _names_other(line: str) -> bool:
    if line.endswith(_ALSO_IN_MENUS):
        return len(line) > _LONGEST_ENTRY
    return line.endswith(_OTHER_DOCUMENT) or _OF_PART_OF_YEAR.search(line) is not None


def is_specimen(text: str) -> bool:
    """Whether a text that names neither organ nor year shows how a report is to be set: its figures are examples."""
    return any(word in text[:400] for word in _SPECIMEN)


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
