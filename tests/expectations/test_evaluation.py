"""Comparisons: the labelled reports, every rule about blanks, parts, printed subtotals, verdicts."""

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import staged_truth
from hand_made import NO_CLAIM, SHARED, SLOTS, Printed, arrow, cell, report, sheet, tables

from expectations.evaluate import Evaluation, evaluate, evaluate_load
from extract.schema import STAGED, load_folder, write_staged

NO_SEEDS = "the labelled reports are not beside this checkout"
needs_seeds = pytest.mark.skipif(not (SHARED / "seeds").exists(), reason=NO_SEEDS)


@pytest.fixture(scope="module")
def truth() -> tuple[dict[str, list[dict[str, Any]]], Evaluation]:
    staged = staged_truth.staged_from_truth(staged_truth.truth_rows(), SLOTS)
    return staged, evaluate(arrow("report", staged["report"]), arrow("cell", staged["cell"]), NO_CLAIM)


def whole(value: Decimal | None) -> str:
    assert value is not None and value == int(value)
    return str(int(value))


@needs_seeds
def test_labelled_reports_give_the_labelled_results(truth: tuple[Any, Evaluation]) -> None:
    with open(SHARED / "seeds" / "identity_result.csv", encoding="utf8", newline="") as file:
        expected = sorted(tuple(row.values()) for row in csv.DictReader(file))
    found = sorted(
        (
            row["report_id"],
            row["identity_id"],
            row["instance_key"],
            str(int(row["gates"])),
            whole(row["left_value"]),
            row["operator"],
            whole(row["right_value"]),
            str(row["blanks"]),
            row["status"],
        )
        for row in truth[1].identity_result.to_pylist()
    )
    assert len(expected) == 230
    assert found == expected


@needs_seeds
def test_labelled_blanks_get_exactly_the_labelled_implied_values(truth: tuple[Any, Evaluation]) -> None:
    staged, evaluation = truth
    place = {row["cell_id"]: (row["report_id"], row["slot_id"]) for row in staged["cell"]}
    expected = {
        (row["report_id"], row["slot_id"]): Decimal(row["implied_value"])
        for row in staged_truth.truth_rows()
        if row.get("implied_value") is not None
    }
    found = {place[row["cell_id"]]: row["implied_value"] for row in evaluation.implied_value.to_pylist()}
    assert len(expected) == 11
    assert found == expected


@needs_seeds
def test_labelled_reports_are_all_verified(truth: tuple[Any, Evaluation]) -> None:
    staged, evaluation = truth
    found = {row["report_id"]: (row["verdict"], row["gating_failed"]) for row in evaluation.verdict.to_pylist()}
    assert found == {row["report_id"]: ("verified", 0) for row in staged["report"]}


@needs_seeds
@pytest.mark.parametrize("together", [1, 3, 10_000])
def test_a_load_on_disk_is_evaluated_as_in_memory_however_it_is_parted(
    truth: tuple[Any, Evaluation], tmp_path: Path, together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged, evaluation = truth
    monkeypatch.setattr("expectations.evaluate.REPORTS", together)
    staged_truth.write_load(tmp_path / "staging", "2023", staged)
    evaluate_load(tmp_path, "2023")
    for name in ("identity_result", "implied_value", "soft_result", "verdict"):
        file = load_folder(tmp_path / "staging", name, "2023") / "part-0.parquet"
        assert pq.ParquetFile(file).read() == getattr(evaluation, name)


def test_evaluating_a_load_drops_its_former_gate(tmp_path: Path) -> None:
    staged_truth.write_load(tmp_path / "staging", "a", tables([report("r", "prose")], []))
    write_staged(tmp_path / "staging", "a", "load_gate", STAGED["load_gate"].empty_table())
    evaluate_load(tmp_path, "a")
    assert not load_folder(tmp_path / "staging", "load_gate", "a").exists()


def test_a_load_that_was_never_staged_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="load 'nowhere' has no staged report"):
        evaluate_load(tmp_path, "nowhere")


