"""Which division an organ belongs to in its report's year, and what is said where the name does not decide it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hand_built import build
from hand_made_loads import add_cell, add_document, add_report, new_tables, requests, write_load

from orchestration.home import build_file

# name, year, printed code, title -> division, basis, kind
# fmt: off
ORGANS: list[tuple[str, int, str | None, str | None, str | None, str, str]] = [
    # abolished, renamed, merged
    ("白下区人民政府", 2010, None, None, "320103", "name", "government"),
    ("密云县人民政府", 2014, None, None, "110228", "name", "government"),
    ("密云区人民政府", 2017, None, None, "110118", "name", "government"),
    ("莱芜市人民政府", 2017, None, None, "371200", "name", "government"),
    ("宣武区财政局", 2009, None, None, "110104", "name", "department"),
    ("襄樊市人民政府", 2009, None, None, "420600", "name", "government"),
    ("襄阳市人民政府", 2012, None, None, "420600", "name", "government"),
    # a report made under the new name for the year before it was used
    ("密云区人民政府", 2013, None, None, None, "undetermined", "government"),
    # a name that places share
    ("朝阳区人民政府", 2020, None, None, None, "ambiguous", "government"),
    ("朝阳区教育局", 2020, "110105", None, "110105", "printed_code", "department"),
    ("鼓楼区人民政府", 2021, None, "徐州市鼓楼区人民政府2021年政府信息公开工作年度报告", "320302", "title", "government"),
    ("北京市朝阳区人民政府", 2021, None, None, "110105", "name", "government"),
    # the code of another place stands on the page
    ("大祥区人民政府", 2022, "110105", None, None, "code_conflict", "government"),
    # every level and kind
    ("湖南省人民政府", 2022, None, None, "430000", "name", "government"),
    ("邵阳市人民政府办公室", 2022, None, None, "430500", "name", "government"),
    ("彰武县平安镇人民政府", 2022, None, None, "210922", "name", "township"),
    ("大祥区檀江街道办事处", 2022, None, None, "430503", "name", "township"),
    ("国家税务总局邵阳市税务局", 2022, None, None, None, "national", "department"),
    # no division of that name, ever
    ("云岭县人民政府", 2022, None, None, None, "undetermined", "government"),
]
# fmt: on


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    home: Path = tmp_path_factory.mktemp("home")
    tables = new_tables()
    for number, (name, year, code, title, *_) in enumerate(ORGANS):
        report_id = f"organ-{number}"
        fields = {"organ_name": name, "year": year, "division_code": code, "title": title}
        add_report(tables, add_document(tables, f"{report_id}.html"), report_id, **fields)
        add_cell(tables, report_id, requests("requests_received"), "1")
    write_load(home / "staging", "first", 1, tables)
    build(home)
    with duckdb.connect(str(build_file(home)), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("number", range(len(ORGANS)), ids=lambda number: f"{ORGANS[number][0]}-{ORGANS[number][1]}")
def test_an_organ_resolves_at_its_year_or_says_why_not(release: duckdb.DuckDBPyConnection, number: int) -> None:
    name, _, _, _, division, basis, kind = ORGANS[number]
    found = release.execute(
        "select organ_name, division_code, division_basis, organ_kind from marts.organ_division"
        " join marts.dim_organ using (organ_key) where report_id = ?",
        [f"organ-{number}"],
    ).fetchall()
    assert found == [(name, division, basis, kind)]


def test_what_is_ambiguous_keeps_its_candidates(release: duckdb.DuckDBPyConnection) -> None:
    query = "select division_code from marts.organ_candidate where organ_key like '朝阳区人民政府%' order by 1"
    assert release.execute(query).fetchall() == [("110105",), ("220104",)]


def test_a_shared_name_in_two_places_is_two_organs_and_any_other_is_one(release: duckdb.DuckDBPyConnection) -> None:
    keys = dict(release.execute("select report_id, organ_key from marts.organ_division").fetchall())
    assert keys["organ-9"] == "朝阳区教育局@110105"
    assert keys["organ-6"] == "襄阳市人民政府"
