"""Bad input: every document is read or ends as a reject that says at which stage, where, and why."""

from __future__ import annotations

import random
import re

import pytest
from composed import DISCLOSURE, REQUESTS, TITLE, read

from extract.schema import REJECT_STAGE

BLANK_FORM = re.sub(r"(?<=\| )[\d.]+(?= \|)", "", TITLE + DISCLOSURE + REQUESTS)
TITLES_AND_PROSE = (
    TITLE
    + "一、总体情况\n2022年,青田县水务局认真贯彻落实条例,主动公开政府信息,依申请公开工作有序开展。\n"
    + "二、主动公开政府信息情况\n[图片]\n三、收到和处理政府信息公开申请情况\n[图片]\n四、政府信息公开行政复议、行政诉讼情况\n[图片]\n"
)

NO_REPORT = [
    # name, content, stage, what the reason names
    ("an empty file", b"", "decode", "empty"),
    ("white space", b" \r\n\t\n", "decode", "empty"),
    ("random bytes", random.Random(3).randbytes(3000), "decode", "binary data"),
    ("a PDF", b"%PDF-1.7\n1 0 obj", "decode", "PDF cannot be read"),
    ("a recipe", "取面粉500克,鸡蛋3个,揉成面团,醒发30分钟。\n".encode(), "segment", "公开"),
    ("a blank form", BLANK_FORM.encode(), "read", "blank form"),
    ("images only", TITLES_AND_PROSE.encode(), "report", "no table and no figure"),
    ("a title alone", TITLE.encode(), "report", "no table and no figure"),
    ("prose without a year", "青田县水务局主动公开政府信息128条,收到申请3件。\n".encode(), "segment", "year"),
    ("prose without an organ", "2022年,主动公开政府信息128条,依申请公开3件。\n".encode(), "segment", "organ"),
    ("news of a report", "近日,青田县水务局发布2022年政府信息公开工作年度报告。报告显示,主动公开信息128条。\n".encode(), "segment", ""),
    ("the regulation", "中华人民共和国政府信息公开条例\n第一条 为了保障公民依法获取政府信息,制定本条例。\n".encode(), "segment", "year"),
    ("a notice", "关于做好2022年政府信息公开工作年度报告编制工作的通知\n请于1月20日前报送。\n".encode(), "segment", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "stage", "named"), [case[1:] for case in NO_REPORT], ids=[case[0] for case in NO_REPORT]
)
def test_a_file_without_a_report_is_a_reject_with_stage_and_reason(content: bytes, stage: str, named: str) -> None:
    page = read(content)
    assert (page.document["status"], page.reports, page.cells) == ("rejected", [], [])
    assert [row["stage"] for row in page.rejects] == [stage]
    assert named in page.rejects[0]["reason"]
    assert page.document["reason"] == page.rejects[0]["reason"] != ""


def test_the_place_of_a_blank_form_is_its_table() -> None:
    (reject,) = read(BLANK_FORM).rejects
    assert BLANK_FORM[reject["char_start"] :].startswith(("二、主动公开", "第二十条"))
    assert BLANK_FORM[reject["char_start"] : reject["char_end"]].count("规章") == 1


def test_a_blank_form_says_how_many_cells_it_has() -> None:
    (reject,) = read(BLANK_FORM).rejects
    assert reject["reason"] == "a blank form: 52 cells of national-2021 are printed without any number"


def test_one_number_makes_a_blank_form_a_report() -> None:
    page = read(BLANK_FORM.replace("行政许可 |  |", "行政许可 | 7 |"))
    values = page.values()
    assert (page.document["status"], values.pop("licensing/decisions"), set(values.values())) == (
        "read",
        "7",
        {"(blank)"},
    )


PROSE = TITLE + "一、总体情况\n2022年,青田县水务局主动公开政府信息128条,收到依申请公开申请3件,均按期答复。\n"


def test_a_report_without_tables_but_with_organ_year_and_a_figure_is_a_prose_report() -> None:
    page = read(PROSE)
    head = page.report
    assert (head["organ_name"], head["year"], head["form"], page.cells) == ("青田县水务局", 2022, "prose", [])
    assert page.document["status"] == "read"


def test_a_prose_report_says_that_no_table_was_read_and_where() -> None:
    page = read(PROSE)
    assert [(r["report_id"], r["stage"], r["char_start"], r["char_end"], r["reason"]) for r in page.rejects] == [
        (page.report["report_id"], "read", 0, len(PROSE), "no table was read: figures stand in prose only"),
    ]


def test_a_table_of_which_rows_are_missing_says_which_and_where() -> None:
    cut = TITLE + DISCLOSURE.split("第二十条第(六)项")[0]
    (reject,) = read(cut).rejects
    assert reject["stage"] == "read"
    assert reject["reason"] == (
        "disclosure table of national-2021: 7 of 10 cells read; lines not found: 行政处罚, 行政强制, 行政事业性收费"
    )
    assert "规章" in cut[reject["char_start"] : reject["char_end"]]


def test_every_reject_names_a_document_and_a_declared_stage() -> None:
    for _, content, _, _ in NO_REPORT:
        page = read(content)
        for row in page.rejects:
            assert row["document_id"] == page.document["document_id"]
            assert row["stage"] in REJECT_STAGE


def test_no_prefix_of_a_report_breaks_the_reader() -> None:
    """A download can end anywhere: each prefix is read or rejected, and never gives a value that is not printed."""
    whole = read(TITLE + DISCLOSURE).values()
    for end in range(0, len(TITLE + DISCLOSURE), 3):
        page = read((TITLE + DISCLOSURE)[:end])
        assert page.document["status"] == ("read" if page.reports else "rejected")
        known = {
            place: value for report in page.reports for place, value in page.values(ordinal=report["ordinal"]).items()
        }
        assert {p: v for p, v in known.items() if not v.startswith("(") and whole[p] != v} == {}
