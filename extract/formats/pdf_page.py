"""What PDFium finds on one page: visible characters and ruled lines, turned upright. Nothing is put together here.

Coordinates are points from the top left corner of the page as it is shown, y downwards. A call to PDFium costs
more than what is done with its answer, so each is made for all characters or objects in one go.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from ctypes import addressof, c_float, c_int
from itertools import compress, repeat
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.formats import limits
from extract.formats import pdf_library as pdfium
from extract.formats.document import Undecodable

UNMAPPED: Final = "\ufffd"
THIN: Final = 3.0
"""How thick a stroke may be, in points."""
_INVISIBLE: Final = (3, 7)  # text render modes: neither filled nor stroked, and clip only
_WHITE: Final = 250
_NESTED: Final = 12
_RECTANGLE: Final = 5  # segments of a path that is at most a rectangle
_FOLLOWS: Final = 0.15
_LEVEL: Final = 0.1
_ASKEW: Final = 0.05  # of a quarter turn
_BLANKS: Final = np.zeros(0x10000, bool)
_BLANKS[[*map(ord, " \t\r\n\v\f\u00a0\u00ad\u200b\u2002\u2003\u2009\u3000\ufeff\x00")]] = True
_MEANINGLESS: Final = re.compile("[\x01-\x08\x0e-\x1f\ud800-\udfff\ue000-\uf8ff\ufffd-\uffff\U000f0000-\U0010ffff]")

_TAKEN_AWAY: Final = "\x02\ufffe"  # what PDFium gives for a hyphen at the end of a line
_FORMER: Final = range(0xD800, 0xDC00)
_LATTER: Final = range(0xDC00, 0xE000)

Boxes = NDArray[np.float64]
"""One a row: left, bottom, right, top in the page's own coordinates, or left, top, right, bottom as shown."""

Matrix = tuple[float, float, float, float, float, float]


class Run(NamedTuple):
    """Characters beside each other on one line: their text and box.

    Where each of them begins and ends stands in `lefts` and `rights` from `first` on, while it still matters.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    first: int = 0
    lefts: Sequence[float] = ()
    rights: Sequence[float] = ()

    @property
    def size(self) -> float:
        """About the height of its letters, in points."""
        return self.bottom - self.top

    @property
    def edges(self) -> list[tuple[float, float]]:
        """Where each character begins and ends."""
        until = self.first + len(self.text)
        return list(zip(self.lefts[self.first : until], self.rights[self.first : until], strict=True))

    def part(self, begin: int, end: int) -> Run:
        """Its characters from `begin` up to, not with, `end`."""
        left, right = self.lefts[self.first + begin], self.rights[self.first + end - 1]
        first = self.first + begin
        return self._replace(text=self.text[begin:end], left=left, right=right, first=first)

    def single(self) -> list[Run]:
        """Each of its characters for itself."""
        return [self.part(place, place + 1) for place in range(len(self.text))]


class Sheet(NamedTuple):
    """A page: its number from 1, size, text, level and upright strokes, how many characters and images are left out."""

    number: int
    width: float
    height: float
    runs: list[Run]
    strokes: Boxes
    hidden: int
    images: int

    @property
    def drawn(self) -> int:
        """How many characters are to be seen."""
        return sum(len(run.text) for run in self.runs)

    @property
    def unmapped(self) -> int:
        """How many of them have no meaning."""
        return sum(run.text.count(UNMAPPED) for run in self.runs)


class _Drawn:
    """What the objects of a page come to, in the page's own coordinates."""

    def __init__(self) -> None:
        self.strokes: list[Boxes] = []
        self.grounds: list[Sequence[float]] = []
        self.hiding: dict[int, bool] = {}  # texts that may not be seen: never, or where nothing dark is behind them
        self.images = 0


