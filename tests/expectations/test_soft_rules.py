"""What the prose says against the tables and against itself: every rule, where it holds, fails and cannot be judged."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import hand_claims
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import staged_truth
from hand_claims import Claim, claim, parts, share
from hand_made import NO_CLAIM, SHARED, Printed, arrow, cell, report, sheet, tables

from expectations.evaluate import Evaluation, evaluate, evaluate_load
from extract.schema import load_folder

needs_seeds = pytest.mark.skipif(
    not (SHARED / "seeds").exists(), reason="the labelled reports are not beside this checkout"
)

G4, G2, ZHEJIANG = "national-2021", "national-2014", "local-zhejiang"
RECEIVED = "requests/requests_received/total"
Row = dict[str, Any]


def judged(
    form: str, printed: Mapping[str, Printed], claims: Sequence[Claim], other: Sequence[Row] = (), **of_report: Any
) -> list[Row]:
    """The results about prose of one report with these cells and claims."""
    cells = [*sheet(form, printed), *other]
    tables_of = arrow("report", [report("r", form, **of_report)]), arrow("cell", cells), arrow("claim", list(claims))
    rows: list[Row] = evaluate(*tables_of).soft_result.to_pylist()
    return rows


def summary(rows: Sequence[Row], identity_id: str | None = None) -> list[tuple[Any, ...]]:
    """identity, instance, left, operator, right, status; numbers as they are written."""
    return [
        (
            row["identity_id"],
            row["instance_key"],
            written(row["left_value"]),
            row["operator"],
            written(row["right_value"]),
            row["status"],
        )
        for row in rows
        if identity_id in (None, row["identity_id"])
    ]


def written(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def received(value: int, number: int = 1, **other: Any) -> Claim:
    return claim("r", number, "requests_received", value, applicant_type="total", **other)


def case(indicator_id: str, outcome: str, value: int, number: int, **other: Any) -> Claim:
    route = {"litigation_cases": "all"}.get(indicator_id)
    key = indicator_id if outcome == "total" else f"{indicator_id}/{outcome}"
    return claim("r", number, indicator_id, value, quantity_id=key, outcome=outcome, route=route, **other)


# The labelled texts.


@pytest.fixture(scope="module")
def seeds() -> list[Row]:
    reports, cells, claims = hand_claims.seeds()
    rows: list[Row] = evaluate(
        arrow("report", reports), arrow("cell", cells), arrow("claim", claims)
    ).soft_result.to_pylist()
    return rows


# Row of soft_result.csv (identity, report and instance) -> the row that says it here. Text against table of a local
# form stands under N-07, which compares figure by figure whatever the form.
SEED_ROWS: dict[tuple[str, str], tuple[str, str, str]] = {
    ("N-01", "tacheng-2023"): ("N-01", "tacheng-2023", "requests_received"),
    ("N-06", "tacheng-2023"): ("N-06", "tacheng-2023", "requests_received"),
    ("N-01", "daxiang-2021"): ("N-01", "daxiang-2021", "requests_received"),
    ("N-01", "yining-county-2023"): ("N-01", "yining-county-2023", "requests_received"),
    ("N-06", "yining-county-2023"): ("N-06", "yining-county-2023", "requests_received"),
    ("N-01", "pingan-town-2023"): ("N-01", "pingan-town-2023", "requests_received"),
    ("N-06", "pingan-town-2023"): ("N-06", "pingan-town-2023", "requests_received"),
    ("N-02", "daxiang-2021"): ("N-02", "daxiang-2021", "requests_disposed_total"),
    ("N-03", "tacheng-2023"): ("N-03", "tacheng-2023", "reconsideration_cases"),
    ("N-04", "tacheng-2023"): ("N-04", "tacheng-2023", "litigation_cases"),
    ("N-11", "daxiang-2021"): ("N-11", "daxiang-2021", "proactive_items_disclosed/disclosure_channel"),
    ("N-07", "liupanshui-2015#hot_topics_responded"): ("N-07", "liupanshui-2015", "hot_topics_responded"),
    ("N-07", "liupanshui-2015#reconsideration"): ("N-03", "liupanshui-2015", "reconsideration_cases"),
    ("N-07", "liupanshui-2015#litigation"): ("N-04", "liupanshui-2015", "litigation_cases"),
    ("N-11", "quzhou-2013#website"): ("N-11", "quzhou-2013", "disclosed_via_website/level"),
    ("N-11", "quzhou-2013#class"): ("N-11", "quzhou-2013", "disclosed_via_website/class"),
    ("N-11", "quzhou-2013#level"): ("N-11", "quzhou-2013", "requests_accepted/level"),
    ("N-11", "quzhou-2013#granted"): ("N-11", "quzhou-2013", "granted_full_or_partial"),
    ("N-11", "quzhou-2013#nothis"): ("N-11", "quzhou-2013", "not_own_organ_or_nonexistent"),
    ("N-01", "quzhou-2013#requests_accepted"): ("N-01", "quzhou-2013", "requests_accepted"),
    ("N-11", "quzhou-2013#disclosed_via_gazette"): ("N-07", "quzhou-2013", "disclosed_via_gazette"),
    ("N-11", "quzhou-2013#disclosed_via_website"): ("N-07", "quzhou-2013", "disclosed_via_website"),
    ("N-11", "liupanshui-2013#channels"): (
        "N-11",
        "liupanshui-2013",
        "proactive_disclosures_channel_total/disclosure_channel",
    ),
    ("N-11", "liupanshui-2013#channels+press"): (
        "N-11",
        "liupanshui-2013",
        "proactive_disclosures_channel_total/disclosure_channel+press_conferences_held",
    ),
    ("N-11", "liupanshui-2013#keyareas"): ("N-11", "liupanshui-2013", "figure"),
    ("N-11", "liupanshui-2013#request_channels"): ("N-11", "liupanshui-2013", "requests_received/request_channel"),
    ("N-11", "liupanshui-2013#outcomes"): ("N-11", "liupanshui-2013", "requests_disposed_total/request_outcome"),
    ("N-11", "liupanshui-2013#reconsideration"): ("N-11", "liupanshui-2013", "reconsideration_cases/case_outcome"),
    ("N-05", "liupanshui-2013#shares"): ("N-05", "liupanshui-2013", "disclosed_via_website"),
    ("N-05", "liupanshui-2013#shares2"): ("N-05", "liupanshui-2013", "disclosed_via_gazette"),
    ("N-05", "liupanshui-2013#shares3"): ("N-05", "liupanshui-2013", "disclosed_via_other"),
    ("N-09", "liupanshui-2014#weibo"): ("N-09", "liupanshui-2014", "disclosed_via_weibo"),
    ("N-09", "liupanshui-2014#wechat"): ("N-09", "liupanshui-2014", "disclosed_via_wechat"),
    ("N-05", "liupanshui-2015#mailbox"): ("N-05", "liupanshui-2015", "figure#2"),
    ("N-05", "liupanshui-2015#mailbox2"): ("N-05", "liupanshui-2015", "figure"),
    ("N-05", "liupanshui-2014#mailbox"): ("N-05", "liupanshui-2014", "figure"),
}


@needs_seeds
def test_the_labelled_texts_give_the_labelled_results(seeds: list[Row]) -> None:
    with open(SHARED / "seeds" / "soft_result.csv", encoding="utf8", newline="") as file:
        labelled = [row for row in csv.DictReader(file) if row["identity_id"].startswith("N-")]
    expected = {
        SEED_ROWS[(row["identity_id"], row["report_id"])]: (
            row["left"],
            row["operator"],
            row["right"],
            {"holds": "PASS", "FAILS": "FAIL"}[row["result"]],
        )
        for row in labelled
        if row["report_id"] != "liupanshui-2015#others"  # the next test
    }
    found = {
        (row["identity_id"], row["report_id"], row["instance_key"]): (
            written(row["left_value"]),
            row["operator"],
            written(row["right_value"]),
            row["status"],
        )
        for row in seeds
    }
    assert len(expected) == 36
    assert {key: found.get(key) for key in expected} == expected


@needs_seeds
def test_all_other_figures_of_the_labelled_form_of_2014_agree(seeds: list[Row]) -> None:
    rows = [row for row in seeds if row["report_id"] == "liupanshui-2015" and row["identity_id"] in ("N-01", "N-07")]
    cases = {row["instance_key"]: row["status"] for row in rows if "_cases/" in row["instance_key"]}
    assert cases == {
        "reconsideration_cases/upheld": "PASS",  # 1 dismissed
        "reconsideration_cases/corrected": "PASS",  # 3 ordered to perform
        "litigation_cases/upheld": "PASS",  # 1 dismissed
        "litigation_cases/corrected": "PASS",
        "litigation_cases/other": "PASS",
    }
    others = {row["instance_key"] for row in rows} - {*cases, "hot_topics_responded"}
    assert len(others) == 27
    assert {row["status"] for row in rows if row["instance_key"] in others} == {"PASS"}


@needs_seeds
def test_only_the_labelled_contradictions_are_found(seeds: list[Row]) -> None:
    failing = {
        (row["report_id"], row["identity_id"], row["instance_key"].split("/")[0])
        for row in seeds
        if row["status"] == "FAIL"
    }
    assert failing == {
        ("tacheng-2023", "N-01", "requests_received"),
        ("tacheng-2023", "N-06", "requests_received"),
        ("liupanshui-2013", "N-11", "proactive_disclosures_channel_total"),
        ("liupanshui-2014", "G2-10", "disclosed_via_other"),
        ("liupanshui-2014", "N-09", "disclosed_via_weibo"),
        ("liupanshui-2014", "N-09", "disclosed_via_wechat"),
        ("liupanshui-2015", "N-07", "hot_topics_responded"),
    }


@needs_seeds
def test_a_part_above_its_de_duplicated_total_is_found_with_both_numbers(seeds: list[Row]) -> None:
    (row,) = [row for row in seeds if row["identity_id"] == "G2-10" and row["status"] == "FAIL"]
    assert summary([row]) == [("G2-10", "disclosed_via_other", "233554", "<=", "104434", "FAIL")]


@needs_seeds
def test_a_list_short_by_a_figure_of_its_own_says_which(seeds: list[Row]) -> None:
    (row,) = [row for row in seeds if row["identity_id"] == "N-11" and row["status"] == "FAIL"]
    assert row["sentence_zh"].endswith("少 14，恰为同一处所述「召开新闻发布会14场次」。")
    assert row["sentence_en"].endswith('Short by exactly 14, which the same list gives as "召开新闻发布会14场次".')


@needs_seeds
def test_a_contradiction_reads_as_a_sentence_in_both_languages(seeds: list[Row]) -> None:
    (row,) = [row for row in seeds if row["identity_id"] == "N-07" and row["status"] == "FAIL"]
    line = "二、回应解读情况/(一)回应公众关注热点或重大舆情数(不同方式回应同一热点或舆情计1次)/统计数「80」"
    assert row["sentence_zh"] == (
        "N-07 正文与表逐项一致 [回应公众关注热点或重大舆情数]：正文所述 88 ≠ 表中所列 80（差 8）。"
        f"正文「回应公众关注热点和重大舆情88次」；表：{line}。"
    )
    assert row["sentence_en"] == (
        "N-07 Figure-by-figure [public-concern topics or major public-opinion events responded to]: "
        f'text 88 ≠ table 80 (difference 8). Text "回应公众关注热点和重大舆情88次"; table: {line}.'
    )
    assert (row["left_quote"], row["right_quote"]) == ("回应公众关注热点和重大舆情88次", line)
    assert row["severity"] == "warning"


@needs_seeds
def test_a_load_on_disk_is_judged_as_in_memory_and_no_report_is_held(tmp_path: Path, seeds: list[Row]) -> None:
    reports, cells, claims = hand_claims.seeds()
    staged_truth.write_load(tmp_path / "staging", "a", {"report": reports, "cell": cells, "claim": claims})
    evaluate_load(tmp_path, "a")
    assert staged(tmp_path, "soft_result").to_pylist() == seeds
    without = evaluate(arrow("report", reports), arrow("cell", cells), NO_CLAIM)
    assert without.verdict == staged(tmp_path, "verdict")
    assert without.identity_result == staged(tmp_path, "identity_result")


def staged(home: Path, table: str) -> pa.Table:
    """A staged table of the load `a`."""
    return pq.ParquetFile(load_folder(home / "staging", table, "a") / "part-0.parquet").read()


# Text against table.


def test_requests_received_agree() -> None:
    assert summary(judged(G4, {RECEIVED: 15}, [received(15)])) == [
        ("N-01", "requests_received", "15", "=", "15", "PASS")
    ]


def test_requests_received_differ() -> None:
    (row,) = judged(G4, {RECEIVED: 15}, [received(16)])
    assert summary([row]) == [("N-01", "requests_received", "16", "=", "15", "FAIL")]
    assert (row["difference"], row["left_ids"], row["right_ids"]) == (Decimal(1), "r:c0001", "r:0001")


def test_the_same_quantity_stated_again_has_an_ordinal() -> None:
    rows = judged(G4, {RECEIVED: 15}, [received(15, 1), received(14, 2)])
    assert summary(rows, "N-01") == [
        ("N-01", "requests_received", "15", "=", "15", "PASS"),
        ("N-01", "requests_received#2", "14", "=", "15", "FAIL"),
    ]


def test_a_report_that_states_nothing_has_no_result() -> None:
    assert judged(G4, {RECEIVED: 15}, []) == []


def test_a_figure_that_no_table_prints_has_no_result() -> None:
    assert judged(G4, {RECEIVED: 15}, [claim("r", 1, "oi_trainees", 300)]) == []


def test_a_figure_of_less_than_the_report_is_not_compared() -> None:
    assert judged(G4, {RECEIVED: 15}, [received(3, scope="市本级")]) == []


def test_further_value_columns_of_a_table_are_not_compared() -> None:
    town = cell("r", 50, f"{G4}/{RECEIVED}", 4, part="乡镇街道")
    assert [row["right_value"] for row in judged(G4, {RECEIVED: 15}, [received(15)], [town])] == [Decimal(15)]


@pytest.mark.parametrize("quote", ["收到申请(含上年结转)17件", "收到及上年结转申请共17件"])
def test_a_text_that_counts_the_requests_carried_in_agrees(quote: str) -> None:
    printed: dict[str, Printed] = {RECEIVED: 15, "requests/requests_carried_in/total": 2}
    (row,) = judged(G4, printed, [received(17, quote=quote)])
    assert summary([row]) == [("N-01", "requests_received", "17", "=", "17", "PASS")]
    assert "含上年结转" in row["sentence_zh"]


def test_a_text_with_the_carried_in_as_its_part_agrees() -> None:
    printed: dict[str, Printed] = {RECEIVED: 15, "requests/requests_carried_in/total": 2}
    carried = claim("r", 2, "requests_carried_in", 2, applicant_type="total", part_of="r:c0001")
    assert summary(judged(G4, printed, [received(17), carried]), "N-01") == [
        ("N-01", "requests_received", "17", "=", "17", "PASS")
    ]


def test_a_text_that_does_not_speak_of_the_carried_in_differs() -> None:
    printed: dict[str, Printed] = {RECEIVED: 15, "requests/requests_carried_in/total": 2}
    assert summary(judged(G4, printed, [received(17)])) == [("N-01", "requests_received", "17", "=", "15", "FAIL")]


def test_accepted_beside_received_may_differ_from_the_table() -> None:
    accepted = received(13, 2, quantity_id="requests_received_as_accepted")
    assert summary(judged(G4, {RECEIVED: 15}, [received(15), accepted])) == [
        ("N-01", "requests_received", "15", "=", "15", "PASS"),
        ("N-01", "requests_received#2", "13", "=", "15", "NOT_ASSESSABLE"),
    ]


def test_accepted_alone_stands_for_received() -> None:
    accepted = received(13, quantity_id="requests_received_as_accepted")
    assert summary(judged(G4, {RECEIVED: 15}, [accepted])) == [("N-01", "requests_received", "13", "=", "15", "FAIL")]


@pytest.mark.parametrize(("value", "status"), [(15, "PASS"), (14, "FAIL")])
def test_answered_is_compared_with_the_disposition_total(value: int, status: str) -> None:
    answered = claim("r", 1, "requests_disposed_total", value, applicant_type="total")
    assert summary(judged(G4, {"requests/requests_disposed_total/total": 15}, [answered])) == [
        ("N-02", "requests_disposed_total", str(value), "=", "15", status)
    ]


def test_completed_is_compared_with_the_disposition_total_where_the_form_prints_no_other_line() -> None:
    completed = claim("r", 1, "requests_completed", 15)
    assert summary(judged(G4, {"requests/requests_disposed_total/total": 15}, [completed])) == [
        ("N-02", "requests_completed", "15", "=", "15", "PASS")
    ]


def test_completed_is_compared_with_its_own_line_where_the_form_prints_it() -> None:
    printed: dict[str, Printed] = {
        "statistics/requests_completed/value": 14,
        "statistics/requests_disposed_total/value": 15,
    }
    assert summary(judged(G2, printed, [claim("r", 1, "requests_completed", 15)])) == [
        ("N-07", "requests_completed", "15", "=", "14", "FAIL")
    ]


@pytest.mark.parametrize(("value", "status"), [(3, "PASS"), (4, "FAIL")])
def test_reconsideration_cases(value: int, status: str) -> None:
    stated = case("reconsideration_cases", "total", value, 1)
    assert summary(judged(G4, {"disputes/cases/reconsideration.total": 3}, [stated])) == [
        ("N-03", "reconsideration_cases", str(value), "=", "3", status)
    ]


@pytest.mark.parametrize(("value", "status"), [(7, "PASS"), (5, "FAIL")])
def test_litigation_cases_are_both_routes_together(value: int, status: str) -> None:
    printed: dict[str, Printed] = {
        "disputes/cases/litigation_direct.total": 5,
        "disputes/cases/litigation_after_reconsideration.total": 2,
    }
    rows = judged(G4, printed, [case("litigation_cases", "total", value, 1)])
    assert summary(rows) == [("N-04", "litigation_cases", str(value), "=", "7", status)]
    assert rows[0]["right_ids"] == "r:0001 r:0002"


def test_one_route_is_compared_with_its_own_column() -> None:
    printed: dict[str, Printed] = {
        "disputes/cases/litigation_direct.total": 5,
        "disputes/cases/litigation_after_reconsideration.total": 2,
    }
    stated = case("litigation_cases", "total", 5, 1) | {"route": "direct", "quantity_id": "litigation_cases/direct"}
    assert summary(judged(G4, printed, [stated])) == [("N-07", "litigation_cases/direct", "5", "=", "5", "PASS")]


def test_refusals_are_the_sum_of_the_printed_grounds() -> None:
    grounds = [
        "state_secret",
        "law_prohibited",
        "security_stability",
        "third_party_rights",
        "internal_affairs",
        "process_information",
        "enforcement_file",
        "administrative_query",
    ]
    printed: dict[str, Printed] = {f"requests/refused_{name}/total": n % 3 for n, name in enumerate(grounds)}
    stated = [claim("r", n, "refused_total", value, applicant_type="total") for n, value in enumerate((7, 8), start=1)]
    assert summary(judged(G4, printed, stated), "N-07") == [
        ("N-07", "refused_total", "7", "=", "7", "PASS"),
        ("N-07", "refused_total#2", "8", "=", "7", "FAIL"),
    ]


@pytest.mark.parametrize(("value", "status"), [(4, "PASS"), (3, "FAIL"), (6, "NOT_ASSESSABLE")])
def test_a_sum_of_lines_with_blanks_is_known_from_below(value: int, status: str) -> None:
    printed: dict[str, Printed] = {
        "statistics/requests_received_fax/value": 4,
        "statistics/requests_received_letter/value": None,
    }
    stated = claim("r", 1, "requests_received_fax_or_letter", value)
    assert summary(judged(G2, printed, [stated])) == [
        ("N-07", "requests_received_fax_or_letter", str(value), "=", "4", status)
    ]


@pytest.mark.parametrize("printed", [None, "?", "/"])
def test_a_cell_without_a_number_is_not_assessable_and_never_zero(printed: Printed) -> None:
    rows = judged(G4, {RECEIVED: printed}, [received(0)])
    assert summary(rows) == [
        ("N-01", "requests_received", "0", "=", None, "NOT_ASSESSABLE"),
        ("N-06", "requests_received", None, "=", "0", "NOT_ASSESSABLE"),
    ]
    assert "无法核对：表中该格空白、缺失或未读出" in rows[0]["sentence_zh"]


def test_a_blank_cell_that_the_sums_of_its_table_force_to_zero_is_compared_and_said() -> None:
    printed: dict[str, Printed] = {f"disputes/cases/reconsideration.{name}": 0 for name in ("total", "upheld")}
    printed |= {f"disputes/cases/reconsideration.{name}": None for name in ("corrected", "other", "pending")}
    stated = [case("reconsideration_cases", "pending", value, number) for number, value in ((1, 0), (2, 1))]
    rows = judged(G4, printed, stated)
    assert [row["status"] for row in rows if row["identity_id"] == "N-07"] == ["PASS", "FAIL"]
    assert "按表内勾稽关系推定为 0" in rows[0]["sentence_zh"]
    assert "leave 0 for it" in rows[0]["sentence_en"]


def test_a_text_of_zero_requests_against_a_table_with_some_fails_twice() -> None:
    assert summary(judged(G4, {RECEIVED: 2}, [received(0, by_negation=True, is_implied=True)])) == [
        ("N-01", "requests_received", "0", "=", "2", "FAIL"),
        ("N-06", "requests_received", "2", "=", "0", "FAIL"),
    ]


def test_a_text_of_zero_requests_against_a_table_of_zero_holds() -> None:
    assert summary(judged(G4, {RECEIVED: 0}, [received(0)]), "N-06") == [
        ("N-06", "requests_received", "0", "=", "0", "PASS")
    ]


# Outcomes finer than the lines of the form.


def outcomes(upheld: int, corrected: int, other: int) -> dict[str, Printed]:
    printed = {"total": upheld + corrected + other, "upheld": upheld, "corrected": corrected, "other": other}
    return {f"statistics/reconsideration_cases.{name}/value": value for name, value in printed.items()}


def test_finer_outcomes_are_added_to_the_line_they_belong_to() -> None:
    stated = [
        case("reconsideration_cases", name, value, number)
        for number, (name, value) in enumerate(
            [("total", 6), ("ordered_to_perform", 1), ("confirmed_illegal", 2), ("withdrawn", 3)], start=1
        )
    ]
    assert summary(judged(G2, outcomes(0, 3, 3), stated), "N-07") == [
        ("N-07", "reconsideration_cases/corrected", "3", "=", "3", "PASS"),
        ("N-07", "reconsideration_cases/other", "3", "=", "3", "PASS"),
    ]


def test_an_outcome_that_can_belong_to_one_line_only_fails_against_it() -> None:
    stated = [case("reconsideration_cases", "total", 3, 1), case("reconsideration_cases", "ordered_to_perform", 3, 2)]
    assert summary(judged(G2, outcomes(1, 2, 0), stated), "N-07") == [
        ("N-07", "reconsideration_cases/corrected", "3", "=", "2", "FAIL")
    ]


def test_an_outcome_that_offices_count_in_several_lines_cannot_be_judged() -> None:
    stated = [case("reconsideration_cases", "total", 1, 1), case("reconsideration_cases", "dismissed", 1, 2)]
    rows = judged(G2, outcomes(0, 0, 1), stated)
    assert summary(rows, "N-07") == [("N-07", "reconsideration_cases/upheld", "1", "=", "0", "NOT_ASSESSABLE")]


def test_outcomes_that_do_not_add_to_their_total_say_nothing_about_what_is_left() -> None:
    stated = [case("reconsideration_cases", "total", 5, 1), case("reconsideration_cases", "ordered_to_perform", 1, 2)]
    assert summary(judged(G2, outcomes(2, 3, 0), stated), "N-07") == [
        ("N-07", "reconsideration_cases/corrected", "1", "=", "3", "NOT_ASSESSABLE")
    ]


def test_a_line_that_the_text_states_and_adds_to_is_met_by_both_together() -> None:
    stated = [case("reconsideration_cases", "other", 3, 1), case("reconsideration_cases", "withdrawn", 2, 2)]
    (row,) = judged(G2, outcomes(0, 0, 5), stated)
    assert summary([row]) == [("N-07", "reconsideration_cases/other", "5", "=", "5", "PASS")]


def test_a_form_with_the_finer_line_is_compared_in_that_line() -> None:
    printed: dict[str, Printed] = {
        "statistics/reconsideration_cases.confirmed_illegal/value": 1,
        "statistics/reconsideration_cases.other_corrected/value": 2,
    }
    stated = [
        case("reconsideration_cases", "confirmed_illegal", 1, 1),
        case("reconsideration_cases", "corrected", 3, 2),
    ]
    assert summary(judged(ZHEJIANG, printed, stated), "N-07") == [
        ("N-07", "reconsideration_cases/confirmed_illegal", "1", "=", "1", "PASS"),
        ("N-07", "reconsideration_cases/corrected", "3", "=", "3", "PASS"),
    ]


@pytest.mark.parametrize(
    ("values", "status"), [((5, 4), "PASS"), ((5, 3), "FAIL"), ((9,), "PASS"), ((8,), "NOT_ASSESSABLE")]
)
def test_a_line_that_combines_two_figures_is_their_sum(values: tuple[int, ...], status: str) -> None:
    names = ("not_own_organ", "information_nonexistent")
    stated = [claim("r", n, name, value) for n, (name, value) in enumerate(zip(names, values, strict=False), start=1)]
    rows = judged(ZHEJIANG, {"statistics/not_own_organ_or_nonexistent/value": 9}, stated)
    assert summary(rows) == [("N-11", "not_own_organ_or_nonexistent", str(sum(values)), "=", "9", status)]


@pytest.mark.parametrize("quote", ["“同意公开”或“部分公开”的33件", "同意公开或部分公开33件", "予以公开和部分公开33件"])
@pytest.mark.parametrize(("full", "status"), [(31, "PASS"), (30, "FAIL")])
def test_a_figure_that_stands_for_two_lines_is_their_sum(quote: str, full: int, status: str) -> None:
    printed: dict[str, Printed] = {"statistics/granted_full/value": full, "statistics/granted_partial/value": 2}
    rows = judged(ZHEJIANG, printed, [claim("r", 1, None, 33, quote)])
    assert summary(rows) == [("N-11", "granted_full_or_partial", "33", "=", str(full + 2), status)]


def test_other_figures_without_an_indicator_stand_for_no_line() -> None:
    printed: dict[str, Printed] = {"statistics/granted_full/value": 31, "statistics/granted_partial/value": 2}
    assert judged(ZHEJIANG, printed, [claim("r", 1, None, 33, "主动公开33件")]) == []


# How far a number may be from another.


@pytest.mark.parametrize(
    ("stated", "printed", "status"),
    [(300, 389, "PASS"), (300, 401, "FAIL"), (320, 329, "PASS"), (320, 340, "FAIL"), (1234, 1290, "PASS")],
)
def test_an_approximate_figure_is_met_within_its_last_digit_or_five_percent(
    stated: int, printed: int, status: str
) -> None:
    rows = judged(G4, {RECEIVED: printed}, [received(stated, qualifier="approximate")])
    assert [(row["operator"], row["status"]) for row in rows] == [("=", status)]


@pytest.mark.parametrize(("printed", "status"), [(300, "PASS"), (5000, "PASS"), (299, "FAIL")])
def test_a_bound_is_met_by_what_reaches_it(printed: int, status: str) -> None:
    rows = judged(G4, {RECEIVED: printed}, [received(300, qualifier="at_least")])
    assert summary(rows) == [("N-01", "requests_received", "300", "<=", str(printed), status)]


def amount(value: str, unit: str | None) -> Claim:
    return claim("r", 1, "admin_charges_collected_amount", value, kind="amount", unit=unit)


@pytest.mark.parametrize(
    ("value", "unit", "status"),
    [
        ("2601.95", "万元", "PASS"),
        ("2602", "万元", "PASS"),
        ("2601.9", "万元", "FAIL"),
        ("26019538.75", "元", "PASS"),
        ("26019500", "元", "FAIL"),
        ("0.26019539", "亿元", "PASS"),
        ("2601.95", None, "PASS"),
        ("26019538", None, "NOT_ASSESSABLE"),
    ],
)
def test_amounts_are_compared_in_one_unit_and_to_the_printed_decimals(
    value: str, unit: str | None, status: str
) -> None:
    slot = f"{G4}/disclosure/admin_charges/collected_amount"
    charges = cell("r", 1, slot, 1, value=Decimal("2601.953875"), raw_text="2601.953875", unit="万元")
    stated = amount(f"{Decimal(value):.6f}", unit)
    (row,) = judged(G4, {}, [stated], [charges])
    assert row["status"] == status


def test_no_amount_at_all_needs_no_unit() -> None:
    slot = f"{G2}/statistics/request_fees_collected/value"
    fees = cell("r", 1, slot, 0, unit="万元")
    stated = claim("r", 1, "request_fees_collected", 0, kind="amount", unit=None, by_negation=True, is_implied=True)
    assert [row["status"] for row in judged(G2, {}, [stated], [fees])] == ["PASS"]


# Within the text: shares.


@pytest.mark.parametrize(
    ("printed", "part", "whole", "right", "status"),
    [
        ("26.5", 76432, 288905, "26.5", "PASS"),
        ("98.3", 2526, 2569, "98.3", "PASS"),
        ("99.72", 1450, 1454, "99.72", "PASS"),
        ("26.6", 76432, 288905, "26.5", "PASS"),  # forced, so that all shares add to 100
        ("27.0", 76432, 288905, "26", "FAIL"),
        ("26", 76432, 288905, "26", "PASS"),
        ("28", 76432, 288905, "26", "FAIL"),
        ("100", 63, 63, "100", "PASS"),
        ("50", 0, 0, None, "NOT_ASSESSABLE"),
    ],
)
def test_a_printed_share_is_its_part_over_its_whole(
    printed: str, part: int, whole: int, right: str | None, status: str
) -> None:
    one, two = claim("r", 1, "disclosed_via_website", part), claim("r", 2, "proactive_items_disclosed", whole)
    rows = judged("prose", {}, [one, two, share("r", 3, printed, one, two)])
    left = written(Decimal(printed))
    assert summary(rows) == [("N-05", "disclosed_via_website", left, "=", right, status)]


def test_a_share_of_an_approximate_figure_cannot_fail() -> None:
    one, two = claim("r", 1, "granted_full", 40), claim("r", 2, "requests_completed", 60, qualifier="approximate")
    assert [row["status"] for row in judged("prose", {}, [one, two, share("r", 3, 50, one, two)])] == ["NOT_ASSESSABLE"]


# Within the text: years.


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ({"title_year": 2023, "period_year": 2023}, [("2023", "2023", "PASS")]),
        ({"title_year": 2023, "period_year": 2022, "body_year": 2023}, [("2023", "2022", "FAIL")]),
        ({"body_year": 2022}, [("2023", "2022", "FAIL")]),
        ({"title_year": 2023}, []),
        ({"year": None, "title_year": 2021, "body_year": 2021}, [("2021", "2021", "PASS")]),
        ({}, []),
    ],
)
def test_years_that_the_report_states_agree(years: dict[str, int | None], expected: list[tuple[str, str, str]]) -> None:
    rows = judged("prose", {}, [], **{"year": 2023, **years})
    assert summary(rows) == [("N-08", "report", left, "=", right, status) for left, right, status in expected]


def test_a_wrong_year_is_said_with_the_place_of_each() -> None:
    (row,) = judged("prose", {}, [], year=2023, title="某市2023年报告", title_year=2023, period_year=2022)
    assert row["left_quote"] == "某市2023年报告"
    assert "报告 2023 年、标题 2023 年、统计期间 2022 年" in row["sentence_zh"]
    assert "Report 2023, title 2023, reporting period 2022" in row["sentence_en"]


# Within the text: the same thing twice.


def test_two_values_of_one_quantity_contradict_each_other() -> None:
    rows = judged("prose", {}, [claim("r", 1, "oi_trainees", 300), claim("r", 2, "oi_trainees", 320)])
    assert summary(rows) == [("N-09", "oi_trainees", "300", "=", "320", "FAIL")]


def test_one_value_twice_agrees() -> None:
    rows = judged("prose", {}, [claim("r", 1, "oi_trainees", 300), claim("r", 2, "oi_trainees", 300)])
    assert summary(rows) == [("N-09", "oi_trainees", "300", "=", "300", "PASS")]


def test_of_more_than_two_statements_the_smallest_and_the_largest_are_shown() -> None:
    rows = judged("prose", {}, [claim("r", n, "oi_trainees", value) for n, value in ((1, 300), (2, 280), (3, 320))])
    assert summary(rows) == [("N-09", "oi_trainees", "280", "=", "320", "FAIL")]
    assert "共述及 3 处" in rows[0]["sentence_zh"]


def test_a_rounded_and_an_exact_figure_agree() -> None:
    stated = [
        claim("r", 1, "website_visits", 8_100_000, qualifier="approximate"),
        claim("r", 2, "website_visits", 8_136_412),
    ]
    assert [row["status"] for row in judged("prose", {}, stated)] == ["PASS"]


def test_a_bound_and_a_larger_figure_do_not_contradict_each_other() -> None:
    stated = [claim("r", 1, "website_visits", 300, qualifier="at_least"), claim("r", 2, "website_visits", 380)]
    assert [row["status"] for row in judged("prose", {}, stated)] == ["NOT_ASSESSABLE"]
    reached = [stated[0], {**stated[1], "value": Decimal(280)}]
    assert [row["status"] for row in judged("prose", {}, reached)] == ["FAIL"]


def test_figures_that_are_not_the_same_thing_are_not_held_against_each_other() -> None:
    total = claim("r", 1, "disclosed_via_website", 100)
    members = parts(
        total, "level", [claim("r", 2, "disclosed_via_website", 60), claim("r", 3, "disclosed_via_website", 40)]
    )
    scoped = claim("r", 4, "disclosed_via_website", 7, scope="市本级")
    accepted = received(9, 5, quantity_id="requests_received_as_accepted")
    rows = judged("prose", {}, [total, *members, scoped, accepted, received(10, 6)])
    assert summary(rows, "N-09") == []


# Within the text: fees.


def fee(value: int) -> Claim:
    return claim("r", 1, "information_processing_fee_collected", value, kind="amount", unit="元")


@pytest.mark.parametrize(
    ("claims", "right", "status"), [([], "0", "FAIL"), ([fee(0)], "1", "PASS"), ([fee(90)], "1", "PASS")]
)
def test_requests_lapsed_over_fees_call_for_a_statement_about_them(
    claims: list[Claim], right: str, status: str
) -> None:
    rows = judged(G4, {"requests/lapsed_fee_unpaid/total": 2}, claims)
    assert summary(rows, "N-10") == [("N-10", "information_processing_fee_collected", "1", "<=", right, status)]


@pytest.mark.parametrize("printed", [0, None, "?"])
def test_without_lapsed_requests_nothing_is_called_for(printed: Printed) -> None:
    assert judged(G4, {"requests/lapsed_fee_unpaid/total": printed}, []) == []


# Within the text: totals and their parts.


def listed(total: int, values: Sequence[int], indicator_id: str | None = None, **other: Any) -> list[Claim]:
    whole = claim("r", 1, indicator_id, total, subject="公开信息", unit="条")
    members = [claim("r", n, None, value, unit="条", **other) for n, value in enumerate(values, start=2)]
    return [whole, *parts(whole, "subject", members)]


def test_parts_that_add_to_their_total() -> None:
    assert summary(judged("prose", {}, listed(70, (61, 5, 3, 1)))) == [
        ("N-11", "公开信息/subject", "70", "=", "70", "PASS")
    ]


def test_parts_above_their_total_fail_whether_or_not_the_list_is_whole() -> None:
    assert summary(judged("prose", {}, listed(69, (61, 5, 3, 1)))) == [
        ("N-11", "公开信息/subject", "69", "=", "70", "FAIL")
    ]


def test_parts_below_their_total_may_not_be_all() -> None:
    (row,) = judged("prose", {}, listed(80, (61, 5, 3, 1)))
    assert (row["status"], row["difference"]) == ("NOT_ASSESSABLE", None)


def test_parts_below_their_total_fail_where_the_last_one_takes_up_the_rest() -> None:
    claims = listed(80, (61, 5, 3, 1))
    claims[-1]["is_rest"] = True
    assert [row["status"] for row in judged("prose", {}, claims)] == ["FAIL"]


def test_a_list_with_room_for_a_part_that_was_not_read_says_nothing_about_the_rest() -> None:
    claims = listed(80, (61, 5, 3, 1))
    claims[-1].update(is_rest=True, char_start=claims[-2]["char_end"] + 41)
    assert [row["status"] for row in judged("prose", {}, claims)] == ["NOT_ASSESSABLE"]


@pytest.mark.parametrize(("shares", "status"), [(("60", "39.9"), "FAIL"), (("60", "30"), "NOT_ASSESSABLE")])
def test_parts_below_their_total_fail_where_their_shares_add_to_a_hundred(shares: tuple[str, str], status: str) -> None:
    claims = listed(100, (60, 30))
    given = [
        share("r", 10 + n, value, part, claims[0])
        for n, (value, part) in enumerate(zip(shares, claims[1:], strict=True))
    ]
    assert summary(judged("prose", {}, [*claims, *given]), "N-11")[0][-1] == status


def test_each_way_of_breaking_a_total_down_is_a_result() -> None:
    whole = claim("r", 1, "disclosed_via_website", 100)
    level = parts(whole, "level", [claim("r", 2, None, 60, scope="市本级"), claim("r", 3, None, 40, scope="各县")])
    kinds = parts(whole, "class", [claim("r", 4, None, 90), claim("r", 5, None, 20)])
    assert summary(judged("prose", {}, [whole, *level, *kinds])) == [
        ("N-11", "disclosed_via_website/class", "100", "=", "110", "FAIL"),
        ("N-11", "disclosed_via_website/level", "100", "=", "100", "PASS"),
    ]


def test_what_is_counted_in_another_unit_is_no_part_of_the_sum() -> None:
    claims = listed(70, (61, 9))
    trainings = claim("r", 9, "oi_trainings_held", 14, unit="场次", part_of="r:c0001", partition="subject")
    assert summary(judged("prose", {}, [*claims, trainings])) == [("N-11", "公开信息/subject", "70", "=", "70", "PASS")]


def test_a_total_that_closes_with_a_figure_in_another_unit_only_is_shown_both_ways() -> None:
    claims = listed(84, (61, 9))
    claims[-1]["is_rest"] = True
    conferences = claim("r", 4, "press_conferences_held", 14, "召开新闻发布会14场次", unit="场次")
    rows = judged("prose", {}, [*claims, conferences])
    assert summary(rows) == [
        ("N-11", "公开信息/subject", "84", "=", "70", "FAIL"),
        ("N-11", "公开信息/subject+press_conferences_held", "84", "=", "84", "PASS"),
    ]
    assert "少 14，恰为同一处所述「召开新闻发布会14场次」" in rows[0]["sentence_zh"]
    assert "把单位不同的「召开新闻发布会14场次」一并计入才相等" in rows[1]["sentence_zh"]


def test_a_part_counted_twice_is_named() -> None:
    (row,) = judged("prose", {}, listed(70, (61, 9, 9)))
    assert row["sentence_en"].endswith('Over by exactly 9, which is the part "9件".')


def channels(total: int, values: Sequence[int], is_rest: bool = False) -> list[Claim]:
    whole = claim("r", 1, "proactive_items_disclosed", total, unit="条")
    names = ("disclosed_via_website", "disclosed_via_wechat")
    members = [
        claim("r", n, name, v, unit="条") for n, (name, v) in enumerate(zip(names, values, strict=True), start=2)
    ]
    members[-1]["is_rest"] = is_rest
    return [whole, *parts(whole, "disclosure_channel", members)]


def test_channels_of_a_de_duplicated_total_may_exceed_it_together_but_not_alone() -> None:
    rows = judged("prose", {}, channels(100, (90, 101)))
    assert summary(rows) == [
        ("G2-10", "disclosed_via_website", "90", "<=", "100", "PASS"),
        ("G2-10", "disclosed_via_wechat", "101", "<=", "100", "FAIL"),
        ("N-11", "proactive_items_disclosed/disclosure_channel", "100", "=", "191", "NOT_ASSESSABLE"),
    ]


def test_channels_that_leave_some_of_a_whole_total_out_fail() -> None:
    assert summary(judged("prose", {}, channels(100, (40, 50), is_rest=True)), "N-11")[0][-1] == "FAIL"
    assert summary(judged("prose", {}, channels(100, (40, 50))), "N-11")[0][-1] == "NOT_ASSESSABLE"


@pytest.mark.parametrize("values", [(8, 4), (5, 2)])
def test_outcomes_against_requests_received_are_no_contradiction(values: tuple[int, int]) -> None:
    whole = received(10)
    members = [claim("r", n, None, value, is_rest=n == 3) for n, value in enumerate(values, start=2)]
    rows = judged("prose", {}, [whole, *parts(whole, "request_outcome", members)])
    assert [(row["identity_id"], row["status"]) for row in rows] == [("N-11", "NOT_ASSESSABLE")]


def test_rounded_parts_close_within_their_last_digits() -> None:
    claims = listed(1000, (598, 407))
    assert [row["status"] for row in judged("prose", {}, claims)] == ["FAIL"]
    claims[1]["qualifier"] = "approximate"
    assert [row["status"] for row in judged("prose", {}, claims)] == ["PASS"]
    claims[1].update(qualifier="at_least", value=Decimal(500))
    assert [row["status"] for row in judged("prose", {}, claims)] == ["NOT_ASSESSABLE"]


# What never happens.


def test_prose_never_changes_a_verdict() -> None:
    cells = sheet(
        G4,
        {f"disputes/cases/reconsideration.{name}": 0 for name in ("total", "upheld", "corrected", "other", "pending")},
    )
    reports = arrow("report", [report("r", G4)])
    false = arrow("claim", [case("reconsideration_cases", "total", 9, 1)])
    with_prose, without = (evaluate(reports, arrow("cell", cells), claims) for claims in (false, NO_CLAIM))
    assert [row["status"] for row in with_prose.soft_result.to_pylist()] == ["FAIL"]
    assert with_prose.verdict == without.verdict
    assert with_prose.verdict.to_pylist()[0]["verdict"] == "verified"


def test_claims_of_one_report_are_never_held_against_another() -> None:
    cells = [*sheet(G4, {RECEIVED: 15}, "r"), *sheet(G4, {RECEIVED: 3}, "s")]
    claims = [received(15), claim("s", 1, "requests_received", 3, applicant_type="total")]
    evaluation: Evaluation = evaluate(
        arrow("report", [report("r", G4), report("s", G4)]), arrow("cell", cells), arrow("claim", claims)
    )
    found = [(row["report_id"], row["status"]) for row in evaluation.soft_result.to_pylist()]
    assert found == [("r", "PASS"), ("s", "PASS")]


def test_a_load_staged_without_claims_is_judged(tmp_path: Path) -> None:
    staged_truth.write_load(tmp_path / "staging", "a", tables([report("r", "prose")], []))
    evaluate_load(tmp_path, "a")
    assert staged(tmp_path, "soft_result").num_rows == 0


def test_numbers_beyond_storage_are_no_error() -> None:
    whole = claim("r", 1, None, 9 * 10**13, subject="信息")
    rows = judged("prose", {}, [whole, *parts(whole, None, [claim("r", n, None, 9 * 10**13) for n in (2, 3)])])
    assert [(row["status"], row["right_value"]) for row in rows] == [("FAIL", None)]
