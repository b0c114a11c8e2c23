"""The decision over a load: what refuses it, what does not, and that every check can fail."""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hand_claims import claim
from hand_made import cell, report, sheet, tables
from staged_truth import write_load

from expectations import gate
from expectations.evaluate import evaluate_load
from expectations.gate import GateDecision, gate_is_fresh, judge
from expectations.rules import identities
from expectations.suite import Check, checks
from extract.schema import STAGED, load_folder, write_staged

Rows = list[dict[str, Any]]
OUTCOMES = ("total", "upheld", "corrected", "other", "pending")
FORM = "national-2021"
LIMIT = Decimal("0.30")


def disputes(report_id: str, total: int) -> Rows:
    """Reconsideration cells whose outcomes add to 3: `total` 3 is consistent, any other is not."""
    values = zip(OUTCOMES, (total, 1, 1, 1, 0), strict=True)
    return sheet(FORM, {f"disputes/cases/reconsideration.{name}": value for name, value in values}, report_id)


def stage_reports(home: Path, good: int, false: int, load_name: str = "a") -> None:
    names = [f"r{n}" for n in range(good + false)]
    cells = [row for n, name in enumerate(names) for row in disputes(name, 3 if n < good else 4)]
    write_load(home / "staging", load_name, tables([report(name, FORM) for name in names], cells))
    evaluate_load(home, load_name)


def staged(home: Path, table: str, load_name: str = "a") -> Rows:
    rows: Rows = pq.ParquetFile(load_folder(home / "staging", table, load_name) / "part-0.parquet").read().to_pylist()
    return rows


def broken(decision: GateDecision, *severities: str) -> dict[str, int | None]:
    shown = severities or ("critical",)
    return {r.name: r.unexpected for r in decision.results if not r.success and r.severity in shown}


def test_a_consistent_load_passes_and_says_so(tmp_path: Path) -> None:
    stage_reports(tmp_path, good=2, false=0)
    decision = judge(tmp_path, "a")
    assert (decision.passed, decision.reason, decision.held, broken(decision)) == (True, None, [], {})
    (row,) = staged(tmp_path, "load_gate")
    expected = {
        "load_name": "a",
        "passed": True,
        "reason": None,
        "documents": 2,
        "reports": 2,
        "held": 0,
        "held_share": 0.0,
    }
    assert {name: row[name] for name in expected} == expected


def test_a_false_report_in_a_small_load_is_held_and_the_load_passes(tmp_path: Path) -> None:
    stage_reports(tmp_path, good=1, false=1)
    decision = judge(tmp_path, "a")
    assert decision.passed
    assert [(held.report_id, held.organ_name, held.year, held.gating_failed) for held in decision.held] == [
        ("r1", "某市人民政府", 2023, 1)
    ]
    assert broken(decision, "warning", "info") == {"identity:T4-01": 1}


def test_the_results_are_stored_for_people_and_programs(tmp_path: Path) -> None:
    stage_reports(tmp_path, good=1, false=1)
    judge(tmp_path, "a")
    stored = {entry["name"]: entry for entry in json.loads(staged(tmp_path, "load_gate")[0]["results_json"])}
    entry = stored["identity:T4-01"]
    sample = {
        "report_id": "r1",
        "instance_key": "reconsideration",
        "part": None,
        "left_value": "4.000000",
        "operator": "=",
        "right_value": "3.000000",
        "difference": "1.000000",
    }
    assert (entry["severity"], entry["success"], entry["crashed"], entry["unexpected"]) == ("warning", False, False, 1)
    assert entry["sample"] == [sample]
    compared = {row["identity_id"] for row in identities() if row["stage"] in ("report-linear", "if-printed")}
    compared |= {f"N-{number:02}" for number in range(1, 12)}
    assert {name.removeprefix("identity:") for name in stored if name.startswith("identity:")} == compared


