"""Which column a value stands in: by the names above it, by the grid of the page, or not at all."""

from __future__ import annotations

import re

import pytest
from composed import DISCLOSURE, DISPUTES, REPORT, REQUESTS, SHANGHAI, STATISTICS, TITLE, line, read, swap

WHOLE = read(REPORT).values()


def framed(page: str) -> str:
    """Every row of the page between bars."""
    return "\n".join("| " + row.rstrip() if " | " in row else row for row in page.split("\n"))


def test_two_numbers_in_one_cell_are_not_shared_out_over_a_blank_one() -> None:
    page = swap(TITLE + DISCLOSURE, "规章 | 1 | 2 | 3 |", "规章 | 1 2 |  | 3 |")
    columns = ("issued", "repealed", "in_force")
    assert [read(page).values()[f"admin_rules/{column}"] for column in columns] == ["(unreadable)"] * 3


def test_a_table_folded_by_columns_is_one_table() -> None:
    rows = [
        "| 项目 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 |",
        "| 一、本年新收政府信息公开申请数量 | 1 | 2 |  | 4 |",
        "| 二、上年结转政府信息公开申请数量 | 7 | 0 | 0 | 0 |",
        "| 四、结转下年度继续办理 | 0 | 0 | 0 | 0 |",
        "| 项目 | 法律服务机构 | 其他 | 总计 |",
        "| 一、本年新收政府信息公开申请数量 | 5 | 6 | 18 |",
        "| 二、上年结转政府信息公开申请数量 | 0 | 0 | 7 |",
        "| 四、结转下年度继续办理 | 0 | 0 | 0 |",
    ]
    page = TITLE + framed(DISCLOSURE) + "三、收到和处理政府信息公开申请情况\n" + "\n".join(rows) + "\n"
    assert read(page).values("requests") == {
        **line("requests_received", "1", "2", "(blank)", "4", "5", "6", "18"),
        **line("requests_carried_in", "7", "0", "0", "0", "0", "0", "7"),
        **line("requests_carried_out", "0", "0", "0", "0", "0", "0", "0"),
    }


def test_the_number_of_a_line_before_its_label_is_no_value() -> None:
    rows = framed(REPORT).split("\n")
    numbered = [
        re.sub(r"^\|", f"| {place} |", row) if re.search(r"\d \|", row) and place < len(rows) - 4 else row
        for place, row in enumerate(rows)
    ]
    page = "\n".join(numbered)
    assert page != framed(REPORT)
    assert read(page).values("requests") == read(REPORT).values("requests")


def test_the_line_under_a_header_in_markdown_has_no_cells() -> None:
    row = "| 1 |  | 3 | 4 | 10 | 5 | 6 | 7 | 8 | 26 | 9 | 10 | 11 | 12 | 42 |"
    page = TITLE + framed(DISCLOSURE + REQUESTS) + "## 四、政府信息公开行政复议、行政诉讼情况\n" + row + "\n|---" * 1
    page += "|---" * 14 + "|\n"
    disputes = read(page).values("disputes")
    assert (disputes["cases/reconsideration.corrected"], disputes["cases/litigation_direct.upheld"]) == ("(blank)", "5")
    assert len(disputes) == 15


def test_bold_figures_are_figures() -> None:
    assert read(re.sub(r"(?<=\| )([\d.]+)(?= \|)", r"**\1**", REPORT)).values() == WHOLE


def test_a_header_set_with_spaces_names_the_parts() -> None:
    rows = ["统 计 指 标 单位 市本级 县区", "(一)收到申请数 件 6 4", "1.当面申请数 件 1 4", "2.传真申请数 件 5 0"]
    head = STATISTICS.split("\n")[:2]
    assert read("\n".join([*head, *rows]) + "\n").values() == {
        "requests_received/value#市本级": "6",
        "requests_received/value#县区": "4",
        "requests_received_in_person/value#市本级": "1",
        "requests_received_in_person/value#县区": "4",
        "requests_received_fax/value#市本级": "5",
        "requests_received_fax/value#县区": "0",
    }


