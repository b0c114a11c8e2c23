"""Numbers in running text: their value, unit and how exact they are; and numbers that count nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.prose.figures import Figure
from extract.prose.lexicon import read_line
from extract.text.script import respell


def figures(text: str) -> list[Figure]:
    return list(read_line(respell(text, 0)[0]).figures.values())


def told(text: str) -> list[tuple[str, str | None, str]]:
    """Value, unit and qualifier of each figure of a sentence."""
    return [(f"{figure.value.normalize():f}", figure.unit, figure.qualifier) for figure in figures(text)]


EXACT = [
    # printed, value, unit
    ("收到申请1904件", "1904", "件"),
    ("收到申请0件", "0", "件"),
    ("收到申请１９０４件", "1904", "件"),
    ("收到申请1,904件", "1904", "件"),
    ("收到申请１，９０４件", "1904", "件"),
    ("公开信息1,234,567条", "1234567", "条"),
    ("收到申请 1904 件", "1904", "件"),
    ("收到申请19 04件", "1904", "件"),
    ("访问量3万人次", "30000", "人次"),
    ("访问量684.44万次", "6844400", "次"),
    ("访问量1.2亿人次", "120000000", "人次"),
    ("收取费用0.25万元", "0.25", "万元"),
    ("收取费用2601.953875万元", "2601.953875", "万元"),
    ("收取费用35元", "35", "元"),
    ("收到申请三件", "3", "件"),
    ("收到申请两件", "2", "件"),
    ("收到申请十件", "10", "件"),
    ("收到申请十五件", "15", "件"),
    ("收到申请二十件", "20", "件"),
    ("收到申请一百零三件", "103", "件"),
    ("收到申请一百二十件", "120", "件"),
    ("收到申请三千零五件", "3005", "件"),
    ("公开288905条(份/项/次/册)", "288905", "条(份/项/次/册)"),
    ("公开12条（件）", "12", "条(件)"),
    ("占26.5%", "26.5", "%"),
    ("占２６．５％", "26.5", "%"),
    ("共5", "5", None),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "value", "unit"), EXACT)
def test_a_number_has_its_value_and_unit(printed: str, value: str, unit: str | None) -> None:
    assert told(printed) == [(value, unit, "exact")]


VAGUE = [
    ("公开信息300余条", "300", "条", "approximate"),
    ("公开信息300多条", "300", "条", "approximate"),
    ("公开信息近300条", "300", "条", "approximate"),
    ("公开信息约300条", "300", "条", "approximate"),
    ("公开信息300条左右", "300", "条", "approximate"),
    ("访问量810余万人次", "8100000", "人次", "approximate"),
    ("访问量8万多人次", "80000", "人次", "approximate"),
    ("访问量8万余人次", "80000", "人次", "approximate"),
    ("访问量超过1000万人次", "10000000", "人次", "at_least"),
    ("访问量逾1000万人次", "10000000", "人次", "at_least"),
    ("公开信息不少于300条", "300", "条", "at_least"),
    ("公开信息300条以上", "300", "条", "at_least"),
    ("收到申请三十余件", "30", "件", "approximate"),
]


@pytest.mark.parametrize(("printed", "value", "unit", "qualifier"), VAGUE)
def test_words_beside_a_number_say_how_exact_it_is(printed: str, value: str, unit: str, qualifier: str) -> None:
    assert told(printed) == [(value, unit, qualifier)]


NO_FIGURES = [
    "根据第3条",
    "国办发〔2013〕35号",
    "第35号",
    "2013年",
    "2013年度",
    "2013年1月1日",
    "2013年至2015年",
    "3月15日",
    "3-5件",
    "3至5件",
    "电话0739-5253966",
    "上午10:30",
    "第二十条",
    "一个",
    "A4纸",
    "V2.0",
    "1.2.3",
]


@pytest.mark.parametrize("printed", NO_FIGURES)
def test_a_number_that_counts_nothing_is_no_figure(printed: str) -> None:
    assert told(printed) == []


@pytest.mark.parametrize("printed", NO_FIGURES)
def test_a_figure_beside_a_number_that_counts_nothing_is_read(printed: str) -> None:
    assert told(printed + ",收到申请7件") == [("7", "件", "exact")]


def test_two_figures_of_a_sentence_are_told_in_order() -> None:
    assert told("2022年收到申请35件,办结34件") == [("35", "件", "exact"), ("34", "件", "exact")]


@given(st.integers(0, 999_999), st.sampled_from(("件", "条", "次", "人次")))
def test_a_number_is_the_same_with_and_without_thousands_marks(number: int, unit: str) -> None:
    assert told(f"共{number:,}{unit}") == told(f"共{number}{unit}") == [(str(number), unit, "exact")]


@given(st.integers(1, 9999))
def test_ten_thousands_are_multiplied_out(hundredths: int) -> None:
    (figure,) = figures(f"共{Decimal(hundredths) / 100}万次")
    assert (figure.value, figure.unit) == (Decimal(hundredths) * 100, "次")


@given(st.integers(2, 9999))
def test_chinese_numerals_are_the_number_they_spell(number: int) -> None:
    assert told(f"共{spelled(number)}件") == [(str(number), "件", "exact")]


def spelled(number: int) -> str:
    """A number below 10 000 in Chinese numerals, by rules of this test alone."""
    words, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = True
    return words.removeprefix("一") if words.startswith("一十") else words
