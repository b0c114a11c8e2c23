"""Lines that are the title of a report: what they say of organ and year.

Which of a page's titles begins a report is decided in segment.py; whether the words are an organ in organ_names.py.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from extract.report.organ_names import HAN, LEVEL, governs, is_name, words
from extract.report.years import YEAR

LONGEST_TITLE: Final = 70
_LONGEST_LINE: Final = 300
_MOST_PIECES: Final = 60
_TEXT_BEGINS: Final = re.compile(r"。|^[一二三]、")
_NAME: Final = rf"(?:{HAN}|[()])"
_WHOLE: Final = r"(?:全(?:省|市|县|区|州|旗|盟|镇|乡))?"
_MONTHS: Final = "(?:1[-—~至]12月)?"
_BESIDE: Final = rf"(?:{HAN}{{2,14}}?(?:与|和|及|暨))?"
"""What is reported on together with disclosure: 2022年度法治政府建设与政府信息公开工作年度报告."""
_OF_INFORMATION: Final = r"(?:政府信息|政务信息|信息|政务)(?:主动)?公开"

_TITLE: Final = re.compile(
    r"(?:信息|政务)(?:主动)?公开.{0,24}(?:报告|年报)(?:\(.{1,24}\))?(?:公示|的(?:报告|公告|函))?[。]?$"
    r"|政府信息公开工作(?:年度)?总结$|关于(?:公布|发布|印发).{0,30}信息公开.{0,12}报告的通知$"
)
_IN_TITLE: Final = (
    re.compile(
        rf"^(?:关于)?(?P<organ>{_NAME}{{0,40}}?)(?:关于)?{YEAR}年?(?:年?度)?{_MONTHS}{_BESIDE}{_WHOLE}"
        r"(?:政府|政务)?信?息?(?:主动)?公开"
    ),
    re.compile(rf"^(?:关于)?{YEAR}年(?:度)?(?P<organ>{_NAME}{{0,40}}?){_OF_INFORMATION}"),
    re.compile(rf"^(?P<organ>{_NAME}{{0,40}}?){_OF_INFORMATION}.{{0,14}}?{YEAR}年"),
    re.compile(rf"^(?P<organ>{_NAME}{{0,40}}?){_OF_INFORMATION}.{{0,14}}?\({YEAR}\)$"),
)
_LABEL: Final = re.compile(r"^(?P<open>[【\[])?(?:标题|名称|题名|信息名称|信息标题|文件名称|Title)(?(open)[】\]]:?|:?)")
_BULLET: Final = re.compile(r"^(?:[#★☆●■◆▲•·>]+|\d{1,2}[.、](?=[\u3400-\u9fff]))|#+$")
_QUOTES: Final = re.compile(r"[《》“”‘’\"]")
_DATE_BEHIND: Final = re.compile(r"(?<=[告报\u3400-\u9fff])[\[(]?20\d{2}([-./]?)(?:0?[1-9]|1[0-2])\1[0-3]?\d[\])]?$")
_NAME_BEHIND: Final = re.compile(rf"(.*公开.*(?:报告|年报))(?:\(({HAN}{{4,30}})\)|[-–—]{{0,2}}({HAN}{{4,30}}))")
"""The organ behind a title that names none; a government there, without brackets, is whose site it is."""
_FILE_TYPE: Final = re.compile(r"\.(?:docx?|wps|pdf|html?)$", re.IGNORECASE)
_SEPARATOR: Final = re.compile(r"\s*(?:[|_>»】〗]|\](?!\()|\s[-–—]\s|(?<=报告)[-–—]|(?<=年报)[-–—]|--)\s*")
"""Between a title and the section above it, the site's name below it, or the other cells of its row."""
_SEPARATING: Final = re.compile(r"[|_>»】〗\]–—-]")
"""One of these is in each."""
_ASIDE: Final = re.compile(r"(?<=[年度告省市县区州旗盟镇乡道局厅委办会室府心队处])\([^()\d]{1,20}\)")
"""A remark behind a name or a year: (本级), (某某办公室); not the brackets within a name: 中国(上海)试验区."""
_GOES_ON: Final = re.compile("[,;、]")
_OTHER_REPORT: Final = re.compile(
    rf"公开.{{0,12}}(?:{'|'.join(text for text, _ in words('other_report'))}).{{0,4}}(?:报告|总结)"
    r"|[上下]半年|第?[一二三四1-4]季度"
)
"""Reports on disclosure of another kind, or on a part of a year."""
_SENTENCE: Final = re.compile(r"^(?:现|特|兹|根据|按照|依据)")
_ON_PUBLISHING: Final = re.compile(r"关于(?:报送|呈报|上报|公布|发布|公开|编制|印发)?$")
_OWN_LEVEL: Final = re.compile(r"(?:本级|年度)$")
_WHOLE_PLACE: Final = re.compile(rf"全(?:{LEVEL})")
_ENDS: Final = ("报告", "年报")
"""How a title ends that has nothing to be taken off, if it is of words and digits only."""
_ANNOUNCES: Final = re.compile(r"(?:发布|公布|印发|通报|公开|解读)$")
"""Titles of news about a report."""


