"""Whole reports in prose, in the words of many kinds of offices: everything each states under an indicator.

`prose_reports.txt` was typed by hand. Each entry begins with ``=== organ | year``; ``->`` lists what is read of it, in
reading order, as indicator[.outcome][.route][@applicant]=value; ``?>`` what it states beside that and nobody reads yet.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from extract.prose.claims import Claim
from extract.reader import read_document


class Told(NamedTuple):
    organ: str
    year: int
    text: str
    states: list[str]
    unread: list[str]


def entries() -> list[Told]:
    found = []
    text = Path(__file__).with_name("prose_reports.txt").read_text("utf8")
    for entry in re.split(r"^=== ", text, flags=re.M)[1:]:
        head, body = entry.split("\n", 1)
        organ, year = head.split(" | ")
        report, _, lists = body.partition("\n-> ")
        states, _, unread = lists.partition("\n?> ")
        found.append(Told(organ, int(year), report, states.split(), unread.split()))
    return found


def told(claim: Claim) -> str:
    outcome = f".{claim.outcome}" if claim.outcome else ""
    route = f".{claim.route}" if claim.route not in (None, "all") else ""
    applicant = f"@{claim.applicant_type}" if claim.applicant_type not in (None, "total") else ""
    return f"{claim.indicator_id}{outcome}{route}{applicant}={claim.value.normalize():f}"


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: f"{entry.organ}-{entry.year}")
def test_a_report_in_prose_states_these_figures_and_no_others(entry: Told) -> None:
    (report,) = read_document(entry.text.encode()).reports
    assert (report.organ_name, report.year) == (entry.organ, entry.year)
    assert [told(claim) for claim in report.claims if claim.indicator_id] == entry.states


def test_most_of_what_the_reports_state_is_read() -> None:
    read, unread = (sum(len(getattr(entry, name)) for entry in entries()) for name in ("states", "unread"))
    assert read > 400
    assert unread < read / 8
