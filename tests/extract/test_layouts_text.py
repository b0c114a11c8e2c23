"""Tables whose cells are told apart by place, or by nothing at all: read where the page shows it, else unreadable."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from composed import DISCLOSURE, REPORT, REQUESTS, STATISTICS, TITLE, line, read, swap

from extract.table.known import nothing_known


def without_separators(page: str) -> str:
    """Every row of the page in one piece."""
    return "\n".join("".join(cell.strip() for cell in row.split("|")) for row in page.split("\n"))


def test_rows_of_one_value_in_one_piece_are_read() -> None:
    assert read(TITLE + without_separators(STATISTICS)).values() == read(TITLE + STATISTICS).values()


def test_digits_of_several_columns_in_one_piece_are_unreadable_and_the_other_rows_are_read() -> None:
    values = read(TITLE + without_separators(DISCLOSURE)).values()
    assert values == {
        **read(TITLE + DISCLOSURE).values(),
        **{f"admin_rules/{column}": "(unreadable)" for column in ("issued", "repealed", "in_force")},
        **{f"normative_documents/{column}": "(unreadable)" for column in ("issued", "repealed", "in_force")},
    }


def test_leader_dots_part_a_label_from_its_value() -> None:
    page = swap(TITLE + STATISTICS, "1.当面申请数 | 件 | 1 |", "1.当面申请数……1件")
    assert read(page).values() == read(TITLE + STATISTICS).values()


def as_pairs(page: str) -> str:
    """Each row as a label, a colon and its number."""
    return re.sub(r" \| [件条万元人次]+ \| ([0-9.]+) \|", r":\1", page)


@pytest.mark.parametrize("drawn", [str, as_pairs])
def test_what_a_converter_to_markdown_escapes_reads_as_it_did(drawn: Callable[[str], str]) -> None:
    page = TITLE + drawn(STATISTICS)
    escaped = re.sub(r"([0-9])([.)])", r"\1\\\2", page)
    assert escaped.count("\\") == 3
    assert read(escaped).values() == read(page).values() == read(TITLE + STATISTICS).values()


def test_a_sentence_that_lists_figures_makes_no_row() -> None:
    page = read(TITLE + STATISTICS + "2016年收到申请数12件,当面申请数3件。\n")
    assert page.values() == read(TITLE + STATISTICS).values()


SPACED = "\n".join(
    cell.strip() for row in REQUESTS.split("\n") for cell in row.rstrip(" |").split("|")
)  # each cell on a line of its own


def test_an_empty_line_is_a_blank_cell_where_every_cell_has_its_line() -> None:
    received = "一、本年新收政府信息公开申请数量\n1\n2\n3\n4\n5\n6\n21\n"
    page = read(TITLE + DISCLOSURE + swap(SPACED, received, received.replace("2\n3\n", "\n3\n", 1)))
    assert {
        place: value for place, value in page.values("requests").items() if place.startswith("requests_received/")
    } == line("requests_received", "1", "(blank)", "3", "4", "5", "6", "21")


def test_a_line_that_left_no_trace_keeps_its_row_unreadable() -> None:
    received = "一、本年新收政府信息公开申请数量\n1\n2\n3\n4\n5\n6\n21\n"
    page = read(TITLE + DISCLOSURE + swap(SPACED, received, received.replace("2\n3\n", "3\n", 1)))
    values = page.values("requests")
    assert {place: values[place] for place in line("requests_received", *["?"] * 7)} == line(
        "requests_received", *["(unreadable)"] * 7
    )


def test_a_value_set_under_its_column_with_spaces_stands_in_that_column() -> None:
    rows = [
        "一、本年新收政府信息公开申请数量        1      2      3      4      5      6      21",
        "二、上年结转政府信息公开申请数量        7             0                            7",
        "四、结转下年度继续办理                  0      0      0      0      0      0      0",
    ]
    page = read(TITLE + DISCLOSURE + REQUESTS.split("一、")[0] + "\n".join(rows) + "\n五、存在的主要问题及改进情况\n")
    assert {
        place: value for place, value in page.values("requests").items() if place.startswith("requests_carried_in/")
    } == line("requests_carried_in", "7", "(blank)", "0", "(blank)", "(blank)", "(blank)", "7")


def test_labels_and_values_of_two_lines_in_one_cell_are_unreadable() -> None:
    page = swap(REPORT, "行政处罚 | 8 | ||\n行政强制 | 9 | ||", "行政处罚\n行政强制 | 8\n9 | ||")
    values = read(page).values("disclosure")
    assert (values["penalty/decisions"], values["coercion/decisions"]) == ("(unreadable)", "(unreadable)")


def test_one_value_behind_two_labels_in_one_cell_belongs_to_neither() -> None:
    page = swap(REPORT, "行政处罚 | 8 | ||\n行政强制 | 9 | ||", "行政处罚\n行政强制 | 8 | ||")
    values = read(page).values("disclosure")
    assert (values["penalty/decisions"], values["coercion/decisions"]) == ("(unreadable)", "(unreadable)")


def test_a_number_broken_before_its_decimal_point_is_unreadable() -> None:
    page = swap(REPORT, "行政事业性收费 | 1.5 | ||", "行政事业性收费 | 58430\n.5648 | ||")
    assert read(page).values("disclosure")["admin_charges/collected_amount"] == "(unreadable)"


def test_a_padded_row_that_lost_its_first_cell_is_unreadable_where_its_last_number_is_the_total() -> None:
    received = "一、本年新收政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 6 | 21 | ||"
    page = read(swap(REPORT, received, "一、本年新收政府信息公开申请数量 | 2 | 3 | 4 | 5 | 6 | 20 | | ||"))
    values = page.values("requests")
    assert {place: values[place] for place in line("requests_received", *["?"] * 7)} == line(
        "requests_received", *["(unreadable)"] * 7
    )


def test_where_zero_stands_once_only_a_line_without_a_value_is_not_called_blank() -> None:
    cells = [cell.strip() for row in (TITLE + STATISTICS).split("\n") for cell in row.split("|") if cell.strip()]
    dropped = "\n".join(dict.fromkeys("0" if cell in ("4", "5", "6", "1") else cell for cell in cells))
    assert "(blank)" not in read(dropped).values().values()


# Labels broken around their values, as where a row is set in the middle of a cell of two lines.

PROHIBITED = line("refused_law_prohibited", "0", "2", "0", "0", "0", "0", "2")


@pytest.mark.parametrize(
    "row",
    [
        "2.其他法律行政法规 | 0 | 2 | 0 | 0 | 0 | 0 | 2 | |\n禁止公开 |\n",
        "2.其他法律 | 0 | 2 | 0 | 0 | 0 | 0 | 2 | |\n行政法规 |\n禁止公开 |\n",
    ],
)
def test_the_rest_of_a_label_behind_its_values_belongs_to_it(row: str) -> None:
    page = read(swap(REPORT, "(七)总计 | 8", row + "(七)总计 | 8"))
    assert page.values("requests") == {**read(REPORT).values("requests"), **PROHIBITED}
    assert page.loose() == []


def test_the_words_behind_the_values_of_a_numbering_are_its_label_where_the_form_numbers_it_so() -> None:
    row = "(六) | 3 | 0 | 0 | 1 | 0 | 0 | 4 | |\n其他处理 |\n"
    values = read(swap(REPORT, "(七)总计 | 8", row + "(七)总计 | 8")).values("requests")
    assert {place: value for place, value in values.items() if place.startswith("other_disposition_total/")} == line(
        "other_disposition_total", "3", "0", "0", "1", "0", "0", "4"
    )


def test_words_behind_the_values_of_another_numbering_are_not_its_label() -> None:
    row = "(九) | 3 | 0 | 0 | 1 | 0 | 0 | 4 | |\n其他处理 |\n"
    values = read(swap(REPORT, "(七)总计 | 8", row + "(七)总计 | 8")).values("requests")
    assert not {value for place, value in values.items() if place.startswith("other_disposition")} & {"3", "4"}


def test_a_label_with_values_of_its_own_ends_no_other() -> None:
    rows = "2.其他法律行政法规 | 0 | 2 | 0 | 0 | 0 | 0 | 2 | |\n禁止公开 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | |\n"
    values = read(swap(REPORT, "(七)总计 | 8", rows + "(七)总计 | 8")).values("requests")
    assert {value for place, value in values.items() if place in PROHIBITED} <= {"0", "2"}


@pytest.mark.parametrize("separator", [" | ", " |\n"])
def test_a_broken_label_is_not_taken_for_known_where_its_rest_is_another(separator: str) -> None:
    row = separator.join(["2.其他法律行政法规", *"0200002"]) + " |\n{} |\n"
    page = swap(REPORT, "(七)总计 | 8", row + "(七)总计 | 8")
    with_rest, without = page.format("禁止公开"), page.format("另作说明")
    read(with_rest)
    with nothing_known():
        anew = read(without)
    assert read(without).cells == anew.cells


def test_a_sentence_that_counts_what_the_form_asks_is_no_table() -> None:
    told = "全年制发行政规范性文件0件,废止0件,现行有效件数0件;行政许可0件;行政处罚0件;行政强制0件;行政事业性收费0万元。"
    page = f"青田县水务局2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{told}\n"
    assert read(page).cells == []


# Rules between rows, and labels that a narrow column breaks over the lines of their row.


def test_labels_broken_beside_each_other_are_each_made_whole() -> None:
    rows = (
        "| （四）无法 | 1.本机关不掌握相 | 3 | 0 | 0 | 1 | 0 | 0 | 4 |\n| 提供 | 关政府信息 | | | | | | | |\n"
        "| 一、本年新 | | 9 | 0 | 0 | 0 | 0 | 0 | 9 |\n| 收政府信息 | | | | | | | | |\n| 公开申请数 | | | | | | | | |\n"
    )
    page = TITLE + "三、收到和处理政府信息公开申请情况\n" + rows + "| （七）总计 | | 8 | 2 | 3 | 4 | 5 | 6 | 28 |\n"
    values = read(page.replace("公开申请数 |", "公开申请数量 |")).values("requests")
    assert values == {
        **line("not_held", "3", "0", "0", "1", "0", "0", "4"),
        **line("requests_received", "9", "0", "0", "0", "0", "0", "9"),
        **line("requests_disposed_total", "8", "2", "3", "4", "5", "6", "28"),
    }


@pytest.mark.parametrize("step", ["-", "—", "/", " > "])
def test_a_label_that_is_the_path_to_its_line_is_that_line(step: str) -> None:
    row = f"（三）不予公开{step}2.其他法律行政法规禁止公开 | 0 | 2 | 0 | 0 | 0 | 0 | 2 |\n"
    page = swap(REPORT, "(七)总计 | 8", row + "(七)总计 | 8")
    assert read(page).values("requests") == {**read(REPORT).values("requests"), **PROHIBITED}


def test_misspelt_lines_behind_each_other_are_each_found_in_their_order() -> None:
    rows = (
        "2.没有现存信息需要另行制作 | 0 | 1 | 0 | 0 | 0 | 0 | 1 |\n"
        "3.补正后申请内容仍不明 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n"
    )
    values = read(swap(REPORT, "(七)总计 | 8", rows + "(七)总计 | 8")).values("requests")
    found = {**line("creation_required", *"0100001"), **line("unclear_after_correction", *"2000002")}
    assert values == {**read(REPORT).values("requests"), **found}


def test_a_misspelt_line_is_no_line_of_another_number() -> None:
    row = "2.申请人逾期不缴费用、行政机关不再处理其政府信息公开申请 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |\n"
    page = read(swap(REPORT, "(七)总计 | 8", row + "(七)总计 | 8"))
    lapsed = {place: value for place, value in page.values("requests").items() if place.startswith("lapsed")}
    assert lapsed in ({}, line("lapsed_fee_unpaid", *"3000003"))


def test_a_line_that_left_no_trace_is_no_blank_cell_where_each_line_ends_in_a_bar() -> None:
    cells = [cell.strip() for row in REPORT.split("\n") for cell in row.rstrip(" |").split(" | ")]
    page = "\n".join(f"{cell} |" if number else cell for number, cell in enumerate(cells))
    assert read(page).values() == read(REPORT).values()
    received = "一、本年新收政府信息公开申请数量 |\n1 |\n2 |"
    values = read(swap(page, received, received.removesuffix("\n2 |"))).values("requests")
    unreadable = line("requests_received", *["(unreadable)"] * 7)
    assert {place: value for place, value in values.items() if place in unreadable} == unreadable
