"""Sentences broken by the line ends of a page of fixed width: joined where they are read, and no title."""

from __future__ import annotations

import pytest
from composed import DISCLOSURE, DISPUTES, REQUESTS, read

from extract.text.wrapped import goes_on, sentence_row, unwrapped

BROKEN = "根据《中华人民共和国政府信息公开条例》(以下简称《条例》)的有关规定,现向"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (BROKEN, True),
        ("本年度共收到申请3件,均在法定期限内答复,没有因此引起行政复议、", True),
        ("本报告中所列数据的统计期限自2022年1月1日起,至2022年12月31日止。", False),
        ("青田县水务局关于印发2022年政府信息公开工作年度报告的通知", False),
        ("浏览次数:1,904    打印    关闭本页    收藏本站", False),
        ("(二)部分公开(区分处理的,只计这一情形,不计其他情形) | 部分公开", False),
        ("首页 > 政务公开 > 法定主动公开内容,年度报告 > 县级部门", False),
        ("四、其他,情况", False),
    ],
)
def test_a_line_goes_on_where_a_sentence_is_broken(line: str, expected: bool) -> None:
    assert goes_on(line) is expected


def test_only_broken_sentences_are_joined() -> None:
    lines = ["青田县水务局", BROKEN, "社会公布年度报告。", "一、总体情况", BROKEN]
    assert unwrapped(lines) == f"青田县水务局\n{BROKEN}社会公布年度报告。\n一、总体情况\n{BROKEN}"
    assert [sentence_row(lines, row) for row in range(len(lines))] == [0, 1, 1, 3, 4]


@pytest.mark.parametrize(
    "opening",
    [
        f"{BROKEN}\n社会公布青田县水务局2022年政府信息公开工作年度报告。",
        f"{BROKEN}\n社会公布青田县水务局2022年政府信息公开工作年度报告\n,本报告包括总体情况等六个部分。",
        "本报告由青田县水务局根据《条例》编制,向社会公布,本报告所列数据统计期限自2022年1\n月1日起至12月31日止。",
    ],
)
def test_organ_and_year_are_found_over_a_broken_line(opening: str) -> None:
    page = read(opening + "\n一、总体情况\n" + DISCLOSURE + REQUESTS + DISPUTES)
    assert [(report["organ_name"], report["year"]) for report in page.reports] == [("青田县水务局", 2022)]
