"""The generator's own tables of wording, and which of their rows suit a report. Draws nothing, prints nothing."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_FIRST_NEW_YEAR = 2019  # the amended Regulation took effect on 15 May 2019


@dataclass(frozen=True)
class Quantity:
    """What a figure counts: indicator and dimensions (None where it has none), and which range of size is usual."""

    indicator_id: str
    applicant_type: str | None
    outcome: str | None
    route: str | None
    size: str


@dataclass(frozen=True)
class Place:
    """An invented place, its level (市, 县 ...) and the character that marks its documents."""

    name: str
    level: str
    mark: str


@dataclass(frozen=True)
class Wording:
    """One template. `reason` is why its figures are traps; None where they are claims."""

    text: str
    context: str
    reason: str | None = None


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table in this folder."""
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def quantities() -> dict[str, Quantity]:
    """Quantities by their name in these tables."""
    return {
        row["quantity"]: Quantity(
            row["indicator_id"],
            row["applicant_type"] or None,
            row["outcome"] or None,
            row["route"] or None,
            row["size"],
        )
        for row in rows("quantity")
    }


@cache
def macros() -> dict[str, str]:
    """Named pieces of templates."""
    return {row["name"]: row["text"] for row in rows("macro")}


@cache
def places() -> tuple[Place, ...]:
    """The invented places."""
    return tuple(Place(row["place"], row["level"], row["mark"]) for row in rows("place"))


@cache
def _wordings() -> dict[tuple[str, str], list[Wording]]:
    table = defaultdict(list)
    for row in rows("wording"):
        table[row["role"], row["quantity"]].append(Wording(row["text"], row["context"]))
    for row in rows("trap"):
        table[row["role"], row["quantity"]].append(Wording(row["text"], "", row["reason"]))
    return table


def wordings(role: str, quantity: str, form: str, year: int) -> list[Wording]:
    """The templates of a role and quantity (for traps: kind of figure) that a report of this form and year would use."""
    return [wording for wording in _wordings().get((role, quantity), []) if suits(wording.context, form, year)]


def suits(context: str, form: str, year: int) -> bool:
    """Whether the words of a `context` column hold: forms, not-FORM, old (before the amended Regulation), new."""
    for word in context.split():
        if word in ("old", "new"):
            holds = (year >= _FIRST_NEW_YEAR) == (word == "new")
        elif word.startswith("not-"):
            holds = not form.endswith(word.removeprefix("not-"))
        else:
            holds = form == word
        if not holds:
            return False
    return True


def headings(group: str, form: str, year: int) -> list[str]:
    """Section headings under which a group of topics stands."""
    return [row["text"] for row in rows("heading") if row["group"] == group and suits(row["context"], form, year)]