def test_nineteen_reports_all_held_say_nothing_about_a_share(tmp_path: Path) -> None:
    stage_reports(tmp_path, good=0, false=19)
    decision = judge(tmp_path, "a")
    assert (decision.passed, len(decision.held), decision.held_share) == (True, 19, 1.0)


def test_twenty_reports_with_five_held_pass(tmp_path: Path) -> None:
    stage_reports(tmp_path, good=15, false=5)
    assert judge(tmp_path, "a").passed


def test_twenty_reports_with_six_held_are_refused_with_the_numbers(tmp_path: Path) -> None:
    stage_reports(tmp_path, good=14, false=6)
    decision = judge(tmp_path, "a")
    assert broken(decision) == {"held_share_below_limit": 1}
    assert decision.reason is not None
    assert decision.reason.startswith(
        "refused: it does not hold that less than 30.0% of the reports are held (from 20 reports up): "
        "1 row(s), first held 6, reports 20 / 未予通过：不满足“暂扣报告的比例低于 30.0%"
    )
    assert staged(tmp_path, "load_gate")[0]["passed"] is False


def test_the_limit_of_held_reports_is_a_setting(tmp_path: Path) -> None:
    stage_reports(tmp_path, good=14, false=6)
    assert judge(tmp_path, "a", held_share_limit=0.31).passed
    assert not judge(tmp_path, "a", held_share_limit=0.1).passed


def test_of_three_thousand_reports_exactly_the_three_hundred_false_ones_are_held(tmp_path: Path) -> None:
    stage_reports(tmp_path, good=2700, false=300)
    decision = judge(tmp_path, "a")
    assert decision.passed
    assert {held.report_id for held in decision.held} == {f"r{n}" for n in range(2700, 3000)}


def test_a_gate_is_fresh_until_any_judged_table_changes(tmp_path: Path) -> None:
    stage_reports(tmp_path, good=1, false=0)
    assert not gate_is_fresh(tmp_path, "a")
    judge(tmp_path, "a")
    assert gate_is_fresh(tmp_path, "a")
    write_staged(tmp_path / "staging", "a", "claim", pa.Table.from_pylist([CLAIM], schema=STAGED["claim"]))
    assert not gate_is_fresh(tmp_path, "a")


def test_a_gate_without_its_tables_is_not_fresh(tmp_path: Path) -> None:
    stage_reports(tmp_path, good=1, false=0)
    judge(tmp_path, "a")
    (load_folder(tmp_path / "staging", "verdict", "a") / "part-0.parquet").unlink()
    assert not gate_is_fresh(tmp_path, "a")


def test_a_load_that_was_not_evaluated_is_named(tmp_path: Path) -> None:
    write_load(tmp_path / "staging", "a", tables([report("r", "prose")], []))
    with pytest.raises(FileNotFoundError, match="load 'a' has no staged identity_result"):
        judge(tmp_path, "a")


def test_a_home_with_a_quote_in_its_name_is_judged(tmp_path: Path) -> None:
    home = tmp_path / "l'année 公开"
    stage_reports(home, good=1, false=0)
    assert judge(home, "a").passed


def test_a_crash_is_told_from_bad_data_and_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage_reports(tmp_path, good=1, false=0)
    crash = Check("broken_question", "info", "the moon is full", "月圆", "select * from no_such_table")
    monkeypatch.setattr(gate, "checks", lambda limit: [*checks(limit), crash])
    decision = judge(tmp_path, "a")
    (result,) = [r for r in decision.results if not r.success]
    assert (result.name, result.crashed, result.unexpected) == ("broken_question", True, None)
    assert result.error is not None and "no_such_table" in result.error
    assert (decision.reason or "").startswith("refused: could not judge whether the moon is full")


