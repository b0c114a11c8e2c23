"""Runs of characters to lines, lines to the text of a cell or to paragraphs. No ruling and no file is known here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from extract.formats.pdf_page import UNMAPPED, Run

_SPACE: Final = 0.3
_DOUBLED: Final = 0.3
_LEVEL: Final = 0.45
_WIDE: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_WORD: Final = re.compile(r"[\x21-\x7e]+|.")
_CLOSING: Final = "，。、；：！？）》”’」』】〕,.;:!?)%"
_ENDING: Final = "。！？；：.!?;:"
_BEGINNING: Final = re.compile(r"[(（]?(?:[一二三四五六七八九十]+|\d+)[)）、.．]|第[一二三四五六七八九十百\d]+[条章节]")
_LONG: Final = 0.75
_SPACING: Final = 2.0
_INDENT: Final = 3.0
_PADDING: Final = 12.0


def find_lines(runs: Sequence[Run]) -> list[Run]:
    """The lines from top to bottom, each as one run; a character printed twice for boldness stands once."""
    if len(runs) < 2:
        return [*runs]
    rows: list[list[Run]] = []
    middle = height = 0.0
    for run in sorted(runs, key=lambda run: run.top + run.bottom):
        here = (run.top + run.bottom) / 2
        if rows and here - middle <= _LEVEL * min(run.bottom - run.top, height):
            rows[-1].append(run)
        else:
            rows.append([run])
            middle, height = here, run.bottom - run.top
    return [_line(row) for row in rows]


def _line(row: list[Run]) -> Run:
    if len(row) == 1:
        return row[0]
    row.sort(key=lambda run: (run.left, run.right))
    if any(other.left < (one.lefts[one.first + len(one.text) - 1] + one.right) / 2 for one, other in pairwise(row)):
        row = _once(row)
    text = row[0].text
    for one, other in pairwise(row):
        text += (" " if other.left - one.right > _SPACE * (other.bottom - other.top) else "") + other.text
    top, bottom = min(run.top for run in row), max(run.bottom for run in row)
    return Run(text, row[0].left, top, max(run.right for run in row), bottom)


def _once(row: Sequence[Run]) -> list[Run]:
    """Runs that lie over each other as single characters, of which those that are printed twice stand once."""
    kept: list[Run] = []
    for char in sorted((char for run in row for char in run.single()), key=lambda char: (char.left, char.right)):
        near = _DOUBLED * (char.right - char.left)
        if not any(char.text == one.text and char.left - one.left < near for one in kept[-3:]):
            kept.append(char)
    return kept


def cell_text(runs: Sequence[Run], width: float) -> tuple[str, bool]:
    """The lines of a cell as one text, and whether the last of them leaves no room for another character.

    Digits on two lines are one number only where the first line is full; else it cannot be told, which is marked.
    """
    lines = find_lines(runs)
    if not lines:
        return "", False
    text = lines[0].text
    if len(lines) > 1:
        text += "".join(_between(*both, _is_full(both[0], width)) + both[1].text for both in pairwise(lines))
    return text, _is_full(lines[-1], width)


def _is_full(line: Run, width: float) -> bool:
    return line.right - line.left + line.bottom - line.top + _PADDING >= width


def _between(one: Run, other: Run, full: bool) -> str:
    last, first = one.text[-1], other.text[0]
    if last.isdigit() and first.isdigit():
        return "" if full else UNMAPPED
    return " " if last.isascii() and first.isascii() and last.isalpha() and first.isalpha() else ""


def paragraphs(lines: Sequence[Run], right: float, left: float) -> list[list[Run]]:
    """Lines joined where the one above is full, or goes on at the left edge in the midst of a sentence."""
    joined: list[list[Run]] = []
    for line in lines:
        if joined and _continues(joined[-1][-1], line, right, left):
            joined[-1].append(line)
        else:
            joined.append([line])
    return joined


def _continues(one: Run, other: Run, right: float, left: float) -> bool:
    """Whether two lines may be of one paragraph: as high, near, from the left edge on; no columns and no heading."""
    size = max(one.size, 1.0)
    if abs(other.size - size) > 0.2 * size or other.top < one.top or other.top - one.bottom > _SPACING * size:
        return False
    if one.left - left > _INDENT * size or other.left - left > size:
        return False
    if " " in one.text or " " in other.text or _BEGINNING.match(other.text):
        return False
    return _is_out_of_room(one, other, right) or _is_mid_sentence(one, other, right, left)


def _is_out_of_room(one: Run, other: Run, right: float) -> bool:
    """Whether the first word of the other would not have fitted before `right`."""
    size = max(one.size, 1.0)
    word = _WORD.match(other.text)
    length = sum(1.0 if _WIDE.match(mark) else 0.55 for mark in word.group()) if word else 1.0
    following = other.text[word.end() :][:2] if word else ""
    length += sum(mark in _CLOSING for mark in following)
    return right - one.right < (length + 0.3) * size


def _is_mid_sentence(one: Run, other: Run, right: float, left: float) -> bool:
    """Whether a long line stops before its sentence does.

    Programs that measure a font otherwise than it is drawn break their lines early.
    """
    if one.right - left < _LONG * (right - left):
        return False
    return one.text[-1] not in _ENDING and not (one.text[-1].isdigit() and other.text[0].isdigit())


def join(lines: Sequence[Run]) -> str:
    """The lines of a paragraph as one text."""
    text = lines[0].text
    for one, other in pairwise(lines):
        both = one.text[-1].isascii() and other.text[0].isascii()
        text += (" " if both and one.text[-1].isalpha() and other.text[0].isalpha() else "") + other.text
    return text
