"""Printed rows to slots: every value under its own column, or unreadable with the reason; never shifted, never guessed."""

from __future__ import annotations

import pytest
from composed import DISCLOSURE, DISPUTES, REPORT, REQUESTS, SHANGHAI, STATISTICS, TITLE, Staged, line, read, swap

CARRIED_IN = "二、上年结转政府信息公开申请数量 | 7 | 0 | 0 | 0 | 0 | 0 | 7 | ||"
RECEIVED = "一、本年新收政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 6 | 21 | ||"
RULES = "规章 | 1 | 2 | 3 |"

DISCLOSED = {
    "admin_rules/issued": "1",
    "admin_rules/repealed": "2",
    "admin_rules/in_force": "3",
    "normative_documents/issued": "4",
    "normative_documents/repealed": "5",
    "normative_documents/in_force": "6",
    "licensing/decisions": "7",
    "penalty/decisions": "8",
    "coercion/decisions": "9",
    "admin_charges/collected_amount": "1.5",
}
REQUESTED = {
    **line("requests_received", "1", "2", "3", "4", "5", "6", "21"),
    **line("requests_carried_in", "7", "0", "0", "0", "0", "0", "7"),
    **line("granted_full", "8", "2", "3", "4", "5", "6", "28"),
    **line("refused_state_secret", *["0"] * 7),
    **line("requests_disposed_total", "8", "2", "3", "4", "5", "6", "28"),
    **line("requests_carried_out", *["0"] * 7),
}
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
ROUTES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
DISPUTED = {
    f"cases/{route}.{outcome}": value
    for (route, outcome), value in zip(
        [(route, outcome) for route in ROUTES for outcome in OUTCOMES],
        ("1", "2", "3", "4", "10", "5", "6", "7", "8", "26", "9", "10", "11", "12", "42"),
        strict=True,
    )
}


def reasons(page: Staged, places: list[str]) -> set[str]:
    return {page.cell(place)["reason"] for place in places}


def test_a_whole_report_is_read_cell_by_cell() -> None:
    page = read(REPORT)
    assert (page.values(), page.loose()) == ({**DISCLOSED, **REQUESTED, **DISPUTED}, [])


# Rows that are short, or long.


def without_bars(page: str) -> str:
    """The same page as lines of cells without any bar: only the form tells the columns."""
    return "\n".join(cell.strip() for cell in page.replace("\n", "|").split("|") if cell.strip())


def test_without_bars_a_whole_report_is_read_the_same() -> None:
    assert read(without_bars(REPORT)).values() == read(REPORT).values()


def test_without_bars_a_row_with_a_value_missing_is_unreadable_as_a_whole_and_shifts_no_other() -> None:
    page = read(without_bars(swap(REPORT, RECEIVED, "一、本年新收政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 21 |")))
    unreadable = line("requests_received", *["(unreadable)"] * 7)
    assert page.values() == {**DISCLOSED, **REQUESTED, **unreadable, **DISPUTED}
    assert reasons(page, list(unreadable)) == {
        "6 values printed for 7 columns: which are missing cannot be told",
    }


def test_between_bars_a_row_that_is_a_cell_narrower_than_the_others_is_unreadable() -> None:
    page = read(swap(REPORT, RECEIVED, "一、本年新收政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 21 | ||"))
    assert page.values("requests") == {**REQUESTED, **line("requests_received", *["(unreadable)"] * 7)}


def test_an_empty_cell_between_bars_is_blank_in_its_own_column() -> None:
    page = read(swap(REPORT, RECEIVED, "一、本年新收政府信息公开申请数量 | 1 | 2 | | 4 | | 6 | 21 | ||"))
    expected = line("requests_received", "1", "2", "(blank)", "4", "(blank)", "6", "21")
    assert page.values("requests") == {**REQUESTED, **expected}


def test_a_row_printed_empty_is_blank_in_every_column() -> None:
    page = read(swap(REPORT, RECEIVED, "一、本年新收政府信息公开申请数量 | | | | | | | | ||"))
    assert page.values("requests") == {**REQUESTED, **line("requests_received", *["(blank)"] * 7)}


