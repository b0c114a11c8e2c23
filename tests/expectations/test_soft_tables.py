"""The declared tables of the rules about prose: they agree with the codebook, and every name in them is known."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from expectations import rules, soft
from extract.schema import CLAIM_KIND, QUALIFIER

ROOT = Path(__file__).resolve().parents[2]
DIMENSIONS = ("indicator_id", "applicant_type", "outcome", "route")
Quantity = tuple[str, ...]
Slots = dict[tuple[str, Quantity], set[str]]


def read(path: str) -> list[dict[str, str]]:
    with open(ROOT / path, encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def quantity(row: dict[str, str]) -> Quantity:
    return tuple(row[name] for name in DIMENSIONS)


CROSSWALK = [row for row in read("dbt_project/seeds/crosswalk.csv") if row["period"] == "annual"]
STATED = {quantity(row) for row in read("extract/prose/quantity.csv")}
RESTATEMENT = read("expectations/restatement.csv")


def crosswalk() -> Slots:
    """What the codebook says each printed cell means, by form and quantity."""
    slots: Slots = defaultdict(set)
    for row in CROSSWALK:
        slots[row["slot_id"].split("/")[0], quantity(row)].add(row["slot_id"])
    return slots


def declared(*bases: str) -> Slots:
    slots: Slots = defaultdict(set)
    for row in RESTATEMENT:
        if row["basis"] in bases:
            slots[row["form"], quantity(row)].add(row["slot_id"])
    return slots


def test_prose_is_held_against_every_cell_that_means_the_same_and_no_other() -> None:
    combined = {key[1] for key in declared("line of several figures")}
    expected = {
        key: slots for key, slots in crosswalk().items() if key[1] not in combined and key[1][1] in ("", "total")
    }
    assert declared("crosswalk") == expected


def test_sums_of_lines_are_those_of_the_codebook() -> None:
    printed = crosswalk()
    expected: Slots = defaultdict(set)
    for row in read("dbt_project/seeds/derivation.csv"):
        whole = (row["indicator_id"], "total", "", "")
        if row["match_type"] == "exactMatch" and whole in STATED and (row["form"], whole) not in printed:
            expected[row["form"], whole] |= printed[row["form"], (row["part_indicator_id"], "total", "", "")]
    assert declared("derivation") == expected


def test_litigation_by_route_is_added_up() -> None:
    printed = crosswalk()
    expected: Slots = {
        (form, ("litigation_cases", "", outcome, "all")): {
            *printed[form, ("litigation_cases", "", outcome, "direct")],
            *printed[form, ("litigation_cases", "", outcome, "after_reconsideration")],
        }
        for form in ("national-2019", "national-2021")
        for outcome in ("total", "upheld", "corrected", "other", "pending")
    }
    assert declared("both routes") == expected


def test_what_one_line_combines_has_that_line_in_the_codebook() -> None:
    printed = crosswalk()
    for key, slots in declared("line of several figures").items():
        assert printed[key] == slots
    combined = {row["instance_key"] for row in soft.tables()["rollup"].to_pylist() if row["outcome"] is None}
    assert combined == {key[1][0] for key in declared("line of several figures")}


def test_every_other_line_is_one_the_codebook_knows_and_its_own_form_does_not_print_directly() -> None:
    printed, known = crosswalk(), {row["slot_id"] for row in CROSSWALK}
    others = {row["basis"] for row in RESTATEMENT} - {"crosswalk", "line of several figures"}
    assert others == {
        "derivation",
        "both routes",
        "both channels",
        "both corrections",
        "on time and extended",
        "completed is answered",
    }
    for key, slots in declared(*others).items():
        assert key not in printed
        assert slots <= known


def test_no_line_is_restated_twice_or_from_another_form() -> None:
    keys = [(row["form"], quantity(row), row["slot_id"]) for row in RESTATEMENT]
    assert len(keys) == len(set(keys))
    assert {row["form"] for row in RESTATEMENT if not row["slot_id"].startswith(row["form"] + "/")} == set()


def test_the_total_lines_have_rules_of_their_own() -> None:
    by_rule = defaultdict(set)
    for row in RESTATEMENT:
        by_rule[row["identity_id"]].add(soft.quantity_key(row))
    assert by_rule.pop("N-07").isdisjoint(set().union(*by_rule.values()) - {"requests_completed"})
    assert by_rule == {
        "N-01": {"requests_received", "requests_accepted"},
        "N-02": {"requests_disposed_total", "requests_completed"},
        "N-03": {"reconsideration_cases"},
        "N-04": {"litigation_cases"},
        "N-11": {"not_own_organ_or_nonexistent", "unclear_or_redirected"},
    }


def test_outcomes_are_rolled_up_as_in_the_codebook() -> None:
    expected = {
        (row["outcome"], row["rolls_up_to"])
        for row in read("dbt_project/seeds/outcome.csv")
        if row["rolls_up_to"] not in ("", "total")
    }
    found = {
        (row["member_indicator_id"], row["member_outcome"], row["outcome"])
        for row in read("expectations/rollup.csv")
        if row["outcome"]
    }
    assert found == {
        (indicator, *pair) for indicator in ("reconsideration_cases", "litigation_cases") for pair in expected
    }


def test_a_figure_is_only_rolled_up_within_its_own_indicator_and_route() -> None:
    for row in read("expectations/rollup.csv"):
        if row["outcome"]:
            assert (row["indicator_id"], row["route"]) == (row["member_indicator_id"], row["member_route"])


def test_everything_prose_can_state_has_a_name_in_both_languages() -> None:
    named = {row["key"]: (row["label_zh"], row["label_en"]) for row in read("expectations/prose_label.csv")}
    stated = {soft.quantity_key(row) for row in read("extract/prose/quantity.csv") if row["indicator_id"]}
    stated |= {soft.quantity_key(row) for row in RESTATEMENT} | {
        row["name"] for row in read("expectations/combined.csv")
    }
    stated |= {row["partition"] for row in read("extract/prose/quantity.csv") if row["partition"]}
    assert stated - set(named) == set()
    assert [key for key, labels in named.items() if not all(labels)] == []


def test_every_kind_and_qualifier_of_a_claim_has_its_tolerance_and_a_reason() -> None:
    rows = read("expectations/qualifier.csv")
    assert {(row["kind"], row["qualifier"]) for row in rows} == {(k, q) for k in CLAIM_KIND for q in QUALIFIER}
    assert [row for row in rows if not row["reason"]] == []


def test_every_unit_that_prose_counts_in_is_of_one_kind() -> None:
    kinds = {row["unit"]: row["unit_kind"] for row in read("expectations/unit_kind.csv")}
    printed = {
        unit for row in read("extract/prose/unit.csv") for unit in re.split(r"\||\(.*?\)|余", row["units"]) if unit
    }
    assert printed - set(kinds) == set()
    assert len(kinds) == len(read("expectations/unit_kind.csv"))


def test_sums_that_need_not_close_are_named_by_known_quantities_and_partitions() -> None:
    known = {row["indicator_id"] for row in read("extract/prose/quantity.csv")}
    partitions = {row["partition"] for row in read("extract/prose/quantity.csv")}
    for row in read("expectations/inexact_sum.csv"):
        assert row["indicator_id"] in known
        assert row["partition"] in partitions
        assert row["reason_zh"] and row["reason_en"]
        assert row["part_identity_id"] in ("", "G2-10")


def test_the_rules_about_prose_are_those_of_the_reference_and_the_bound_of_a_part() -> None:
    assert [row["identity_id"] for row in soft.prose_identities()] == [
        "G2-10",
        *(f"N-{number:02}" for number in range(1, 12)),
    ]
    assert {row["gates"] for row in soft.prose_identities()} == {"0"}


# S-03: a total is never added to what it is made of.

_TOTALS = {"refused_total", "not_provided_total", "not_processed_total", "requests_disposed_total"}


def test_no_side_of_a_rule_adds_a_total_to_its_parts() -> None:
    sides: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for row in (*rules.expand_terms().to_pylist(), *rules.printed_terms().to_pylist()):
        key = (row["identity_id"], row["form"], row["instance_key"], "left" if row["coefficient"] > 0 else "right")
        _, _, line, column = row["slot_id"].split("/")
        sides[key].append((line, column))
    for key, places in sides.items():
        columns = {column.rsplit(".", 1)[-1] for _, column in places}
        assert "total" not in columns or columns == {"total"}, key
        for stem, part in (("refused_", "refused_total"), ("reconsideration_cases.", "reconsideration_cases.total")):
            lines = {line for line, _ in places if line.startswith(stem)}
            assert part not in lines or lines == {part}, key


def test_no_figure_of_prose_is_held_against_a_total_together_with_its_parts() -> None:
    for (form, stated), slots in {**declared("derivation"), **declared("both routes")}.items():
        lines = {slot.split("/")[2] for slot in slots}
        columns = {slot.rsplit(".", 1)[-1] for slot in slots if "/disputes/" in slot}
        assert lines.isdisjoint(_TOTALS), (form, stated)
        assert len(columns) <= 1, (form, stated)


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ({"indicator_id": "requests_received", "applicant_type": "total"}, "requests_received"),
        ({"indicator_id": "requests_received", "applicant_type": "natural_person"}, "requests_received/natural_person"),
        ({"indicator_id": "litigation_cases", "outcome": "upheld", "route": "all"}, "litigation_cases/upheld"),
        ({"indicator_id": "litigation_cases", "outcome": "total", "route": "direct"}, "litigation_cases/direct"),
    ],
)
def test_a_quantity_is_called_by_its_indicator_and_what_is_not_the_total(row: dict[str, str], key: str) -> None:
    assert soft.quantity_key(row) == key
