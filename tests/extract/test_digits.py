"""Cells without any separator: read where they can be cut in one way only, else unreadable; no number is invented."""

from __future__ import annotations

import pytest
from composed import DISCLOSURE, DISPUTES, REPORT, REQUESTS, STATISTICS, TITLE, Staged, read, swap

from extract.table.printed_forms import load_forms
from extract.table.readings import only_reading
from extract.table.unglue import unglue

RULES, OTHERS = "规章 | 1 | 2 | 3 |", "行政规范性文件 | 4 | 5 | 6 |"
RECEIVED = "一、本年新收政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 6 | 21 | ||"
GRANTED = "三、本年度办理结果 | (一)予以公开 | 8 | 2 | 3 | 4 | 5 | 6 | 28 | |"
CASES = "1 | 2 | 3 | 4 | 10 | 5 | 6 | 7 | 8 | 26 | 9 | 10 | 11 | 12 | 42 |"
PLAIN_CASES = "0 | 0 | 0 | 0 | 0 | 3 | 0 | 0 | 0 | 3 | 0 | 0 | 0 | 0 | 0 |"


def glued(page: str) -> str:
    """Every row of the page in one piece."""
    return "\n".join("".join(cell.strip() for cell in row.split("|")) for row in page.split("\n"))


NOT_HELD = "(四)无法提供 | 1.本机关不掌握相关政府信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | |\n"
TOTAL = "(七)总计 | 8 | 2 | 3 | 4 | 5 | 6 | 28 | ||"
FILLED = swap(REPORT, TOTAL, NOT_HELD + TOTAL)
"""Three rows of zeros and no blank cell: the page shows that its office fills every cell."""
FULL = swap(FILLED, CASES, PLAIN_CASES)


def of(page: Staged, line_id: str, table: str = "requests") -> list[str]:
    return [value for place, value in page.values(table).items() if place.startswith(f"{line_id}/")]


def inferred(page: Staged, line_id: str) -> set[bool]:
    places = [place for place in page.values() if place.startswith(f"{line_id}/")]
    return {page.cell(place)["is_inferred"] for place in places}


# Cut in one way only, whatever the page leaves blank.


def test_a_zero_that_no_digit_leads_is_a_cell_of_its_own() -> None:
    page = read(glued(swap(FULL, RULES, "规章 | 0 | 0 | 12 |")))
    assert of(page, "admin_rules", "disclosure") == ["0", "0", "12"]
    assert inferred(page, "admin_rules") == {False}


def test_a_mark_between_digits_is_a_cell_of_its_own() -> None:
    page = read(glued(swap(FULL, RULES, "规章 | 25 | — | 0 |")))
    assert of(page, "admin_rules", "disclosure") == ["25", "(not_applicable)", "0"]


def test_fewer_zeros_than_columns_are_not_shared_out() -> None:
    page = read(glued(swap(FULL, RULES, "规章 | 0 | | 12 |")))
    assert of(page, "admin_rules", "disclosure") == ["(unreadable)"] * 3


def test_one_digit_a_column_is_no_proof_where_nothing_printed_confirms_it() -> None:
    page = read(glued(swap(FULL, RULES, "规章 | 30 |  | 8 |")))
    assert of(page, "admin_rules", "disclosure") == ["(unreadable)"] * 3


# Confirmed by the total of the row.


def test_a_row_whose_total_confirms_one_reading_is_read_and_marked() -> None:
    page = read(glued(FULL))
    assert of(page, "requests_received") == ["1", "2", "3", "4", "5", "6", "21"]
    assert of(page, "requests_disposed_total") == ["8", "2", "3", "4", "5", "6", "28"]
    assert inferred(page, "requests_received") == {True}
    assert inferred(page, "requests_carried_out") == {False}