def one(form: str, printed: dict[str, Printed], identity_id: str, instance_key: str) -> dict[str, Any]:
    """The only result of one identity instance of one report with these cells."""
    evaluation = evaluate(arrow("report", [report("r", form)]), arrow("cell", sheet(form, printed)), NO_CLAIM)
    rows = [
        row
        for row in evaluation.identity_result.to_pylist()
        if (row["identity_id"], row["instance_key"]) == (identity_id, instance_key)
    ]
    assert len(rows) == 1
    implied = {row["cell_id"]: row["implied_value"] for row in evaluation.implied_value.to_pylist()}
    return {**rows[0], "implied": implied}


def reconsideration(total: Printed, *outcomes: Printed) -> dict[str, Any]:
    """T4-01 over the five reconsideration cells; `outcomes` are upheld, corrected, other, pending."""
    names = ("total", "upheld", "corrected", "other", "pending")
    printed = {f"disputes/cases/reconsideration.{name}": n for name, n in zip(names, (total, *outcomes), strict=True)}
    return one("national-2021", printed, "T4-01", "reconsideration")


def summary(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["left_value"], row["right_value"], row["difference"], row["blanks"], row["status"]


def test_equal_sides_pass() -> None:
    assert summary(reconsideration(7, 5, 1, 0, 1)) == (7, 7, 0, 0, "PASS")


def test_unequal_sides_fail_with_their_difference() -> None:
    assert summary(reconsideration(7, 5, 1, 0, 2)) == (7, 8, -1, 0, "FAIL")


def test_known_parts_that_reach_the_total_pass_and_leave_zero_for_the_blanks() -> None:
    row = reconsideration(7, 5, None, None, 2)
    assert summary(row) == (7, 7, 0, 2, "PASS")
    assert row["implied"] == {"r:0003": 0, "r:0004": 0}


def test_known_parts_beyond_the_total_fail() -> None:
    row = reconsideration(7, 8, None, None, 0)
    assert summary(row) == (7, 8, -1, 2, "FAIL")
    assert row["implied"] == {}


def test_known_parts_short_of_the_total_cannot_be_assessed() -> None:
    row = reconsideration(7, 5, None, 0, 0)
    assert summary(row) == (7, 5, None, 1, "NOT_ASSESSABLE")
    assert row["implied"] == {}


def test_a_blank_total_cannot_be_assessed_and_is_not_zero() -> None:
    assert summary(reconsideration(None, 0, 0, 0, 0)) == (None, 0, None, 1, "NOT_ASSESSABLE")


def test_parts_all_blank_cannot_be_assessed_even_beside_a_zero_total() -> None:
    row = reconsideration(0, None, None, None, None)
    assert summary(row) == (0, None, None, 4, "NOT_ASSESSABLE")
    assert row["implied"] == {}


def test_blanks_on_both_sides_cannot_be_assessed() -> None:
    printed: dict[str, Printed] = {
        "requests/requests_received/total": 9,
        "requests/requests_carried_in/total": None,
        "requests/requests_disposed_total/total": 3,
        "requests/requests_carried_out/total": None,
    }
    assert summary(one("national-2021", printed, "T3-01", "total")) == (9, 3, None, 2, "NOT_ASSESSABLE")


def test_a_sum_on_the_left_with_a_blank_is_known_from_below_too() -> None:
    def balance(received: Printed, carried_in: Printed, disposed: Printed) -> tuple[Any, ...]:
        places = ("requests_received", "requests_carried_in", "requests_disposed_total", "requests_carried_out")
        printed = zip(places, (received, carried_in, disposed, 0), strict=True)
        return summary(one("national-2021", {f"requests/{p}/total": n for p, n in printed}, "T3-01", "total"))

    assert balance(3, None, 3) == (3, 3, 0, 1, "PASS")
    assert balance(4, None, 3) == (4, 3, 1, 1, "FAIL")
    assert balance(2, None, 3) == (2, 3, None, 1, "NOT_ASSESSABLE")


def test_unreadable_and_not_applicable_and_missing_cells_count_as_blanks_without_an_implied_value() -> None:
    printed: dict[str, Printed] = {
        "disputes/cases/reconsideration.total": 7,
        "disputes/cases/reconsideration.upheld": 7,
        "disputes/cases/reconsideration.corrected": "?",
        "disputes/cases/reconsideration.other": "/",
    }
    row = one("national-2021", printed, "T4-01", "reconsideration")
    assert summary(row) == (7, 7, 0, 3, "PASS")
    assert row["implied"] == {}


def issued(issued: Printed, in_force: Printed, repealed: Printed) -> tuple[Any, ...]:
    """T2-03: issued <= in force + repealed."""
    names = zip(("issued", "in_force", "repealed"), (issued, in_force, repealed), strict=True)
    printed = {f"disclosure/normative_documents/{name}": n for name, n in names}
    return summary(one("national-2021", printed, "T2-03", "normative_documents"))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ((6, 49, 6), (6, 55, -49, 0, "PASS")),
        ((6, 3, 3), (6, 6, 0, 0, "PASS")),
        ((7, 3, 3), (7, 6, 1, 0, "FAIL")),
        ((6, None, 6), (6, 6, 0, 1, "PASS")),  # already within what is known of the right side
        ((7, None, 6), (7, 6, None, 1, "NOT_ASSESSABLE")),
        ((None, 3, 3), (None, 6, None, 1, "NOT_ASSESSABLE")),
        ((0, None, None), (0, None, None, 2, "NOT_ASSESSABLE")),
    ],
)
def test_inequality(cells: tuple[Printed, ...], expected: tuple[Any, ...]) -> None:
    assert issued(*cells) == expected


