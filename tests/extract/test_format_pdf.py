"""PDF files: whole reports over page breaks, what is no text of a page, and files that are refused."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from drawn_pdf import FONT, Look, draw, random_look
from generator import FORMS, random_report
from raw_pdf import file_of, narrow_font, shown, stream, to_unicode, wide_font
from reading_back import compare
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extract.files.decode import decode
from extract.formats.document import Document, Undecodable
from extract.reader import read_document
from extract.stage import read_documents


@pytest.mark.parametrize("form", FORMS)
def test_a_whole_report_is_read_back_whatever_its_page_breaks(form: str) -> None:
    for seed in range(6):
        rng = Random(seed)
        report = random_report(rng, form, blank_share=0.2 * (seed % 2))
        look = random_look(rng)
        content, expected = draw(report, look, rng=rng)
        tables = {name: table.to_pylist() for name, table in read_documents([("report.pdf", content)]).items()}
        counts, bad = compare(expected, tables["cell"], tables["reject"], any_report=bool(tables["report"]))
        assert (bad, counts["right"]) == ([], len(expected)), f"seed {seed}, {look}"
        assert [(r["organ_name"], r["year"], r["form"]) for r in tables["report"]] == [
            (report.organ, report.year, form)
        ]


def test_a_cell_names_its_page_and_box() -> None:
    content, _ = draw(random_report(Random(1), "national-2021"), Look())
    cells = read_document(content).reports[0].cells
    assert all(cell.locator is not None and cell.locator.startswith("page ") for cell in cells)
    page, box = cells[0].locator.removeprefix("page ").split(" box ")  # type: ignore[union-attr]
    left, top, right, bottom = map(float, box.split(","))
    assert page == "1" and 0 < left < right < A4[0] and 0 < top < bottom < A4[1]


def written(*pages: list[tuple[float, float, str]], mode: int = 0) -> bytes:
    """A PDF of pages of words at places; `mode` 3 is invisible."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    for page in pages:
        for x, y, words in page:
            text = canvas.beginText(x, y)
            text.setFont(FONT, 12)
            text.setTextRenderMode(mode)
            text.textOut(words)
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def test_page_numbers_and_running_heads_are_left_out() -> None:
    pages = [[(250, 810, "年度报告"), (60, 700, f"第{n}段内容。"), (290, 20, f"- {n} -")] for n in (1, 2, 3)]
    lines = decode(written(*pages)).text.split()
    assert lines == ["年度报告", "第1段内容。", "第2段内容。", "第3段内容。"]


def test_a_glyph_drawn_twice_for_boldness_is_one() -> None:
    assert decode(written([(60, 700, "收到申请1件"), (60.3, 700, "收到申请1件")])).text.strip() == "收到申请1件"