def test_equal_values_of_parts_without_a_header_are_not_the_whole() -> None:
    head = STATISTICS.split("\n")[:2]
    rows = ["(一)收到申请数 | 件 | 0 | 0 |", "1.当面申请数 | 件 | 0 | 0 |", "2.传真申请数 | 件 | 0 | 0 |"]
    assert set(read("\n".join([*head, *rows]) + "\n").values().values()) == {"(unreadable)"}


@pytest.mark.parametrize("mark", ["—", "——"])
def test_a_dash_glued_to_a_label_is_its_mark(mark: str) -> None:
    page = swap(TITLE + DISCLOSURE, "行政强制 | 9 | ||", f"行政强制{mark}")
    assert read(page).values()["coercion/decisions"] == "(not_applicable)"


def test_section_four_in_long_form_is_read_in_order() -> None:
    groups = ("行政复议", "行政诉讼—未经复议直接起诉", "行政诉讼—复议后起诉")
    names = ("结果维持", "结果", "其他", "尚未", "总计")
    values = iter(["1", "2", "3", "4", "10", "5", "6", "7", "8", "26", "9", "10", "11", "12", "42"])
    pairs = "\n".join(f"{group}—{name}:{next(values)}" for group in groups for name in names)
    page = TITLE + DISCLOSURE + REQUESTS + DISPUTES.split("\n")[0] + "\n" + pairs + "\n五、存在的主要问题及改进情况\n"
    assert read(page).values("disputes") == read(REPORT).values("disputes")


def test_a_bar_that_opens_the_last_cell_of_a_row_opens_an_empty_one() -> None:
    """Rows with a bar before each cell and none behind the last."""
    page = re.sub(r" \|(?=\n)", "", framed(TITLE + DISCLOSURE))
    page = swap(page, "规章 | 1 | 2 | 3\n", "规章 | 1 |  |\n")
    page = swap(page, "行政规范性文件 | 4 | 5 | 6\n", "行政规范性文件 |  | 5 |\n")
    columns = ("issued", "repealed", "in_force")
    values = read(page).values()
    assert [values[f"admin_rules/{column}"] for column in columns] == ["1", "(blank)", "(blank)"]
    assert [values[f"normative_documents/{column}"] for column in columns] == ["(blank)", "5", "(blank)"]


def test_a_dash_between_a_line_that_ends_like_a_unit_and_a_column_is_no_mark() -> None:
    lines = ["规章", "行政规范性文件"]
    columns = {"本年制发件数": "issued", "本年废止件数": "repealed", "现行有效件数": "in_force"}
    printed = {(label, name): str(place) for place, (label, name) in enumerate((r, c) for r in lines for c in columns)}
    rows = [f"{label}—{name}:{value}" for (label, name), value in printed.items()]
    single = ["行政许可—本年处理决定数量:7", "行政处罚—本年处理决定数量:8", "行政强制—本年处理决定数量:—"]
    values = read(TITLE + "二、主动公开政府信息情况\n" + "\n".join([*rows, *single]) + "\n").values()
    assert [values[f"normative_documents/{name}"] for name in columns.values()] == ["3", "4", "5"]
    assert [values[f"admin_rules/{name}"] for name in columns.values()] == ["0", "1", "2"]


@pytest.mark.parametrize("words", ["增3减1", "无增减", "详见附表", "1 2"])
def test_words_in_one_cell_of_a_whole_row_leave_the_others_alone(words: str) -> None:
    page = read(swap(TITLE + DISCLOSURE, "规章 | 1 | 2 | 3 |", f"规章 | 1 | {words} | 3 |"))
    expected = {**read(TITLE + DISCLOSURE).values(), "admin_rules/repealed": "(unreadable)"}
    assert page.values() == expected
    assert page.cell("admin_rules/repealed")["raw_text"] == words


def test_words_in_a_row_that_lacks_a_cell_leave_its_columns_untold() -> None:
    page = read(swap(TITLE + DISCLOSURE, "规章 | 1 | 2 | 3 |", "规章 | 1 | 增3减1 |"))
    columns = ("issued", "repealed", "in_force")
    assert {page.values().get(f"admin_rules/{column}") for column in columns} <= {"(unreadable)", None}