class Title(NamedTuple):
    """A line that names a report: its line number, year, what it says of the organ, its own text, and its remarks."""

    row: int
    year: int
    organ: str
    text: str
    scope: str = ""


def read_title(row: int, line: str) -> Title | None:
    """The title that a line (simplified, at most a sentence or a row of cells) is or holds, or None."""
    if len(line) > _LONGEST_LINE or not _may_be_title(line):
        return None
    title = _read(row, line)
    if title or not _SEPARATING.search(line) or not _SEPARATOR.search(line):
        return title
    held = [found for part in _SEPARATOR.split(line) if (found := _read(row, part))]
    return held[0] if held and all(one[:3] == held[0][:3] for one in held) else None


def above_text(line: str) -> list[str]:
    """What stands before the text where all of a page is in one line: the pieces between spaces, up to a sentence or
    a heading."""
    pieces: list[str] = []
    for piece in line.split(maxsplit=_MOST_PIECES)[:_MOST_PIECES]:
        if len(piece) > LONGEST_TITLE or _TEXT_BEGINS.search(piece):
            return pieces
        pieces.append(piece)
    return []


def _may_be_title(line: str) -> bool:
    """Whether the characters of a title stand in a line in their order, which they do in few."""
    first = line.find("公")
    if first < 0 or line.find("开", first) < 0:
        return False
    return line.find("报", first) >= 0 or (line.find("结", first) >= 0 and "总结" in line.replace(" ", ""))


def _without_trimmings(printed: str) -> tuple[str, str]:
    """A title without bullets, quotation marks, label, date and file type, and the organ that is named behind it."""
    printed = _FILE_TYPE.sub("", _DATE_BEHIND.sub("", _LABEL.sub("", _QUOTES.sub("", _BULLET.sub("", printed)))))
    behind = _NAME_BEHIND.fullmatch(printed)
    named = behind[2] or behind[3] if behind else ""
    return (behind[1], named) if behind and is_name(named) and (behind[2] or not governs(named)) else (printed, "")


def _end_of_title(printed: str) -> int:
    """From where on a title may only have a date or a name behind it, in which there is no mark of a sentence."""
    return max(printed.rfind("报"), printed.rfind("结"), printed.rfind(")")) + 1


def _read(row: int, line: str) -> Title | None:
    printed = line.replace(" ", "")
    if "公开" not in printed or not _may_be_title(printed) or _GOES_ON.search(printed, _end_of_title(printed)):
        return None
    named, compact = "", printed
    if not (printed.isalnum() and printed.endswith(_ENDS)) or _LABEL.match(printed):
        printed, named = _without_trimmings(printed)
        compact = _ASIDE.sub("", printed)
    if not 8 <= len(compact) <= LONGEST_TITLE - 10 or not _TITLE.search(compact) or _SENTENCE.match(compact):
        return None
    if _OTHER_REPORT.search(compact):
        return None
    for pattern in _IN_TITLE:
        match = pattern.match(compact)
        if match:
            organ = _ON_PUBLISHING.sub("", _OWN_LEVEL.sub("", match["organ"]))
            organ += "政府" * organ.endswith("人民")  # 省人民政府信息公开: the pattern took 政府信息
            if _ANNOUNCES.search(organ):
                return None
            organ = organ or named
            scope = "".join(_ASIDE.findall(printed)) + "".join(_WHOLE_PLACE.findall(compact))
            return Title(row, int(match["year"]), organ, compact.rstrip("。"), scope)
    return None
