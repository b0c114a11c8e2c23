"""Rules between reports: every finding over reports written by hand, and no other."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hand_built import PROJECT, build
from hand_made_loads import Tables, add_cell, add_claim, add_document, add_report, new_tables, write_load

from orchestration.home import build_file

Figures = dict[str, str]

with open(PROJECT / "seeds" / "crosswalk.csv", encoding="utf8", newline="") as file:
    SLOTS = {
        (
            row["slot_id"].split("/")[0],
            "/".join(
                part
                for part, whole in (
                    (row["indicator_id"], ""),
                    (row["applicant_type"], "total"),
                    (row["outcome"], "total"),
                    (row["route"], "all"),
                    (row["period"], "annual"),
                )
                if part not in ("", whole)
            ),
        ): row["slot_id"]
        for row in csv.DictReader(file)
    }


def report(tables: Tables, report_id: str, organ: str, year: int, form: str, figures: Figures, coverage: str) -> None:
    """One report; `figures`: indicator and the dimensions that are not the whole -> as printed."""
    add_report(
        tables,
        add_document(tables, f"{report_id}.html"),
        report_id,
        organ_name=organ,
        year=year,
        form=form,
        coverage=coverage,
    )
    for name, raw in figures.items():
        add_cell(tables, report_id, SLOTS[form, name], raw)


PROCUREMENT = "central_procurement_amount"
WITHOUT_REQUESTS = {
    "requests_received": "0",
    "requests_carried_in": "0",
    "reconsideration_cases": "1",
    "litigation_cases/direct": "0",
    "litigation_cases/after_reconsideration": "1",
}
ALIKE = {
    f"{indicator}/{applicant}": str(number)
    for number, (indicator, applicant) in enumerate(
        (
            (indicator, applicant)
            for indicator in ("granted_full", "granted_partial")
            for applicant in ("natural_person", "commercial_enterprise", "research_institution", "legal_service_org")
        ),
        start=3,
    )
}
NOTHING = {name: "0" for name in ALIKE} | {"requests_received": "0"}
G1, G2, G3, G4 = "local-fujian", "national-2014", "national-2019", "national-2021"
OWN, WHOLE = "own_organ", "region_aggregate"

# fmt: off
REPORTS: list[tuple[str, str, int, str, Figures, str]] = [
    # Carried over: the total agrees, natural persons do not, one blank cannot be compared.
    ("daxiang-2021", "大祥区人民政府", 2021, G4, {
        "requests_carried_out": "3", "requests_carried_out/natural_person": "2",
        "requests_carried_out/research_institution": "", "requests_received": "500",
        "normative_documents_in_force": "10"}, OWN),
    ("daxiang-2022", "大祥区人民政府", 2022, G4, {
        "requests_carried_in": "3", "requests_carried_in/natural_person": "1",
        "requests_carried_in/research_institution": "0", "requests_received": "30",
        "normative_documents_in_force": "12", "normative_documents_issued": "3", "normative_documents_repealed": "2",
        "admin_charges_collected_amount": "10"}, OWN),
    # Another coverage is another series; part of the prefecture's aggregate.
    ("daxiang-region-2022", "大祥区人民政府", 2022, G4, {
        "requests_carried_in": "9", "requests_received": "60", "normative_documents_issued": "4"}, WHOLE),
    ("shaoyang-2022", "邵阳市人民政府", 2022, G4, {
        "requests_received": "100", "normative_documents_issued": "50", "admin_rules_issued": "2",
        "licensing_decisions": "3"}, WHOLE),
    ("shaoyang-finance-2022", "邵阳市财政局", 2022, G4, {
        "requests_received": "20", "admin_rules_issued": "2", "licensing_decisions": "4"}, OWN),
    ("beita-2022", "北塔区人民政府", 2022, G4, {
        "requests_received": "26", "normative_documents_issued": "1", "admin_charges_collected_amount": "12"}, OWN),
    # A part of the prefecture in 2023.
    ("beita-finance-2023", "北塔区财政局", 2023, G4, {"requests_received": "28"}, OWN),
    # Disputes without requests; a bound that this year's figures already meet.
    ("beita-2023", "北塔区人民政府", 2023, G4, WITHOUT_REQUESTS, OWN),
    # No report of the year before: more cases after reconsideration than reconsiderations proves nothing.
    ("shuangqing-2023", "双清区人民政府", 2023, G4, {
        "reconsideration_cases": "1", "litigation_cases/after_reconsideration": "2"}, OWN),
    ("tanjiang-2022", "大祥区檀江街道办事处", 2022, G4, {
        "licensing_decisions": "5", "penalty_decisions": "0"}, OWN),
    # Peers: five county governments of one year, one amount in yuan.
    ("shuangqing-2022", "双清区人民政府", 2022, G4, {"admin_charges_collected_amount": "8"}, OWN),
    ("wugang-2022", "武冈市人民政府", 2022, G4, {"admin_charges_collected_amount": "11"}, OWN),
    ("dongkou-2022", "洞口县人民政府", 2022, G4, {"admin_charges_collected_amount": "110000"}, OWN),
    # Items from one year to the next, stocks, decisions taken for items, an amount without a unit.
    ("wugang-2018", "武冈市人民政府", 2018, G2, {
        "requests_received": "10", "requests_completed": "7", "oi_trainings_held": "5", "oi_trainees": "3",
        "request_fees_collected": "1.5"}, OWN),
    ("dongkou-2018", "洞口县人民政府", 2018, G2, {"oi_trainings_held": "0", "oi_trainees": "0"}, OWN),
    ("wugang-2019", "武冈市人民政府", 2019, G3, {
        "requests_carried_in": "2", "licensing_items_prior_year": "10", "licensing_items_net_change": "-2",
        "penalty_items_prior_year": "5", "penalty_items_net_change": "1",
        "normative_documents_disclosed_stock": "15"}, OWN),
    ("wugang-2020", "武冈市人民政府", 2020, G3, {
        "licensing_items_prior_year": "8", "licensing_items_net_change": "-4", "licensing_decisions": "4",
        "penalty_items_prior_year": "7", "normative_documents_disclosed_stock": "20",
        "normative_documents_disclosed": "6", PROCUREMENT: "52.15"}, OWN),
    # Cumulative columns.
    ("cangshan-2009", "仓山区人民政府", 2009, G1, {
        "requests_accepted/cumulative": "100", "disclosed_via_website/cumulative": "40"}, OWN),
    ("cangshan-2010", "仓山区人民政府", 2010, G1, {
        "requests_accepted": "30", "requests_accepted/cumulative": "130",
        "disclosed_via_website": "5", "disclosed_via_website/cumulative": "44"}, OWN),
    # Tables as they cannot well be.
    ("hengyang-2022", "衡阳县人民政府", 2022, G4, ALIKE | {"requests_received": "28"}, OWN),
    ("hengyang-2023", "衡阳县人民政府", 2023, G4, ALIKE | {"requests_received": "28"}, OWN),
    ("hengnan-2022", "衡南县人民政府", 2022, G4, ALIKE | {"requests_received": "28"}, OWN),
    ("hengshan-2022", "衡山县人民政府", 2022, G4, NOTHING, OWN),
]

# (report, rule, instance) -> (left, right, status)
FINDINGS = {
    ("daxiang-2022", "X-01", "natural_person"): ("1", "2", "FAIL"),
    ("daxiang-2022", "X-01", "research_institution"): ("0", None, "NOT_ASSESSABLE"),
    ("daxiang-2022", "T2-02", "normative_documents_in_force"): ("12", "11", "FAIL"),
    ("daxiang-2022", "X-03", "requests_received"): ("16.7", "10", "FAIL"),
    ("shaoyang-2022", "H-01", "requests_received"): ("106", "100", "FAIL"),
    # What the parts without a report hold is not known.
    ("shaoyang-2022", "H-01", "normative_documents_issued"): ("5", "50", "NOT_ASSESSABLE"),
    ("shaoyang-2022", "H-02", "licensing_decisions"): ("5", "3", "FAIL"),
    ("shaoyang-finance-2022", "T2-04", "admin_rules_issued"): ("2", "0", "FAIL"),
    ("beita-2023", "T4-04", "disputes"): ("2", "0", "FAIL"),
    ("tanjiang-2022", "T2-06", "licensing_decisions"): ("5", "0", "FAIL"),
    ("dongkou-2022", "T2-05", "admin_charges_collected_amount"): ("10000", "100", "FAIL"),
    ("wugang-2018", "G2-15", "trainings"): ("3", "5", "FAIL"),
    ("wugang-2018", "G2-16", "fees"): ("1.5", "1", "FAIL"),
    ("wugang-2019", "X-02", "bridge"): ("2", "3", "FAIL"),
    ("wugang-2020", "G3T2-02", "penalty_items_prior_year"): ("7", "6", "FAIL"),
    ("wugang-2020", "G3T2-03", "normative_documents_disclosed_stock"): ("20", "21", "FAIL"),
    ("wugang-2020", "G3T2-04", PROCUREMENT): ("1", "0", "FAIL"),
    ("wugang-2020", "G3T2-05", "licensing_decisions"): ("4", "4", "FAIL"),
    ("cangshan-2010", "G1-07", "disclosed_via_website"): ("44", "45", "FAIL"),
    # The text says that 30 are 12.5 % more than last year; 28 would make 7.14 %.
    ("hengyang-2023", "X-04", "requests_received"): ("5.36", "0.1", "FAIL"),
    ("hengyang-2023", "P-01", "tables"): ("9", "0", "FAIL"),
    ("hengyang-2022", "P-02", "tables"): ("9", "0", "FAIL"),
    ("hengnan-2022", "P-02", "tables"): ("9", "0", "FAIL"),
    ("hengshan-2022", "P-03", "tables"): ("1", "0", "FAIL"),
}

HOLDING = {
    # 30 after 500, told as a fall of 94 %.
    ("daxiang-2022", "X-04", "requests_received"): ("0", "0.5", "PASS"),
    ("daxiang-2022", "X-01", "total"): ("3", "3", "PASS"),
    ("shaoyang-2022", "H-02", "requests_received"): ("60", "100", "PASS"),
    ("beita-2023", "T4-05", "after_reconsideration"): ("1", "1", "PASS"),
    ("tanjiang-2022", "T2-06", "penalty_decisions"): ("0", "0", "PASS"),
    ("beita-2022", "T2-05", "admin_charges_collected_amount"): ("1.1", "100", "PASS"),
    ("wugang-2020", "G3T2-02", "licensing_items_prior_year"): ("8", "8", "PASS"),
    ("cangshan-2010", "G1-07", "requests_accepted"): ("130", "130", "PASS"),
}
# fmt: on


def add_suspects(tables: Tables) -> None:
    """A held report of 2023 with three changes as likely by itself, and a held aggregate with two."""
    report(tables, "daxiang-2023", "大祥区人民政府", 2023, G4, {"requests_carried_in": "9", "requests_received": "5"}, OWN)
    report(tables, "region-2023", "邵阳市人民政府", 2023, G4, {"requests_received": "5", "requests_carried_out": "1"}, WHOLE)
    for row in tables["verdict"]:
        if row["report_id"] in ("daxiang-2023", "region-2023"):
            row.update(verdict="held", gating_failed=1)
            tables["identity_result"].append(
                {
                    "report_id": row["report_id"],
                    "form": G4,
                    "identity_id": "T3-01",
                    "instance_key": "total",
                    "gates": True,
                    "left_value": Decimal(14),
                    "operator": "=",
                    "right_value": Decimal(9),
                    "difference": Decimal(5),
                    "blanks": 0,
                    "status": "FAIL",
                }
            )
    suspect(tables, "daxiang-2023", 1, "requests_received", "1")
    suspect(tables, "daxiang-2023", 2, "requests_carried_in", "4")
    suspect(tables, "daxiang-2023", 3, "requests_carried_out", "8")
    # The report of the year before carries out 4; the one after says nothing.
    add_cell(tables, "daxiang-2022", SLOTS[G4, "requests_carried_out"], "4")
    suspect(tables, "region-2023", 1, "requests_carried_out", "3")
    suspect(tables, "region-2023", 2, "requests_received", "28")


def suspect(tables: Tables, report_id: str, number: int, figure: str, implied: str) -> None:
    slot_id = SLOTS[G4, figure]
    cells = [cell["cell_id"] for cell in tables["cell"] if (cell["report_id"], cell["slot_id"]) == (report_id, slot_id)]
    tables["localisation"].append(
        {
            "report_id": report_id,
            "form": G4,
            "group_id": 1,
            "set_id": number,
            "kind": "value",
            "cell_id": cells[0] if cells else None,
            "slot_id": slot_id,
            "implied_value": Decimal(implied),
            "edit": "none",
            "score": 4,
            "rank": 1,
            "is_only": False,
            "is_capped": False,
            "sentence_zh": figure,
            "sentence_en": figure,
        }
    )


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    home: Path = tmp_path_factory.mktemp("home")
    tables = new_tables()
    for report_id, organ, year, form, figures, coverage in REPORTS:
        report(tables, report_id, organ, year, form, figures, coverage)
    for cell in tables["cell"]:
        if PROCUREMENT in cell["slot_id"]:
            cell["unit"] = None
    add_claim(tables, "hengshan-2022", "requests_received", "12")
    for report_id, growth in (("daxiang-2022", "-94"), ("hengyang-2023", "12.5")):
        base = add_claim(tables, report_id, "requests_received", "30")
        add_claim(tables, report_id, None, growth, kind="growth", unit="%", share_part=base)
    add_suspects(tables)
    write_load(home / "staging", "first", 1, tables)
    build(home)
    with duckdb.connect(str(build_file(home)), read_only=True) as connection:
        yield connection


Result = tuple[str | None, str | None, str]


def results(release: duckdb.DuckDBPyConnection, where: str) -> dict[tuple[str, str, str], Result]:
    rows = release.execute(
        "select report_id, identity_id, instance_key, left_value, right_value, status from quality.warehouse_result"
        f" where {where}"
    ).fetchall()
    return {
        (report, rule, instance): (plain(left), plain(right), status)
        for report, rule, instance, left, right, status in rows
    }


def plain(number: Decimal | None) -> str | None:
    return None if number is None else f"{number.normalize():f}"


def test_every_finding_is_found_and_no_other(release: duckdb.DuckDBPyConnection) -> None:
    assert results(release, "status != 'PASS'") == FINDINGS


@pytest.mark.parametrize("key", HOLDING)
def test_what_holds_is_told_with_its_numbers(release: duckdb.DuckDBPyConnection, key: tuple[str, str, str]) -> None:
    assert results(release, "status = 'PASS'")[key] == HOLDING[key]


@pytest.mark.parametrize(
    "key",
    [
        ("shuangqing-2023", "T4-05", "after_reconsideration"),
        ("daxiang-region-2022", "X-01", "total"),
        ("shaoyang-2022", "T2-04", "admin_rules_issued"),
        ("dongkou-2018", "G2-15", "trainings"),
        ("cangshan-2009", "G1-07", "requests_accepted"),
    ],
)
def test_what_cannot_be_compared_is_not(release: duckdb.DuckDBPyConnection, key: tuple[str, str, str]) -> None:
    assert key not in results(release, "true")


def test_an_aggregate_of_a_part_stands_for_its_organs(release: duckdb.DuckDBPyConnection) -> None:
    rows = release.execute(
        "select left_ids from quality.warehouse_result"
        " where report_id = 'shaoyang-2022' and identity_id = 'H-01' and instance_key = 'requests_received'"
    ).fetchone()
    assert rows is not None
    assert {cell.split(":")[0] for cell in rows[0].split(" ")} == {
        "daxiang-region-2022",
        "shaoyang-finance-2022",
        "beita-2022",
    }


def test_a_finding_reads_as_a_sentence_in_both_languages(release: duckdb.DuckDBPyConnection) -> None:
    rows = release.execute(
        "select other_report_id, sentence_zh, sentence_en, severity from quality.warehouse_result"
        " where report_id = 'daxiang-2022' and identity_id = 'X-01' and instance_key = 'natural_person'"
    ).fetchall()
    assert rows == [
        (
            "daxiang-2021",
            "X-01 自然人: 上年结转 1 ≠ 2021年报告的结转下年度 2",
            "X-01 natural persons: carried in 1 ≠ carried out in the report of 2021 2",
            "warning",
        )
    ]


def test_no_finding_holds_a_report(release: duckdb.DuckDBPyConnection) -> None:
    held = release.execute("select report_id from provenance.report where verdict = 'held' order by 1").fetchall()
    assert held == [("daxiang-2023",), ("region-2023",)]


def test_last_year_decides_between_suspects_that_are_as_likely(release: duckdb.DuckDBPyConnection) -> None:
    rows = release.execute(
        "select set_id, rank, tied_with, sentence_en from quality.localisation where report_id = 'daxiang-2023' order by 1"
    ).fetchall()
    assert rows == [
        (1, 2, 1, "requests_received. As likely: 1 other change(s)"),
        (2, 1, 0, "requests_carried_in; last year's report agrees"),
        (3, 2, 1, "requests_carried_out. As likely: 1 other change(s)"),
    ]


def test_the_parts_of_a_region_decide_between_suspects_of_its_aggregate(release: duckdb.DuckDBPyConnection) -> None:
    rows = release.execute(
        "select set_id, rank, tied_with, sentence_en from quality.localisation where report_id = 'region-2023' order by 1"
    ).fetchall()
    assert rows == [
        (1, 2, 0, "requests_carried_out"),
        (2, 1, 0, "requests_received; the sum of the region's parts agrees"),
    ]
