"""All smallest sets of cells whose change makes every rule of a component hold. No evidence and no ranking here.

One and two cells are found exactly over the integers, by intersecting the intervals that the rules leave; larger sets
by mixed-integer programming (HiGHS), a set a solve, each cut off before the next; every set found is verified with
exact integers.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]

from expectations.localise.system import Bound, Component, Constraint


@dataclass(frozen=True)
class Span:
    """The values a cell may take, scaled; one value where low == high, None where a side is open."""

    low: Bound
    high: Bound

    def meet(self, other: Span) -> Span:
        """What both allow."""
        lows = [bound for bound in (self.low, other.low) if bound is not None]
        highs = [bound for bound in (self.high, other.high) if bound is not None]
        return Span(max(lows, default=None), min(highs, default=None))

    @property
    def is_empty(self) -> bool:
        """Whether no integer is allowed."""
        return self.low is not None and self.high is not None and self.low > self.high


@dataclass(frozen=True)
class Found:
    """The smallest sets, each slot -> allowed values; `capped` and `timed_out` say that there may be more."""

    sets: tuple[dict[str, Span], ...]
    capped: bool = False
    timed_out: bool = False


def few_cells(component: Component, most: int) -> Found:
    """All sets of one cell that cure `component`, or else of two; values never become negative unless they were."""
    for found in (_singles(component), _pairs(component)):
        sets = tuple(found)
        if sets:
            return Found(sets[:most], capped=len(sets) > most)
    return Found(())


def many_cells(component: Component, most: int, largest: int, seconds: float) -> Found:
    """All smallest sets of three cells and more, up to `largest` cells and within `seconds`."""
    return _by_programming(component, most, largest, time.monotonic() + seconds)


def allowed(component: Component, slot: str) -> Span:
    """The values of one cell under which every rule over it holds, all other cells as printed."""
    span = Span(min(0, component.values[slot]), None)
    for rule in component.constraints:
        if slot in rule.terms:
            rest = rule.gap(component.values) - rule.terms[slot] * component.values[slot]
            span = span.meet(_solved(rule, rule.terms[slot], rest))
    return span


def _solved(rule: Constraint, coefficient: int, rest: int) -> Span:
    """The x for which low <= coefficient * x + rest <= high."""
    low = None if rule.low is None else rule.low - rest
    high = None if rule.high is None else rule.high - rest
    if coefficient < 0:
        low, high = (None if high is None else -high), (None if low is None else -low)
    size = abs(coefficient)
    return Span(None if low is None else -(-low // size), None if high is None else high // size)


def _covering(failing: Sequence[Constraint]) -> set[str]:
    return set.intersection(*(set(rule.terms) for rule in failing))


def _singles(component: Component) -> Iterator[dict[str, Span]]:
    for slot in sorted(_covering(component.failing())):
        span = allowed(component, slot)
        if not span.is_empty:
            yield {slot: span}


def _pairs(component: Component) -> Iterator[dict[str, Span]]:
    failing = component.failing()
    seen: set[frozenset[str]] = set()
    for first in sorted(min(failing, key=lambda rule: len(rule.terms)).terms):
        left = [rule for rule in failing if first not in rule.terms]
        for second in sorted(_covering(left) if left else component.values):
            pair = frozenset((first, second))
            if len(pair) == 2 and pair not in seen:
                seen.add(pair)
                spans = _pair_spans(component, first, second)
                if spans:
                    yield spans


def _pair_spans(component: Component, first: str, second: str) -> dict[str, Span] | None:
    """The values of two cells that cure everything, or None; rules over both tie one to the other."""
    values = component.values
    spans = {slot: Span(min(0, values[slot]), None) for slot in (first, second)}
    both: list[tuple[Constraint, int]] = []
    for rule in component.constraints:
        inside = [slot for slot in (first, second) if slot in rule.terms]
        rest = rule.gap(values) - sum(rule.terms[slot] * values[slot] for slot in inside) if inside else 0
        if len(inside) == 1:
            spans[inside[0]] = spans[inside[0]].meet(_solved(rule, rule.terms[inside[0]], rest))
        elif inside:
            both.append((rule, rest))
    if any(span.is_empty for span in spans.values()):
        return None
    return _tied(spans, first, second, both)


def _tied(
    spans: dict[str, Span], first: str, second: str, both: Iterable[tuple[Constraint, int]]
) -> dict[str, Span] | None:
    """Narrow two spans by the rules over both until nothing changes; None where nothing is left."""
    rules = list(both)
    for _ in range(4):
        before = dict(spans)
        for rule, rest in rules:
            for slot, other in ((first, second), (second, first)):
                spans[slot] = spans[slot].meet(_through(rule, rest, slot, other, spans[other]))
        if any(span.is_empty for span in spans.values()):
            return None
        if spans == before:
            break
    low = spans[first].low
    for value in {low, spans[first].high} - {None}:
        rest_span = spans[second]
        for rule, rest in rules:
            rest_span = rest_span.meet(_solved(rule, rule.terms[second], rest + rule.terms[first] * (value or 0)))
        if not rest_span.is_empty:
            return spans
    return None


def _through(rule: Constraint, rest: int, slot: str, other: str, span: Span) -> Span:
    """The values of `slot` for which some value of `other` within `span` satisfies the rule."""
    coefficient = rule.terms[other]
    ends = [None if end is None else coefficient * end for end in (span.low, span.high)]
    least, most = ends if coefficient > 0 else ends[::-1]
    low = None if rule.low is None or most is None else rule.low - most
    high = None if rule.high is None or least is None else rule.high - least
    return _solved(Constraint(rule.name, rule.terms, low, high), rule.terms[slot], rest)


def _by_programming(component: Component, most: int, largest: int, until: float) -> Found:
    """Sets of three cells and more: minimise the number of changed cells, cut each set off, until a set is larger."""
    slots = list(component.values)
    sets: list[dict[str, Span]] = []
    cuts: list[list[int]] = []
    size = largest
    doubtful = False  # a solution in floating point that is none in integers: the list may be short of a set
    while True:
        left = until - time.monotonic()
        if left <= 0:
            return Found(tuple(sets), timed_out=True)
        result = milp(**_program(component, slots, cuts, size), options={"time_limit": left})
        if result.status == 1:
            return Found(tuple(sets), timed_out=True)
        if result.x is None:
            return Found(tuple(sets), capped=doubtful)
        chosen = [n for n in range(len(slots)) if result.x[len(slots) + n] > 0.5]
        cuts.append(chosen)
        size = min(size, len(chosen))
        changed = {slots[n]: round(result.x[n]) for n in chosen}
        if component.failing({**component.values, **changed}):
            doubtful = True
            continue
        if len(sets) == most:
            return Found(tuple(sets), capped=True)
        sets.append(_determined(component, changed))


def _determined(component: Component, changed: dict[str, int]) -> dict[str, Span]:
    """The values of a set: those that its equations leave no choice about, open spans for the others."""
    equations = [rule for rule in component.constraints if rule.low is not None and rule.low == rule.high]
    matrix = np.array([[rule.terms.get(slot, 0) for slot in changed] for rule in equations] or [[0] * len(changed)])
    rank = np.linalg.matrix_rank(matrix)
    unit = np.eye(len(changed), dtype=int)
    return {
        slot: Span(value, value) if np.linalg.matrix_rank(np.vstack([matrix, unit[n]])) == rank else Span(None, None)
        for n, (slot, value) in enumerate(changed.items())
    }


def _program(component: Component, slots: list[str], cuts: list[list[int]], size: int) -> dict[str, object]:
    """Variables: every cell's value, then whether it changes. A changed cell may reach twice the largest sum."""
    count = len(slots)
    place = {slot: n for n, slot in enumerate(slots)}
    values = np.array([component.values[slot] for slot in slots], dtype=float)
    reach = 2 * sum(abs(value) for value in component.values.values()) + 1
    rows, low, high = [], [], []

    def add(cells: dict[int, float], least: float, greatest: float) -> None:
        row = np.zeros(2 * count)
        for n, coefficient in cells.items():
            row[n] = coefficient
        rows.append(row)
        low.append(least)
        high.append(greatest)

    for rule in component.constraints:
        add(
            {place[slot]: float(coefficient) for slot, coefficient in rule.terms.items()},
            -np.inf if rule.low is None else rule.low,
            np.inf if rule.high is None else rule.high,
        )
    for n in range(count):
        add({n: 1.0, count + n: -float(reach)}, -np.inf, values[n])
        add({n: 1.0, count + n: float(values[n] - min(0.0, values[n]))}, values[n], np.inf)
    for cut in cuts:
        add({count + n: 1.0 for n in cut}, -np.inf, len(cut) - 1)
    add({count + n: 1.0 for n in range(count)}, 0, size)
    return {
        "c": np.concatenate([np.zeros(count), np.ones(count)]),
        "integrality": np.ones(2 * count),
        "bounds": Bounds(
            np.concatenate([np.minimum(values, 0), np.zeros(count)]),
            np.concatenate([np.full(count, float(reach) + values.max(initial=0)), np.ones(count)]),
        ),
        "constraints": LinearConstraint(np.array(rows), low, high),
    }