def picture() -> bytes:
    """A PDF of a page that is one image."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    bitmap = b"P6 2 2 255 " + bytes(12)
    canvas.drawImage(ImageReader(io.BytesIO(bitmap)), 0, 0, 500, 700)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def locked() -> bytes:
    """An encrypted PDF."""
    target = io.BytesIO()
    canvas = Canvas(target, encrypt="secret")
    canvas.drawString(72, 700, "1")
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (picture(), "scanned"),
        (written([(60, 700, "收到申请1件")], mode=3), "invisible"),
        (locked(), "encrypted"),
        (written([(60, 700, "甲")])[:400], "damaged|cannot be read"),
        (b"%PDF-1.7\n%%EOF", "damaged|cannot be read"),
        (written(*[[(60, 700, "甲")]] * 601), "limit `pages`"),
    ],
)
def test_a_pdf_without_readable_text_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Undecodable, match=reason):
        decode(content)


LINES = ["收到申请1234567890件", "7", "开"]
ENCODINGS = {
    "UniGB-UCS2-H": "utf-16-be",
    "UniGB-UTF16-H": "utf-16-be",
    "GBK-EUC-H": "gbk",
    "GBKp-EUC-H": "gbk",
    "GB-EUC-H": "gb2312",
}


@pytest.mark.parametrize(("encoding", "codec"), ENCODINGS.items())
@pytest.mark.parametrize("name", ["SimSun", "DejaVuSans", "NoMachineHasThis"])
def test_text_is_the_same_whatever_fonts_the_machine_has(encoding: str, codec: str, name: str) -> None:
    read = [
        decode(file_of(shown([line.encode(codec) for line in LINES]), wide_font(encoding, name=one)))
        for one in (name, "NorThis")
    ]
    assert read[0].text.split() == LINES
    assert read[0].places == read[1].places


def test_glyphs_of_a_character_collection_have_its_meaning() -> None:
    zero = 17  # of Adobe-GB1
    glyphs = b"".join((zero + digit).to_bytes(2, "big") for digit in range(10))
    assert decode(file_of(shown([glyphs]), wide_font("Identity-H"))).text == "0123456789\n"


@pytest.mark.parametrize(
    "font", [narrow_font("/WinAnsiEncoding"), narrow_font("/WinAnsiEncoding", "Helvetica", "Type1")]
)
def test_digits_that_are_drawn_one_by_one_are_one_number(font: bytes) -> None:
    digits = [b"%c" % digit for digit in b"1112220005555"]
    assert decode(file_of(shown(digits, across=6.5, down=0), font)).text == "1112220005555\n"


CODES = list(enumerate("收到申请0123456789件𬭎", 100))


def coded(text: str) -> bytes:
    """The text in codes that only the table of its file explains."""
    return b"".join(code.to_bytes(2, "big") for mark in text for code, one in CODES if one == mark)


def test_the_table_of_a_font_gives_its_characters_also_beyond_16_bits() -> None:
    lines = ["收到申请1234567890件", "7", "申𬭎请1"]
    font = wide_font("Identity-H", "Identity", to_unicode=True)
    assert decode(file_of(shown([*map(coded, lines)]), font, to_unicode(CODES))).text.split() == lines


def test_an_embedded_font_is_read_by_its_table() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    lines = ["Total-1234567890", "7", "éß€Ω"]
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    canvas.setFont("Vera", 12)
    for number, line in enumerate(lines):
        canvas.drawString(60, 700 - 40 * number, line)
    canvas.showPage()
    canvas.save()
    assert decode(target.getvalue()).text.split() == lines


def test_a_digit_that_the_table_of_its_font_lacks_is_not_guessed() -> None:
    font = wide_font("Identity-H", "Identity", to_unicode=True)
    known = [pair for pair in CODES if pair[1] not in "89"]
    blank = b"\0 "  # the code of a glyph like any other
    content = shown([coded("收到申请1件" * 4), coded("18"), coded("1") + blank + coded("1")])
    assert decode(file_of(content, font, to_unicode(known))).text.split() == ["收到申请1件" * 4, "1\ufffd", "1\ufffd1"]


@pytest.mark.parametrize(
    "font",
    [
        wide_font("Identity-H", "Identity"),
        narrow_font("<</Differences[97/g1/g2/g3]>>"),
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97/LastChar 99"
        b"/Widths[500 500 500]/Encoding<</Differences[97/g1/g2/g3]>>/CharProcs<</g1 5 0 R/g2 5 0 R/g3 5 0 R>>>>",
    ],
    ids=["codes of two bytes", "names of glyphs", "drawn glyphs"],
)
def test_a_font_that_says_no_meanings_is_refused(font: bytes) -> None:
    glyph = stream(b"500 0 0 0 400 700 d1 0 0 400 700 re f")
    with pytest.raises(Undecodable, match="carry no Unicode"):
        decode(file_of(shown([b"abcabc"]), font, glyph))


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    content = shown([b"www.a-", b"b.gov.cn"])
    assert decode(file_of(content, narrow_font("/WinAnsiEncoding"))).text.split() == ["www.a-", "b.gov.cn"]


def test_numbers_far_apart_in_one_string_are_two() -> None:
    content = b"BT /F1 12 Tf 60 700 Td [<00310032> -3000 <00330034> 100 <0035>] TJ ET"
    assert decode(file_of(content, wide_font("UniGB-UCS2-H", widths="17 26 500"))).text == "12 345\n"


def test_what_is_neither_filled_nor_stroked_rules_nothing() -> None:
    grid = b"50 690 200 30 re 150 690 100 30 re n 50 690 m 50 720 l 150 720 l 150 690 l n "
    assert "|" not in decode(file_of(grid + shown(["甲乙".encode("utf-16-be")]), wide_font("UniGB-UCS2-H"))).text


TILES = stream(
    b"0 g 0 0 9 9 re f",
    b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<<>>",
)


@pytest.mark.parametrize(
    ("before", "seen"),
    [
        (b"0 g ", True),
        (b"1 g ", False),
        (b"0.2 g 50 690 200 30 re f 1 g ", True),
        (b"0.2 g 0 G 50 690 200 30 re B 1 g ", True),
        (b"1 g 50 690 200 30 re f 1 g ", False),
        (b"/Pattern cs /P1 scn ", True),
    ],
    ids=["black", "white", "white on dark", "white on dark with a frame", "white on white", "a pattern"],
)
def test_white_text_is_read_where_it_can_be_seen(before: bytes, seen: bool) -> None:
    further = shown(["乙".encode("utf-16-be")], top=300)
    content = before + shown(["甲".encode("utf-16-be")]) + b" 0 g " + further
    read = decode(file_of(content, wide_font("UniGB-UCS2-H"), TILES, resources=b"/Pattern<</P1 5 0 R>>")).text.split()
    assert read == (["甲", "乙"] if seen else ["乙"])


WIDE, HIGH = 100, 30
CELLS = [[f"第{row}行{column}列{row * 1111 + column}" for column in range(3)] for row in range(3)]


def sides() -> list[tuple[float, float, float, float]]:
    """The lines of a grid around CELLS whose lower left corner is 0, 0."""
    return [
        *((0, HIGH * row, 3 * WIDE, HIGH * row) for row in range(4)),
        *((WIDE * column, 0, WIDE * column, 3 * HIGH) for column in range(4)),
    ]


def as_lines(canvas: Canvas) -> None:
    for side in sides():
        canvas.line(*side)


def as_dashes(canvas: Canvas) -> None:
    canvas.setDash(1, 2)
    as_lines(canvas)


def as_dots(canvas: Canvas) -> None:
    for left, bottom, right, top in sides():
        for place in range(0, int(right - left + top - bottom), 2):
            x, y = (left + place, bottom) if right > left else (left, bottom + place)
            canvas.rect(x, y, 0.6, 0.6, fill=1, stroke=0)


def as_one_path(canvas: Canvas) -> None:
    path = canvas.beginPath()
    for left, bottom, right, top in sides():
        path.rect(left, bottom, max(right - left, 0.6), max(top - bottom, 0.6))
    canvas.drawPath(path, fill=1, stroke=0)


def as_filled_boxes(canvas: Canvas) -> None:
    canvas.setFillGray(0.9)
    for row in range(3):
        for column in range(3):
            canvas.rect(WIDE * column, HIGH * row, WIDE, HIGH, fill=1, stroke=1)
    canvas.setFillGray(0)


def as_form(canvas: Canvas) -> None:
    canvas.beginForm("grid")
    as_lines(canvas)
    canvas.endForm()
    canvas.doForm("grid")


def as_form_in_form(canvas: Canvas) -> None:
    canvas.beginForm("grid")
    canvas.scale(2, 2)
    as_lines(canvas)
    canvas.endForm()
    canvas.beginForm("smaller")
    canvas.scale(0.5, 0.5)
    canvas.doForm("grid")
    canvas.endForm()
    canvas.doForm("smaller")


RULINGS = [as_lines, as_dashes, as_dots, as_one_path, as_filled_boxes, as_form, as_form_in_form]


def ruled(ruling: Callable[[Canvas], None], quarter: int = 0, **settings: Any) -> bytes:
    """CELLS on a page that is shown turned by so many quarters, 60 points from its left and 400 from its top edge."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, **settings)
    wide, high = reversed(A4) if quarter % 2 else A4  # reportlab turns the page's box too
    canvas.translate(*((0, 0), (wide, 0), (wide, high), (0, high))[quarter])
    canvas.rotate(90 * quarter)
    canvas.translate(60, A4[1] - 400)
    ruling(canvas)
    canvas.setFont(FONT, 10)
    for row, cells in enumerate(CELLS):
        for column, text in enumerate(cells):
            canvas.drawString(WIDE * column + 5, HIGH * (2 - row) + 12, text)
    canvas.setPageRotation(90 * quarter)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def rows_of(document: Document) -> list[list[str]]:
    """The texts of the table rows."""
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in document.text.splitlines()]


