"""Random consistent reports, printed in every layout and style and read back: the reader returns the same report."""

from __future__ import annotations

from hashlib import sha256
from random import Random

from generator import FORMS, LAYOUTS, Document, Style, assemble, random_report, random_style, render
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extract.stage import read_documents

SEEDS = st.integers(0, 2**32)
ENCODINGS = st.sampled_from(["utf-8", "gb18030"])
NEWLINES = st.sampled_from(["\n", "\r\n"])


def read_back(document: Document) -> list[tuple[tuple[object, ...], list[tuple[object, ...]]]]:
    """(organ, year, form) and the cells (slot, value, status, raw, unit) of each report that the reader finds."""
    tables = read_documents([("page.txt", document.content)])
    assert {row["document_id"] for row in tables["document"].to_pylist()} == {sha256(document.content).hexdigest()}
    cells = tables["cell"].to_pylist()
    return [
        (
            (report["organ_name"], report["year"], report["form"]),
            [
                (cell["slot_id"], cell["value"], cell["value_status"], cell["raw_text"], cell["unit"])
                for cell in cells
                if cell["report_id"] == report["report_id"]
            ],
        )
        for report in sorted(tables["report"].to_pylist(), key=lambda row: row["ordinal"])
    ]


def as_printed(document: Document) -> list[tuple[tuple[object, ...], list[tuple[object, ...]]]]:
    """The same of what was printed."""
    return [
        (
            (printed.report.organ, printed.report.year, printed.report.form),
            [(cell.slot_id, cell.value, cell.value_status, cell.raw, cell.unit) for cell in printed.expected],
        )
        for printed in document.reports
    ]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMS), st.sampled_from(list(LAYOUTS)), SEEDS, ENCODINGS, NEWLINES)
def test_a_full_report_is_read_back_in_any_layout_and_style(
    form: str, layout: str, seed: int, encoding: str, newline: str
) -> None:
    rng = Random(seed)
    printed = render(random_report(rng, form), layout, random_style(rng), rng)
    document = assemble([printed], rng, noise=rng.random() < 0.5, newline=newline, encoding=encoding)
    assert read_back(document) == as_printed(document)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(FORMS), st.sampled_from(list(LAYOUTS)), SEEDS)
def test_with_empty_and_dashed_cells_nothing_is_misread_and_nothing_lost(form: str, layout: str, seed: int) -> None:
    rng = Random(seed)
    printed = render(random_report(rng, form, blank_share=0.2), layout, random_style(rng), rng)
    document = assemble([printed], rng)
    [(identity, expected)] = as_printed(document)
    [(found, cells)] = read_back(document)
    assert found == identity
    assert [cell[0] for cell in cells] == [cell[0] for cell in expected]
    for cell, true in zip(cells, expected, strict=True):
        assert cell[2] == "unreadable" or cell == true


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FORMS), st.sampled_from(list(LAYOUTS))), min_size=2, max_size=4), SEEDS)
def test_several_reports_in_one_file_are_told_apart(kinds: list[tuple[str, str]], seed: int) -> None:
    rng = Random(seed)
    reports = [render(random_report(rng, form), layout, Style(prose=rng.random() < 0.5), rng) for form, layout in kinds]
    assume(len({(each.report.organ, each.report.year) for each in reports}) == len(reports))  # else it is one report
    document = assemble(reports, rng, noise=True, bom=rng.random() < 0.5)
    assert read_back(document) == as_printed(document)
