"""Which year: how years are printed, the witnesses a report has for its own, and what they decide together.

No organ and no title is read here; a title's year comes in as one witness of several.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

SHORTEST_PROSE: Final = 30
"""Code points from which a line is a sentence and not a heading, a link or a cell."""
_SHORTEST_SENTENCE: Final = 15
"""From here a line that ends with a full stop is one too, if it begins with a year (目录不全,2017年补齐: an aside)."""
_SENTENCE_MARK: Final = re.compile("[,，。;；:：、]")
_LEADING: Final = 8
YEAR: Final = r"(?P<year>(?:19|20)\d{2})"

_ZEROS: Final = "〇○零◯0OoОоΟο"
"""Zero as it is typed in Chinese numerals, and the letters of three alphabets that look like it."""
_NUMERALS: Final = {
    ord(mark): str(value)
    for value, marks in enumerate((_ZEROS, "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for mark in marks
}
_CHINESE_YEAR: Final = re.compile(rf"[一二][{_ZEROS}一二三四五六七八九]{{3}}(?=\s{{0,3}}年)")
_MISTYPED_YEAR: Final = re.compile(r"(?<![\dA-Za-z])[12][0-9OoОоΟο]{3}(?=\s{0,3}年)")

_NUMERAL: Final = f"[0-9{_ZEROS}一二三四五六七八九]"
_ODD_YEAR: Final = re.compile(
    "年(?:"
    + "|".join(
        rf"(?<=[一二12]{_NUMERAL}{{3}}\s{{{gap}}}年)(?<![12][0-9]{{3}}\s{{{gap}}}年)"
        for gap in range(4)  # spaces before the 年: what stands before a place has one length
    )
    + ")"
)
"""Where one of them may be: most texts have none, and from a literal on this is seen fastest."""

_AROUND_DATES: Final = re.compile(
    r" (?:(?<=\d ) {0,2}(?=[年月日])|(?<=[年月日至到] ) {0,2}(?=\d)"
    r"|(?<=[\u3400-\u9fff] ) {0,2}(?=(?:19|20)\d\d {0,3}年))"
)
"""Looked for from the first space on: a literal is scanned fastest."""
_SPACED_DATE: Final = (
    *map(re.compile, (r"年(?: |(?<= 年)|(?<= [12]\d{3}年))", r"月(?: |(?<= 月))", r"日(?: |(?<= 日))")),
    *map(re.compile, ("至 ", "到 ")),
)
"""A space beside what a date is made of, which most texts do not have."""

_S: Final = r"\s{0,3}"
_SPACED: Final = rf"(?<!\d)(?:1{_S}9|2{_S}0){_S}\d{_S}\d"
_TO: Final = r"(?:至|到|—|-|–|~|～|止)"
_PERIOD: Final = re.compile(
    rf"(?P<first>{_SPACED}){_S}年{_S}度?{_S}\(?{_S}0?[15]{_S}月(?:{_S}0?1{_S}日)?.{{0,6}}?{_TO}.{{0,4}}?"
    rf"(?:(?P<last>{_SPACED}){_S}年{_S})?.{{0,4}}?1{_S}2{_S}月(?:{_S}3{_S}1{_S}日)?"
    rf"|(?P<first_day>{_SPACED})(?P<mark>[./-])0?[15](?P=mark)0?1(?!\d).{{0,6}}?{_TO}.{{0,4}}?"
    rf"(?P<last_day>{_SPACED})(?P=mark)12(?P=mark)31"
    rf"|统计.{{0,12}}?截[至止]\D{{0,4}}(?P<closing>{_SPACED}){_S}年{_S}(?:12{_S}月|年?{_S}底)"
)
"""From 1 January (1 May, when the duty began) to 31 December, however spelled; with the year at both ends or at one."""
_FULL: Final = rf"{_S}\d{_S}\d{_S}[年./-]"
_BEGINS_PERIOD: Final = tuple(map(re.compile, (rf"1{_S}9{_FULL}", rf"2{_S}0{_FULL}", "统计")))
_BLANK: Final = re.compile(r"\s+")

_QUOTED: Final = re.compile(r"[《〔\[(（][^》〕\])）]{0,60}[》〕\])）]")
_ITSELF: Final = ".{5}"  # the year, behind which it is asked what stands before it: the rarer is looked for first
_LATER: Final = rf"(?<!顺延[到至]{_ITSELF})(?<!结转[到至]{_ITSELF})(?<!推迟[到至]{_ITSELF})(?<!延[到至]{_ITSELF})"
_YEAR_IN_PROSE: Final = re.compile(
    rf"((?:19|20)\d{{2}})年(?<![\d较比]{_ITSELF}){_LATER}(?!(?!12月31日)\d{{1,2}}月\d)"
    r"(?!.{0,8}(?:将|拟|计划|准备|打算|基础上|相比|同期))"
)
"""A year that a paragraph may be about: not the day of a date, not where work is carried to, not a plan, not one that
another year is compared with."""
_MAY_BE_YEAR: Final = re.compile(r"年(?<=[\d》〕\])）]年)")
"""Where one can stand, before or after what is quoted is taken out: most lines only say 本年, 上年."""

_DATED: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年|[./-])(?:0?[1-9]|1[0-2])(?:月|[./-])[0-3]?\d")
_DATE_LABEL: Final = re.compile(r"(?:日期|时间)\s*[:|]?[\s|]*$")
_LONGEST_DATE_LINE: Final = 60


class Witnesses(NamedTuple):
    """The years that a report's own parts name, each None where it names none or several."""

    title: int | None
    period: int | None
    stated: int | None
    body: int | None


