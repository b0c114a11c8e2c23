"""Where one report ends and the next begins in a document that may hold several, and noise.

Titles and year statements decide; a page with one title is one report. What a report says is read elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from extract.report.identify import stated_year
from extract.report.organ_names import words
from extract.report.titles import LONGEST_TITLE, Title, above_text, read_title
from extract.report.years import SHORTEST_PROSE, Witnesses, body_year, decide, paragraph_year, period_year
from extract.text.wrapped import sentence_row, unwrapped

_LEAST_VOTES: Final = 2
_LEAST_LINES: Final = 3
_LINES_ABOVE: Final = 4
_ENDS_TITLE: Final = re.compile(r"^\s*(?:工作)?(?:年度)?(?:工作)?报告\s*$")
_YEAR_LINE: Final = re.compile(r"\(?(?:19|20)\d{2}年?(?:度)?\)?")
_YEAR: Final = re.compile(r"20\d\d")
_LINK: Final = re.compile(rf"\s*(?:{'|'.join(text for text, _ in words('link'))})")
_DATED_LINK: Final = re.compile(r"(?:报告|年报)[\s\[(]*20\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}\s?日?[\])]?\s*$")
_LABELLED: Final = re.compile(r"(?:标题|名称|信息名称)\s?[:|]\s{0,3}([^\s:|]{8,60}(?:报告|年报))(?=\s|$)")
"""The title in a row of what the page says of itself (索引号: … 名称: … 发布日期: …)."""
_HEADING: Final = re.compile(r"^\s*[一二三四五六]\s*、")
_BEHIND_TITLE: Final = re.compile(r"(?<=报告|年报)(?=[一二]、)")
"""Where the title ends that begins a line in which all of a page stands without spaces between its parts."""


@dataclass
class Segment:
    """Lines `first` to `last` (exclusive) of a document, the titles in them and the year they report on."""

    first: int
    last: int
    titles: list[Title] = field(default_factory=list)
    year: int | None = None


def find_segments(lines: list[str], form_rows: Callable[[], Sequence[int]]) -> list[Segment]:
    """The stretches of a document (its lines, simplified) that report on one year each.

    `form_rows` gives the numbers of the lines on which a line of a printed form stands; few documents need it. Lines
    that link to other reports are emptied in `lines`: no organ and no year is to be read from them.
    """
    titles, links = _titles(lines)
    for row in links:
        lines[row] = ""
    starts: list[Title] = []
    for place, title in enumerate(titles):
        until = next((t.row for t in titles[place + 1 :] if _differs(t, title)), len(lines))
        if starts and not _differs(title, starts[-1]):
            continue
        if _has_substance(lines, form_rows, title.row + 1, until):
            starts.append(title)
    if not starts and any(_differs(title, titles[0]) for title in titles):
        starts = _short_reports(titles, lines)
    elif not starts and titles:
        # A short report in prose; but what stands below a whole report is a link to another.
        starts = [] if _has_substance(lines, form_rows, 0, titles[0].row) else titles[:1]
    if not starts:
        below = bool(titles) and _has_substance(lines, form_rows, 0, titles[0].row)
        return _without_title(lines, 0, len(lines), [] if below else titles)
    segments = []
    if _leads(lines, starts[0].row):
        segments = _without_title(lines, 0, starts[0].row, [])
    edges = [start.row for start in starts] + [len(lines)]
    if not segments:
        edges[0] = 0
    for place, start in enumerate(starts):
        first, last = edges[place], edges[place + 1]
        inside = [title for title in titles if first <= title.row < last]
        own = [title for title in inside if not _differs(title, start)]
        segments.append(Segment(first, last, own, _year_of(lines[first:last], start.year, {t.year for t in titles})))
    return segments


def _short_reports(titles: Sequence[Title], lines: Sequence[str]) -> list[Title]:
    """Titles of different reports below each of which stands a sentence of its own, as no list of links has."""
    untils = [*(title.row for title in titles[1:]), len(lines)]
    told = [
        title
        for title, until in zip(titles, untils, strict=True)
        if any("。" in line and len(line) >= SHORTEST_PROSE for line in lines[title.row + 1 : until])
    ]
    return told if len(told) > 1 and all(_differs(one, other) for one, other in pairwise(told)) else []


def _titles(lines: Sequence[str]) -> tuple[list[Title], set[int]]:
    """Every line that is a title, alone or with the one or two short lines above it (2021年度 over its title), or that
    begins with one where all of a page stands in one line.

    And the numbers of the lines that are links to other reports.
    """
    found: list[Title] = []
    links: set[int] = set()
    for row in _rows_near_names(lines):
        printed = lines[row]
        is_long = len(printed) > 2 * LONGEST_TITLE
        is_text = is_long or (len(printed) > LONGEST_TITLE and "。" in printed)
        line = _title_in(row, _BEHIND_TITLE.sub(" ", printed, count=1)) if is_text else printed.replace(" ", "")
        if labelled := _LABELLED.search(printed):
            line = labelled[1]
        if len(line) > LONGEST_TITLE or not ("公开" in line or ("报告" in line and _ENDS_TITLE.search(line))):
            continue
        below = lines[row + 1].strip() if row + 1 < len(lines) else ""
        title = read_title(row, line) or (read_title(row, line + below) if _YEAR_LINE.fullmatch(below) else None)
        whole = found[-1].row + 1 if found else 0  # what is a title already is no part of one
        above = [] if title else [t for t in lines[max(whole, row - _LINES_ABOVE) : row] if _is_short(t)][-2:]
        while title is None and above and not is_long:
            joined, nearest = "".join(above).replace(" ", "") + line, above[-1].strip() + line.strip()
            title = read_title(row, nearest) or (read_title(row, joined) if joined != nearest else None)
            above.pop()
        if title and sentence_row(lines, row) == row:
            found.append(title)
            if _leads_elsewhere(lines, row):
                links.add(row)
    kept = _without_lists(found, links, lines)
    return kept, {title.row for title in found}.difference(title.row for title in kept)


def _title_in(row: int, line: str) -> str:
    """The title among what stands before the text of a page that is one line, maybe with spaces inside."""
    pieces = above_text(line)
    for joined in (pieces, [one + other for one, other in pairwise(pieces)]):
        titles = {title: piece for piece in joined if "公开" in piece and (title := read_title(row, piece))}
        if titles:
            several = any(_differs(one, other) for one, other in pairwise(titles))
            return "" if several else next(iter(titles.values()))
    return ""


def _rows_near_names(lines: Sequence[str]) -> list[int]:
    """The lines that can end a title: 报告, 年报, 总结 (or the first half of it) stands in them or shortly above."""
    named = [
        row
        for row, line in enumerate(lines)
        if "报" in line or ("总" in line and ("结" in line or line.rstrip().endswith("总")))
    ]
    rows = sorted({row for first in named for row in range(first, min(first + _LINES_ABOVE + 1, len(lines)))})
    return [row for row in rows if "开" in lines[row] or "告" in lines[row]]


def _is_short(line: str) -> bool:
    return len(line) < SHORTEST_PROSE and not (line == "" or line.isspace())


def _leads_elsewhere(lines: Sequence[str], row: int) -> bool:
    """Whether the line is a link to another page: 上一篇 stands before it."""
    before = next((line for line in reversed(lines[max(0, row - _LINES_ABOVE) : row]) if line.strip()), "")
    return _LINK.match(lines[row]) is not None or _LINK.fullmatch(before.strip(" :|[]【】>»")) is not None


def _without_lists(titles: list[Title], links: set[int], lines: Sequence[str]) -> list[Title]:
    """Titles without links: where those of different reports follow each other, only the last can have a text below."""
    kept: list[Title] = []
    run: list[Title] = []
    for title in titles:
        if run and any(line.strip() for line in lines[run[-1].row + 1 : title.row]):
            kept += _without_links(run, links, lines)
            run = []
        run.append(title)
    return kept + _without_links(run, links, lines)


def _without_links(run: list[Title], links: set[int], lines: Sequence[str]) -> list[Title]:
    """What is left of titles in a row: none of a list that dates each of its own, none of a menu of years."""
    dated = [title for title in run if _DATED_LINK.search(lines[title.row])]
    is_list = not links.isdisjoint(title.row for title in dated) or _names_several(dated)
    titles = [title for title in run if title.row not in links and not (is_list and title in dated)]
    if not _names_several(titles):
        return titles
    is_menu = not any(title.organ for title in titles) and len({_YEAR.sub("", title.text) for title in titles}) == 1
    return [] if is_menu else titles[-1:]


def _names_several(titles: list[Title]) -> bool:
    return any(_differs(title, other) for title, other in pairwise(titles))


def _differs(one: Title, other: Title) -> bool:
    """Titles of another year, or of organs that are not spellings of each other, name another report."""
    return one.year != other.year or _name_two_organs(one, other)


def _name_two_organs(one: Title, other: Title) -> bool:
    return bool(one.organ and other.organ and one.organ not in other.organ and other.organ not in one.organ)


def _has_substance(lines: Sequence[str], form_rows: Callable[[], Sequence[int]], first: int, last: int) -> bool:
    """More than a list of links: a heading, sentences, or lines of a form."""
    part = lines[first:last]
    if (
        any(_HEADING.match(line) for line in part)
        or sum(len(line) for line in part if len(line) >= SHORTEST_PROSE) > 200
    ):
        return True
    return sum(first <= row < last for row in form_rows()) >= _LEAST_LINES


def _leads(lines: Sequence[str], until: int) -> bool:
    """Whether the part before the first title is a report of its own and not the page's head."""
    years = [year for line in lines[:until] if "年" in line and (year := paragraph_year(line)) is not None]
    return len(years) >= _LEAST_VOTES and any(_HEADING.match(line) or line.startswith("(") for line in lines[:until])


