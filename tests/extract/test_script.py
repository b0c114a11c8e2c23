"""One spelling for many: script, width, glosses, spaces; and what a label's key leaves out."""

from __future__ import annotations

import pytest

from extract.printed_forms import label_key
from extract.text.script import plain_text, simplify

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
]


@pytest.mark.parametrize(("printed", "plain"), SPELLINGS)
def test_script_width_and_glosses_are_levelled(printed: str, plain: str) -> None:
    assert simplify(printed) == plain


@pytest.mark.parametrize("kept", ["(kg)", "行政(一)项", "(单位:万元)", "abc(kāi)", "公开(OGI)"])
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
