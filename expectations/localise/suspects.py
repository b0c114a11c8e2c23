"""The suspects of one part of a held report: the smallest sets, ranked by evidence, with ties said.

What is possible is search.py, what speaks for it evidence.py; how it is staged is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from expectations.localise import evidence, search, shifts, system
from expectations.localise.evidence import Witnesses


@dataclass(frozen=True)
class Suspect:
    """One cell of a set: what is printed, what the rules imply (None where they leave an interval) and why.

    Of cells that were moved in reading both may be None: a blank.
    """

    slot_id: str
    printed: Decimal | None
    implied: Decimal | None
    low: Decimal | None
    high: Decimal | None
    edit: str
    source: str | None


@dataclass(frozen=True)
class Explanation:
    """One smallest set, or one move of cells (kind `shift`). `group` counts what has to be explained separately."""

    group: int
    kind: str
    rank: int
    cells: tuple[Suspect, ...]
    score: int
    is_unique: bool
    is_tied: bool
    is_capped: bool


@dataclass(frozen=True)
class Localisation:
    """The explanations of one part, best first within each group, and the groups that were not searched to the end:
    those that ran out of time, and those that no change of as few cells as are looked for explains."""

    explanations: tuple[Explanation, ...]
    timed_out: tuple[int, ...]
    unexplained: tuple[int, ...]


def localise(form: str, printed: Mapping[str, Decimal | None], witnesses: Witnesses | None = None) -> Localisation:
    """Explain every failing gating rule of one part of a report of `form` (slot_id -> value, None where unknown)."""
    explanations: list[Explanation] = []
    timed_out: list[int] = []
    unexplained: list[int] = []
    for group, component in enumerate(system.components(form, printed), 1):
        most, largest = int(evidence.limit("sets")), int(evidence.limit("cells"))
        found = search.few_cells(component, most)
        moves: list[tuple[int, tuple[Suspect, ...]]] = []
        if not any(len(spans) == 1 for spans in found.sets):
            # One wrong cell explains more simply than a move of several, a move more simply than three wrong cells.
            moves = [_moved(printed, shift) for shift in shifts.shifts(form, printed, component, most)]
        if not found.sets and not moves:
            found = search.many_cells(component, most, largest, evidence.limit("seconds"))
        explanations += _ranked(group, component, found, moves, witnesses or {})
        if found.timed_out:
            timed_out.append(group)
        elif not found.sets and not moves:
            unexplained.append(group)
    return Localisation(tuple(explanations), tuple(timed_out), tuple(unexplained))


def _moved(printed: Mapping[str, Decimal | None], shift: shifts.Shift) -> tuple[int, tuple[Suspect, ...]]:
    cells = tuple(
        Suspect(slot, printed[slot], value, value, value, "left_out" if slot == shift.left_out else "shifted", None)
        for slot, value in shift.moved.items()
    )
    return sum(int(evidence.edits()[cell.edit]["weight"]) for cell in cells), cells


def _ranked(
    group: int,
    component: system.Component,
    found: search.Found,
    moves: list[tuple[int, tuple[Suspect, ...]]],
    witnesses: Witnesses,
) -> list[Explanation]:
    scored = []
    for spans in found.sets:
        cells, total = [], 0
        for slot, span in sorted(spans.items()):
            cell, weight = _suspect(component, slot, span, witnesses)
            cells.append(cell)
            total += weight
        scored.append((total, "value", tuple(cells)))
    scored += [(total, "shift", cells) for total, cells in moves]
    scored.sort(key=lambda row: (row[1], -row[0], [cell.slot_id for cell in row[2]]))
    scores = [(kind, total) for total, kind, _ in scored]
    complete = not (found.capped or found.timed_out)
    return [
        Explanation(
            group,
            kind,
            scores.index((kind, total)) + 1,
            cells,
            total,
            is_unique=complete and len(scored) == 1,
            is_tied=scores.count((kind, total)) > 1,
            is_capped=found.capped and kind == "value",
        )
        for total, kind, cells in scored
    ]


def _suspect(component: system.Component, slot: str, span: search.Span, witnesses: Witnesses) -> tuple[Suspect, int]:
    printed = Decimal(component.values[slot]) / component.scale
    low, high = (None if end is None else Decimal(end) / component.scale for end in (span.low, span.high))
    implied = low if low == high else None
    if implied is None:
        stated = [
            value
            for value in witnesses.get(slot, {})
            if (low is None or value >= low) and (high is None or value <= high)
        ]
        implied = stated[0] if len(stated) == 1 else None
    edit, source, weight = evidence.score(slot, printed, implied, witnesses)
    return Suspect(slot, printed, implied, low, high, edit, source), weight
