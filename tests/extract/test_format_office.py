"""Word, Excel and CSV: what each kind of part is drawn as, and whole reports read back from real files."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random

import docx
import hostile
import openpyxl
import pytest
import xlwt
from generator import FORMS, Report, forms, random_report
from generator.merged import merged

from extract.files.decode import decode
from extract.formats import docx_numbering
from extract.formats.document import Undecodable
from extract.reader import read_document

Grid = list[list[tuple[str | Decimal | int, int, int]]]
"""Rows of cells: what is in them, and the columns and rows they cover."""


def grid_of(form: str, table: forms.Table, report: Report) -> Grid:
    """A table of a report as a grid."""
    return [[(_inside(cell, report), across, down) for cell, across, down in row] for row in merged(form, table)]


def _inside(cell: forms.Cell, report: Report) -> str | Decimal | int:
    if not cell.slot:
        return cell.text.format(year=report.year)
    value = report.values[cell.slot]
    return "" if value is None else value


def heads_of(report: Report) -> list[str]:
    """Title and first sentence of a report."""
    period = f"本报告数据统计期限为{report.year}年1月1日至{report.year}年12月31日。"
    return [f"{report.organ}{report.year}年政府信息公开工作年度报告", "一、总体情况", period]


def placed(grid: Grid) -> list[tuple[int, int, int, int, str | Decimal | int]]:
    """Row, column, last row, last column (from 0) and content of each cell."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row, cells in enumerate(grid):
        column = 0
        for inside, across, down in cells:
            while (row, column) in taken:
                column += 1
            taken |= {(row + y, column + x) for y in range(down) for x in range(across)}
            found.append((row, column, row + down - 1, column + across - 1, inside))
            column += across
    return found


def as_docx(report: Report) -> bytes:
    """The report as Word writes it."""
    document, target = docx.Document(), io.BytesIO()
    for line in heads_of(report):
        document.add_paragraph(line)
    for table in forms.grid(report.form):
        document.add_paragraph(table.title)
        cells = placed(grid_of(report.form, table, report))
        drawn = document.add_table(rows=max(c[2] for c in cells) + 1, cols=max(c[3] for c in cells) + 1)
        for top, left, bottom, right, inside in cells:
            cell = drawn.cell(top, left)
            if (top, left) != (bottom, right):
                cell = cell.merge(drawn.cell(bottom, right))
            cell.text = str(inside) if isinstance(inside, str) else f"{inside:f}"
    document.add_paragraph(report.organ)
    document.save(target)
    return target.getvalue()


def as_xlsx(report: Report) -> bytes:
    """The report as a workbook, a sheet a table."""
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for number, table in enumerate(forms.grid(report.form)):
        sheet = book.create_sheet(f"表{number + 1}")
        lines = [*(heads_of(report) if not number else []), table.title]
        for row, line in enumerate(lines, 1):
            sheet.cell(row, 1, line)
        for top, left, bottom, right, inside in placed(grid_of(report.form, table, report)):
            first = len(lines) + 1
            if inside != "":
                sheet.cell(top + first, left + 1, inside if isinstance(inside, str) else _number(inside))
            if (top, left) != (bottom, right):
                sheet.merge_cells(
                    start_row=top + first, end_row=bottom + first, start_column=left + 1, end_column=right + 1
                )
    book.save(target)
    return target.getvalue()


def _number(value: Decimal | int) -> int | float:
    return int(value) if value == int(value) else float(value)


def as_xls(report: Report) -> bytes:
    """The report as a workbook of the old kind."""
    book, target = xlwt.Workbook(), io.BytesIO()
    for number, table in enumerate(forms.grid(report.form)):
        sheet = book.add_sheet(f"表{number + 1}")
        lines = [*(heads_of(report) if not number else []), table.title]
        for row, line in enumerate(lines):
            sheet.write(row, 0, line)
        for top, left, bottom, right, inside in placed(grid_of(report.form, table, report)):
            value = inside if isinstance(inside, str) else _number(inside)
            sheet.write_merge(top + len(lines), bottom + len(lines), left, right, value)
    book.save(target)
    return target.getvalue()


def as_csv(report: Report) -> bytes:
    """The report as Excel saves it: every record as wide as the widest, what is merged in its first cell."""
    records = [[line] for line in heads_of(report)]
    for table in forms.grid(report.form):
        cells = placed(grid_of(report.form, table, report))
        rows = [[""] * (max(c[3] for c in cells) + 1) for _ in range(max(c[2] for c in cells) + 1)]
        for top, left, _, _, inside in cells:
            rows[top][left] = str(inside) if isinstance(inside, str) else f"{inside:f}"
        records += [[table.title], *rows]
    width = max(map(len, records))
    target = io.StringIO()
    csv.writer(target).writerows([*record, *[""] * (width - len(record))] for record in records)
    return target.getvalue().encode("gb18030")


