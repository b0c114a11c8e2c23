"""`ogi explain`: what it says of a claim, of a claim that is no observation, of a compared cell, and of unknown names."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hand_made_loads import Tables, add_cell, add_claim, add_document, add_report, add_soft_result, new_tables, requests
from hand_made_loads import write_load as write_load_of

from extract.files.archive import raw_path
from orchestration.commands import explain
from orchestration.commands.trace import nearest
from orchestration.dbt_build import run_dbt
from orchestration.home import build_file, prepare_home, release_file

CITY, COUNTY = "壬癸市人民政府", "甲乙县人民政府"
PROSE = """壬癸市2012年政府信息公开工作年度报告
　　本年度工作如下。2012年，全市共收到申请10件，其中自然人申请6件、企业申请5件。均已办结。
　　全年未收取费用！网站访问量200余万人次。
　　其中市本级收到申请3件，自然人申请占60%。
"""
TABLE = """甲乙县2022年报告
2022年共收到申请13件。
本年新收 | 12 |
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of two reports: one of prose alone, one whose text and table disagree."""
    folder = tmp_path_factory.mktemp("home")
    prepare_home(folder)
    tables = new_tables()
    prose_report(tables, folder)
    table_report(tables, folder)
    write_load_of(folder / "staging", "only", 1, tables)
    assert [node.unique_id for node in run_dbt(folder) if not node.passed] == []
    release_file(folder).hardlink_to(build_file(folder))
    return folder


def keep(tables: Tables, home: Path, uri: str, text: str) -> str:
    document_id = add_document(tables, uri)
    file = raw_path(home, document_id)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf8")
    return document_id


def at(text: str, quote: str) -> dict[str, Any]:
    """Where a quotation stands; it has to stand there once."""
    assert text.count(quote) == 1
    start = text.index(quote)
    return {"quote": quote, "char_start": start, "char_end": start + len(quote)}


def prose_report(tables: Tables, home: Path) -> None:
    document = keep(tables, home, "prose.txt", PROSE)
    add_report(tables, document, "p", "unverified", form="prose", organ_name=CITY, year=2012)
    total = add_claim(tables, "p", "requests_received", "10", **at(PROSE, "共收到申请10件"))
    of_total = {"part_of": total, "partition": "applicant"}
    person = add_claim(tables, "p", "requests_received/natural_person", "6", **of_total, **at(PROSE, "自然人申请6件"))
    firms = add_claim(tables, "p", None, "5", subject="企业申请", **of_total, **at(PROSE, "企业申请5件"))
    implied = {"is_implied": True, **at(PROSE, "均已办结")}
    add_claim(tables, "p", "requests_disposed_as_completed", "10", **implied)
    nothing = {"kind": "amount", "unit": None, "by_negation": True, "is_implied": True, **at(PROSE, "未收取费用")}
    add_claim(tables, "p", "request_fees_collected", "0", **nothing)
    visits = {"unit": "人次", "qualifier": "approximate", **at(PROSE, "网站访问量200余万人次")}
    add_claim(tables, "p", "website_visits", "2000000", **visits)
    add_claim(tables, "p", "requests_received", "3", scope="市本级", **at(PROSE, "收到申请3件"))
    share = {"kind": "share", "unit": "%", "share_part": person, "share_whole": total, **at(PROSE, "占60%")}
    add_claim(tables, "p", None, "60", **share)
    sentences = {"sentence_zh": "合计 10 ≠ 各部分之和 11", "sentence_en": "total 10 ≠ sum of its parts 11"}
    add_soft_result(tables, "p", "N-11", "10", "11", left_ids=total, right_ids=f"{person} {firms}", **sentences)


def table_report(tables: Tables, home: Path) -> None:
    document = keep(tables, home, "table.txt", TABLE)
    add_report(tables, document, "t", organ_name=COUNTY, year=2022)
    place = at(TABLE, "12")
    del place["quote"]
    cell = add_cell(tables, "t", requests("requests_received"), "12", **place)
    claim = add_claim(tables, "t", "requests_received", "13", **at(TABLE, "共收到申请13件"))
    # Named beside the cell, so that an id is not found inside a longer one.
    other = add_cell(tables, "t", requests("requests_carried_in"), "1", **place)
    sentences = {"sentence_zh": "正文 13 ≠ 表中 12", "sentence_en": "text 13 ≠ table 12"}
    add_soft_result(tables, "t", "N-01", "13", "12", left_ids=claim, right_ids=cell, **sentences)
    add_soft_result(tables, "t", "N-07", "13", "13", left_ids=claim, right_ids=f"{cell} {other}")
    add_suspect(tables, 1, 13, cell)
    add_suspect(tables, 2, 2, other)


def add_suspect(tables: Tables, number: int, implied: int, cell_id: str) -> None:
    """A change of one cell of the report whose text and table disagree, as likely as the others."""
    told = {"sentence_zh": f"应为 {implied}", "sentence_en": f"should be {implied}", "cell_id": cell_id}
    change = {"group_id": 1, "set_id": number, "kind": "value", "implied_value": Decimal(implied)}
    rank = {"score": 4, "rank": 1, "is_only": False, "is_capped": False}
    tables["localisation"].append({"report_id": "t", "form": "national-2021", **change, **rank, **told})


def as_data(capsys: pytest.CaptureFixture[str], home: Path, *key: str) -> dict[str, Any]:
    explain.run(key, home, as_json=True)
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def one(capsys: pytest.CaptureFixture[str], home: Path, *key: str) -> dict[str, Any]:
    (figure,) = as_data(capsys, home, *key)["observations"]
    return dict(figure)


def said(capsys: pytest.CaptureFixture[str], home: Path, *key: str) -> str:
    assert explain.run(key, home, as_json=False) == explain.FOUND
    return capsys.readouterr().out


def test_a_claim_is_shown_in_its_sentence_with_quote_and_line(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    quotation = one(capsys, home, "p:c0002")["quotation"]
    assert (quotation["line"], quotation["before"], quotation["quoted"], quotation["after"]) == (
        2,
        "2012年，全市共收到申请10件，其中",
        "自然人申请6件",
        "、企业申请5件。",
    )


def test_a_long_sentence_is_cut(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    from orchestration.commands.trace import _sentence

    text = "甲" * 300 + "五件" + "乙" * 300
    assert _sentence(text, 300, 302) == (100, 502)


def test_a_claim_says_what_it_states_and_how(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    names = ("quantity_id", "relation", "match_type", "qualifier", "by_negation", "is_implied", "scope", "is_preferred")
    expected = {
        "p:c0001": ("requests_received", "exactMatch", "closeMatch", "exact", False, False, None, True),
        "p:c0004": ("requests_disposed_as_completed", "closeMatch", "closeMatch", "exact", False, True, None, True),
        "p:c0005": ("request_fees_collected", "exactMatch", "closeMatch", "exact", True, True, None, True),
        "p:c0006": ("website_visits", "exactMatch", "closeMatch", "approximate", False, False, None, False),
    }
    shown = {key: one(capsys, home, key) for key in expected}
    assert {key: tuple(row[name] for name in names) for key, row in shown.items()} == expected
    assert "约数 approximate" in said(capsys, home, "p:c0006")
    assert "由否定句得出 stated by negation · 原文未印数字 no number is printed" in said(capsys, home, "p:c0005")


def test_a_part_is_shown_with_its_total_all_parts_and_their_sum(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    (breakdown,) = one(capsys, home, "p:c0003")["breakdowns"]
    assert (breakdown["partition"], breakdown["label_en"]) == ("applicant", "Types of applicant")
    assert (breakdown["total"]["claim_id"], breakdown["total"]["value"], breakdown["sum"]) == ("p:c0001", 10, 11)
    assert [(part["claim_id"], part["value"]) for part in breakdown["parts"]] == [("p:c0002", 6), ("p:c0003", 5)]
    assert "合计 total 10" in said(capsys, home, "p:c0003")


def test_a_total_is_shown_with_its_parts_and_a_figure_alone_with_none(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    (breakdown,) = one(capsys, home, "p:c0001")["breakdowns"]
    assert [part["claim_id"] for part in breakdown["parts"]] == ["p:c0002", "p:c0003"]
    assert one(capsys, home, "p:c0004")["breakdowns"] == []


@pytest.mark.parametrize(
    ("claim", "reason", "words"),
    [
        ("p:c0003", "no_indicator", "没有对应的指标 · No indicator covers it"),
        ("p:c0007", "scope", "涵盖范围小于报告 · Covers less than the report"),
        ("p:c0008", "share", "比例，不是数量或金额 · A share, not a count or an amount"),
    ],
)
def test_a_claim_that_is_no_observation_is_shown_with_the_reason(
    capsys: pytest.CaptureFixture[str], home: Path, claim: str, reason: str, words: str
) -> None:
    row = one(capsys, home, claim)
    assert (row["observation_id"], row["claim_id"], row["no_observation_reason"]) == (None, claim, reason)
    text = said(capsys, home, claim)
    assert "不成为观测 no observation" in text
    assert words in text


def test_a_part_of_the_organ_names_its_scope(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert one(capsys, home, "p:c0007")["scope"] == "市本级"
    assert "市本级" in said(capsys, home, "p:c0007").split("范围 scope")[1].split("\n")[0]


def test_a_share_names_its_part_and_its_whole(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    share = one(capsys, home, "p:c0008")["share"]
    assert [(share[side]["claim_id"], share[side]["value"]) for side in ("part", "whole")] == [
        ("p:c0002", 6),
        ("p:c0001", 10),
    ]


def test_claim_and_cell_show_the_comparisons_that_name_them_and_no_other(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    compared = {
        key: [(row["identity_id"], row["status"]) for row in one(capsys, home, key)["soft_results"]]
        for key in ("p:c0001", "p:c0003", "p:c0004", "t:c0001", "t:0001", "t:0002")
    }
    assert compared == {
        "p:c0001": [("N-11", "FAIL")],
        "p:c0003": [("N-11", "FAIL")],
        "p:c0004": [],
        "t:c0001": [("N-01", "FAIL"), ("N-07", "PASS")],
        "t:0001": [("N-01", "FAIL"), ("N-07", "PASS")],
        "t:0002": [("N-07", "PASS")],
    }
    text = said(capsys, home, "t:0001")
    assert "正文 13 ≠ 表中 12" in text
    assert "text 13 ≠ table 12" in text
    assert "不符 fails" in text


def test_a_suspected_cell_is_shown_with_the_changes_that_touch_it(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    changes = {key: one(capsys, home, key)["suspects"] for key in ("t:0001", "t:0002", "p:c0001")}
    assert {key: [(row["rank"], row["tied_with"], row["set_id"]) for row in rows] for key, rows in changes.items()} == {
        "t:0001": [(1, 1, 1)],
        "t:0002": [(1, 1, 2)],
        "p:c0001": [],
    }
    text = said(capsys, home, "t:0001")
    assert "应为 13。另有1种改动同样可能" in text and "should be 13. As likely: 1 other change(s)" in text
    assert "should be 2." not in text


def test_organ_year_and_indicator_lead_to_cells_and_claims(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    rows = as_data(capsys, home, COUNTY, "2022", "requests_received")["observations"]
    assert [(row["observation_id"], row["source"], row["value"], row["is_preferred"]) for row in rows] == [
        ("t:0001", "table", 12, True),
        ("t:c0001", "claim", 13, False),
    ]


@pytest.mark.parametrize(
    ("key", "unknown", "message"),
    [
        (
            ("壬癸市", "2012", "requests_received"),
            [("organ", "壬癸市", [CITY])],
            f"no organ 壬癸市; nearest: {CITY}",
        ),
        (
            (CITY, "2013", "requests_received"),
            [("year", "2013", ["2012"])],
            "no report of the year 2013; nearest: 2012",
        ),
        (
            (CITY, "2022", "requests_received"),
            [("year", "2022", ["2012"])],
            "no report of the year 2022; nearest: 2012",
        ),
        (
            (CITY, "2012", "requests_disputed"),
            [("indicator", "requests_disputed", None)],
            "no indicator requests_disputed",
        ),
        ((CITY, "2012", "oi_trainees"), [], "but that report gives no such figure"),
    ],
)
def test_what_the_warehouse_does_not_know_is_said_with_the_nearest(
    capsys: pytest.CaptureFixture[str],
    home: Path,
    key: tuple[str, str, str],
    unknown: list[tuple[str, str, list[str] | None]],
    message: str,
) -> None:
    assert explain.run(key, home, as_json=True) == explain.UNKNOWN
    output = capsys.readouterr()
    answer = json.loads(output.out)
    assert answer["observations"] == []
    assert [(row["what"], row["given"]) for row in answer["unknown"]] == [row[:2] for row in unknown]
    for row, (_, _, near) in zip(answer["unknown"], unknown, strict=True):
        assert near is None or row["nearest"] == near
    assert message in output.err


def test_all_three_unknown_are_named(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    answer = as_data(capsys, home, "子丑", "1999", "xyz")
    assert [row["what"] for row in answer["unknown"]] == ["organ", "year", "indicator"]


def test_an_unknown_id_is_neither_observation_nor_claim(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert explain.run(["t:c9999"], home, as_json=False) == explain.UNKNOWN
    assert "no observation and no claim t:c9999" in capsys.readouterr().err


def test_at_most_five_names_are_suggested_the_nearest_first() -> None:
    organs = [f"{name}县人民政府" for name in ("安", "宁", "平", "和", "顺", "昌")] + ["安宁市财政局", "xyz"]
    assert nearest("安县人民政府", organs)[0] == "安县人民政府"
    assert len(nearest("福县人民政府", organs)) == 5
    assert "xyz" not in nearest("安宁财政局", organs)
    assert nearest("安宁财政局", organs)[0] == "安宁市财政局"
    assert nearest("2020", ["2008", "2021", "2012", "2019", "2015", "2023"]) == ["2019", "2021", "2023", "2015", "2012"]
