"""What PDFium finds on one page: visible characters and ruled lines, turned upright. Nothing is put together here.

Coordinates are points from the top left corner of the page as it is shown, y downwards. Calls to PDFium cost more than
what is done with the answers, so each is made for all characters or objects at a time, the answers side by side in one array.
"""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from ctypes import Array, addressof, c_float, c_int, c_uint, c_ushort
from itertools import compress, repeat
from typing import Any, Final, NamedTuple

from extract.formats import limits
from extract.formats import pdf_library as pdfium

_THIN: Final = 3.0
_INVISIBLE: Final = (3, 7)  # text render modes: neither filled nor stroked, and clip only
_WHITE: Final = 250
_NESTED: Final = 12
UNMAPPED: Final = "\ufffd"
_BLANKS: Final = frozenset(" \t\r\n\v\f\u00a0\u00ad\u200b\u2002\u2003\u2009\u3000\ufeff\x00")
_MEANINGLESS: Final = re.compile("[\x00-\x1f\ud800-\udfff\ue000-\uf8ff\ufffd-\uffff\U000f0000-\U0010ffff]")
_FOLLOWS: Final = 0.15
_LEVEL: Final = 0.1
_ASKEW: Final = 0.05  # of a quarter turn
_RECTANGLE: Final = 5  # segments of a path that is at most a rectangle

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


class Run(NamedTuple):
    """Characters drawn one after the other on one line: their text and box, and where each begins and ends."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    lefts: Sequence[float]
    rights: Sequence[float]

    def part(self, first: int, last: int) -> Run:
        """Its characters from `first` up to, not with, `last`."""
        lefts, rights = self.lefts[first:last], self.rights[first:last]
        return Run(self.text[first:last], lefts[0], self.top, rights[-1], self.bottom, lefts, rights)

    def single(self) -> list[Run]:
        """Each of its characters for itself."""
        return [self.part(place, place + 1) for place in range(len(self.text))]


class Rule(NamedTuple):
    """A straight line: at `at`, from `first` to `last` along the other axis."""

    at: float
    first: float
    last: float


class Sheet(NamedTuple):
    """A page: its number from 1, size, what is to be read on it, rulings, how many characters are not to be seen."""

    number: int
    width: float
    height: float
    runs: list[Run]
    across: list[Rule]
    down: list[Rule]
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
    """What the objects of a page come to, in the page's own coordinates: left, bottom, right, top."""

    def __init__(self) -> None:
        self.strokes: set[Box] = set()
        self.grounds: list[Box] = []
        self.hiding: dict[int, bool] = {}  # texts that may not be seen: never, or where nothing dark is behind them
        self.images = 0


def read_sheet(document: int, number: int) -> Sheet:
    """The page of that number (from 0). Raises Undecodable beyond a limit, ValueError where it cannot be loaded."""
    page = pdfium.load_page(document, number)
    if not page:
        raise ValueError(f"page {number + 1} cannot be loaded")
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
    across, down = _rules(_shown(turn, drawn.strokes))
    return Sheet(number + 1, turn.width, turn.height, runs, across, down, hidden, drawn.images)


class _Turn:
    """From the page's own coordinates to those of the page as it is shown."""

    def __init__(self, frame: Sequence[float], quarter: int) -> None:
        self.left, self.top, self.right, self.bottom = frame
        self.quarter = quarter
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if quarter % 2 else (wide, high)

    def boxes(self, left: list[float], bottom: list[float], right: list[float], top: list[float]) -> list[list[float]]:
        """Left, top, right and bottom as shown, of as many boxes."""
        if self.quarter == 0:
            return [_from(left, self.left), _to(top, self.top), _from(right, self.left), _to(bottom, self.top)]
        if self.quarter == 1:
            return [_from(bottom, self.bottom), _from(left, self.left), _from(top, self.bottom), _from(right, self.left)]
        if self.quarter == 2:
            return [_to(right, self.right), _from(bottom, self.bottom), _to(left, self.right), _from(top, self.bottom)]
        return [_to(top, self.top), _to(right, self.right), _to(bottom, self.top), _to(left, self.right)]


def _from(values: list[float], origin: float) -> list[float]:
    return [value - origin for value in values] if origin else values


def _to(values: list[float], origin: float) -> list[float]:
    return [origin - value for value in values]