def test_dashes_stand_in_their_own_columns() -> None:
    page = read(swap(REPORT, RECEIVED, "一、本年新收政府信息公开申请数量 | 1 | — | / | 4 | - | 6 | 11 | ||"))
    expected = line(
        "requests_received", "1", "(not_applicable)", "(not_applicable)", "4", "(not_applicable)", "6", "11"
    )
    assert page.values("requests") == {**REQUESTED, **expected}


def test_a_row_with_a_value_too_many_is_unreadable_and_its_values_are_kept_without_a_slot() -> None:
    page = read(swap(REPORT, RULES, "规章 | 1 | 2 | 3 | 4 |"))
    unreadable = {place: "(unreadable)" for place in DISCLOSED if place.startswith("admin_rules/")}
    assert page.values("disclosure") == {**DISCLOSED, **unreadable}
    assert page.loose() == [("第二十条第(一)项/规章", value) for value in "1234"]
    assert reasons(page, list(unreadable)) == {
        "4 values printed for 3 columns: which belong to the form cannot be told",
    }


def test_a_value_repeated_over_a_merged_cell_is_the_one_value() -> None:
    page = read(swap(REPORT, "行政处罚 | 8 | ||", "行政处罚 | 8 | 8 | 8 |"))
    assert page.values("disclosure") == DISCLOSED
    assert page.cell("penalty/decisions")["is_inferred"] is True


def test_different_values_under_one_column_are_unreadable() -> None:
    page = read(swap(REPORT, "行政处罚 | 8 | ||", "行政处罚 | 8 | 9 | 10 |"))
    assert page.values("disclosure") == {**DISCLOSED, "penalty/decisions": "(unreadable)"}


def test_one_zero_for_two_columns_leaves_the_second_open() -> None:
    page = read(
        "青田县水务局2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第(一)项\n信息内容\n本年新制作数量\n本年新公开数量\n"
        "对外公开总数量\n规章\n1\n2\n3\n规范性文件\n4\n5\n6\n第二十条第(八)项\n信息内容\n上一年项目数量\n本年增/减\n行政事业性收费\n0\n"
        "第二十条第(九)项\n信息内容\n采购项目数量\n采购总金额\n政府集中采购\n13\n26.5\n"
    )
    values = {place: value for place, value in page.values().items() if place.startswith("admin_charges/")}
    assert values == {"admin_charges/items_prior_year": "0", "admin_charges/items_net_change": "(unreadable)"}
    assert page.cell("central_procurement/amount")["value"] == 26.5


# Labels.


def test_a_row_with_an_empty_label_is_bound_by_its_place() -> None:
    page = read(swap(REPORT, RULES, " | 1 | 2 | 3 |"))
    assert page.values("disclosure") == DISCLOSED
    assert page.cell("admin_rules/issued")["is_inferred"] is True


def test_a_misspelt_label_is_bound_where_order_leaves_one_line() -> None:
    page = read(swap(REPORT, "三、本年度办理结果 | (一)予以公开 |", "三、本年度办理结果 | (一)予以公幵 |"))
    assert (page.values("requests"), page.loose()) == (REQUESTED, [])
    assert page.cell("granted_full/total")["is_inferred"] is True


def test_a_group_label_written_out_in_each_of_its_rows_changes_nothing() -> None:
    merged = """\
(三)不予公开 | 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | |
(三)不予公开 | 2.其他法律行政法规禁止公开 | 0 | 1 | 0 | 0 | 0 | 0 | 1 | |
(三)不予公开 | 3.危及“三安全一稳定” | 2 | 0 | 0 | 0 | 0 | 0 | 2 | |
"""
    page = read(swap(REPORT, "(三)不予公开 | 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | |\n", merged))
    assert page.values("requests") == {
        **REQUESTED,
        **line("refused_law_prohibited", "0", "1", "0", "0", "0", "0", "1"),
        **line("refused_security_stability", "2", "0", "0", "0", "0", "0", "2"),
    }


def test_a_row_that_the_form_does_not_have_is_kept_under_its_printed_label() -> None:
    extra = RECEIVED + "\n其中:网络平台收到的申请数 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | ||"
    page = read(swap(REPORT, RECEIVED, extra))
    assert page.values("requests") == REQUESTED
    assert page.loose() == [("其中:网络平台收到的申请数", value) for value in "1000001"]


