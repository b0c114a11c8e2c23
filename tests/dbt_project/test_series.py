"""Rates and series over reports of many years, made by hand: what is marked between two points, and what is not given at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hand_built import build
from hand_made_loads import Tables, add_cell, add_claim, add_document, add_report, new_tables, requests, write_load
from staged_truth import SEEDS

from orchestration.home import build_file

COUNTY = "黄平县人民政府"
GOES_BACK = "黄平县司法局"
"""An office that reports on 2023 in the form before the one in which it reported on 2022."""
G2 = {"form": "national-2014"}
G3 = {"form": "national-2019"}
PROSE = {"form": "prose", "verdict": "unverified"}

OUTCOMES_2014 = {"requests_disposed_total": "20", "already_public": "9", "granted_full": "6", "granted_partial": "1"}


def statistics(line: str) -> str:
    return f"national-2014/statistics/{line}/value"


def trial(line: str) -> str:
    return f"national-2019/requests/{line}/total"


def add_year(tables: Tables, year: int, cells: Mapping[str, str], **fields: Any) -> str:
    """The county's report of a year with these cells, slot to print."""
    name = f"{fields.get('coverage', 'own_organ')}-{year}"
    fields = {"organ_name": COUNTY, "division_code": "522622", "year": year} | fields
    report = add_report(tables, add_document(tables, f"{name}.html"), name, **fields)
    for slot, raw in cells.items():
        add_cell(tables, report, slot, raw)
    return report


def years() -> Tables:
    """2013 in prose, 2015 and 2018 in the form of 2014, 2019 and 2020 in that of 2019, 2021 and 2022 in that of 2021."""
    tables = new_tables()
    told = add_year(tables, 2013, {}, **PROSE)
    add_claim(tables, told, "requests_received", "15")
    add_claim(tables, told, "proactive_items_disclosed", "300", unit="条")
    add_year(tables, 2015, {statistics("requests_received"): "20", statistics("proactive_items_disclosed"): "100"}
             | {statistics(line): raw for line, raw in OUTCOMES_2014.items()}, **G2)  # fmt: skip
    last = add_year(tables, 2018, {statistics("requests_received"): "30", statistics("requests_disposed_total"): "30",
                                   statistics("granted_full"): "12", statistics("granted_partial"): ""}, **G2)  # fmt: skip
    tables["implied_value"].append(
        {"cell_id": f"{last}:0004", "report_id": last, "implied_value": Decimal(0), "identity_id": "G2-03"}
    )
    for year, form, slot, received in ((2019, G3, trial, 40), (2020, G3, trial, 44), (2021, {}, requests, 48)):
        printed = {
            "requests_received": received,
            "requests_disposed_total": 10,
            "granted_full": 4,
            "granted_partial": 1,
        }
        add_year(tables, year, {slot(line): str(count) for line, count in printed.items()}, **form)
    few = {"requests_received": "4", "requests_disposed_total": "4", "granted_full": "4", "granted_partial": "0"}
    add_year(tables, 2022, {requests(line): raw for line, raw in few.items()})
    none = {"requests_received": "0", "requests_disposed_total": "0", "granted_full": "0", "granted_partial": "0"}
    add_year(tables, 2023, {requests(line): raw for line, raw in none.items()})
    add_year(tables, 2024, {requests("requests_received"): "7", requests("requests_disposed_total"): "7"})
    add_year(tables, 2021, {requests("requests_received"): "900"}, coverage="region_aggregate")
    for number in range(6):
        # Six departments of one place: two without any request, one whose figure could not be read.
        odd = add_report(tables, add_document(tables, f"bureau-{number}.html"), f"bureau-{number}", year=2021,
                         organ_name=f"黄平县{'财教民农水林'[number]}业局")  # fmt: skip
        unreadable = {"value": None, "value_status": "unreadable", "reason": "two numbers"} if number == 5 else {}
        add_cell(tables, odd, requests("requests_received"), "0" if number < 2 else "3", **unreadable)
    for year, form, slot in ((2022, {}, requests), (2023, G3, trial), (2024, {}, requests)):
        back = add_report(tables, add_document(tables, f"back-{year}.html"), f"back-{year}", organ_name=GOES_BACK,
                          division_code="522622", year=year, **form)  # fmt: skip
        add_cell(tables, back, slot("requests_received"), str(year - 2000))
    return tables


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("years")
    write_load(folder / "staging", "years", 1, years())
    build(folder)
    with duckdb.connect(str(build_file(folder)), read_only=True) as connection:
        yield connection


def points(
    series: duckdb.DuckDBPyConnection, columns: str, measure: str, coverage: str = "own_organ"
) -> list[tuple[Any, ...]]:
    query = f"""select year, {columns} from marts.series where measure_id = ? and coverage = ?
        and organ_name = '{COUNTY}' and coalesce(applicant_type, 'total') = 'total' order by year"""
    return series.execute(query, [measure, coverage]).fetchall()


def test_every_change_of_form_is_a_break_between_the_points_around_it(series: duckdb.DuckDBPyConnection) -> None:
    assert points(series, "is_break, break_years", "requests_received") == [
        (2013, False, None),
        (2015, True, "2014"),
        (2018, False, None),
        (2019, True, "2019"),
        (2020, False, None),
        (2021, True, "2021"),
        (2022, False, None),
        (2023, False, None),
        (2024, False, None),
    ]


