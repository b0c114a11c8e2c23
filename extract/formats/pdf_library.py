"""PDFium as this reader calls it: its functions by the shortest way, and one font in place of all that are missing.

No font of the machine is ever looked at. What PDFium says of a character whose font is not in the file depends on the
font it puts there instead, and a character without a glyph is dropped where it stands alone: the same file would read
differently on two machines. So every such font is the one made here, in which all characters are the same box. Only the
14 standard fonts, whose widths a file may leave out, are those that PDFium brings along.
"""

from __future__ import annotations

import ctypes
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from ctypes import c_char_p, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p
from itertools import repeat
from typing import Any, Final

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

_STANDARD: Final = frozenset(
    name.encode()
    for family, styles in {
        "Courier": ("", "-Bold", "-BoldOblique", "-Oblique"),
        "Helvetica": ("", "-Bold", "-BoldOblique", "-Oblique"),
        "Times": ("-Roman", "-Bold", "-BoldItalic", "-Italic"),
        "Symbol": ("",),
        "ZapfDingbats": ("",),
    }.items()
    for name in (family + style for style in styles)
)
_EM: Final = 1000
_BOX: Final = (100, 0, 400, 700)
"""Left, bottom, right, top of every character, of an em of 1000: narrower than any digit, so that no two overlap."""
_ROWS: Final = 1024


