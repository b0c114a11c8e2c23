"""A line of text to tokens: the pieces between bars and tabs, in reading order, with their places.

Every format becomes text, so all documents make the same tokens. What a token means is classified here (label, value,
unit, ...) because that decides where a run of words is cut; which cell it belongs to is align.py's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import Final, NamedTuple

from extract.table.printed_forms import Entry, bare_key, label_key, load_forms, numbering_of
from extract.table.unglue import unglue
from extract.table.values import MARKS, MOST_DIGITS, UNITS, Printed, parse
from extract.text.script import simplify

EMPTY, VALUE, JUNK, UNIT, LABEL, NOTE, TEXT, PROSE = range(8)
"""Kinds of token. EMPTY: nothing between two bars. JUNK: like a value, but unreadable. NOTE: numbering or a remark in
brackets only. TEXT: short and in no form. PROSE: a sentence."""
BAR_PIECE, _END = -1, -2
"""Kinds of piece that are no token: a bar, and the end of a row that is set with tabs."""

LONGEST_LABEL: Final = 70
"""Characters of the longest label of a form: what is longer is a sentence or a row."""
_SENTENCE: Final = re.compile(r"[。;；!！?？]")
_SEPARATOR: Final = re.compile(r"[|｜¦│┃\t]")
_RULE: Final = re.compile(r"[-=:+─━┌┬┐├┼┤└┴┘]{3,}")
_BARS: Final = "|｜¦│┃"
BAR: Final = re.compile(f"[{_BARS}]")
"""A bar between two cells."""
_RULED: Final = _BARS + "-:+= \t\r"
_PAGE_NUMBER: Final = re.compile(
    r"[\s_]*(?:([-—–―－·•~])+\s*[1-9]\d{0,3}\s*\1+"
    r"|第\s*\d{1,4}\s*页(?:\s*[/,，、]?\s*共\s*\d{1,4}\s*页)?"
    r"|共\s*\d{1,4}\s*页\s*[/,，、]?\s*第\s*\d{1,4}\s*页)[\s_]*"
)
"""A line that is the number of a page, between dashes or in words: what it stands in goes on behind it."""
_LONGEST_PAGE_NUMBER: Final = 24
_GAP: Final = re.compile(r"\s")
_RUNNING: Final = re.compile(r"^[年月日]|[,，。;；]")
_MARKED: Final = re.compile(
    r"[:：…_]\s*(?:[-—–]+|/)(?:[\s…_.;、]*(?:[-—–]+|/))*$|[\u3400-\u9fff)）]\s*[—–]+$"
)  # 自然人:—
_WORDS: Final = re.compile(r"\S+")
_DIGIT: Final = re.compile(r"\d")
_LEADER: Final = re.compile(r"[.…·_]{2,}")  # between a label and its value, or between two values
_JOINED_UNIT: Final = re.compile(r"(\D+?)(\d[\d,]*(?:\.\d+)?|[-—–]+|/)")  # 件0
_MOST_BROKEN: Final = 6  # pieces of a name that spaces break (统 计 指 标)
_LONGEST_NAME: Final = 8
_LONGEST_IN_CELL: Final = 20  # characters of words that stand where a number is asked
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff"
_SPACES: Final = _INVISIBLE + " \t\r\v\f\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


class Token(NamedTuple):
    """One piece of a document; `start` and `end` are code points of the decoded document, `row` its line from 0."""

    text: str
    start: int
    end: int
    row: int
    kind: int


new_token = partial(tuple.__new__, Token)
"""A token from its fields in order, in half the time of Token(...); there is one a cell."""


class Sign(NamedTuple):
    """What the characters of a token can be."""

    kind: int
    key: str
    entries: tuple[Entry, ...]
    printed: Printed | None


@lru_cache(maxsize=65_536)
def read_sign(text: str) -> Sign:
    """Classify the characters of one piece; never looks at its surroundings."""
    lexicon = load_forms().lexicon
    if len(text) > LONGEST_LABEL * 3 and len(text) - text.count(" ") > LONGEST_LABEL * 3:
        return Sign(PROSE, "", (), None)
    key = label_key(text)
    entries = lexicon.get(key) or lexicon.get(bare_key(text)) or ()
    if entries and key:
        return Sign(LABEL, key, entries, None)
    plain = simplify(text).replace(" ", "")
    if plain in UNITS:
        return Sign(UNIT, plain, (), None)
    if not bare_key(text) and any(mark.isalnum() for mark in plain) and not plain[0].isdigit():
        return Sign(NOTE, "", (), None)
    printed = parse(text)
    if printed is not None:
        return Sign(JUNK if printed.status == "unreadable" else VALUE, "", (), printed)
    if not key:
        return Sign(NOTE, "", (), None)
    if len(plain) > LONGEST_LABEL or (len(plain) > 12 and _SENTENCE.search(plain)):
        return Sign(PROSE, key, (), None)
    return Sign(TEXT, key, (), None)


class Piece(NamedTuple):
    """Part of a line, placed from its start: a token, a bar (BAR_PIECE), or the end of a row set with tabs (_END)."""

    kind: int
    text: str
    start: int
    end: int


_piece = partial(tuple.__new__, Piece)


class Line(NamedTuple):
    """The pieces of one line; `framed` says whether it begins and ends with a bar, NULL where it has none."""

    pieces: tuple[Piece, ...]
    framed: bool | None


def _words(piece: str, start: int) -> Iterator[Piece]:
    for match in _WORDS.finditer(piece):
        word, begin = match.group(), start + match.start()
        if _LEADER.fullmatch(word):
            continue
        kind = read_sign(word).kind
        joined = _JOINED_UNIT.fullmatch(word) if kind == TEXT else None
        if joined and simplify(joined[1]) in UNITS:
            yield Piece(UNIT, joined[1], begin, begin + joined.end(1))
            yield Piece(read_sign(joined[2]).kind, joined[2], begin + joined.end(1), begin + len(word))
        else:
            yield Piece(kind, word, begin, begin + len(word))


def _split(piece: str, start: int, kind: int) -> list[Piece]:
    """A piece as it stands, or its words where spaces separate cells (规章 0 0 0)."""
    whole = [Piece(kind, piece, start, start + len(piece))]
    words = list(_words(piece, start)) if _GAP.search(piece) else whole
    if any(before.kind == VALUE and _goes_on(word) for before, word in pairwise(words)):
        return whole
    cells = sum(word.kind in (VALUE, JUNK, UNIT, LABEL) for word in words)
    odd = _ends_marked(piece) or any(word.kind in (TEXT, PROSE) for word in words)
    if kind == TEXT and len(words) > 1 and not _DIGIT.search(piece) and (names := _names(piece, start, words)):
        return names
    if odd and (cut := _unglued(piece, start)):
        return cut
    if cells * 2 < len(words) or (kind == PROSE and cells < 4):
        return whole
    head = 0
    while head < len(words) and words[head].kind in (TEXT, NOTE, LABEL):
        head += 1
    label = piece[: words[head - 1].end - start] if head else ""
    if head > 1 and read_sign(label).kind == LABEL:
        return [Piece(LABEL, label, start, start + len(label)), *words[head:]]
    return words


def _goes_on(word: Piece) -> bool:
    """Whether a word behind a number goes on with a sentence, which sets its numbers apart (收到 32 件,办结 30 件)."""
    goes_on = word.kind in (TEXT, PROSE) and _RUNNING.search(word.text) is not None
    return goes_on and not numbering_of(word.text)  # 0 (二)部分公开(区分处理的,只 begins a row that is cut short


def _names(piece: str, start: int, words: Sequence[Piece]) -> list[Piece]:
    """The names of a header whose cells spaces set apart (统 计 指 标 单位 市本级 县区); none where it is no header.

    A header of two known names or more, the first of them first, may have others: the parts that a province reports.
    """
    found: list[Piece] = []
    place = known = 0
    while place < len(words):
        first = words[place].start - start
        ends = [word.end - start for word in words[place : place + _MOST_BROKEN]]
        stop = next((n for n in range(len(ends), 0, -1) if _is_head(piece[first : ends[n - 1]])), 0)
        known += stop > 0
        text = piece[first : ends[max(stop, 1) - 1]]
        if not known or (not stop and len(simplify(text)) > _LONGEST_NAME):
            return []
        found.append(Piece(LABEL if stop else TEXT, text, start + first, start + first + len(text)))
        place += max(stop, 1)
    return found if known > 1 else []


def _is_head(text: str) -> bool:
    sign = read_sign(text)
    return sign.kind == LABEL and any(entry.role in ("stub", "column") for entry in sign.entries)


def _unglued(piece: str, start: int) -> list[Piece]:
    """The labels and numbers of a piece that prints them without separators (规章000), none where it is no such."""
    spans = [(piece[first:last], start + first, start + last) for first, last in unglue(piece)]
    return [Piece(read_sign(text).kind, text, first, last) for text, first, last in spans]


def _ends_marked(piece: str) -> bool:
    """Whether a mark in place of a number ends a piece, behind a colon or leaders or right behind a word."""
    return piece[-1] in "-—–/" and _MARKED.search(piece) is not None


def _ends_in_value(piece: str) -> bool:
    printed = parse(piece.split()[-1])
    return printed is not None and printed.status != "unreadable"


def _between_bars(piece: str, start: int) -> list[Piece]:
    """What stands between two separators: nothing, one token, or the words of a row set with spaces."""
    bare = piece.strip()
    if bare and (bare[0] in _INVISIBLE or bare[-1] in _INVISIBLE):
        bare = piece.strip(_SPACES)
    if not bare or (len(bare) > 2 and _RULE.fullmatch(bare)):
        return []
    start += piece.index(bare[0])
    if bare.isdecimal() and bare.isascii() and len(bare) <= MOST_DIGITS:  # most cells
        return [_piece((VALUE, bare, start, start + len(bare)))]
    kind = read_sign(bare).kind
    if kind in (TEXT, PROSE) or (
        kind == LABEL and (_ends_marked(bare) or (_GAP.search(bare) and _ends_in_value(bare)))
    ):
        return _split(bare, start, kind)
    return [_piece((kind, bare, start, start + len(bare)))]


def _is_framed(line: str) -> bool:
    bare = line.strip(_SPACES)
    return bare[0] in _BARS and bare[-1] in _BARS and bool(bare.strip(_BARS + _SPACES))


def is_blank_row(line: str) -> bool:
    """Whether a line has two bars or more, the first and the last of its characters, and nothing else."""
    bare = line.strip(_SPACES)
    return len(bare) > 1 and bare[0] in _BARS and bare[-1] in _BARS and not bare.strip(_BARS + _SPACES)


def take_apart(line: str) -> Line:
    """The tokens and bars of one line."""
    pieces: list[Piece] = []
    last = 0
    if "---" in line and not line.strip(_RULED):
        return Line((), None)  # the line under a header in Markdown
    if len(line) <= _LONGEST_PAGE_NUMBER and _PAGE_NUMBER.fullmatch(line):
        return Line((), None)
    for match in _SEPARATOR.finditer(line):
        pieces += _between_bars(line[last : match.start()], last)
        last = match.end()
        if match.group() != "\t" or line[: match.start()].strip(_SPACES):  # tabs before the first word are spaces
            pieces.append(_piece((BAR_PIECE, "", match.start(), last)))
    rest = _between_bars(line[last:], last)
    if not rest and line[last - 1 : last] == "\t" and (len(line.split()) > 1 or line.strip(" ").count("\t") > 1):
        rest = [Piece(_END, "", len(line), len(line))]  # the last cell of the row is empty
    if pieces:  # between bars, a word that stands for an empty cell is one
        pieces, rest = _without_blanks(pieces), _without_blanks(rest)
    framed = _is_framed(line) if BAR.search(line) else None
    pieces = _with_labels_first(pieces) if framed else _without_line_number(pieces, rest)
    return Line(tuple(_with_whole_cells(line, [*pieces, *rest])), framed)


def _without_blanks(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.kind != VALUE or MARKS.get(piece.text) != "blank"]


def _with_labels_first(pieces: list[Piece]) -> list[Piece]:
    """A framed row without the empty cells before its label, which stand under a merged label and are no values.

    A number before the label is the number of the line, as a numbering in brackets is.
    """
    first = next((place for place, piece in enumerate(pieces) if piece.kind != BAR_PIECE), 0)
    if first > 1 and pieces[first].kind in (LABEL, TEXT, NOTE):
        return pieces[first - 1 :]
    words = [piece for piece in pieces if piece.kind != BAR_PIECE]
    if len(words) > 1 and words[0].kind == VALUE and _is_labelled(words[1:]):
        return [piece._replace(kind=NOTE) if piece is words[0] else piece for piece in pieces]
    return pieces


def _without_line_number(pieces: list[Piece], rest: list[Piece]) -> list[Piece]:
    """An unframed row whose first cell is the number of the line: it stands before the label and the values."""
    if len(pieces) < 4 or pieces[0].kind != VALUE or pieces[1].kind != BAR_PIECE or not pieces[0].text.isdecimal():
        return pieces
    words = [piece for piece in (*pieces[1:], *rest) if piece.kind not in (BAR_PIECE, _END)]
    valued = any(word.kind == VALUE for word in words)
    numbered = valued and words[0].kind == LABEL and _is_labelled(words)
    return [pieces[0]._replace(kind=NOTE), *pieces[1:]] if numbered else pieces


def _with_whole_cells(line: str, pieces: list[Piece]) -> list[Piece]:
    """A row whose bars part it into just as many cells as its line has: words in one of them (增3减1) name no row."""
    if all(piece.kind in (VALUE, BAR_PIECE, LABEL) for piece in pieces):  # most rows
        cells = [after.kind for before, after in pairwise(pieces) if before.kind == after.kind == VALUE]
        if not cells:
            return pieces
    label = max((place for place, piece in enumerate(pieces) if piece.kind == LABEL), default=-1)
    widths = _widths(pieces[label].text) if label >= 0 else frozenset()
    cells_of_row = _cells_behind(pieces[label + 1 :])
    if len(cells_of_row) not in widths or not any(_is_value(cell) for cell in cells_of_row):
        return pieces
    found = list(pieces)
    for cell in cells_of_row:
        start, end = cell[0].start, cell[-1].end
        if not _is_value(cell) and end - start <= _LONGEST_IN_CELL:
            place = found.index(cell[0])
            found[place : place + len(cell)] = [Piece(JUNK, line[start:end], start, end)]
    return found


def _is_value(cell: list[Piece]) -> bool:
    return len(cell) == 1 and cell[0].kind in (VALUE, JUNK)


def _cells_behind(pieces: list[Piece]) -> list[list[Piece]]:
    """What stands between the bars behind a label, without the empty cells."""
    if not pieces or pieces[0].kind not in (BAR_PIECE, _END):
        return []
    cells: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.kind in (BAR_PIECE, _END):
            cells.append([])
        else:
            cells[-1].append(piece)
    return [cell for cell in cells if cell]


@lru_cache(maxsize=4096)
def _widths(label: str) -> frozenset[int]:
    """How many cells the lines that a label can be have, of those with several: not lists, which have remarks too."""
    tables = load_forms().tables
    found = [(tables[e.form, e.table_id], e.line) for e in read_sign(label).entries if e.role == "line"]
    widths = (len(table.lines[line].slots) for table, line in found if not table.has_unit_column)
    return frozenset(width for width in widths if width > 1)


def _is_labelled(words: list[Piece]) -> bool:
    """Whether a row begins with the label of a line, or with other words before numbers."""
    if words[0].kind == LABEL:
        return any(entry.role == "line" for entry in read_sign(words[0].text).entries)
    return words[0].kind == TEXT and len(words) > 1 and words[1].kind == VALUE


def is_form_line(piece: Piece | Token) -> bool:
    """Whether a label is that of a line of a printed form."""
    return piece.kind == LABEL and any(entry.role == "line" for entry in read_sign(piece.text).entries)