def status_of(value: Decimal | None) -> str:
    """What a cell with that value is."""
    return "blank" if value is None else "reported" if value else "explicit_zero"


WRITERS: list[Callable[[Report], bytes]] = [as_docx, as_xlsx, as_xls]


@pytest.mark.parametrize("blanks", [0, 0.2])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("write", WRITERS)
def test_a_whole_report_is_read_back(write: Callable[[Report], bytes], form: str, blanks: float) -> None:
    for seed in range(4):
        report = random_report(Random(seed), form, blank_share=blanks)
        reading = read_document(write(report))
        assert reading.rejects == []
        assert [(r.organ_name, r.year, r.form) for r in reading.reports] == [(report.organ, report.year, form)]
        cells = {cell.slot_id: (cell.value, cell.value_status) for cell in reading.reports[0].cells}
        assert cells == {slot: (value, status_of(value)) for slot, value in report.values.items()}, f"seed {seed}"
        assert len(reading.reports[0].cells) == len(report.values)


@pytest.mark.parametrize("form", FORMS)
def test_a_csv_file_has_no_merged_cells_and_gives_no_wrong_value(form: str) -> None:
    for seed in range(4):
        report = random_report(Random(seed), form)
        reading = read_document(as_csv(report))
        assert [(r.organ_name, r.year, r.form) for r in reading.reports] == [(report.organ, report.year, form)]
        cells = {c.slot_id: c.value for c in reading.reports[0].cells if c.value_status != "unreadable"}
        assert cells == report.values


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_a_report_that_libreoffice_saved_is_read_back(kind: str, tmp_path: Path) -> None:
    report = random_report(Random(3), "national-2021", blank_share=0.1)
    (tmp_path / "report.docx").write_bytes(as_docx(report))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "report.docx"], check=True, capture_output=True)
    reading = read_document((tmp_path / f"report.{kind}").read_bytes())
    assert [(r.organ_name, r.year, r.form) for r in reading.reports] == [(report.organ, report.year, report.form)]
    cells = {cell.slot_id: (cell.value, cell.value_status) for cell in reading.reports[0].cells}
    assert cells == {slot: (value, status_of(value)) for slot, value in report.values.items()}


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str) -> str:
    """The text drawn of a document with that body."""
    part = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return decode(hostile.with_part(hostile.sound_docx(), "word/document.xml", part.encode())).text


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{run('规')}{run('章')}</w:p>", "规章\n"),
        (f"<w:p>{run('规')}<w:r><w:br/></w:r>{run('章')}</w:p>", "规\n章\n"),
        (
            f"<w:p>{run('规')}<w:del><w:r><w:t>9</w:t><w:delText>9</w:delText></w:r></w:del><w:ins>{run('章')}</w:ins></w:p>",
            "规章\n",
        ),
        (
            f"<w:p>{run('规')}{run('9', '<w:vanish/>')}{run('章', '<w:vanish w:val=&quot;0&quot;/>'.replace('&quot;', chr(34)))}</w:p>",
            "规章\n",
        ),
        (f"<w:sdt><w:sdtContent><w:p>{run('规章')}</w:p></w:sdtContent></w:sdt>", "规章\n"),
        (
            f"<w:p><w:r><w:pict><w:txbxContent><w:p>{run('3')}</w:p></w:txbxContent></w:pict></w:r>{run('规章')}</w:p>",
            "规章\n3\n",
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{run('规章')}</w:p></w:tc><w:tc><w:p>{run('1')}</w:p><w:p>{run('2')}</w:p></w:tc></w:tr></w:tbl>",
            "| 规章 | 1 / 2 |\n",
        ),
    ],
)
def test_a_word_document_is_drawn_as_it_shows(body: str, text: str) -> None:
    assert word(body) == text


def listed(paragraphs: list[tuple[str, str]], styles: str = "", own: str = "") -> str:
    """The text drawn of paragraphs, each with its properties.

    List 1 numbers 一、 (一) 1. and list 2 anew from 5, list 3 has bullets, list 4 its `own` levels.
    """
    kinds = (("chineseCountingThousand", "%1、"), ("japaneseCounting", "(%2)"), ("decimal", "%3."))
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(kinds)
    )
    bullet = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>'
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="8">{bullet}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{anew}</w:num>'
        f'<w:abstractNum w:abstractNumId="9">{own}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num></w:numbering>'
    )
    body = "".join(f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>" for text, properties in paragraphs)
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/numbering.xml": numbering,
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
    }
    content = hostile.sound_docx()
    for name, part in parts.items():
        content = hostile.with_part(content, name, part.encode())
    return decode(content).text


