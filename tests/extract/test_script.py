"""One spelling for many: script, width, glosses, spaces; and what a label's key leaves out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.table.printed_forms import label_key
from extract.text.script import plain_text, respell, simplify

SPELLINGS = [
    ("開(kāi)", "开"),
    ("信息公開(kāi)工作年度報(bào)告", "信息公开工作年度报告"),
    ("處理決定數量", "处理决定数量"),
    ("區(qū)分處理(lǐ)的", "区分处理的"),
    ("１２，３４５．６", "12,345.6"),
    ("（一）予以公开", "(一)予以公开"),
    ("本年收费金额（单位：万元）", "本年收费金额(单位:万元)"),
    ("⼀⼆⼯", "一二工"),  # Kangxi radicals
    ("\uf9d1条", "六条"),  # a compatibility ideograph
    ("１\u200b２", "1 2"),
    ("〔2021〕", "〔2021〕"),
    (r"1\.当面申请数", "1.当面申请数"),  # escaped by a converter to Markdown
    (r"（2\)", "(2)"),
    (r"\-0\.5万元", "-0.5万元"),
]


@pytest.mark.parametrize(("printed", "plain"), SPELLINGS)
def test_script_width_and_glosses_are_levelled(printed: str, plain: str) -> None:
    assert simplify(printed) == plain


@pytest.mark.parametrize("kept", ["(kg)", "行政(一)项", "(单位:万元)", "abc(kāi)", "公开(OGI)", "甲\\乙"])
def test_brackets_that_are_no_gloss_stay(kept: str) -> None:
    assert simplify(kept) == kept


def test_without_glosses_no_length_changes() -> None:
    printed = "１，９０４　臺灣（萬元）規章⼀\u00a0增/減"
    assert len(simplify(printed)) == len(printed)


def test_a_simplified_page_keeps_its_names_in_older_script() -> None:
    """於潜镇 is a name in simplified print; only a page set in traditional script is turned."""
    page = "於潜镇人民政府年度报告。" + "本报告按照条例规定编制，报告中所列数据的统计期限为全年，" * 5
    assert "於潜镇" in plain_text(page)


def test_a_traditional_page_is_turned_wholly() -> None:
    page = "彰武縣平安鎮人民政府根據條例規定編制本報告，報告數據統計期限為全年。" * 5
    assert plain_text(page) == "彰武县平安镇人民政府根据条例规定编制本报告,报告数据统计期限为全年。" * 5


LABELS = [
    # spellings of one label
    ("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量"),
    ("一、本年新收政府信息公开申请数量", "一 、 本年新收政府信息公開申請數量："),
    ("(三)不予公开", "（三） 不予公开"),
    ("(三)不予公开", "不予公开"),
    ("1.属于国家秘密", "１．属于国家秘密"),
    ("1.属于国家秘密", "①属于国家秘密"),
    ("其中:涉及国家秘密", "其中：1.涉及国家秘密"),
    ("3.危及“三安全一稳定”", "3.危及\"三安全一稳定\""),
    ("其中:对本部门首次处理不满意的行政申诉数*", "对本部门首次处理不满意的行政申诉数"),
    ("2023年度", "2019年"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), LABELS)
def test_spellings_of_one_label_have_one_key(one: str, other: str) -> None:
    assert label_key(one) == label_key(other) != ""


DIFFERENT = [
    ("其他", "其他结果"),
    ("本年制发件数", "本年废止件数"),
    ("(5)“免予公开范围1”数", "(6)“免予公开范围2”数"),
    ("规章", "规范性文件"),
    ("(二)被依法纠错数", "(三)其他纠错数"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_labels_have_different_keys(one: str, other: str) -> None:
    assert label_key(one) != label_key(other)


@pytest.mark.parametrize("bare", ["", "(一)", "1.", "一、", "——", "*"])
def test_numbering_and_marks_alone_have_no_key(bare: str) -> None:
    assert label_key(bare) == ""


RESPELLED = [
    # printed, in one spelling without spaces, where its characters stood
    ("收到5件", "收到5件", [0, 1, 2, 3, 4]),
    ("", "", [0]),
    ("收 到", "收到", [0, 2, 3]),
    (" 收到\u3000", "收到", [1, 2, 4]),
    ("開(kāi)展", "开展", [0, 6, 7]),
    ("開（kāi）展", "开展", [0, 6, 7]),
    ("１９０４件", "1904件", [0, 1, 2, 3, 4, 5]),
    ("19\n04件", "1904件", [0, 1, 3, 4, 5, 6]),
    ("收\r\n到", "收到", [0, 3, 4]),
    ("收\u200b到\ufeff", "收到", [0, 2, 4]),
    ("5件(KG)", "5件(KG)", [0, 1, 2, 3, 4, 5, 6]),
]


@pytest.mark.parametrize(("printed", "plain", "places"), RESPELLED)
def test_respelled_text_knows_where_each_character_stood(printed: str, plain: str, places: list[int]) -> None:
    text, found = respell(printed, 0)
    assert (text, list(found)) == (plain, places)


@pytest.mark.parametrize(("printed", "plain", "places"), RESPELLED)
def test_respelled_places_are_counted_from_the_given_start(printed: str, plain: str, places: list[int]) -> None:
    text, found = respell(printed, 700)
    assert (text, list(found)) == (plain, [700 + place for place in places])


@given(st.text(st.sampled_from("收到開展１9件 (（kāi)）\n\r\u3000\u200b,，"), max_size=30))
def test_respelling_drops_nothing_but_glosses_and_spaces(printed: str) -> None:
    text, places = respell(printed, 0)
    assert text == re.sub(r"[\s\u200b]", "", simplify(printed))
    assert [simplify(printed[place]) for place in list(places)[:-1]] == list(text)
    assert list(places) == sorted(set(places)) and places[-1] == len(printed)
