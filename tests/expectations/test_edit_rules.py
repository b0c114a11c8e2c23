"""The declared rules: what they expand to, and that they can be said in both languages."""

import csv
from pathlib import Path
from string import Formatter

import pytest
from hand_made import SHARED, SLOTS

from expectations import rules

DOMAIN = SHARED / "domain"
WAREHOUSE_RULES = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds" / "warehouse_rule.csv"
# Tables as they cannot well be; the reference describes them without a row of their own.
ADDED = {"P-01", "P-02", "P-03"}
needs_domain = pytest.mark.skipif(not DOMAIN.exists(), reason="the reference tables are not beside this checkout")


def expanded() -> set[tuple[str, ...]]:
    return {tuple(str(value) for value in row.values()) for row in rules.expand_terms().to_pylist()}


def reference() -> set[tuple[str, ...]]:
    with open(DOMAIN / "identity_term.csv", encoding="utf8", newline="") as file:
        return {tuple(row.values()) for row in csv.DictReader(file)}


@needs_domain
def test_no_term_is_missing_from_the_expansion() -> None:
    assert reference() - expanded() == set()


@needs_domain
def test_no_term_is_expanded_beyond_the_reference() -> None:
    assert expanded() - reference() == set()


def test_no_term_is_expanded_twice() -> None:
    assert rules.expand_terms().num_rows == len(expanded()) == 942


@needs_domain
def test_every_reference_rule_is_declared_with_the_same_facts() -> None:
    facts = ("identity_id", "gates", "stage", "formula", "kind", "severity", "tolerance")
    with open(DOMAIN / "identities.csv", encoding="utf8", newline="") as file:
        expected = [tuple(row[name] for name in facts) for row in csv.DictReader(file)]
    declared = [tuple(row[name] for name in facts) for row in rules.identities()]
    assert [row for row in declared if row[0] not in ADDED] == expected
    assert {row[0] for row in declared} - {row[0] for row in expected} == ADDED


def test_carry_over_balance_of_one_column_reads_as_printed_on_the_form() -> None:
    terms = [
        (row["slot_id"].split("/")[2], row["coefficient"])
        for row in rules.expand_terms().to_pylist()
        if (row["identity_id"], row["form"], row["instance_key"]) == ("T3-01", "national-2021", "other_org")
    ]
    assert terms == [
        ("requests_received", 1),
        ("requests_carried_in", 1),
        ("requests_disposed_total", -1),
        ("requests_carried_out", -1),
    ]


def test_printed_subtotals_are_no_part_of_the_unconditional_terms() -> None:
    always = {(row["identity_id"], row["slot_id"]) for row in rules.expand_terms().to_pylist()}
    assert "T3-07" not in {identity for identity, _ in always}
    assert {slot for _, slot in always} <= set(SLOTS)


def test_printed_subtotals_are_group_lines_without_a_slot() -> None:
    totals = {row["slot_id"] for row in rules.printed_terms().to_pylist() if row["coefficient"] == 1}
    assert totals == {row["slot_id"] for row in rules.printed_slots().to_pylist()}
    assert totals.isdisjoint(SLOTS)
    assert {slot.split("/")[2] for slot in totals} == {"refused_total", "not_provided_total", "not_processed_total"}


def test_printed_subtotals_never_gate() -> None:
    assert rules.identity("T3-07")["gates"] == "0"


def test_every_rule_has_title_and_wording_in_both_languages() -> None:
    lacking = [
        row["identity_id"]
        for row in rules.identities()
        if not all(row[name] for name in ("title_zh", "title_en", "wording_zh", "wording_en"))
    ]
    assert lacking == []


def test_wording_of_compared_rules_shows_both_numbers_and_their_relation() -> None:
    compared = {row["identity_id"] for row in rules.expand_terms().to_pylist()} | {"T3-07"}
    compared |= {f"N-{number:02}" for number in range(1, 12)}
    with open(WAREHOUSE_RULES, encoding="utf8", newline="") as file:
        compared |= {row["identity_id"] for row in csv.DictReader(file)}
    for row in rules.identities():
        for language in ("zh", "en"):
            fields = {name for _, name, _, _ in Formatter().parse(row[f"wording_{language}"]) if name}
            expected = {"left", "relation", "right"} if row["identity_id"] in compared else set()
            # What it is compared with is named where it is not the report itself.
            assert (row["identity_id"], fields - {"other"}) == (row["identity_id"], expected)


def test_every_declared_form_of_a_rule_is_known() -> None:
    declared = {form for row in rules.identities() for form in row["forms"].split(";") if form}
    assert declared <= set(rules.forms())


def test_a_rule_that_points_at_no_slot_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    line = {
        "identity_id": "T3-01",
        "forms": "national-2021",
        "table_id": "requests",
        "for_each": "name",
        "over": "total",
        "instance": "@",
        "coefficient": "1",
        "line_id": "requests_lost",
        "column_id": "@",
    }
    read = rules._read
    monkeypatch.setattr(rules, "_read", lambda path: (line,) if path.name == "identity_line.csv" else read(path))
    with pytest.raises(ValueError, match=r"T3-01: form national-2021 has no slot '.*/requests_lost/total'"):
        rules._terms.__wrapped__(rules.ALWAYS)


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(KeyError, match="Z9-99"):
        rules.identity("Z9-99")