def test_section_four_is_cut_by_its_three_totals() -> None:
    page = read(glued(swap(FILLED, CASES, "12 | 0 | 0 | 3 | 15 | 1 | 1 | 0 | 0 | 2 | 0 | 0 | 0 | 0 | 0 |")))
    cases = list(page.values("disputes").values())
    assert cases == ["12", "0", "0", "3", "15", "1", "1", "0", "0", "2", *["0"] * 5]
    assert inferred(page, "cases") == {True}


def test_section_four_that_adds_up_with_blank_cells_too_is_unreadable() -> None:
    row = "0 | 12 | 0 | 0 | 12 | 3 | 0 | 0 | 0 | 3 | 0 | 0 | 0 | 0 | 0 |"  # 30, 0, 0, 30 and a blank as well
    assert set(read(glued(swap(FILLED, CASES, row))).values("disputes").values()) == {"(unreadable)"}


@pytest.mark.parametrize(
    "row",
    [
        "一、本年新收政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 6 | 22 | ||",  # no reading adds up
        "一、本年新收政府信息公开申请数量 | 1 | 1 | 1 | 1 | 1 | 1 | 15 | ||",
        "一、本年新收政府信息公开申请数量 | 1 | 11 | 1 | 0 | 0 | 0 | 13 | ||",  # 11, 1, 1 would add up too
    ],
)
def test_a_row_that_no_reading_or_several_fit_is_unreadable(row: str) -> None:
    assert of(read(glued(swap(FULL, RECEIVED, row))), "requests_received") == ["(unreadable)"] * 7


def test_a_page_with_a_blank_cell_shares_out_nothing_that_a_blank_could_shift() -> None:
    page = read(glued(swap(FULL, GRANTED, "三、本年度办理结果 | (一)予以公开 | 8 | | | | | | 8 | |")))
    assert of(page, "granted_full") == ["(unreadable)"] * 7
    assert of(page, "requests_received") == ["(unreadable)"] * 7
    assert of(page, "requests_carried_out") == ["0"] * 7


def test_a_page_whose_row_is_wholly_blank_is_one_with_blanks() -> None:
    page = read(glued(swap(FULL, GRANTED, "三、本年度办理结果 | (一)予以公开 | | | | | | | | |")))
    assert of(page, "requests_received") == ["(unreadable)"] * 7


def test_numbers_between_bars_are_never_cut() -> None:
    page = read(swap(FULL, RULES, "规章 | 0012 | | |"))
    assert of(page, "admin_rules", "disclosure") == ["12", "(blank)", "(blank)"]


SLOTS = [
    slot for slot in load_forms().slots.values() if slot.slot_id.startswith("national-2021/requests/granted_full/")
]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("2000002", ("2", "0", "0", "0", "0", "0", "2")),
        ("120000012", ("12", "0", "0", "0", "0", "0", "12")),
        ("10203006", None),  # 1, 0, 2, 0, 3, 0, 06: no number begins with a zero
        ("0000000", ("0",) * 7),
        ("20—0002", ("2", "0", "—", "0", "0", "0", "2")),
        ("2000003", None),  # adds up in no way
        ("20-50002", None),  # a sign or a mark
        ("123", None),
        ("9" * 40, None),
    ],
)
def test_the_reading_of_a_row_with_a_total(text: str, cells: tuple[str, ...] | None) -> None:
    assert only_reading(text, SLOTS) == cells


def test_a_row_without_a_total_has_no_reading_of_this_kind() -> None:
    slots = [slot for slot in load_forms().slots.values() if "national-2021/disclosure/admin_rules/" in slot.slot_id]
    assert only_reading("308", slots) is None


# Several values of a line that has one column.


def test_numbers_led_by_a_zero_make_all_numbers_of_their_table_doubtful() -> None:
    rows = {"| 31 |": "| 0131 |", "| 4 |": "| 024 |", "| 6 |": "| 106 |"}
    page = TITLE + STATISTICS
    for old, new in rows.items():
        page = swap(page, old, new)
    values = read(glued(page)).values()
    assert values and set(values.values()) == {"(unreadable)"}


