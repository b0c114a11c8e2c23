"""How well one implied value explains a printed one: slips of digits, and what other sources state. No search here."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Final

from expectations import rules

TABLES: Final = "localise/"

Witnesses = Mapping[str, Mapping[Decimal, str]]
"""slot_id -> value stated elsewhere -> its source (evidence_source.csv)."""


@cache
def edits() -> dict[str, rules.Row]:
    """Kinds of slip by name, as digit_edit.csv declares them."""
    return {row["edit"]: row for row in rules.declared(TABLES + "digit_edit.csv")}


@cache
def sources() -> dict[str, rules.Row]:
    """Sources of evidence by name, as evidence_source.csv declares them."""
    return {row["source"]: row for row in rules.declared(TABLES + "evidence_source.csv")}


def limit(name: str) -> float:
    """A declared limit of the search. Raises KeyError where limit.csv has no such row."""
    return {row["limit"]: float(row["value"]) for row in rules.declared(TABLES + "limit.csv")}[name]


def edit_kind(printed: Decimal, implied: Decimal) -> str:
    """The slip that turns `implied` into `printed`, the heaviest where several do; `none` where none does."""
    if printed == -implied:
        return "sign"
    if printed and implied and _is_power_of_ten(abs(printed / implied)) and min(printed, implied) % 1:
        return "point"
    shown, meant = f"{abs(printed.normalize()):f}", f"{abs(implied.normalize()):f}"
    if len(shown) == len(meant):
        return _same_length(shown, meant)
    if shown in {meant[:n] + meant[n + 1 :] for n in range(len(meant))}:
        return "lost"
    if meant in {shown[:n] + shown[n + 1 :] for n in range(len(shown))}:
        return "doubled" if shown in {meant[:n] + meant[n : n + 1] + meant[n:] for n in range(len(meant))} else "added"
    return "none"


def score(slot: str, printed: Decimal, implied: Decimal | None, witnesses: Witnesses) -> tuple[str, str | None, int]:
    """Kind of slip, the source that states the implied value, and both weights together; nothing for an open value."""
    if implied is None:
        return "none", None, 0
    edit = edit_kind(printed, implied)
    source = witnesses.get(slot, {}).get(implied)
    return edit, source, int(edits()[edit]["weight"]) + (int(sources()[source]["weight"]) if source else 0)


def _same_length(shown: str, meant: str) -> str:
    apart = [n for n, (one, other) in enumerate(zip(shown, meant, strict=True)) if one != other]
    if len(apart) == 1:
        return "replaced"
    if len(apart) == 2 and apart[1] == apart[0] + 1 and shown[apart[0]] == meant[apart[1]]:
        return "transposed" if shown[apart[1]] == meant[apart[0]] else "none"
    return "none"


def _is_power_of_ten(ratio: Decimal) -> bool:
    return ratio != 1 and ratio.normalize().as_tuple().digits == (1,)
