"""What a phrase may ask of its surroundings: the contexts that phrase.csv names."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from extract.prose.bearings import CASES, Bearings
from extract.prose.beside import LOOKING_BACK
from extract.prose.channels import ACCOUNTS, PUBLISHED, channel_of
from extract.prose.grammar import Match
from extract.prose.lexicon import DELIMITERS, FIGURE, UNKNOWN, symbol_of
from extract.table.printed_forms import lines_of, load_forms

_OPEN_INFORMATION: Final = re.compile("信息公开|政务公开|申请公开")
_CAPACITY: Final = re.compile("机构建设|保障|会议|培训|工作人员|人员[和及与、]|经费")
_OFFICES: Final = "局委办府镇县市区乡会院州省级我本门"
_UNRELATED: Final = re.compile("公开[^,;]{0,6}无关")
_TOLD_APART: Final = re.compile(r"公开的?[^,;。:\d]{0,8}(?:复议|诉讼)[^,;。:\d]{0,6}\d")
"""Disputes of open information counted by themselves: those counted without a word of it are others."""
_SET_APART: Final = re.compile(r"\((?:非|不属)[^()]{0,10}公开")
_JUDGING: Final = re.compile("(?!.*向[^,;]{0,6}复议机).*复议机[构关][^,;]{0,8}(?:受理|收到|办理|审理|审结)")
_SOME_REQUESTS: Final = re.compile(r"[^,;。]{0,6}[,;(]其中[^,;。\d]{0,6}(?:政府|政务)?信息公开(?:的)?申请")
_SOME_OF_THEM: Final = re.compile("其中[^,;#]{0,12}信息公开")
_FEES: Final = re.compile("申请|公开|收费|收取")
_COUNTED: Final = re.compile("数|总量")
_DISPUTES: Final = re.compile("复议|诉讼")
_ENQUIRIES: Final = re.compile("咨询(?!服务|台)")
_CHAPTER: Final = re.compile("咨询(?:处理|接待|和申诉)?情况")
_IN_TIME: Final = re.compile("按[时期]|按[^,;]{0,6}时限|[期时][限间]内")
_ALL_DISPUTES: Final = re.compile("复议机[构关]|应诉")
_PAPER: Final = re.compile("《[^》]{1,8}报》|[日晚晨]报")
_PROCESSING: Final = re.compile("处理费|收费通知")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_OTHERWISE: Final = re.compile("信息|公开|公示|申请|受理|网上|事项")
_DONE: Final = re.compile("[作做]出|办理的?|共|累计|合计")
DISCLOSURE: Final = "disclosure"
_BEHIND: Final = "behind="


def fits(sentence: Bearings, contexts: str, match: Match, index: int) -> bool:
    """Whether all contexts that a phrase asks for (phrase.csv) hold around the sign at `index`."""
    return not contexts or all(_fits(sentence, context, match, index) for context in _split(contexts))


@cache
def _split(contexts: str) -> tuple[str, ...]:
    return tuple(contexts.split())


def _fits(sentence: Bearings, context: str, match: Match, index: int) -> bool:
    if context.startswith(_BEHIND):
        said = sentence.last_named(index)
        return said is not None and said.indicator in context.removeprefix(_BEHIND).split("|")
    check = CONTEXTS.get(context)
    return sentence.topic(index) == context if check is None else check(sentence, match, index)


def _speaks_of_openness(sentence: Bearings, match: Match, index: int) -> bool:
    if _CAPACITY.search(sentence.setting.heading):
        return True
    if _UNRELATED.search(sentence.line.text):
        return False
    return _OPEN_INFORMATION.search(sentence.setting.said + sentence.setting.heading) is not None


def _complains_of_openness(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether complaints are about open information: the sentence or the heading says so, or the form asks for them.

    An office counts complaints of every other kind too, most of them on its service line.
    """
    told_of_others = not sentence.classes.others.isdisjoint(sentence.symbols[:index])
    if told_of_others or not _speaks_of_openness(sentence, match, index):
        return False
    if "complaints_received" in sentence.setting.prints:
        return True
    return _OPEN_INFORMATION.search(sentence.line.text + sentence.setting.heading) is not None


