"""Growth told in prose: of which figure, by how much; what only looks like it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.reader import read_document

HEAD = "云岭县人民政府2023年政府信息公开工作年度报告\n2023年，"


def growths(sentence: str) -> list[tuple[str, str | None, Decimal]]:
    """(quote, indicator it is told of, percent) of each growth in the sentence."""
    (report,) = read_document((HEAD + sentence + "\n").encode()).reports
    found = []
    for claim in report.claims:
        if claim.kind == "growth":
            assert claim.share_part is not None
            assert (claim.indicator_id, claim.unit) == (None, "%")
            found.append((claim.quote, report.claims[claim.share_part].indicator_id, claim.value))
    return found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全县共收到政府信息公开申请45件，同比增长12.5%。", [("同比增长12.5%", "requests_received", "12.5")]),
        ("收到政府信息公开申请45件，较上年下降了10%。", [("较上年下降了10%", "requests_received", "-10")]),
        ("收到政府信息公开申请45件（比去年增加25%）。", [("比去年增加25%", "requests_received", "25")]),
        ("收到政府信息公开申请45件，较2022年减少8.2%。", [("较2022年减少8.2%", "requests_received", "-8.2")]),
        ("收到政府信息公开申请45件，与上年相比，增长约12%。", [("与上年相比，增长约12%", "requests_received", "12")]),
        (
            "主动公开政府信息1200条，同比增幅为20%；收到政府信息公开申请45件，同比下降3%。",
            [("同比增幅为20%", "proactive_items_disclosed", "20"), ("同比下降3%", "requests_received", "-3")],
        ),
    ],
)
def test_growth_is_told_of_the_figure_before_it(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert growths(sentence) == [(quote, indicator, Decimal(value)) for quote, indicator, value in expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "收到政府信息公开申请45件，增长12.5%。",  # since when is not said
        "收到政府信息公开申请45件，较2020年增长12.5%。",  # not since the year before
        "收到政府信息公开申请45件，按期办结率100%。",
        "收到政府信息公开申请45件，网站访问量同比增长30%。",  # of something else
        "收到政府信息公开申请45件，满意度较上年提高3个百分点。",
        "市民热线受理诉求3000件，同比增长12.5%，收到政府信息公开申请45件。",
    ],
)
def test_what_is_no_growth_of_a_figure_of_the_report_is_none(sentence: str) -> None:
    assert growths(sentence) == []
