"""Pages that were cut somewhere: what stands at the cut is not taken for whole, and what is cut takes no time."""

from __future__ import annotations

from composed import read

from extract.reader import Report, read_document
from extract.table.unglue import unglue

TITLE = "大悟县水务局2022年政府信息公开工作年度报告\n一、总体情况\n2022年,我局主动公开信息510条。\n"
DISCLOSURE = """二、主动公开政府信息情况
第二十条第(一)项
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 0 | 0 | 0
行政规范性文件 | 1 | 0 | 4
"""
DISPUTES = """四、政府信息公开行政复议、行政诉讼情况
行政复议 | 行政诉讼
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计
"""
REQUESTS = """三、收到和处理政府信息公开申请情况
申请人情况
自然人
法人或其他组织
总计
商业企业
科研机构
社会公益组织
法律服务机构
其他
一、本年新收政府信息公开申请数量
"""


def one(text: str) -> Report:
    (report,) = read_document(text.encode()).reports
    return report


def values(report: Report, table: str) -> list[float | None]:
    """Numbers of the cells of a table in the order of the form; NULL where none was read."""
    cells = [cell for cell in report.cells if f"/{table}/" in (cell.slot_id or "")]
    return [None if cell.value is None else float(cell.value) for cell in cells]


def test_the_last_number_of_a_dispute_row_that_is_cut_is_unreadable() -> None:
    report = one(TITLE + DISCLOSURE + DISPUTES + "63 | 82 | 0 | 0 | 145 | 26 | 70")
    assert values(report, "disputes") == [63, 82, 0, 0, 145, 26, None]


def test_a_dispute_row_that_ends_the_page_whole_is_read() -> None:
    report = one(TITLE + DISCLOSURE + DISPUTES + "1 | 2 | 0 | 0 | 3 | 4 | 0 | 0 | 0 | 4 | 5 | 0 | 0 | 0 | 5")
    assert values(report, "disputes") == [1, 2, 0, 0, 3, 4, 0, 0, 0, 4, 5, 0, 0, 0, 5]


def test_a_dispute_row_without_the_bar_that_ends_the_lines_above_is_cut() -> None:
    barred = "".join(f"{line} |\n" for line in DISPUTES.splitlines())
    report = one(TITLE + DISCLOSURE + barred + "1 | 2 | 0 | 0 | 3 | 4 | 0 | 0 | 0 | 4 | 5 | 0 | 0 | 0 | 5")
    assert values(report, "disputes") == [1, 2, 0, 0, 3, 4, 0, 0, 0, 4, 5, 0, 0, 0, None]


def test_the_bar_before_each_row_is_no_cell_of_a_dispute_row_that_is_cut() -> None:
    heads = [line.split(" | ") for line in DISPUTES.splitlines()[1:]]
    rows = [*heads, ["90", "0", "0", "7", "6077", "0", "0", "98", "5", "3", "8", "0", "8", "0"]]
    marked = "\n".join("|\n" + "\n".join(f"{cell} |" for cell in row) for row in rows)
    report = one(TITLE + DISCLOSURE + DISPUTES.splitlines()[0] + "\n" + marked)
    assert values(report, "disputes") == [90, 0, 0, 7, 6077, 0, 0, 98, 5, 3, 8, 0, 8, 0]


def test_a_row_that_is_cut_is_unreadable_where_blank_cells_leave_no_trace() -> None:
    rows = "2\n7\n9\n二、上年结转政府信息公开申请数量\n0\n1\n三、本年度办理结果\n(一)予以公开\n3\n8\n"
    report = one(TITLE + DISCLOSURE + REQUESTS + rows)
    assert set(values(report, "requests")) == {None}


def test_a_row_that_is_cut_is_read_as_far_as_it_goes_where_the_rows_above_are_whole() -> None:
    rows = "2\n7\n0\n0\n0\n0\n9\n二、上年结转政府信息公开申请数量\n0\n1\n"
    assert values(one(TITLE + DISCLOSURE + REQUESTS + rows), "requests") == [2, 7, 0, 0, 0, 0, 9, 0, 1]


def test_a_part_of_a_table_that_two_forms_print_alike_is_read_by_the_year_or_as_the_form_in_force() -> None:
    rows = "3 | 0 | 0 | 0 | 0 | 0 | 3\n二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1\n"
    part = (
        "一、本年新收政府信息公开申请数量 | " + rows + "三、本年度办理结果 | (一)予以公开 | 4 | 0 | 0 | 0 | 0 | 0 | 4\n"
    )
    reading = read_document(part.encode())
    assert [report.form for report in reading.reports] == ["national-2021"]
    assert values(reading.reports[0], "requests") == [3, 0, 0, 0, 0, 0, 3, 1, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0, 0, 0, 4]
    assert "fits national-2021, national-2019 alike" in reading.rejects[0][3]
    earlier = one(TITLE.replace("2022", "2020") + part)
    assert (earlier.form, values(earlier, "requests")[:2]) == ("national-2019", [3, 0])