def _is_asked_about_openness(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether enquiries are about open information, as the clause says; an office answers many of other kinds."""
    places = sentence.line.places
    begin = places[sentence.clause(match.start)][0] if index else 0
    return _OPEN_INFORMATION.search(sentence.line.text, begin, places[index][0]) is not None


def _is_trained(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether the training that these people attended, where its number is said, is about open information."""
    trainings = [at for at in range(index) if sentence.symbols[at] == symbol_of("training")]
    counted = [at + 1 for at in trainings if sentence.symbols[at + 1] == FIGURE]
    return not counted or any(found.index == counted[-1] and found.quantity for found in sentence.found)


def _is_official(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether a website is an office's: not 旅游网站."""
    web = sentence.symbols.rfind(symbol_of("web"), 0, index)
    if web < 1 or sentence.symbols[web - 1] != UNKNOWN:
        return True
    return len(sentence.text_of(web)) > 2 or sentence.text_of(web - 1)[-1] in _OFFICES


def _speaks_of_fees(sentence: Bearings, match: Match, index: int) -> bool:
    return _FEES.search(sentence.line.text + sentence.setting.heading) is not None


def _is_bare(sentence: Bearings, match: Match, index: int) -> bool:
    figure = sentence.line.figures.get(index)
    if figure and figure.unit in ACCOUNTS:
        return False  # 政务微信5个
    first = sentence.item(index)
    while sentence.symbols[first] in sentence.classes.opens_list:
        first += 1
    if first + 1 < match.start:
        return False
    said = sentence.last_named(index)
    if said is not None and said in sentence.found and said.indicator in PUBLISHED:
        return True
    return sentence.topic(index) == DISCLOSURE


def _is_clean(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether no unknown word narrows the noun with which a phrase begins."""
    before = sentence.symbols[match.start - 1 : match.start]
    if sentence.symbols[match.start] in sentence.classes.doing or not before or before in DELIMITERS + FIGURE:
        return True
    return before in sentence.classes.known and before not in sentence.classes.unclean


def _is_posted(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether a site put out items, and not sections of itself (网站更新栏目5个)."""
    figure = sentence.line.figures.get(index)
    return figure is not None and figure.unit not in ACCOUNTS


def _is_channelled(sentence: Bearings, match: Match, index: int) -> bool:
    if channel_of(sentence, match, index) is None:
        return False
    first, figure = sentence.clause(index), sentence.line.figures.get(index)
    named = sentence.classes.channel.search(sentence.symbols, first, index)
    return sentence.topic(index) != "requests" or bool(named and figure and figure.unit not in CASES)


def _is_unchannelled(sentence: Bearings, match: Match, index: int) -> bool:
    return sentence.classes.channel.search(sentence.symbols, sentence.clause(index), index) is None


def _is_in_gazette(sentence: Bearings, match: Match, index: int) -> bool:
    return sentence.last_channel(index) == symbol_of("gazette")


def _is_on_website(sentence: Bearings, match: Match, index: int) -> bool:
    return sentence.last_channel(index) == symbol_of("web")


def _opens(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether a bare 申请15件 is the number of all requests: first in its clause, or 某市申请总数为15件."""
    figure = sentence.line.figures.get(index)
    if figure and figure.value and figure.unit == "条" and sentence.text_of(index - 1).endswith("信息"):
        return False  # 依申请公开信息5条 counts information
    if match.start == 0 or sentence.symbols[match.start - 1] in sentence.classes.opening:
        return True
    if sentence.symbols[match.start - 1] != UNKNOWN or match.start >= index:
        return False
    counted = sentence.line.text[sentence.line.places[index - 1][1] : sentence.line.places[index][0]]
    return bool(_COUNTED.search(counted)) or symbol_of("recipient") in sentence.symbols[sentence.clause(index) : index]


def _is_asked(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether the requests of a phrase are requests for information: not 低保申请, 行政许可63件,其中受理申请64件."""
    last = min(match.end, len(sentence.symbols))
    if any(sentence.is_narrowed(place) for place in range(match.start, last)):
        return False
    if sentence.classes.business.search(sentence.symbols, match.start, last):
        return False  # 受理行政许可申请63件
    figure, quantity = sentence.line.figures.get(index), match.phrase.quantity
    if figure and figure.unit in ACCOUNTS and quantity and quantity.partition == "request_channel":
        return False  # 受理窗口12个
    if index < len(sentence.line.places) and _SOME_REQUESTS.match(sentence.line.text, sentence.line.places[index][1]):
        return False  # 受理申请862件,其中信息公开申请2件
    listed = sentence.symbols.rfind(sentence.classes.of_which, 0, match.start)
    return listed < 0 or not _are_of_other_business(sentence, listed)


def _are_of_other_business(sentence: Bearings, listed: int) -> bool:
    """Whether a list at `listed` parts what an office handles besides requests (办件量12.6万件,其中网上申请8.9万件)."""
    if sentence.classes.business.search(sentence.symbols, 0, listed):
        return True
    total = sentence.symbols.rfind(FIGURE, 0, listed)
    if total < 0 or any(found.index == total and found.quantity for found in sentence.found):
        return False
    return not sentence.classes.others.isdisjoint(sentence.symbols[sentence.clause(total) : total])


def _is_own_case(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether a dispute is about open information: not 土地类行政复议案件."""
    places, text = sentence.line.places, sentence.line.text
    first = sentence.clause(min(match.start, len(places) - 1))
    begin = places[first - 1][1] if first else 0
    end = places[min(index, len(places) - 1)][1]
    if _OPEN_INFORMATION.search(text, begin, end):
        return True
    listed = sentence.symbols.rfind(sentence.classes.of_which, sentence.symbols.rfind(";", 0, first) + 1, first)
    if listed >= 0 and _OPEN_INFORMATION.search(text, places[listed][0], begin):
        return True  # 行政复议87件,其中因政府信息公开被申请行政复议2件,被提起行政诉讼1件
    if _UNRELATED.search(text, end) or _SET_APART.match(text, end) or _JUDGING.match(text, begin, end):
        return False
    if _SOME_OF_THEM.search(text, end) or _follows_others(sentence, first) or _judges(sentence, match):
        return False
    if sentence.symbols[match.start] == symbol_of("accept") and _TOLD_APART.search(sentence.setting.said):
        return False
    if match.start == index and not sentence.classes.outcomes.isdisjoint(sentence.rest_of_item(match.end)):
        return False  # 1起复议被责令重新答复 is one of those with that outcome
    last = min(match.end, len(places))
    nouns = [at for at in range(first, last) if sentence.symbols[at] in sentence.classes.disputes]
    if nouns and _none_of_them()[sentence.symbols[nouns[-1]]].search(sentence.setting.said):
        return False  # 受理行政复议3件;没有发生因政府信息公开引起的行政复议
    strange = {
        UNKNOWN,
        symbol_of("handle"),
        symbol_of("in_hand"),
    }  # 办理行政复议案件 is what the organ that decides them does
    if not nouns or strange.isdisjoint(sentence.symbols[first : nouns[0]]):
        return True
    start = places[nouns[0]][0]
    narrowed = sentence.symbols[nouns[0] - 1] in strange and places[nouns[0] - 1][1] == start
    return not narrowed and not text[:start].endswith(("的", "类"))


@cache
def _none_of_them() -> dict[str, re.Pattern[str]]:
    """What says, by the symbol of a dispute, that none of them was about open information."""
    return {
        symbol_of(name): re.compile(rf"(?:没有|未|无)[^,;。]{{0,8}}信息公开[^,;。]{{0,16}}{noun}(?!败诉|被)")
        for name, noun in (("recon", "复议"), ("litig", "诉讼"))
    }


def _judges(sentence: Bearings, match: Match) -> bool:
    """Whether an organ tells of all disputes that it decided or answered, in a passage that speaks of nothing else."""
    places, first = sentence.line.places, sentence.clause(match.start)
    said = sentence.line.text[places[first][0] : places[min(match.end, len(places)) - 1][1]] if places else ""
    if sentence.symbols[match.start : match.start + 1] != symbol_of("accept") and not _ALL_DISPUTES.search(said):
        return False
    setting = sentence.setting
    return not (_OPEN_INFORMATION.search(setting.said + setting.heading) or _DISPUTES.search(setting.heading))


def _follows_others(sentence: Bearings, first: int) -> bool:
    """Whether the sentence counted disputes of another kind before its clause at `first`."""
    symbols = sentence.symbols
    counted = [at for at in range(first) if symbols[at] in sentence.classes.disputes and symbols[at + 1] == FIGURE]
    return any(all(found.index != at + 1 or found.quantity is None for found in sentence.found) for at in counted)


def _speaks_of_enquiries(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether enquiries are about open information: a chapter is on them, or the sentence says so."""
    if _ENQUIRIES.search(sentence.setting.heading) or _CHAPTER.search(sentence.setting.said):
        return True
    return _OPEN_INFORMATION.search(sentence.line.text, 0, sentence.line.places[index][0]) is not None


def _was_printed_then(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether a form that was in force in the report's year has a line for the quantity: later ones ask for others."""
    quantity, year = match.phrase.quantity, sentence.setting.year
    return quantity is not None and year is not None and quantity.indicator_id in _asked_for(year)


@cache
def _asked_for(year: int) -> frozenset[str]:
    """Ids of the lines of all forms that were in force in a year."""
    forms = [form for form, (first, last) in load_forms().years.items() if first <= year <= last]
    return frozenset().union(*map(lines_of, forms))


def _is_in_time(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether answers are counted that came in time, beside those that came late: 按期答复231件,延期答复27件."""
    extended, figures = symbol_of("extended"), sentence.line.figures
    if not any(figure.value and sentence.symbols[at - 1 : at] == extended for at, figure in figures.items()):
        return False
    words = sentence.line.text[sentence.line.places[match.start][0] : sentence.line.places[index][0]]
    return _IN_TIME.search(words) is not None


def _is_untimed(sentence: Bearings, match: Match, index: int) -> bool:
    return not _is_in_time(sentence, match, index)


def _is_sole(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether 书面申请 is every request and not one channel beside others (书面申请57件、网上申请83件)."""
    return not sentence.classes.asking.search(sentence.symbols)


def _is_held(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether nobody else held it: the clause speaks of no attending (参加会议3次、培训2次)."""
    said = sentence.symbols[sentence.clause(index) : index]
    return [symbol for symbol in said if symbol in sentence.classes.meeting][-1:] != [symbol_of("attend")]


def _is_to_next(sentence: Bearings, match: Match, index: int) -> bool:
    last = max(index, match.end)  # 1件结转至2025年办理 names the year behind its figure
    return any(match.start < place <= last and step > 0 for place, step in sentence.carried)


def _is_from_last(sentence: Bearings, match: Match, index: int) -> bool:
    return any(place == match.start and step < 0 for place, step in sentence.carried)


def _is_of_all_routes(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether an outcome is of all lawsuits, and not of those of one route named before (复议后起诉1件(维持1件))."""
    begin = sentence.symbols.rfind(symbol_of("litig"), 0, match.start) + 1
    said = _BRACKETS.sub("", sentence.symbols[begin : match.start])
    return not any(symbol_of(route) in said for route in ("direct", "after_recon"))


def _has_no_siblings(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether 在网站上 says only where a small office publishes: the sentence gives no other figure by channel."""
    web = sentence.symbols.rfind(symbol_of("web"), 0, index)
    if not sentence.line.text.startswith("上", sentence.line.places[web][1]):
        return False
    if symbol_of("of_which") in sentence.symbols[:index]:
        return False
    return not sentence.classes.channel.search(sentence.symbols[: match.start] + sentence.symbols[match.end :])


def _is_outside_papers(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether the clause names no newspaper, which prints a part of what is disclosed (在《临江日报》刊登信息85条)."""
    places = sentence.line.places
    return _PAPER.search(sentence.line.text, places[sentence.clause(match.start)][0], places[index][0]) is None


def _is_counted_as_case(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether decisions are counted, and not kinds of them (行政许可412项) or cases taken up (行政处罚案件45件)."""
    figure, places, first = sentence.line.figures.get(index), sentence.line.places, match.start
    if figure is None or figure.unit not in CASES:
        return False
    if any(sentence.text_of(at).endswith(("案件", "事项")) for at in range(first, index)):
        return False
    if _OTHERWISE.search(sentence.line.text, places[first][0], figure.start):
        return False  # 行政许可信息公开12件
    if not first or sentence.symbols[first - 1] != UNKNOWN:
        return True
    return _DONE.search(sentence.line.text[places[first - 1][1] : places[first][0]]) is not None


def _is_of_fee(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether a sum collected is of the information processing fee: the sentence or the heading named it."""
    said = sentence.line.text[: sentence.line.places[index][0]]
    return _PROCESSING.search(said + sentence.setting.heading) is not None


CONTEXTS: Final = {
    **LOOKING_BACK,
    "about_openness": _is_asked_about_openness,
    "cased": _is_counted_as_case,
    "of_fee": _is_of_fee,
    "oi": _speaks_of_openness,
    "complained": _complains_of_openness,
    "fees": _speaks_of_fees,
    "opening": _opens,
    "bare": _is_bare,
    "gazette": _is_in_gazette,
    "website": _is_on_website,
    "undivided": _is_of_all_routes,
    "own": _is_own_case,
    "asked": _is_asked,
    "clean": _is_clean,
    "trained": _is_trained,
    "official": _is_official,
    "posted": _is_posted,
    "channelled": _is_channelled,
    "unchannelled": _is_unchannelled,
    "alone": _has_no_siblings,
    "to_next": _is_to_next,
    "from_last": _is_from_last,
    "sole": _is_sole,
    "held": _is_held,
    "unpapered": _is_outside_papers,
    "enquired": _speaks_of_enquiries,
    "printed_then": _was_printed_then,
    "timely": _is_in_time,
    "untimed": _is_untimed,
}
"""A context that is not here is a topic."""
