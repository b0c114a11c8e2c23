"""One sentence: whose figure each printed number is, or that it is none.

Works on the symbols of lexicon.py with the phrases of grammar.py. Stated zeros and numbers said by 全部 are in
unprinted.py, what a figure is a part of in lists.py.
"""

from __future__ import annotations

import re
from typing import Final

from extract.prose.bearings import REACHES, Bearings
from extract.prose.channels import channel_start, resolve
from extract.prose.contexts import fits
from extract.prose.dropped import drop_taken_back
from extract.prose.figures import PERCENT, Figure
from extract.prose.grammar import REQUEST_TOTALS, Match, Quantity, find_phrases, load_quantities
from extract.prose.lexicon import DELIMITERS, FIGURE, UNKNOWN, symbol_of
from extract.prose.state import Found

_REFERENCES: Final = re.compile("中(?![国央])")  # 在办结的208件中
_NAMED_REFERENCES: Final = re.compile(
    r"(?:(?:政府|政务)?信息公开)?申请件?(?:\([^()]{0,20}\))?中(?![国央])"  # 47件申请中
)
_BY_CHANNEL: Final = re.compile(r"[^:\d]*(?:渠道|方式|途径)[^:\d]*:")
"""Announces a list of channels: what stands behind a bare 政府网站 is what it published."""
_ENDS_REACHED: Final = ("到", "至", "为", "达")
_SUMS: Final = ("共", "共计", "总计", "合计", "总共")
_CHANNEL_TOTALS: Final = {
    "request_channel": "requests_received",
    "disclosure_channel": "proactive_items_disclosed",
}
"""What the parts of a breakdown by channel add up to."""
_COMPARED: Final = ("由", "从", "较", "比", "与", "同", "和", "相较")
_LEAST_VISITS: Final = 1000
_SHORTEST_BODY: Final = 3
_LATER_STEPS: Final = ("requests_completed", "requests_disposed_total", "requests_carried_out")
_STEPS: Final = (*REQUEST_TOTALS, "requests_carried_in", "requests_carried_out")
"""Indicators of all requests, and of those that come from the year before or go to the next."""
_EQUALS: Final = ("为", "是", ":")