CLAIM = claim("r0", 1, "requests_completed", 3, "办结申请3件", char_start=0, char_end=1)
SHARE = {**CLAIM, "kind": "share", "unit": "%", "share_part": "r0:c0001", "share_whole": "r0:c0001"}
SOFT: dict[str, Any] = {
    "report_id": "r0",
    "identity_id": "N-09",
    "instance_key": "requests_completed",
    "left_value": 3,
    "operator": "=",
    "right_value": 3,
    "difference": 0,
    "status": "PASS",
    "severity": "warning",
    "left_quote": "办结申请3件",
    "right_quote": "办结3件",
    "left_ids": "r0:c0001",
    "right_ids": "r0:c0002",
    "sentence_zh": "正文一处 3 = 另一处 3。",
    "sentence_en": "One passage 3 = another 3.",
}
REJECT: dict[str, Any] = {
    "document_id": "d",
    "report_id": None,
    "char_start": None,
    "char_end": None,
    "stage": "read",
    "reason": "no table",
}


def change(table: str, **values: Any) -> tuple[str, Callable[[Rows], Rows]]:
    """Overwrite columns of the first row."""
    return table, lambda rows: [{**rows[0], **values}, *rows[1:]]


def drop(table: str, keep: Callable[[dict[str, Any]], bool] = lambda row: False) -> tuple[str, Callable[[Rows], Rows]]:
    return table, lambda rows: [row for row in rows if keep(row)]


def repeat(table: str, **values: Any) -> tuple[str, Callable[[Rows], Rows]]:
    """Append the first row again, with these columns changed."""
    return table, lambda rows: [*rows, {**rows[0], **values}]


def add(table: str, row: dict[str, Any]) -> tuple[str, Callable[[Rows], Rows]]:
    return table, lambda rows: [*rows, row]


UNKNOWN = "f" * 64
BLANK = f"{FORM}/disclosure/licensing/decisions"
IMPLIED = {"cell_id": "r0:0001", "report_id": "r0", "implied_value": 0, "identity_id": "T4-01"}

APPLIED = {
    "decision_id": "d", "report_id": "r0", "decision": "release", "cell_id": "r0:0001", "corrected_value": None,
    "applied_at": datetime(2024, 1, 2),
}  # fmt: skip
SUSPECT = {
    "report_id": "r0", "form": FORM, "group_id": 1, "set_id": 1, "kind": "value", "cell_id": "r0:0001", "score": 0, "rank": 1,
    "is_only": True, "is_capped": False, "sentence_zh": "说明", "sentence_en": "explanation",
}  # fmt: skip
PRINTED = {
    "report_id": "r0", "form": FORM, "identity_id": "T4-01", "instance_key": "x", "part": None, "gates": True,
    "left_value": 1, "operator": "=", "right_value": 2, "difference": -1, "blanks": 0, "status": "FAIL",
}  # fmt: skip

