"""The gating rules of one form as integer constraints over its cells. No search and no evidence belong here.

A constraint reads low <= sum of coefficient x value <= high, every number an integer: values are multiplied by one
power of ten for the whole component. A blank is a count of which only "not negative" is known, so it opens one side of
its rule; filling it can therefore never cure a rule that fails, and no smallest set ever holds one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from expectations import rules

Values = Mapping[str, int]
Bound = int | None
"""None where a side is open."""
Declared = tuple[tuple[str, str], str, Decimal, dict[str, int]]
EQUAL: Final = "="
"""Rule and instance, operator, tolerance, slot -> coefficient."""


@dataclass(frozen=True)
class Constraint:
    """low <= sum(coefficient x value) <= high over known slots, in scaled integers."""

    name: tuple[str, str]
    terms: dict[str, int]
    low: Bound
    high: Bound

    def gap(self, values: Values) -> int:
        """The sum over `values`."""
        return sum(coefficient * values[slot] for slot, coefficient in self.terms.items())

    def holds(self, values: Values) -> bool:
        """Whether the sum lies within its bounds."""
        gap = self.gap(values)
        return (self.low is None or gap >= self.low) and (self.high is None or gap <= self.high)


@dataclass(frozen=True)
class Component:
    """Constraints that share cells, with the scaled values of those cells: what has to be explained together."""

    values: dict[str, int]
    constraints: tuple[Constraint, ...]
    scale: int = 1

    def failing(self, values: Values | None = None) -> list[Constraint]:
        """The constraints that do not hold, in declared order."""
        return [rule for rule in self.constraints if not rule.holds(self.values if values is None else values)]


def scale_of(printed: Iterable[Decimal]) -> int:
    """The power of ten that makes every printed value an integer."""
    places = [-int(value.normalize().as_tuple().exponent) for value in printed]
    return int(10 ** max([0, *places]))


def components(form: str, printed: Mapping[str, Decimal | None]) -> list[Component]:
    """The components of one part of a report in which a gating rule fails.

    `printed`: slot_id -> value; None (or a slot that is absent) for a cell whose value is not known.
    """
    known = {slot: value for slot, value in printed.items() if value is not None}
    groups: list[tuple[set[str], list[Declared]]] = []
    for row in declared(form):
        slots, members = {slot for slot in row[3] if slot in known}, [row]
        for group in [group for group in groups if group[0] & slots]:
            groups.remove(group)
            slots, members = slots | group[0], group[1] + members
        groups.append((slots, members))
    made = [_component({slot: known[slot] for slot in sorted(slots)}, members) for slots, members in groups]
    return [component for component in made if component.failing()]


def _component(known: Mapping[str, Decimal], rows: list[Declared]) -> Component:
    """One group of rules; scaled by itself, so that counts stay whole where another table prints amounts."""
    scale = scale_of(known.values())
    scaled = {slot: int(value * scale) for slot, value in known.items()}
    built = tuple(rule for row in rows if (rule := _constraint(row, scaled, scale)))
    return Component(scaled, built, scale)


@cache
def declared(form: str) -> tuple[Declared, ...]:
    """The gating rules of a form, with the slots they run over."""
    gates = {row["identity_id"]: row for row in rules.identities() if row["gates"] == "1"}
    made: dict[tuple[str, str], dict[str, int]] = {}
    for term in rules.expand_terms().to_pylist():
        if term["form"] == form and term["identity_id"] in gates:
            made.setdefault((term["identity_id"], term["instance_key"]), {})[term["slot_id"]] = term["coefficient"]
    return tuple(
        (name, gates[name[0]]["operator"], Decimal(gates[name[0]]["tolerance"]), terms) for name, terms in made.items()
    )


def _constraint(row: Declared, known: Values, scale: int) -> Constraint | None:
    """The rule over what is known, or None where nothing can be compared; as evaluate.sql compares."""
    name, operator, tolerance, terms = row
    here = {slot: coefficient for slot, coefficient in terms.items() if slot in known}
    if not any(c > 0 for c in here.values()) or not any(c < 0 for c in here.values()):
        return None
    blanks = [coefficient for slot, coefficient in terms.items() if slot not in known]
    slack = int(tolerance * scale)
    high = None if any(c < 0 for c in blanks) else slack
    low = None if operator != EQUAL or any(c > 0 for c in blanks) else -slack
    return None if low is None and high is None else Constraint(name, here, low, high)
