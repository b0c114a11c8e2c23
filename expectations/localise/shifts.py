"""Faults of reading: whether moving the cells of a row, or whole rows, by one place makes every failing rule hold.

What is moved are cells as they were read; the smallest changes of values are search.py's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from expectations import rules
from expectations.localise import system

Printed = Mapping[str, Decimal | None]
_LEAST_MOVED = 2
"""A move of fewer numbers is a change of values."""


@dataclass(frozen=True)
class Shift:
    """Cells that stand in each other's places: slot_id -> the value that belongs there, None for a blank."""

    moved: dict[str, Decimal | None]


def shifts(form: str, printed: Printed, component: system.Component, most: int) -> list[Shift]:
    """The moves by one place that cure `component` and break nothing else, at most `most`.

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
        for moved in _turned(places, printed):
            key = frozenset(moved.items())
            after = {**printed, **moved}
            if key in seen or not all(_holds_whole(rule, after) for rule in failing):
                continue
            seen.add(key)
            if _failing(form, after) <= allowed:
                found.append(Shift(moved))
        if len(found) >= most:
            break
    return found[:most]


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


def _turned(places: list[list[str]], printed: Printed) -> Iterator[dict[str, Decimal | None]]:
    """What changes where each place takes a neighbour's contents, and the place at the end those of the other end."""
    for turned in (places[1:] + places[:1], places[-1:] + places[:-1]) if len(places) > 2 else (places[::-1],):
        moved = {
            slot: printed[source]
            for targets, sources in zip(places, turned, strict=True)
            for slot, source in zip(targets, sources, strict=True)
            if printed[slot] != printed[source]
        }
        if sum(value is not None for value in moved.values()) >= _LEAST_MOVED:
            yield moved


@cache
def _tables(form: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The slots of a form: tables of lines of places, in printed order."""
    tables: dict[str, dict[str, list[str]]] = {}
    for slot in rules.slots():
        if slot["form"] == form:
            tables.setdefault(slot["table_id"], {}).setdefault(slot["line_id"], []).append(slot["slot_id"])
    return tuple(tuple(map(tuple, lines.values())) for lines in tables.values())