VIOLATIONS: list[tuple[str, tuple[str, Callable[[Rows], Rows]]]] = [
    ("no_gating_failure_released", change("identity_result", status="FAIL", gates=True)),
    ("decision_is_applied", change("verdict", decision="release")),
    ("applied_decision.unique.decision_id+report_id", ("applied_decision", lambda rows: [APPLIED, APPLIED])),
    ("applied_decision.decision.known", add("applied_decision", {**APPLIED, "decision": "ponder"})),
    ("applied_decision.report_id.in_report", add("applied_decision", {**APPLIED, "report_id": "nobody"})),
    ("applied_decision.cell_id.in_cell", add("applied_decision", {**APPLIED, "cell_id": "nobody:0001"})),
    ("localisation.unique.report_id+set_id+cell_id", ("localisation", lambda rows: [SUSPECT, SUSPECT])),
    ("localisation.kind.known", add("localisation", {**SUSPECT, "kind": "hunch"})),
    ("localisation.report_id.in_report", add("localisation", {**SUSPECT, "report_id": "nobody"})),
    ("localisation.cell_id.in_cell", add("localisation", {**SUSPECT, "cell_id": "nobody:0001"})),
    (
        "printed_result.unique.report_id+part+form+identity_id+instance_key",
        ("printed_result", lambda rows: [PRINTED, PRINTED]),
    ),
    ("verdict_follows_results", change("verdict", verdict="unverified")),
    ("verdict_follows_results", change("verdict", gating_compared=9)),
    ("every_identity_compared", ("identity_result", lambda rows: rows[1:])),
    ("identity_known", change("identity_result", identity_id="Z9-99")),
    ("identity_known", change("identity_result", instance_key="nobody")),
    ("identity_known", change("identity_result", gates=False)),
    ("result_follows_numbers", ("identity_result", lambda rows: [{**r, "status": "PASS"} for r in rows])),
    ("result_follows_numbers", ("identity_result", lambda rows: [{**r, "blanks": 0} for r in rows])),
    ("delivery.unique.document_id+uri", repeat("delivery")),
    ("document.unique.document_id", repeat("document")),
    ("report.unique.report_id", repeat("report", ordinal=2)),
    ("report.unique.document_id+ordinal", repeat("report", report_id="again")),
    ("cell.unique.cell_id", repeat("cell", slot_id=BLANK)),
    ("claim.unique.claim_id", ("claim", lambda rows: [CLAIM, CLAIM])),
    ("identity_result.unique.report_id+part+form+identity_id+instance_key", repeat("identity_result")),
    ("implied_value.unique.cell_id", ("implied_value", lambda rows: [IMPLIED, IMPLIED])),
    ("soft_result.unique.report_id+identity_id+instance_key", ("soft_result", lambda rows: [SOFT, SOFT])),
    ("verdict.unique.report_id", repeat("verdict")),
    ("document.status.known", change("document", status="lost")),
    ("report.form.known", change("report", form="national-9999")),
    ("report.coverage.known", change("report", coverage="galaxy")),
    ("report.organ_basis.known", change("report", organ_basis="hearsay")),
    ("cell.value_status.known", change("cell", value_status="guessed")),
    ("claim.kind.known", add("claim", {**CLAIM, "kind": "hunch"})),
    ("claim.qualifier.known", add("claim", {**CLAIM, "qualifier": "maybe"})),
    ("reject.stage.known", add("reject", {**REJECT, "stage": "lunch"})),
    ("identity_result.status.known", change("identity_result", status="MAYBE")),
    ("identity_result.operator.known", change("identity_result", operator=">")),
    ("soft_result.identity_id.known", add("soft_result", {**SOFT, "identity_id": "Z9-99"})),
    ("soft_result.status.known", add("soft_result", {**SOFT, "status": "MAYBE"})),
    ("soft_result.operator.known", add("soft_result", {**SOFT, "operator": ">"})),
    ("soft_result.report_id.in_report", add("soft_result", {**SOFT, "report_id": "nobody"})),
    ("soft_result.follows_numbers", add("soft_result", {**SOFT, "status": "FAIL"})),
    ("soft_result.follows_numbers", add("soft_result", {**SOFT, "left_value": 4})),
    ("soft_result.follows_numbers", add("soft_result", {**SOFT, "right_value": None, "difference": None})),
    ("soft_result.follows_numbers", add("soft_result", {**SOFT, "status": "NOT_ASSESSABLE"})),
    ("soft_result.follows_numbers", add("soft_result", {**SOFT, "operator": "<=", "status": "FAIL"})),
    ("verdict.verdict.known", change("verdict", verdict="fine")),
    (
        "delivery.document_id.in_document",
        add(
            "delivery",
            {
                "document_id": UNKNOWN,
                "load_name": "a",
                "load_sequence": 1,
                "loaded_at": datetime(2024, 1, 1),
                "uri": "x",
                "byte_count": 1,
            },
        ),
    ),
    ("document.document_id.in_delivery", ("delivery", lambda rows: rows[1:])),
    ("report.document_id.in_document", change("report", document_id=UNKNOWN)),
    ("cell.report_id.in_report", change("cell", report_id="nobody", cell_id="nobody:0001")),
    ("cell.slot_id.in_slot", change("cell", slot_id=f"{FORM}/disputes/cases/invented")),
    ("claim.report_id.in_report", add("claim", {**CLAIM, "report_id": "nobody"})),
    ("reject.document_id.in_document", add("reject", {**REJECT, "document_id": UNKNOWN})),
    ("reject.report_id.in_report", add("reject", {**REJECT, "report_id": "nobody"})),
    ("identity_result.report_id.in_report", change("identity_result", report_id="nobody")),
    ("implied_value.cell_id.in_cell", add("implied_value", {**IMPLIED, "cell_id": "nobody:0001"})),
    (
        "verdict.report_id.in_report",
        add("verdict", {"report_id": "nobody", "verdict": "unverified", "gating_compared": 0, "gating_failed": 0}),
    ),
    ("report.report_id.in_verdict", ("verdict", lambda rows: rows[1:])),
    ("document.id_is_sha256", change("document", document_id="000.txt")),
    ("document.rejected_has_reason", change("document", reason="no reason to have one")),
    ("report.organ_has_basis", change("report", organ_basis=None)),
    ("report.division_is_six_digits", change("report", division_code="43050")),
    ("report.division_is_six_digits", change("report", division_code="43O503")),
    ("report.span_ordered", change("report", char_start=2)),
    ("cell.id_names_report", change("cell", cell_id="elsewhere:0001")),
    ("cell.value_iff_read", change("cell", value=None)),
    ("cell.value_iff_read", change("cell", value_status="blank")),
    ("cell.zero_iff_explicit", change("cell", value_status="explicit_zero")),
    ("cell.zero_iff_explicit", change("cell", value=0)),
    ("cell.unreadable_has_reason", change("cell", value=None, value_status="unreadable")),
    ("cell.span_ordered", change("cell", char_start=2)),
    ("claim.id_names_report", add("claim", {**CLAIM, "claim_id": "elsewhere:c0001"})),
    ("claim.quantity_iff_indicator", add("claim", {**CLAIM, "quantity_id": None})),
    ("claim.quantity_iff_indicator", add("claim", {**CLAIM, "indicator_id": None})),
    (
        "claim.dimensions_of_indicator",
        add("claim", {**CLAIM, "quantity_id": None, "indicator_id": None, "outcome": "upheld"}),
    ),
    ("claim.value_not_negative", add("claim", {**CLAIM, "value": -3})),
    ("claim.negation_is_zero", add("claim", {**CLAIM, "by_negation": True, "is_implied": True})),
    ("claim.negation_is_zero", add("claim", {**CLAIM, "by_negation": True, "value": 0})),
    ("claim.quote_filled", add("claim", {**CLAIM, "quote": " "})),
    ("claim.share_has_both_ends", add("claim", {**SHARE, "share_whole": None})),
    ("claim.share_has_both_ends", add("claim", {**SHARE, "share_part": None})),
    ("claim.share_has_both_ends", add("claim", {**SHARE, "kind": "count"})),
    ("claim.not_of_itself", add("claim", {**CLAIM, "part_of": "r0:c0001"})),
    ("claim.not_of_itself", add("claim", SHARE)),
    ("claim.part_of.in_report", add("claim", {**CLAIM, "part_of": "r0:c0009"})),
    (
        "claim.part_of.in_report",
        ("claim", lambda rows: [CLAIM, claim("r1", 1, "requests_completed", 3, part_of="r0:c0001")]),
    ),
    ("claim.share_part.in_report", add("claim", {**SHARE, "share_part": "r0:c0009"})),
    ("claim.share_whole.in_report", add("claim", {**SHARE, "share_whole": "r0:c0009"})),
    (
        "claim.total_before_parts",
        (
            "claim",
            lambda rows: [{**CLAIM, "part_of": "r0:c0002"}, {**CLAIM, "claim_id": "r0:c0002", "part_of": "r0:c0001"}],
        ),
    ),
    ("claim.inside_document", add("claim", {**CLAIM, "char_end": 2})),
    ("claim.span_ordered", add("claim", {**CLAIM, "char_start": 5})),
    ("reject.span_ordered", add("reject", {**REJECT, "char_start": 5, "char_end": 2})),
    ("reject.span_ordered", add("reject", {**REJECT, "char_start": 5})),
    ("implied_value.is_zero", add("implied_value", {**IMPLIED, "implied_value": 4})),
    ("implied_value.of_blank_cell", add("implied_value", IMPLIED)),
    ("document.read_or_rejected", ("report", lambda rows: rows[1:])),
    ("document.read_or_rejected", change("document", status="rejected", reason="no table")),
    ("cell.one_per_slot", repeat("cell", cell_id="r0:0099")),
    ("report.form_has_cells", change("report", form="prose")),
    ("report.form_has_cells", drop("cell", lambda row: row["report_id"] != "r0")),
    ("cell.inside_document", change("cell", char_end=2)),
]


