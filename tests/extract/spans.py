"""Whether the cells of a document lie where they say: a check that every test of any text can make. Reads nothing itself."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import Any

NOTHING = frozenset(" \t\r\n\v\f|｜¦│┃\u00a0\u3000\ufeff\u200b") | set(map(chr, range(0x2000, 0x200E)))
"""Space and separators: all that a blank's span may hold."""


def faults(text: str, cells: list[dict[str, Any]]) -> list[str]:
    """What is wrong with the spans of one document's cells."""
    found = []
    by_report = defaultdict(list)
    for cell in cells:
        span = text[cell["char_start"] : cell["char_end"]]
        by_report[cell["report_id"]].append((cell["char_start"], cell["char_end"], cell))
        if not 0 <= cell["char_start"] <= cell["char_end"] <= len(text):
            found.append(f"{cell['cell_id']}: outside of the document")
        elif cell["value_status"] == "blank":
            if cell["raw_text"] or set(span) - NOTHING:
                found.append(f"{cell['cell_id']}: a blank over {span!r}")
        elif not cell["raw_text"] and cell["value_status"] != "unreadable":
            found.append(f"{cell['cell_id']}: a value of no characters")
        elif cell["raw_text"] != span:
            found.append(f"{cell['cell_id']}: {cell['raw_text']!r} over {span!r}")
    for spans in by_report.values():
        printed = sorted((s, e, c["cell_id"]) for s, e, c in spans if c["value_status"] not in ("blank", "unreadable"))
        found += [f"{two[2]}: over {one[2]}" for one, two in itertools.pairwise(printed) if two[0] < one[1]]
        blanks = [(s, e, c["cell_id"]) for s, e, c in spans if c["value_status"] == "blank"]
        found += [
            f"{blank[2]}: over {value[2]}"
            for blank in blanks
            for value in printed
            if blank[0] < value[1] and value[0] < blank[1]
        ]
    return found