class Sentence(Bearings):
    """Reads the figures that a sentence prints."""

    _referred: str | None = None  # the part of the report's scope that the sentence goes on about

    def read(self) -> list[Found]:
        """The printed figures of the sentence in order, foreign ones too; plain numbers only where lists need them."""
        for index, figure in self.line.figures.items():
            if self.has_lists or self._may_be_named(index):
                self._figure(index, figure)
        if self.found:
            drop_taken_back(self)
        return self.found

    def _may_be_named(self, index: int) -> bool:
        """Whether a word of a phrase stands beside the figure; spares most numbers the rest."""
        around, symbols = self.classes.around, self.symbols
        return (
            symbols[index + 1 : index + 2] in around
            or (index > 0 and symbols[index - 1] in around)
            or self.marks.respectively
            or (self.marks.foreign and self._reached_from(index) >= 0)
            or self.line.text.endswith(_SUMS, 0, self.line.figures[index].start)
        )

    def _figure(self, index: int, figure: Figure) -> None:
        """Find what a printed figure is of: once for each of the nouns that it is said of."""
        cut = self._reached_from(index)
        foreign = self.is_foreign(index if cut < 0 else max(cut - 1, 0))
        again = self._refers_back(index, figure)
        matches = [] if foreign or again or figure.unit == PERCENT else self._holding(index, figure, cut)
        if matches and self._goes_on_about_others(index, matches[0]):
            matches = []
        if again:
            self._referred = self.scope(index)  # 市局机关101件申请中,予以公开22件
        scope = (
            self._referred or self.scope(matches[0].start if matches else index) or self._smaller_scope(matches, figure)
        )
        if not matches or scope:
            if not matches and not foreign and (total := self._sum_of_channels(index, figure)):
                self.found.append(self._found(figure, index, total, self.line.places[index][0]))
                return
            if self.has_lists or matches:
                foreign = foreign and self.is_foreign_part(index)
                found = self._found(figure, index, None, self._subject_start(index), foreign=foreign, scope=scope)
                found.is_narrowed = bool(matches)
                self.found.append(found)
            return
        for match in matches:
            self.taken.update(range(index, match.end))
            start = self.line.places[match.start][0] if match.start < index else figure.start
            end = max(figure.end, self.line.places[match.end - 1][1])
            quantity = resolve(self, match, index)
            if quantity is not match.phrase.quantity:
                start = min(start, channel_start(self, match, start))
            found = self._found(figure, index, quantity, start, end=end)
            found.bare = match.phrase.context == "bare" and not _BY_CHANNEL.match(self.line.text, 0, figure.start)
            found.is_combined = found.quantity is None
            self.found.append(found)

    def _reached_from(self, index: int) -> int:
        """Where the words end that name a figure told together with another (由2022年的96条增加到154条,
        较上年增加3件,达到10件): those before what it is compared with; -1 where it stands alone.
        """
        figure = self.line.figures[index]
        if self.line.text[figure.start - 1 : figure.start] not in _ENDS_REACHED:
            return -1
        before = self.since_figure(index) - 1
        if before < 0:
            return -1
        told = self.line.figures[before]
        between = self.line.text[told.end : figure.start]
        if told.unit not in (figure.unit, PERCENT) or REACHES.fullmatch(between) is None:
            return -1
        first = self.clause(before)
        marks = [at for at in range(first, before) if self.symbols[at] in self.classes.comparing]
        years = [place for place, _, _ in self.line.years if first < place <= before]
        cut = min([*marks, *years], default=before if self.leaves_from(before) else -1)
        while cut > 0 and self.text_of(cut - 1) in _COMPARED:
            cut -= 1
        return cut

    def _refers_back(self, index: int, figure: Figure) -> bool:
        """Whether a figure is said again to go on about it: 在办结的208件中, 47件申请中."""
        text = self.line.text
        if _NAMED_REFERENCES.match(text, figure.end):
            return self.last_named(index) is not None
        return _REFERENCES.match(text, figure.end) is not None and (
            self.last_named(index) is not None or self.symbols[index - 1 : index] != self.classes.request
        )

    def _sum_of_channels(self, index: int, figure: Figure) -> Quantity | None:
        """What a figure is that sums up the channels told before it (网络21件、信函8件,共29件)."""
        before = self.line.text[: figure.start]
        if not before.endswith(_SUMS) or figure.unit is None:
            return None
        named = [found for found in self.found if found.quantity and not found.is_foreign]
        partition = named[-1].quantity.partition if named and named[-1].quantity else None
        total = _CHANNEL_TOTALS.get(partition or "")
        begin = self.symbols.rfind(";", 0, index) + 1
        parts = [other.value for place, other in self.line.figures.items() if begin <= place < index]
        is_sum = any(sum(parts[first:]) == figure.value for first in range(len(parts) - 1))
        return load_quantities()[total] if total and is_sum and figure.value else None

    def _goes_on_about_others(self, index: int, match: Match) -> bool:
        """Whether a step is one of handling what was counted before, no requests (受理审批事项1203件,办结13件)."""
        quantity, before = match.phrase.quantity, self.symbols.rfind(FIGURE, 0, index)
        if (
            quantity is None
            or quantity.indicator_id not in _LATER_STEPS
            or before < 0
            or ";" in self.symbols[before:index]
        ):
            return False
        handled = any(symbol in self.classes.handling for symbol in self.symbols[self.clause(before) : before])
        return handled and not any(found.index == before and found.quantity for found in self.found)

    def _smaller_scope(self, matches: list[Match], figure: Figure) -> str | None:
        """Whose part of a number told before this is (全区受理167件;区自然资源分局受理52件,办结50件)."""
        if not matches or matches[0].phrase.quantity is None:
            return None
        start, quantity = matches[0].start, matches[0].phrase.quantity
        if quantity.indicator_id not in _STEPS:
            return None
        last = self.found[-1] if self.found else None
        if last and last.is_narrowed and last.scope and ";" not in self.symbols[last.index : start]:
            return last.scope
        said = (found for found in (*self.setting.earlier, *self.found) if found.quantity is not None)
        larger = any(found.quantity is quantity and found.value > figure.value for found in said)
        if not larger or not start or self.symbols[start - 1] != UNKNOWN:
            return None
        return self.text_of(start - 1) if len(self.text_of(start - 1)) >= _SHORTEST_BODY else None

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
        verbs = self.classes.verbs.findall(self.symbols, self.since_figure(index), index)
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
        first = max(self.item(index), self.since_figure(index))
        while first < index and self.symbols[first] in self.classes.opens_list:
            first += 1
        return self.line.places[first - 1][1] if first else 0

    def _holding(self, index: int, figure: Figure, cut: int) -> list[Match]:
        """The phrase that names the figure, or one a noun where one number is said of several."""
        if cut >= 0:
            match = self._best(self.symbols[:cut] + FIGURE, cut, figure, index)
            return [match] if match else []
        run = self._shared(index, figure)
        if run:
            return [match for symbols in run if (match := self._best(symbols, len(symbols) - 1, figure, index))]
        match = self._best(self.symbols, index, figure, index)
        if match is not None:
            return [] if self._is_combined(match) else [match]
        match = self._of_own_field(index, figure) or self._named_behind(index, figure)
        return [match] if match else []

    def _best(self, symbols: str, at: int, figure: Figure, index: int) -> Match | None:
        for match in find_phrases(symbols, at):
            if match.phrase.quantity is None:
                return None
            if not self._is_counted_in(figure, match.phrase.quantity.unit_kind):
                continue
            if match.phrase.quantity.partition == "case_outcome" and self._are_of_others(index):
                continue
            if match.end == at + 1 and not self._ends(index):
                continue
            if fits(self, match.phrase.context, match, index):
                return match
        return None

    def _are_of_others(self, index: int) -> bool:
        """Whether the disputes counted last before `index` are of another kind (受理行政复议92件,维持60件)."""
        nouns = [at for at in range(index - 1) if self.symbols[at] in self.classes.disputes]
        counted = next((at + 1 for at in reversed(nouns) if self.symbols[at + 1] == FIGURE), -1)
        return counted >= 0 and not any(found.index == counted and found.quantity for found in self.found)

    def _of_own_field(self, index: int, figure: Figure) -> Match | None:
        """The phrase of what an office publishes of its own field, which is all of it (环保局公开环保信息320条)."""
        field, noun = index - 2, index - 1
        if field < 0 or self.symbols[noun] not in self.classes.fielded or self.symbols[field] != UNKNOWN:
            return None
        letters = iter(self.setting.organ)
        if not all(letter in letters for letter in self.text_of(field)):
            return None
        match = self._best(self.symbols[:field] + self.symbols[noun : index + 1], noun, figure, index)
        return Match(match.phrase, match.start, index + 1) if match else None

    def _is_counted_in(self, figure: Figure, kind: str) -> bool:
        """Whether a quantity of that kind is counted in the figure's unit; a stated 0 and visits may have none."""
        if figure.unit is not None:
            return kind in figure.kinds
        if figure.value == 0:
            return self.line.text[figure.start - 1 : figure.start] in _EQUALS
        return kind == "visit" and figure.value >= _LEAST_VISITS

    def _ends(self, index: int) -> bool:
        """Whether nothing behind the figure could be what it counts instead."""
        behind = self.symbols[index + 1 : index + 2]
        if not behind or behind in DELIMITERS or behind in self.classes.every:
            return True
        if behind in self.classes.known and behind not in self.classes.uncounted:
            return True
        stop = self.classes.items.search(self.symbols, index + 1)
        return FIGURE in self.symbols[index + 1 : stop.start() if stop else len(self.symbols)]  # no punctuation

    def _named_behind(self, index: int, figure: Figure) -> Match | None:
        """The phrase of a figure that stands before its whole name (1件予以维持): read as if it stood behind it."""
        first = max(self.item(index), self.since_figure(index))
        if any(symbol not in self.classes.before_name for symbol in self.symbols[first:index]):
            return None
        last = index + 1
        while last < len(self.symbols) and self.symbols[last] not in DELIMITERS + FIGURE:
            last += 1
        if self._names_other_year(index, last):
            return None
        name = self.symbols[index + 1 : last].lstrip("".join(self.classes.every) + symbol_of("via"))
        for match in find_phrases(name + FIGURE, len(name)) if name else ():
            placed = Match(match.phrase, index, last)
            quantity = match.phrase.quantity
            if match.start or quantity is None or quantity.unit_kind not in figure.kinds:
                continue
            if fits(self, match.phrase.context, placed, index):
                return placed
        return None

    def _names_other_year(self, index: int, last: int) -> bool:
        """Whether the words behind a figure speak of another year (2件为2021年收到), not of where it is carried to."""
        own, carried = self.setting.year, {place for place, _ in self.carried}
        years = ((place, year) for place, year, _ in self.line.years if index < place <= last)
        return any(own and year and year != own and place not in carried for place, year in years)

    def _shared(self, index: int, figure: Figure) -> list[str]:
        """Symbols with one noun each where a number stands for several nouns, or several numbers in turn."""
        turn = self._turn(index) if self.marks.respectively else -1
        if turn >= 0 and not self.symbols[turn + 1 : index].strip(self.classes.joints + "," + FIGURE):
            head, run = self._split_run(self.symbols[:turn])
            figures = [place for place in self.line.figures if turn < place]
            if 1 < len(run) <= len(figures) and index in figures[: len(run)]:
                return [head + run[figures.index(index)] + FIGURE]
        if (index and self.symbols[index - 1] in self.classes.every) or figure.value == 0:
            before = self.symbols[:index]
            head, run = self._split_run(before.rstrip("".join(self.classes.every) + symbol_of("receive")))
            if len(run) > 1 and len(head) not in self.taken:  # 召开62次新闻发布会、政策解读稿件0件: the first is told
                return [head + noun + FIGURE for noun in run]
        return []

    def _turn(self, index: int) -> int:
        """Where the last 分别 before the figure stands, in its clause if there is one."""
        turn = self.symbols.rfind(self.classes.respectively, self.clause(index), index)
        if turn < 0:  # the clause ends before the figure where commas part the numbers
            turn = self.symbols.rfind(self.classes.respectively, 0, index)
        return turn

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