def read_sheet(document: int, number: int) -> Sheet:
    """The page of that number (from 0). Raises Undecodable beyond a limit, or where it cannot be loaded."""
    page = pdfium.load_page(document, number)
    if not page:
        raise Undecodable(f"the PDF cannot be read: page {number + 1} cannot be loaded")
    try:
        frame = (c_float * 4)()
        pdfium.page_frame(page, addressof(frame))
        turn = _Turn(frame[:], pdfium.page_rotation(page))
        drawn = _Drawn()
        _collect(page, pdfium.count_objects, pdfium.page_object, drawn, None, 0)
        text = pdfium.load_text(page)
        try:
            runs, hidden = _Characters(text, turn, drawn).runs()
        finally:
            pdfium.close_text(text)
    finally:
        pdfium.close_page(page)
    strokes = turn.shown(np.concatenate([np.empty((0, 4)), *drawn.strokes]))
    if not np.isfinite(strokes).all():
        strokes = strokes[np.isfinite(strokes).all(axis=1)]
    return Sheet(number + 1, turn.width, turn.height, runs, strokes, hidden, drawn.images)


class _Turn:
    """From the page's own coordinates to those of the page as it is shown."""

    def __init__(self, frame: Sequence[float], quarter: int) -> None:
        left, top, right, bottom = frame
        self.quarter = quarter
        self.width, self.height = (top - bottom, right - left) if quarter % 2 else (right - left, top - bottom)
        # Which edge becomes left, top, right and bottom, whether it changes its direction, and what is 0 there.
        self._edges, *measures = (
            ((0, 3, 2, 1), (1, -1, 1, -1), (-left, top, -left, top)),
            ((1, 0, 3, 2), (1, 1, 1, 1), (-bottom, -left, -bottom, -left)),
            ((2, 1, 0, 3), (-1, 1, -1, 1), (right, -bottom, right, -bottom)),
            ((3, 2, 1, 0), (-1, -1, -1, -1), (top, right, top, right)),
        )[quarter]
        self._signs, self._origins = np.array(measures)

    def shown(self, boxes: Boxes) -> Boxes:
        """Left, top, right and bottom as shown."""
        shown = boxes[:, self._edges]
        shown *= self._signs
        shown += self._origins
        return shown


