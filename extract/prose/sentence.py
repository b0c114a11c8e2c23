"""One sentence: whose figure each printed number is, or that it is none.

Works on the symbols of lexicon.py with the phrases of grammar.py. Stated zeros and numbers said by 全部 are in
unprinted.py, what a figure is a part of in lists.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from extract.prose.classes import load_classes
from extract.prose.figures import PERCENT, Figure
from extract.prose.grammar import Match, Quantity, find_phrases, load_grammar, load_quantities
from extract.prose.lexicon import DELIMITERS, FIGURE, UNKNOWN, Line, symbol_of
from extract.prose.state import Found, Setting, leads

_OPEN_INFORMATION: Final = re.compile("信息公开|政务公开|申请公开")
_CAPACITY: Final = re.compile("机构建设|保障|会议|培训")
_OF_THE_YEAR: Final = re.compile(r"20\d\d年|新增|今年|本年|当年")
_OFFICES: Final = "局委办府镇县市区乡会院州省级我本门"
_FEES: Final = re.compile("申请|公开|收费|收取")
_COUNTED: Final = re.compile("数|总量")
_REFERENCES: Final = re.compile("中(?![国央])")
_PUBLISHED: Final = ("proactive_items_disclosed", "proactive_disclosures_channel_total")
_LEAST_VISITS: Final = 1000


class Sentence:
    """Reads one line of symbols in its setting."""

    def __init__(self, line: Line, setting: Setting) -> None:
        self.line, self.setting, self.classes = line, setting, load_classes()
        self.symbols = line.symbols
        self.taken: set[int] = set()  # indexes of 均 that belong to a figure's own phrase
        self.found: list[Found] = []
        self._breaks = [match.end() for match in self.classes.breaks.finditer(line.symbols)]
        self._items = [match.end() for match in self.classes.items.finditer(line.symbols)]
        self._turns = [match.start() for match in self.classes.turn.finditer(line.symbols)]
        self._half = line.symbols.find(self.classes.half)
        self._lists = PERCENT in line.text or self.classes.lists.search(line.symbols) is not None

    def read(self) -> list[Found]:
        """The printed figures of the sentence in order, foreign ones too; plain numbers only where lists need them."""
        for index, figure in self.line.figures.items():
            if self._lists or self._may_be_named(index):
                self.found += self._figure(index, figure)
        self._drop_running_totals()
        return self.found

    def _may_be_named(self, index: int) -> bool:
        """Whether a word of a phrase stands beside the figure; spares most numbers the rest."""
        beside, symbols = self.classes.beside, self.symbols
        before = symbols[index - 1] if index else ""
        return (
            before in beside
            or symbols[index + 1 : index + 2] in beside | self.classes.every
            or before in self.classes.every
            or self.classes.respectively in symbols
        )

    def _drop_running_totals(self) -> None:
        """受理8件,累计受理41件: the second counts earlier years too."""
        named = [figure for figure in self.found if figure.quantity is not None]
        for place, figure in enumerate(named):
            for earlier in named[:place]:
                if figure.quantity is not earlier.quantity:
                    continue
                larger = max(earlier, figure, key=lambda found: found.value)
                begin = 0 if larger is earlier else earlier.end
                if figure.value != earlier.value and "累计" in self.line.text[begin : larger.end]:
                    larger.quantity, larger.is_foreign = None, True

    # Where things stand.

    def clause(self, index: int) -> int:
        """The index at which the clause of the symbol at `index` begins."""
        place = bisect_right(self._breaks, index)
        return self._breaks[place - 1] if place else 0

    def item(self, index: int) -> int:
        """The index at which the item of a list (up to 、) that holds the symbol at `index` begins."""
        place = bisect_right(self._items, index)
        return self._items[place - 1] if place else 0

    def _since_figure(self, index: int) -> int:
        """The index behind the figure before `index`."""
        return self.symbols.rfind(FIGURE, 0, index) + 1

    def text_of(self, place: int) -> str:
        """The characters of a symbol."""
        start, end = self.line.places[place]
        return self.line.text[start:end]

    def topic(self, index: int) -> str | None:
        """What the sentence speaks of just before the symbol at `index`."""
        topics = self.classes.topics
        for symbol in reversed(self.symbols[:index]):
            if symbol in topics:
                return topics[symbol]
        self.setting.catch_up()
        return self.setting.topic

    def is_foreign(self, index: int) -> bool:
        """Whether what stands at `index` is of another year or month, a plan, a rule, of the site, or denied."""
        clause = self.clause(index)
        if self.classes.foreign.search(self.symbols, clause, index) or self._part_year(index):
            return True
        if any(mark <= index for mark in self.line.months):
            return True
        return self._other_year(index, clause)

    def _is_foreign_part(self, index: int) -> bool:
        """Whether an unknown part of a list is foreign by its own words; a kind of information may be of the site's."""
        item = self.item(index)
        if self.topic(index) == "other" and not self._behind_list(index):
            return True
        found = self.classes.foreign.search(self.symbols, item, index)
        if found and found.group() != symbol_of("site"):
            return True
        return self._other_year(index, self.clause(index))

    def _behind_list(self, index: int) -> bool:
        return any(symbol in self.classes.opens_list for symbol in self.symbols[:index])

    def _part_year(self, index: int) -> bool:
        """Whether a half or a quarter of the year was named before, and the whole year not since."""
        if not 0 <= self._half < index:
            return False
        return "全年" not in self.line.text[self.line.places[self._half][1] : self.line.places[index][0]]

    def _other_year(self, index: int, clause: int) -> bool:
        own, stated = self.setting.year, self.setting.stated_year
        if own is None:
            return False
        for place, year, spans in self.line.years:
            if place > index:
                break
            if place >= clause or leads(self.symbols, place):
                stated = 0 if spans else year
        for place in self._turns:
            if place >= index:
                break
            if self.symbols[place] == self.classes.plan:
                if place == 0 or self.symbols[place - 1] in DELIMITERS:
                    return True
            elif place >= clause or leads(self.symbols, place):
                named_since = any(place < later <= index for later, _, _ in self.line.years)
                stated = stated if named_since else own - 1
        return stated is not None and stated != own

    # Figures that are printed.

    def _figure(self, index: int, figure: Figure) -> Iterator[Found]:
        foreign = self.is_foreign(index)
        again = _REFERENCES.match(self.line.text, figure.end)  # 在办结的208件中
        matches = [] if foreign or again or figure.unit == PERCENT else self._holding(index, figure)
        scope = self.scope(matches[0].start if matches else index)
        if not matches or scope:
            if self._lists:
                foreign = foreign and self._is_foreign_part(index)
                yield self._found(figure, index, None, self._subject_start(index), foreign=foreign, scope=scope)
            return
        for match in matches:
            self.taken.update(range(index, match.end))
            start = self.line.places[match.start][0] if match.start < index else figure.start
            end = max(figure.end, self.line.places[match.end - 1][1])
            quantity = self._resolved(match, index)
            if quantity is not match.phrase.quantity:
                start = min(start, self._channel_start(match, start))
            found = self._found(figure, index, quantity, start, end=end)
            found.bare = match.phrase.context == "bare"
            found.is_combined = found.quantity is None
            yield found

    def _found(
        self,
        figure: Figure,
        index: int,
        quantity: Quantity | None,
        start: int,
        *,
        end: int | None = None,
        foreign: bool = False,
        scope: str | None = None,
    ) -> Found:
        verbs = self.classes.verbs.findall(self.symbols, self._since_figure(index), index)
        return Found(
            quantity,
            figure.value,
            figure.unit,
            figure.qualifier,
            figure.kinds,
            start,
            end or figure.end,
            index,
            self.line.text[start : figure.start],
            self.topic(index),
            is_foreign=foreign,
            verb=verbs[-1] if verbs else "",
            scope=scope,
        )

    def _subject_start(self, index: int) -> int:
        """Where the words that name an unknown figure begin."""
        first = max(self.item(index), self._since_figure(index))
        while first < index and self.symbols[first] in self.classes.opens_list:
            first += 1
        return self.line.places[first][0]

    def _holding(self, index: int, figure: Figure) -> list[Match]:
        """The phrase that names the figure, or one a noun where one number is said of several."""
        run = self._shared(index, figure)
        if run:
            return [match for symbols in run if (match := self._best(symbols, len(symbols) - 1, figure, index))]
        match = self._best(self.symbols, index, figure, index)
        if match is not None:
            return [] if self._is_combined(match) else [match]
        match = self._named_behind(index, figure)
        return [match] if match else []

    def _best(self, symbols: str, at: int, figure: Figure, index: int) -> Match | None:
        for match in find_phrases(symbols, at):
            if match.phrase.quantity is None:
                return None
            kind = match.phrase.quantity.unit_kind
            if kind not in figure.kinds and not (
                kind == "visit" and figure.unit is None and figure.value >= _LEAST_VISITS
            ):
                continue
            if match.end == at + 1 and not self._ends(index):
                continue
            if self.fits(match.phrase.context, match, index):
                return match
        return None

    def _ends(self, index: int) -> bool:
        """Whether nothing behind the figure could be what it counts instead."""
        behind = self.symbols[index + 1 : index + 2]
        if not behind or behind in DELIMITERS:
            return True
        if behind in self.classes.known and behind not in load_grammar().followers | {symbol_of("site")}:
            return True
        stop = self.classes.items.search(self.symbols, index + 1)
        return FIGURE in self.symbols[index + 1 : stop.start() if stop else len(self.symbols)]  # no punctuation

    def _named_behind(self, index: int, figure: Figure) -> Match | None:
        """The phrase of a figure that stands before its whole name (1件予以维持): read as if it stood behind it."""
        first = max(self.item(index), self._since_figure(index))
        if any(symbol not in self.classes.before_name for symbol in self.symbols[first:index]):
            return None
        last = index + 1
        while last < len(self.symbols) and self.symbols[last] not in DELIMITERS + FIGURE:
            last += 1
        name = self.symbols[index + 1 : last].lstrip("".join(self.classes.every))
        for match in find_phrases(name + FIGURE, len(name)) if name else ():
            placed = Match(match.phrase, index, last)
            quantity = match.phrase.quantity
            if match.start or quantity is None or quantity.unit_kind not in figure.kinds:
                continue
            if self.fits(match.phrase.context, placed, index):
                return placed
        return None

    def _shared(self, index: int, figure: Figure) -> list[str]:
        """Symbols with one noun each where a number stands for several nouns, or several numbers in turn."""
        turn = self.symbols.rfind(self.classes.respectively, self.clause(index), index)
        if turn < 0:  # the clause ends before the figure where commas part the numbers
            turn = self.symbols.rfind(self.classes.respectively, 0, index)
        between = self.symbols[turn + 1 : index]
        if turn >= 0 and all(symbol in self.classes.joints + "," + FIGURE for symbol in between):
            head, run = self._split_run(self.symbols[:turn])
            figures = [place for place in self.line.figures if turn < place]
            if 1 < len(run) <= len(figures) and index in figures[: len(run)]:
                return [head + run[figures.index(index)] + FIGURE]
        before = self.symbols[:index]
        if before[-1:] in self.classes.every or figure.value == 0:
            head, run = self._split_run(before.rstrip("".join(self.classes.every) + symbol_of("receive")))
            if len(run) > 1:
                return [head + noun + FIGURE for noun in run]
        return []

    def _split_run(self, part: str) -> tuple[str, str]:
        """What stands before the nouns at the end of `part`, and those nouns."""
        match = self.classes.runs[FIGURE].search(part)
        if match is None:
            return part, ""
        return part[: match.start()], "".join(symbol for symbol in match.group() if symbol not in self.classes.joints)

    def _is_combined(self, match: Match) -> bool:
        """Whether the phrase is the last of several nouns that share one figure (同意公开或部分公开33件)."""
        last = match.start - 1
        if last < 1 or self.symbols[last] not in self.classes.joints:
            return False
        item = self.symbols[self.item(last - 1) : last]
        return item[-1:] in self.classes.known - self.classes.not_nouns and FIGURE not in item

    def scope(self, start: int) -> str | None:
        """The words that narrow a figure to a part of what the report covers (市本级)."""
        classes, symbols = self.classes, self.symbols
        since = self._since_figure(start)
        first = max(self.clause(start), since)
        if not classes.narrows.search(symbols, first, start) or symbols.find(classes.whole, since, start) >= 0:
            return None
        parts = [place for place in range(first, start) if symbols[place] == classes.part]
        bodies = [place for place in range(first, start) if symbols[place] == classes.body]
        if classes.at in symbols[first:start]:
            bodies = []  # where something stands or was done
        named = [self.text_of(place) for place in [*parts, *bodies]]
        if not named or len(parts) > 1 or any(name in self.setting.organ for name in named):
            return None
        behind = symbols[[*parts, *bodies][-1] + 1 : start + 1][:1]
        return None if behind in classes.channels else named[-1]

    # Contexts of phrases.

    def fits(self, contexts: str, match: Match, index: int) -> bool:
        """Whether all contexts that a phrase asks for (phrase.csv) hold around the sign at `index`."""
        return not contexts or all(self._fits(context, match, index) for context in contexts.split())

    def _fits(self, context: str, match: Match, index: int) -> bool:
        if context.startswith("behind="):
            said = self._last_named(index)
            return said is not None and said.indicator in context.removeprefix("behind=").split("|")
        check = _CONTEXTS.get(context)
        return self.topic(index) == context if check is None else check(self, match, index)

    def _speaks_of_openness(self, match: Match, index: int) -> bool:
        if _CAPACITY.search(self.setting.heading):
            return True
        return _OPEN_INFORMATION.search(self.setting.said + self.setting.heading) is not None

    def _is_restated(self, match: Match, index: int) -> bool:
        """Whether the year's own number follows a running total (累计公开12.7万条,2015年公开2.1万条)."""
        said = self._last_named(index)
        if said is None or said not in self.found or said.quantity is not match.phrase.quantity:
            return False
        own = _OF_THE_YEAR.search(self.line.text, said.end, self.line.places[index][0])
        return own is not None and "累计" in self.line.text[: said.end]

    def _is_trained(self, match: Match, index: int) -> bool:
        """Whether the training that these people attended, where its number is said, is about open information."""
        trainings = [at for at in range(index) if self.symbols[at] == symbol_of("training")]
        counted = [at + 1 for at in trainings if self.symbols[at + 1] == FIGURE]
        return not counted or any(found.index == counted[-1] and found.quantity for found in self.found)

    def _is_official(self, match: Match, index: int) -> bool:
        """Whether a website is an office's: not 旅游网站."""
        web = self.symbols.rfind(symbol_of("web"), 0, index)
        if web < 1 or self.symbols[web - 1] != UNKNOWN:
            return True
        return len(self.text_of(web)) > 2 or self.text_of(web - 1)[-1] in _OFFICES

    def _speaks_of_fees(self, match: Match, index: int) -> bool:
        return _FEES.search(self.line.text + self.setting.heading) is not None

    def _is_bare(self, match: Match, index: int) -> bool:
        return self.topic(index) == "disclosure" and self.item(index) + 1 >= match.start

    def _is_clean(self, match: Match, index: int) -> bool:
        """Whether no unknown word narrows the noun with which a phrase begins."""
        before = self.symbols[match.start - 1 : match.start]
        if self.symbols[match.start] in self.classes.doing or not before or before in DELIMITERS + FIGURE:
            return True
        return before in self.classes.known and before != symbol_of("etc")

    def _is_channelled(self, match: Match, index: int) -> bool:
        return self._channel(match, index) is not None and self.topic(index) != "requests"

    def _is_unchannelled(self, match: Match, index: int) -> bool:
        return self.classes.channel.search(self.symbols, self.clause(index), index) is None

    def _last_named(self, index: int) -> Found | None:
        """The last figure of an indicator before `index`, in the sentence or in the paragraph before it."""
        said = [*self.setting.earlier, *(found for found in self.found if found.index < index)]
        return next((found for found in reversed(said) if found.quantity is not None), None)

    def _last_channel(self, index: int) -> str:
        found = self.classes.channel.findall(self.symbols, 0, index)
        return found[-1] if found else ""

    def _is_in_gazette(self, match: Match, index: int) -> bool:
        return self._last_channel(index) == symbol_of("gazette")

    def _is_on_website(self, match: Match, index: int) -> bool:
        return self._last_channel(index) == symbol_of("web")

    def _opens(self, match: Match, index: int) -> bool:
        """Whether a bare 申请15件 is the number of all requests: first in its clause, or 某市申请总数为15件."""
        if match.start == 0 or self.symbols[match.start - 1] in self.classes.opening:
            return True
        if self.symbols[match.start - 1] != UNKNOWN or match.start >= index:
            return False
        counted = self.line.text[self.line.places[index - 1][1] : self.line.places[index][0]]
        return bool(_COUNTED.search(counted)) or symbol_of("recipient") in self.symbols[self.clause(index) : index]

    def _is_own_case(self, match: Match, index: int) -> bool:
        """Whether a dispute is about open information: not 土地类行政复议案件."""
        places, text = self.line.places, self.line.text
        first = self.clause(min(match.start, len(places) - 1))
        begin = places[first - 1][1] if first else 0
        if _OPEN_INFORMATION.search(text, begin, places[min(index, len(places) - 1)][1]):
            return True
        last = min(match.end, len(places))
        nouns = [at for at in range(first, last) if self.symbols[at] in self.classes.disputes]
        if not nouns or UNKNOWN not in self.symbols[first : nouns[0]]:
            return True
        start = places[nouns[0]][0]
        return places[nouns[0] - 1][1] < start and not text[:start].endswith(("的", "类"))

    def _has_no_siblings(self, match: Match, index: int) -> bool:
        """Whether the sentence gives no other figure by channel."""
        if symbol_of("of_which") in self.symbols[:index]:
            return False
        return not self.classes.channel.search(self.symbols[: match.start] + self.symbols[match.end :])

    # Channels.

    def _resolved(self, match: Match, index: int) -> Quantity | None:
        """The quantity of a phrase, by what the form prints and by the channel that the sentence is about."""
        quantity = match.phrase.quantity
        assert quantity is not None
        if quantity.quantity_id == "requests_received_as_accepted" and "requests_accepted" in self.setting.prints:
            return load_quantities()["requests_accepted"]
        if quantity.indicator_id not in _PUBLISHED or match.phrase.context == "alone":
            return quantity
        channel = self._channel(match, index)
        if channel is None:
            return quantity
        named = self.classes.by_channel.get(channel)
        return load_quantities()[named] if named else None

    def _channel(self, match: Match, index: int) -> str | None:
        """The channel that published information came through: a symbol, `+` for several, None for none."""
        first = max(self.clause(match.start), self._since_figure(match.start))
        own = self._one_channel(first, match.start)
        if own or self.classes.publish not in self.symbols[match.start : index]:
            return own
        items = [place for place, figure in self.line.figures.items() if place < index and "item" in figure.kinds]
        limit = items[-1] + 1 if items else 0
        begin = max(limit, self.symbols.rfind(";", 0, match.start) + 1)
        while first > begin:
            before = max(self.clause(first - 1), limit)
            if inherited := self._one_channel(before, first):
                return inherited
            first = before
        if limit:
            return None
        self.setting.catch_up()
        return self.setting.channel

    def _channel_start(self, match: Match, start: int) -> int:
        """Where the channel is named that made a figure one of its own, `start` where it is named elsewhere."""
        first = max(self.clause(match.start), self._since_figure(match.start))
        named = self.classes.channel.search(self.symbols, first, match.start)
        return self.line.places[named.start()][0] if named else start

    def _one_channel(self, first: int, last: int) -> str | None:
        if symbol_of("main_platform") in self.symbols[first:last]:
            return None
        kept = set()
        for found in self.classes.channel.finditer(self.symbols, first, last):
            follows = self.symbols[found.end() : found.end() + 1]
            if follows == symbol_of("etc"):
                return None  # 通过政府网站、公报等渠道: the whole
            if follows != symbol_of("visits") and not self._is_recipient(found.start()):
                kept.add(found.group())
        if not kept:
            return None
        return kept.pop() if len(kept) == 1 else "+"

    def _is_recipient(self, place: int) -> bool:
        """Whether a channel is only whom something is sent to (向县政府网站报送)."""
        while place > 0 and self.symbols[place - 1] == UNKNOWN:
            place -= 1
        return self.symbols[place - 1 : place] == symbol_of("recipient")


_CONTEXTS: Final = {
    "oi": Sentence._speaks_of_openness,
    "fees": Sentence._speaks_of_fees,
    "opening": Sentence._opens,
    "bare": Sentence._is_bare,
    "gazette": Sentence._is_in_gazette,
    "website": Sentence._is_on_website,
    "own": Sentence._is_own_case,
    "clean": Sentence._is_clean,
    "restated": Sentence._is_restated,
    "trained": Sentence._is_trained,
    "official": Sentence._is_official,
    "channelled": Sentence._is_channelled,
    "unchannelled": Sentence._is_unchannelled,
    "alone": Sentence._has_no_siblings,
}
"""What a phrase may ask of its surroundings; a context that is not here is a topic."""


def read_printed(line: Line, setting: Setting) -> tuple[Sentence, Sequence[Found]]:
    """The figures printed in a sentence, and the sentence for what else it says."""
    sentence = Sentence(line, setting)
    return sentence, sentence.read()
