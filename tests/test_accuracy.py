"""Every format in every layout once: no cell of a generated report is misread or lost, and what the page tells is read."""

from __future__ import annotations

import shutil
from decimal import Decimal
from functools import cache
from typing import Any

import accuracy
import pytest
from generator import ABSENT, OPEN, UNDETERMINED, Expected
from generator.files import FORMATS
from reading_back import compare

KINDS = ("text", *FORMATS, "doc")
SEED = 1


@cache
def reads(kind: str) -> tuple[accuracy.Read, ...]:
    """The documents of a format, one of each layout and variant, as they were read."""
    if kind == "doc" and not shutil.which("soffice"):
        pytest.skip("LibreOffice (soffice) is not installed: no .doc file can be made")
    order = [each for each in accuracy.one_of_each() if each.format == kind]
    return tuple(map(accuracy.read_case, accuracy.cases(order, SEED)))


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_is_wrong_or_lost_without_a_word(kind: str) -> None:
    assert [failure for read in reads(kind) for failure in read.failures] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_that_the_page_tells_is_read(kind: str) -> None:
    assert [cell for read in reads(kind) for cell in read.not_read] == []


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_much_to_read(kind: str) -> None:
    """Guards the tests above against documents without truth."""
    assert len(reads(kind)) >= 12
    assert sum(read.cells["determined"] for read in reads(kind)) >= 500


def test_the_combinations_are_of_every_form_format_layout_and_variant() -> None:
    every = accuracy.combinations()
    assert len(every) == len(set(every)) >= 1700
    assert {each.form for each in every} == set(accuracy.FORMS)
    assert {each.format for each in every} == set(KINDS)
    assert {each.writer for each in every if each.format == "text"} == set(accuracy.WRITERS)
    assert sorted(map(str, accuracy.chosen(len(every), 0))) == sorted(map(str, every))


def test_a_document_is_the_same_whenever_it_is_made() -> None:
    combination = accuracy.Combination("national-2021", "html_word", "plain")
    assert accuracy.case_of(combination, 3, 5) == accuracy.case_of(combination, 3, 5)


# The measure itself, on cells typed by hand.

SLOT = "national-2021/disclosure/admin_rules/issued"


def printed(value: int | None = 3, status: str = "reported", **other: Any) -> Expected:
    return Expected(SLOT, None if value is None else Decimal(value), status, str(value), "件", **other)


def cell(value: int | None = 3, status: str = "reported", slot: str = SLOT, **other: Any) -> dict[str, Any]:
    number = None if value is None else Decimal(value)
    row = {"slot_id": slot, "part": None, "value": number, "value_status": status, "is_inferred": False}
    return {**row, **other}


def outcomes(expected: list[Expected], cells: list[dict[str, Any]], reasons: tuple[str, ...] = ()) -> dict[str, int]:
    rejects = [{"reason": reason} for reason in reasons]
    counts, _ = compare(expected, cells, rejects, any_report=bool(cells))
    return {name: count for name, count in counts.items() if count and name in accuracy.OUTCOMES}


@pytest.mark.parametrize(
    ("expected", "read", "result"),
    [
        (printed(), [cell()], {"right": 1}),
        (printed(), [cell(is_inferred=True)], {"inferred": 1}),
        (printed(), [cell(4)], {"wrong": 1}),
        (printed(0, "explicit_zero"), [cell(None, "blank")], {"wrong": 1}),
        (printed(None, "blank"), [cell(None, "not_applicable")], {"wrong": 1}),
        (printed(), [cell(None, "unreadable")], {"unreadable": 1}),
        (printed(), [cell(part="区政府")], {"missing": 1, "extra": 1}),
        (printed(), [cell(), cell()], {"right": 1, "extra": 1}),
        (printed(), [cell(), cell(slot="")], {"right": 1}),
        (printed(certainty=UNDETERMINED), [cell(is_inferred=True)], {"inferred": 1}),
        (printed(certainty=UNDETERMINED), [cell()], {"unmarked": 1}),
        (printed(certainty=UNDETERMINED), [cell(None, "blank")], {"wrong": 1}),
        (printed(certainty=OPEN), [cell()], {"right": 1}),
        (printed(certainty=ABSENT), [cell(None, "blank")], {"wrong": 1}),
        (printed(certainty=ABSENT), [cell(slot="")], {}),
    ],
)
def test_a_cell_is_counted_as_what_became_of_it(
    expected: Expected, read: list[dict[str, Any]], result: dict[str, int]
) -> None:
    assert outcomes([expected], read) == result


def test_a_lost_cell_is_told_only_by_a_refusal_or_by_its_own_table() -> None:
    assert outcomes([printed()], []) == {"missing": 1}
    assert outcomes([printed()], [], ("no organ was found",)) == {"unreadable": 1}
    other = cell(slot="national-2021/disputes/cases/reconsideration.total")
    gap = "disclosure table of national-2021: 4 of 10 cells read"
    assert outcomes([printed()], [other], (gap,)) == {"unreadable": 1, "extra": 1}
    assert outcomes([printed()], [other], ("requests table of national-2021: 4 of 175 cells read",)) == {
        "missing": 1,
        "extra": 1,
    }