@pytest.mark.parametrize("word", ["nan", "NaN", "None"])
def test_a_word_of_software_for_an_empty_cell_is_an_empty_cell(word: str) -> None:
    page = "\n".join("| " + row.strip() if " | " in row else row for row in DISCLOSURE.split("\n"))
    filled = page.replace("| ||", f"| {word} | {word} |").replace("规章 | 1 | 2 | 3 |", f"规章 | 1 | {word} | 3 |")
    assert read(TITLE + filled).values() == {**read(TITLE + DISCLOSURE).values(), "admin_rules/repealed": "(blank)"}


def test_the_row_of_section_four_may_have_a_name() -> None:
    row = "1 | 2 | 3 | 4 | 10 | 5 | 6"
    assert read(swap(REPORT, row, "数量（件） | " + row)).values() == WHOLE


def test_the_numbers_of_the_columns_are_no_cases() -> None:
    row = "1 | 2 | 3 | 4 | 10 | 5 | 6"
    numbers = " | ".join(map(str, range(1, 16))) + " |\n"
    assert read(swap(REPORT, row, numbers + row)).values() == WHOLE


def test_section_four_printed_again_without_a_title_is_read_once_where_both_say_the_same() -> None:
    again = "\n".join(row.strip().removesuffix("|").replace(" | ", "\n") for row in DISPUTES.split("\n")[1:])
    assert read(swap(REPORT, DISPUTES, DISPUTES + again)).values() == WHOLE
    otherwise = again.replace("\n42", "\n43")
    values = read(swap(REPORT, DISPUTES, DISPUTES + otherwise)).values("disputes")
    assert set(values.values()) == {"(unreadable)"}


def with_columns(*rows: str) -> dict[str, str]:
    """The slots of a statistics table of 2016 with these rows, its header first."""
    head = STATISTICS.split("\n")[:2]
    return read("\n".join([*head, *rows]) + "\n").values()


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("2015年 | 2016年", "9 | 6"),
        ("2016年 | 2015年 | 增减(%)", "6 | 9 | -33.3"),
        ("上年数 | 本年数 | 同比增长", "9 | 6 | 50"),
        ("去年同期数 | 本年度统计数", "9 | 6"),
        ("本年数 | 历年累计", "6 | 18"),
    ],
)
def test_columns_of_other_years_and_of_changes_are_no_figures_of_the_report(header: str, row: str) -> None:
    rows = [f"统计指标 | 单位 | {header} |", f"(一)收到申请数 | 件 | {row} |", f"1.当面申请数 | 件 | {row} |"]
    assert with_columns(*rows) == {"requests_received/value": "6", "requests_received_in_person/value": "6"}


def test_what_another_year_s_column_prints_is_kept_under_its_name() -> None:
    head = STATISTICS.split("\n")[:2]
    page = [
        *head,
        "统计指标 | 单位 | 2015年 | 2016年 |",
        "(一)收到申请数 | 件 | 9 | 6 |",
        "1.当面申请数 | 件 | 2 | 1 |",
    ]
    loose = [cell for cell in read("\n".join(page) + "\n").cells if cell["slot_id"] is None]
    assert [(cell["column_path"], cell["raw_text"]) for cell in loose] == [("2015年", "9"), ("2015年", "2")]


def test_a_name_over_all_columns_is_the_name_of_none() -> None:
    header = "统计指标 | 单位 | 统计数 |\n | | 县政府办 | 乡镇 | 合计 |"
    assert with_columns(header, "(一)收到申请数 | 件 | 2 | 4 | 6 |", "1.当面申请数 | 件 | 1 | 0 | 1 |") == {
        "requests_received/value#县政府办": "2",
        "requests_received/value#乡镇": "4",
        "requests_received/value": "6",
        "requests_received_in_person/value#县政府办": "1",
        "requests_received_in_person/value#乡镇": "0",
        "requests_received_in_person/value": "1",
    }


def test_the_column_of_the_whole_county_is_the_whole() -> None:
    header = "统计指标 | 单位 | 全县 | 其中:县政府本级 |"
    assert with_columns(header, "(一)收到申请数 | 件 | 6 | 2 |", "1.当面申请数 | 件 | 1 | 0 |") == {
        "requests_received/value": "6",
        "requests_received/value#其中:县政府本级": "2",
        "requests_received_in_person/value": "1",
        "requests_received_in_person/value#其中:县政府本级": "0",
    }


