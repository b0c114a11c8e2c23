"""Held reports are localised as they are evaluated: seeded errors in generated reports, read back from the staged rows."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from generator import random_report
from hand_claims import claim
from hand_made import NO_CLAIM, SLOTS, arrow, cell, report

from expectations.evaluate import evaluate

FORM = "national-2021"
Figures = dict[str, Decimal | None]
Change = dict[str, Decimal | None]


def figures(seed: int, form: str = FORM) -> Figures:
    values = random_report(Random(seed), form, scale="medium").values
    return {slot: None if value is None else Decimal(value) for slot, value in values.items()}


def localised(
    values: Figures, *claims: dict[str, Any], part: str | None = None, **other: Figures
) -> list[dict[str, Any]]:
    """The staged rows of one report; `other`: further parts by name."""
    cells = []
    for name, sheet in {part: values, **other}.items():
        for slot, value in sheet.items():
            printed = None if value is None else int(value) if value == int(value) else str(value)
            row = cell("r", len(cells) + 1, slot, printed, part=name)
            cells.append({**row, "value": value})
    evaluation = evaluate(
        arrow("report", [report("r", FORM)]), arrow("cell", cells), arrow("claim", list(claims)) if claims else NO_CLAIM
    )
    return evaluation.localisation.to_pylist()


def changes(rows: list[dict[str, Any]]) -> list[tuple[int, str, Change]]:
    """(rank, kind, what is to stand where) of each change."""
    found: dict[int, tuple[int, str, Change]] = {}
    for row in rows:
        found.setdefault(row["set_id"], (row["rank"], row["kind"], {}))[2][row["slot_id"]] = row["implied_value"]
    return sorted(found.values(), key=lambda change: change[0])


LINES: dict[str, list[str]] = defaultdict(list)
for slot_id, slot in SLOTS.items():
    if slot["form"] == FORM and slot["table_id"] == "requests":
        LINES[slot["line_id"]].append(slot_id)


def test_one_wrong_cell_is_named_with_the_cell_and_the_right_value() -> None:
    values = figures(1)
    slot = f"{FORM}/requests/granted_full/natural_person"
    truth = values[slot]
    assert truth is not None
    (row,) = localised({**values, slot: truth + 90})
    assert (row["slot_id"], row["printed_value"], row["implied_value"]) == (slot, truth + 90, truth)
    assert (row["rank"], row["kind"], row["is_only"], row["is_capped"]) == (1, "value", True, False)
    assert row["cell_id"] == f"r:{list(values).index(slot) + 1:04d}"


def test_a_report_that_adds_up_has_no_suspects() -> None:
    assert localised(figures(2)) == []


@pytest.mark.parametrize("seed", range(8))
def test_a_row_that_was_read_one_place_off_makes_the_reading_the_suspect(seed: int) -> None:
    values, rng = figures(seed), Random(seed)
    line = rng.choice([line for line in LINES.values() if len({values[slot] for slot in line}) > 3])
    read = dict(zip(line, [values[line[-1]], *(values[slot] for slot in line[:-1])], strict=True))
    rank, kind, _ = changes(localised({**values, **read}))[0]
    truth = {slot: values[slot] for slot in line if values[slot] != read[slot]}
    assert (rank, kind) == (1, "shift")
    assert truth in [change for _, kind, change in changes(localised({**values, **read})) if kind == "shift"]


def test_two_rows_in_each_others_place_make_the_reading_the_suspect() -> None:
    values = figures(4)
    upper, lower = LINES["requests_received"], LINES["requests_carried_in"]
    carried_out, total = LINES["requests_carried_out"], LINES["requests_disposed_total"]
    # Received and carried in may change places unseen; the total and what is carried out may not.
    assert localised({**values, **swapped(values, upper, lower)}) == []
    wrong = swapped(values, total, carried_out)
    truth = {slot: values[slot] for slot in wrong if wrong[slot] != values[slot]}
    assert ("shift", truth) in [(kind, change) for _, kind, change in changes(localised({**values, **wrong}))]


def swapped(values: Figures, one: list[str], other: list[str]) -> Figures:
    return {a: values[b] for a, b in zip(one + other, other + one, strict=True)}


def test_each_part_of_a_report_is_localised_by_itself() -> None:
    whole, part = figures(5), figures(6)
    slot = f"{FORM}/requests/requests_carried_out/other_org"
    truth = part[slot]
    assert truth is not None
    rows = localised(whole, 区直单位={**part, slot: truth + 4})
    assert [(row["part"], row["slot_id"], row["implied_value"]) for row in rows] == [("区直单位", slot, truth)]


def test_each_table_is_localised_by_the_rules_of_its_own_form() -> None:
    newer, older = figures(7), figures(7, "national-2019")
    mixed = {slot: value for slot, value in newer.items() if "/disputes/" not in slot}
    mixed |= {slot: value for slot, value in older.items() if "/disputes/" in slot}
    slot = "national-2019/disputes/cases/reconsideration.upheld"
    truth = mixed[slot]
    assert truth is not None
    found = localised({**mixed, slot: truth + 5})
    assert {row["form"] for row in found} == {"national-2019"}
    assert (slot, truth) in [(row["slot_id"], row["implied_value"]) for row in found]


def test_the_prose_of_the_report_decides_between_cells_that_are_as_likely() -> None:
    values = figures(8)
    slot = f"{FORM}/disputes/cases/reconsideration.total"
    truth = values[slot]
    assert truth is not None
    wrong = {**values, slot: truth + 7}
    assert len({row["set_id"] for row in localised(wrong)}) > 1
    stated = claim("r", 1, "reconsideration_cases", int(truth), outcome="total")
    (best, *others) = localised(wrong, stated)
    assert (best["rank"], best["slot_id"], best["implied_value"], best["source"]) == (1, slot, truth, "prose")
    assert {row["rank"] for row in others} == {2} or min(row["rank"] for row in others) > 1


def test_a_blank_cell_is_no_suspect_and_hides_no_other() -> None:
    values = figures(9)
    blank = f"{FORM}/requests/refused_state_secret/research_institution"
    slot = f"{FORM}/requests/requests_received/natural_person"
    truth = values[slot]
    assert truth is not None
    (row,) = localised({**values, blank: None, slot: truth + 11})
    assert (row["slot_id"], row["implied_value"], row["is_only"]) == (slot, truth, True)


def test_a_change_is_told_in_both_languages() -> None:
    values = {**figures(1), f"{FORM}/requests/requests_carried_out/natural_person": Decimal(0)}
    values[f"{FORM}/requests/requests_carried_out/natural_person"] = Decimal(9999)
    (row,) = localised(values)
    implied = f"{row['implied_value'].normalize():f}"
    assert row["sentence_zh"].startswith(f"若「四、结转下年度继续办理·自然人」9999 应为 {implied}")
    assert row["sentence_en"].startswith(f"if 'requests carried out, natural person' 9999 should be {implied}")


def test_a_report_that_no_small_change_explains_says_so() -> None:
    values, rng = figures(5), Random(5)
    wrong = rng.sample([slot for line in LINES.values() for slot in line], 9)
    spoilt = {slot: (values[slot] or Decimal(0)) + 2 ** (n + 3) for n, slot in enumerate(wrong)}
    (row,) = localised({**values, **spoilt})
    assert (row["kind"], row["rank"], row["is_only"], row["is_capped"]) == ("capped", 1, False, True)
    assert (row["cell_id"], row["slot_id"], row["implied_value"]) == (None, None, None)
    assert "6 个单元格" in row["sentence_zh"] and "up to 6 cells" in row["sentence_en"]


@pytest.mark.parametrize("kind", ["lost", "doubled"])
@pytest.mark.parametrize("seed", range(6))
def test_a_cell_that_was_lost_or_read_twice_makes_the_reading_the_suspect(seed: int, kind: str) -> None:
    values, rng = figures(seed), Random(seed)
    line = max(LINES.values(), key=lambda slots: len({values[slot] for slot in slots}))
    printed = [values[slot] for slot in line]
    at = rng.choice([n for n in range(3) if len(set(printed[n:])) > 3])
    seen = [*printed[:at], *printed[at + 1 :], None] if kind == "lost" else [*printed[: at + 1], *printed[at:-1]]
    read = dict(zip(line, seen, strict=True))
    rows = localised({**values, **read})
    truth = {slot: values[slot] for slot in line if values[slot] != read[slot]}
    assert changes(rows)[0] == (1, "shift", truth)
    (left_out,) = [row["slot_id"] for row in rows if row["edit"] == "left_out"]
    assert left_out == (line[at] if kind == "lost" else line[-1])
    assert "读取时遗漏" in rows[0]["sentence_zh"] and "left out in reading" in rows[0]["sentence_en"]


@pytest.mark.parametrize("seed", range(20))
def test_two_wrong_numbers_of_one_row_are_no_fault_of_reading(seed: int) -> None:
    values, rng = figures(seed), Random(seed)
    pair = rng.sample(rng.choice(list(LINES.values())), 2)
    wrong = {slot: (values[slot] or Decimal(0)) + rng.choice([1, 3, 9, 27]) for slot in pair}
    rows = localised({**values, **wrong})
    assert {row["kind"] for row in rows} == {"value"}
    assert {slot: values[slot] for slot in pair} in [change for _, _, change in changes(rows)]