def _shown(turn: _Turn, boxes: Iterable[Box]) -> list[Box]:
    """Left, top, right and bottom as shown, of boxes in the page's own coordinates."""
    columns = [list(column) for column in zip(*boxes, strict=True)]
    return list(zip(*turn.boxes(*columns), strict=True)) if columns else []


def _rules(strokes: Sequence[Box]) -> tuple[list[Rule], list[Rule]]:
    across = [Rule((top + bottom) / 2, left, right) for left, top, right, bottom in strokes if bottom - top <= _THIN]
    down = [Rule((left + right) / 2, top, bottom) for left, top, right, bottom in strokes if right - left <= _THIN]
    return across, down


def _columns(array: Array[Any]) -> tuple[list[Any], list[Any], list[Any], list[Any]]:
    values = array[:]
    return values[::4], values[1::4], values[2::4], values[3::4]


def _call(function: Callable[..., object], *columns: Iterable[Any]) -> None:
    """Call `function` for each row of the columns; what it answers stands elsewhere."""
    deque(map(function, *columns), 0)


def _addresses(array: Array[Any], count: int, size: int, place: int = 0) -> range:
    """Where in `array` the answers for each of `count` stand: `size` bytes apart, `place` bytes from the first."""
    start = addressof(array)
    return range(start + place, start + place + count * size, size)


class _Characters:
    """The characters of a page in the order in which they are drawn; blanks are none."""

    def __init__(self, text: int, turn: _Turn, drawn: _Drawn) -> None:
        self._text, self._turn = text, turn
        count = max(pdfium.count_chars(text), 0)
        limits.check("characters", count)
        every = _marks(text, count)
        self._places: Sequence[int] = [place for place, mark in enumerate(every) if mark not in _BLANKS]
        self._marks = [every[place] for place in self._places]
        self._boxes = self._find_boxes()
        self._count = len(self._marks)
        if drawn.hiding:
            self._leave_out(self._hidden(drawn))
        self._mark_unmapped()

    def _find_boxes(self) -> list[list[float]]:
        count = len(self._places)
        if not count:
            return [[], [], [], []]
        array = (c_float * (4 * count))()
        _call(pdfium.char_box, repeat(self._text), self._places, _addresses(array, count, 16))
        left, top, right, bottom = _columns(array)
        return self._turn.boxes(left, bottom, right, top)

    def _hidden(self, drawn: _Drawn) -> Iterator[bool]:
        """Of each whether it is drawn invisibly, or white with nothing dark behind it."""
        grounds = _shown(self._turn, drawn.grounds)
        for place, (left, top, right, bottom) in zip(self._places, zip(*self._boxes, strict=True), strict=True):
            hiding = drawn.hiding.get(pdfium.char_object(self._text, place))
            x, y = (left + right) / 2, (top + bottom) / 2
            yield hiding is not None and (hiding or not any(l <= x <= r and t <= y <= b for l, t, r, b in grounds))

    def _leave_out(self, which: Iterable[bool]) -> None:
        kept = [not hidden for hidden in which]
        self._places, self._marks = list(compress(self._places, kept)), list(compress(self._marks, kept))
        self._boxes = [list(compress(edges, kept)) for edges in self._boxes]

    def _mark_unmapped(self) -> None:
        """Put a sign that stands for nothing where a character has no meaning."""
        without = map(pdfium.char_has_no_unicode, repeat(self._text), self._places)
        found = {number for number, fault in enumerate(without) if fault == 1}
        if _MEANINGLESS.search("".join(self._marks)):
            found.update(number for number, mark in enumerate(self._marks) if _MEANINGLESS.match(mark))
        for number in found:
            self._marks[number] = UNMAPPED

    def runs(self) -> tuple[list[Run], int]:
        """What is to be seen, and how many characters are not."""
        lefts, tops, rights, bottoms = self._boxes
        runs: list[Run] = []
        seen = 0
        for first, last in self._stretches():
            if self._upright(first):
                seen += last - first
                text, edges = "".join(self._marks[first:last]), (lefts[first:last], rights[first:last])
                runs.append(Run(text, lefts[first], tops[first], rights[last - 1], bottoms[first], *edges))
        return runs, self._count - seen

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """First and last + 1 of the characters that follow each other without a blank, a gap or a step."""
        first, end, height, following = 0, 0.0, 0.0, -1
        for number, (place, left, top, right, bottom) in enumerate(zip(self._places, *self._boxes, strict=True)):
            size = bottom - top
            if place != following or abs(left - end) > _FOLLOWS * size or abs(top - height) > _LEVEL * size:
                if number:
                    yield first, number
                first = number
            end, height, following = right, top, place + 1
        if self._places:
            yield first, len(self._places)

    def _upright(self, number: int) -> bool:
        turns = pdfium.char_angle(self._text, self._places[number]) / (math.pi / 2)
        return abs(turns - round(turns)) < _ASKEW and round(turns) % 4 == -self._turn.quarter % 4