class _Characters:
    """The characters of a page in the order in which they are drawn; blanks are none."""

    def __init__(self, text: int, turn: _Turn, drawn: _Drawn) -> None:
        self._text, self._turn = text, turn
        count = max(pdfium.count_chars(text), 0)
        limits.check("characters", count)
        codes, self._marks = _marks(text, count)
        self._places = self._find_places(_BLANKS[codes])
        self._boxes = self._find_boxes()
        self._count = len(self._places)
        finite = np.isfinite(self._boxes)
        if not finite.all():
            self._keep(finite.all(axis=1))
        if drawn.hiding and self._count:
            self._keep(np.fromiter(self._seen(drawn), bool))

    def _find_places(self, blank: NDArray[np.bool_]) -> NDArray[np.intp]:
        """The places of what is no blank. A sign that stands for nothing is put where the meaning is not known."""
        places = (~blank).nonzero()[0]
        faults = self._faults(places.tolist())
        if not faults and not _MEANINGLESS.search(self._marks):
            return places
        if faults:  # PDFium then gives the code, which may be that of a blank
            faults += self._faults(blank.nonzero()[0].tolist())
            blank[faults] = False
        marks = list(_MEANINGLESS.sub(UNMAPPED, self._marks))
        for place in faults:
            marks[place] = UNMAPPED
        for place in [place for place, mark in enumerate(self._marks) if mark in _TAKEN_AWAY]:
            if pdfium.char_is_hyphen(self._text, place):
                marks[place] = "-"
        self._marks = "".join(marks)
        return (~blank).nonzero()[0]

    def _faults(self, places: list[int]) -> list[int]:
        """Those of the places at which a font does not say what its glyph means."""
        found = list(map(pdfium.char_has_no_unicode, repeat(self._text), places))
        return [place for place, fault in zip(places, found, strict=True) if fault == 1] if 1 in found else []

    def _find_boxes(self) -> Boxes:
        boxes = pdfium.EDGES.together(pdfium.char_box, self._text, self._places.tolist())
        return self._turn.shown(boxes[:, (0, 3, 2, 1)].astype(np.float64))

    def _keep(self, which: Any) -> None:
        self._places, self._boxes = self._places[which], self._boxes[which]

    def _seen(self, drawn: _Drawn) -> Iterator[bool]:
        """Of each whether it is not drawn invisibly, nor white with nothing dark behind it."""
        grounds = self._turn.shown(np.array(drawn.grounds).reshape(-1, 4)).tolist()
        for place, (left, top, right, bottom) in zip(self._places.tolist(), self._boxes.tolist(), strict=True):
            never = drawn.hiding.get(pdfium.char_object(self._text, place))
            x, y = (left + right) / 2, (top + bottom) / 2
            yield never is None or (not never and any(g[0] <= x <= g[2] and g[1] <= y <= g[3] for g in grounds))

    def runs(self) -> tuple[list[Run], int]:
        """What is to be seen, and how many characters are not."""
        if not len(self._places):
            return [], self._count
        firsts, places = self._firsts(), self._places.tolist()
        ends = [*firsts[1:], len(places)]
        lefts, rights = self._boxes[:, 0].tolist(), self._boxes[:, 2].tolist()
        texts = [self._marks[places[first] : places[end - 1] + 1] for first, end in zip(firsts, ends, strict=True)]
        left, top, _, bottom = self._boxes[firsts].T.tolist()
        right = [rights[end - 1] for end in ends]
        columns = (texts, left, top, right, bottom, firsts, [lefts] * len(texts), [rights] * len(texts))
        runs = list(map(Run._make, zip(*columns, strict=True)))
        upright = self._upright(firsts)
        if not all(upright):
            runs = list(compress(runs, upright))
        return runs, self._count - sum(len(run.text) for run in runs)

    def _firsts(self) -> list[int]:
        """The numbers of the characters that do not follow the one before: behind a blank, a gap or a step."""
        left, top, right, bottom = self._boxes.T
        size = (bottom - top)[1:]
        follows = self._places[1:] - self._places[:-1] == 1
        follows &= np.abs(left[1:] - right[:-1]) <= _FOLLOWS * size
        follows &= np.abs(top[1:] - top[:-1]) <= _LEVEL * size
        return [0, *((~follows).nonzero()[0] + 1).tolist()]

    def _upright(self, numbers: list[int]) -> list[bool]:
        places = self._places[numbers].tolist()
        angles = list(map(pdfium.char_angle, repeat(self._text), places))
        if not any(angles):
            return [self._turn.quarter == 0] * len(angles)
        quarters = [angle / (math.pi / 2) for angle in angles]
        straight = -self._turn.quarter % 4
        return [abs(turns - round(turns)) < _ASKEW and round(turns) % 4 == straight for turns in quarters]


def _marks(text: int, count: int) -> tuple[NDArray[np.uint16], str]:
    """The characters of a page's text, those that PDFium made up between words and lines among them.

    As codes, in which one beyond 16 bits is none that matters here, and as a text of as many characters.
    """
    units = np.zeros(count + 1, np.uint16)
    if pdfium.whole_text(text, 0, count, units.ctypes.data) == count + 1:
        whole = units[:count].tobytes().decode("utf-16-le", "surrogatepass")
        if len(whole) == count:
            return units[:count], whole
    codes = list(map(pdfium.char_code, repeat(text), range(count)))
    whole = "".join(_joined(codes, place) for place in range(count))
    return np.array([min(ord(mark), 0xFFFF) for mark in whole], np.uint16), whole


def _joined(codes: list[int], place: int) -> str:
    """The character of a code, or of two that are halves of one, which then stands for the first of them."""
    code = min(codes[place], 0x10FFFF)
    if code in _LATTER and place and codes[place - 1] in _FORMER:
        return "\0"
    if code in _FORMER and place + 1 < len(codes) and codes[place + 1] in _LATTER:
        return chr(0x10000 + ((code - _FORMER.start) << 10) + codes[place + 1] - _LATTER.start)
    return chr(code)


