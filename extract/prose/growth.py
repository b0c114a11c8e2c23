"""Percentages that say by how much a figure of the text grew since the year before (收到申请45件,同比增长12.5%).

Belongs here: which figure a growth is told of, and its sign. Does not belong here: whether it is true, which needs the
report of the year before (`dbt_project/`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from extract.prose.lexicon import Line
from extract.prose.state import Found

_TABLE: Final = Path(__file__).with_name("growth.csv")


def find_growth(line: Line, found: Sequence[Found], year: int | None) -> None:
    """Turn each percentage that tells the growth of the figure just before it into that; falls are negative.

    `year` is the report's own: growth since a named year counts only where that is the year before.
    """
    for figure in found:
        if not figure.is_share or figure.share_part is not None:
            continue
        base = next((other for other in reversed(found) if other.index < figure.index and not other.is_share), None)
        if base is None or base.quantity is None or base.is_foreign or base.by_negation or base.scope:
            continue
        told = _pattern().fullmatch(line.text, base.end, line.figures[figure.index].start)
        if told is None or (told["year"] and (year is None or int(told["year"]) != year - 1)):
            continue
        figure.is_growth, figure.is_foreign, figure.share_part = True, False, base
        figure.start, figure.subject = told.start("since"), told["since"]
        if told["fall"]:
            figure.value = -figure.value


@cache
def _pattern() -> re.Pattern[str]:
    with open(_TABLE, encoding="utf8", newline="") as lines:
        words = {row["role"]: row["words"] for row in csv.DictReader(lines)}
    filler = f"(?:{words['filler']})*"
    since = rf"(?P<since>{_longest_first(words['since'])}|[较比](?P<year>(?:19|20)\d\d)年)"
    change = rf"(?:{_longest_first(words['rise'])}|(?P<fall>{_longest_first(words['fall'])}))"
    return re.compile(rf"[,(、]?{since},?{filler}{change}{filler}")


def _longest_first(words: str) -> str:
    return "|".join(sorted(words.split("|"), key=len, reverse=True))
