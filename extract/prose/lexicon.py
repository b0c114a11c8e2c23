"""A sentence as a line of symbols: one character a known word, figure or unknown character.

The words stand in word.csv, a class of words a row; phrases (grammar.py) are patterns over the symbols of classes.
What a phrase means is not known here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import ahocorasick

from extract.prose.figures import NO_COUNT, NUMERALS, Figure, read_figure

_WORDS: Final = Path(__file__).with_name("word.csv")
_FIRST_SYMBOL: Final = 0xE000
FILLER: Final = "filler"
FIGURE: Final = "#"
ZERO: Final = "!"
UNKNOWN: Final = "?"
THIS_YEAR: Final = 0
"""Among the years of a line: the report's own, said as 本年, 今年."""
_THIS_YEAR: Final = ("本年度", "本年", "今年", "报告期内")
OPAQUE_NUMBER: Final = "№"
DELIMITERS: Final = ",;:、()"
_LONGEST_ASIDE: Final = 40
_SITE: Final = "网"
_QUOTES: Final = "“”‘’\"'「」"
_BETWEEN: Final = re.compile(r"[,;:、()]|[^,;:、()“”‘’\"'「」]+")
_MARKS: Final = re.compile(
    rf"[\d{NUMERALS}(《【『<〔](?:(?<=\d)(?<!\d\d)|(?<=[{NUMERALS}])(?<![{NUMERALS}]{{2}})|(?<=[(《【『<〔]))"
)
"""Where a number, an aside or a quoted name begins; one class of characters is looked for fastest."""
_MAY_BE_DATE: Final = re.compile(r"\d+(?:[年月号时:：.、~—至到-]|个工作日)")
"""What every number that counts nothing begins with: most count something."""
_HOTLINE: Final = re.compile(r"12[0-4]\d{2}(?=[\u4e00-\u9fff])")
"""The number of a service line (12315平台), where it counts nothing."""
_NAMES: Final = {"《": "》", "【": "】", "『": "』", "<": ">", "〔": "〕"}
_YEAR_EDGE: Final = re.compile(r"(?<!\d)1月1日|12月(?:31日|底|末)|^1[-—~至到]12月")
_UNTIL: Final = ("至", "到", "止")
_SINCE: Final = re.compile("(?:《[^》]{1,40}》|条例)?[^,;:。《》]{0,6}以来")
"""Behind the date from which on something has been counted: 自2008年5月1日《条例》施行以来."""
_TO_YEAR_END: Final = re.compile(r"至12月31日|至年底|(?<!\d)1月份?[-—~至到]12月(?!\d)")
_TELLS: Final = re.compile(r"\d|因|均|其中|[一二三四五六七八九十百零〇两][件宗起例条次人份个]")


_CASES: Final = "件宗起例"
_TELLS_OF_CASES: Final = re.compile("维持|驳回|撤[回销诉]|纠[正错]|审[结理]|属于?|涉及|秘密|隐私|案卷|不掌握")
"""What an aside behind a number of cases says became of all of them: 行政复议1件(维持)."""


class Lexicon(NamedTuple):
    """An automaton that finds known words, and the symbol of each class."""

    words: Any
    symbols: dict[str, str]


class Line(NamedTuple):
    """A sentence in symbols. `places` are the spans of its symbols; figures and years are known by their index."""

    text: str
    symbols: str
    places: tuple[tuple[int, int], ...]
    figures: dict[int, Figure]
    years: tuple[tuple[int, int, bool], ...]  # index of the symbol that follows, year, whether it spans years
    months: tuple[int, ...]  # indexes of the symbols that follow


