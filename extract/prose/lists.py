"""Totals and their parts, shares and what they are shares of: how the figures of a paragraph belong together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Final

from extract.prose.bearings import marks_of
from extract.prose.classes import load_classes
from extract.prose.figures import PERCENT
from extract.prose.grammar import REQUEST_TOTALS, load_wholes
from extract.prose.lexicon import Line, read_line, symbol_of
from extract.prose.state import Found

_LEAST_PARTS: Final = 2
_REST: Final = ("其他", "其它", "其余")
_COLUMNS: Final = ("hot_topics_responded",)
"""What a column of a site is called too: 其中“决策公开”12条、“回应关切”24条."""
_LEFT_OVER: Final = ("尚有", "还有", "余", "剩余", "另有")
"""What is left of another total: no part of this one (办结9件,其中予以公开9件,尚有1件未到期)."""


def relate(line: Line, found: Sequence[Found], earlier: Sequence[Found]) -> None:
    """Say of each figure of a sentence what it is a part or a share of; `earlier` are the paragraph's before it."""
    if not found:
        return
    for figure in found:
        figure.is_rest = figure.quantity.is_rest if figure.quantity else figure.subject.startswith(_REST)
    if any(figure.quantity and figure.quantity.partition for figure in found):
        _parts_of_known(found, earlier)
    if marks_of(line.symbols).lists:
        _parts_of_lists(line, found, earlier)
    elif "(" in line.symbols:
        _kinds_in_brackets(line, found)
    if any(figure.unit == PERCENT for figure in found):
        _shares(line, found)


def keep(found: Sequence[Found], *, by_channel: bool = False) -> list[Found]:
    """A paragraph's figures worth keeping: of no indicator only narrowed ones, parts, totals, ends of shares.

    `by_channel`: the heading says that channels are told of (公开的形式).
    """
    if any(figure.bare for figure in found):
        _bare_channels(found, by_channel=by_channel)
    return _kept(found)


def _parts_of_known(found: Sequence[Found], earlier: Sequence[Found]) -> None:
    """A quantity of a known breakdown is a part of the nearest total that this breakdown adds up to."""
    said = [*earlier, *found]
    for place, figure in enumerate(found):
        partition = figure.quantity.partition if figure.quantity else None
        if partition is None or figure.by_negation:
            continue
        wholes = load_wholes().get(partition, frozenset())
        others = chain(reversed(said[: len(earlier) + place]), found[place + 1 :])
        whole = next((other for other in others if _is_whole(other, wholes, figure)), None)
        if whole is not None:
            figure.part_of, figure.partition = whole, partition


def _is_whole(other: Found, wholes: frozenset[str], part: Found) -> bool:
    quantity = other.quantity
    if quantity is None or other.by_negation or quantity.indicator_id not in wholes or quantity.partition:
        return False
    return part.quantity is None or part.quantity.partition != "case_outcome" or other.indicator == part.indicator


def _parts_of_lists(line: Line, found: Sequence[Found], earlier: Sequence[Found]) -> None:
    """Behind 其中 each figure in the total's unit is a part of it; a semicolon begins another breakdown."""
    markers = {symbol_of("of_which"), symbol_of("in_those")}
    total: Found | None = None
    is_aside = False  # the list stands in brackets and ends with them
    for figure in found:
        begin = _behind_figure(line, figure.index)
        between = line.symbols[begin : figure.index]
        in_brackets = line.symbols.count("(", 0, figure.index) > line.symbols.count(")", 0, figure.index)
        if is_aside and not in_brackets:
            total = None
        inside = [other for other in found if other.index < figure.index]
        if markers & set(between) or (begin and between[:1] == ":"):
            total, is_aside = _last_total(inside or earlier) or total, in_brackets
        elif in_brackets and inside and _is_kind(figure, inside[-1]):
            figure.quantity = None
        if total is not None and figure is not total and _is_kind(figure, total):
            figure.quantity = None
        if total is None or figure is total or figure.part_of or not _listed(figure, total):
            continue
        figure.part_of = total
        figure.partition = figure.quantity.partition if figure.quantity else None
    _name_breakdowns(line, found)


def _kinds_in_brackets(line: Line, found: Sequence[Found]) -> None:
    """政策解读33篇(图解9篇): in brackets behind a figure stands one kind of what it counts."""
    for before, figure in pairwise(found):
        opening = line.symbols.find("(", before.index, figure.index)
        if opening >= 0 and ")" not in line.symbols[opening : figure.index] and _is_kind(figure, before):
            figure.quantity = None


def _is_kind(figure: Found, total: Found) -> bool:
    """Whether a figure counts one kind of what the total counts: 政策解读63篇,其中图解28篇."""
    if figure.quantity is None:
        return False
    is_column = figure.indicator in _COLUMNS and figure.unit == total.unit == "条"
    return figure.quantity == total.quantity or is_column


def _name_breakdowns(line: Line, found: Sequence[Found]) -> None:
    """Unknown parts take the breakdown of the known ones beside them, else a number of their own."""
    segment = {id(figure): line.symbols.count(";", 0, figure.index) for figure in found}
    named = {(id(f.part_of), segment[id(f)]): f.partition for f in found if f.part_of and f.partition}
    for figure in found:
        if figure.part_of is not None and figure.quantity is None:
            key = id(figure.part_of), segment[id(figure)]
            figure.partition = named.get(key) or f"list_{1 + key[1]}"