CRITICAL = {check.name: check for check in checks(LIMIT) if check.severity == "critical"}


def failing(home: Path, folder: Path, names: Iterable[str] = CRITICAL) -> set[str]:
    """Those of the critical checks `names` that find a violating row, asked of DuckDB alone."""
    database = folder / "load.duckdb"
    gate.open_load(database, home / "staging", "a")
    with duckdb.connect(database, read_only=True) as connection:
        return {name for name in names if connection.execute(CRITICAL[name].query).fetchall()}


def rewrite(home: Path, table: str, edit: Callable[[Rows], Rows]) -> None:
    """Put edited rows in place of a staged table, past every guard of the writer."""
    schema = pa.schema([field.with_nullable(True) for field in STAGED[table]])
    rows = pa.Table.from_pylist(edit(staged(home, table)), schema=schema)
    pq.write_table(rows, load_folder(home / "staging", table, "a") / "part-0.parquet")


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("pattern")
    stage_reports(home, good=2, false=0)
    return home


@pytest.fixture
def sound(pattern: Path, tmp_path: Path) -> Path:
    """A load of two consistent reports, staged and evaluated."""
    return shutil.copytree(pattern, tmp_path / "home")


def test_a_sound_load_violates_nothing(sound: Path, tmp_path: Path) -> None:
    assert failing(sound, tmp_path) == set()