def test_a_web_page_that_ends_within_a_number_does_not_tell_it() -> None:
    rows = [["行政规范性文件", "1", "0", "40"]]
    head = [["第二十条第(一)项"], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "0", "0", "0"]]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [*head, *rows])
    page = f"<html><body><h1>大悟县水务局2022年政府信息公开工作年度报告</h1><table>{table}</table></body></html>"
    cut = page[: page.index("40</td>") + 1]
    assert values(one(cut), "disclosure") == [0, 0, 0, 1, 0, None]
    assert values(one(cut + "0</td"), "disclosure") == [0, 0, 0, 1, 0, 40]


def test_many_labels_without_numbers_before_one_that_is_cut_are_taken_apart_in_no_time() -> None:
    labels = "1.属于国家秘密 2.其他法律行政法规禁止公开 4.保护第三方合法权益 (一)予以公开 (二)部分公开 3.其他 (七)总计 "
    assert unglue("规章 1 2 3 " + labels * 8 + "8.属于行政查 0 0 0") == ()


def test_a_text_of_nothing_but_labels_is_read_to_its_end() -> None:
    assert read_document(("规章" * 3000).encode()).reports == []


STATISTICS = """(二)被依法纠错数 | 件 | 4 |
(三)其他情形数 | 件 | 5 |
六、举报投诉数量 | 件 | 6 |
七、依申请公开信息收取的费用 | 万元 | 0 |
八、机构建设和保障经费情况 | —— | —— |
(一)政府信息公开工作专门机构数 | 个 | 1 |
"""
"""The end of the statistics of 2014: the same labels stand above, under reconsideration."""


def test_a_page_that_begins_between_lines_of_one_name_ends_in_the_lines_right_above_the_next() -> None:
    values = {cell["slot_id"].split("/")[2]: cell["value"] for cell in read(STATISTICS).cells if cell["slot_id"]}
    assert (values["litigation_cases.corrected"], values["litigation_cases.other"]) == (4, 5)
    assert not any(name.startswith("reconsideration") for name in values)


def test_lines_of_one_name_that_leave_one_out_are_unreadable() -> None:
    cells = read(STATISTICS.replace("(三)其他情形数 | 件 | 5 |\n", "")).cells
    told = [cell for cell in cells if "corrected" in (cell["slot_id"] or "")]
    assert [(cell["value"], cell["value_status"]) for cell in told] == [(None, "unreadable")]


def test_a_label_whose_beginning_is_cut_is_the_line_right_above_the_next() -> None:
    page = "同意公开答复数 件 31\n其中:涉及国家秘密 件 38\n涉及商业秘密 件 45\n涉及个人隐私 件 2\n7.告知作出更改补充数 件 44\n"
    values = {cell["slot_id"].split("/")[2]: cell["value"] for cell in read(page).cells if cell["slot_id"]}
    assert (values.get("granted_full"), values["refused_total"], values["refused_state_secret"]) == (None, 31, 38)


def test_the_number_of_a_next_row_is_no_value_of_a_blank_one() -> None:
    rows = "| 13 | 2.政府网站在线访谈次数 | 次 | 2 |\n| 14 | 1.参加或举办新闻发布会总次数 | 次 |  |\n| 15 | 其中:主要负"
    cells = read("政府信息公开情况统计表\n| 代码 | 统计指标 | 单位 | 统计数 |\n" + rows).cells
    held = [cell for cell in cells if "press_conferences_held" in (cell["slot_id"] or "")]
    assert all(cell["value"] is None for cell in held)


def test_blank_cells_under_a_merged_label_are_no_cells_of_the_row_in_which_the_page_ends() -> None:
    rows = [
        "三、收到和处理政府信息公开申请情况",
        "一、本年新收政府信息公开申请数量 |  |  | 3 | 0 | 0 | 0 | 0 | 0 | 3 |",
        "三、本年度办理结果 | （三）不予公开 | 1.属于国家秘密 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
        " |  | 2.其他法律行政法规禁止公开 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
        "四、结转下年度继续办理 |  |  | 4 | 1 | 5 | 8 | 50",
    ]
    read = values(one(TITLE + DISCLOSURE + "\n".join(rows)), "requests")[-7:]
    assert set(read) == {None}


def test_the_bar_that_opens_the_row_in_which_the_page_ends_is_no_blank_case() -> None:
    framed = "".join(f"| {row} |\n" if "|" in row else row + "\n" for row in DISPUTES.splitlines())
    row = "| " + " | ".join(map(str, range(21, 35)))
    report = one(TITLE + DISCLOSURE + framed + row)
    assert values(report, "disputes") == [*map(float, range(21, 34)), None]


def test_padding_of_the_row_in_which_the_page_ends_tells_no_columns() -> None:
    head = [
        "三、收到和处理政府信息公开申请情况",
        "（本列数据的勾稽关系为） |  |  | 申请人情况 |  |  |  |  |  |  |",
        " |  |  | 自然人 | 法人或其他组织 |  |  |  |  | 总计 |",
        " |  |  |  | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |  |",
    ]
    row = "一、本年新收政府信息公开申请数量 |  |  | 8 | 3 | 0 | 0 | 0 | 0"
    read = values(one(TITLE + DISCLOSURE + "\n".join([*head, row])), "requests")
    assert read in ([8, 3, 0, 0, 0, 0, None], [8, 3, 0, 0, 0, 0], [None] * 7)