def test_one_number_led_by_a_zero_is_alone_doubtful() -> None:
    page = TITLE + STATISTICS
    values = read(glued(swap(page, "| 31 |", "| 018 |"))).values()
    whole = read(page).values()
    assert values == {**whole, "proactive_items_disclosed/value": "(unreadable)"}


def test_a_value_printed_again_for_each_column_it_spans_is_no_large_number() -> None:
    page = FULL
    for one, three in (("行政许可 | 7", "777"), ("行政处罚 | 8", "121212"), ("行政强制 | 9", "999")):
        page = swap(page, one, f"{one.split(' | ')[0]} | {three}")
    page = swap(page, "行政事业性收费 | 1.5", "行政事业性收费 | 333")
    values = read(glued(page)).values("disclosure")
    assert {values[f"{name}/decisions"] for name in ("licensing", "penalty", "coercion")} == {"(unreadable)"}


# A whole table in one piece.


def in_one_piece(page: str) -> str:
    return glued(page).replace("\n", "")


def test_a_row_that_the_form_does_not_have_does_not_hide_the_table() -> None:
    run = "2000002"
    table = swap(REQUESTS, "(七)总计", f"9.属于其他不予公开情形 | {run} |\n(七)总计")
    page = read(TITLE + glued(DISCLOSURE) + "三、收到和处理政府信息公开申请情况\n" + in_one_piece(table) + "\n")
    assert of(page, "requests_carried_out") == ["0"] * 7
    other = [cell for cell in page.cells if (cell["row_path"] or "").startswith("9.属于其他")]
    assert [(cell["slot_id"], cell["value_status"], cell["raw_text"]) for cell in other] == [(None, "unreadable", run)]


def test_a_header_with_letters_and_numbers_of_columns_belongs_to_the_table() -> None:
    text = "指标名称计量单位代码本期实际本年累计甲乙丙12主动公开信息数条0100提供服务类信息数条0400申请总数条1000"
    text += "1.当面申请数条11002.传真申请数条12003.电子邮件申请数条1300"
    pieces = [text[slice(*span)] for span in unglue(text)]
    assert pieces[5:12] == ["甲", "乙", "丙", "12", "主动公开信息数", "条", "0100"]
    assert pieces[-3:] == ["3.电子邮件申请数", "条", "1300"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("行政处罚—行政强制360", ["行政处罚", "—", "行政强制", "360"]),
        ("行政许可—其他对外管理服务事项—第二十条第(六)项", None),
        ("政府集中采购—48744.6133", ["政府集中采购", "—48744.6133"]),
        ("行政处罚-50", ["行政处罚", "-50"]),
        ("行政处罚—-50行政强制3", ["行政处罚", "—-50", "行政强制", "3"]),
        ("政府集中采购2.5713.28", ["政府集中采购", "2.5713.28"]),
        ("规范性文件—本年制发件数", ["规范性文件", "本年制发件数"]),
    ],
)
def test_dashes_and_points_in_one_piece(text: str, pieces: list[str] | None) -> None:
    if pieces is not None:
        assert [text[slice(*span)] for span in unglue(text)] == pieces
    else:
        assert "—" in [text[slice(*span)] for span in unglue(text)]


def test_dashes_without_number_behind_a_label_are_not_blank() -> None:
    page = read(swap(TITLE + DISCLOSURE, "行政处罚 | 8 | ||", "行政处罚 ————"))
    assert page.values("disclosure")["penalty/decisions"] == "(unreadable)"


def test_section_four_below_its_title_alone() -> None:
    title, *header, _ = DISPUTES.rstrip("\n").split("\n")
    page = swap(FULL, "\n".join([title, *header]), title)
    cases = list(read(glued(page)).values("disputes").values())
    assert cases == [*["0"] * 5, "3", "0", "0", "0", "3", *["0"] * 5]