def test_back_to_an_older_form_is_a_break_too(series: duckdb.DuckDBPyConnection) -> None:
    found = series.execute(
        """select year, is_break, break_years from marts.series
        where organ_name = ? and measure_id = 'requests_received' order by year""",
        [GOES_BACK],
    ).fetchall()
    assert found == [(2022, False, None), (2023, True, "2021"), (2024, True, "2021")]


def test_a_point_is_comparable_with_the_one_before_unless_something_is_said(series: duckdb.DuckDBPyConnection) -> None:
    # The line of 2014 means nearly the same, so both its points are weak; 2019 changed what counts; 2021 only the form around it.
    assert [row[1] for row in points(series, "comparability", "requests_received")] == [
        *(None, "caution", "caution", "caution", "comparable", "comparable", "comparable", "comparable", "comparable")
    ]


def test_a_change_of_what_counts_makes_points_incomparable(series: duckdb.DuckDBPyConnection) -> None:
    assert points(series, "value, comparability, break_years", "proactive_items_disclosed") == [
        (2013, Decimal(300), None, None),
        (2015, Decimal(100), "incomparable", "2014"),
    ]


def test_a_step_from_prose_to_a_table_is_marked(series: duckdb.DuckDBPyConnection) -> None:
    assert points(series, "source, is_source_change", "requests_received")[:3] == [
        (2013, "claim", False),
        (2015, "table", True),
        (2018, "table", False),
    ]


def test_missing_years_are_marked_and_not_filled(series: duckdb.DuckDBPyConnection) -> None:
    gaps = [
        (year, previous)
        for year, previous, is_gap in points(series, "previous_year, is_gap", "requests_received")
        if is_gap
    ]
    assert gaps == [(2015, 2013), (2018, 2015)]


def test_own_figures_and_those_of_the_region_are_two_series(series: duckdb.DuckDBPyConnection) -> None:
    columns = "value, previous_value"
    assert points(series, columns, "requests_received", "region_aggregate") == [(2021, Decimal(900), None)]
    own = {year: (value, previous) for year, value, previous in points(series, columns, "requests_received")}
    assert own[2021] == (48, 44)
    assert own[2022] == (4, 48)


def test_a_rate_uses_an_implied_value_and_says_so(series: duckdb.DuckDBPyConnection) -> None:
    # 2015: (6 + 1) / 20; 2018: (12 + 0) / 30, the blank partial grants forced to 0.
    assert points(series, "value, uses_implied", "disclosure_rate")[1:3] == [
        (2015, Decimal("0.35"), False),
        (2018, Decimal("0.4"), True),
    ]
    assert points(series, "value, implied_value, uses_implied", "granted_partial")[1] == (2018, None, Decimal(0), True)


def test_a_rate_that_is_not_given_says_why(series: duckdb.DuckDBPyConnection) -> None:
    given = points(series, "value, suppressed", "disclosure_rate")
    assert [row for row in given if row[0] >= 2021] == [
        (2021, Decimal("0.5"), None),
        (2022, None, "few_cases"),
        (2023, None, "no_cases"),
        (2024, None, "missing_part"),
    ]


def test_the_harmonised_rate_bridges_what_the_narrow_one_does_not(series: duckdb.DuckDBPyConnection) -> None:
    # 2015: already public 9 of 20 counts only in the harmonised rate; 2018 does not print that line, so it has none.
    harmonised = points(series, "value, suppressed, grade", "disclosure_rate_harmonised")
    assert harmonised[:3] == [
        (2015, Decimal("0.8"), None, "B"),
        (2018, None, "missing_part", "B"),
        (2019, Decimal("0.5"), None, "A"),
    ]
    assert points(series, "grade", "disclosure_rate")[1] == (2015, "C")


def test_organs_without_requests_among_those_whose_figure_is_known(series: duckdb.DuckDBPyConnection) -> None:
    query = """select level, organ_kind, organs_reporting, organs_known, organs_without_requests, value, suppressed
        from marts.zero_request_share where year = 2021 order by organ_kind, organs_reporting"""
    assert series.execute(query).fetchall() == [
        ("county", "department", 6, 5, 2, Decimal("0.4"), None),
        ("county", "government", 1, 1, 0, None, "few_cases"),
        ("county", "government", 1, 1, 0, None, "few_cases"),
    ]


def test_a_form_without_applicants_is_outside_the_share_as_declared(series: duckdb.DuckDBPyConnection) -> None:
    query = "select distinct year from marts.zero_request_share order by year"
    assert [year for (year,) in series.execute(query).fetchall()] == [2019, 2020, 2021, 2022, 2023, 2024]


@pytest.mark.skipif(not SEEDS.exists(), reason="the labelled seeds are not at hand")
def test_disclosure_rates_of_liupanshui_in_2015(warehouse: duckdb.DuckDBPyConnection) -> None:
    # 22 of 63 granted; with the 37 already public 59 of 63. Partial grants are blank and forced to 0.
    query = """select metric_id, value, numerator, denominator, uses_implied from marts.metric
        where report_id = 'liupanshui-2015' and metric_id like 'disclosure_rate%' order by 1"""
    assert warehouse.execute(query).fetchall() == [
        ("disclosure_rate", Decimal("0.349206"), 22, 63, True),
        ("disclosure_rate_harmonised", Decimal("0.936508"), 59, 63, True),
    ]
