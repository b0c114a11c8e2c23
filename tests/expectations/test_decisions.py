"""The reviewers' decisions: how their file is read, what they do to a report, and where they no longer match."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hand_made import NO_CLAIM, arrow, report, sheet, tables
from staged_truth import write_load

from expectations.decisions import COLUMNS, DecisionError, read_decisions
from expectations.evaluate import Evaluation, evaluate, evaluate_load
from expectations.gate import judge
from expectations.review import review
from extract.schema import load_folder

FORM = "national-2021"
TOTAL = f"{FORM}/disputes/cases/reconsideration.total"
PLACES = [f"disputes/cases/reconsideration.{name}" for name in ("upheld", "corrected", "other", "pending")]
ORGAN = "甲乙县人民政府"
DECISION = {
    "decision": "correct", "organ_name": ORGAN, "division_code": "", "year": "2022", "coverage": "own_organ",
    "slot_id": TOTAL, "part": "", "expected_value": "9", "corrected_value": "4", "who": "张三",
    "decided_on": "2024-05-01", "reason": "分项之和为4", "source": "来函",
}  # fmt: skip


def write(home: Path, *rows: dict[str, str]) -> Path:
    file = home / "decisions.csv"
    with open(file, "w", encoding="utf8", newline="") as opened:
        writer = csv.DictWriter(opened, COLUMNS)
        writer.writeheader()
        writer.writerows({**DECISION, **row} for row in rows)
    return file


def printed(total: int | None, report_id: str = "r") -> list[dict[str, Any]]:
    """The reconsideration cases of a report: four parts of 1 and a total."""
    return sheet(FORM, {**dict.fromkeys(PLACES, 1), TOTAL.removeprefix(f"{FORM}/"): total}, report_id)


def organ(report_id: str = "r", **fields: Any) -> dict[str, Any]:
    return report(report_id, FORM, organ_name=ORGAN, year=2022, coverage="own_organ", **fields)


def decided(home: Path, total: int | None, *rows: dict[str, str], **fields: Any) -> Evaluation:
    """The evaluation of one report with this total under these decisions."""
    write(home, *rows)
    cells = printed(total)
    return evaluate(arrow("report", [organ(**fields)]), arrow("cell", cells), NO_CLAIM, read_decisions(home))


def verdict(evaluation: Evaluation) -> tuple[str, str | None, str | None]:
    (row,) = evaluation.verdict.to_pylist()
    return row["verdict"], row["decision"], row["printed_verdict"]


RELEASE = {"decision": "release", "corrected_value": ""}
REJECT = {"decision": "reject", "corrected_value": ""}


def test_a_false_total_is_held_without_a_decision(tmp_path: Path) -> None:
    assert verdict(decided(tmp_path, 9)) == ("held", None, None)


def test_a_correction_gives_the_verdict_of_the_corrected_report(tmp_path: Path) -> None:
    evaluation = decided(tmp_path, 9, {})
    assert verdict(evaluation) == ("verified", None, "held")
    sums = {row["identity_id"]: row for row in evaluation.identity_result.to_pylist() if row["status"] == "PASS"}
    as_printed = {row["identity_id"]: row for row in evaluation.printed_result.to_pylist() if row["status"] == "FAIL"}
    assert {(row["left_value"], row["right_value"]) for row in sums.values()} == {(Decimal(4), Decimal(4))}
    assert as_printed.keys() == sums.keys()
    assert {frozenset((row["left_value"], row["right_value"])) for row in as_printed.values()} == {
        frozenset((Decimal(4), Decimal(9)))
    }


def test_a_correction_that_is_itself_false_is_held(tmp_path: Path) -> None:
    assert verdict(decided(tmp_path, 9, {"corrected_value": "5"})) == ("held", None, "held")


def test_a_blank_cell_is_filled(tmp_path: Path) -> None:
    evaluation = decided(tmp_path, None, {"expected_value": ""})
    assert verdict(evaluation) == ("verified", None, "unverified")


def test_a_released_report_stands_unverified_and_keeps_its_failure(tmp_path: Path) -> None:
    evaluation = decided(tmp_path, 9, RELEASE)
    assert verdict(evaluation) == ("unverified", "release", "held")
    assert "FAIL" in evaluation.identity_result["status"].to_pylist()


def test_a_sound_report_is_not_made_worse_by_a_release(tmp_path: Path) -> None:
    assert verdict(decided(tmp_path, 4, {**RELEASE, "expected_value": "4"})) == ("verified", "release", "verified")


def test_a_rejected_report_is_held_whatever_the_rules_say(tmp_path: Path) -> None:
    assert verdict(decided(tmp_path, 4, {**REJECT, "expected_value": "4"})) == ("held", "reject", "verified")


def test_a_report_is_rejected_without_naming_a_cell(tmp_path: Path) -> None:
    evaluation = decided(tmp_path, 4, {**REJECT, "slot_id": "", "expected_value": ""})
    assert verdict(evaluation) == ("held", "reject", "verified")
    assert evaluation.applied_decision["cell_id"].to_pylist() == [None]


@pytest.mark.parametrize(
    "other",
    [
        {"expected_value": "8"},
        {"expected_value": ""},
        {"year": "2021"},
        {"coverage": "government_level"},
        {"organ_name": "丙丁县人民政府"},
        {"division_code": "110101"},
        {"part": "区直单位"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_decision_on_anything_else_does_nothing(other: dict[str, str], tmp_path: Path) -> None:
    evaluation = decided(tmp_path, 9, other, division_code="430503")
    assert verdict(evaluation) == ("held", None, None)
    assert evaluation.applied_decision.num_rows == 0


@pytest.mark.parametrize("expected", ["9", "9.0", " 9 ", "09"])
def test_the_expected_value_is_compared_as_a_number(expected: str, tmp_path: Path) -> None:
    assert verdict(decided(tmp_path, 9, {"expected_value": expected}))[0] == "verified"


FAULTS = [
    ({"decision": "ponder"}, "decision is 'ponder', not one of release, correct, reject"),
    ({"organ_name": ""}, "organ_name is empty"),
    ({"who": " "}, "who is empty"),
    ({"reason": ""}, "reason is empty"),
    ({"year": "22"}, "year is '22', not four digits"),
    ({"division_code": "4305"}, "division_code is '4305', not six digits"),
    ({"coverage": "galaxy"}, "coverage is 'galaxy', not one of own_organ, government_level, region_aggregate"),
    ({"decided_on": "1.5.2024"}, "decided_on is '1.5.2024', not a date like 2024-03-31"),
    ({"slot_id": "nowhere"}, "slot_id 'nowhere' is in no printed form"),
    ({"slot_id": ""}, "slot_id is empty: correct needs a cell and the value expected in it"),
    ({"decision": "reject", "corrected_value": "", "slot_id": ""}, "part and expected_value need a slot_id"),
    ({"corrected_value": ""}, "corrected_value is '', not a number from 0 up"),
    ({"corrected_value": "-1"}, "corrected_value is '-1', not a number from 0 up"),
    ({"corrected_value": "NaN"}, "corrected_value is 'NaN', not a number from 0 up"),
    ({"corrected_value": "9.0"}, "corrected_value 9.0 is the expected value"),
    ({"decision": "release"}, "corrected_value is given, but the decision is release"),
]


@pytest.mark.parametrize(("fault", "message"), FAULTS, ids=[message for _, message in FAULTS])
def test_a_faulty_decision_is_named_with_file_line_and_reason(
    fault: dict[str, str], message: str, tmp_path: Path
) -> None:
    file = write(tmp_path, {"slot_id": f"{FORM}/{PLACES[0]}"}, fault)
    with pytest.raises(DecisionError) as error:
        read_decisions(tmp_path)
    assert str(error.value) == f"{file}, line 3: {message}"


def test_a_change_of_items_may_be_corrected_to_a_fall(tmp_path: Path) -> None:
    slot = "national-2019/disclosure/licensing/items_net_change"
    write(tmp_path, {"slot_id": slot, "expected_value": "3", "corrected_value": "-3"})
    (row,) = read_decisions(tmp_path).to_pylist()
    assert row["corrected_value"] == Decimal(-3)


def test_the_same_decision_twice_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, {}, {"expected_value": "9.0", "reason": "另一理由"})
    with pytest.raises(DecisionError, match="line 3: decides again what line 2 decides"):
        read_decisions(tmp_path)
    assert file.is_file()


def test_a_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "decisions.csv").write_text("decision,organ,year\n", encoding="utf8")
    with pytest.raises(DecisionError, match=r"line 1: has no column organ_name; .*has an unknown column 'organ'"):
        read_decisions(tmp_path)


def test_a_file_as_a_spreadsheet_saves_it_is_read(tmp_path: Path) -> None:
    file = write(tmp_path, {})
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    (row,) = read_decisions(tmp_path).to_pylist()
    assert (row["organ_name"], row["line"], row["corrected_value"]) == (ORGAN, 2, Decimal(4))


def test_there_need_be_no_file(tmp_path: Path) -> None:
    assert read_decisions(tmp_path).num_rows == 0


def stage(home: Path, load_name: str, total: int, sequence: int = 1) -> None:
    """One load of one report, evaluated and judged; the report's id is the load's name."""
    write_load(home / "staging", load_name, tables([organ(load_name)], printed(total, load_name)), sequence)
    evaluate_load(home, load_name)
    judge(home, load_name)


def test_a_load_is_stale_until_it_is_evaluated_under_the_file(tmp_path: Path) -> None:
    stage(tmp_path, "a", 9)
    assert review(tmp_path).stale == ()
    write(tmp_path, {})
    assert review(tmp_path).stale == ("a",)
    evaluate_load(tmp_path, "a")
    judge(tmp_path, "a")
    found = review(tmp_path)
    assert (found.stale, found.problems) == ((), ())


def test_a_decision_keeps_the_time_it_was_first_applied(tmp_path: Path) -> None:
    write(tmp_path, {})
    stage(tmp_path, "a", 9)
    file = load_folder(tmp_path / "staging", "applied_decision", "a") / "part-0.parquet"
    before = pq.ParquetFile(file).read()
    stage(tmp_path, "a", 9)
    assert pq.ParquetFile(file).read() == before
    assert before.num_rows == 1


def test_a_decision_that_matches_nothing_any_more_is_a_problem(tmp_path: Path) -> None:
    file = write(tmp_path, {"expected_value": "8"})
    stage(tmp_path, "a", 9)
    assert review(tmp_path).problems == (
        f"{file}, line 2: correct for {ORGAN} 2022 own_organ, {TOTAL}: expected '8', found '9' in report a of load a",
    )


def test_a_decision_that_matches_one_vintage_is_no_problem(tmp_path: Path) -> None:
    write(tmp_path, {})
    stage(tmp_path, "a", 9, 1)
    stage(tmp_path, "b", 4, 2)
    found = review(tmp_path)
    assert (found.stale, found.problems) == ((), ())


def test_a_decision_on_a_report_that_is_not_here_waits(tmp_path: Path) -> None:
    write(tmp_path, {"year": "2021"})
    stage(tmp_path, "a", 9)
    assert review(tmp_path).problems == ()


def test_a_report_both_released_and_rejected_is_a_problem(tmp_path: Path) -> None:
    file = write(tmp_path, RELEASE, REJECT)
    stage(tmp_path, "a", 9)
    assert review(tmp_path).problems == (f"{file}, lines 2, 3: report a is both released and rejected",)


def test_a_cell_corrected_twice_is_a_problem(tmp_path: Path) -> None:
    file = write(tmp_path, {}, {"division_code": "430503", "corrected_value": "5"})
    write_load(tmp_path / "staging", "a", tables([organ("a", division_code="430503")], printed(9, "a")))
    evaluate_load(tmp_path, "a")
    judge(tmp_path, "a")
    assert review(tmp_path).problems == (f"{file}, lines 2, 3: cell a:0005 is corrected more than once",)
