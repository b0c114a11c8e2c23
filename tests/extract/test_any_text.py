"""Whatever stands in a text or a table, reading ends: nothing is raised, no cell is read twice, none lies elsewhere than it says."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import Any

from generator import FORMS, forms
from hypothesis import given, settings
from hypothesis import strategies as st
from spans import faults

from extract.files.decode import decode
from extract.formats.document import Undecodable
from extract.stage import read_documents

FORM_LABELS = {
    form: [cell.text for table in forms.grid(form) for row in table.rows for cell in row.cells] for form in FORMS
}
FIGURES = (
    "0",
    "1",
    "12",
    "0.5",
    "1,204",
    "１２",
    "-3",
    "增4",
    "—",
    "/",
    "",
    " ",
    "12件",
    "3万元",
    "二十",
    "2021",
    "x",
    "1 2",
    "00",
    "O",
)
NOISE = (
    "一、总体情况",
    "某县水务局2022年政府信息公开工作年度报告",
    "(五)",
    "备注",
    "合计",
    "2022年,我局主动公开政府信息12条。",
    "\ufeff",
    "〃",
    "|",
    "……",
    ":",
)
SEPARATORS = (" | ", "|", "\t", "   ", " ", "", "\n", " |\n", "\n\n", "……", ":", ",", ";")


@st.composite
def lines_of_cells(draw: st.DrawFn) -> list[list[str]]:
    """Rows of labels, figures and noise of one form, in any order."""
    form = draw(st.sampled_from(FORMS))
    piece = st.one_of(
        st.sampled_from(FORM_LABELS[form]), st.sampled_from(FIGURES), st.sampled_from(FIGURES), st.sampled_from(NOISE),
    )  # fmt: skip
    start = draw(st.integers(0, len(FORM_LABELS[form]) - 1))
    run = FORM_LABELS[form][start : start + draw(st.integers(0, 60))]
    values = draw(st.lists(st.sampled_from(FIGURES), min_size=1, max_size=8))
    printed = [[label, *values[: draw(st.integers(0, len(values)))]] for label in run]
    return printed + draw(st.lists(st.lists(piece, max_size=9), max_size=12))


def staged(content: bytes) -> dict[str, list[dict[str, Any]]]:
    return {name: table.to_pylist() for name, table in read_documents([("any", content)]).items()}


def complaints(content: bytes) -> list[str]:
    """What is wrong with what was read of a document, whatever it says."""
    tables = staged(content)
    try:
        text = decode(content).text
    except Undecodable:
        return [] if tables["reject"] and not tables["cell"] else ["a file that cannot be decoded is no reject"]
    found = faults(text, tables["cell"])
    places = Counter((c["report_id"], c["slot_id"], c["part"]) for c in tables["cell"] if c["slot_id"])
    found += [f"{place} is read {times} times" for place, times in places.items() if times > 1]
    for cell in tables["cell"]:
        is_number = cell["value_status"] in ("reported", "explicit_zero")
        if is_number != (cell["value"] is not None) or (cell["value_status"] == "unreadable") != bool(cell["reason"]):
            found.append(f"{cell['cell_id']}: {cell['value']} is {cell['value_status']}, {cell['reason']}")
    if not tables["report"] and not tables["reject"]:
        found.append("no report and no reason")
    return found


@settings(max_examples=150, deadline=None, derandomize=True)
@given(lines_of_cells(), st.sampled_from(SEPARATORS), st.sampled_from(("", "| ", " |", "|||")))
def test_any_order_of_labels_and_figures_is_read_or_refused(rows: list[list[str]], between: str, end: str) -> None:
    text = "\n".join(between.join(row) + end for row in rows)
    assert complaints(text.encode("utf8")) == []


@st.composite
def web_tables(draw: st.DrawFn) -> str:
    """Tables with spans that overlap and leave holes, one inside another."""
    rows = []
    for row in draw(lines_of_cells()):
        spans = [(draw(st.integers(0, 9)), draw(st.integers(0, 9))) for _ in row[:4]] + [(1, 1)] * len(row[4:])
        cells = [
            f'<td colspan="{across}" rowspan="{down}">{escape(text)}</td>'
            for text, (across, down) in zip(row, spans, strict=True)
        ]
        rows.append("<tr>" + "".join(cells) + draw(st.sampled_from(("</tr>", "", "</table><table>"))))
    inner = "".join(rows)
    return draw(
        st.sampled_from(("<table>{}</table>", "<table><tr><td><table>{}</table></td><td>1</td></tr></table>"))
    ).format(inner)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(web_tables())
def test_any_table_of_a_page_is_read_or_refused(body: str) -> None:
    assert complaints(f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()) == []


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert complaints(text.encode("utf8", "surrogatepass")) == []