@pytest.mark.parametrize(("name", "violation"), VIOLATIONS, ids=[name for name, _ in VIOLATIONS])
def test_a_violated_invariant_is_found_by_its_check(
    name: str, violation: tuple[str, Callable[[Rows], Rows]], sound: Path, tmp_path: Path
) -> None:
    rewrite(sound, *violation)
    assert failing(sound, tmp_path, [name]) == {name}


@pytest.mark.parametrize("table", [*gate.JUDGED_TABLES])
def test_an_empty_required_column_is_found(table: str, sound: Path, tmp_path: Path) -> None:
    column = next(field.name for field in STAGED[table] if not field.nullable)
    nothing = dict.fromkeys(STAGED[table].names)
    rewrite(sound, table, lambda rows: [*rows, {**nothing, **(rows[0] if rows else {}), column: None}])
    name = f"{table}.required_filled"
    assert failing(sound, tmp_path, [name]) == {name}


def test_every_critical_check_is_shown_to_fail_by_some_violation() -> None:
    tested = {name for name, _ in VIOLATIONS} | {f"{table}.required_filled" for table in gate.JUDGED_TABLES}
    assert set(CRITICAL) - tested == {"held_share_below_limit"}
    assert tested <= set(CRITICAL)


def test_great_expectations_refuses_a_violated_load_naming_the_check_and_the_row(sound: Path, tmp_path: Path) -> None:
    rewrite(sound, *change("cell", value_status="blank"))
    rewrite(sound, *change("report", division_code="43050"))
    decision = judge(sound, "a")
    assert set(broken(decision)) == failing(sound, tmp_path) == {"cell.value_iff_read", "report.division_is_six_digits"}
    assert not decision.passed
    holds = "every cell has a value if and only if its status says so"
    assert f"it does not hold that {holds}: 1 row(s), first cell_id r0:0001" in (decision.reason or "")
    assert [result.crashed for result in decision.results if not result.success] == [False, False]