@cache
def load_lexicon() -> Lexicon:
    """Read word.csv. Raises ValueError where a word stands in two classes."""
    words = ahocorasick.Automaton()
    symbols: dict[str, str] = {}
    known: dict[str, str] = {}
    with open(_WORDS, encoding="utf8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        name = row["class"]
        symbol = symbols.setdefault(name, "" if name == FILLER else chr(_FIRST_SYMBOL + len(symbols)))
        for word in row["words"].split("|"):
            if known.setdefault(word, name) != name:
                raise ValueError(f"extract/prose/word.csv: {word!r} stands in {known[word]} and in {name}")
            words.add_word(word, (len(word), symbol))
    words.make_automaton()
    return Lexicon(words, symbols)


@cache
def load_topics() -> dict[str, str]:
    """The topic that a symbol brings up, for the classes that bring up one."""
    with open(_WORDS, encoding="utf8", newline="") as lines:
        return {symbol_of(row["class"]): row["topic"] for row in csv.DictReader(lines) if row["topic"]}


def symbol_of(name: str) -> str:
    """The symbol of a class of word.csv."""
    return load_lexicon().symbols[name]


@cache
def _announcing() -> frozenset[str]:
    return frozenset(map(symbol_of, ("of_which", "in_those", "respectively")))


@cache
def _publishing() -> frozenset[str]:
    return frozenset(map(symbol_of, ("publish", "proactive")))


class _Writer:
    """Collects the symbols of a sentence from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.symbols: list[str] = []
        self.places: list[tuple[int, int]] = []
        self.figures: dict[int, Figure] = {}
        self.years: list[tuple[int, int, bool]] = []
        self.months: list[int] = []

    def put(self, symbol: str, start: int, end: int) -> None:
        if symbol:
            self.symbols.append(symbol)
            self.places.append((start, end))

    def between(self, start: int, end: int) -> None:
        """What stands between words and numbers: delimiters, and one symbol for unknown characters."""
        text = self.text
        if end - start == 1:
            mark = text[start]
            if mark not in _QUOTES:
                self.symbols.append(mark if mark in DELIMITERS else UNKNOWN)
                self.places.append((start, end))
            return
        for match in _BETWEEN.finditer(text, start, end):
            mark = text[match.start()]
            self.symbols.append(mark if mark in DELIMITERS else UNKNOWN)
            self.places.append(match.span())

    def forget_at(self) -> None:
        """Drop the 在 that stands last."""
        if self.symbols and self.symbols[-1] == symbol_of("at"):
            del self.symbols[-1], self.places[-1]

    def close_up(self) -> None:
        """Drop a colon between a word and the figure that follows (政府信息公开申请:0件)."""
        if len(self.symbols) < 2 or self.symbols[-1] != ":":
            return
        if self.years and self.years[-1][0] == len(self.symbols):
            return
        clause = re.split("[,;]", "".join(self.symbols))[-1]
        told = FIGURE in clause  # 1宗行政诉讼案件:0起维持
        if not told and ord(self.symbols[-2]) >= _FIRST_SYMBOL and self.symbols[-2] not in _announcing():
            del self.symbols[-1], self.places[-1]

    def line(self) -> Line:
        return Line(
            self.text, "".join(self.symbols), tuple(self.places), self.figures, tuple(self.years), tuple(self.months)
        )


Word = tuple[int, int, int, str]
"""Start of a known word, 1, its end, its symbol."""


def read_words(text: str) -> list[Word]:
    """The known words of a sentence, the longest at each place from left to right, none within another."""
    # The automaton's own search for longest words (iter_long) misses short words behind the beginning of a long one.
    # It comes to the longer of two words with one beginning later.
    longest = {end + 1 - length: (end + 1, symbol) for end, (length, symbol) in load_lexicon().words.iter(text)}
    found: list[Word] = []
    at = 0
    for start in sorted(longest):
        if start >= at:
            at, symbol = longest[start]
            found.append((start, 1, at, symbol))
    return found


def read_line(text: str, words: list[Word] | None = None) -> Line:
    """Turn one sentence (in one spelling, without spaces) into symbols; `words` are its words where they are known."""
    writer = _Writer(text)
    symbols, places, between = writer.symbols, writer.places, writer.between
    events = read_words(text) if words is None else words
    events += [(match.start(), 2, 0, "") for match in _MARKS.finditer(text)]  # 12345热线 is a word and no number
    events.sort()
    at = 0
    for start, is_word, end, symbol in events:
        if start < at:
            continue
        if is_word == 1:
            if start == at + 1 and (mark := text[at]) not in _QUOTES:
                symbols.append(mark if mark in DELIMITERS else UNKNOWN)
                places.append((at, start))
            elif start > at:
                by_way = symbols[-1:] == [symbol_of("via")]
                if by_way and text[start - 1] == _SITE and symbol in _publishing():  # 通过江西水利网公开: its own name
                    between(at, start - 1)
                    writer.put(symbol_of("web"), start - 1, start)
                else:
                    between(at, start)
            if symbol:
                symbols.append(symbol)
                places.append((start, end))
            elif text[start:end] in _THIS_YEAR:
                writer.years.append((len(symbols), THIS_YEAR, False))
            at = end
        else:
            at = _read_mark(text, start, writer, at) or at
    if at < len(text):
        between(at, len(text))
    return writer.line()


def _read_mark(text: str, start: int, writer: _Writer, at: int) -> int:
    """Read a number, an aside in brackets or a quoted name at `start`; where it ends, 0 where there is none."""
    mark = text[start]
    if mark == "(":
        end = text.find(")", start, start + _LONGEST_ASIDE)
        if end < 0 or _TELLS.search(text, start, end):
            return 0
        if text[start - 1] in _CASES and _TELLS_OF_CASES.search(text, start, end):
            return 0
        if start > at:
            writer.between(at, start)
        return end + 1
    if mark in _NAMES:
        end = text.find(_NAMES[mark], start, start + _LONGEST_ASIDE)
        if end < 0:
            return 0
        if start > at:
            writer.between(at, start)
        if mark == "《":
            writer.put(_title(text[start + 1 : end]), start, end + 1)
        return end + 1
    return _read_number(text, start, writer, at)


def _title(name: str) -> str:
    """What a quoted title stands for: a gazette where its name ends so, else something unknown."""
    return symbol_of("gazette") if name.endswith(("公报", "政报")) else UNKNOWN


def _read_number(text: str, start: int, writer: _Writer, at: int) -> int:
    """Read a date, an opaque number or a figure at `start`; where it ends, 0 where there is none."""
    if start > at:
        before = len(writer.symbols)
        writer.between(at, start)
    else:
        before = -1
    if _MAY_BE_DATE.match(text, start) and (end := _date(text, start, writer)):
        return end
    figure = read_figure(text, start)
    if figure is None:
        if before >= 0:
            del writer.symbols[before:], writer.places[before:]
        return 0
    if figure.unit is None and _HOTLINE.match(text, start):
        writer.put(symbol_of("site"), start, figure.end)
        return figure.end
    writer.close_up()
    writer.figures[len(writer.symbols)] = figure
    writer.put(FIGURE, figure.start, figure.end)
    return figure.end


def _date(text: str, start: int, writer: _Writer) -> int:
    """Read a date, or a number that counts nothing; where it ends, 0 where there is none."""
    match = NO_COUNT.match(text, start)
    if match is None:
        return 0
    if match["year"]:
        if match["span"] and text.startswith("学年", match.end()):
            return match.end() + len("学年")  # what a university reports on
        if match.end() - start == 4 and not text.startswith("年", match.end()):
            return 0
        writer.years.append((len(writer.symbols), int(match["year"]), bool(match["span"])))
        if match["month"] and not _is_year_edge(text, match):
            writer.months.append(len(writer.symbols))
    elif match["within"]:
        writer.forget_at()  # 均在15个工作日内答复 says no more than 均答复
    elif match["months"]:
        if not _is_year_edge(text, match):
            writer.months.append(len(writer.symbols))
    else:
        writer.put(OPAQUE_NUMBER, start, match.end())
    return match.end()


def _is_year_edge(text: str, date: re.Match[str]) -> bool:
    """Whether a date only bounds the year: 1月1日, 截至12月, or one of a span that ends with the year."""
    if _YEAR_EDGE.search(date.group()) or _TO_YEAR_END.search(text) or _SINCE.match(text, date.end()):
        return True
    return "12月" in date.group() and text[: date.start()].endswith(_UNTIL)


def names_of(symbols: str) -> Sequence[str]:
    """The names of the classes of a line of symbols, for messages and tests; unknown characters as they are."""
    names = {symbol: name for name, symbol in load_lexicon().symbols.items() if symbol}
    return [names.get(symbol, symbol) for symbol in symbols]