def test_cells_without_a_slot_carry_the_column_they_stand_under() -> None:
    extra = RECEIVED + "\n其中:网络平台收到的申请数 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | ||"
    cells = [cell for cell in read(swap(REPORT, RECEIVED, extra)).cells if cell["slot_id"] is None]
    paths = [
        "自然人",
        *(f"法人或其他组织/{name}" for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")),
    ]
    assert [cell["column_path"] for cell in cells] == [f"申请人情况/{path}" for path in [*paths, "总计"]]


def test_the_other_lines_called_other_are_told_apart_by_their_place() -> None:
    page = swap(REPORT, "(七)总计 |", "(六)其他处理 | 3.其他 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | |\n(七)总计 |")
    assert read(page).values("requests") == {
        **REQUESTED,
        **line("other_disposition_residual", "1", "0", "0", "0", "0", "0", "1"),
    }


# Where the document ends.


def test_a_document_cut_in_a_row_keeps_what_is_whole_and_does_not_trust_the_last_number() -> None:
    """7 might be the beginning of 71."""
    whole, _, _ = REPORT.partition("二、上年结转政府信息公开申请数量 | 7 |")
    page = read(whole + "二、上年结转政府信息公开申请数量 | 7 | 1 | 12")
    carried = {p: v for p, v in page.values("requests").items() if p.startswith("requests_carried_in/")}
    assert carried == {
        "requests_carried_in/natural_person": "7",
        "requests_carried_in/commercial_enterprise": "1",
        "requests_carried_in/research_institution": "(unreadable)",
    }
    assert "ends here" in page.cell("requests_carried_in/research_institution")["reason"]


def test_a_document_cut_in_the_last_line_of_a_table_that_others_follow_does_not_trust_its_number() -> None:
    whole, printed, _ = (TITLE + DISCLOSURE).partition("行政事业性收费 | 1")
    cell = read(whole + printed).cell("admin_charges/collected_amount")
    assert (cell["value"], cell["value_status"]) == (None, "unreadable")
    assert "ends here" in cell["reason"]


def test_a_document_cut_behind_a_bar_keeps_the_last_number() -> None:
    whole, _, _ = REPORT.partition("二、上年结转政府信息公开申请数量 | 7 |")
    page = read(whole + "二、上年结转政府信息公开申请数量 | 7 | 12 |")
    carried = {p: v for p, v in page.values("requests").items() if p.startswith("requests_carried_in/")}
    assert carried == {"requests_carried_in/natural_person": "7", "requests_carried_in/commercial_enterprise": "12"}


def test_a_document_cut_behind_a_label_prints_no_cell_of_that_line() -> None:
    whole, _, _ = REPORT.partition("二、上年结转政府信息公开申请数量 | 7 |")
    page = read(whole + "二、上年结转政府信息公开申请数量 |")
    assert page.values("requests") == line("requests_received", "1", "2", "3", "4", "5", "6", "21")


def test_lines_that_are_not_there_are_named_in_a_note() -> None:
    page = read(TITLE + swap(DISCLOSURE, "行政强制 | 9 | ||\n", ""))
    assert page.values() == {place: value for place, value in DISCLOSED.items() if place != "coercion/decisions"}
    assert [row["reason"] for row in page.rejects] == [
        "disclosure table of national-2021: 9 of 10 cells read; lines not found: 行政强制",
    ]


# Columns that the form does not have.

SUBTOTAL_HEADER = "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 小计 |||||"


def test_a_subtotal_column_of_legal_persons_is_kept_apart_from_the_form() -> None:
    rows = []
    for row in swap(
        REQUESTS, "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||", SUBTOTAL_HEADER
    ).split("\n"):
        head, *cells = row.split(" | ")
        if cells[-8:-1] and all(cell.isdigit() for cell in cells[-8:-1]):
            cells[-2:-1] = [str(sum(map(int, cells[-7:-2]))), cells[-2]]  # before the total
        rows.append(" | ".join([head, *cells]))
    page = read(TITLE + DISCLOSURE + "\n".join(rows) + DISPUTES)
    assert page.values("requests") == REQUESTED
    loose = [cell for cell in page.cells if cell["slot_id"] is None]
    assert [cell["raw_text"] for cell in loose] == ["20", "0", "20", "0", "20", "0"]
    assert {cell["column_path"] for cell in loose} == {"申请人情况/法人或其他组织/小计"}


PARTS = """\
衢州市人民政府2012年政府信息公开工作年度报告
指标名称 | 单位 | 合计 | 区政府 | 区直单位 | 乡镇街道 |
一、主动公开数量 | 条 | 60 | 10 | 20 | 30 |
(一)政府公报刊发公文数 | 件 | 6 | 1 | 2 | 3 |
(二)通过政府网站公开数 | 条 | 54 | 9 | 18 | 27 |
二、依申请公开数量 | 件 | 5 | 0 | 5 | |
"""


def test_part_columns_are_cells_of_the_same_slot_named_by_their_header() -> None:
    values = read(PARTS).values()
    assert {place: value for place, value in values.items() if place.startswith("disclosed_via_website")} == {
        "disclosed_via_website/value": "54",
        "disclosed_via_website/value#区政府": "9",
        "disclosed_via_website/value#区直单位": "18",
        "disclosed_via_website/value#乡镇街道": "27",
    }


def test_an_empty_part_column_is_blank_in_its_own_part() -> None:
    values = read(PARTS).values()
    assert {place: value for place, value in values.items() if place.startswith("requests_received/")} == {
        "requests_received/value": "5",
        "requests_received/value#区政府": "0",
        "requests_received/value#区直单位": "5",
        "requests_received/value#乡镇街道": "(blank)",
    }


REORDERED = [
    # page, header as the form prints it, header as it is printed here, a cell that then has another value or is unread
    (
        REPORT,
        "本年制发件数 | 本年废止件数 | 现行有效件数",
        "现行有效件数 | 本年制发件数 | 本年废止件数",
        "admin_rules/issued",
        "2",
    ),
    (SHANGHAI, "本期实际 | 本年累计", "本年累计 | 本期实际", "website_visits/period", "77"),
]


@pytest.mark.parametrize(("page", "of_form", "printed", "place", "value"), REORDERED, ids=["2021", "Shanghai"])
def test_columns_printed_in_another_order_are_read_by_their_headers_or_not_at_all(
    page: str, of_form: str, printed: str, place: str, value: str
) -> None:
    assert read(swap(page, of_form, printed)).values().get(place) in (value, "(unreadable)", None)


def test_a_column_of_remarks_is_no_part_and_leaves_the_values_alone() -> None:
    head, _, body = STATISTICS.partition("统计指标 | 单位 | 统计数 |\n")
    rows = body.replace(" |\n", " | |\n").replace("| 31 | |", "| 31 | 含网站20条 |")
    page = head + "统计指标 | 单位 | 统计数 | 备注 |\n" + rows
    assert read(page).values() == read(STATISTICS).values()


def with_remarks(remark: str, value: str = "31") -> str:
    """The statistics table with a column of remarks that is empty but in one line."""
    page = STATISTICS.replace(" |\n", " | |\n").replace("统计数 | |", "统计数 | 备注 |")
    return swap(page, "| 条 | 31 | |", f"| 条 | {value} | {remark} |")


ITEMS = "一、主动公开情况/(一)主动公开政府信息数(不同渠道和方式公开相同信息计1条)"


def remarks(page: Staged) -> list[tuple[str, str, str]]:
    return [(c["row_path"], c["column_path"], c["raw_text"]) for c in page.cells if c["slot_id"] is None]


def left_over(page: Staged) -> list[str]:
    return [row["reason"] for row in page.rejects if "lines not found" not in row["reason"]]


def test_a_number_in_the_column_of_remarks_is_kept_under_its_printed_header() -> None:
    page = read(with_remarks("20"))
    assert (page.values(), remarks(page)) == (read(STATISTICS).values(), [(ITEMS, "备注", "20")])


def test_a_number_in_the_column_of_remarks_is_not_the_value_that_is_left_blank_before_it() -> None:
    page = read(with_remarks("20", value=""))
    assert page.values() == {**read(STATISTICS).values(), "proactive_items_disclosed/value": "(blank)"}
    assert remarks(page) == [(ITEMS, "备注", "20")]


@pytest.mark.parametrize("mark", ["", "—", "/", "见附表"])
def test_a_remark_without_a_figure_is_neither_a_cell_nor_noted(mark: str) -> None:
    page = read(with_remarks(mark))
    assert (page.values(), remarks(page), left_over(page)) == (read(STATISTICS).values(), [], [])


def test_a_remark_in_words_with_a_figure_is_noted_with_its_place() -> None:
    text = with_remarks("含网站20条")
    page = read(text)
    (note,) = [row for row in page.rejects if "remark" in row["reason"]]
    assert note["reason"] == "a remark with figures in the statistics table of national-2014: '含网站20条'"
    assert text[note["char_start"] : note["char_end"]] == "含网站20条"
    assert page.values() == read(STATISTICS).values()


def test_two_numbers_behind_the_values_are_too_many_for_one_column_of_remarks() -> None:
    page = read(with_remarks("20 | 11"))
    assert page.values()["proactive_items_disclosed/value"] == "(unreadable)"
    assert page.loose() == [(ITEMS, value) for value in ("31", "20", "11")]


def test_a_column_of_remarks_before_the_values_takes_no_value_s_place() -> None:
    page = read(
        swap(REPORT, "信息内容 | 本年制发件数 |", "信息内容 | 备注 | 本年制发件数 |").replace(
            RULES, "规章 | 9 | 1 | 2 | 3 |"
        )
    )
    places = ("admin_rules/issued", "admin_rules/repealed", "admin_rules/in_force")
    assert [page.values()[place] for place in places] == ["(unreadable)"] * 3


def test_a_block_without_a_column_of_remarks_has_none_because_another_block_has_one() -> None:
    page = swap(REPORT, "本年废止件数 | 现行有效件数 |", "本年废止件数 | 现行有效件数 | 备注 |")
    page = read(swap(swap(page, RULES, "规章 | 1 | 2 | 3 | 5 |"), "行政许可 | 7 | ||", "行政许可 | 7 | 6 | |"))
    assert page.values("disclosure") == {**DISCLOSED, "licensing/decisions": "(unreadable)"}
    assert remarks(page)[0] == ("第二十条第(一)项/规章", "备注", "5")


def test_a_line_that_the_form_does_not_have_keeps_its_value_and_its_remark_apart() -> None:
    page = read(with_remarks("20 |\n其中:公文类信息数 | 条 | 12 | 3"))
    assert remarks(page) == [
        (ITEMS, "备注", "20"),
        ("其中:公文类信息数", "备注", "3"),
        ("其中:公文类信息数", "统计数", "12"),
    ]


DISPUTE_ROW = "1 | 2 | 3 | 4 | 10 | 5 | 6 | 7 | 8 | 26 | 9 | 10 | 11 | 12 | 42 |\n"
REMARKED_DISPUTES = swap(REPORT, "行政复议 | 行政诉讼 | |", "行政复议 | 行政诉讼 | 备注 | |")


def test_a_remark_behind_the_dispute_row_is_no_case() -> None:
    page = read(swap(REMARKED_DISPUTES, DISPUTE_ROW, DISPUTE_ROW.replace("42 |", "42 | 3 |")))
    assert (page.values("disputes"), remarks(page)) == (DISPUTED, [("", "备注", "3")])


def test_a_remark_behind_a_dispute_row_with_a_blank_shifts_no_case() -> None:
    page = read(swap(REMARKED_DISPUTES, DISPUTE_ROW, DISPUTE_ROW.replace("| 26 |", "| |").replace("42 |", "42 | 3 |")))
    assert page.values("disputes") == {**DISPUTED, "cases/litigation_direct.total": "(blank)"}
    assert remarks(page) == [("", "备注", "3")]


@pytest.mark.parametrize(
    "row", ["| " + DISPUTE_ROW, DISPUTE_ROW.replace("| 26 |", "| |").replace("42 |", "42 | | 3 |")]
)
def test_a_dispute_row_that_does_not_show_which_number_is_the_remark_is_unreadable(row: str) -> None:
    page = read(swap(REMARKED_DISPUTES, "\n" + DISPUTE_ROW, "\n" + ("| " if row[0] == "|" else "") + row))
    assert page.values("disputes") == dict.fromkeys(DISPUTED, "(unreadable)")


def test_a_footnote_below_the_dispute_row_makes_no_column_of_remarks() -> None:
    page = read(swap(REPORT, DISPUTE_ROW, DISPUTE_ROW.replace("42 |", "42 | 3 |") + "备注 |\n"))
    assert page.values("disputes") == dict.fromkeys(DISPUTED, "(unreadable)")


# Numbers inside a table that no cell holds, and figures outside it.


def test_a_number_in_a_table_that_no_cell_holds_is_noted_with_its_place() -> None:
    text = swap(STATISTICS, "三、依申请公开情况 |", "7.其他 | 条 | 98 |\n三、依申请公开情况 |")
    page = read(text)
    (note,) = [row for row in page.rejects if "'98'" in row["reason"]]
    assert note["reason"] == "'98' stands in the statistics table of national-2014, but in none of its cells"
    assert (note["report_id"], text[note["char_start"] : note["char_end"]]) == (page.report["report_id"], "98")


def test_a_row_without_a_label_between_header_and_first_line_is_noted() -> None:
    page = read(swap(REPORT, RULES, "| 95 | 96 |\n" + RULES))
    assert page.values() == {**DISCLOSED, **REQUESTED, **DISPUTED}
    assert [reason[:4] for reason in left_over(page)] == ["'95'", "'96'"]


def test_a_row_of_remarks_below_the_last_line_is_noted() -> None:
    page = read(STATISTICS + "备注 | 其中12人 | 3 |\n")
    assert (page.values(), page.loose()) == (read(STATISTICS).values(), [])
    assert [reason.partition(" stands")[0].rpartition(": ")[2] for reason in left_over(page)] == ["'3'", "'其中12人'"]


def test_figures_of_a_menu_above_a_table_are_no_business_of_the_table() -> None:
    menu = "政务数据\n行政许可\n1204\n行政处罚\n88\n"
    page = read(menu + REPORT)
    assert (page.values(), page.loose()) == (read(REPORT).values(), [])
    assert left_over(page) == left_over(read(REPORT)) == []


def test_codes_line_numbers_and_letters_of_columns_are_no_left_over_numbers() -> None:
    numbered = "".join(f"| {n} | {row}\n" for n, row in enumerate(STATISTICS.splitlines()[3:], 1))
    numbered = "\n".join(STATISTICS.splitlines()[:2]) + "\n| 序号 | 统计指标 | 单位 | 统计数 |\n" + numbered
    assert read(numbered).values() == read(STATISTICS).values()
    assert (left_over(read(numbered)), left_over(read(SHANGHAI))) == ([], [])


# A column of line numbers.


def numbered_statistics(row: str) -> str:
    return (
        "开平市水利局2016年政府信息公开工作年度报告\n| 序号 | 统计指标 | 单位 | 统计数 |\n"
        "| 1 | (一)主动公开政府信息数 | 条 | 31 |\n"
        f"| 2 | {row} |\n"
        "| 3 | 制发规范性文件总数 | 件 | 5 |\n| 4 | (三)接受培训人员数 | 人次 | 70 |\n"
    )


NUMBERED = {
    "proactive_items_disclosed/value": "31",
    "normative_documents_disclosed/value": "14",
    "normative_documents_issued/value": "5",
    "oi_trainees/value": "70",
}


@pytest.mark.parametrize(("printed", "value"), [("14", "14"), ("", "(blank)")])
def test_the_number_of_the_next_line_is_no_value_of_this_one(printed: str, value: str) -> None:
    page = read(numbered_statistics(f"其中:主动公开规范性文件数 | 条 | {printed}"))
    assert page.values() == {**NUMBERED, "normative_documents_disclosed/value": value}
    assert page.loose() == []


def test_without_bars_one_number_before_the_next_line_may_be_that_line_s() -> None:
    page = read(without_bars(numbered_statistics("其中:主动公开规范性文件数 | 条 | ")))
    assert page.values() == {**NUMBERED, "normative_documents_disclosed/value": "(unreadable)"}
    assert reasons(page, ["normative_documents_disclosed/value"]) == {
        "a value cannot be told from the number of the next line"
    }


# Units.


def test_the_unit_of_the_row_s_unit_cell_is_the_cell_s_unit() -> None:
    page = read(swap(STATISTICS, "制发规范性文件总数 | 件 |", "制发规范性文件总数 | 条 |"))
    units = {cell["slot_id"].split("/")[2]: cell["unit"] for cell in page.cells}
    assert units == {
        "proactive_items_disclosed": "条",
        "normative_documents_disclosed": "条",
        "normative_documents_issued": "条",
        "requests_received": "件",
        "requests_received_in_person": "件",
        "requests_received_fax": "件",
        "request_fees_collected": "万元",
        "oi_trainees": "人次",
    }


@pytest.mark.parametrize(("header", "unit"), [("元", "元"), ("万元", "万元"), ("亿元", "亿元")])
def test_the_unit_in_a_column_s_header_is_the_amount_s_unit(header: str, unit: str) -> None:
    cell = read(swap(REPORT, "本年收费金额(单位:万元)", f"本年收费金额(单位:{header})")).cell(
        "admin_charges/collected_amount"
    )
    assert (f"{cell['value']:f}", cell["unit"]) == ("1.500000", unit)


def test_a_unit_in_the_cell_stands_before_the_header_s() -> None:
    page = swap(REPORT, "本年收费金额(单位:万元)", "本年收费金额(单位:元)")
    cell = read(swap(page, "行政事业性收费 | 1.5 |", "行政事业性收费 | 1.5万元 |")).cell(
        "admin_charges/collected_amount"
    )
    assert cell["unit"] == "万元"


def test_a_count_of_money_in_a_row_is_unreadable() -> None:
    page = read(swap(STATISTICS, "(一)收到申请数 | 件 | 6 |", "(一)收到申请数 | 万元 | 6 |"))
    assert page.cell("requests_received/value")["value_status"] == "unreadable"


# Section four binds by position.


def test_fifteen_cells_in_groups_of_five_lines_are_one_row() -> None:
    rows = "1 | 2 | 3 | 4 | 10 | 5 | 6 | 7 | 8 | 26 | 9 | 10 | 11 | 12 | 42 |\n"
    lines = "".join(f"{value} |\n" for value in DISPUTED.values())
    assert read(swap(REPORT, rows, lines)).values("disputes") == DISPUTED


@pytest.mark.parametrize(
    "row",
    [
        "1 | 2 | 3 | 4 | 10 | 5 | 6 | 7 | 8 | 26 | 9 | 10 | 11 | 12 |",
        "1 | 2 | 3 | 4 | 10 | 5 | 6 | 7 | 8 | 26 | 9 | 10 | 11 | 12 | 42 | 7 |",
        "1 | 2 | 3 | 4 | 10 |",
    ],
    ids=["fourteen", "sixteen", "five"],
)
def test_a_dispute_row_of_another_length_is_unreadable_in_all_fifteen_cells(row: str) -> None:
    printed = "1 | 2 | 3 | 4 | 10 | 5 | 6 | 7 | 8 | 26 | 9 | 10 | 11 | 12 | 42 |"
    page = read(swap(REPORT, printed, row))
    assert page.values("disputes") == dict.fromkeys(DISPUTED, "(unreadable)")
    assert all("15 columns" in reason for reason in reasons(page, list(DISPUTED)))


GROUPED = """\
四、政府信息公开行政复议、行政诉讼情况
行政复议
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
1 | 2 | 3 | 4 | 10 |
行政诉讼
未经复议直接起诉
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
5 | 6 | 7 | 8 | 26 |
复议后起诉
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
9 | 10 | 11 | 12 | 42 |
"""


def test_disputes_in_three_groups_of_five_are_read_in_the_form_s_order() -> None:
    assert read(REPORT.replace(DISPUTES, GROUPED)).values("disputes") == DISPUTED


def test_disputes_in_groups_of_another_size_are_unreadable() -> None:
    page = REPORT.replace(DISPUTES, swap(GROUPED, "5 | 6 | 7 | 8 | 26 |", "5 | 6 | 7 | 26 |"))
    assert read(page).values("disputes") == dict.fromkeys(DISPUTED, "(unreadable)")
    assert reasons(read(page), list(DISPUTED)) == {"14 values in 3 groups for 15 columns"}


def test_an_empty_dispute_row_between_bars_is_blank() -> None:
    printed = "1 | 2 | 3 | 4 | 10 | 5 | 6 | 7 | 8 | 26 | 9 | 10 | 11 | 12 | 42 |"
    page = read(swap(REPORT, printed, "| | | | | | | | | | | | | | | |"))
    assert page.values("disputes") == dict.fromkeys(DISPUTED, "(blank)")


def test_empty_dispute_cells_between_bars_are_blank_in_their_own_columns() -> None:
    page = read(swap(REPORT, "| 10 | 5 | 6 | 7 | 8 | 26 | 9 |", "| 10 | | | | | | 9 |"))
    blank = {f"cases/litigation_direct.{outcome}": "(blank)" for outcome in OUTCOMES}
    assert page.values("disputes") == {**DISPUTED, **blank}


def test_the_heading_that_follows_is_no_part_of_the_dispute_table() -> None:
    page = swap(REPORT, "五、存在的主要问题及改进情况\n", "五、存在的主要问题及改进情况\n1 | 2 | 3 |\n")
    assert read(page).values("disputes") == DISPUTED


# Two printings.


def test_a_table_printed_twice_makes_two_reports() -> None:
    second = DISCLOSURE.replace(" 1 |", " 91 |").replace(" 8 |", " 98 |")
    page = read(TITLE + DISCLOSURE + second)
    assert [page.values(ordinal=1), page.values(ordinal=2)] == [
        DISCLOSED,
        {**DISCLOSED, "admin_rules/issued": "91", "penalty/decisions": "98"},
    ]


def test_a_caption_printed_again_at_a_page_break_does_not_end_the_table() -> None:
    header = "\n".join(REQUESTS.split("\n")[1:4])
    page = read(swap(REPORT, "\n三、本年度办理结果 |", f"\n{header}\n三、本年度办理结果 |"))
    assert (len(page.reports), page.values("requests")) == (1, REQUESTED)


# Line codes of the Shanghai lineage.

COUNTED = {
    "proactive_disclosures_channel_total": ("15", "40"),
    "proactive_items_fulltext_electronic": ("2", "2"),
    "normative_documents_issued": ("3", "3"),
    "service_information_items": ("4", "9"),
    "website_visits": ("5", "77"),
    "onsite_visitors": ("6", "6"),
    "online_enquiries": ("7", "7"),
}


def counted(**changed: tuple[str, str]) -> dict[str, str]:
    return {
        f"{name}/{column}": value
        for name, pair in {**COUNTED, **changed}.items()
        for column, value in zip(("period", "year_to_date"), pair, strict=True)
    }


def test_a_code_is_not_a_value_even_where_the_values_equal_it() -> None:
    page = read(SHANGHAI)
    assert (page.values(), page.loose()) == (counted(), [])


def test_a_value_equal_to_the_code_is_read_where_no_code_column_is_printed() -> None:
    page = SHANGHAI.replace(" | 代码", "").replace(" | 丙", "")
    for code in ("01", "02", "03", "04", "05", "06", "07"):
        page = page.replace(f" | {code} | ", " | ", 1)
    assert read(page).values() == counted()


def test_a_code_before_empty_cells_is_no_value() -> None:
    page = read(swap(SHANGHAI, "| 条 | 04 | 4 | 9 |", "| 条 | 04 | | |"))
    assert page.values() == counted(service_information_items=("(blank)", "(blank)"))


def test_a_code_before_one_value_does_not_fill_the_other_column() -> None:
    page = read(swap(SHANGHAI, "| 条 | 04 | 4 | 9 |", "| 条 | 04 | | 9 |"))
    assert page.values() == counted(service_information_items=("(blank)", "9"))


def test_codes_that_lost_their_zeros_are_codes_where_the_others_stand_in_every_row() -> None:
    page = swap(SHANGHAI.replace(" | 代码", "").replace(" | 丙", ""), "| 条 | 01 |", "| 条 | 1 |")
    page = swap(page, "| 条 | 02 | 2 | 2 |", "| 条 | 2 | | 2 |")
    page = swap(page, "| 条 | 03 | 3 | 3 |", "| 条 | 03 | | 3 |")
    blank = {"proactive_items_fulltext_electronic": ("(blank)", "2"), "normative_documents_issued": ("(blank)", "3")}
    assert (read(page).values(), read(page).loose()) == (counted(**blank), [])
