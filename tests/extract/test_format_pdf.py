"""PDF files: whole reports over page breaks, what is no text of a page, and files that are refused."""

from __future__ import annotations

import io
from random import Random

import pytest
from drawn_pdf import FONT, Look, draw, random_look
from generator import FORMS, random_report
from reading_back import compare
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract.files.decode import decode
from extract.formats.document import Undecodable
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
