"""What a clerk is told: the sentence itself is the behaviour."""

from typing import Any

import pytest
from hand_made import NO_CLAIM, Printed, arrow, cell, report, sheet

from expectations.evaluate import evaluate
from expectations.explain import Explanation, explain, explain_results

FORM = "national-2021"


def told(cells: list[dict[str, Any]], identity_id: str, *statuses: str, form: str = FORM) -> Explanation:
    """The only explanation of an identity with one of these statuses that has any cell."""
    cell_table = arrow("cell", cells)
    results = evaluate(arrow("report", [report("r", form)]), cell_table, NO_CLAIM).identity_result
    found = [e for e in explain_results(results, cell_table, statuses) if e.identity_id == identity_id and e.cell_ids]
    assert len(found) == 1
    return found[0]


def balance(received: Printed, carried_in: Printed, disposed: Printed, carried_out: Printed) -> list[dict[str, Any]]:
    lines = ("requests_received", "requests_carried_in", "requests_disposed_total", "requests_carried_out")
    values = (received, carried_in, disposed, carried_out)
    return sheet(FORM, {f"requests/{line}/natural_person": n for line, n in zip(lines, values, strict=True)})


def test_a_failed_balance_in_chinese() -> None:
    assert told(balance(3, 0, 2, 0), "T3-01", "FAIL").zh == (
        "T3-01 收办平衡 [自然人]：第一项加第二项之和 3 ≠ 第三项（七）总计加第四项之和 2（差 1）。"
        "左边：一、本年新收政府信息公开申请数量 「3」、二、上年结转政府信息公开申请数量 「0」。"
        "右边：(七)总计 「2」、四、结转下年度继续办理 「0」。"
    )


def test_a_failed_balance_in_english() -> None:
    assert told(balance(3, 0, 2, 0), "T3-01", "FAIL").en == (
        "T3-01 Balance of requests [natural persons]: received plus carried in 3 ≠ disposed of plus carried out 2 "
        "(difference 1). Left: requests received '3', requests carried in '0'. "
        "Right: requests disposed total '2', requests carried out '0'."
    )


def test_a_failed_bound_shows_the_relation_that_was_found() -> None:
    found = told(balance(3, 0, 0, 5), "T3-05", "FAIL")
    assert "结转下年度 5 > 本年新收加上年结转 3（差 2）" in found.zh
    assert "carried out 5 > received plus carried in 3 (difference 2)" in found.en


def test_a_difference_is_told_without_a_sign() -> None:
    assert "（差 1）" in told(balance(2, 0, 3, 0), "T3-01", "FAIL").zh


def test_blank_missing_and_unreadable_cells_are_told_apart() -> None:
    cells = balance(3, None, "?", 0)[:3]
    cells[2]["raw_text"] = "1O"
    found = told(cells, "T3-01", "NOT_ASSESSABLE")
    assert found.zh == (
        "T3-01 收办平衡 [自然人]：第一项加第二项之和 至少 3 与 第三项（七）总计加第四项之和 未知，"
        "有 3 格空白、缺失或未读出，无法核对。"
        "左边：一、本年新收政府信息公开申请数量 「3」、二、上年结转政府信息公开申请数量 空白。"
        "右边：(七)总计 未读出「1O」、四、结转下年度继续办理 缺失。"
    )
    assert found.en.endswith(
        "received plus carried in at least 3 against disposed of plus carried out unknown; "
        "not assessable, 3 cell(s) blank, missing or unreadable. "
        "Left: requests received '3', requests carried in blank. "
        "Right: requests disposed total unreadable '1O', requests carried out missing."
    )


def test_cells_of_one_line_are_named_by_their_columns_and_printed_zeros_are_counted() -> None:
    columns = (
        "total",
        "natural_person",
        "commercial_enterprise",
        "research_institution",
        "public_interest_org",
        "legal_service_org",
        "other_org",
    )
    values = (5, 3, 0, 0, 0, 0, 1)
    cells = sheet(FORM, {f"requests/granted_full/{c}": n for c, n in zip(columns, values, strict=True)})
    found = told(cells, "T3-04", "FAIL")
    assert found.zh == (
        "T3-04 申请人各列之和等于总计 [(一)予以公开]：总计列 5 ≠ 自然人与各类法人或其他组织之和 4（差 1）。"
        "左边：总计 「5」。右边：自然人 「3」、其他 「1」、其余 4 格为 0。"
    )
    assert found.en.endswith("Left: total '5'. Right: natural person '3', other org '1', 4 other cell(s) 0.")


def test_what_is_printed_is_quoted_as_printed() -> None:
    cells = balance(1904, 0, 2, 0)
    cells[0]["raw_text"] = "１，904"
    found = told(cells, "T3-01", "FAIL")
    assert "之和 1904 ≠" in found.zh
    assert "「１，904」" in found.zh


def test_a_passed_sum_with_blanks_is_told_as_complete() -> None:
    found = told(balance(3, None, 3, 0), "T3-01", "PASS")
    assert "第一项加第二项之和 3 = 第三项" in found.zh
    assert "二、上年结转政府信息公开申请数量 空白" in found.zh


def test_a_further_value_column_is_named() -> None:
    cells = [{**row, "part": "乡镇街道"} for row in balance(3, 0, 2, 0)]
    found = told(cells, "T3-01", "FAIL")
    assert found.part == "乡镇街道"
    assert found.zh.startswith("T3-01 收办平衡 [自然人 / 乡镇街道]：")


def test_a_printed_subtotal_is_found_by_its_labels() -> None:
    cells = sheet(FORM, {"requests/not_held/natural_person": 2})
    labels = {"section": cells[0]["section"], "column_path": cells[0]["column_path"]}
    cells.append(cell("r", 9, None, 1, row_path="三、本年度办理结果/(四)无法提供", **labels))
    found = told(cells, "T3-07", "FAIL")
    assert found.zh.startswith(
        "T3-07 印出的分组小计 [(四)无法提供 / 自然人]：分组小计 1 ≠ 组内各行之和 至少 2（差 1）。"
    )
    assert "左边：(四)无法提供 「1」。" in found.zh


def test_the_cells_of_an_explanation_can_be_looked_up() -> None:
    assert told(balance(3, 0, 2, 0), "T3-01", "FAIL").cell_ids == ("r:0001", "r:0002", "r:0003", "r:0004")


def test_only_the_statuses_asked_for_are_explained() -> None:
    cells = arrow("cell", balance(3, 0, 3, 0))
    results = evaluate(arrow("report", [report("r", FORM)]), cells, NO_CLAIM).identity_result
    assert explain_results(results, cells) == []
    assert [e.identity_id for e in explain_results(results, cells, ("PASS",))] == ["T3-01", "T3-05"]


def test_an_undeclared_identity_is_named() -> None:
    with pytest.raises(KeyError, match="Z9-99"):
        explain({"report_id": "r", "identity_id": "Z9-99", "instance_key": "x", "form": FORM, "status": "FAIL"}, [])