def arabic_years(text: str) -> str:
    """`text`, as long as before, with years in Chinese numerals (二〇一三年) or with an O for a zero in Arabic ones."""
    if _ODD_YEAR.search(text) is None:
        return text
    text = _CHINESE_YEAR.sub(lambda match: match.group().translate(_NUMERALS), text)
    return _MISTYPED_YEAR.sub(lambda match: match.group().translate(_NUMERALS), text)


def closed_dates(text: str) -> str:
    """`text` without the spaces that set the numbers of its dates apart (2016 年 1 月 1 日)."""
    return _AROUND_DATES.sub("", text) if any(spaced.search(text) for spaced in _SPACED_DATE) else text


def _periods(text: str) -> Iterator[re.Match[str]]:
    """Where periods are stated. Looked for where one can begin, for the pattern is slow to fail everywhere else."""
    end = 0
    for start in sorted([begin.start() for begins in _BEGINS_PERIOD for begin in begins.finditer(text)]):
        if start >= end and (match := _PERIOD.match(text, start)):
            end = match.end()
            yield match


@lru_cache(maxsize=4)  # the same text is looked at where a report begins and where it is read
def period_year(text: str) -> int | None:
    """The year whose 1 January to 31 December the text says it covers, where it says one only.

    A period from one year into another is a half-changed template and says nothing.
    """
    years = set()
    for match in _periods(text):
        first = match["first"] or match["first_day"] or match["closing"]
        last = match["last"] or match["last_day"] or first
        if (year := _BLANK.sub("", first)) == _BLANK.sub("", last):
            years.add(int(year))
    return years.pop() if len(years) == 1 else None


@lru_cache(maxsize=4096)
def paragraph_year(line: str) -> int | None:
    """The year a paragraph is mostly about; plans for a coming year, years in quoted titles and links do not count."""
    if not _MAY_BE_YEAR.search(line) or not _SENTENCE_MARK.search(line):
        return None
    if len(line) < SHORTEST_PROSE and not _is_about_a_year(line):
        return None
    years = [int(year) for year in _YEAR_IN_PROSE.findall(_QUOTED.sub("", line))]
    if len(set(years)) < 2:
        return years[0] if years else None
    return Counter(years).most_common(1)[0][0]


def _is_about_a_year(line: str) -> bool:
    """Whether a short line is a sentence that begins with the year it is about."""
    is_sentence = len(line) >= _SHORTEST_SENTENCE and line.rstrip().endswith("。")
    return is_sentence and _YEAR_IN_PROSE.search(line.lstrip()[:_LEADING]) is not None


def body_year(lines: Sequence[str]) -> int | None:
    """The year that most paragraphs are about, None where none names one or two are named equally often.

    The paragraph that states the period is a witness of its own and has no vote here.
    """
    return _body_year(tuple(lines))


@lru_cache(maxsize=4)  # as above
def _body_year(lines: tuple[str, ...]) -> int | None:
    told = [(year, line) for line in lines if "年" in line and (year := paragraph_year(line)) is not None]
    years = [year for year, line in told if not _states_period(line)]
    if len(set(years)) < 2:
        return years[0] if years else None
    votes = Counter(years).most_common(2)
    return votes[0][0] if votes[0][1] > votes[1][1] else None


def _states_period(line: str) -> bool:
    can = line.count("月") > 1 or "31" in line or "截" in line  # most do not
    return can and next(_periods(line), None) is not None


def dated_years(lines: Sequence[str]) -> set[int]:
    """Years of the dates at which a report was signed or published: alone on a line, behind a name or a label."""
    years: set[int] = set()
    for line in lines:
        if len(line) > _LONGEST_DATE_LINE and "|" not in line:
            continue
        for match in _DATED.finditer(line[:400]):
            before = line[: match.start()]
            if _DATE_LABEL.search(before[-12:]) or (line[match.end() :].strip(" 日)") == "" and "。" not in before):
                years.add(int(match[1]))
    return years


def decide(witnesses: Witnesses, lines: Sequence[str]) -> int | None:
    """The year that most witnesses name; of a tie the one that the date confirms (a report is dated the year after).

    The body alone never outweighs what title, period or statement say. None where nothing decides.
    """
    named = [year for year in witnesses if year is not None]
    if len(set(named)) < 2:
        return named[0] if named else None
    votes = Counter(named)
    most = max(votes.values())
    tied = {year for year, count in votes.items() if count == most}
    if len(tied) == 1:
        return tied.pop()
    formal = tied.intersection(witnesses[:3])
    confirmed = {year for year in tied if year + 1 in dated_years(lines)}
    if len(confirmed) == 1:
        return confirmed.pop() if confirmed <= formal else None
    return formal.pop() if len(formal) == 1 else None
