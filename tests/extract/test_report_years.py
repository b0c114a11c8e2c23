"""The years a report names, each in its own place: title, period, body. They are staged as they stand, agreeing or not."""

from __future__ import annotations

import pytest
from composed import DISCLOSURE, Row, read

from extract.report.years import body_year

TITLE = "青田县水务局2022年政府信息公开工作年度报告\n"
PERIOD = "根据条例规定编制本报告,统计期限自2022年1月1日起至2022年12月31日止。\n"
BODY = "2022年,全局认真贯彻落实条例,依法做好主动公开和依申请公开工作,取得较好成效,群众满意。\n"


def years(page: str) -> tuple[int | None, ...]:
    """Years of the report, its title, its period and its body."""
    report: Row = read(page).report
    return tuple(report[name] for name in ("year", "title_year", "period_year", "body_year"))


def test_a_report_that_names_one_year_names_it_everywhere() -> None:
    assert years(TITLE + PERIOD + BODY + DISCLOSURE) == (2022, 2022, 2022, 2022)


def test_a_title_of_another_year_than_the_period_is_staged_as_it_stands() -> None:
    page = TITLE.replace("2022", "2021") + PERIOD + BODY + DISCLOSURE
    assert years(page)[1:] == (2021, 2022, 2022)


def test_a_period_of_another_year_is_staged_as_it_stands() -> None:
    page = TITLE + PERIOD.replace("2022", "2021") + 2 * BODY + DISCLOSURE
    assert years(page)[1:] == (2022, 2021, 2022)


def test_a_body_of_another_year_is_staged_as_it_stands() -> None:
    page = TITLE + PERIOD + 2 * BODY.replace("2022", "2021") + DISCLOSURE
    assert years(page)[1:] == (2022, 2022, 2021)


def test_a_title_without_a_year_leaves_it_open() -> None:
    assert years(TITLE.replace("2022年", "") + PERIOD + BODY + DISCLOSURE)[1:] == (None, 2022, 2022)


def test_a_report_without_prose_names_no_period_and_no_body_year() -> None:
    assert years(TITLE + DISCLOSURE) == (2022, 2022, None, None)


@pytest.mark.parametrize("numerals", ["二〇二二", "二○二二", "２０２２"])
def test_years_are_numbers_however_they_are_printed(numerals: str) -> None:
    page = (TITLE + PERIOD + BODY).replace("2022", numerals)
    assert years(page + DISCLOSURE) == (2022, 2022, 2022, 2022)


def test_two_periods_of_different_years_leave_it_open() -> None:
    page = TITLE + PERIOD + PERIOD.replace("2022", "2021") + BODY + DISCLOSURE
    assert years(page)[2] is None


def about(*years_of_paragraphs: int | None) -> list[str]:
    """Paragraphs about these years, or about none."""
    return [BODY.replace("2022年", f"{year}年" if year else "") for year in years_of_paragraphs]


VOTES = [
    # years of the paragraphs, the year of the body
    ((2022, 2022, 2021), 2022),
    ((2021, 2022, 2022), 2022),
    ((2022, None, None), 2022),
    ((2022, 2021), None),
    ((2022, 2022, 2021, 2021, 2020), None),
    ((None, None), None),
    ((), None),
]


@pytest.mark.parametrize(("paragraphs", "year"), VOTES)
def test_the_body_is_about_the_year_of_most_of_its_paragraphs(
    paragraphs: tuple[int | None, ...], year: int | None
) -> None:
    assert body_year(about(*paragraphs)) == year


def test_a_year_that_another_is_compared_with_has_no_vote() -> None:
    compared = "主动公开信息57条,较2019年增加9条;比2018年增加12条;在2017年工作的基础上继续推进信息公开,成效明显。"
    assert body_year([compared, "2020年,我局认真贯彻落实条例,依法做好主动公开和依申请公开各项工作,成效明显。"]) == 2020
    assert body_year([compared]) is None


def test_a_short_line_and_a_plan_have_no_vote() -> None:
    plan = "2023年将继续认真贯彻落实条例,依法做好主动公开和依申请公开各项工作,不断提高政府工作透明度。"
    assert body_year(["2021年", "2021年工作总结", plan, plan, *about(2022)]) == 2022


def test_the_years_of_each_report_of_a_document_are_its_own() -> None:
    first = TITLE + PERIOD + BODY + DISCLOSURE
    second = first.replace("2022", "2021")
    reports = read(first + second).reports
    assert [[r["title_year"], r["period_year"], r["body_year"]] for r in reports] == [[2022] * 3, [2021] * 3]
