"""The printed forms as data: the declared tables agree with the catalogue of printed cells and with each other."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from extract.table.printed_forms import bare_key, label_key, load_forms

FORMS = Path(__file__).resolve().parents[2] / "extract" / "forms"
PRINTED = (
    "slot_id", "form", "table_id", "section", "line_no", "line_id", "row_path", "column_id", "column_path", "printed_unit",
)  # fmt: skip
SLOTS_OF_FORM = {
    "national-2021": 200,
    "national-2019": 198,
    "national-2014": 58,
    "local-zhejiang": 35,
    "local-shanghai": 70,
    "local-fujian": 34,
}


def rows(name: str) -> list[dict[str, str]]:
    with (FORMS / name).open(encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_slots_are_the_catalogued_cells_in_every_printed_column(shared: Path) -> None:
    with (shared / "domain" / "slots.csv").open(encoding="utf8", newline="") as lines:
        catalogue = [tuple(row[name] for name in PRINTED) for row in csv.DictReader(lines)]
    assert [tuple(row[name] for name in PRINTED) for row in rows("slot.csv")] == catalogue


def test_every_form_has_its_number_of_cells() -> None:
    """10 + 175 + 15, 22 + 161 + 15, 58, 35, 35 x 2 and 17 x 2: 595 in all."""
    assert Counter(row["form"] for row in rows("slot.csv")) == SLOTS_OF_FORM
    assert sum(SLOTS_OF_FORM.values()) == 595


def test_no_slot_is_declared_twice() -> None:
    assert [slot for slot, times in Counter(row["slot_id"] for row in rows("slot.csv")).items() if times > 1] == []


def test_the_loaded_forms_hold_every_declared_slot() -> None:
    assert set(load_forms().slots) == {row["slot_id"] for row in rows("slot.csv")}


def test_a_slot_id_spells_its_form_table_line_and_column() -> None:
    odd = [
        row["slot_id"]
        for row in rows("slot.csv")
        if row["slot_id"] != "/".join((row["form"], row["table_id"], row["line_id"], row["column_id"]))
    ]
    assert odd == []


@pytest.mark.parametrize("name", ["line_no", "line_id"])
def test_no_line_of_a_table_is_declared_twice(name: str) -> None:
    keys = Counter((row["form"], row["table_id"], row[name]) for row in rows("line.csv"))
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_slot_stands_on_a_declared_line_with_the_same_path() -> None:
    lines = {
        (row["form"], row["table_id"], row["line_no"], row["line_id"], row["row_path"]) for row in rows("line.csv")
    }
    on = {(row["form"], row["table_id"], row["line_no"], row["line_id"], row["row_path"]) for row in rows("slot.csv")}
    assert on - lines == set()


def test_only_groups_have_no_value_cells() -> None:
    filled = {(row["form"], row["table_id"], row["line_no"]) for row in rows("slot.csv")}
    empty = {row["kind"] for row in rows("line.csv") if (row["form"], row["table_id"], row["line_no"]) not in filled}
    full = {row["kind"] for row in rows("line.csv") if (row["form"], row["table_id"], row["line_no"]) in filled}
    assert (empty, "group" in full) == ({"group"}, False)


def test_every_variant_names_a_form_and_table_that_exist() -> None:
    tables = {(row["form"], row["table_id"]) for row in rows("line.csv")}
    forms = {form for form, _ in tables}
    unknown = [
        (row["form"], row["table_id"], row["label"])
        for row in rows("label.csv")
        for form in (forms if row["form"] == "*" else row["form"].split(";"))
        if form not in forms or (row["form"] != "*" and (form, row["table_id"]) not in tables)
    ]
    assert unknown == []


def test_every_variant_of_a_line_or_column_names_one_of_its_form() -> None:
    lines = {(row["form"], row["table_id"], row["line_id"]) for row in rows("line.csv")}
    columns = {(row["form"], row["table_id"], row["column_id"]) for row in rows("slot.csv")}
    under_heads = {
        (form, table, column.rpartition(".")[2]) for form, table, column in columns
    }  # upheld, under three heads
    known = {"line": lines, "column": columns | under_heads}
    unknown = [
        (form, row["target"], row["label"])
        for row in rows("label.csv")
        for form in row["form"].split(";")
        if row["role"] in known and (form, row["table_id"], row["target"]) not in known[row["role"]]
    ]
    assert unknown == []


ROLES = {"line", "column", "extra", "stub", "remark", "caption", "section", "end", "total"}


def test_every_variant_has_a_known_role() -> None:
    assert {row["role"] for row in rows("label.csv")} - ROLES == set()


def test_an_extra_column_is_named_by_a_path_below_a_column_of_its_form_that_has_none_of_that_name() -> None:
    columns: dict[tuple[str, str], set[str]] = {}
    for row in rows("slot.csv"):
        columns.setdefault((row["form"], row["table_id"]), set()).add(row["column_path"])
    extras = [
        (columns[form, row["table_id"]], row["target"])
        for row in rows("label.csv")
        for form in row["form"].split(";")
        if row["role"] == "extra"
    ]
    assert extras
    for paths, path in extras:
        assert path not in paths
        assert path.rpartition("/")[0] in {other.rpartition("/")[0] for other in paths}


def test_the_names_of_the_whole_are_those_of_forms_of_one_column() -> None:
    """Where such a form is printed with a column a part (区政府, 乡镇街道), one column may be their total."""
    one_column = {
        key for key, table in load_forms().tables.items() if key[1] == "statistics" and len(table.columns) == 1
    }
    named = {key: table.totals for key, table in load_forms().tables.items() if table.totals}
    of_columns = {"合计", "总计", "总数", "统计数", "数据统计", "统计数据"}
    assert set(named) == one_column
    assert all(
        names >= of_columns and all(name[0] in "全合总" for name in names - of_columns) for names in named.values()
    )


def test_every_variant_says_where_it_was_seen() -> None:
    assert [row["label"] for row in rows("label.csv") if not row["evidence"]] == []


def test_no_variant_is_declared_twice() -> None:
    keys = Counter(
        (form, row["table_id"], row["role"], row["target"], row["label"])
        for row in rows("label.csv")
        for form in row["form"].split(";")
    )
    assert [key for key, times in keys.items() if times > 1] == []


TOLD_APART_BY_ORDER = {
    ("其他处理", ("national-2021", "requests", 28)),  # 3.其他处理 stands below its group (六)其他处理
    ("维持具体行政行为数", ("national-2014", "statistics", 50)),  # litigation stands below reconsideration
}
"""Variants that spell a line like an earlier one of the same table, as offices do."""


def test_a_label_names_two_lines_of_a_table_only_where_the_form_prints_it_twice() -> None:
    printed = {
        (row["form"], row["table_id"], int(row["line_no"])): {label_key(row["label"]), bare_key(row["label"])}
        for row in rows("line.csv")
    }
    ambiguous = set()
    for key, entries in load_forms().lexicon.items():
        named = {(entry.form, entry.table_id, entry.line) for entry in entries if entry.role == "line"}
        tables = Counter((form, table) for form, table, _ in named)
        doubled = [place for place in named if tables[place[:2]] > 1]
        ambiguous |= {(key, place) for place in doubled if key not in printed[place]}
    assert ambiguous == TOLD_APART_BY_ORDER


def test_every_printed_unit_is_a_declared_unit() -> None:
    declared = {row["unit"] for row in rows("unit.csv")}
    assert {row["printed_unit"] for row in rows("slot.csv")} - declared - {""} == set()


def test_counters_are_one_unit_and_only_words_for_powers_scale() -> None:
    assert {row["unit"]: row["scale"] for row in rows("unit.csv") if row["scale"] != "1"} == {
        "万": "10000",
        "亿": "100000000",
    }


def test_every_form_of_a_slot_is_declared_with_its_names() -> None:
    named = {row["form"] for row in rows("form.csv") if row["name_zh"] and row["name_en"]}
    assert {row["form"] for row in rows("slot.csv")} - named == set()


def test_amounts_are_the_slots_of_money() -> None:
    amounts = {row["column_id"] if row["table_id"] == "disclosure" else row["line_id"]
               for row in rows("slot.csv") if row["measure"] == "amount"}  # fmt: skip
    assert amounts == {"collected_amount", "amount", "request_fees_collected", "oi_special_budget"}


def test_only_changes_may_be_negative() -> None:
    assert {row["column_id"] for row in rows("slot.csv") if row["measure"] == "signed"} == {"items_net_change"}
