"""PDF files written object by object: fonts, encodings and pages that reportlab does not write. Reads nothing back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

DESCRIPTOR = (
    b"/FontDescriptor<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[0 -141 1000 859]/Ascent 859/Descent -141"
    b"/StemV 80/ItalicAngle 0/CapHeight 683>>"
)


def file_of(content: bytes, font: bytes, *further: bytes, page: bytes = b"", resources: bytes = b"") -> bytes:
    """A file of one page of 600 x 800 points; the font is F1, `further` objects have the numbers from 5 on."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 %s>>%s>>%s>>"
        % (font, resources, page),
        stream(content),
        *further,
    ]
    written, places = b"%PDF-1.5\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % p for p in places
    )
    return (
        written + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(written))
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def wide_font(
    encoding: str, ordering: str = "GB1", name: str = "SimSun", to_unicode: bool = False, widths: str = ""
) -> bytes:
    """A font of characters of two bytes that is not in the file; its table to Unicode is object 5."""
    return (
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/%s%s/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
        b"/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 2>>/DW 1000/W[%s]%s>>]>>"
    ) % (
        name.encode(),
        encoding.encode(),
        b"/ToUnicode 5 0 R" if to_unicode else b"",
        name.encode(),
        ordering.encode(),
        widths.encode(),
        DESCRIPTOR % name.encode(),
    )


def narrow_font(encoding: str, name: str = "SimSun", kind: str = "TrueType") -> bytes:
    """A font of characters of one byte that is not in the file, each half as wide as high."""
    widths = b"/FirstChar 32/LastChar 126/Widths[%s]" % (b"500 " * 95)
    entries = (kind.encode(), name.encode(), encoding.encode(), widths, DESCRIPTOR % name.encode())
    return b"<</Type/Font/Subtype/%s/BaseFont/%s/Encoding%s%s%s>>" % entries


def to_unicode(characters: Iterable[tuple[int, str]]) -> bytes:
    """A table from codes of two bytes to characters."""
    pairs = [b"<%04x> <%s>\n" % (code, mark.encode("utf-16-be").hex().encode()) for code, mark in characters]
    return stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n1 begincodespacerange "
        b"<0000><ffff> endcodespacerange\n%d beginbfchar\n%sendbfchar endcmap end end" % (len(pairs), b"".join(pairs))
    )


def shown(strings: Sequence[bytes], left: float = 60, top: float = 700, across: float = 0, down: float = 40) -> bytes:
    """Each string as an object of its own, so much further right and down than the one before, 12 points high."""
    places = [(left + across * n, top - down * n, string.hex().encode()) for n, string in enumerate(strings)]
    return b"BT /F1 12 Tf %s ET" % b" ".join(b"1 0 0 1 %g %g Tm <%s> Tj" % place for place in places)
