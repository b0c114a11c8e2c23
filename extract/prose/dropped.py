"""Figures that a phrase named and that the sentence as a whole takes back: running totals, documents sorted by marking.

Works on what sentence.py found in one sentence; what a single figure's surroundings forbid is in bearings.py.
"""

from __future__ import annotations

import re
from typing import Final

from extract.prose.bearings import Bearings
from extract.prose.channels import PUBLISHED
from extract.prose.grammar import REQUEST_TOTALS
from extract.prose.state import Found

_ASIDE: Final = r"(?:\([^()]{0,20}\))?"
_THIS_YEAR: Final = r"(?:(20\d\d)年度?|今年|本年度?|当年)"
_OF_WHICH_THIS_YEAR: Final = re.compile(
    rf"{_ASIDE}[,(;](?:(?:其中[,:]?仅?|仅){_THIS_YEAR}(?!\d*[-—~至到]?\d*月)|(?:其中[,:]?)?{_THIS_YEAR}[^,;()\d]{{0,6}}新增)"
)
_SINCE_A_YEAR: Final = re.compile(r"\((?:自|从)?20\d\d年[^()]{0,12}(?:以来|起|至今)[^()]{0,4}\)")
_YEAR_WORDS: Final = re.compile("全年|年度|今年|本年")
_MARKED_DOCUMENTS: Final = re.compile(
    r"(?:文件|公文|发文)[^,;。]{0,8}\d+[件份个篇]?[,;:(](?:其中,?:?)?(?:(?:属|属于|标注|为)?(?:主动公开|依申请公开|不予公开|不公开)"
    r"(?:的|类|文件|公文|属性)*\d+[件份个篇]?[,;、)]?){2,}"
)
_SOME_OF_DOCUMENTS: Final = re.compile(
    r"(?:文件|公文|发文)[^,;。\d]{0,8}\d+[件份个篇],(?:其中,?:?)?主动公开(?:的|文件|公文)*\d+[件份个篇]"
)
_BOTH_WAYS: Final = re.compile(
    r"公开[^,;。\d]{0,12}\d[^,;。]*[,;:(]其中[,:]?主动公开[^,;。\d]{0,8}\d[^,;。]*[,;、]依申请公开[^,;。\d]{0,6}\d+"
)
_RUNNING: Final = "累计"
_NEW: Final = "新增"


def drop_taken_back(sentence: Bearings) -> None:
    """Make foreign the figures that cover more than the year, and those that only tell how documents were marked."""
    if _RUNNING in sentence.line.text or (sentence.line.years and _OF_WHICH_THIS_YEAR.search(sentence.line.text)):
        _drop_running_totals(sentence)
    elif _RUNNING in sentence.setting.said and _NEW in sentence.line.text:
        _drop_earlier_totals(sentence)
    _drop_longer_than_the_year(sentence)
    _drop_marked_documents(sentence)
    _drop_disclosed_both_ways(sentence)


def _drop_running_totals(sentence: Bearings) -> None:
    """受理8件,累计受理41件: the second counts earlier years too."""
    named = [figure for figure in sentence.found if figure.quantity is not None]
    for place, figure in enumerate(named):
        before = named[place - 1] if place else None
        if _goes_beyond_the_year(sentence, before, figure):
            figure.quantity, figure.is_foreign = None, True
        for earlier in named[:place]:
            if figure.quantity is not earlier.quantity:
                continue
            larger = max(earlier, figure, key=lambda found: found.value)
            begin = 0 if larger is earlier else earlier.end
            if figure.value != earlier.value and _RUNNING in sentence.line.text[begin : larger.end]:
                larger.quantity, larger.is_foreign = None, True