def test_the_first_row_is_no_name_of_a_column() -> None:
    rows = ["项目 | 单位 | 数量 |", "公开目录数 | 条 | 587 |", "2.政府网站公开政府信息数 | 条 | 31 |"]
    assert with_columns(*rows, "1.当面申请数 | 件 | 1 |") == {
        "disclosed_via_website/value": "31",
        "requests_received_in_person/value": "1",
    }


def test_codes_before_the_one_column_that_is_printed_are_no_values() -> None:
    rows = [row.split(" | ") for row in SHANGHAI.split("\n")]
    page = "\n".join(" | ".join([*row[:3], *row[4:]]) if len(row) > 1 else row[0] for row in rows)
    whole = {place: number for place, number in read(SHANGHAI).values().items() if place.endswith("year_to_date")}
    assert (read(page).values(), len(whole)) == (whole, 7)


@pytest.mark.parametrize(
    "page",
    [
        "青田县2016年部门预算表\n项目 | 预算数(万元) |\n一、财政拨款收入 | 1203.5 |\n二、基金收入 | 2 |\n(一)公共服务支出 | 520.3 |\n"
        "(二)教育支出 | 36 |\n(四)政府信息公开专项经费 | 3 |\n",
        "2016年全市复议机构办案情况统计表\n指标名称 | 单位 | 统计数 |\n一、行政复议受理数 | 件 | 312 |\n(一)不予受理 | 件 | 8 |\n",
    ],
)
def test_a_line_among_others_and_one_only_like_a_line_make_no_table(page: str) -> None:
    assert read(page).cells == []


def test_a_row_without_a_label_fills_no_blank_cells_of_the_row_above() -> None:
    row = "一、本年新收政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 6 | 21 | ||\n二、上年结转政府信息公开申请数量 | 7 |"
    page = swap(REPORT, row, "一、本年新收政府信息公开申请数量 | 1 | 2 | 3 | 4 |  |  |  | ||\n | 7 |")
    read_values = read(page.replace("7 | 0 | 0 | 0 | 0 | 0 | 7 |", "7 |  |  | 8 |  |  | 9 |")).values("requests")
    received = [read_values[place] for place in line("requests_received", *"1234567")]
    assert received in (["1", "2", "3", "4", *["(blank)"] * 3], ["(unreadable)"] * 7)


def test_the_whole_year_beside_its_months_is_the_whole() -> None:
    header = "统计指标 | 单位 | 1-11月 | 12月 | 全年 |"
    read_off = with_columns(header, "(一)收到申请数 | 件 | 4 | 2 | 6 |", "1.当面申请数 | 件 | 1 | 0 | 1 |")
    assert (read_off["requests_received/value"], read_off["requests_received_in_person/value"]) == ("6", "1")


def test_numbers_before_the_labels_and_their_units_are_given_to_none() -> None:
    head, rows = STATISTICS.split("\n")[:2], [row.split(" | ") for row in STATISTICS.split("\n")[3:]]
    turned = ["\t".join((row[2].rstrip(" |"), row[0], row[1])) for row in rows if len(row) > 2]
    assert set(read("\n".join([*head, *turned]) + "\n").values().values()) <= {"(unreadable)", "(blank)"}


def test_the_one_column_of_a_table_of_the_year_is_the_year_s() -> None:
    rows = [row.split(" | ") for row in SHANGHAI.split("\n") if "|" in row][2:]
    table = ["指标名称 | 计量单位 | 数量 |", *(" | ".join([*row[:2], row[3], ""]) for row in rows)]
    read_off = read("\n".join([SHANGHAI.split("\n")[0], *table]) + "\n").values()
    assert read_off == {place: n for place, n in read(SHANGHAI).values().items() if place.endswith("/period")}


def test_a_label_without_its_word_for_a_number_is_read_before_its_unit() -> None:
    rows = ["收到申请 | 件 | 6 |", "当面申请 | 件 | 1 |", "传真申请 | 件 | 5 |", "政府网站在线访谈 | 次 | 2 |"]
    assert with_columns("统计指标 | 单位 | 统计数 |", rows[3], *rows[:3]) == {
        "online_interviews_held/value": "2",
        "requests_received/value": "6",
        "requests_received_in_person/value": "1",
        "requests_received_fax/value": "5",
    }