def at(level: int, number: int = 1) -> str:
    """The properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_paragraphs_of_a_list_have_the_numbers_that_word_shows() -> None:
    paragraphs = [
        ("总体情况", at(0)),
        ("主动公开", at(1)),
        ("依申请公开", at(1)),
        ("国家秘密", at(2)),
        ("无编号", at(0, 0)),
        ("主动公开政府信息情况", at(0)),
        ("规章", at(1)),
        ("要点", at(0, 3)),
        ("其他", at(0, 2)),
        ("附件", ""),
    ]
    shown = "一、总体情况 (一)主动公开 (二)依申请公开 1.国家秘密 无编号 二、主动公开政府信息情况 (一)规章 要点 五、其他 附件"
    assert listed(paragraphs).split() == shown.split()


def test_a_list_that_begins_beyond_all_letters_is_numbered_in_digits() -> None:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="2000000000"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/></w:lvl>'
    )
    assert listed([("甲", at(0, 4))], own=level) == "2000000000)甲\n"


def test_a_list_by_style_counts_on_and_a_figure_gets_no_number() -> None:
    based = (
        '<w:style w:styleId="b"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    styles = f'<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>{based}'
    paragraphs = [
        (text, f'<w:pStyle w:val="{style}"/>') for text, style in (("甲", "a"), ("乙", "b"), ("12", "a"), ("丙", "a"))
    ]
    assert listed(paragraphs, styles).split() == ["一、甲", "(一)乙", "12", "三、丙"]


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "100"}),
        ("decimalEnclosedCircleChinese", {1: "①", 20: "⑳", 21: "21"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa"}),
        ("upperRoman", {4: "IV", 9: "IX", 14: "XIV", 44: "XLIV"}),
        ("decimalFullWidth", {12: "１２"}),
    ],
)
def test_kinds_of_digits(kind: str, numbers: dict[int, str]) -> None:
    assert {number: docx_numbering.KINDS[kind](number) for number in numbers} == numbers


def sheet(rows: str) -> str:
    """The text drawn of a sheet with those rows."""
    part = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    return decode(hostile.with_part(hostile.sound_xlsx(), "xl/worksheets/sheet1.xml", part.encode())).text


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ('<c r="B2"><v>5</v></c><c r="D2"><v>0.10000000000000001</v></c>', "| 5 |  | 0.1 |"),
        (
            '<c r="B2"><v>12345678901234</v></c><c r="C2"><v>2601.9538750000002</v></c>',
            "| 12345678901234 | 2601.953875 |",
        ),
        ('<c r="B2" t="e"><f>A1/0</f><v>#DIV/0!</v></c><c r="C2"><f>SUM(A1:A3)</f></c>', "| #DIV/0! | =SUM(A1:A3) |"),
        ('<c r="B2" t="str"><f>A1</f><v>规章</v></c><c r="C2" t="b"><v>1</v></c>', "| 规章 | TRUE |"),
        (
            '<c r="B2" t="inlineStr"><is><r><t>规</t></r><r><t>章</t></r><rPh><t>x</t></rPh></is></c><c r="C2" t="str"><v>3</v></c>',
            "| 规章 | 3 |",
        ),
    ],
)
def test_a_cell_is_drawn_as_it_is_stored(cells: str, text: str) -> None:
    assert sheet(f'<row r="2">{cells}</row>').splitlines()[1] == text


def test_a_hidden_sheet_is_left_out_and_places_name_sheet_and_cell() -> None:
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "年报"
    book.active["B3"], book.active["C3"] = "规章", 7
    book.create_sheet("旧").sheet_state = "hidden"
    book["旧"]["A1"] = 9
    book.save(target)
    document = decode(target.getvalue())
    assert document.text == "年报\n| 规章 | 7 |\n"
    assert document.place(document.text.index("7")) == "年报!C3"


REFUSED = [
    (
        hostile.with_part(hostile.sound_docx(), "word/document.xml", b"<!DOCTYPE x [<!ENTITY b '1'>]><x>&b;</x>"),
        "document type",
    ),
    (hostile.with_part(hostile.sound_docx(), "word/document.xml", b"<x"), "no sound XML"),
    (hostile.with_part(hostile.sound_docx(), "word/document.xml", hostile.zlib_bomb(300_000_000)), "limit"),
    (hostile.sound_docx()[:3000], "zip archive"),
    (
        hostile.with_part(
            hostile.sound_xlsx(),
            "xl/worksheets/sheet1.xml",
            b'<worksheet><sheetData><row><c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>',
        ),
        "table_width",
    ),
]


@pytest.mark.parametrize(("content", "reason"), REFUSED)
def test_a_hostile_office_file_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Undecodable, match=reason):
        decode(content)


def test_a_comma_in_prose_makes_no_csv_file() -> None:
    text = "规章,行政规范性文件,行政许可。\n本年,收到申请3件,答复3件。\n其中,予以公开2件。\n四,无\n"
    assert decode(text.encode()).media_type == "text/plain"
