"""The limits within which a file is read: a declared table, each overridden by the environment (OGI_LIMIT_BYTES=...).

What exceeds one ends as a reject whose message names it. Nothing here measures a file.
"""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path
from typing import Final

from extract.formats.document import Undecodable

_TABLE: Final = Path(__file__).with_name("limit.csv")


@cache
def _declared() -> dict[str, tuple[int, str, str]]:
    with _TABLE.open(encoding="utf8", newline="") as handle:
        return {row["name"]: (int(row["most"]), row["unit"], row["what"]) for row in csv.DictReader(handle)}


@cache
def limit(name: str) -> int:
    """The limit of that name, from the environment or else limit.csv. Raises KeyError for a name that is not there."""
    return int(os.environ.get(f"OGI_LIMIT_{name.upper()}", _declared()[name][0]))


def check(name: str, measured: int) -> None:
    """Raise Undecodable naming the limit where `measured` is more than it allows."""
    if measured > limit(name):
        _, unit, what = _declared()[name]
        raise Undecodable(f"{measured} {unit} is more than the limit `{name}` of {limit(name)} {unit} for {what}")
