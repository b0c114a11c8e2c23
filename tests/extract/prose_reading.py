"""A short way to read prose without a document around it, and to set what was read against a truth. Expects nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from extract.prose.claims import Claim, ReportContext, read_claims
from extract.prose.passages import Prose
from extract.report.years import arabic_years
from extract.stage import read_documents
from extract.table.printed_forms import lines_of
from extract.text.masked import MaskedText
from extract.text.script import plain_text

Row = dict[str, Any]
A = TypeVar("A")
B = TypeVar("B")
_FURTHER = Path(__file__).with_name("prose_further.jsonl")
_LISTED = (
    "char_start", "quantity_id", "value", "unit", "quote", "part_of", "partition", "share_part", "share_whole",
    "qualifier", "by_negation", "scope",
)  # fmt: skip
DIMENSIONS = ("indicator_id", "applicant_type", "outcome", "route")


def read_prose(text: str, year: int | None = 2022, form: str = "prose", organ: str = "青田县人民政府") -> list[Claim]:
    """The claims of a text that is one report without tables, in a report of this year and form."""
    lines = arabic_years(plain_text(text)).split("\n")
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    starts[-1] = len(text)
    return read_claims(
        Prose(MaskedText(text).tokens(), lines, 0, starts, ()), text, ReportContext(year, lines_of(form), organ)
    )


def staged_claims(name: str, content: bytes) -> tuple[list[Row], list[Row]]:
    """Reports and claims of one document, as they are staged."""
    tables = read_documents([(name, content)])
    return tables["report"].to_pylist(), tables["claim"].to_pylist()


def match(read: Sequence[A], truth: Sequence[B], same: Callable[[A, B], bool]) -> tuple[list[A], list[B]]:
    """What was read beyond the truth and what of the truth was missed; each is the counterpart of one other at most."""
    beyond, missed = [], list(truth)
    for claim in read:
        counterpart = next((label for label in missed if same(claim, label)), None)
        if counterpart is None:
            beyond.append(claim)
        else:
            missed.remove(counterpart)
    return beyond, missed


def reviewed(name: str) -> list[Row]:
    """What is committed of a document in the list of further claims, without the reviewer's reasons."""
    rows = [json.loads(line) for line in _FURTHER.read_text("utf8").splitlines()]
    return [{key: row[key] for key in _LISTED} for row in rows if row["file"] == name]


def further_of(beyond: Sequence[Row], claims: Sequence[Row]) -> list[Row]:
    """Claims as the committed list tells them: other claims by their quotes."""
    quotes = {claim["claim_id"]: claim["quote"] for claim in claims}
    quotes[None] = None
    rows = []
    for claim in beyond:
        others = {name: quotes[claim[name]] for name in ("part_of", "share_part", "share_whole")}
        rows.append({key: {**claim, "value": _plain(claim["value"]), **others}[key] for key in _LISTED})
    return rows


def _plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def is_at(claim: Row, words: str, text: str) -> bool:
    """Whether a staged claim's quote overlaps the words, where ever they stand in the text."""
    return any(claim["char_start"] < end and begin < claim["char_end"] for begin, end in spans(words, text))


def spans(words: str, text: str) -> list[tuple[int, int]]:
    """Where the words stand in a text."""
    return [(found.start(), found.end()) for found in re.finditer(re.escape(words), text)]
