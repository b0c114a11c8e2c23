"""Cells become observations: with the right meaning and unit, once each, and none beyond what was staged."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from duckdb import DuckDBPyConnection
from hand_made_loads import EXTRACT
from staged_truth import SEEDS, truth_rows

SEED_CODE = {
    "件": "count",
    "条": "count",
    "次": "count",
    "个": "count",
    "篇": "count",
    "人": "count",
    "人次": "count",
    "万元": "cny_10k",
    "条 (mixed)": "count",
}
needs_seeds = pytest.mark.skipif(not SEEDS.exists(), reason="the labelled seeds are not beside this checkout")


def rows(warehouse: DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return warehouse.execute(query).fetchall()


@needs_seeds
def test_every_labelled_table_cell_is_one_observation_and_nothing_else_is(warehouse: DuckDBPyConnection) -> None:
    labelled = [
        (
            row["file"],
            row["organ"],
            row["organ_division_code"],
            row["year"],
            row["coverage"],
            row["form"],
            row["slot_id"],
            row["indicator"],
            row["applicant_type"],
            row["outcome"],
            row["route"],
            "annual",
            None if row["value"] is None else Decimal(str(row["value"])),
            row["value_status"],
            None if row.get("implied_value") is None else Decimal(row["implied_value"]),
            SEED_CODE[row["unit"]],
        )
        for row in truth_rows()
        if row["source"] == "table"
    ]
    files = sorted({row[0] for row in labelled})
    got = rows(
        warehouse,
        f"""select d.uri, o.organ_name, o.division_code, o.year, o.coverage, o.form, c.slot_id, o.indicator_id,
            o.applicant_type, o.outcome, o.route, o.period, o.value, o.value_status, o.implied_value, o.unit_code
            from observation o join cell c on o.observation_id = c.cell_id join report r on o.report_id = r.report_id
            join document d on r.document_id = d.document_id where d.uri in {tuple(files)}""",
    )
    assert len(labelled) == 893
    assert len(got) == 893
    assert set(got) == set(labelled)


@needs_seeds
def test_each_observation_carries_the_relation_its_slot_is_declared_with(warehouse: DuckDBPyConnection) -> None:
    with open(SEEDS.parent / "domain" / "slots.csv", encoding="utf8", newline="") as file:
        declared = {row["slot_id"]: (row["match_type"], row["is_total"] == "1") for row in csv.DictReader(file)}
    got = rows(
        warehouse,
        "select c.slot_id, o.match_type, o.is_total from observation o join cell c on o.observation_id = c.cell_id",
    )
    assert len(got) > 893
    assert {slot: (match, total) for slot, match, total in got} == {slot: declared[str(slot)] for slot, _, _ in got}


def test_the_second_delivery_of_the_same_documents_adds_no_observation(warehouse: DuckDBPyConnection) -> None:
    assert rows(warehouse, "select distinct load_name from document where uri = 'odd.html'") == [("2023",)]
    assert rows(warehouse, "select count(*) from observation where report_id = 'odd' and source = 'table'") == [(5,)]
    assert rows(warehouse, "select load_name from delivery where uri = 'odd.html' order by 1") == [
        ("2023",),
        ("again",),
    ]


def test_nothing_of_a_refused_load_is_read_but_the_refusal_shows(warehouse: DuckDBPyConnection) -> None:
    assert rows(warehouse, "select * from report where report_id = 'refused'") == []
    assert rows(warehouse, "select * from cell where value = 99") == []
    assert rows(warehouse, "select passed, reason from quality.load_gate where load_name = 'refused'") == [
        (False, "too many held")
    ]
    # A document that another load delivers as well comes from that one, with the organ that was read there.
    assert rows(warehouse, "select organ_name, load_name from report where report_id = 'county-new'") == [
        ("甲乙县人民政府", "again")
    ]


def test_money_is_in_the_unit_of_its_indicator(warehouse: DuckDBPyConnection) -> None:
    got = rows(
        warehouse,
        "select indicator_id, value, unit_code, printed_value, printed_unit from observation "
        "where report_id in ('odd', 'trial') and (indicator_id like '%amount' or indicator_id like '%fee%') order by 1",
    )
    assert got == [
        ("admin_charges_collected_amount", Decimal("25.100055"), "cny_10k", Decimal("251000.55"), "元"),
        ("central_procurement_amount", Decimal("52.15"), None, Decimal("52.15"), None),
        ("information_processing_fee_collected", Decimal(15000), "cny", Decimal("1.5"), "万元"),
    ]


def test_a_counter_nobody_knows_keeps_its_number_and_gets_no_unit(warehouse: DuckDBPyConnection) -> None:
    query = "select value, unit_code from observation where report_id = 'odd' and indicator_id = 'requests_carried_in'"
    assert rows(warehouse, query) == [(Decimal(7), None)]


def test_facts_use_the_table_and_neither_parts_nor_contradicting_claims(warehouse: DuckDBPyConnection) -> None:
    got = rows(
        warehouse,
        "select indicator_id, source, value, part, is_preferred from observation "
        "where report_id = 'odd' and indicator_id in ('requests_received', 'disclosed_via_weibo') "
        "order by indicator_id, value",
    )
    assert got == [
        ("disclosed_via_weibo", "claim", Decimal(100), None, False),
        ("disclosed_via_weibo", "claim", Decimal(200), None, False),
        ("requests_received", "table", Decimal(5), "区直单位", False),
        ("requests_received", "table", Decimal(12), None, True),
        ("requests_received", "claim", Decimal(13), None, False),
        ("requests_received", "claim", Decimal(13), None, False),
    ]


def test_every_unit_that_prose_is_read_in_has_a_conversion(warehouse: DuckDBPyConnection) -> None:
    with open(EXTRACT / "prose" / "unit.csv", encoding="utf8", newline="") as file:
        read = {unit for row in csv.DictReader(file) for unit in row["units"].split("|")}
    converted = {row[0] for row in rows(warehouse, "select printed_unit from codebook.unit_conversion")}
    # 余 tells how exact the number is, and parentheses hold further counters of the same number.
    assert {unit.removeprefix("余").partition("(")[0] for unit in read} <= converted


def test_a_claim_is_an_observation_as_near_its_indicator_as_words_and_form_allow(warehouse: DuckDBPyConnection) -> None:
    got = rows(
        warehouse,
        "select observation_id, indicator_id, applicant_type, value, unit_code, value_status, match_type, is_total, "
        "qualifier, by_negation, is_preferred from observation "
        "where source = 'claim' and indicator_id <> 'disclosed_via_weibo' order by 1",
    )
    fee, fees = "information_processing_fee_collected", "request_fees_collected"
    received, disposed, issued = "requests_received", "requests_disposed_total", "normative_documents_issued"
    person = "natural_person"
    exact, close = "exactMatch", "closeMatch"
    assert got == [
        ("odd:c0001", received, "total", 13, "count", "reported", exact, True, "exact", False, False),
        ("odd:c0004", fee, None, 15000, "cny", "reported", close, False, "exact", False, True),
        ("odd:c0005", received, "total", 13, "count", "reported", close, True, "exact", False, False),
        ("odd:c0006", issued, None, 2, "count", "reported", close, False, "exact", False, True),
        ("prose:c0001", received, "total", 10, "count", "reported", close, True, "exact", False, True),
        ("prose:c0002", received, person, 6, "count", "reported", close, False, "exact", False, True),
        ("prose:c0004", disposed, "total", 10, "count", "reported", close, True, "exact", False, True),
        ("prose:c0005", fees, None, 0, "cny_10k", "explicit_zero", close, False, "exact", True, True),
        (
            "prose:c0006",
            "website_visits",
            None,
            2000000,
            "count",
            "reported",
            close,
            False,
            "approximate",
            False,
            False,
        ),
    ]


def test_a_claim_that_is_no_observation_is_listed_with_the_reason(warehouse: DuckDBPyConnection) -> None:
    query = "select claim_id, subject, value, unit, scope, part_of, reason from quality.unmapped_claim order by 1"
    assert rows(warehouse, query) == [
        ("prose:c0003", "企业申请", Decimal(4), "件", None, "prose:c0001", "no_indicator"),
        ("prose:c0007", None, Decimal(3), "件", "市本级", None, "scope"),
        ("prose:c0008", None, Decimal(60), "%", None, None, "share"),
    ]


def test_a_claim_keeps_the_total_it_is_a_part_of(warehouse: DuckDBPyConnection) -> None:
    query = "select claim_id, part_of, partition, is_rest from claim where part_of is not null order by 1"
    assert rows(warehouse, query) == [
        ("prose:c0002", "prose:c0001", "applicant", False),
        ("prose:c0003", "prose:c0001", "applicant", True),
    ]
    query = "select claim_id, share_part, share_whole from claim where kind = 'share'"
    assert rows(warehouse, query) == [("prose:c0008", "prose:c0002", "prose:c0001")]


def test_a_claim_without_a_table_is_published_with_its_subject(warehouse: DuckDBPyConnection) -> None:
    query = (
        "select indicator_id, applicant_type, value, source from marts.requests where report_id = 'prose' order by all"
    )
    assert rows(warehouse, query) == [
        ("requests_disposed_total", "total", Decimal(10), "claim"),
        ("requests_received", "natural_person", Decimal(6), "claim"),
        ("requests_received", "total", Decimal(10), "claim"),
    ]


def test_comparisons_of_the_prose_stand_once_each_and_hold_no_report(warehouse: DuckDBPyConnection) -> None:
    got = rows(
        warehouse,
        "select report_id, identity_id, left_value, right_value, status, left_ids, right_ids, title_en, organ_name, "
        "year, form, verdict from quality.soft_result order by 1",
    )
    city, prose = "丙丁市人民政府", "壬癸市人民政府"
    parts = "prose:c0002 prose:c0003"
    received, sums = "Requests received", "Narrative sums"
    assert got == [
        ("odd", "N-01", 13, 12, "FAIL", "odd:c0001", "odd:0001", received, city, 2022, "national-2021", "unverified"),
        ("prose", "N-11", 10, 10, "PASS", "prose:c0001", parts, sums, prose, 2012, "prose", "unverified"),
    ]


def test_a_report_keeps_the_years_that_its_title_and_text_name(warehouse: DuckDBPyConnection) -> None:
    query = "select year, title_year, period_year, body_year from report where report_id = 'prose'"
    assert rows(warehouse, query) == [(2012, 2012, 2012, 2011)]


def test_a_later_version_supersedes_and_only_it_is_published(warehouse: DuckDBPyConnection) -> None:
    query = "select report_id, is_current, superseded_by from report where report_id like 'county-%' order by 1"
    assert rows(warehouse, query) == [("county-new", True, None), ("county-old", False, "county-new")]
    query = "select report_id, value from marts.requests where organ_name = '甲乙县人民政府'"
    assert rows(warehouse, query) == [("county-new", Decimal(11))]


def test_a_blank_stays_null_and_an_unreadable_cell_is_listed(warehouse: DuckDBPyConnection) -> None:
    query = (
        "select value, value_status from observation where report_id = 'held' and indicator_id = 'requests_carried_out'"
    )
    assert rows(warehouse, query) == [(None, "blank")]
    query = "select raw_text, reason, uri from quality.unreadable_cell where report_id = 'odd'"
    assert rows(warehouse, query) == [("3", "two numbers", "odd.html")]


def test_a_cell_without_a_slot_is_kept_and_listed_as_unmapped(warehouse: DuckDBPyConnection) -> None:
    query = "select row_path, raw_text, value, reason from quality.unmapped_cell"
    assert rows(warehouse, query) == [("（八）本省增设行", "4", Decimal(4), "not in the form")]


def test_a_held_report_stays_out_of_the_marts_and_says_why(warehouse: DuckDBPyConnection) -> None:
    held = rows(
        warehouse,
        "select identity_id, instance_key, left_value, right_value, difference, uri, sentence_zh, sentence_en, "
        "left_cells, right_cells from quality.held_report where report_id = 'held'",
    )
    assert [row[:6] for row in held] == [("T3-01", "total", Decimal(21), Decimal(19), Decimal(2), "held.html")]
    sentence_zh, sentence_en, left, right = map(str, held[0][6:])
    assert sentence_zh == "T3-01 总计: 第一项加第二项之和 21 ≠ 第三项（七）总计加第四项之和 19"
    assert sentence_en == "T3-01 total: received plus carried in 21 ≠ disposed of plus carried out 19"
    assert "= 20" in left and "= 1" in left and "= 19" in right and "= □" in right
    assert rows(warehouse, "select * from marts.observation where report_id = 'held'") == []
    assert rows(warehouse, "select count(*) from observation where report_id = 'held'") == [(4,)]


def test_the_balance_accounts_for_everything_that_was_staged(warehouse: DuckDBPyConnection) -> None:
    seeds = int(SEEDS.exists())
    documents, reports, cells = 5 * seeds, 6 * seeds, 893 * seeds
    got = rows(warehouse, "select subject, load_name, fate, number from quality.balance")
    assert sorted(got) == sorted(
        row
        for row in [
            ("document", "refused", "refused_load", 2),
            ("document", "2023", "read", documents + 4),
            ("document", "2023", "rejected", 1),
            ("document", "again", "duplicate", documents + 5),
            ("document", "again", "read", 2),
            ("report", "refused", "refused_load", 2),
            ("report", "2023", "published", reports + 3),
            ("report", "2023", "superseded", 1),
            ("report", "again", "duplicate", reports + 4),
            ("report", "again", "held", 1),
            ("report", "again", "published", 1),
            ("cell", "refused", "refused_load", 2),
            ("cell", "2023", "conformed", cells + 7),
            ("cell", "2023", "unmapped", 1),
            ("cell", "again", "duplicate", cells + 8),
            ("cell", "again", "conformed", 5),
            ("claim", "2023", "conformed", 11),
            ("claim", "2023", "unmapped", 3),
            ("claim", "again", "duplicate", 14),
        ]
    )


@needs_seeds
def test_harmonised_figures_are_derived_from_printed_ones_or_missing(warehouse: DuckDBPyConnection) -> None:
    got = rows(
        warehouse,
        "select year, granted_full, granted_full_harmonised, not_held_harmonised, refused_statutory_harmonised, "
        "uses_implied from marts.organ_year "
        "where organ_name in ('衢州市人民政府', '六盘水市人民政府', '大祥区人民政府') order by year",
    )
    by_slot = {(row["report_id"], row["slot_id"]): row for row in truth_rows() if row["source"] == "table"}

    def known(report: str, slot: str) -> Decimal | None:
        row = by_slot[report, slot]
        value = row["value"] if row["value"] is not None else row.get("implied_value")
        return None if value is None else Decimal(value)

    def plus(*parts: Decimal | None) -> Decimal | None:
        return None if None in parts else sum((part for part in parts if part is not None), Decimal(0))

    def g1(name: str) -> Decimal | None:
        return known("quzhou-2013", f"local-zhejiang/statistics/{name}/value")

    def g2(name: str) -> Decimal | None:
        return known("liupanshui-2015", f"national-2014/statistics/{name}/value")

    def g4(name: str) -> Decimal | None:
        return known("daxiang-2021", f"national-2021/requests/{name}/total")

    refused = [
        "state_secret",
        "law_prohibited",
        "security_stability",
        "third_party_rights",
        "internal_affairs",
        "process_information",
        "enforcement_file",
    ]
    less = g2("refused_not_government_information")
    assert got == [
        (2013, g1("granted_full"), g1("granted_full"), g1("not_own_organ_or_nonexistent"), g1("refused_total"), False),
        (
            2015,
            g2("granted_full"),
            plus(g2("granted_full"), g2("already_public")),
            plus(g2("information_nonexistent"), g2("not_own_organ")),
            plus(g2("refused_total"), None if less is None else -less),
            True,
        ),
        (
            2021,
            g4("granted_full"),
            g4("granted_full"),
            g4("not_held"),
            plus(*[g4(f"refused_{name}") for name in refused]),
            False,
        ),
    ]


@needs_seeds
def test_the_harmonised_rate_uses_an_implied_blank_and_says_so(warehouse: DuckDBPyConnection) -> None:
    got = rows(
        warehouse,
        "select granted_partial, disclosure_rate_harmonised, uses_implied from marts.organ_year "
        "where organ_name = '六盘水市人民政府' and year = 2015",
    )
    assert got == [(None, (Decimal(59) / 63).quantize(Decimal("0.000001")), True)]


def test_a_headline_is_the_printed_total_and_null_where_the_form_has_none(warehouse: DuckDBPyConnection) -> None:
    query = "select requests_received, requests_accepted, granted_full from marts.organ_year where report_id = 'odd'"
    assert rows(warehouse, query) == [(Decimal(12), None, None)]


def test_a_headline_is_of_the_prose_only_where_no_table_was_read(warehouse: DuckDBPyConnection) -> None:
    query = (
        "select report_id, requests_received, requests_disposed_total, normative_documents_issued, source "
        "from marts.organ_year where report_id in ('odd', 'prose') order by 1"
    )
    assert rows(warehouse, query) == [
        # The text gives the documents issued, the table does not: the headline stays empty.
        ("odd", Decimal(12), None, None, "table"),
        ("prose", Decimal(10), Decimal(10), None, "claim"),
    ]