def _drop_earlier_totals(sentence: Bearings) -> None:
    """累计主动公开521条。2009年新增主动公开186条: the sentence before counts earlier years too."""
    text, said = sentence.line.text, sentence.setting.said
    for figure in sentence.found:
        clause = sentence.line.places[sentence.clause(figure.index)][0]
        if figure.quantity is None or _NEW not in text[clause : figure.start + len(figure.subject)]:
            continue
        for earlier in sentence.setting.earlier:
            place = earlier.begin + earlier.start
            before = re.split("[。;,]", said[:place])[-1]
            if earlier.quantity is figure.quantity and earlier.value > figure.value and _RUNNING in before:
                earlier.quantity, earlier.is_foreign = None, True


def _drop_longer_than_the_year(sentence: Bearings) -> None:
    """累计公开1023条,其中2018年新增公开212条; 公开1.02万条(2008年以来)."""
    text, own_year = sentence.line.text, str(sentence.setting.year)
    for figure in sentence.found:
        if not (_is_published(figure) or figure.indicator in REQUEST_TOTALS):
            continue  # 现行有效规范性文件25件,其中今年制定3件: a stock
        own = _OF_WHICH_THIS_YEAR.match(text, figure.end)
        if (own and (own[1] or own[2]) in (None, own_year)) or _SINCE_A_YEAR.match(text, figure.end):
            _hand_down(sentence, figure)
            figure.quantity, figure.is_foreign = None, True


def _hand_down(sentence: Bearings, total: Found) -> None:
    """Give the quantity of a running total to the bare number of the report's year behind it: 11件,其中2018年4件."""
    own = _OF_WHICH_THIS_YEAR.match(sentence.line.text, total.end)
    later = next((figure for figure in sentence.found if own and figure.start >= total.end), None)
    if own is None or later is None or later.quantity is not None or later.is_foreign or later.unit != total.unit:
        return
    figure = sentence.line.figures[later.index]
    if figure.start == own.end():
        later.quantity = total.quantity


def _goes_beyond_the_year(sentence: Bearings, before: Found | None, figure: Found) -> bool:
    """网站全年公开信息16022条,累计公开10.3万条: said of all years, not of all channels."""
    if before is None or not (_is_published(before) and _is_published(figure)) or figure.value <= before.value:
        return False
    text, clause = sentence.line.text, sentence.line.places[sentence.clause(before.index)][0]
    return _RUNNING in text[before.end : figure.end] and _YEAR_WORDS.search(text, clause, before.end) is not None


def _is_published(found: Found) -> bool:
    """Whether a figure counts published information, all of it or that of one channel."""
    return found.indicator in PUBLISHED or bool(found.quantity and found.quantity.partition == "disclosure_channel")


def _drop_marked_documents(sentence: Bearings) -> None:
    """印发文件35份,主动公开12份,依申请公开3份,不予公开20份: how documents were marked, no requests; 制发公文189件,
    主动公开121件: not all that was disclosed.
    """
    text = sentence.line.text
    if "文" not in text or "公开" not in text:
        return
    marked, some = _MARKED_DOCUMENTS.search(text), _SOME_OF_DOCUMENTS.search(text)
    for figure in sentence.found:
        is_marked = marked and marked.start() < figure.start < marked.end()
        if is_marked or (some and some.start() < figure.start < some.end() and _is_published(figure)):
            figure.quantity, figure.is_foreign = None, True


def _drop_disclosed_both_ways(sentence: Bearings) -> None:
    """公开信息3500条,其中主动公开3468条,依申请公开32条: the first is of both, the last counts no requests."""
    told = _BOTH_WAYS.search(sentence.line.text) if "依申请公开" in sentence.line.text else None
    if told is None:
        return
    figures = [figure for figure in sentence.found if told.start() <= figure.start and figure.end <= told.end() + 1]
    if len(figures) == len(("all", "proactive", "on request")):
        every, proactive, requested = figures
        if proactive.quantity is None:
            proactive.quantity = every.quantity
        every.quantity, every.is_foreign = None, True
        requested.quantity, requested.is_foreign = None, True