def _behind_figure(line: Line, index: int) -> int:
    return line.symbols.rfind("#", 0, index) + 1


def _last_total(before: Sequence[Found]) -> Found | None:
    for other in reversed(before):
        if not other.is_share and other.part_of is None and not other.by_negation:
            return None if other.is_foreign else other
    return None


def _listed(figure: Found, total: Found) -> bool:
    """Whether a figure behind 其中 can be a part: counted like the total, and not a step of its handling."""
    if figure.is_share or figure.is_foreign or figure.by_negation:
        return False
    if figure.verb in load_classes().handling:
        return False
    if figure.quantity is not None:
        if figure.quantity.partition is not None:
            return total.quantity is None and bool(figure.kinds & total.kinds)
        return figure.indicator not in REQUEST_TOTALS
    if figure.subject.startswith(_LEFT_OVER):
        return False
    return bool(figure.kinds & total.kinds) and (total.quantity is not None or figure.topic != "other")


def _bare_channels(found: Sequence[Found], *, by_channel: bool) -> None:
    """网站319条 is a channel's figure only where every part of the list is; else 网站 is one kind of information."""
    counted = [figure for figure in found if not figure.is_share]
    if by_channel and len(counted) >= _LEAST_PARTS and all(_has_line_of_channel(figure) for figure in counted):
        return
    lists: dict[int, list[Found]] = defaultdict(list)
    for figure in found:
        if figure.part_of is not None and not figure.is_share:
            lists[id(figure.part_of)].append(figure)
    last: Found | None = None
    for figure in found:
        before, last = last, figure
        if not figure.bare or figure.quantity is None or _goes_on(figure, before):
            continue
        siblings = [each for each in lists[id(figure.part_of)] if each.begin == figure.begin] if figure.part_of else []
        told = figure.part_of is not None and (figure.part_of.quantity or figure.part_of.is_combined)
        if not told or len(siblings) < _LEAST_PARTS or not all(_is_of_channel(part) for part in siblings):
            figure.quantity = None


def _has_line_of_channel(figure: Found) -> bool:
    return figure.quantity is not None and figure.quantity.partition == "disclosure_channel"


def _is_of_channel(part: Found) -> bool:
    """Whether a part is what came through a channel: one of its own line, or one beside it (院务公开栏156条)."""
    return part.quantity is not None or load_classes().channel.search(read_line(part.subject).symbols) is not None


def _goes_on(figure: Found, before: Found | None) -> bool:
    """Whether a bare channel goes on after one whose figure was told whole (网站发布信息856条,微博320条)."""
    if figure.part_of is not None or before is None or before.quantity is None:
        return False
    same = before.quantity.partition == figure.quantity.partition if figure.quantity else False
    return same and before.begin == figure.begin and before.unit == figure.unit


def _shares(line: Line, found: Sequence[Found]) -> None:
    rates = {symbol_of(f"rate_{name}"): symbol_of(name) for name in ("accept", "complete", "answer")}
    for figure in found:
        if not figure.is_share:
            continue
        before = [other for other in found if other.index < figure.index and not other.is_share]
        between = line.symbols[_behind_figure(line, figure.index) : figure.index]
        if symbol_of("share_of") in between and before:
            part = before[-1]
            figure.share_part, figure.share_whole = part, part.part_of or _whole_in_scope(before)
        rate = next((rates[symbol] for symbol in between if symbol in rates), None)
        if rate:
            figure.share_whole = _received(before, rate)
            behind = before[before.index(figure.share_whole) + 1 :] if figure.share_whole else []
            figure.share_part = next((other for other in reversed(behind) if other.verb == rate), None)


def _whole_in_scope(before: Sequence[Found]) -> Found | None:
    return next((other for other in before[:-1] if other.part_of is None and not other.is_foreign), None)


def _received(before: Sequence[Found], rate: str) -> Found | None:
    """What a rate of handling is a share of: the last number received before it, else the number accepted."""
    for verb in (symbol_of("receive"), symbol_of("accept")):
        whole = next((other for other in reversed(before) if other.verb == verb), None)
        if whole is not None and verb != rate:
            return whole
    return None


def _kept(found: Sequence[Found]) -> list[Found]:
    if not any(f.part_of or f.share_part or f.share_whole for f in found):
        return [f for f in found if f.quantity or f.is_narrowed]
    for figure in found:
        if figure.is_share and not figure.is_growth and (figure.share_part is None or figure.share_whole is None):
            figure.share_part = figure.share_whole = None
    parts = [figure for figure in found if figure.part_of is not None]
    sizes = Counter([(id(figure.part_of), figure.partition or "") for figure in parts])
    for figure in parts:
        if figure.quantity is None and sizes[id(figure.part_of), figure.partition or ""] < _LEAST_PARTS:
            figure.part_of = figure.partition = None
    needed = {id(end) for f in found for end in (f.part_of, f.share_part, f.share_whole) if end is not None}
    return [f for f in found if f.quantity or f.is_narrowed or f.part_of or f.share_part or id(f) in needed]
