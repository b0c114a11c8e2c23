"""The five real documents that were read by hand: the reader stages their 893 table cells, and nothing else."""

from __future__ import annotations

import json
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from extract.stage import read_documents

NAMES = (
    "000_a31b0d5c01279589.txt",
    "001_1d4dd3ae0346d0fe.txt",
    "002_96c85236d91434a5.txt",
    "003_86e617660de5ffcf.txt",
    "004_8d6c56f005146382.txt",
)

# Truth and page differ in what they call a unit, and the page is right: (slot, unit in the truth) -> (the printed line,
# the unit printed in it). test_each_exception_is_still_printed fails where the page no longer bears that out.
UNIT_EXCEPTIONS = {
    ("national-2014/statistics/normative_documents_disclosed/value", "件"): ("其中:主动公开规范性文件数", "条"),
    ("local-zhejiang/statistics/proactive_disclosures_channel_total/value", "条 (mixed)"): ("一、主动公开数量", "条"),
}


class Seeds(NamedTuple):
    """Labelled observations and staged rows; staged rows carry the name of their file."""

    truth: list[dict[str, Any]]
    reports: list[dict[str, Any]]
    cells: list[dict[str, Any]]
    texts: dict[str, str]


@pytest.fixture(scope="module")
def seeds(shared: Path) -> Seeds:
    contents = {name: (shared / "seeds" / name).read_bytes() for name in NAMES}
    names = {sha256(content).hexdigest(): name for name, content in contents.items()}
    tables = read_documents(list(contents.items()))
    reports = [{**row, "file": names[row["document_id"]]} for row in tables["report"].to_pylist()]
    of_report = {row["report_id"]: row for row in reports}
    cells = [{"report": of_report[row["report_id"]], **row} for row in tables["cell"].to_pylist()]
    truth = [json.loads(row) for row in (shared / "seeds" / "truth.jsonl").read_text("utf8").splitlines()]
    return Seeds(truth, reports, cells, {name: content.decode() for name, content in contents.items()})


def of_tables(truth: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in truth if row["source"] == "table"]


def printed_unit(row: dict[str, Any]) -> str:
    return UNIT_EXCEPTIONS.get((row["slot_id"], row["unit"]), ("", row["unit"]))[1]


@pytest.mark.parametrize("name", NAMES)
def test_the_staged_cells_are_the_labelled_ones_and_no_others(seeds: Seeds, name: str) -> None:
    labelled = [
        (
            row["organ"], row["year"], row["form"], row["slot_id"],
            None if row["value"] is None else Decimal(str(row["value"])), row["value_status"], printed_unit(row), row["raw"] or "",
        )
        for row in of_tables(seeds.truth)
        if row["file"] == name
    ]  # fmt: skip
    staged = [
        (
            cell["report"]["organ_name"], cell["report"]["year"], cell["report"]["form"], cell["slot_id"],
            cell["value"], cell["value_status"], cell["unit"], cell["raw_text"],
        )
        for cell in seeds.cells
        if cell["report"]["file"] == name
    ]  # fmt: skip
    assert sorted(staged, key=str) == sorted(
        [(*row[:4], None if row[4] is None else row[4].quantize(Decimal("0.000001")), *row[5:]) for row in labelled],
        key=str,
    )


def test_the_labels_are_the_893_table_cells_of_six_reports(seeds: Seeds) -> None:
    """Guards the comparison above against a truncated file of labels."""
    rows = of_tables(seeds.truth)
    assert (len(rows), len({row["report_id"] for row in rows})) == (893, 6)


@pytest.mark.parametrize(("key", "printed"), UNIT_EXCEPTIONS.items(), ids=lambda key: str(key[0]))
def test_each_exception_is_still_printed(seeds: Seeds, key: tuple[str, str], printed: tuple[str, str]) -> None:
    slot, unit_in_truth = key
    (row,) = [row for row in of_tables(seeds.truth) if row["slot_id"] == slot]
    assert row["unit"] == unit_in_truth, "the truth agrees with the page now: drop the exception"
    label, unit = printed
    cells = [part.strip() for part in seeds.texts[row["file"]].replace("\n", "|").split("|") if part.strip()]
    place = cells.index(label)
    assert cells[place + 1 : place + 3] == [unit, row["raw"]], "the page no longer prints the unit of the exception"


def test_every_table_report_has_the_labelled_coverage(seeds: Seeds) -> None:
    labelled = {
        (row["file"], row["organ"], row["year"], row["form"], row["coverage"]) for row in of_tables(seeds.truth)
    }
    staged = {
        (r["file"], r["organ_name"], r["year"], r["form"], r["coverage"]) for r in seeds.reports if r["form"] != "prose"
    }
    assert staged == labelled


def test_a_division_code_is_the_labelled_one_or_is_left_open(seeds: Seeds) -> None:
    labelled = {(row["file"], row["year"]): row["organ_division_code"] for row in seeds.truth}
    filled = {(r["file"], r["year"]): r["division_code"] for r in seeds.reports if r["division_code"] is not None}
    assert filled == {key: labelled[key] for key in filled}


def test_every_labelled_report_is_found_once(seeds: Seeds) -> None:
    labelled = {(row["file"], row["organ"], row["year"], row["form"]) for row in seeds.truth}
    staged = [(r["file"], r["organ_name"], r["year"], r["form"]) for r in seeds.reports]
    assert sorted(staged) == sorted(labelled)


def test_the_noise_between_the_reports_of_the_fifth_document_yields_no_cell(seeds: Seeds) -> None:
    """Cells lie inside the printed tables only: between the first and the last labelled line of each."""
    text = seeds.texts[NAMES[4]]
    tables = [
        (text.index("统 计 指 标"), text.index("(三)接受培训人员数") + 40),
        (text.index("一、主动公开数量"), text.index("七、依申请公开收费情况") + 40),
    ]
    cells = [cell for cell in seeds.cells if cell["report"]["file"] == NAMES[4]]
    outside = [c["raw_text"] for c in cells if not any(a <= c["char_start"] <= c["char_end"] <= b for a, b in tables)]
    assert outside == []
