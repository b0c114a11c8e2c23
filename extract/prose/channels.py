"""Through which channel published information came, and so of which quantity its figure is."""

from __future__ import annotations

from typing import Final

from extract.prose.bearings import Bearings
from extract.prose.grammar import Match, Quantity, load_quantities
from extract.prose.lexicon import UNKNOWN, symbol_of

ACCOUNTS: Final = ("个", "家")
"""Units that count the sites and accounts themselves."""
_MEDIA: Final = tuple("栏屏报台号群网站端墙榜刊")
"""What the names of media end with."""
PUBLISHED: Final = ("proactive_items_disclosed", "proactive_disclosures_channel_total")


def resolve(sentence: Bearings, match: Match, index: int) -> Quantity | None:
    """The quantity of a phrase, by what the form prints and by the channel that the sentence is about."""
    quantity = match.phrase.quantity
    assert quantity is not None
    if quantity.quantity_id == "requests_received_as_accepted" and "requests_accepted" in sentence.setting.prints:
        return load_quantities()["requests_accepted"]
    if match.phrase.context == "restated" and (said := sentence.last_named(index)) and said.quantity:
        return said.quantity
    if quantity.indicator_id not in PUBLISHED or match.phrase.context == "alone":
        return quantity
    channel = channel_of(sentence, match, index)
    if channel is None:
        return quantity
    named = sentence.classes.by_channel.get(channel)
    return load_quantities()[named] if named else None


def channel_of(sentence: Bearings, match: Match, index: int) -> str | None:
    """The channel that published information came through: a symbol, `+` for several, None for none."""
    first = max(sentence.clause(match.start), sentence.since_figure(match.start))
    own = _one_channel(sentence, first, match.start) or _unknown_channel(sentence, first, match.start)
    if own or sentence.classes.publish not in sentence.symbols[match.start : index]:
        return own
    counted = [(place, figure) for place, figure in sentence.line.figures.items() if place < index]
    items = [
        place
        for place, figure in counted
        if "item" in figure.kinds and figure.unit not in ACCOUNTS and not sentence.is_foreign(place)
    ]
    limit = items[-1] + 1 if items else 0
    begin = max(limit, sentence.symbols.rfind(";", 0, match.start) + 1)
    while first > begin:
        before = max(sentence.clause(first - 1), limit)
        if inherited := _one_channel(sentence, before, first, before_it=True):
            return inherited
        first = before
    if limit:
        return None
    sentence.setting.catch_up()
    return sentence.setting.channel


def channel_start(sentence: Bearings, match: Match, start: int) -> int:
    """Where the channel is named that made a figure one of its own, `start` where it is named elsewhere."""
    first = max(sentence.clause(match.start), sentence.since_figure(match.start))
    named = sentence.classes.channel.search(sentence.symbols, first, match.start)
    return sentence.line.places[named.start()][0] if named else start


def _one_channel(sentence: Bearings, first: int, last: int, *, before_it: bool = False) -> str | None:
    """The channel named between two places; 网站访问量 names one only where a clause before begins with it."""
    if symbol_of("main_platform") in sentence.symbols[first:last]:
        return None
    kept = set()
    for found in sentence.classes.channel.finditer(sentence.symbols, first, last):
        follows = sentence.symbols[found.end() : found.end() + 1]
        if found.group() == symbol_of("other_way") and sentence.symbols[found.start() - 1] == symbol_of("etc"):
            return found.group()  # 通过公开栏、电子屏等其他方式
        of_visits = follows == symbol_of("visits") and not (before_it and found.start() <= first + 1)
        if not of_visits and not _is_recipient(sentence, found.start()):
            kept.add(found.group())
    if not kept:
        return None
    if symbol_of("etc") in sentence.symbols[first:last]:
        # 通过政府网站、公报、新闻发布会等渠道 is the whole, 微信、微博等新媒体 or 电视、报纸等媒体 are not
        return "+" if kept.isdisjoint(sentence.classes.main_channels) else None
    return kept.pop() if len(kept) == 1 else "+"


def _unknown_channel(sentence: Bearings, first: int, last: int) -> str | None:
    """`+` where information came through something that no class knows (快手号、宣传墙、电梯屏发布信息120条)."""
    unknown = (sentence.text_of(place) for place in range(first, last) if sentence.symbols[place] == UNKNOWN)
    return "+" if any(text.endswith(_MEDIA) for text in unknown) else None


def _is_recipient(sentence: Bearings, place: int) -> bool:
    """Whether a channel is only whom something is sent to (向县政府网站报送)."""
    while place > 0 and sentence.symbols[place - 1] == UNKNOWN:
        place -= 1
    return sentence.symbols[place - 1 : place] == symbol_of("recipient")
