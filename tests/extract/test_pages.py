"""Pages in layouts that copying and pasting produces, each with what a careful reader would write down from it.

``pages.jsonl`` names organ, year and form of each report of a page, its cells (slot without the form -> number, NULL
where nothing is printed), how many cells print 0, and how many may stay unreadable because the page does not show which
column a number stands in.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from extract.reader import Report, read_document

HERE = Path(__file__).parent
LINES_NOT_FOUND = re.compile(r"^\w+ table of [\w-]+: \d+ of \d+ cells read; lines not found")
PAGES: list[dict[str, Any]] = [json.loads(line) for line in (HERE / "pages.jsonl").read_text("utf8").splitlines()]


def cells_of(report: Report) -> dict[str, Any]:
    """Cells by slot, without the form, and part."""
    return {
        (cell.slot_id or "").partition("/")[2] + (f"#{cell.part}" if cell.part else ""): cell
        for cell in report.cells
        if cell.slot_id
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["page"])
def test_a_page_is_read_as_a_careful_reader_would(page: dict[str, Any]) -> None:
    reports = read_document((HERE / "pages" / f"{page['page']}.txt").read_bytes()).reports
    heads = [(report.organ_name, report.year, report.form) for report in reports]
    assert heads == [(want["organ"], want["year"], want["form"]) for want in page["reports"]]
    for report, want in zip(reports, page["reports"], strict=True):
        read = {slot: cell for slot, cell in cells_of(report).items() if cell.value_status != "unreadable"}
        values = {slot: None if cell.value is None else float(cell.value) for slot, cell in read.items()}
        other = {slot: value for slot, value in values.items() if value != 0 and want["cells"].get(slot) != value}
        assert other == {}, "read what is not printed"
        zeros = sum(value == 0 for value in values.values())
        assert zeros <= want["zeros"]
        unread = len(cells_of(report)) - len(read)
        assert unread == want["unreadable"], [c.reason for c in report.cells if c.value_status == "unreadable"][:3]
        if unread == 0:
            assert set(want["cells"]) <= set(values), "lost cells"
            assert zeros == want["zeros"]


REMARKED = [page for page in PAGES if any("loose" in report for report in page["reports"])]


@pytest.mark.parametrize("page", REMARKED, ids=lambda page: page["page"])
def test_the_numbers_of_a_column_of_remarks_are_kept_under_its_header_and_its_words_are_noted(
    page: dict[str, Any],
) -> None:
    text = (HERE / "pages" / f"{page['page']}.txt").read_text("utf8")
    (report,) = read_document(text.encode()).reports
    (want,) = page["reports"]
    loose = [[c.row_path, c.column_path, c.raw_text] for c in report.cells if c.slot_id is None]
    places = [text[c.char_start : c.char_end] for c in report.cells if c.slot_id is None]
    assert loose == want["loose"]
    assert places == [printed for *_, printed in want["loose"]]
    notes = [text[start:end] for start, end, reason in report.notes if not LINES_NOT_FOUND.search(reason)]
    assert notes == want["noted"]


def test_the_pages_hold_reports_and_pages_that_are_none() -> None:
    assert sum(len(page["reports"]) for page in PAGES) > 60
    assert sum(not page["reports"] for page in PAGES) > 5
