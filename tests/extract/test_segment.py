"""Where a report begins and ends: lists of links, page furniture, and several reports in one file."""

from __future__ import annotations

import pytest
from composed import DISCLOSURE, DISPUTES, REPORT, REQUESTS, STATISTICS, read

from extract.reader import read_document

OTHER_YEARS = "".join(f"青田县水务局{year}年政府信息公开工作年度报告\n" for year in (2024, 2023, 2021, 2020))
OTHER_ORGANS = "".join(f"青田县{name}2022年政府信息公开工作年度报告\n" for name in ("财政局", "教育局", "公安局"))
FURNITURE = """\
登录 | 注册
无障碍 | 长者模式
2023年,全县新增市场主体1234户,完成投资56亿元。
规章 | 0 | 0 |
点击量:1024 | 打印 | 关闭
下一篇:关于印发2024年工作要点的通知
"""
WHOLE = read(REPORT)
HEAD = [("青田县水务局", 2022, "national-2021")]

AROUND = [
    (OTHER_YEARS, ""),
    ("", OTHER_YEARS),
    (OTHER_YEARS, OTHER_YEARS),
    (OTHER_ORGANS, ""),
    ("", OTHER_ORGANS),
    (FURNITURE, FURNITURE),
    (FURNITURE + OTHER_YEARS, OTHER_ORGANS + FURNITURE),
    ("青田县水务局2022年政府信息公开工作年度报告\n", ""),
]


def heads(page: str) -> list[tuple[str | None, int | None, str]]:
    return [(report["organ_name"], report["year"], report["form"]) for report in read(page).reports]


@pytest.mark.parametrize(("before", "after"), AROUND)
def test_links_and_page_furniture_make_no_report_and_change_no_cell(before: str, after: str) -> None:
    page = before + REPORT + after
    assert (heads(page), read(page).values()) == (HEAD, WHOLE.values())


@pytest.mark.parametrize("noise", [OTHER_YEARS, OTHER_ORGANS, FURNITURE, OTHER_YEARS + FURNITURE])
def test_links_and_page_furniture_alone_are_no_report(noise: str) -> None:
    assert read(noise).reports == []


def other(organ: str, year: int) -> str:
    """The report with another head and other figures."""
    page = REPORT.replace("青田县水务局2022年", f"{organ}{year}年")
    return page.replace("行政许可 | 7 |", "行政许可 | 77 |")


@pytest.mark.parametrize("between", ["", OTHER_YEARS, FURNITURE])
@pytest.mark.parametrize(("organ", "year"), [("青田县水务局", 2021), ("青田县财政局", 2022), ("丽水市教育局", 2020)])
def test_two_reports_of_one_file_are_told_apart(organ: str, year: int, between: str) -> None:
    page = read(REPORT + between + other(organ, year))
    assert heads(REPORT + between + other(organ, year)) == [*HEAD, (organ, year, "national-2021")]
    assert page.values(ordinal=1) == WHOLE.values()
    assert page.values(ordinal=2) == {**WHOLE.values(), "licensing/decisions": "77"}


def test_reports_of_two_generations_keep_their_forms() -> None:
    assert heads(STATISTICS + REPORT) == [("开平市水利局", 2016, "national-2014"), *HEAD]


def test_reports_follow_each_other_in_reading_order_without_overlap() -> None:
    page = REPORT + other("青田县水务局", 2021) + other("青田县水务局", 2020)
    spans = [(report["ordinal"], report["char_start"], report["char_end"]) for report in read(page).reports]
    length = len(REPORT)
    assert spans == [(1, 0, length), (2, length, 2 * length + 1), (3, 2 * length + 1, len(page))]


def test_every_cell_lies_within_its_report() -> None:
    page = read(REPORT + other("青田县水务局", 2021))
    spans = {report["report_id"]: (report["char_start"], report["char_end"]) for report in page.reports}
    outside = [
        cell["cell_id"]
        for cell in page.cells
        if not spans[cell["report_id"]][0] <= cell["char_start"] <= cell["char_end"] <= spans[cell["report_id"]][1]
    ]
    assert outside == []


def test_sections_of_one_report_in_another_order_stay_one_report() -> None:
    title = "青田县水务局2022年政府信息公开工作年度报告\n"
    page = title + REQUESTS + DISCLOSURE + DISPUTES
    assert (heads(page), read(page).values()) == (HEAD, WHOLE.values())


def test_report_ids_come_from_the_bytes_and_the_place_in_them() -> None:
    page = read(REPORT + other("青田县水务局", 2021))
    assert [report["report_id"] for report in page.reports] == [
        f"{page.document['document_id'][:20]}-{ordinal}" for ordinal in (1, 2)
    ]
    first = [cell["cell_id"] for cell in page.cells if cell["report_id"] == page.reports[0]["report_id"]]
    assert first == [f"{page.reports[0]['report_id']}:{number:04d}" for number in range(1, len(first) + 1)]


def test_two_short_reports_on_one_page_are_two() -> None:
    page = ""
    for year, number in ((2012, 86), (2013, 112)):
        page += f"青田县水务局{year}年度政府信息公开工作年度报告\n"
        page += f"{year}年,我局主动公开政府信息{number}条,收到政府信息公开申请2件,没有发生行政复议和行政诉讼。\n"
        page += f"青田县水务局\n{year + 1}年1月20日\n"
    assert [(organ, year) for organ, year, _ in heads(page)] == [("青田县水务局", 2012), ("青田县水务局", 2013)]
    first, second = read_document(page.encode()).reports
    assert [claim.value for claim in (*first.claims[:1], *second.claims[:1])] == [86, 112]


def test_the_title_among_what_a_page_says_of_itself_names_the_organ() -> None:
    page = "索引号:1134-2023 组配分类:年报 名称:青田县水务局2022年政府信息公开工作年度报告 发布日期:2023-01-30\n"
    assert heads(page + DISCLOSURE) == HEAD