def test_inequality_with_a_blank_on_both_sides_or_on_the_left() -> None:
    def accounted(topics: Printed, press: Printed, left_total: Printed) -> str:
        printed: dict[str, Printed] = {
            "requests/requests_carried_out/total": topics,
            "requests/requests_received/total": press,
            "requests/requests_carried_in/total": left_total,
        }
        return str(one("national-2021", printed, "T3-05", "total")["status"])

    assert accounted(5, 3, 2) == "PASS"
    assert accounted(6, 3, 2) == "FAIL"
    assert accounted(None, 3, 2) == "NOT_ASSESSABLE"
    assert accounted(None, None, 2) == "NOT_ASSESSABLE"


def test_soft_rules_imply_no_values() -> None:
    printed: dict[str, Printed] = {
        "statistics/proactive_disclosures_channel_total/value": 5,
        "statistics/disclosed_via_gazette/value": 5,
        "statistics/disclosed_via_website/value": None,
        "statistics/press_conferences_held/value": 0,
    }
    row = one("local-zhejiang", printed, "G1-04", "report")
    assert (row["status"], row["implied"]) == ("PASS", {})


def test_decimals_are_compared_exactly() -> None:
    cells = sheet(
        "national-2014", {f"statistics/requests_completed{tail}/value": 0 for tail in ("", "_on_time", "_extended")}
    )
    for row, value in zip(cells, ("0.300000", "0.100000", "0.200000"), strict=True):
        row["value"] = Decimal(value)
    evaluation = evaluate(arrow("report", [report("r", "national-2014")]), arrow("cell", cells), NO_CLAIM)
    (row,) = [r for r in evaluation.identity_result.to_pylist() if r["identity_id"] == "G2-02"]
    assert (row["status"], row["difference"]) == ("PASS", Decimal(0))


def test_further_value_columns_are_compared_apart_from_the_main_one() -> None:
    names = ("total", "upheld", "corrected", "other", "pending")
    slot = "national-2021/disputes/cases/reconsideration"
    main = [cell("r", n, f"{slot}.{name}", v) for n, name, v in zip(range(5), names, (3, 1, 1, 1, 0), strict=True)]
    town = [cell("r", n, f"{slot}.{name}", v) for n, name, v in zip(range(5, 10), names, (4, 1, 1, 1, 0), strict=True)]
    for row in town:
        row["part"] = "乡镇街道"
    evaluation = evaluate(arrow("report", [report("r", "national-2021")]), arrow("cell", main + town), NO_CLAIM)
    rows = [row for row in evaluation.identity_result.to_pylist() if row["identity_id"] == "T4-01"]
    found = {row["part"]: summary(row) for row in rows}
    assert found == {None: (3, 3, 0, 0, "PASS"), "乡镇街道": (4, 3, 1, 0, "FAIL")}