def _function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of PDFium. Arguments beyond those declared are numbers or references, which is the shortest way."""
    address = ctypes.cast(getattr(pdfium, name), c_void_p).value
    function: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *arguments)(address or 0)
    return function


load_document = _function("FPDF_LoadMemDocument64", c_void_p, c_char_p, c_size_t, c_char_p)
close_document = _function("FPDF_CloseDocument", None, c_void_p)
last_error = _function("FPDF_GetLastError", c_ulong)
count_pages = _function("FPDF_GetPageCount", c_int, c_void_p)
load_page = _function("FPDF_LoadPage", c_void_p, c_void_p, c_int)
close_page = _function("FPDF_ClosePage", None, c_void_p)
page_frame = _function("FPDF_GetPageBoundingBox", c_int, c_void_p, c_void_p)
page_rotation = _function("FPDFPage_GetRotation", c_int, c_void_p)

load_text = _function("FPDFText_LoadPage", c_void_p, c_void_p)
close_text = _function("FPDFText_ClosePage", None, c_void_p)
count_chars = _function("FPDFText_CountChars", c_int, c_void_p)
whole_text = _function("FPDFText_GetText", c_int, c_void_p, c_int, c_int, c_void_p)
char_code = _function("FPDFText_GetUnicode", c_uint, c_void_p)
char_box = _function("FPDFText_GetLooseCharBox", c_int, c_void_p)
char_has_no_unicode = _function("FPDFText_HasUnicodeMapError", c_int, c_void_p)
char_angle = _function("FPDFText_GetCharAngle", c_float, c_void_p)
char_is_hyphen = _function("FPDFText_IsHyphen", c_int, c_void_p)
char_object = _function("FPDFText_GetTextObject", c_void_p, c_void_p)

count_objects = _function("FPDFPage_CountObjects", c_int, c_void_p)
page_object = _function("FPDFPage_GetObject", c_void_p, c_void_p)
count_form_objects = _function("FPDFFormObj_CountObjects", c_int, c_void_p)
form_object = _function("FPDFFormObj_GetObject", c_void_p, c_void_p, c_size_t)
object_kind = _function("FPDFPageObj_GetType", c_int, c_void_p)
object_bounds = _function("FPDFPageObj_GetBounds", c_int, c_void_p)
object_matrix = _function("FPDFPageObj_GetMatrix", c_int, c_void_p, c_void_p)
object_color = _function("FPDFPageObj_GetFillColor", c_int, c_void_p)
text_mode = _function("FPDFTextObj_GetTextRenderMode", c_int, c_void_p)
path_mode = _function("FPDFPath_GetDrawMode", c_int, c_void_p, c_void_p, c_void_p)
count_segments = _function("FPDFPath_CountSegments", c_int, c_void_p)
path_segment = _function("FPDFPath_GetPathSegment", c_void_p, c_void_p)
segment_point = _function("FPDFPathSegment_GetPoint", c_int, c_void_p, c_void_p, c_void_p)
segment_kind = _function("FPDFPathSegment_GetType", c_int, c_void_p)
segment_closes = _function("FPDFPathSegment_GetClose", c_int, c_void_p)

TEXT: Final = pdfium.FPDF_PAGEOBJ_TEXT
IMAGE: Final = pdfium.FPDF_PAGEOBJ_IMAGE
FORM: Final = pdfium.FPDF_PAGEOBJ_FORM
MOVE: Final = pdfium.FPDF_SEGMENT_MOVETO
LINE: Final = pdfium.FPDF_SEGMENT_LINETO


class Answers:
    """Where PDFium writes four values about each of many things; the same room serves for all of them in turn."""

    def __init__(self, kind: Any, otherwise: int) -> None:
        """Of values of a ctypes kind; `otherwise` stands where it has no answer."""
        room = (kind * (4 * _ROWS))()
        size = ctypes.sizeof(kind)
        self._otherwise = otherwise
        self._values: NDArray[Any] = np.frombuffer(room, kind).reshape(_ROWS, 4)
        self._rows = [ctypes.byref(room, 4 * size * row) for row in range(_ROWS)]
        self._parts = [[ctypes.byref(room, size * (4 * row + part)) for row in range(_ROWS)] for part in range(4)]

    def together(self, function: Callable[..., int], owner: int, numbers: Sequence[int]) -> NDArray[Any]:
        """What `function` writes into one structure about each number, a row each."""
        return self._all(lambda some: map(function, repeat(owner), some, self._rows), numbers)

    def apart(self, function: Callable[..., int], things: Sequence[int]) -> NDArray[Any]:
        """What `function` writes into four places about each thing, a row each."""
        return self._all(lambda some: map(function, some, *self._parts), things)

    def _all(self, asked: Callable[[Sequence[int]], Iterator[int]], things: Sequence[int]) -> NDArray[Any]:
        found = [self._values[:0]]
        for start in range(0, len(things), _ROWS):
            some = things[start : start + _ROWS]
            self._values[: len(some)] = self._otherwise
            deque(asked(some), 0)
            found.append(self._values[: len(some)].copy())
        return np.concatenate(found)


EDGES: Final = Answers(c_float, 0)
COLORS: Final = Answers(c_uint, 1)  # a pattern has no color: neither white nor transparent

ALONE: Final = threading.Lock()
"""Held while a document is read: PDFium serves one thread at a time, and so does the room for its answers."""

_kept: list[Any] = []
"""What PDFium holds on to while it runs."""


def start() -> None:
    """Make PDFium ready, once a process."""
    if _kept:
        return
    pdfium.FPDF_InitLibrary()
    content = _font()
    fonts = pdfium.FPDF_SYSFONTINFO()
    fonts.version = 1
    kinds = dict(fonts._fields_)

    def chosen(_this: Any, *wanted: Any) -> int | None:
        *_, face, _exact = wanted
        return None if ctypes.cast(face, c_char_p).value in _STANDARD else 1

    def written(_this: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        if table:
            return 0  # asked for one table alone; the whole file is table 0
        if size >= len(content):
            ctypes.memmove(buffer, content, len(content))
        return len(content)

    answers: dict[str, Callable[..., Any]] = {
        "Release": lambda _this: None,
        "EnumFonts": lambda _this, _mapper: None,
        "MapFont": chosen,
        "GetFont": lambda _this, _face: None,
        "GetFontData": written,
        "GetFaceName": lambda _this, _font, _buffer, _size: 0,
        "GetFontCharset": lambda _this, _font: 1,
        "DeleteFont": lambda _this, _font: None,
    }
    for name, answer in answers.items():
        setattr(fonts, name, kinds[name](answer))
    pdfium.FPDF_SetSystemFontInfo(fonts)
    _kept.append(fonts)


def _font() -> bytes:
    """A TrueType font of two glyphs: none, and a box that stands for every character (a `cmap` of format 13)."""
    left, bottom, right, top = _BOX
    outline = struct.pack(">5h2H4B", 1, *_BOX, 3, 0, 1, 1, 1, 1)
    outline += struct.pack(">8h", left, 0, right - left, 0, bottom, top - bottom, 0, bottom - top)
    outline += bytes(-len(outline) % 4)
    every = struct.pack(">2H5I", 13, 0, 28, 0, 1, 0, 0x10FFFF) + struct.pack(">I", 1)
    tables = {
        b"cmap": struct.pack(">2H2HI2HI", 0, 2, 3, 1, 20, 3, 10, 20) + every,
        b"glyf": outline,
        b"head": struct.pack(">4I2H2Q4h2H3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *_BOX, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, 880, -120, 0, _EM, left, 0, right, 1, *[0] * 7, 1),
        b"hmtx": struct.pack(">H2h", _EM, left, left),
        b"loca": struct.pack(">3I", 0, 0, len(outline)),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
    }
    at, directory, body = 12 + 16 * len(tables), b"", b""
    for name, table in sorted(tables.items()):
        directory += name + struct.pack(">3I", 0, at + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return struct.pack(">I4H", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64) + directory + body
