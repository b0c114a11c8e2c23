"""Where one report ends and the next begins in a document that may hold several, and noise.

Titles and year statements decide; a page with one title is one report. What a report says is read elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from extract.identify import Title, period_year, read_title, stated_year

_SHORTEST_PROSE: Final = 30
_LEAST_VOTES: Final = 2
_LEAST_LINES: Final = 3
_LONGEST_TITLE: Final = 70
_LINES_ABOVE: Final = 4
_QUOTED: Final = re.compile(r"[《〔\[(（][^》〕\])）]{0,60}[》〕\])）]")
_LATER: Final = r"(?<!顺延[到至])(?<!结转[到至])(?<!推迟[到至])(?<!延[到至])"
_YEAR_IN_PROSE: Final = re.compile(
    rf"{_LATER}(?<!\d)((?:19|20)\d{{2}})年(?!(?!12月31日)\d{{1,2}}月\d)(?!.{{0,8}}(?:将|拟|计划|准备|打算))"
)
"""A year that a paragraph may be about: not the day of a date, not where work is carried to, not a plan."""
_ENDS_TITLE: Final = re.compile(r"^\s*(?:工作)?(?:年度)?(?:工作)?报告\s*$")
_YEAR_LINE: Final = re.compile(r"\(?(?:19|20)\d{2}年?(?:度)?\)?")
_HEADING: Final = re.compile(r"^\s*[一二三四五六]\s*、")


@dataclass
class Segment:
    """Lines `first` to `last` (exclusive) of a document, the titles in them and the year they report on."""

    first: int
    last: int
    titles: list[Title] = field(default_factory=list)
    year: int | None = None


@lru_cache(maxsize=4096)
def paragraph_year(line: str) -> int | None:
    """The year a paragraph is mostly about; plans for a coming year and years in quoted titles do not count."""
    if len(line) < _SHORTEST_PROSE:
        return None
    votes = Counter(int(year) for year in _YEAR_IN_PROSE.findall(_QUOTED.sub("", line)))
    return votes.most_common(1)[0][0] if votes else None


def body_year(lines: Sequence[str]) -> int | None:
    """The year that most paragraphs are about, None where none names one or two are named equally often."""
    votes = Counter(year for line in lines if (year := paragraph_year(line)) is not None).most_common(2)
    if not votes or (len(votes) > 1 and votes[0][1] == votes[1][1]):
        return None
    return votes[0][0]


def find_segments(lines: Sequence[str], form_rows: Callable[[], Sequence[int]]) -> list[Segment]:
    """The stretches of a document (its lines, simplified) that report on one year each.

    `form_rows` gives the numbers of the lines on which a line of a printed form stands; few documents need it.
    """
    titles = _titles(lines)
    starts: list[Title] = []
    for place, title in enumerate(titles):
        until = next((t.row for t in titles[place + 1 :] if _differs(t, title)), len(lines))
        if starts and not _differs(title, starts[-1]):
            continue
        if _has_substance(lines, form_rows, title.row + 1, until):
            starts.append(title)
    if not starts:
        return _without_title(lines, 0, len(lines), titles)
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


def _titles(lines: Sequence[str]) -> list[Title]:
    """Every line that is a title, alone or with the one or two short lines above it (2021年度 over its title)."""
    found: list[Title] = []
    for row, printed in enumerate(lines):
        line = printed.replace(" ", "") if len(printed) <= 2 * _LONGEST_TITLE else printed
        if len(line) > _LONGEST_TITLE or not ("公开" in line or ("报告" in line and _ENDS_TITLE.search(line))):
            continue
        below = lines[row + 1].strip() if row + 1 < len(lines) else ""
        title = read_title(row, line) or (read_title(row, line + below) if _YEAR_LINE.fullmatch(below) else None)
        above = [
            text for text in lines[max(0, row - _LINES_ABOVE) : row] if text.strip() and len(text) < _SHORTEST_PROSE
        ][-2:]
        while title is None and above:
            joined = "".join(above).replace(" ", "") + line
            title = read_title(row, above[-1].strip() + line.strip()) or read_title(row, joined)
            above.pop()
        if title:
            found.append(title)
    return found


def _differs(one: Title, other: Title) -> bool:
    """Titles of another year, or of organs that are not spellings of each other, name another report."""
    if one.year != other.year:
        return True
    return bool(one.organ and other.organ and one.organ not in other.organ and other.organ not in one.organ)


def _has_substance(lines: Sequence[str], form_rows: Callable[[], Sequence[int]], first: int, last: int) -> bool:
    """More than a list of links: a heading, sentences, or lines of a form."""
    part = lines[first:last]
    if (
        any(_HEADING.match(line) for line in part)
        or sum(len(line) for line in part if len(line) >= _SHORTEST_PROSE) > 200
    ):
        return True
    return sum(first <= row < last for row in form_rows()) >= _LEAST_LINES


def _leads(lines: Sequence[str], until: int) -> bool:
    """Whether the part before the first title is a report of its own and not the page's head."""
    years = [year for line in lines[:until] if (year := paragraph_year(line)) is not None]
    return len(years) >= _LEAST_VOTES and any(_HEADING.match(line) or line.startswith("(") for line in lines[:until])


def _year_of(lines: Sequence[str], titled: int, known: set[int]) -> int:
    """The title's year, unless the text states a period that another title of the page names."""
    if len(known) < 2:
        return titled
    stated = period_year("\n".join(lines))
    if stated is None:
        votes = Counter(year for line in lines if (year := paragraph_year(line)) is not None)
        stated = votes.most_common(1)[0][0] if votes else None
    return stated if stated in known else titled


def _without_title(lines: Sequence[str], first: int, last: int, titles: list[Title]) -> list[Segment]:
    """One segment where the text states its period; else a segment a run of paragraphs about the same year."""
    text = "\n".join(lines[first:last])
    year = period_year(text) or stated_year(text)
    if year is not None:
        return [Segment(first, last, [], year)]
    votes = [(row, year) for row in range(first, last) if (year := paragraph_year(lines[row])) is not None]
    runs = _runs(votes)
    if not runs:
        return [Segment(first, last, titles, titles[0].year if titles else None)]
    segments = [Segment(row, last, [], year) for row, year in runs]
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
