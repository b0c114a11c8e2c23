"""Real excerpts in other layouts: every labelled cell is read right or flagged, and nothing is made up."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from composed import Staged, read

NAMES = ("005", "017", "028", "030", "032", "034", "038", "044", "046", "048", "052", "055", "058", "075")
BLANK_FORM = "009"
SLOT_TABLE = Path(__file__).resolve().parents[2] / "extract" / "forms" / "slot.csv"
FORM_OF_GENERATION = {"G4": "national-2021", "G3": "national-2019", "G2": "national-2014"}


@cache
def slot_of_labels() -> dict[tuple[str, str, str, str], str]:
    """(form, section, row path, column path) -> slot_id, without what the labels leave out (group headers, units)."""
    with SLOT_TABLE.open(encoding="utf8", newline="") as rows:
        return {
            (row["form"], row["section"], row["row_path"], column_of(row["column_path"].split("/"))): row["slot_id"]
            for row in csv.DictReader(rows)
            if row["table_id"] != "statistics"
        }


def column_of(path: Sequence[str]) -> str:
    """A column's own label: 申请人情况 and 法人或其他组织 only span columns, and (增/减) is one column."""
    return "/".join(part for part in path if part not in ("申请人情况", "法人或其他组织", "信息内容"))


def staged(shared: Path, name: str) -> Staged:
    return read((shared / "field" / f"{name}.txt").read_bytes())


def labels(shared: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "field" / f"{name}.expected.json").read_text("utf8"))
    return found


def labelled_cells(shared: Path, name: str) -> dict[str, dict[str, Any]]:
    """slot_id -> label; every label must name a slot of the form, and no two the same."""
    expected = labels(shared, name)
    form = FORM_OF_GENERATION.get(expected["generation"], "")
    found: dict[str, dict[str, Any]] = {}
    for cell in expected["cells"]:
        slot = slot_of_labels()[form, cell["section"], "/".join(cell["row_path"]), column_of(cell["col_path"])]
        assert slot not in found, f"labelled twice: {slot}"
        found[slot] = cell
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_labelled_cell_is_read_right_or_flagged_with_a_reason(shared: Path, name: str) -> None:
    read_cells = {cell["slot_id"]: cell for cell in staged(shared, name).cells if cell["slot_id"]}
    faults = {}
    for slot, label in labelled_cells(shared, name).items():
        cell = read_cells.get(slot)
        if cell is None:
            faults[slot] = "lost"
        elif cell["value_status"] == "unreadable":
            if not cell["reason"]:
                faults[slot] = "flagged without a reason"
        elif cell["value"] != (None if label["value"] is None else Decimal(str(label["value"]))):
            faults[slot] = f"{cell['value']} instead of {label['value']}"
        elif label.get("raw", cell["raw_text"]) != cell["raw_text"]:
            faults[slot] = f"raw {cell['raw_text']!r} instead of {label['raw']!r}"
    assert faults == {}


UNREADABLE = {"030": ["national-2019/disclosure/admin_charges/items_net_change"]}
"""Cells that a page prints but does not show: here one value stands where the form has two columns."""


@pytest.mark.parametrize("name", NAMES)
def test_only_a_cell_that_the_page_does_not_show_is_flagged(shared: Path, name: str) -> None:
    flagged = [c["slot_id"] for c in staged(shared, name).cells if c["value_status"] == "unreadable"]
    assert flagged == UNREADABLE.get(name, [])


@pytest.mark.parametrize("name", NAMES)
def test_no_slot_has_a_value_beyond_the_labels(shared: Path, name: str) -> None:
    labelled = labelled_cells(shared, name)
    beyond = {c["slot_id"]: c["value"] for c in staged(shared, name).cells if c["slot_id"] and c["value"] is not None}
    assert {slot: value for slot, value in beyond.items() if slot not in labelled} == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_printed_unit_is_the_labelled_one(shared: Path, name: str) -> None:
    """Labels name a unit only where one is printed; the form's own unit may stand where they name none."""
    units = {cell["slot_id"]: cell["unit"] for cell in staged(shared, name).cells if cell["value"] is not None}
    labelled = {slot: label["unit"] for slot, label in labelled_cells(shared, name).items() if label["unit"]}
    assert {slot: units[slot] for slot in labelled if slot in units} == {
        s: u for s, u in labelled.items() if s in units
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_year_and_the_form_are_the_labelled_ones(shared: Path, name: str) -> None:
    expected, report = labels(shared, name), staged(shared, name).report
    form = FORM_OF_GENERATION[expected["generation"]] if expected["cells"] else "prose"
    assert (report["year"], report["form"]) == (expected["year"], form)


ORGANS = {
    "005": "下管镇人民政府",  # the text names no district above the town
    "017": "开平市沙塘镇人民政府",
    "028": "湖口县大垅乡人民政府",
    "030": "旺苍县林业局",
    "032": "上湾乡人民政府",  # the county stands in the site's address only
    "034": None,  # the bureau stands in the site's address only
    "038": "丰收乡人民政府",  # the text names no county
    "044": None,  # a town of 尼勒克县, which the text does not name
    "046": "绥滨县连生乡人民政府",
    "048": "天门市人民政府办公室",
    "052": "桃江县松木塘镇人民政府",
    "055": "赫章县交通运输局",
    "058": "开平市水利局",
    "075": "沙洋县人民政府",
}
"""What a careful reader can say of the issuer from the text alone."""


@pytest.mark.parametrize("name", NAMES)
def test_the_organ_is_what_the_text_names_and_none_is_invented(shared: Path, name: str) -> None:
    assert staged(shared, name).report["organ_name"] == ORGANS[name]


@pytest.mark.parametrize("name", [name for name in NAMES if ORGANS[name]])
def test_an_organ_of_the_table_above_is_the_tail_of_its_label(shared: Path, name: str) -> None:
    """Guards the table; where the label is open, its note says what stands in the text."""
    expected = labels(shared, name)
    assert str(ORGANS[name]) in (expected["organ"] or expected["organ_note"])


def test_a_blank_form_yields_no_report_and_no_cell(shared: Path) -> None:
    blank = staged(shared, BLANK_FORM)
    assert (blank.document["status"], blank.reports, blank.cells) == ("rejected", [], [])
    assert "blank form" in blank.document["reason"]
