"""A notice over several vintages of a report, from tables made by hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.commands import notice
from orchestration.home import release_file

FORM = "national-2021"
SLOTS = ("received", "total")
_TABLES = """
create schema provenance; create schema quality; create schema codebook;
create table provenance.document as select * from (values ('d', 'https://example.invalid/<report>')) as t (document_id, uri);
create table provenance.report (report_id varchar, organ_name varchar, division_code varchar, year integer,
    coverage varchar, form varchar, title varchar, vintage integer, known_from timestamp, decision varchar, document_id varchar);
create table provenance.cell (cell_id varchar, report_id varchar, slot_id varchar, part varchar, raw_text varchar,
    value_status varchar, locator varchar, char_start bigint, char_end bigint);
create table codebook.form as select 'national-2021' as form, '全国格式' as name_zh, 'national form' as name_en;
create table codebook.code as select 'coverage' as codelist, 'own_organ' as code, '本机关' as label_zh, 'own organ' as label_en;
create table codebook.slot as select * from (values
    ('received', '收到', '总计', 1), ('total', '办理', '总计', 2)) as t (slot_id, row_path, column_path, line_no);
create table codebook.identity_term as select * from (values
    ('R-1', 'total', 'national-2021', 'received', 1), ('R-1', 'total', 'national-2021', 'total', -1))
    as t (identity_id, instance_key, form, slot_id, coefficient);
create table quality.finding (report_id varchar, identity_id varchar, instance_key varchar, part varchar, form varchar,
    title_zh varchar, title_en varchar, left_value decimal(20, 6), operator varchar, right_value decimal(20, 6),
    difference decimal(20, 6), sentence_zh varchar, sentence_en varchar, opened_at timestamp, closed_at timestamp,
    closed_by varchar, is_open boolean);
create table quality.soft_result (report_id varchar, identity_id varchar, instance_key varchar, status varchar,
    sentence_zh varchar, sentence_en varchar, left_quote varchar, right_quote varchar);
create table quality.warehouse_result (report_id varchar, identity_id varchar, instance_key varchar,
    other_report_id varchar, status varchar, severity varchar, sentence_zh varchar, sentence_en varchar);
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A release without reports."""
    with duckdb.connect(str(release_file(tmp_path))) as connection:
        connection.execute(_TABLES)
    return tmp_path


def add(home: Path, vintage: int, left: int, right: int, is_open: bool = True) -> None:
    """One vintage of a report that prints `left` and `right`, which should be equal, and its finding where they are not."""
    known = datetime(2024, vintage, 1)
    with duckdb.connect(str(release_file(home))) as connection:
        report = (f"v{vintage}", "甲乙县<人民政府>", None, 2022, "own_organ", FORM, None, vintage, known, None, "d")
        connection.execute(f"insert into provenance.report values ({', '.join('?' * len(report))})", report)
        for slot, value in zip(SLOTS, (left, right), strict=True):
            cell = (
                f"v{vintage}:{slot}",
                f"v{vintage}",
                slot,
                None,
                str(value),
                "reported",
                f"line {value}",
                None,
                None,
            )
            connection.execute(f"insert into provenance.cell values ({', '.join('?' * len(cell))})", cell)
        if left != right:
            finding = (
                *(f"v{vintage}", "R-1", "total", None, FORM, "相等", "equal", left, "=", right, left - right),
                *(f"{left}不等于{right}", f"{left} is not {right}", known, None if is_open else known, None, is_open),
            )
            connection.execute(f"insert into quality.finding values ({', '.join('?' * len(finding))})", finding)


def written(home: Path, form: str, *key: str) -> str:
    page = home / f"notice.{form}"
    assert notice.run(list(key), home, form, page) == 0
    return page.read_text(encoding="utf8")


def test_an_open_finding_is_told_with_both_numbers_and_its_cells(home: Path) -> None:
    add(home, 1, 12, 13)
    text = written(home, "md", "甲乙县<人民政府>", "2022")
    assert "**12 ≠ 13** 相差 difference 1" in text
    assert "| 左 left | 收到 / 总计 | 12 | 行12 line 12 |" in text
    assert "| 右 right | 办理 / 总计 | 13 | 行13 line 13 |" in text


def test_a_rule_that_two_vintages_fail_is_told_of_the_newer_alone(home: Path) -> None:
    add(home, 1, 12, 13)
    add(home, 2, 12, 14)
    text = written(home, "md", "甲乙县<人民政府>", "2022")
    assert "12 ≠ 14" in text
    assert "12 ≠ 13" not in text


def test_a_report_named_by_its_id_is_told_as_it_is(home: Path) -> None:
    add(home, 1, 12, 13)
    add(home, 2, 12, 14)
    assert "12 ≠ 13" in written(home, "md", "v1")


@pytest.mark.parametrize("form", ["html", "md"])
def test_what_another_year_contradicts_is_told_and_what_is_only_unusual_is_not(home: Path, form: str) -> None:
    add(home, 1, 7, 7)
    with duckdb.connect(str(release_file(home))) as connection:
        for severity, status, said in (
            ("error", "FAIL", "结转3"),
            ("info", "FAIL", "增长十倍"),
            ("error", "PASS", "相符"),
        ):
            row = ("v1", "X-1", said, "v0", status, severity, said, f"en {said}")
            connection.execute(f"insert into quality.warehouse_result values ({', '.join('?' * len(row))})", row)
    page = written(home, form, "v1")
    assert "另请留意：与其他年度、其他机关的报告" in page
    assert "结转3" in page and "en 结转3" in page
    assert "增长十倍" not in page and "相符" not in page


def test_nothing_open_is_said_in_both_languages(home: Path) -> None:
    add(home, 1, 12, 13, is_open=False)
    add(home, 2, 13, 13)
    text = written(home, "md", "甲乙县<人民政府>", "2022")
    assert "本报告目前没有待核事项" in text
    assert "Nothing is open" in text
    assert "≠" not in text


def test_what_is_printed_is_no_markup(home: Path) -> None:
    add(home, 1, 12, 13)
    page = written(home, "html", "v1")
    assert "甲乙县&lt;人民政府&gt;" in page
    assert "example.invalid/&lt;report&gt;" in page
    assert "<report>" not in page


def test_the_smallest_repairs_are_told_where_they_were_sought(home: Path) -> None:
    add(home, 1, 12, 13)
    assert "可能的更正" not in written(home, "md", "v1")
    with duckdb.connect(str(release_file(home))) as connection:
        connection.execute(
            """create table quality.localisation as select 'v1' as report_id, 1 as rank, '办理总计应为12' as sentence_zh,
            'the total should be 12' as sentence_en"""
        )
    text = written(home, "md", "v1")
    assert "可能的更正" in text
    assert "办理总计应为12\nthe total should be 12" in text


@pytest.mark.parametrize("key", [["甲乙县"], ["甲乙县<人民政府>", "2021"]])
def test_an_unknown_report_is_not_written_about(home: Path, key: list[str]) -> None:
    add(home, 1, 12, 13)
    assert notice.run(key, home, "html", home / "notice.html") == 1
    assert not (home / "notice.html").exists()


@pytest.mark.parametrize("key", [["甲乙县", "去年"], ["甲", "2022", "乙"]])
def test_a_wrong_key_is_refused(home: Path, key: list[str]) -> None:
    assert notice.run(key, home, "html", None) == 2


def test_a_home_without_a_warehouse_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert notice.run(["甲乙县", "2022"], tmp_path, "html", None) == 2
    assert str(release_file(tmp_path)) in capsys.readouterr().err.replace("\n", "")