@pytest.mark.parametrize("quarter", range(4))
@pytest.mark.parametrize("ruling", RULINGS)
def test_a_ruled_table_is_read_however_it_is_ruled_and_turned(ruling: Callable[[Canvas], None], quarter: int) -> None:
    document = decode(ruled(ruling, quarter))
    assert rows_of(document) == CELLS
    assert document.places is not None
    cells = list(re.finditer(r"[^|\s][^|\n]*", document.text))
    assert len(cells) == sum(map(len, CELLS))
    for number, cell in enumerate(cells):
        place = document.place(cell.start())
        box = [float(edge) for edge in place.removeprefix("page 1 box ").split(",")]
        left, top = 60 + WIDE * (number % 3), 400 + HIGH * (number // 3 - 3)
        assert box == pytest.approx([left, top, left + WIDE, top + HIGH], abs=2)


def test_a_file_that_only_its_owner_may_change_is_read() -> None:
    assert rows_of(decode(ruled(as_lines, encrypt=StandardEncryption("", ownerPassword="secret")))) == CELLS


def test_places_count_from_the_edge_of_what_is_shown_of_a_page() -> None:
    content = shown(["甲".encode("utf-16-be")])
    whole, part = (
        decode(file_of(content, wide_font("UniGB-UCS2-H"), page=page)).place(0)
        for page in (b"", b"/CropBox[20 30 500 760]")
    )
    assert (whole, part) == ("page 1 box 60.0,89.7,72.0,101.7", "page 1 box 40.0,49.7,52.0,61.7")


def test_text_across_the_reading_direction_is_left_out() -> None:
    sideways = b" BT /F1 12 Tf 0 1 -1 0 400 400 Tm <00390039> Tj .7 .7 -.7 .7 200 300 Tm <00380038> Tj ET"
    assert decode(file_of(shown([b"\0001"]) + sideways, wide_font("UniGB-UCS2-H"))).text == "1\n"


def test_characters_that_are_each_drawn_twice_for_boldness_stand_once() -> None:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    canvas.setFont(FONT, 12)
    left = 60.0
    for mark in "收到申请1001件":
        canvas.drawString(left, 700, mark)
        canvas.drawString(left + 0.9, 700, mark)
        left += 6 if mark.isdigit() else 12
    canvas.showPage()
    canvas.save()
    assert decode(target.getvalue()).text == "收到申请1001件\n"


def test_a_page_may_hold_thousands_of_characters_and_strokes() -> None:
    lines = ["".join(str((row * column) % 10) for column in range(60)) for row in range(50)]
    grid = b"".join(b"%d 600 m %d 700 l S " % (place, place) for place in range(2_000))
    content = grid + shown([line.encode() for line in lines], left=10, top=590, down=11)
    text = decode(file_of(content, narrow_font("/WinAnsiEncoding"))).text
    assert text.replace("\n", "") == "".join(lines)


def test_documents_read_by_several_threads_are_read_as_by_one() -> None:
    contents = [written([(60, 700, f"收到申请{number}件")], [(60, 700, "0" * 40)]) for number in range(40)]
    with ThreadPoolExecutor(4) as threads:
        assert [read.text for read in threads.map(decode, contents)] == [decode(each).text for each in contents]


FULL = "本年度" * 15 + "共有"


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (FULL[:46], "收到申请3件。", True),  # one more character would have fitted, two would not
        (FULL[:40], "收到申请3件。", True),  # broken early, but in the midst of a sentence
        (FULL[:39] + "。", "收到申请3件。", False),
        (FULL[:20], "收到申请3件。", False),
        (FULL[:40], "三、收到申请", False),
        (FULL, "三、收到申请", False),
        (FULL[:20] + "  " + FULL[:18], "收到申请3件。", False),
        (FULL[:46], "规章  3", False),
        (FULL[:39] + "1", "3件。", False),
    ],
    ids=[
        "full",
        "broken early",
        "an end of a sentence",
        "a short line",
        "a heading",
        "a heading below",
        "columns",
        "columns below",
        "two numbers",
    ],
)
@pytest.mark.parametrize("apart", [False, True], ids=["one page", "two pages"])
def test_a_sentence_over_two_lines_is_one(one: str, other: str, joined: bool, apart: bool) -> None:
    frame = [(40, 700, FULL), (64, 680, "收到申请共计。"), (40, 300, one)]
    pages = [frame, [(40, 600, other)]] if apart else [[*frame, (40, 285, other)]]
    text = decode(written(*pages)).text
    assert ("\n" + one + ("" if joined else "\n") + other + "\n").replace("  ", " ") in text


def test_an_office_and_a_date_at_the_right_are_lines_of_their_own() -> None:
    lines = [(40, 700, FULL), (520, 660, "某县人民政府"), (520, 640, "2024年1月"), (40, 620, "某局报告")]
    assert decode(written(lines)).text.split() == [line for _, _, line in lines]


def test_rows_without_rulings_are_lines_of_their_own() -> None:
    rows = ["规章 0 0", "行政规范性文件 0 3", "行政许可 12"]
    places: list[tuple[float, float, str]] = [(40, 700, FULL), (64, 680, "情况如下。")]
    for number, row in enumerate(rows):
        label, *values = row.split()
        places += [(40, 660 - 20 * number, label)]
        places += [(544 + 24 * column, 660 - 20 * number, value) for column, value in enumerate(values)]
    assert decode(written(places)).text.splitlines()[2:] == rows