def _collect(holder: int, count: Any, get: Any, drawn: _Drawn, matrix: Matrix | None, depth: int) -> None:
    """Add the objects of a page, or of a form drawn on it by `matrix`."""
    items = list(map(get, repeat(holder), range(max(count(holder), 0))))
    segments = list(map(pdfium.count_segments, items))  # -1 of what is no path
    simple = [item for item, number in zip(items, segments, strict=True) if 0 < number <= _RECTANGLE]
    others = [item for item, number in zip(items, segments, strict=True) if number < 0]
    _collect_simple(simple, drawn, matrix)
    if len(simple) + len(others) < len(items):
        for item, number in zip(items, segments, strict=True):
            if number > _RECTANGLE:
                _collect_sides(item, number, drawn, matrix)
    kinds = list(map(pdfium.object_kind, others))
    _collect_texts([item for item, kind in zip(others, kinds, strict=True) if kind == pdfium.TEXT], drawn)
    drawn.images += kinds.count(pdfium.IMAGE)
    if depth < _NESTED:
        for form in (item for item, kind in zip(others, kinds, strict=True) if kind == pdfium.FORM):
            inner = _times(_matrix(form), matrix)
            _collect(form, pdfium.count_form_objects, pdfium.form_object, drawn, inner, depth + 1)


def _collect_texts(items: list[int], drawn: _Drawn) -> None:
    """Note what is drawn invisibly or white."""
    drawn.hiding.update((item, True) for item in items if pdfium.text_mode(item) in _INVISIBLE)
    drawn.hiding.update((item, False) for item in _white(items) if item not in drawn.hiding)


def _white(items: list[int]) -> list[int]:
    """Those that are filled with white or with nothing."""
    if not items:
        return []
    red, green, blue, alpha = pdfium.COLORS.apart(pdfium.object_color, items).T
    white = (red >= _WHITE) & (green >= _WHITE) & (blue >= _WHITE)
    return list(compress(items, white | (alpha == 0))) if white.any() or not alpha.all() else []


def _collect_simple(paths: list[int], drawn: _Drawn, matrix: Matrix | None) -> None:
    """Add paths that are a line or a rectangle; a thin filled rectangle is a stroke, a broad one is a ground."""
    if not paths:
        return
    boxes = pdfium.EDGES.apart(pdfium.object_bounds, paths).astype(np.float64)
    if matrix:
        boxes = np.array([_moved(box, matrix) for box in boxes.tolist()])
    broad = (boxes[:, 2] - boxes[:, 0] > THIN) & (boxes[:, 3] - boxes[:, 1] > THIN)
    drawn.strokes.append(boxes[~broad] if broad.any() else boxes)
    for number in broad.nonzero()[0].tolist():
        fills, strokes = _ways(paths[number])
        if fills and not _white([paths[number]]):
            drawn.grounds.append(boxes[number].tolist())
        if strokes:
            _collect_sides(paths[number], pdfium.count_segments(paths[number]), drawn, matrix)


def _collect_sides(item: int, segments: int, drawn: _Drawn, matrix: Matrix | None) -> None:
    """Add the level and the upright sides of a path."""
    if any(_ways(item)):
        sides = list(_sides(item, segments, _times(_matrix(item), matrix)))
        drawn.strokes.append(np.array(sides, np.float64).reshape(-1, 4))


def _ways(item: int) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is stroked."""
    modes = (c_int * 2)()
    pdfium.path_mode(item, addressof(modes), addressof(modes) + 4)
    return bool(modes[0]), bool(modes[1])


def _sides(item: int, segments: int, matrix: Matrix) -> Iterator[tuple[float, ...]]:
    """The boxes of the straight segments of a path."""
    start = point = (0.0, 0.0)
    place = (c_float * 2)()
    for number in range(segments):
        segment = pdfium.path_segment(item, number)
        pdfium.segment_point(segment, addressof(place), addressof(place) + 4)
        here = (place[0], place[1])
        kind = pdfium.segment_kind(segment)
        if kind == pdfium.MOVE:
            start = here
        elif kind == pdfium.LINE:
            yield _moved((*point, *here), matrix)
        point = here
        if pdfium.segment_closes(segment):
            yield _moved((*point, *start), matrix)
            point = start


def _matrix(item: int) -> Matrix:
    values = (c_float * 6)()
    pdfium.object_matrix(item, addressof(values))
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def _times(one: Matrix, two: Matrix | None) -> Matrix:
    if two is None:
        return one
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(box: Sequence[float], matrix: Matrix) -> tuple[float, ...]:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)