def test_every_instance_of_the_form_has_a_row_and_no_instance_of_another_form() -> None:
    cells = sheet("national-2021", {"disclosure/licensing/decisions": 4})
    rows = evaluate(
        arrow("report", [report("r", "national-2021")]), arrow("cell", cells), NO_CLAIM
    ).identity_result.to_pylist()
    instances = {(row["identity_id"], row["instance_key"]) for row in rows}
    # 7 columns x T3-01, T3-02, T3-05, 25 lines x T3-04, 3 of T4, 2 of T2-03
    assert len(rows) == len(instances) == 21 + 25 + 3 + 2
    assert {row["form"] for row in rows} == {"national-2021"}
    assert {row["status"] for row in rows} == {"NOT_ASSESSABLE"}


def test_two_cells_that_disagree_about_a_slot_leave_it_unknown() -> None:
    places = ("disputes/cases/reconsideration.total", "disputes/cases/reconsideration.upheld")
    cells = sheet("national-2021", dict.fromkeys(places, 3))
    cells.append(cell("r", 9, "national-2021/disputes/cases/reconsideration.total", 4))
    rows = evaluate(
        arrow("report", [report("r", "national-2021")]), arrow("cell", cells), NO_CLAIM
    ).identity_result.to_pylist()
    (row,) = [row for row in rows if row["identity_id"] == "T4-01"]
    assert summary(row) == (None, 3, None, 4, "NOT_ASSESSABLE")


REFUSED = (
    "state_secret",
    "law_prohibited",
    "security_stability",
    "third_party_rights",
    "internal_affairs",
    "process_information",
    "enforcement_file",
    "administrative_query",
)


def refused(subtotal: Printed, *grounds: Printed) -> list[dict[str, Any]]:
    """The T3-07 results of a report that prints the subtotal of (三)不予公开 for natural persons."""
    places = {f"requests/refused_{name}/natural_person": n for name, n in zip(REFUSED, grounds, strict=True)}
    cells = sheet("national-2021", places)
    group = cell(
        "r",
        99,
        None,
        subtotal,
        section=cells[0]["section"],
        row_path="三、本年度办理结果/(三)不予公开",
        column_path=cells[0]["column_path"],
    )
    evaluation = evaluate(arrow("report", [report("r", "national-2021")]), arrow("cell", [*cells, group]), NO_CLAIM)
    return [row for row in evaluation.identity_result.to_pylist() if row["identity_id"] == "T3-07"]


def test_a_printed_group_subtotal_is_compared_and_does_not_gate() -> None:
    (row,) = refused(3, 1, 2, 0, 0, 0, 0, 0, 0)
    assert (row["instance_key"], row["gates"], summary(row)) == (
        "refused_total/natural_person",
        False,
        (3, 3, 0, 0, "PASS"),
    )
    (row,) = refused(4, 1, 2, 0, 0, 0, 0, 0, 0)
    assert summary(row) == (4, 3, 1, 0, "FAIL")


def test_a_blank_group_subtotal_cannot_be_assessed() -> None:
    (row,) = refused(None, 1, 2, 0, 0, 0, 0, 0, 0)
    assert summary(row) == (None, 3, None, 1, "NOT_ASSESSABLE")


def test_without_a_printed_group_subtotal_there_is_no_row() -> None:
    cells = sheet("national-2021", {f"requests/refused_{name}/natural_person": 0 for name in REFUSED})
    rows = evaluate(
        arrow("report", [report("r", "national-2021")]), arrow("cell", cells), NO_CLAIM
    ).identity_result.to_pylist()
    assert "T3-07" not in {row["identity_id"] for row in rows}


def verdict(form: str, printed: dict[str, Printed]) -> tuple[Any, ...]:
    evaluation = evaluate(arrow("report", [report("r", form)]), arrow("cell", sheet(form, printed)), NO_CLAIM)
    (row,) = evaluation.verdict.to_pylist()
    return row["verdict"], row["gating_compared"], row["gating_failed"]


OUTCOMES = ("total", "upheld", "corrected", "other", "pending")


def test_a_failed_gating_identity_holds_the_report() -> None:
    printed = {f"disputes/cases/reconsideration.{n}": v for n, v in zip(OUTCOMES, (2, 1, 0, 0, 0), strict=True)}
    assert verdict("national-2021", printed) == ("held", 1, 1)


def test_a_gating_comparison_without_failure_verifies_the_report() -> None:
    printed = {f"disputes/cases/reconsideration.{n}": v for n, v in zip(OUTCOMES, (1, 1, 0, 0, 0), strict=True)}
    assert verdict("national-2021", printed) == ("verified", 1, 0)


