"""Who reports on which year: from the text alone, and nothing where the text does not say."""

from __future__ import annotations

import pytest
from composed import DISCLOSURE, STATISTICS, read

WATER = "青田县水务局"
BARE = "2022年政府信息公开工作年度报告"
PERIOD = "根据条例规定编制本报告,统计期限自2022年1月1日起至2022年12月31日止。"


def named(*lines: str, below: str = "") -> tuple[str | None, int | None]:
    """Organ and year of a page with a 2021 table under the given lines."""
    report = read("\n".join(lines) + "\n" + DISCLOSURE + below).report
    return report["organ_name"], report["year"]


TITLES = [
    f"{WATER}2022年政府信息公开工作年度报告",
    f"{WATER}2022年度政府信息公开工作报告",
    f"2022年{WATER}政府信息公开工作年度报告",
    f"2022年度{WATER}政府信息公开年报",
    f"{WATER}关于2022年政府信息公开工作年度报告",
    f"关于{WATER}2022年度政府信息公开工作的报告",
    f"{WATER}政府信息公开工作2022年度报告",
    f"{WATER}政府信息公开2022年年度报告",
    f"{WATER}2022年度政务公开工作报告",
    f"{WATER}信息公开年度报告(2022年)",
    f"{WATER}信息公开年度报告（2022年）",
    f"{WATER}政府信息公开工作年度报告\n(2022年度)",
    f"{WATER}\n2022年政府信息公开工作年度报告",
    f"2022年政府信息公开工作年度报告\n{WATER}",
    f"{WATER}(本级)2022年政府信息公开工作年度报告",
    f"{WATER}２０２２年政府信息公开工作年度报告",
    f"{WATER} 2022 年政府信息公开工作年度报告",
    f"{WATER}二〇二二年政府信息公开工作年度报告",
    f"{WATER}二○二二年度政府信息公开工作年度报告",
    f"{WATER}二零二二年政府信息公开工作年度报告",
    f"{WATER}\n二〇二二年政府信息公开工作年度报告",
    "青田縣水務局2022年政府信息公開(kāi)工作年度報(bào)告",
    "青田縣水務局二〇二二年政府信息公開工作年度報告",
    f"Title: {WATER}2022年政府信息公开工作年度报告",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_names_organ_and_year_in_any_order(title: str) -> None:
    assert named(title) == (WATER, 2022)


def test_a_title_set_with_a_space_between_all_characters_is_read() -> None:
    assert named("青 田 县 水 务 局 2022 年 政 府 信 息 公 开 工 作 年 度 报 告") == (WATER, 2022)


def test_the_title_is_staged_in_plain_spelling() -> None:
    report = read("青田縣水務局２０２２年政府信息公開(kāi)工作年度報(bào)告\n" + DISCLOSURE).report
    assert report["title"] == f"{WATER}2022年政府信息公开工作年度报告"


PLACES = [
    # the place in the title, the organ that must be meant
    ("青田县", "青田县人民政府"),
    ("丽水市", "丽水市人民政府"),
    ("大祥区", "大祥区人民政府"),
    ("青田县腊口镇", "青田县腊口镇人民政府"),
    ("丽水经济技术开发区", "丽水经济技术开发区管理委员会"),
    ("凉山彝族自治州", "凉山彝族自治州人民政府"),
    ("大兴安岭地区", "大兴安岭地区行政公署"),
]


@pytest.mark.parametrize(("place", "organ"), PLACES)
def test_a_place_in_a_title_stands_for_its_government(place: str, organ: str) -> None:
    report = read(f"{place}{BARE}\n{DISCLOSURE}").report
    assert (report["organ_name"], report["organ_basis"]) == (organ, "composed")


NAMED = [
    "浙江省青田县人民政府",
    "天门市人民政府办公室",
    "贵州省人民政府办公厅",
    "国家税务总局青田县税务局",
    "青田县鹤城街道办事处",
    "丽水经济技术开发区管理委员会",
    "青田县市场监督管理局",
]


@pytest.mark.parametrize("organ", NAMED)
def test_an_organ_in_a_title_is_taken_as_it_is_named(organ: str) -> None:
    report = read(f"{organ}{BARE}\n{DISCLOSURE}").report
    assert (report["organ_name"], report["organ_basis"]) == (organ, "title")


def test_a_short_name_of_a_government_is_written_out() -> None:
    assert named(f"青田县政府{BARE}") == ("青田县人民政府", 2022)


ELSEWHERE = [
    # lines above the table, lines below it, basis
    ([BARE, "根据条例要求,现向社会公布青田县水务局2022年政府信息公开工作年度报告。"], "", "title"),
    ([BARE], f"{WATER}\n2023年1月20日\n", "signature"),
    ([BARE], f"{WATER}\n二〇二三年一月二十日\n", "signature"),
    ([BARE, f"来源:{WATER}"], "", "publisher"),
    ([BARE, f"发布机构: {WATER} 发布时间:2023-01-20"], "", "publisher"),
]


@pytest.mark.parametrize(("lines", "below", "basis"), ELSEWHERE)
def test_where_the_title_names_no_organ_the_text_may(lines: list[str], below: str, basis: str) -> None:
    report = read("\n".join(lines) + "\n" + DISCLOSURE + below).report
    assert (report["organ_name"], report["organ_basis"]) == (WATER, basis)


def test_our_district_and_its_name_make_the_government() -> None:
    text = "我区编制本报告。大祥区坚持公开,我区加大力度。大祥区各部门认真落实条例规定。"
    report = read(f"{BARE}\n{text}\n{DISCLOSURE}").report
    assert (report["organ_name"], report["organ_basis"]) == ("大祥区人民政府", "composed")


COMPLETED = [
    ("市人民政府办公室", "天门市人民政府办公室"),
    ("腊口镇人民政府", "青田县腊口镇人民政府"),
    ("县水务局", WATER),
]


@pytest.mark.parametrize(("short", "whole"), COMPLETED)
def test_an_abbreviated_organ_is_completed_from_the_text(short: str, whole: str) -> None:
    assert named(f"{short}{BARE}", f"根据条例规定,{whole}编制本报告。") == (whole, 2022)


NOT_NAMED = [
    [BARE, "来源:邵阳市人民政府门户网站", PERIOD],
    [BARE, "信息来源: 邵阳市人民政府门户网站", PERIOD],
    [BARE, "网址:www.qingtian.gov.cn", PERIOD],
    [BARE, "本报告电子版可在青田县人民政府门户网站查阅。", PERIOD],
    [BARE, "联系青田县水务局办公楼三楼。", PERIOD],
    [f"市人民政府办公室{BARE}", PERIOD],
    [f"我局{BARE}", PERIOD],
    [BARE, "根据国务院办公厅通知和《中华人民共和国政府信息公开条例》要求编制。", PERIOD],
]


@pytest.mark.parametrize("lines", NOT_NAMED, ids=lambda lines: "/".join(lines[:2])[:40])
def test_a_portal_a_link_an_address_or_half_a_name_is_not_the_issuer(lines: list[str]) -> None:
    report = read("\n".join(lines) + "\n" + DISCLOSURE).report
    assert (report["organ_name"], report["organ_basis"], report["year"]) == (None, None, 2022)


def test_a_report_without_organ_and_year_says_so() -> None:
    page = read("根据条例规定编制本报告。\n" + DISCLOSURE)
    assert (page.report["organ_name"], page.report["year"], page.report["title"]) == (None, None, None)
    assert [(row["stage"], row["reason"]) for row in page.rejects] == [
        ("report", "the text names no reporting year"),
        ("report", "the text names no organ, or contradicts itself on it"),
    ]


YEARS = [
    ([PERIOD], 2022),
    (["本报告所列数据统计期限从2022年1月1日到2022年12月31日。"], 2022),
    ([f"{WATER}2022年政府信息公开工作年度报告", "发布时间:2023-01-20"], 2022),
    ([f"{WATER}2022年政府信息公开工作年度报告", "根据国办公开办函〔2021〕30号和2019年修订的条例编制。"], 2022),
    ([f"{WATER}2020年政府信息公开工作年度报告", "2021年,我局将进一步加强公开。"], 2020),
    (["发布时间:2023-01-20", "根据国办公开办函〔2021〕30号编制。"], None),
]


@pytest.mark.parametrize(("lines", "year"), YEARS)
def test_the_year_is_the_one_reported_on(lines: list[str], year: int | None) -> None:
    assert named(*lines)[1] == year


CAPTIONS = [
    f"# {WATER}2016年政府信息公开情况统计表",
    f"{WATER}2016年政府信息公开统计表",
    f"{WATER}\n2016年政府信息公开年报统计数据",
    f"2016年政府信息公开统计表\n{WATER}",
    f"2016年度\n政府信息公开情况统计表\n填报单位:(盖章){WATER}",
    f"{WATER}2016年政府信息公开情况统计表 统计指标 单位 统计数",
]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_the_caption_of_statistics_names_the_organ_itself_or_beside_it(caption: str) -> None:
    rows = STATISTICS.split("\n")[2:]
    report = read("\n".join([caption, *rows])).report
    assert (report["organ_name"], report["year"]) == (WATER, 2016)


COVERAGE = [
    # organ, sentence, whose figures
    ("六盘水市人民政府", "2022年,全市各级行政机关主动公开信息100条。", "region_aggregate"),
    ("六盘水市人民政府", "2022年,市政府主动公开信息100条。", "government_level"),
    ("青田县人民政府", "全县共主动公开信息100条。", "region_aggregate"),
    ("青田县腊口镇人民政府", "全县各级行政机关加大公开力度。", "own_organ"),
    (WATER, "全县各级行政机关加大公开力度。", "own_organ"),
    ("天门市人民政府办公室", "主动公开信息100条。", "own_organ"),
]


@pytest.mark.parametrize(("organ", "sentence", "coverage"), COVERAGE)
def test_the_coverage_is_what_the_text_says_the_figures_are_of(organ: str, sentence: str, coverage: str) -> None:
    assert read(f"{organ}{BARE}\n{sentence}\n{DISCLOSURE}").report["coverage"] == coverage


def test_a_division_code_is_taken_from_the_printed_site_code() -> None:
    page = read(f"青田县人民政府{BARE}\n{DISCLOSURE}网站标识码:3311210001\n")
    assert page.report["division_code"] == "331121"


@pytest.mark.parametrize(
    "printed", ["网站标识码:331121", "浙ICP备05000001号", "浙公网安备33112102000001号", "电话0578-6820001"]
)
def test_other_numbers_of_a_page_s_foot_are_no_division_code(printed: str) -> None:
    assert read(f"青田县人民政府{BARE}\n{DISCLOSURE}{printed}\n").report["division_code"] is None


@pytest.mark.parametrize("line", [f"大祥区人民政府{BARE}", BARE])
def test_the_code_of_a_city_s_portal_is_not_the_code_of_its_district(line: str) -> None:
    page = read(f"{line}\n{DISCLOSURE}主办:邵阳市人民政府 网站标识码:4305000012\n")
    assert page.report["division_code"] is None


@pytest.mark.parametrize(
    "sentence",
    [
        "全年新收申请60件,办结62件,还有2件顺延到2024年继续办理,答复书由法制审核员过目。",
        "个别部门把能公开的信息笼统归为过程性信息,2024年准备把这类案例编成小册子。",
        "青田县水务局\n2024年1月22日",
    ],
)
def test_a_year_of_plans_of_work_carried_on_or_of_the_signature_is_not_the_year_reported_on(sentence: str) -> None:
    assert read(DISCLOSURE + sentence + "\n").report["year"] is None


@pytest.mark.parametrize(
    "name", ["莎车县拍克其乡人民政府", "丰南区胡各庄镇人民政府", "九台区其塔木镇人民政府", "隆林各族自治县财政局"]
)
def test_a_name_may_have_characters_that_are_words_elsewhere(name: str) -> None:
    assert named(f"{name}2022年政府信息公开工作年度报告") == (name, 2022)


@pytest.mark.parametrize("words", ["县政府各部门", "全县各乡镇", "县公安局及其派出所", "其他镇", "各镇"])
def test_words_of_a_sentence_are_no_name(words: str) -> None:
    assert named(f"{words}2022年政府信息公开工作年度报告")[0] is None


def test_a_title_may_begin_a_page_whose_parts_nothing_sets_apart() -> None:
    page = "".join(cell.strip() for row in DISCLOSURE.split("\n") for cell in row.split("|"))
    report = read(f"{WATER}2022年政府信息公开工作年度报告一、总体情况全年公开信息31条。" + page + "无。" * 90).report
    assert (report["organ_name"], report["year"]) == (WATER, 2022)
