"""Tables that are printed like tables read before, number for number in the same place: how these were read is kept.

Only tables in which each number stands in a cell of its own and was read with certainty are kept, so that nothing
turned on what the numbers are. All others are read anew each time (tables.py), and a text that was never seen too; what
is known changes how fast a document is read, never what is read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple

from extract.table.align import Instance
from extract.table.cells import Cell, Cells
from extract.table.digits import runs_of
from extract.table.tables import Tables, TableSet, read_tables
from extract.text.masked import BLANK, END, LOOSE, SENTENCE, SENTENCES, WORDS, MaskedLine, MaskedText
from extract.text.tokens import EMPTY, Token

_MOST: Final = 500
_LONGEST: Final = 50_000  # characters of a stretch that is kept
_NUMBERED: Final = frozenset(("code", "number", "letter"))

Place = tuple[int, int]
"""A place in a stretch: number of the line among those that count, and offset in the masked line."""


class Stretch(NamedTuple):
    """The lines of a report from its first table to behind its last, as far as they matter to how tables are read."""

    key: str
    rows: tuple[int, ...]  # numbers of the document's lines that count
    is_whole: bool  # something stands behind the last table, so that no number of it is cut
    dropped: bool  # words of no form stand in it that are left out of the key


class _Set(NamedTuple):
    """One printing of the tables: cells with a number, then those that are the same each time (blank, a mark).

    `order` puts them in the order of the form, in which `named` and `units` are.
    """

    slots: Counter[str]
    named: tuple[Sequence[Any], ...]  # slot_id to part of each cell, by column and in the order of the form
    units: Sequence[str | None]
    numbers: Sequence[int]  # places of the numbers in the stretch
    fixed: tuple[tuple[str, Decimal | None, str], ...]  # printed text, value and status
    spans: tuple[tuple[Place, Place], ...]  # of these
    lines: tuple[int, ...]  # on which each cell stands
    order: Sequence[int]
    notes: tuple[tuple[Place, Place, str], ...]
    start: Place
    end: Place


_known: Final[OrderedDict[str, tuple[_Set, ...]]] = OrderedDict()


def stretch_of(text: MaskedText, first: int, last: int) -> Stretch | None:
    """The tables among the lines `first` to `last` (exclusive) of a text; NULL where none can be.

    Sentences close a table, whatever they say, and words of no form behind a sentence are of no table. In a table it
    matters that such words stand there, but not what they are, unless they go on with a label or have values.
    """
    found = _Stretch()
    for row in range(first, last):
        line = text.lines[row]
        if line.kind == SENTENCE:
            found.add_sentence(row)
        elif line.kind == LOOSE:
            found.add_words(line.template, row)
        elif line.kind != BLANK or not found.closed:
            found.add_row(line, row)
    return found.stretch()


class _Stretch:
    """A stretch under construction."""

    def __init__(self) -> None:
        self._lines: list[tuple[str, int]] = []
        self._words: list[tuple[str, int]] = []  # the last lines, where they are words of no form
        self._size = 0
        self.closed = True  # no table goes on here
        self._open = False  # the label above can go on here
        self._whole = self._dropped = self._passed = False

    def add_row(self, line: MaskedLine, row: int) -> None:
        """A line of a table, the title of what follows the tables, or a blank line in a table."""
        if line.kind == BLANK:
            (self._words or self._lines).append(("", row))
            return
        self._settle(line.has_label)
        self._lines.append((line.template, row))
        self._size = len(self._lines)
        self._open = line.is_open or (self._open and not line.has_label)  # behind its values too
        self.closed, self._whole = line.kind == END, False
        self._dropped = self._dropped or self._passed

    def add_sentence(self, row: int) -> None:
        """A line of prose."""
        self._whole = True
        self._settle(True)
        if not self.closed:
            while not self._lines[-1][0]:
                self._lines.pop()
            self._lines.append((SENTENCES, row))
        self.closed = True

    def add_words(self, template: str, row: int) -> None:
        """A line of words that are in no form."""
        self._whole = True
        if self.closed:
            self._passed = bool(self._lines)
        elif self._open:
            self._lines.append((template, row))
            self._size = len(self._lines)
        else:
            self._words.append((template, row))

    def _settle(self, as_any: bool) -> None:
        """Put the last words into the stretch: as any words, or as they are."""
        if self._words:
            self._passed = self._passed or as_any
            self._lines += [(WORDS, self._words[0][1])] if as_any else self._words
            self._size = len(self._lines)
            self._words = []

    def stretch(self) -> Stretch | None:
        """The finished stretch."""
        self._settle(True)
        kept = self._lines[: self._size]
        if not kept:
            return None
        return Stretch("\n".join(line for line, _ in kept), tuple(row for _, row in kept), self._whole, self._dropped)


def recall(text: MaskedText, stretch: Stretch, in_lines: bool) -> list[TableSet] | None:
    """The tables of a stretch that is like one read before; NULL where none was. `in_lines`: places are lines."""
    if not stretch.is_whole or stretch.key not in _known:
        return None
    _known.move_to_end(stretch.key)
    return [_set_of(known, text, stretch.rows, in_lines) for known in _known[stretch.key]]


def _set_of(known: _Set, text: MaskedText, rows: Sequence[int], in_lines: bool) -> TableSet:
    def at(place: Place) -> int:
        return text.offset(rows[place[0]], place[1])

    first = text.firsts[rows[0]]
    printed = [text.numbers[first + number] for number in known.numbers]
    read = [*map(_count, printed), *known.fixed]
    spans = [text.spans[first + number] for number in known.numbers]
    spans += [(at(start), at(end)) for start, end in known.spans]
    names = [f"line {row + 1}" if in_lines else None for row in rows]
    raw, values, status = zip(*map(read.__getitem__, known.order), strict=True)
    starts, ends = zip(*map(spans.__getitem__, known.order), strict=True)
    locators = [names[known.lines[place]] for place in known.order]
    size = len(raw)
    columns = (*known.named, raw, values, known.units, status, (None,) * size, (False,) * size, starts, ends, locators)
    notes = [(at(begin), at(stop), reason) for begin, stop, reason in known.notes]
    return TableSet(Counter(known.slots), Cells(columns), notes, at(known.start), at(known.end))


@lru_cache(maxsize=65_536)
def _count(number: str) -> tuple[str, Decimal, str]:
    """A masked number as it is printed, its value and status, as any slot that holds it reads it."""
    return number, Decimal(number), "reported" if number.strip("0.") else "explicit_zero"


def remember(text: MaskedText, stretch: Stretch, tables: Tables, tokens: Sequence[Token]) -> None:
    """Keep how the tables of a stretch were read, if nothing turned on what their numbers are."""
    if len(stretch.key) > _LONGEST or not stretch.is_whole or tables.notes or not tables.in_rows:
        return
    if not all(map(_is_plain, tables.instances)):
        return
    if all(instance.table.table_id == "disputes" for instance in tables.instances):
        return  # its form is that of the report's year
    if stretch.dropped and any(instance.table.table_id == "statistics" for instance in tables.instances):
        return  # words before the header of statistics can be its
    learner = _Learner(text, stretch, tokens)
    sets = tuple(learner.set_of(table_set) for table_set in tables.sets)
    if None in sets or not learner.numbers_are_cells():
        return
    _known[stretch.key] = tuple(each for each in sets if each is not None)
    if len(_known) > _MOST:
        _known.popitem(last=False)


def count() -> int:
    """How many stretches are known."""
    return len(_known)


@contextmanager
def nothing_known() -> Iterator[None]:
    """Read as in a new process; behind it, what was known before is known again."""
    kept = dict(_known)
    _known.clear()
    try:
        yield
    finally:
        _known.clear()
        _known.update(kept)


def _is_plain(instance: Instance) -> bool:
    """Whether a table has no columns of codes, line numbers or remarks, no runs, and no line was told by its values."""
    told = (
        instance.inferred
        or instance.doubtful
        or instance.alike
        or instance.crowded
        or instance.aside
        or instance.remarks
    )
    stubs = (head.target for _, heads in instance.heads for head in heads if head.role == "stub")
    return not told and not runs_of(instance) and _NUMBERED.isdisjoint(stubs)


class TableReader:
    """The tables of one text, stretch by stretch: recalled, or read from its tokens."""

    def __init__(self, text: MaskedText, *, in_lines: bool) -> None:
        """`in_lines`: the places of cells are lines of the text, not yet those of another file."""
        self._text = text
        self._in_lines = in_lines

    @cached_property
    def _tokens(self) -> list[Token]:
        return self._text.tokens()

    def read(self, first: int, last: int, text: str, year: int | None) -> Tables:
        """The tables among the lines `first` to `last` (exclusive); `text` is the document up to there.

        `year` is the one that the text reports on.
        """
        known = first == 0 and self._text.is_masked  # what stands before a report can frame its first row
        stretch = stretch_of(self._text, first, last) if known else None
        if stretch and (sets := recall(self._text, stretch, self._in_lines)) is not None:
            return Tables(sets, [], [], True)
        begin, end = (bisect_left(self._tokens, row, key=_row) for row in (first, last))
        tokens = self._tokens[begin:end]
        tables = read_tables(tokens, text, year)
        if stretch:
            remember(self._text, stretch, tables, tokens)
        return tables


def _row(token: Token) -> int:
    return token.row


class _Learner:
    """What is kept of one stretch."""

    def __init__(self, text: MaskedText, stretch: Stretch, tokens: Sequence[Token]) -> None:
        self.text = text
        self.lines = {row: line for line, row in enumerate(stretch.rows)}
        self.first, self.last = text.firsts[stretch.rows[0]], text.firsts[stretch.rows[-1] + 1]
        self.numbers = {text.spans[n]: n - self.first for n in range(self.first, self.last)}
        self.free = set(self.numbers)
        self.blanks = {(token.start, token.end) for token in tokens if token.kind == EMPTY}

    def numbers_are_cells(self) -> bool:
        """Whether each number of the stretch was found in a cell."""
        return not self.free

    def set_of(self, table_set: TableSet) -> _Set | None:
        """One printing of the tables, NULL where something is not certain or hangs on numbers."""
        cells = list(table_set.cells)
        places = [self._span(cell.char_start, cell.char_end) for cell in cells]
        lines = [self.lines.get(_line_of(cell)) for cell in cells]
        notes = [(self._span(start, end), reason) for start, end, reason in table_set.notes]
        extent = self._span(table_set.start, table_set.end)
        told = [*places, *(span for span, _ in notes), extent, *lines]
        if not cells or any(each is None for each in told) or not all(map(self._is_certain, cells)):
            return None
        numbered = [n for n, cell in enumerate(cells) if _span_of(cell) in self.numbers]
        fixed = [n for n, cell in enumerate(cells) if _span_of(cell) not in self.numbers]
        ranks = {n: rank for rank, n in enumerate((*numbered, *fixed))}
        columns = Cells.of(cells).columns
        return _Set(
            slots=Counter(table_set.slots),
            named=tuple(columns[:5]),
            units=columns[7],
            numbers=[self.numbers[_span_of(cells[n])] for n in numbered],
            fixed=tuple((cells[n].raw_text, cells[n].value, cells[n].value_status) for n in fixed),
            spans=tuple(span for n in fixed if (span := places[n])),
            lines=tuple(line for n in (*numbered, *fixed) if (line := lines[n]) is not None),
            order=[ranks[n] for n in range(len(cells))],
            notes=tuple((*span, reason) for span, reason in notes if span),
            start=extent[0] if extent else (0, 0),
            end=extent[1] if extent else (0, 0),
        )

    def _is_certain(self, cell: Cell) -> bool:
        """Whether any other number would be read the same way; each number is of one cell."""
        if cell.is_inferred or cell.reason or cell.value_status == "unreadable":
            return False
        span = _span_of(cell)
        if span in self.numbers:
            alone = span in self.free
            self.free.discard(span)
            return alone and (cell.raw_text, cell.value, cell.value_status) == _count(cell.raw_text)
        if cell.value_status == "blank":
            return span in self.blanks and not (cell.slot_id or "").endswith("/total")  # else a number that moved
        return True

    def _span(self, start: int, end: int) -> tuple[Place, Place] | None:
        first, last = self._place(start), self._place(end)
        return (first, last) if first is not None and last is not None else None

    def _place(self, offset: int) -> Place | None:
        row, place = self.text.place(offset)
        return (self.lines[row], place) if row in self.lines else None


def _line_of(cell: Cell) -> int:
    """The number of the text's line on which a cell stands, which is its place before a format names another."""
    return int((cell.locator or "").removeprefix("line ")) - 1


def _span_of(cell: Cell) -> tuple[int, int]:
    return cell.char_start, cell.char_end