def test_a_failed_identity_that_does_not_gate_leaves_the_report_unverified() -> None:
    names = zip(("issued", "in_force", "repealed"), (9, 1, 1), strict=True)
    assert verdict("national-2021", {f"disclosure/admin_rules/{n}": v for n, v in names}) == ("unverified", 0, 0)


def test_a_report_without_cells_is_unverified() -> None:
    assert verdict("prose", {}) == ("unverified", 0, 0)


def external(identity_id: str) -> list[dict[str, str]]:
    path = SHARED / "domain" / "external_identity_checks.csv"
    if not path.exists():
        pytest.skip("the checks on other real reports are not beside this checkout")
    with open(path, encoding="utf8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["identity_id"] == identity_id]


def test_disputes_of_other_real_reports_close() -> None:
    """Rows such as `7 = 5+_+_+2`: total, then the four outcomes in printed order."""
    seen = []
    routes = {"T4-01": "reconsideration", "T4-02": "litigation_direct", "T4-03": "litigation_after_reconsideration"}
    for identity_id, route in routes.items():
        for row in external(identity_id):
            total, outcomes = row["numbers"].split(" = ")
            values = [None if text == "_" else int(text) for text in (total, *outcomes.split("+"))]
            form = "national-2019" if row["generation"] == "G3" else "national-2021"
            printed = {f"disputes/cases/{route}.{name}": value for name, value in zip(OUTCOMES, values, strict=True)}
            found = one(form, printed, identity_id, route)
            seen.append((row["report"], identity_id))
            assert (found["left_value"], found["status"]) == (int(row["left"]), "PASS")
            assert found["blanks"] == values.count(None)
    assert len(seen) == 8


def test_balances_of_another_real_report_hold_by_column() -> None:
    """Rows such as `自然人: 821+18 = 767+72`."""
    columns = {
        "自然人": "natural_person",
        "商业企业": "commercial_enterprise",
        "法律服务机构": "legal_service_org",
        "其他": "other_org",
        "总计": "total",
    }
    lines = ("requests_received", "requests_carried_in", "requests_disposed_total", "requests_carried_out")
    rows = [row for row in external("T3-01") if ":" in row["numbers"]]
    for row in rows:
        label, numbers = row["numbers"].split(": ")
        values = [int(text) for text in numbers.replace(" = ", "+").split("+")]
        column = columns[label]
        printed: dict[str, Printed] = {f"requests/{line}/{column}": n for line, n in zip(lines, values, strict=True)}
        found = one("national-2019", printed, "T3-01", column)
        assert summary(found) == (int(row["left"]), int(row["right"]), 0, 0, "PASS")
    assert {row["numbers"].split(":")[0] for row in rows} == set(columns)


def test_new_disclosures_of_another_real_report_stay_within_the_stock() -> None:
    for row in external("G3T2-01"):
        printed: dict[str, Printed] = {
            "disclosure/normative_documents/disclosed": int(row["left"]),
            "disclosure/normative_documents/disclosed_stock": int(row["right"]),
        }
        assert one("national-2019", printed, "G3T2-01", "normative_documents")["status"] == "PASS"


def test_a_load_of_json_like_extremes_is_evaluated_without_overflow() -> None:
    row = reconsideration(10**13, 10**13, 9 * 10**13, 9 * 10**13, 0)
    assert (row["status"], row["right_value"]) == ("FAIL", None)


def test_results_have_the_staged_schemas() -> None:
    evaluation = evaluate(*(STAGED[name].empty_table() for name in ("report", "cell", "claim")))
    for name in ("identity_result", "implied_value", "soft_result", "verdict"):
        table: pa.Table = getattr(evaluation, name)
        assert (table.schema, table.num_rows) == (STAGED[name], 0)


def test_evaluating_imports_no_great_expectations() -> None:
    import subprocess
    import sys

    code = "import sys, json, expectations.evaluate, expectations.explain; print(json.dumps(sorted(sys.modules)))"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=root)
    loaded = set(json.loads(done.stdout))
    assert loaded.isdisjoint({"great_expectations", "pandas", "sqlalchemy", "dagster"})
