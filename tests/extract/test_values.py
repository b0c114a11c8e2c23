"""The number parser: what stands in a cell, as number, unit and status, or why it is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from composed import REPORT, STATISTICS, line, read, swap

from extract.table.values import parse

NUMBERS = [
    # printed, number, unit
    ("12", "12", None),
    ("007", "7", None),
    ("１２", "12", None),
    ("１２．５", "12.5", None),
    (" 12 ", "12", None),
    ("\u300012\u00a0", "12", None),
    ("1,904", "1904", None),
    ("1，904", "1904", None),
    ("12,345,678", "12345678", None),
    ("113.96万元", "113.96", "万元"),
    ("113.96 万元", "113.96", "万元"),
    ("2601.953875万", "2601.953875", "万"),
    ("152790元", "152790", "元"),
    ("3.2亿元", "3.2", "亿元"),
    ("12件", "12", "件"),
    ("１２件", "12", "件"),
    ("5人次", "5", "人次"),
    ("增1558", "1558", None),
    ("增加12", "12", None),
    ("新增12件", "12", "件"),
    ("减38", "-38", None),
    ("減38", "-38", None),
    ("减少38", "-38", None),
    ("下降4", "-4", None),
    ("+1", "1", None),
    ("＋1", "1", None),
    ("-8", "-8", None),
    ("－8", "-8", None),
    ("−8", "-8", None),
    ("-8.5", "-8.5", None),
    ("-2（取消2项）", "-2", None),
    ("3(新增)", "3", None),
    ("5件（其中网上3件）", "5", "件"),
    ("12（件）", "12", "件"),
    ("净增3", "3", None),
    ("净减3项", "-3", "项"),
    ("￥12,500.00元", "12500", "元"),
    ("¥1.2万元", "1.2", "万元"),
    ("_12_", "12", None),
    ("**_12_**", "12", None),
    ("$12$", "12", None),
    ("61*", "61", None),
    ("45①", "45", None),
    ("12件①", "12", "件"),
    ("1003^①", "1003", None),
    ("1003^1", "1003", None),
    ("7[1]", "7", None),
    ("7[注1]", "7", None),
    ("7注", "7", None),
]

ZEROS = [
    ("0", None),
    ("００", None),
    ("0件", "件"),
    ("0（无变化）", None),
    ("0.00", None),
    ("0万元", "万元"),
    ("-0", None),
    ("零", None),
    ("〇", None),
]

MARKS = ["—", "——", "———", "-", "--", "－", "–", "/", "／", "\\", "无", "無", " / "]

UNREADABLE = [
    # printed, what the reason says
    ("3余件", "not an exact number"),
    ("约3件", "not an exact number"),
    ("近30", "not an exact number"),
    ("20多件", "not an exact number"),
    ("42%", "share"),
    ("42％", "share"),
    ("O", "no number"),
    ("l2", "no number"),
    ("1O", "no number"),
    ("1.2.3", "number"),
    ("1,90", "number"),
    ("19,04", "number"),
    ("1-2", "no number"),
    ("3/4", "no number"),
    ("***", "no number"),
    ("持平", "word"),
    ("123456789012345", "digits"),
    ("0.12345678", "digits"),
]

NOT_VALUES = [
    "",
    "   ",
    "1 904",
    "12 34",
    "规章",
    "2023年",
    "第3项",
    "1.属于国家秘密",
    "(一)予以公开",
    "全年公开12件信息",
    "2023年1月1日",
    "1" * 41,
]


@pytest.mark.parametrize(("printed", "number", "unit"), NUMBERS)
def test_a_number_is_read_with_its_sign_and_unit(printed: str, number: str, unit: str | None) -> None:
    assert parse(printed) == (Decimal(number), unit, "reported", None)


@pytest.mark.parametrize(("printed", "unit"), ZEROS)
def test_a_printed_nought_is_an_explicit_zero(printed: str, unit: str | None) -> None:
    assert parse(printed) == (Decimal(0), unit, "explicit_zero", None)


@pytest.mark.parametrize("printed", MARKS)
def test_a_dash_or_slash_is_not_applicable_and_never_zero(printed: str) -> None:
    assert parse(printed) == (None, None, "not_applicable", None)


@pytest.mark.parametrize(("printed", "reason"), UNREADABLE)
def test_what_only_looks_like_a_number_is_unreadable_with_the_reason(printed: str, reason: str) -> None:
    found = parse(printed)
    assert found is not None
    assert (found.number, found.unit, found.status) == (None, None, "unreadable")
    assert found.reason is not None
    assert reason in found.reason


@pytest.mark.parametrize("printed", NOT_VALUES)
def test_labels_sentences_and_two_numbers_are_no_value(printed: str) -> None:
    assert parse(printed) is None


def test_six_decimals_of_an_amount_survive_staging() -> None:
    page = swap(REPORT, "行政事业性收费 | 1.5 |", "行政事业性收费 | 2601.953875万 |")
    cell = read(page).cell("admin_charges/collected_amount")
    assert (cell["value"], cell["unit"], cell["raw_text"]) == (Decimal("2601.953875"), "万元", "2601.953875万")


AMOUNTS = [
    # printed in the amount column (unit of the form: 万元) -> number, unit
    ("113.96万元", "113.96", "万元"),
    ("152790元", "152790", "元"),
    ("3.5", "3.5", "万元"),
    ("0", "0", "万元"),
]


@pytest.mark.parametrize(("printed", "number", "unit"), AMOUNTS)
def test_an_amount_keeps_the_printed_number_and_unit(printed: str, number: str, unit: str) -> None:
    cell = read(swap(REPORT, "行政事业性收费 | 1.5 |", f"行政事业性收费 | {printed} |")).cell(
        "admin_charges/collected_amount"
    )
    assert (cell["value"], cell["unit"]) == (Decimal(number), unit)


@pytest.mark.parametrize("printed", ["3(减少)", "2022(年度)", "1(二)"])
def test_a_bracket_that_may_change_the_number_or_is_a_numbering_makes_it_no_value(printed: str) -> None:
    assert parse(printed) is None


MISFITS = [
    # printed in a count column -> words of the reason
    ("1.5", "whole number"),
    ("-8", "negative"),
    ("减38", "negative"),
    ("5万元", "count is asked"),
    ("12元", "count is asked"),
]


@pytest.mark.parametrize(("printed", "reason"), MISFITS)
def test_a_number_that_its_column_cannot_hold_is_unreadable(printed: str, reason: str) -> None:
    cell = read(swap(REPORT, "行政许可 | 7 |", f"行政许可 | {printed} |")).cell("licensing/decisions")
    assert (cell["value"], cell["value_status"], cell["raw_text"]) == (None, "unreadable", printed)
    assert reason in cell["reason"]


def test_ten_thousand_as_a_word_counts_in_a_count() -> None:
    page = swap(STATISTICS, "| 条 | 31 |", "| 条 | 1.2万 |")
    cell = read(page).cell("proactive_items_disclosed/value")
    assert (cell["value"], cell["unit"]) == (Decimal(12000), "条")


def test_a_power_of_ten_is_no_number_with_a_note() -> None:
    printed = parse("10^4")
    assert printed is not None and printed.number is None


def test_two_numbers_in_one_cell_are_never_joined_into_one() -> None:
    page = swap(REPORT, "二、上年结转政府信息公开申请数量 | 7 | 0 |", "二、上年结转政府信息公开申请数量 | 1 904 | 0 |")
    read_values = read(page).values("requests")
    carried = {place: value for place, value in read_values.items() if place.startswith("requests_carried_in/")}
    assert carried == line("requests_carried_in", "(unreadable)", "0", "0", "0", "0", "0", "7")  # bars part the others
