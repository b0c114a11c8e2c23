"""Totals and their parts: what a part is, and how a list of parts is written. Knows no topic."""

from collections.abc import Sequence
from dataclasses import dataclass

from .draft import Draft

THIS_YEAR = "[$y年|$y年度][@we@|]"  # where another year was named just before
_OPENINGS = (",其中", ",其中:", ",包括", ",包括:", "。其中,", "。其中:", ";其中,", ":")


@dataclass(frozen=True)
class Part:
    """A part of a total: a quantity and its value."""

    quantity: str
    value: int


def split_up(draft: Draft, names: Sequence[str], total: int, most: int = 5, role: str = "item") -> list[Part]:
    """A few of the quantities that this report has words for, in their order, adding up to `total`."""
    known = [name for name in names if draft.has(role, name)]
    count = min(draft.rng.randint(2, most), len(known))
    chosen = draft.pick(known, count)
    return [Part(name, value) for name, value in zip(chosen, draft.split(total, count), strict=True)]


def enumerate_parts(draft: Draft, parts: Sequence[Part], opening: str | None = None, role: str = "item") -> None:
    """Append a list of parts with one separator, after an opening such as 其中."""
    opening = draft.rng.choice(_OPENINGS) if opening is None else opening
    mark = draft.rng.choice(("、", ",", ",", ";"))
    draft.say(opening)
    for place, part in enumerate(parts):
        if place:
            draft.say(mark)
        draft.state(part.quantity, part.value, role)


def by_name(draft: Draft, whole: str, total: int, names: Sequence[str], unit: str = "件") -> None:
    """Total, then its parts by 分别为."""
    count = draft.rng.randint(2, min(4, len(names)))
    chosen = sorted(draft.rng.sample(list(names), count), key=list(names).index)
    draft.state(whole, total)
    draft.say(draft.rng.choice((",其中", "。其中,", ";")))
    words = [draft.word("name", name) for name in chosen]
    draft.respectively(words, chosen, draft.split(total, count), unit)
