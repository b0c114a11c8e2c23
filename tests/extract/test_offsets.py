"""Every cell re-slices: the decoded document between char_start and char_end is what was read."""

from __future__ import annotations

import itertools
from collections import defaultdict
from pathlib import Path
from random import Random

import pytest
from composed import DISPUTES, REPORT, SHANGHAI, STATISTICS, read, swap
from generator import FORMS, LAYOUTS, Style, assemble, random_report, random_style, render
from spans import faults

from extract.stage import read_documents

ROOT = Path(__file__).resolve().parents[2]


def check(contents: list[tuple[bytes, str]]) -> tuple[list[str], int]:
    """Faults of all cells of documents (bytes, their decoded text), and how many cells were looked at."""
    tables = read_documents([(str(number), content) for number, (content, _) in enumerate(contents)])
    documents = [row["document_id"] for row in tables["document"].to_pylist()]
    of_report = {row["report_id"]: row["document_id"] for row in tables["report"].to_pylist()}
    cells = defaultdict(list)
    for cell in tables["cell"].to_pylist():
        cells[of_report[cell["report_id"]]].append(cell)
    found = [
        fault
        for document, (_, text) in zip(documents, contents, strict=True)
        for fault in faults(text, cells[document])
    ]
    return found, tables["cell"].num_rows


def test_every_cell_of_the_seeds_re_slices(shared: Path) -> None:
    contents = [path.read_bytes() for path in sorted((shared / "seeds").glob("0*.txt"))]
    assert check([(content, content.decode()) for content in contents]) == ([], 893)


def test_every_cell_of_the_field_re_slices(shared: Path) -> None:
    contents = [path.read_bytes() for path in sorted((shared / "field").glob("*.txt"))]
    found, cells = check([(content, content.decode()) for content in contents])
    assert (found, cells > 240) == ([], True)


def test_every_cell_of_the_samples_re_slices() -> None:
    contents = {path.name: path.read_bytes() for path in sorted((ROOT / "samples").glob("*.txt"))}
    pages = [
        (content, content.decode("gb18030" if "gb18030" in name else "utf-8-sig")) for name, content in contents.items()
    ]
    found, cells = check(pages)
    assert (found, cells > 1000) == ([], True)


def test_every_cell_of_the_pages_in_other_layouts_re_slices() -> None:
    pages = [path.read_bytes() for path in sorted((Path(__file__).parent / "pages").glob("*.txt"))]
    found, cells = check([(content, content.decode("utf-8-sig")) for content in pages])
    assert (found, cells > 5000) == ([], True)


def random_page(number: int) -> tuple[bytes, str]:
    """A random report in a random layout: every eighth of two reports, newlines, marks, encodings and scripts mixed."""
    rng = Random(number)
    names = list(LAYOUTS)
    reports = [
        render(
            random_report(rng, rng.choice(FORMS), blank_share=rng.choice((0.0, 0.2))),
            names[number % len(names)],
            random_style(rng),
            rng,
        )
        for _ in range(2 if number % 8 == 0 else 1)
    ]
    encoding = ("utf-8", "gb18030")[number % 5 == 0]
    page = assemble(
        reports,
        rng,
        noise=number % 3 == 0,
        newline=("\n", "\r\n")[number % 2],
        encoding=encoding,
        bom=encoding == "utf-8" and number % 4 == 1,
    )
    return page.content, page.text


def test_every_cell_of_random_pages_re_slices() -> None:
    found, cells = check([random_page(number) for number in range(200)])
    assert (found, cells > 15_000) == ([], True)


@pytest.mark.parametrize("script", ["simplified", "traditional", "glossed"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("encoding", "bom"), [("utf-8", False), ("utf-8", True), ("gb18030", False)])
def test_offsets_count_the_characters_of_the_document_itself(
    script: str, newline: str, encoding: str, bom: bool
) -> None:
    """As decoded: with its own newlines and glosses, and without the byte-order mark."""
    rng = Random(11)
    printed = render(random_report(rng, "national-2014"), "pipe_rows", Style(script=script), rng)
    page = assemble([printed], rng, newline=newline, encoding=encoding, bom=bom)
    cells = read(page.content).cells
    assert [page.text[c["char_start"] : c["char_end"]] for c in cells] == [cell.raw for cell in printed.expected]
    assert len(cells) == 58


BLANKS = [
    # page, cell, what is printed before the blank's span, in it, and behind it
    (swap(REPORT, "规章 | 1 | 2 | 3 |", "规章 | 1 |  | 3 |"), "admin_rules/repealed", "规章 | 1 |", "  ", "| 3 |"),
    (swap(REPORT, "规章 | 1 | 2 | 3 |", "规章 || 2 | 3 |"), "admin_rules/issued", "规章 |", "", "| 2 | 3 |"),
    (swap(STATISTICS, "| 件 | 6 |", "| 件 | |"), "requests_received/value", "(一)收到申请数 | 件 |", " ", "|\n1.当面"),
    (swap(SHANGHAI, "04 | 4 | 9 |", "04 | | 9 |"), "service_information_items/period", "04 |", " ", "| 9 |"),
]


@pytest.mark.parametrize(("page", "place", "before", "span", "after"), BLANKS, ids=[case[1] for case in BLANKS])
def test_a_blank_s_span_is_its_empty_slot_between_its_neighbours(
    page: str, place: str, before: str, span: str, after: str
) -> None:
    cell = read(page).cell(place)
    start, end = cell["char_start"], cell["char_end"]
    assert cell["value_status"] == "blank"
    assert (page[:start].endswith(before), page[start:end], page[end:].startswith(after)) == (True, span, True)


def test_blanks_of_one_row_follow_each_other() -> None:
    row = "1 | 2 | 3 | 4 | 10 | 5 | 6 | 7 | 8 | 26 | 9 | 10 | 11 | 12 | 42 |"
    cells = read(swap(REPORT, row, "1 |  |  |  | 10 |  |  |  |  | 26 |  |  |  |  | 42 |")).cells
    spans = [(cell["char_start"], cell["char_end"]) for cell in cells if cell["slot_id"].split("/")[1] == "disputes"]
    assert len(spans) == 15
    assert spans == sorted(spans)
    assert all(one[1] < two[0] for one, two in itertools.pairwise(spans))


def test_an_unreadable_row_points_at_all_of_its_values() -> None:
    page = swap(REPORT, DISPUTES.split("\n")[-2], "3 | 4 | 5 |")
    cells = [cell for cell in read(page).cells if cell["slot_id"].split("/")[1] == "disputes"]
    assert {(cell["value_status"], cell["raw_text"]) for cell in cells} == {("unreadable", "3 | 4 | 5")}
