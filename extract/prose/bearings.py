"""Where things stand in a sentence: clauses and items, the topic at a place, whose year and whose part it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from extract.prose.classes import CLAUSE_ENDS, load_classes
from extract.prose.figures import PERCENT
from extract.prose.grammar import REQUEST_TOTALS
from extract.prose.lexicon import FIGURE, UNKNOWN, Line
from extract.prose.state import Found, Setting, carries, leads

OTHER: Final = "other"
"""The topic of what is no business of these reports."""
_BARE: Final = 4
_REGIONS: Final = ("全省", "全市", "全县", "全区", "全州", "全旗", "全盟")
_SECTIONS: Final = ("专栏", "专题", "子栏目")
CASES: Final = ("件", "宗", "起", "例")
"""Units in which requests and disputes are counted."""
REACHES: Final = re.compile(
    "[,(]?(?:(?:增加|增长|减少|上升|下降|提高|提升|降低|上涨|增|减|升|降)了?(?:到|至|为)|已?(?:达到|达|至))"
)
"""What stands between a figure of the year before, or a change, and the figure of the year."""
_FROM: Final = ("由", "从")


class Marks(NamedTuple):
    """Where in a line of symbols something turns; lines of the same words and other numbers have the same."""

    breaks: tuple[int, ...]  # behind the ends of clauses
    items: tuple[int, ...]  # behind the ends of items
    turns: tuple[int, ...]
    topics: tuple[int, ...]
    implying: tuple[int, ...]  # words for all, and brackets, with something behind them
    half: int  # -1 for none
    foreign: bool  # whether any of these stands in it
    parts: bool
    lists: bool
    respectively: bool


@lru_cache(maxsize=4096)
def marks_of(symbols: str) -> Marks:
    """What the symbols of a line alone say."""
    classes = load_classes()
    return Marks(
        tuple(match.end() for match in classes.breaks.finditer(symbols)),
        tuple(match.end() for match in classes.items.finditer(symbols)),
        tuple(match.start() for match in classes.turn.finditer(symbols)),
        tuple(place for place, symbol in enumerate(symbols) if symbol in classes.topics),
        tuple(match.start() for match in classes.implying.finditer(symbols) if match.end() < len(symbols)),
        symbols.find(classes.half),
        classes.foreign.search(symbols) is not None,
        classes.narrows.search(symbols) is not None,
        classes.lists.search(symbols) is not None,
        classes.respectively in symbols,
    )


class Bearings:
    """One line of symbols in its setting, and what was found in it so far."""

    def __init__(self, line: Line, setting: Setting) -> None:
        self.line, self.setting, self.classes = line, setting, load_classes()
        self.symbols = line.symbols
        self.taken: set[int] = set()  # indexes of 均 that belong to a figure's own phrase
        self.found: list[Found] = []
        self.marks = marks_of(line.symbols)
        self.carried = (
            [(place, step) for place, _, _ in line.years if (step := carries(line, place, setting.year))]
            if line.years and self.classes.carry in line.symbols
            else []
        )
        self.has_lists = self.marks.lists or PERCENT in line.text

    def clause(self, index: int) -> int:
        """The index at which the clause of the symbol at `index` begins."""
        breaks = self.marks.breaks
        place = bisect_right(breaks, index)
        return breaks[place - 1] if place else 0

    def item(self, index: int) -> int:
        """The index at which the item of a list (up to 、) that holds the symbol at `index` begins."""
        items = self.marks.items
        place = bisect_right(items, index)
        return items[place - 1] if place else 0

    def rest_of_item(self, index: int) -> str:
        """The symbols from `index` to the end of the item, or to the next figure."""
        stop = self.classes.items.search(self.symbols, index)
        return self.symbols[index : stop.start() if stop else len(self.symbols)].partition(FIGURE)[0]

    def since_figure(self, index: int) -> int:
        """The index behind the figure before `index`."""
        return self.symbols.rfind(FIGURE, 0, index) + 1

    def text_of(self, place: int) -> str:
        """The characters of a symbol."""
        start, end = self.line.places[place]
        return self.line.text[start:end]

    def topic(self, index: int) -> str | None:
        """What the sentence speaks of just before the symbol at `index`."""
        for place in reversed(self.marks.topics):
            if place < index and not self._is_answer(place):
                return OTHER if self.is_narrowed(place) else self.classes.topics[self.symbols[place]]
        self.setting.catch_up()
        return self.setting.topic

    def _is_answer(self, place: int) -> bool:
        """Whether 主动公开 names one of the answers to requests: 主动公开7件,同意公开28件."""
        if self.symbols[place] != self.classes.proactive:
            return False
        figure = self.line.figures.get(place + 1)
        if figure is None or figure.unit not in CASES:
            return False
        if self.symbols[place + 3 : place + 4] not in self.classes.answers:
            return False
        said = [*self.setting.earlier, *self.found]
        return any(found.indicator in REQUEST_TOTALS and found.value >= figure.value for found in said)

    def is_narrowed(self, place: int) -> bool:
        """Whether a bare 申请 is one for something else, said directly before it (低保申请)."""
        if self.symbols[place] != self.classes.request or place == 0 or self.symbols[place - 1] != UNKNOWN:
            return False
        start, end = self.line.places[place]
        return end - start <= _BARE and self.line.places[place - 1][1] == start

    def is_foreign(self, index: int) -> bool:
        """Whether what stands at `index` is of another year or month, a plan, a rule, of the site, or denied."""
        clause = self.clause(index)
        if self.leaves_from(index):
            return True
        if self.marks.foreign:
            marks = self.classes.foreign.finditer(self.symbols, clause, index)
            if any(not self._is_place(mark.start(), index) for mark in marks) or self._since_long(index):
                return True
        if self._part_year(index) or (self.line.months and self.line.months[0] <= index):
            return True
        return self._other_year(index, clause) or (len(self.line.years) > 1 and self._several_years(index))

    def leaves_from(self, index: int) -> bool:
        """Whether the figure at `index` is the one that the next left behind (由96条增加到154条)."""
        figure, text = self.line.figures.get(index), self.line.text
        if figure is None or not text.startswith(_FROM, figure.start - 1):
            return False
        return REACHES.match(text, figure.end) is not None

    def _since_long(self, index: int) -> bool:
        """Whether a running total was announced (自《条例》施行以来,累计公开6890条), with no figure or year since."""
        if self.classes.since not in self.symbols:
            return False
        named = [place for place, _, _ in self.line.years if place <= index and not self._ends_a_span(place)]
        begin = max([self.since_figure(index), *named])
        return self.symbols.find(self.classes.since, begin, index) >= 0

    def _ends_a_span(self, place: int) -> bool:
        """Whether the year before `place` is only up to when something is counted: 自《条例》施行以来至2011年底."""
        return place > 0 and self.text_of(place - 1).endswith(("至", "到", "截止"))

    def _several_years(self, index: int) -> bool:
        """Whether the clause names years in turn (2020年、2021年收到11件、14件): which figure is whose is not read."""
        named = [(place, year) for place, year, _ in self.line.years if self.clause(index) <= place <= index]
        return any(
            year != later and self.symbols[place:at] in self.classes.joints
            for (place, year), (at, later) in pairwise(named)
        )

    def _is_place(self, place: int, index: int) -> bool:
        """Whether a section of a site is where information was published (在县政府网站我镇专栏主动公开153条), or
        enquiries are what is counted.
        """
        if place == index - 1 and self.symbols[place] in self.classes.enquiries:
            return True
        doing = (self.classes.proactive, self.classes.publish)
        if self.text_of(place) not in _SECTIONS or self.symbols[place + 1 : place + 2] not in doing:
            return False
        return self.classes.channel.search(self.symbols, self.clause(place), place) is not None

    def _opens_clause(self, place: int) -> bool:
        """Whether a clause begins with the very characters of a symbol (计划, but not 工作计划类)."""
        start = self.line.places[place][0]
        return start == 0 or self.line.text[start - 1] in CLAUSE_ENDS

    def is_foreign_part(self, index: int) -> bool:
        """Whether an unknown part of a list is foreign by its own words; a kind of information may be of the site's."""
        item = self.item(index)
        if self.topic(index) == "other" and not self._behind_list(index):
            return True
        if self.classes.unlisted.search(self.symbols, item, index):
            return True
        named = UNKNOWN in self.symbols[item:index]  # 2021年信息公开年报1条 is a kind of information
        return self._other_year(max(item - 1, 0) if named else index, self.clause(index))

    def _behind_list(self, index: int) -> bool:
        return any(symbol in self.classes.opens_list for symbol in self.symbols[:index])

    def _part_year(self, index: int) -> bool:
        """Whether a half or a quarter of the year was named before, and the whole year not since."""
        if not 0 <= self.marks.half < index:
            return False
        return "全年" not in self.line.text[self.line.places[self.marks.half][1] : self.line.places[index][0]]

    def _other_year(self, index: int, clause: int) -> bool:
        own, stated = self.setting.year, self.setting.stated_year
        if own is None:
            return False
        for place, year, spans in self.line.years:
            if place > index:
                break
            if self.carried and any(place == carried for carried, _ in self.carried):
                continue
            if place >= clause or leads(self.symbols, place):
                stated = 0 if spans else year or own
        for place in self.marks.turns:
            if place >= index:
                break
            if self.symbols[place] == self.classes.plan:
                if self._opens_clause(place):
                    return True
            elif place >= clause or leads(self.symbols, place):
                named_since = any(place < later <= index for later, _, _ in self.line.years)
                stated = stated if named_since else own - 1
        return stated is not None and stated != own

    def scope(self, start: int) -> str | None:
        """The words that narrow a figure to a part of what the report covers (市本级), or widen it beyond (全县)."""
        if self.setting.is_own and (region := self._region(start)):
            return region
        if not self.marks.parts:
            return None
        classes, symbols = self.classes, self.symbols
        since = self.since_figure(start)
        first = max(self.clause(start), since)
        if symbols.find(classes.whole, since, start) >= 0:
            return None
        if not classes.narrows.search(symbols, first, start):
            return self._scope_before(start, first)
        parts = [place for place in range(first, start) if symbols[place] == classes.part]
        bodies = [place for place in range(first, start) if symbols[place] == classes.body]
        if classes.at in symbols[first:start]:
            bodies = []  # where something stands or was done
        named = [self.text_of(place) for place in [*parts, *bodies]]
        if not named or len(parts) > 1 or any(name in self.setting.organ for name in named):
            return None
        behind = symbols[[*parts, *bodies][-1] + 1 : start + 1][:1]
        if behind in classes.channels and not self._told_by_channel(behind):
            return None
        return named[-1]

    def _told_by_channel(self, channel: str) -> bool:
        """Whether a figure through that channel came before (省局网站公开2103条;各市局网站公开8967条)."""
        quantity = self.classes.by_channel.get(channel)
        return any(found.quantity and found.quantity.quantity_id == quantity for found in self.found)

    def _region(self, start: int) -> str | None:
        """The whole region that the sentence tells of, in the report of an organ that counts its own figures apart."""
        place = self.symbols.rfind(self.classes.whole, self.symbols.rfind(";", 0, start) + 1, start)
        if place < 0 or self.classes.of_which in self.symbols[place:start]:
            return None
        name = self.text_of(place)
        return name if name.startswith(_REGIONS) else None

    def _scope_before(self, start: int, clause: int) -> str | None:
        """The body whose handling an earlier clause told of (政务服务大厅受理申请12500件,办结12480件)."""
        classes, symbols = self.classes, self.symbols
        if symbols[start : start + 1] not in classes.steps:
            return None
        begin = symbols.rfind(";", 0, clause) + 1
        body = symbols.rfind(classes.body, begin, clause)
        if (
            body < 0
            or classes.of_which in symbols[begin:body]
            or not (classes.verbs.search(symbols, body, clause) or FIGURE in symbols[body:clause])
        ):
            return None
        name = self.text_of(body)
        return None if name in self.setting.organ else name

    def last_named(self, index: int) -> Found | None:
        """The last figure of an indicator before `index`, in the sentence or in the paragraph before it."""
        for found in reversed(self.found):
            if found.quantity is not None and found.index < index:
                return found
        return next((found for found in reversed(self.setting.earlier) if found.quantity is not None), None)

    def last_channel(self, index: int) -> str:
        found = self.classes.channel.findall(self.symbols, 0, index)
        return found[-1] if found else ""