def test_a_report_released_against_its_failed_identity_refuses_the_load(tmp_path: Path) -> None:
    stage_reports(tmp_path, good=1, false=1)
    rewrite(tmp_path, "verdict", lambda rows: [{**row, "verdict": "verified"} for row in rows])
    assert set(broken(judge(tmp_path, "a"))) == {"no_gating_failure_released", "verdict_follows_results"}


def test_a_rejected_document_with_its_reject_is_in_balance(tmp_path: Path) -> None:
    load = tables([report("r0", FORM), report("r1", FORM)], disputes("r0", 3))
    load["report"] = load["report"][:1]
    load["document"][1].update(status="rejected", reason="no table")
    load["reject"] = [{**REJECT, "document_id": load["document"][1]["document_id"]}]
    write_load(tmp_path / "staging", "a", load)
    evaluate_load(tmp_path, "a")
    decision = judge(tmp_path, "a")
    assert (decision.passed, decision.documents, decision.reports) == (True, 2, 1)


def test_a_load_without_any_report_passes_without_a_share(tmp_path: Path) -> None:
    write_load(tmp_path / "staging", "a", {})
    evaluate_load(tmp_path, "a")
    decision = judge(tmp_path, "a")
    assert (decision.passed, decision.held_share) == (True, None)


def test_cells_without_a_slot_are_no_violation(tmp_path: Path) -> None:
    extra = cell("r0", 50, None, 5, row_path="另加的一行", column_path="数量")
    write_load(tmp_path / "staging", "a", tables([report("r0", FORM)], [*disputes("r0", 3), extra]))
    evaluate_load(tmp_path, "a")
    assert judge(tmp_path, "a").passed


def test_analytics_are_off_while_a_load_is_judged(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GX_ANALYTICS_ENABLED", "True")
    judge(sound, "a")
    assert os.environ["GX_ANALYTICS_ENABLED"] == "False"


def test_cells_of_section_four_out_of_their_order_are_shown(sound: Path) -> None:
    order = ("upheld", "corrected", "other", "pending", "total")
    places = {f"{FORM}/disputes/cases/reconsideration.{name}": n for n, name in enumerate(order)}
    rewrite(sound, "cell", lambda rows: [{**row, "char_start": -places[row["slot_id"]]} for row in rows])
    found = {r.name: r.unexpected for r in judge(sound, "a").results if not r.success and r.severity == "warning"}
    assert found == {"cell.disputes_in_order": 8}
    rewrite(sound, "cell", lambda rows: [{**row, "char_start": -row["char_start"]} for row in rows])
    assert "cell.disputes_in_order" not in broken(judge(sound, "a"), "warning")


def test_a_failed_rule_about_prose_is_shown_and_refuses_nothing(sound: Path) -> None:
    failed = {**SOFT, "left_value": 4, "difference": 1, "status": "FAIL"}
    rewrite(sound, "soft_result", lambda rows: [failed])
    decision = judge(sound, "a")
    assert (decision.passed, decision.held) == (True, [])
    assert broken(decision, "warning", "info") == {"identity:N-09": 1}


def test_a_count_with_a_fraction_is_shown(sound: Path) -> None:
    rewrite(sound, "claim", lambda rows: [{**CLAIM, "value": Decimal("3.5")}])
    assert broken(judge(sound, "a"), "warning", "info") == {"claim.count_is_whole": 1}
