"""Compares what was read of a generated report with what was printed, cell by cell. Knows no layout and no format."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from generator import ABSENT, DETERMINED, UNDETERMINED, Expected
from generator.prose import Claim

Row = dict[str, Any]

OUTCOMES = ("right", "inferred", "unreadable", "missing", "wrong", "unmarked", "extra")
"""right: as printed; inferred: right and marked so; unreadable: said so; missing: no word of it; wrong: another value or status;

unmarked: right where the page does not tell it, but not marked as inferred; extra: a cell that was not printed."""


def is_told(expected: Expected, rejects: Sequence[Row], *, any_report: bool) -> bool:
    """Whether a person learns that a cell was not read: the document was refused, or its table is said to have gaps."""
    form, table = expected.slot_id.split("/")[:2]
    gap = f"{table} table of {form}"
    return any(not any_report or gap in row["reason"] for row in rejects)


def outcome(expected: Expected, read: Row | None, *, told: bool) -> str | None:
    """Which of OUTCOMES a printed cell had; None where the page prints nothing of it and nothing was read."""
    if read is None:
        if expected.certainty == ABSENT:
            return None
        return "unreadable" if told else "missing"
    if read["value_status"] == "unreadable":
        return None if expected.certainty == ABSENT else "unreadable"
    if (read["value"], read["value_status"]) != (expected.value, expected.value_status):
        return "wrong"
    if read["is_inferred"]:
        return "inferred"
    return "unmarked" if expected.certainty == UNDETERMINED else "right"


def compare_claims(expected: Sequence[Claim], claims: Iterable[Row]) -> tuple[Counter[str], list[Row]]:
    """Counts of claims expected, right, missing and wrong (read under an indicator, but not stated); and the wrong ones."""
    left = list(expected)
    wrong = []
    for claim in claims:
        if not claim["indicator_id"]:
            continue
        same = next((truth for truth in left if all(claim[name] == getattr(truth, name) for name in _SAME)), None)
        if same:
            left.remove(same)
        else:
            wrong.append(claim)
    right = len(expected) - len(left)
    return Counter(expected=len(expected), right=right, missing=len(left), wrong=len(wrong)), wrong


_SAME = ("indicator_id", "applicant_type", "outcome", "route", "value", "qualifier", "by_negation", "is_implied")


def compare(
    expected: Sequence[Expected], cells: Iterable[Row], rejects: Sequence[Row], *, any_report: bool
) -> tuple[Counter[str], list[tuple[str, Expected | None, Row | None]]]:
    """Counts of outcomes, of cells expected and of those that the page determines; and every cell that is not right.

    `cells` and `rejects` are staged rows of the document; `any_report`: a report was found in it.
    """
    read: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for cell in cells:
        if cell["slot_id"]:
            read[cell["slot_id"], cell["part"]].append(cell)
    counts: Counter[str] = Counter()
    bad: list[tuple[str, Expected | None, Row | None]] = []
    for truth in expected:
        found = read.pop(truth.key, [])
        got = found.pop(0) if found else None
        result = outcome(truth, got, told=is_told(truth, rejects, any_report=any_report))
        if found:
            read[truth.key] = found
        if result is None:
            continue
        counts["expected"] += 1
        determined = truth.certainty == DETERMINED
        counts["determined"] += determined
        counts[result] += 1
        if determined and result == "unreadable":
            counts["not read"] += 1
        if result not in ("right", "inferred") and (determined or result != "unreadable"):
            bad.append((result, truth, got))
    for cell in (cell for found in read.values() for cell in found if cell["value_status"] != "unreadable"):
        counts["extra"] += 1
        bad.append(("extra", None, cell))
    return counts, bad
