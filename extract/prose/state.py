"""What is carried through a paragraph: the figures found so far, and what the next sentence takes from the last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Final

from extract.prose.classes import CLAUSE_ENDS, load_classes
from extract.prose.figures import PERCENT
from extract.prose.grammar import Quantity
from extract.prose.lexicon import DELIMITERS, FIGURE, Line, read_line, symbol_of

_REMEMBERED: Final = 100


@dataclass(slots=True, eq=False)
class Found:
    """A figure of a sentence; `quantity` is NULL where it is of no indicator. Places are those of the sentence."""

    quantity: Quantity | None
    value: Decimal
    unit: str | None
    qualifier: str
    kinds: frozenset[str]
    start: int
    end: int
    index: int  # of its symbol
    subject: str
    topic: str | None
    by_negation: bool = False
    is_implied: bool = False
    is_foreign: bool = False  # of another year, a plan, the site: never a claim, at most an end of a share
    verb: str = ""
    scope: str | None = None
    is_narrowed: bool = False  # a phrase names it, but it is of a part of what the report covers
    bare: bool = False  # a channel alone names it: 网站319条
    is_combined: bool = False  # of several quantities together: information through several channels
    part_of: Found | None = None
    partition: str | None = None
    is_rest: bool = False
    is_growth: bool = False  # a percentage since the year before, of `share_part`
    share_part: Found | None = None
    share_whole: Found | None = None
    begin: int = 0  # of the sentence in its paragraph
    places: Sequence[int] = ()  # offsets of the paragraph's characters in the document

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage."""
        return self.unit == PERCENT

    @property
    def indicator(self) -> str | None:
        """The indicator it is claimed under."""
        return self.quantity.indicator_id if self.quantity else None


@dataclass(slots=True)
class Setting:
    """What a sentence is read in: the report's year, what its form prints, the headings, what was said before."""

    year: int | None
    prints: frozenset[str]  # ids of the lines of the report's form
    organ: str
    heading: str
    said: str  # the whole paragraph
    is_own: bool = False  # the organ governs no region and counts its own figures apart from those of one
    topic: str | None = None
    channel: str | None = None  # the one channel that the heading or the last sentence is about, `+` for several
    stated_year: int | None = None  # the year the paragraph was last said to be about, 0 for a span of years
    earlier: list[Found] = field(default_factory=list)  # the last figures of the paragraph so far
    unread: str = ""  # the sentence before, where no phrase can hold in it

    def catch_up(self) -> None:
        """Read the sentence before for what it leaves to this one; most never need it."""
        if self.unread:
            text, self.unread = self.unread, ""
            self._take(read_line(text))

    def carry(self, line: Line) -> None:
        """Take from a sentence what it leaves to the next one of its paragraph: topic, channel, year."""
        self.unread = ""
        self._take(line)
        led = [
            (year or self.year or 0, spans)
            for place, year, spans in line.years
            if leads(line.symbols, place) and not carries(line, place, self.year)
        ]
        if led:  # 2013年收到29件,2012年收到17件: the paragraph goes on about the report's own year
            self.turn_to(*((self.year, False) if (self.year, False) in led and self.year else led[-1]))
            return
        if line.symbols[:1] == load_classes().plan:
            self.stated_year = 0

    def remember(self, found: Sequence[Found]) -> None:
        """Keep the figures of a sentence for those after it; not all, so that time grows with the text only."""
        self.earlier = [*self.earlier, *found][-_REMEMBERED:]

    def _take(self, line: Line) -> None:
        topic, channel = _left_by(line.symbols)
        self.topic = topic or self.topic
        self.channel = channel or self.channel

    def turn_to(self, year: int, spans: bool = False) -> None:
        """A sentence began with a year; 2018年收到19件 between sentences about the report's own year is an aside."""
        aside = self.stated_year == self.year is not None and year < (self.year or 0)
        if not aside:
            self.stated_year = 0 if spans else year


@lru_cache(maxsize=4096)
def _left_by(symbols: str) -> tuple[str | None, str | None]:
    """The topic that a sentence ends on, and the one channel that it is about."""
    topics = load_classes().topics
    topic = next((topics[symbol] for symbol in reversed(symbols) if symbol in topics), None)
    return topic, one_channel(symbols)


def heading_topic(*headings: Line) -> str | None:
    """The topic of the nearest heading that has one (nearest last); of 行政复议、行政诉讼情况, which has two, none."""
    topics = load_classes().topics
    for line in reversed(headings):
        named = {topics[symbol] for symbol in line.symbols if symbol in topics}
        if named:
            return named.pop() if len(named) == 1 else None
    return None


def carries(line: Line, place: int, own: int | None) -> int:
    """1 where the year named at `place` is the next, to which work is carried (结转至2024年), -1 where it is the last,
    from which it came (2022年结转), else 0. `own` is the report's year.
    """
    carry = load_classes().carry
    if own is None or carry not in line.symbols:
        return 0
    years = [year for at, year, _ in line.years if at == place]
    if len(years) != 1:
        return 0
    if years[0] == own + 1 and line.symbols[place - 1 : place] == carry:
        return 1
    return -1 if years[0] == own - 1 and line.symbols[place : place + 1] == carry else 0


@lru_cache(maxsize=4096)
def leads(symbols: str, place: int) -> bool:
    """Whether a year named at `place` is what the sentence goes on about, and not said in passing (上年为289件)."""
    if place and symbols[place - 1] not in DELIMITERS:
        return False
    classes = load_classes()
    behind = classes.items.search(symbols, place)
    rest = symbols[place : behind.start() if behind else len(symbols)]
    return not rest or rest[0] == classes.plan or any(s in classes.known and s != classes.year_ago for s in rest)


def one_channel(symbols: str, *, heading: bool = False) -> str | None:
    """The one channel that a heading, or a sentence that begins with 依托 or 通过, is about; `+` for several."""
    classes = load_classes()
    if not classes.channel.search(symbols) or (not heading and FIGURE in symbols):
        return None
    clauses = re.split(f"[{CLAUSE_ENDS}]", symbols)
    if not heading:
        clauses = [clause for clause in clauses if clause[:1] in (symbol_of("via"), classes.at)]
    symbols = "".join(clause for clause in clauses if classes.channel.search(clause))
    found = set(classes.channel.findall(symbols))
    if not found or symbol_of("main_platform") in symbols:
        return None
    return found.pop() if len(found) == 1 and symbol_of("etc") not in symbols else "+"
