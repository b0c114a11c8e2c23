"""What PDFium finds on one page: visible characters and ruled lines, turned upright. Nothing is put together here.

Coordinates are points from the top left corner of the page as it is shown, y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from extract.formats import limits

_THIN: Final = 3.0
_INVISIBLE: Final = (3, 7)  # text render modes: neither filled nor stroked, and clip only
_WHITE: Final = 250
_NESTED: Final = 12
_UNMAPPED: Final = "\ufffd"
_BLANKS: Final = frozenset(" \t\r\n\v\f\u00a0\u00ad\u200b\u2002\u2003\u2009\u3000\ufeff\x00")


class Char(NamedTuple):
    """A character and its box; `run` numbers the strings as they were drawn, in which each follows the last."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    run: int


class Rule(NamedTuple):
    """A straight line: at `at`, from `first` to `last` along the other axis."""

    at: float
    first: float
    last: float


class Sheet(NamedTuple):
    """A page: its number from 1, size, characters, rulings, and what was left out."""

    number: int
    width: float
    height: float
    chars: list[Char]
    across: list[Rule]
    down: list[Rule]
    unmapped: int
    hidden: int
    images: int


class _Drawn(NamedTuple):
    boxes: list[tuple[float, float, float, float]]  # left, bottom, right, top of each stroke
    fills: list[tuple[float, float, float, float]]
    hides: list[bool]
    images: list[int]


def read_sheet(document: Any, number: int) -> Sheet:
    """The page of that number (from 0). Raises Undecodable beyond a limit, ValueError where it cannot be loaded."""
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        raise ValueError(f"page {number + 1} cannot be loaded")
    try:
        frame = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, byref(frame))
        turn = _Turn(frame, pdfium.FPDFPage_GetRotation(page))
        drawn = _Drawn([], [], [], [])
        _collect(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, drawn, (1, 0, 0, 1, 0, 0), 0)
        text = pdfium.FPDFText_LoadPage(page)
        try:
            found = _characters(text, turn, drawn)
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(page)
    boxes = [turn.box(*box) for box in drawn.boxes]
    across = [Rule((t + b) / 2, left, right) for left, t, right, b in boxes if b - t <= _THIN]
    down = [Rule((left + right) / 2, t, b) for left, t, right, b in boxes if right - left <= _THIN]
    chars, unmapped, hidden = found
    return Sheet(number + 1, turn.width, turn.height, chars, across, down, unmapped, hidden, len(drawn.images))


class _Turn:
    """From the page's own coordinates to those of the page as it is shown."""

    def __init__(self, frame: Any, quarter: int) -> None:
        self.frame, self.quarter = frame, quarter
        wide, high = frame.right - frame.left, frame.top - frame.bottom
        self.width, self.height = (high, wide) if quarter % 2 else (wide, high)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as shown."""
        frame = self.frame
        if self.quarter == 0:
            return left - frame.left, frame.top - top, right - frame.left, frame.top - bottom
        if self.quarter == 1:
            return bottom - frame.bottom, left - frame.left, top - frame.bottom, right - frame.left
        if self.quarter == 2:
            return frame.right - right, bottom - frame.bottom, frame.right - left, top - frame.bottom
        return frame.top - top, frame.right - right, frame.top - bottom, frame.right - left


def _characters(text: Any, turn: _Turn, drawn: _Drawn) -> tuple[list[Char], int, int]:
    """The visible characters, how many carry no Unicode, and how many are not visible."""
    count = pdfium.FPDFText_CountChars(text)
    limits.check("characters", max(count, 0))
    rect, chars, run = pdfium.FS_RECTF(), [], 0
    unmapped = hidden = 0
    hiding, pointer = any(drawn.hides), byref(rect)
    box, code_of, faulty = (
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_HasUnicodeMapError,
    )
    upright, straight = -turn.quarter % 4, True
    last: tuple[float, float, float] = (0.0, 0.0, 0.0)
    for index in range(count):
        mark = chr(min(code_of(text, index), 0x10FFFF))
        if mark in _BLANKS:
            run += 1
            continue
        box(text, index, pointer)
        left, top, right, bottom = turn.box(rect.left, rect.bottom, rect.right, rect.top)
        size = bottom - top
        if not (abs(left - last[0]) <= 0.15 * size and abs(top - last[1]) <= 0.1 * size):
            run += 1
            straight = _quarter(pdfium.FPDFText_GetCharAngle(text, index)) == upright % 4
        last = (right, top, size)
        if not straight:
            hidden += 1
            continue
        if hiding and _hidden(text, index, rect, drawn):
            hidden += 1
            continue
        if faulty(text, index) == 1 or _is_private(mark):
            unmapped += 1
            mark = _UNMAPPED
        chars.append(Char(mark, left, top, right, bottom, run))
    return chars, unmapped, hidden


def _is_private(mark: str) -> bool:
    return "\ue000" <= mark <= "\uf8ff" or mark >= "\U000f0000" or mark < " " or mark in "\ufffe\uffff\ufffd"


def _quarter(angle: float) -> int | None:
    turns = angle / (math.pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) < 0.05 else None


def _hidden(text: Any, index: int, rect: Any, drawn: _Drawn) -> bool:
    """Whether the character is drawn invisibly, or white with nothing dark behind it."""
    item = pdfium.FPDFText_GetTextObject(text, index)
    if not item or not _hides(item):
        return False
    if pdfium.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE:
        return True
    x, y = (rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2
    return not any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in drawn.fills)


def _hides(item: Any) -> bool:
    if pdfium.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE:
        return True
    return _is_white(item)


def _is_white(item: Any) -> bool:
    red, green, blue, alpha = (c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item, byref(red), byref(green), byref(blue), byref(alpha)):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE


Matrix = tuple[float, float, float, float, float, float]


def _collect(holder: Any, count: Any, get: Any, drawn: _Drawn, matrix: Matrix, depth: int) -> None:
    for number in range(count(holder)):
        item = get(holder, number)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _path(item, drawn, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            drawn.hides.append(_hides(item))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn.images.append(number)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _NESTED:
            own = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(item, byref(own))
            inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
            _collect(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, drawn, inner, depth + 1)


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _path(item: Any, drawn: _Drawn, matrix: Matrix) -> None:
    """Add the straight strokes of a path; a thin filled rectangle is a stroke, a broad one is a ground."""
    fill, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(item, byref(fill), byref(stroke))
    if not fill.value and not stroke.value:
        return
    edges = [c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *map(byref, edges))
    left, bottom, right, top = _moved([e.value for e in edges], matrix)
    segments = pdfium.FPDFPath_CountSegments(item)
    if segments <= 5 and min(right - left, top - bottom) <= _THIN:
        drawn.boxes.append((left, bottom, right, top))
        return
    if not stroke.value and segments <= 5:
        if not _is_white(item):
            drawn.fills.append((left, bottom, right, top))
        return
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, byref(own))
    whole = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    for box, closed in _strokes(item, segments, whole):
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            drawn.boxes.append(box)
        elif closed:
            drawn.fills.append(box)


def _moved(box: list[float], matrix: Matrix) -> tuple[float, float, float, float]:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)


def _strokes(item: Any, segments: int, matrix: Matrix) -> Iterator[tuple[tuple[float, float, float, float], bool]]:
    """The boxes of the straight segments of a path."""
    start = point = (0.0, 0.0)
    x, y = c_float(), c_float()
    for number in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        here = (x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield _moved([*point, *here], matrix), False
        point = here
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield _moved([*point, *start], matrix), False
            point = start
