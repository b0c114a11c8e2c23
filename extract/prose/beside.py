"""What a phrase may ask of the figures told before it: the contexts of phrase.csv that look back at them."""

from __future__ import annotations

import re
from typing import Final

from extract.prose.bearings import OTHER, Bearings
from extract.prose.channels import PUBLISHED
from extract.prose.grammar import REQUEST_TOTALS, Match
from extract.prose.lexicon import FIGURE, symbol_of
from extract.prose.state import Found

_OF_THE_YEAR: Final = re.compile(r"20\d\d年|新增|今年|本年|当年")
_OF_WHICH: Final = re.compile("其中|仅")
_SUITS: Final = ("litigation_cases", "litigation_cases/direct", "litigation_cases/after_reconsideration")
_ORGANISATIONS: Final = ("commercial_enterprise", "research_institution", "public_interest_org", "legal_service_org")
_ROUTES: Final = {"direct": "direct", "after_reconsideration": "after_recon"}
"""Routes of suits, and the classes of words that name them."""
_RECEIVED: Final = ("requests_received", "requests_accepted")
REQUESTS: Final = "requests"


def _is_restated(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether the year's own number follows a running total (累计公开12.7万条,2015年公开2.1万条)."""
    said = sentence.last_named(index)
    if said is None or said not in sentence.found or said.quantity is None:
        return False
    if said.quantity is not match.phrase.quantity and said.quantity.partition != "disclosure_channel":
        return False
    text, begin = sentence.line.text, sentence.line.places[index][0]
    if _OF_THE_YEAR.search(text, said.end, begin) is None:
        return False
    first = sentence.clause(said.index)
    since = sentence.line.places[first - 1][1] if first else 0
    is_next = FIGURE not in sentence.symbols[said.index + 1 : index]
    return "累计" in text[since : said.end] or (is_next and _OF_WHICH.search(text, said.end, begin) is not None)


def _answers_requests(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether an answer is one to requests: what the sentence speaks of, or told before and turned from only to say
    what they asked for (其中信访类3件、不动产查询类8件;同意公开4件).
    """
    topic, figure = sentence.topic(index), sentence.line.figures.get(index)
    if topic == REQUESTS or figure is None:
        return topic == REQUESTS
    if topic != OTHER:
        return False
    said = [*sentence.setting.earlier, *sentence.found]
    return any(found.indicator in REQUEST_TOTALS and found.value >= figure.value for found in said)


def _is_of_those(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether documents published or made are among those just told (制发规范性文件1件,主动公开1件)."""
    said, figure = sentence.last_named(index), sentence.line.figures.get(index)
    if said is None or figure is None or said not in sentence.found or not _is_of_documents(said.indicator):
        return False
    beside = said.index == sentence.since_figure(index) - 1 and ";" not in sentence.symbols[said.index : index]
    return beside and figure.value <= said.value and figure.unit == said.unit


def _is_of_documents(indicator: str | None) -> bool:
    return indicator is not None and indicator.startswith("normative_documents")


def _is_part_of_disclosed(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether documents are among the information told before; 规范性文件类 is one kind of it."""
    said, start = sentence.last_named(index), sentence.line.places[index][0]
    if said is None or said not in sentence.found or said.indicator not in PUBLISHED:
        return False
    listed = sentence.classes.of_which in sentence.symbols[said.index : match.start]
    return listed and sentence.line.text[start - 1] != "类"


def _is_left_over(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether requests are those left of a number told before: 结转2件, 正在办理3件."""
    said, figure = sentence.last_named(index), sentence.line.figures.get(index)
    if said is None or figure is None or said.quantity is None:
        return False
    steps = said.quantity.partition in ("request_outcome", "completion") or said.indicator in REQUEST_TOTALS
    told = [*sentence.setting.earlier, *sentence.found]
    return steps and any(found.indicator in REQUEST_TOTALS and found.value >= figure.value for found in told)


def _is_after_answers(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether a bare 结转2件 stands behind what became of requests; behind those received it may be of last year."""
    said = sentence.last_named(index)
    return said is not None and said.indicator not in _RECEIVED and _is_left_over(sentence, match, index)


def _is_beside(sentence: Bearings, index: int) -> Found | None:
    """The named figure just before, with no other and only a joint between."""
    said = sentence.last_named(index)
    if said is None or said not in sentence.found or said.index != sentence.since_figure(index) - 1:
        return None
    return None if ";" in sentence.symbols[said.index : index] else said


def _is_beside_dispute(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether appeals are told with disputes of open information: 行政诉讼2件,申诉1件; 复议、诉讼、申诉均为0."""
    place = sentence.symbols.rfind(symbol_of("appeal_bare"), 0, index + 1)
    if sentence.symbols[:place].rstrip(sentence.classes.joints)[-1:] in sentence.classes.disputes:
        return True
    said = sentence.last_named(index)
    return said is not None and said.indicator in ("reconsideration_cases", "litigation_cases")


def _is_beside_outcome(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether 其他 is the last of the outcomes told (维持30件,纠错5件,其他8件)."""
    said = _is_beside(sentence, index)
    return bool(said and said.quantity and said.quantity.partition == "case_outcome")


def _is_beside_organisation(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether 其他 is the last kind of organisation told (商业企业5件、法律服务机构3件、其他1件)."""
    said = _is_beside(sentence, index)
    return bool(said and said.quantity and said.quantity.applicant_type in _ORGANISATIONS)


def _is_procured(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether an amount is what central procurement cost: named with it, or told behind the number of its projects."""
    if sentence.symbols[match.start] == symbol_of("procure"):
        return True
    said = _is_beside(sentence, index)
    return said is not None and said.indicator == "central_procurement_projects"


def _is_unrouted(sentence: Bearings, match: Match, index: int) -> bool:
    """Whether an outcome is one of all suits: not of those that one route brought (直接起诉6件,其中尚未审结2件)."""
    suits = _last_suits(sentence, index)
    return suits is None or suits.quantity is None or suits.quantity.route == "all"


def _routed(sentence: Bearings, match: Match, index: int) -> str:
    """The route whose suits an outcome is of: the one of the last number of suits, or named before in the clause."""
    for route, name in _ROUTES.items():
        if symbol_of(name) in sentence.symbols[sentence.clause(match.start) : match.start + 1]:
            return route
    suits = _last_suits(sentence, index)
    return (suits.quantity.route if suits and suits.quantity else None) or "all"


def _last_suits(sentence: Bearings, index: int) -> Found | None:
    """The last number of suits that goes on at `index`: no semicolon, and no end of its brackets, is between."""
    suits = [
        found
        for found in sentence.found
        if found.index < index and found.quantity and found.quantity.quantity_id in _SUITS
    ]
    if not suits:
        return None
    between = sentence.symbols[suits[-1].index : index]
    return None if ";" in between or between.count(")") > between.count("(") else suits[-1]


def _is_direct(sentence: Bearings, match: Match, index: int) -> bool:
    return _routed(sentence, match, index) == "direct"


def _is_after_reconsideration(sentence: Bearings, match: Match, index: int) -> bool:
    return _routed(sentence, match, index) == "after_reconsideration"


LOOKING_BACK: Final = {
    "restated": _is_restated,
    "answers": _answers_requests,
    "of_those": _is_of_those,
    "part_of_disclosed": _is_part_of_disclosed,
    "left_over": _is_left_over,
    "after_answers": _is_after_answers,
    "beside_outcome": _is_beside_outcome,
    "beside_dispute": _is_beside_dispute,
    "beside_org": _is_beside_organisation,
    "procured": _is_procured,
    "unrouted": _is_unrouted,
    "routed_direct": _is_direct,
    "routed_after": _is_after_reconsideration,
}
"""Contexts by the names that phrase.csv gives them."""