def _marks(text: int, count: int) -> Sequence[str]:
    """Each character of a page's text, those that PDFium made up between words and lines among them."""
    units = (c_ushort * (count + 1))()
    if pdfium.whole_text(text, 0, count, addressof(units)) == count + 1:
        whole = bytes(units)[:-2].decode("utf-16-le", "surrogatepass")
        if len(whole) == count:
            return whole
    codes = list(map(pdfium.char_code, repeat(text), range(count)))
    return [_joined(codes, place) for place in range(count)]


def _joined(codes: list[int], place: int) -> str:
    """The character of a code, or of two that are halves of one, which then stands for the first of them."""
    code = min(codes[place], 0x10FFFF)
    if 0xDC00 <= code < 0xE000 and place and 0xD800 <= codes[place - 1] < 0xDC00:
        return "\0"
    if 0xD800 <= code < 0xDC00 and place + 1 < len(codes) and 0xDC00 <= codes[place + 1] < 0xE000:
        return chr(0x10000 + ((code - 0xD800) << 10) + codes[place + 1] - 0xDC00)
    return chr(code)


def _collect(holder: int, count: Any, get: Any, drawn: _Drawn, matrix: Matrix | None, depth: int) -> None:
    """Add the objects of a page, or of a form drawn on it by `matrix`."""
    items = list(map(get, repeat(holder), range(max(count(holder), 0))))
    segments = list(map(pdfium.count_segments, items))  # -1 of what is no path
    _collect_paths([(item, number) for item, number in zip(items, segments, strict=True) if number > 0], drawn, matrix)
    others = [item for item, number in zip(items, segments, strict=True) if number < 0]
    kinds = list(map(pdfium.object_kind, others))
    _collect_texts([item for item, kind in zip(others, kinds, strict=True) if kind == pdfium.TEXT], drawn)
    drawn.images += kinds.count(pdfium.IMAGE)
    if pdfium.FORM in kinds and depth < _NESTED:
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
    array = (c_uint * (4 * len(items)))()
    addresses = (_addresses(array, len(items), 16, place) for place in (0, 4, 8, 12))
    known = list(map(pdfium.object_color, items, *addresses))
    colors = zip(items, known, *_columns(array), strict=True)
    return [item for item, has, *rgb, alpha in colors if has and (alpha == 0 or min(rgb) >= _WHITE)]


def _collect_paths(paths: list[tuple[int, int]], drawn: _Drawn, matrix: Matrix | None) -> None:
    """Add the straight strokes of paths; a thin filled rectangle is a stroke, a broad one is a ground."""
    if not paths:
        return
    array = (c_float * (4 * len(paths)))()
    addresses = (_addresses(array, len(paths), 16, place) for place in (0, 4, 8, 12))
    _call(pdfium.object_bounds, [item for item, _ in paths], *addresses)
    for (item, segments), box in zip(paths, zip(*_columns(array), strict=True), strict=True):
        left, bottom, right, top = shown = _moved(box, matrix) if matrix else box
        if segments <= _RECTANGLE and (right - left <= _THIN or top - bottom <= _THIN):
            drawn.strokes.add(shown)
        else:
            _add_broad(item, segments, shown, drawn, matrix)


def _add_broad(item: int, segments: int, box: Box, drawn: _Drawn, matrix: Matrix | None) -> None:
    modes = (c_int * 2)()
    pdfium.path_mode(item, addressof(modes), addressof(modes) + 4)
    fill, stroke = modes[:]
    if not fill and not stroke:
        return
    if fill and segments <= _RECTANGLE and not _white([item]):
        drawn.grounds.append(box)
    if stroke or segments > _RECTANGLE:
        for side, closes in _sides(item, segments, _times(_matrix(item), matrix)):
            if side[2] - side[0] <= _THIN or side[3] - side[1] <= _THIN:
                drawn.strokes.add(side)


def _sides(item: int, segments: int, matrix: Matrix) -> Iterator[Box]:
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


def _moved(box: Box, matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)
