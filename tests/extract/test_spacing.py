"""Columns that only spaces set apart: told by the names above, the full rows or the edges of the numbers, or not at all."""

from __future__ import annotations

import pytest
from composed import DISCLOSURE, REQUESTS, TITLE, Staged, line, read

RECEIVED, CARRIED_IN, GRANTED, OUT = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "三、本年度办理结果（一）予以公开",
    "四、结转下年度继续办理",
)


def page_of(*rows: str) -> Staged:
    head = TITLE + DISCLOSURE + REQUESTS.split("一、")[0]
    return read(head + "\n".join(rows) + "\n五、存在的主要问题及改进情况\n")


def set_under(label: str, cells: str, step: int = 6) -> str:
    """A row whose cells, parted by commas, begin at the same places."""
    margin = " " * (40 - 2 * len(label))
    return (label + margin + "".join(cell.ljust(step) for cell in cells.split(","))).rstrip()


def of(page: Staged, line_id: str) -> list[str]:
    return [value for place, value in page.values("requests").items() if place.startswith(f"{line_id}/")]


def test_numbers_that_begin_at_seven_places_stand_in_seven_columns_though_no_row_is_full() -> None:
    page = page_of(
        set_under(RECEIVED, "1,,,4,,6,11"),
        set_under(CARRIED_IN, ",2,3,,,,5"),
        set_under(GRANTED, ",,,,5,,5"),
        set_under(OUT, "0,0,,,,,12"),
    )
    assert of(page, "requests_received") == ["1", "(blank)", "(blank)", "4", "(blank)", "6", "11"]
    assert of(page, "granted_full") == [*["(blank)"] * 4, "5", "(blank)", "5"]


def test_numbers_behind_labels_of_many_lengths_show_no_columns() -> None:
    rows = [f"{label}  {value}  {value}" for label, value in ((RECEIVED, 1), (CARRIED_IN, 2), (GRANTED, 3), (OUT, 4))]
    rows[2] = rows[2].replace("予以公开", "予以公开情况")
    values = page_of(*rows).values("requests")
    assert set(values.values()) <= {"(unreadable)"}


@pytest.mark.parametrize("short", ["7   8", "7   8   9   1   1   1"])
def test_cells_a_fixed_gap_apart_show_no_columns(short: str) -> None:
    rows = [(label + " " * (40 - 2 * len(label))) for label in (RECEIVED, CARRIED_IN, OUT)]
    full = "   ".join("0000000")
    page = page_of(rows[0] + full, rows[1] + short, rows[2] + full)
    assert set(of(page, "requests_carried_in")) == {"(unreadable)"}


def test_a_header_whose_names_stand_elsewhere_leaves_the_columns_of_the_rows() -> None:
    header = "自然人  商业企业  科研机构  社会公益组织  法律服务机构  其他  总计"
    rows = [set_under(RECEIVED, "1,2,3,4,5,16,31"), set_under(CARRIED_IN, ",2,,,,,2"), set_under(OUT, "0,0,0,0,0,0,0")]
    page = page_of(header, *rows)
    assert of(page, "requests_carried_in") == ["(blank)", "2", *["(blank)"] * 4, "2"]


def test_names_above_tell_the_columns_of_a_table_without_a_full_row() -> None:
    head, rest = DISCLOSURE.split("信息内容 |", 1)
    rest = rest.split("第二十条第(五)项", 1)[1]
    rows = [
        "信息内容          本年制发件数        本年废止件数        现行有效件数",
        "规章                                  3",
        "行政规范性文件    4                                       6",
    ]
    values = read(TITLE + head + "\n".join(rows) + "\n第二十条第(五)项" + rest).values("disclosure")
    assert [values[f"admin_rules/{name}"] for name in ("issued", "repealed", "in_force")] == ["(blank)", "3", "(blank)"]
    assert [values[f"normative_documents/{name}"] for name in ("issued", "repealed", "in_force")] == [
        "4",
        "(blank)",
        "6",
    ]


def test_glosses_put_into_a_row_later_do_not_move_its_numbers() -> None:
    page = page_of(
        set_under(RECEIVED, "1,2,3,4,5,16,31").replace("量", "量(liàng)"),
        set_under(CARRIED_IN, ",2,,,,,2"),
        set_under(OUT, "0,0,0,0,0,0,0").replace("年度", "年(nián)度(dù)"),
    )
    assert page.values("requests") == {
        **line("requests_received", "1", "2", "3", "4", "5", "16", "31"),
        **line("requests_carried_in", "(blank)", "2", *["(blank)"] * 4, "2"),
        **line("requests_carried_out", *["0"] * 7),
    }


def test_blank_cells_before_the_first_of_section_four_are_told_by_its_names() -> None:
    title, *header, _ = [
        "四、政府信息公开行政复议、行政诉讼情况",
        "行政复议\t\t\t\t\t行政诉讼" + "\t" * 9,
        "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t",
        "\t\t\t\t\t" + "\t".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2),
        "",
    ]
    row = "\t\t\t\t3\t\t\t\t\t4\t\t\t\t\t5"
    values = read(TITLE + DISCLOSURE + REQUESTS + "\n".join([title, *header, row]) + "\n五、存在的问题\n").values(
        "disputes"
    )
    assert list(values.values()) == [*["(blank)"] * 4, "3", *["(blank)"] * 4, "4", *["(blank)"] * 4, "5"]


@pytest.mark.parametrize("lost", [1, 4])
def test_section_four_below_its_title_alone_may_begin_with_blank_cells(lost: int) -> None:
    row = "\t" * lost + "\t".join("0" * (15 - lost))
    page = TITLE + DISCLOSURE + REQUESTS + "四、政府信息公开行政复议、行政诉讼情况\n" + row + "\n五、存在的问题\n"
    assert list(read(page).values("disputes").values()) == [*["(blank)"] * lost, *["0"] * (15 - lost)]
