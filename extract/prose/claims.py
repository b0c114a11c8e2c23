"""The figures that a report states in prose, as rows of the staged table `claim`.

Walks the passages of a report, keeps what the paragraph is about from sentence to sentence, and turns the figures of
sentence.py, related by lists.py, into claims with quotes.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from extract.prose.figures import PERCENT
from extract.prose.grammar import may_hold, may_state
from extract.prose.growth import find_growth
from extract.prose.lexicon import read_line, read_words
from extract.prose.lists import keep, relate
from extract.prose.passages import Passage, Prose, find_passages
from extract.prose.sentence import Sentence
from extract.prose.state import Found, Setting, heading_topic, one_channel
from extract.prose.unprinted import read_unprinted
from extract.text.script import simplify

_CHANNELS: Final = re.compile("公开(?:政府信息)?的?(?:形式|渠道|途径|方式)")
_LEADING_YEAR: Final = re.compile(r"((?:19|20)\d{2})年")
_PLANS: Final = re.compile(r"问题|改进|不足|打算|下一步|计划|设想|努力方向|对策")
"""Headings under which a sentence is read only where it speaks of the year itself."""
_OF_THE_YEAR: Final = re.compile(r"全年|本年|今年|年度|20\d\d年")


class Claim(NamedTuple):
    """One row of the staged table `claim` but for its ids; `part_of` and the ends of a share are places in the list."""

    quantity_id: str | None
    indicator_id: str | None
    applicant_type: str | None
    outcome: str | None
    route: str | None
    subject: str | None
    kind: str
    value: Decimal
    unit: str | None
    qualifier: str
    by_negation: bool
    is_implied: bool
    scope: str | None
    part_of: int | None
    partition: str | None
    is_rest: bool
    share_part: int | None
    share_whole: int | None
    quote: str
    char_start: int
    char_end: int


class ReportContext(NamedTuple):
    """What is known of the report whose prose is read."""

    year: int | None
    prints: frozenset[str]  # ids of the lines that its form prints
    organ: str
    is_own: bool = False  # it governs no region and counts its own figures apart from those of one


def read_claims(prose: Prose, text: str, report: ReportContext) -> list[Claim]:
    """The claims of a report's prose, in reading order; `text` is the decoded document."""
    found: list[Found] = []
    for passage in find_passages(prose):
        found += _read_placed(passage, report)
    place = {id(figure): number for number, figure in enumerate(found)}
    return [_claim(figure, place, text) for figure in found]


def _read_placed(passage: Passage, report: ReportContext) -> list[Found]:
    """The figures of a paragraph, with their places in the document."""
    found = _read_passage(passage, report)
    if not found:
        return []
    placed, places = passage.placed()
    if placed.text != passage.text:
        found = _read_passage(placed, report)
    for figure in found:
        figure.places = places
    return found


def _read_passage(passage: Passage, report: ReportContext) -> list[Found]:
    heading, topic, channel, plans = _heading(passage.top, passage.sub)
    setting = Setting(report.year, report.prints, report.organ, heading, passage.text, report.is_own, topic, channel)
    told: list[Found] = []
    for text, begin in passage.sentences():
        passed_over = plans and not _OF_THE_YEAR.search(text)
        words = read_words(text) if not passed_over and may_hold(text) else []
        if not words or not may_state(text, words):
            setting.unread = text
            if leading := _LEADING_YEAR.match(text):
                setting.turn_to(int(leading[1]))
            continue
        line = read_line(text, words)
        reading = Sentence(line, setting)
        found = [*reading.read(), *read_unprinted(reading)]
        if len(found) > 1:
            found.sort(key=lambda figure: (figure.end, figure.start))
        for figure in found:
            figure.begin = begin
        relate(line, found, setting.earlier)
        find_growth(line, found, setting.year)
        setting.carry(line)
        setting.remember(found)
        told += found
    return keep(told, by_channel=_CHANNELS.search(heading) is not None)


@lru_cache(maxsize=4096)
def _heading(top: str, sub: str) -> tuple[str, str | None, str | None, bool]:
    """The headings in one spelling, their topic, the one channel they name, and whether plans stand under them."""
    spelled = [simplify(text).replace(" ", "") for text in (top, sub)]
    heading = "".join(spelled)
    channel = one_channel(read_line(heading).symbols, heading=True)
    return heading, heading_topic(*map(read_line, spelled)), channel, _PLANS.search(heading) is not None


def _claim(figure: Found, place: dict[int, int], text: str) -> Claim:
    start, end = figure.places[figure.begin + figure.start], figure.places[figure.begin + figure.end - 1] + 1
    quantity = figure.quantity
    return Claim(
        quantity.quantity_id if quantity else None,
        quantity.indicator_id if quantity else None,
        quantity.applicant_type if quantity else None,
        quantity.outcome if quantity else None,
        quantity.route if quantity else None,
        figure.subject or None,
        _kind(figure),
        figure.value,
        figure.unit,
        figure.qualifier,
        figure.by_negation,
        figure.is_implied,
        figure.scope,
        _place(figure.part_of, place),
        figure.partition if figure.part_of is not None else None,
        figure.is_rest,
        _place(figure.share_part, place),
        _place(figure.share_whole, place),
        text[start:end],
        start,
        end,
    )


def _kind(figure: Found) -> str:
    if figure.is_growth:
        return "growth"
    if figure.unit == PERCENT:
        return "share"
    amount = figure.quantity.unit_kind == "amount" if figure.quantity else "amount" in figure.kinds
    return "amount" if amount else "count"


def _place(figure: Found | None, place: dict[int, int]) -> int | None:
    return None if figure is None else place.get(id(figure))
