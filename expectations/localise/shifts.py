"""Faults of reading: whether moving the cells of a row, or whole rows, by one place makes every failing rule hold, and
whether a cell lost or read twice has pushed its neighbours aside.

What is moved are cells as they were read; the smallest changes of values are search.py's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from expectations import rules
from expectations.localise import system

Printed = Mapping[str, Decimal | None]
_LEAST_MOVED = 2
"""A move of fewer numbers is a change of values."""
_LEAST_WITNESSES = 2
"""A number that was left out in reading has to be the same by this many sums: one sum alone always gives a number."""


@dataclass(frozen=True)
class Shift:
    """Cells that stand in each other's places: slot_id -> the value that belongs there, None for a blank."""

    moved: dict[str, Decimal | None]
    left_out: str | None = None
    """The slot whose number was not read, where one was not: the sums say what belongs there."""


def shifts(form: str, printed: Printed, component: system.Component, most: int) -> list[Shift]:
    """The smallest moves by one place that cure `component` and break nothing else, at most `most`.

    Every rule that failed has to be compared whole afterwards: a move that only hides a cell cures nothing.
    """
    names = {rule.name for rule in component.failing()}
    failing = [rule for rule in system.declared(form) if rule[0] in names]
    allowed = _failing(form, printed) - names
    found: list[Shift] = []
    seen: set[frozenset[tuple[str, Decimal | None]]] = set()
    for places in _runs(form, printed):
        slots = {slot for place in places for slot in place}
        if any(slots.isdisjoint(terms) for _, _, _, terms in failing):
            continue
        for shift in (*_turned(places, printed), *_pushed(form, places, printed)):
            key = frozenset(shift.moved.items())
            after = {**printed, **shift.moved}
            if key in seen or not all(_holds_whole(rule, after) for rule in failing):
                continue
            seen.add(key)
            if _failing(form, after) <= allowed:
                found.append(shift)
        if len(found) >= most:
            break
    least = min((len(shift.moved) for shift in found), default=0)
    return [shift for shift in found if len(shift.moved) == least][:most]


def _holds_whole(rule: system.Declared, values: Printed) -> bool:
    """Whether a rule holds with every cell of it known."""
    _, operator, tolerance, terms = rule
    gap = Decimal(0)
    for slot, coefficient in terms.items():
        value = values.get(slot)
        if value is None:
            return False
        gap += coefficient * value
    return gap <= tolerance and (operator != system.EQUAL or -gap <= tolerance)


def _failing(form: str, printed: Printed) -> set[tuple[str, str]]:
    return {rule.name for component in system.components(form, printed) for rule in component.failing()}


def _runs(form: str, printed: Printed) -> Iterator[list[list[str]]]:
    """Every run of neighbours of one row, and every run of whole rows, as the places that move together."""
    for table in _tables(form):
        lines = [[slot for slot in line if slot in printed] for line in table]
        for line in lines:
            for first in range(len(line)):
                for last in range(first + 1, len(line)):
                    yield [[slot] for slot in line[first : last + 1]]
        for first in range(len(lines)):
            for last in range(first + 1, len(lines)):
                block = lines[first : last + 1]
                if len({len(line) for line in block}) == 1 and len(block[0]) > 1:
                    yield block


def _turned(places: list[list[str]], printed: Printed) -> Iterator[Shift]:
    """What changes where each place takes a neighbour's contents, and the place at the end those of the other end."""
    for turned in (places[1:] + places[:1], places[-1:] + places[:-1]) if len(places) > 2 else (places[::-1],):
        moved = {
            slot: printed[source]
            for targets, sources in zip(places, turned, strict=True)
            for slot, source in zip(targets, sources, strict=True)
            if printed[slot] != printed[source]
        }
        if sum(value is not None for value in moved.values()) >= _LEAST_MOVED:
            yield Shift(moved)


def _pushed(form: str, places: list[list[str]], printed: Printed) -> Iterator[Shift]:
    """The moves back of cells of one row that a cell lost or read twice has pushed aside.

    What goes is a blank at the end that was not printed, or the second of two equal numbers; what comes in at the other
    end was left out in reading.
    """
    if len(places[0]) > 1:
        return
    line = [slot for (slot,) in places]
    for run in (line, line[::-1]):
        gone, left_out = run[0], run[-1]
        if printed[gone] is not None and printed[gone] != printed[run[1]]:
            continue
        after = {**printed, **{slot: printed[source] for slot, source in pairwise(run)}}
        after[left_out] = _agreed(form, after, left_out)
        moved = {slot: after[slot] for slot in line if after[slot] != printed[slot]}
        numbers = sum(value is not None for slot, value in moved.items() if slot != left_out)
        if after[left_out] is not None and left_out in moved and numbers >= _LEAST_MOVED:
            yield Shift(moved, left_out)


def _agreed(form: str, values: Printed, slot: str) -> Decimal | None:
    """The one count that every equality over `slot` asks for there, None where they differ or are too few."""
    asked = []
    for terms in _equalities(form).get(slot, ()):
        others = [(values.get(other), coefficient) for other, coefficient in terms.items() if other != slot]
        known = [value * coefficient for value, coefficient in others if value is not None]
        if len(known) == len(others):
            asked.append(0 - sum(known, Decimal(0)) / terms[slot])  # never -0
    if len(asked) < _LEAST_WITNESSES or len(set(asked)) > 1 or asked[0] < 0:
        return None
    return asked[0]


@cache
def _equalities(form: str) -> dict[str, list[dict[str, int]]]:
    """slot_id -> the signed terms of each gating equality over it."""
    found: dict[str, list[dict[str, int]]] = {}
    for _, operator, _, terms in system.declared(form):
        if operator == system.EQUAL:
            for slot in terms:
                found.setdefault(slot, []).append(terms)
    return found


@cache
def _tables(form: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The slots of a form: tables of lines of places, in printed order."""
    tables: dict[str, dict[str, list[str]]] = {}
    for slot in rules.slots():
        if slot["form"] == form:
            tables.setdefault(slot["table_id"], {}).setdefault(slot["line_id"], []).append(slot["slot_id"])
    return tuple(tuple(map(tuple, lines.values())) for lines in tables.values())