def _year_of(lines: Sequence[str], titled: int, known: set[int]) -> int | None:
    """The year that title, period, statement and body decide together.

    Among titles of several years a period or a body that names none of them is about something else.
    """
    text = unwrapped(lines)
    period, stated, body = period_year(text), stated_year(text), body_year(lines)
    if len(known) > 1:
        period, body = (year if year in known else None for year in (period, body))
    return decide(Witnesses(titled, period, stated, body), lines)


def _without_title(lines: Sequence[str], first: int, last: int, titles: list[Title]) -> list[Segment]:
    """One segment where the text states its period; else a segment a run of paragraphs about the same year."""
    text = unwrapped(lines[first:last])
    period, stated = period_year(text), stated_year(text)
    if period or stated:
        part = lines[first:last]
        return [Segment(first, last, [], decide(Witnesses(None, period, stated, body_year(part)), part))]
    votes = [(row, year) for row in range(first, last) if (year := paragraph_year(lines[row])) is not None]
    runs = _runs(votes)
    if not runs:
        return [Segment(first, last, titles, titles[0].year if titles else None)]
    segments = [Segment(max(first, sentence_row(lines, row)), last, [], year) for row, year in runs]
    segments[0].first = first
    for here, after in pairwise(segments):
        here.last = after.first
    return segments


def _runs(votes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """First row and year of each run of paragraphs of one year; a lone paragraph between others is no run."""
    if not votes:
        return []
    totals = Counter(year for _, year in votes)
    kept = [(row, year) for row, year in votes if totals[year] >= _LEAST_VOTES] or [votes[0]]
    if len({year for _, year in kept}) > 1:
        kept = [vote for place, vote in enumerate(kept) if _agrees(kept, place)] or kept[:1]
    runs: list[tuple[int, int]] = []
    for row, year in kept:
        if not runs or runs[-1][1] != year:
            runs.append((row, year))
    return runs


def _agrees(votes: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a neighbour votes for the same year."""
    year = votes[place][1]
    return any(0 <= near < len(votes) and votes[near][1] == year for near in (place - 1, place + 1))
