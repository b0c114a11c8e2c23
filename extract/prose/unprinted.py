"""Figures that no number prints: stated zeros (未收到申请) and numbers said by a word (已全部办结)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from extract.prose.classes import CLAUSE_ENDS
from extract.prose.contexts import fits
from extract.prose.grammar import REQUEST_TOTALS, Match, Quantity, find_phrases, load_quantities
from extract.prose.lexicon import DELIMITERS, FIGURE, UNKNOWN, ZERO, symbol_of
from extract.prose.sentence import Sentence
from extract.prose.state import Found

_OF_REQUESTS: Final = (None, "completion", "request_outcome", "request_channel", "applicant")
_PASSED_OVER: Final = ("request_channel", "applicant")
_COMPLETED: Final = "requests_completed"


def read_unprinted(sentence: Sentence) -> list[Found]:
    """The stated zeros of a sentence and the numbers it says by a word, after its printed figures are read."""
    zeros = [*_zeros(sentence)] if sentence.marks.foreign else []  # a denial is foreign to every figure
    return [*zeros, *_implied(sentence)] if sentence.marks.implying else zeros


def _zeros(sentence: Sentence) -> Iterator[Found]:
    known: dict[str, Found] = {}
    for denial in sentence.classes.denials.finditer(sentence.symbols):
        place = denial.start()
        if _is_foreign(sentence, place):
            continue
        for at, symbols in _denied(sentence, place):
            found = _zero(sentence, place, at, symbols)
            if found is None or found.quantity is None:
                continue
            earlier = known.setdefault(found.quantity.quantity_id, found)
            if earlier is not found:  # 实行免费制,不存在收费: one statement
                earlier.end = max(earlier.end, found.end)
    yield from known.values()


def _is_foreign(sentence: Sentence, place: int) -> bool:
    """Whether another year, a plan or the site governs a denial; denials before it in the clause do not."""
    denials = sentence.classes.denials
    first = sentence.clause(place)
    earlier = [match.start() for match in denials.finditer(sentence.symbols, first, place)]
    return sentence.is_foreign(earlier[0] if earlier else place)


def _denied(sentence: Sentence, place: int) -> list[tuple[int, str]]:
    """Index and symbols (up to the sign) of each noun that a denial at `place` denies."""
    classes, symbols = sentence.classes, sentence.symbols
    symbol = symbols[place]
    if symbol in classes.alone:
        return [(place, symbol + ZERO)]
    last = place + 1
    while last < len(symbols) and symbols[last] not in CLAUSE_ENDS and not classes.denials.match(symbols, last):
        last += 1
    behind = symbols[place + 1 : last].rstrip(classes.joints + symbol_of("etc"))
    if not any(other in classes.known for other in behind):  # 行政复议、行政诉讼均无
        first = symbols.rfind(",", 0, place) + 1
        first = max(first, symbols.rfind(";", 0, place) + 1)
        return _heads(sentence, first, symbols[first:place].rstrip("".join(classes.every) + ":"))
    if not classes.others.isdisjoint(behind) or symbol_of("compare") in behind:
        return []
    if any(place < at < last and figure.value != 1 for at, figure in sentence.line.figures.items()):
        return []  # 没有一起行政复议 denies, 没有收到3件 does not
    return _heads(sentence, place, symbol + behind)


def _heads(sentence: Sentence, first: int, part: str) -> list[tuple[int, str]]:
    """The nouns at the end of a clause, each with what stands before it."""
    match = sentence.classes.runs[ZERO].search(part)
    if match is None:
        return []
    joints = sentence.classes.joints
    before = part[: match.start()]
    places = [at for at in range(match.start(), match.end()) if part[at] not in joints]
    return [(first + at, before + part[at] + ZERO) for at in places]


def _zero(sentence: Sentence, place: int, at: int, symbols: str) -> Found | None:
    for match in find_phrases(symbols, len(symbols) - 1, ZERO):
        if fits(sentence, match.phrase.context, Match(match.phrase, at, at + 1), at + 1):
            break
    else:
        return None
    if symbols[match.start - 1 : match.start] in sentence.classes.qualified or sentence.scope(at):
        return None
    if _may_be_some(sentence.symbols[place:at], match.phrase.quantity):
        return None
    start, end = min(place, at), max(place, at)
    return Found(
        match.phrase.quantity,
        Decimal(0),
        None,
        "exact",
        frozenset(),
        sentence.line.places[start][0],
        sentence.line.places[end][1],
        end,
        sentence.text_of(at),
        sentence.topic(at + 1),
        by_negation=True,
        is_implied=True,
    )


def _may_be_some(symbols: str, quantity: Quantity | None) -> bool:
    """Whether a denial may leave others: 没有超期办理的申请, 没有违规收费; not 没有收到任何人的申请."""
    if symbol_of("improper") in symbols:
        return True
    of_requests = quantity is not None and quantity.indicator_id in REQUEST_TOTALS
    return of_requests and symbols[:1] == symbol_of("none") and UNKNOWN in symbols


def _implied(sentence: Sentence) -> Iterator[Found]:
    symbols = sentence.symbols
    for place in sentence.marks.implying:
        if place in sentence.taken:
            continue
        behind = symbols[place + 2 : place + 3]
        if symbols[place + 1] not in sentence.classes.known or (behind and behind not in DELIMITERS):
            continue
        if symbols[place] == "(" and behind == "、":
            continue  # the first words of a longer name
        if found := _said_of_all(sentence, place, place + 1):
            yield found


def _said_of_all(sentence: Sentence, place: int, at: int) -> Found | None:
    if sentence.is_foreign(at):
        return None
    for match in find_phrases(sentence.symbols[at] + FIGURE, 1):
        quantity = match.phrase.quantity
        if quantity is None:
            return None
        base = _base(sentence, at, quantity)
        if (
            base is None
            or base.value == 0
            or (sentence.symbols[place] in sentence.classes.going_on and not _goes_on(sentence, place, base, quantity))
            or _is_of_another(sentence, place, base, quantity)
            or not fits(sentence, match.phrase.context, match, at)
        ):
            continue
        if quantity.indicator_id == _COMPLETED and _COMPLETED not in sentence.setting.prints:
            quantity = load_quantities()["requests_disposed_as_completed"]
        first = at if sentence.symbols[place] == "(" or sentence.symbols[place] in sentence.classes.going_on else place
        return Found(
            quantity,
            base.value,
            base.unit,
            base.qualifier,
            base.kinds,
            sentence.line.places[first][0],
            sentence.line.places[at][1],
            at,
            sentence.text_of(at),
            sentence.topic(at),
            is_implied=True,
        )
    return None


def _is_of_another(sentence: Sentence, place: int, base: Found, quantity: Quantity) -> bool:
    """Whether the words at `place` stand behind another number (复议后起诉3起均维持), or speak of one route only."""
    nearest = sentence.symbols.rfind(FIGURE, 0, place)
    named = any(found.index == nearest and found.quantity is not None for found in sentence.found)
    told = nearest >= 0 and not sentence.symbols[nearest + 1 : place].strip(",") and not sentence.is_foreign(nearest)
    before = base not in sentence.found or base.index < nearest
    if told and not named and before and sentence.line.figures[nearest].kinds & base.kinds:
        return True
    return quantity.route == "all" and base.quantity is not None and base.quantity.route != "all"


def _goes_on(sentence: Sentence, place: int, base: Found, quantity: Quantity) -> bool:
    """Whether a comma parts a number of all from what became of them (收到5件,已答复; 行政诉讼1件,尚未审结)."""
    if base not in sentence.found or base.index != place - 1 or sentence.symbols[place + 2 : place + 3] == "、":
        return False
    return quantity.outcome is None or (base.quantity is not None and base.quantity.route == quantity.route)


def _base(sentence: Sentence, at: int, quantity: Quantity) -> Found | None:
    """The figure before `at` that 全部 and 均 speak of."""
    said = [*sentence.setting.earlier, *(found for found in sentence.found if found.index < at)]
    for found in reversed(said):
        if found.is_foreign or found.by_negation or found.is_share:
            continue
        if found.quantity is None and (found.scope is not None or found.part_of is not None):
            continue  # 其中市公安局3件
        if quantity.outcome and found.quantity and found.quantity.outcome and found.indicator != quantity.indicator_id:
            continue  # 行政复议2件、行政诉讼3件,复议维持2件,诉讼均胜诉
        if found.quantity is None or quantity.partition not in _OF_REQUESTS or quantity.outcome:
            return found if found.quantity else None
        own = found.quantity.partition
        if own is None and found.indicator in REQUEST_TOTALS:
            return found
        if own not in _PASSED_OVER:
            return found if own == quantity.partition == "request_outcome" else None
    return None
