"""Heads of pages as portals print them: who reports, on which year, on whose figures; and where that must stay open.

`heads.txt` was typed by hand. Each entry begins with ``=== organ | year | coverage``; ``~`` is NULL, ``/`` parts answers of
which each is right, ``;;`` several reports of one page; coverage is own, gov or reg, and ``none`` says that it is no report.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from composed import DISCLOSURE

from extract.reader import read_document

BODY = "一、总体情况\n全年主动公开政府信息126条，收到政府信息公开申请3件，均已按期答复。"
COVERAGE = {"own": "own_organ", "gov": "government_level", "reg": "region_aggregate"}


class Head(NamedTuple):
    organs: list[set[str]]
    years: list[set[str]]
    coverage: set[str]
    text: str


def heads() -> list[Head]:
    found = []
    for entry in re.split(r"^=== ", Path(__file__).with_name("heads.txt").read_text("utf8"), flags=re.M)[1:]:
        told, text = entry.split("\n", 1)
        organ, year, coverage = (part.strip() for part in told.split("|"))
        organs = [set(each.split("/")) for each in organ.split(";;")]
        years = [set(each.split("/")) for each in year.split("=")[-1].split(";;")]
        count = max(len(organs), len(years))
        for tag in ("{table}\n", "{table19}\n"):
            text = text.replace(tag, DISCLOSURE)
        found.append(
            Head(
                organs if len(organs) == count else organs * count,
                years if len(years) == count else years * count,
                {COVERAGE.get(each, each) for each in coverage.split("/")},
                text.replace("{body}", BODY),
            )
        )
    return found


@pytest.mark.parametrize("head", heads(), ids=lambda head: head.text.split("\n", 1)[0][:30])
def test_organ_year_and_coverage_are_what_the_page_says_or_stay_open(head: Head) -> None:
    reports = read_document(head.text.encode()).reports
    if head.coverage == {"none"}:
        assert reports == []
        return
    assert len(reports) == len(head.organs)
    for report, organs, years in zip(reports, head.organs, head.years, strict=True):
        assert (report.organ_name or "~") in organs
        assert str(report.year or "~") in years
        assert report.coverage in head.coverage


def test_a_bar_behind_each_line_makes_of_no_name_or_year_another_one() -> None:
    for head in heads():
        if len(head.organs) > 1 or head.coverage == {"none"}:
            continue
        above, table, below = head.text.partition("第二十条")
        for report in read_document((above.rstrip().replace("\n", " |\n") + "\n" + table + below).encode()).reports:
            assert report.organ_name is None or report.organ_name in head.organs[0]
            assert report.year is None or str(report.year) in head.years[0]


INJECTED = "南浦区市场监督管理局2023年政府信息公开工作年度报告\n皇冠体育 六合彩\n" + BODY + "\n" + DISCLOSURE


def test_a_page_with_words_of_a_seized_site_keeps_its_figures_and_says_so() -> None:
    reading = read_document(INJECTED.encode())
    (report,) = reading.reports
    assert report.injected == ("皇冠体育", "六合彩")
    assert sum(cell.value is not None for cell in report.cells) >= 10
    assert report.organ_name is None  # named in the title only, where nothing confirms it
