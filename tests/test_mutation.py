"""Change any one figure that a gating equality covers, print the report, read it back: a gating rule fails, every time.

The rules are asked only for the names of the cells they cover; reports and figures come from the generator.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from functools import cache
from hashlib import sha256
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from generator import FORMS, Report, Style, mutate, random_report, render
from generator.forms import slot_ids

from expectations import rules
from expectations.evaluate import evaluate
from extract.stage import read_documents

NATIONAL = ("national-2021", "national-2019")
SCALES = ("zero", "medium", "large")


@cache
def protected(form: str) -> tuple[str, ...]:
    """The slots of a form that some gating equality adds up."""
    gates = {rule["identity_id"] for rule in rules.identities() if rule["gates"] == "1" and rule["operator"] == "="}
    terms = rules.expand_terms().to_pylist()
    return tuple(sorted({t["slot_id"] for t in terms if t["form"] == form and t["identity_id"] in gates}))


def mutants(report: Report, slot: str) -> Iterable[Report]:
    """The report with one figure one more, one less, a digit longer, a digit shorter."""
    value = report.values[slot]
    assert value is not None
    others = {value + 1, value * 10, value - 1 if value else value, value // 10}
    return [mutate(report, slot, other) for other in sorted(others - {value})]


def printed(report: Report) -> bytes:
    """The report's page."""
    return render(report, "pipe_rows", Style(prose=False)).text.encode()


def verdicts(pages: Collection[bytes]) -> dict[bytes, dict[str, Any]]:
    """What the gate says of each page; every page is one report."""
    tables = read_documents([(f"{number}.txt", page) for number, page in enumerate(pages)])
    judged = evaluate(tables["report"], tables["cell"], tables["claim"]).verdict.to_pylist()
    of_report = {row["report_id"]: row["document_id"] for row in tables["report"].to_pylist()}
    found = {of_report[row["report_id"]]: row for row in judged}
    assert len(found) == len(pages)
    return {page: found[sha256(page).hexdigest()] for page in pages}


def test_all_cells_of_requests_and_disputes_are_covered_and_sums_of_the_other_forms() -> None:
    for form in FORMS:
        if form in NATIONAL:
            assert set(protected(form)) == {slot for slot in slot_ids(form) if "/disclosure/" not in slot}
        else:
            assert len(protected(form)) >= 12


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("form", FORMS)
def test_every_change_of_a_covered_figure_is_caught(form: str, scale: str) -> None:
    report = random_report(Random(f"{form}/{scale}"), form, scale=scale)
    changed = {
        printed(mutant): (slot, mutant.values[slot]) for slot in protected(form) for mutant in mutants(report, slot)
    }
    found = verdicts(changed)
    missed = [changed[page] for page, row in found.items() if row["verdict"] != "held" or row["gating_failed"] < 1]
    print(f"mutation score {len(found) - len(missed)} of {len(found)}")
    assert missed == []
    assert len(found) >= len(protected(form))


@pytest.mark.parametrize("form", FORMS)
def test_the_reports_themselves_pass(form: str) -> None:
    """Guards the score above against a gate that holds everything."""
    rows = verdicts([printed(random_report(Random(f"{form}/{scale}"), form, scale=scale)) for scale in SCALES]).values()
    assert [(row["verdict"], row["gating_failed"]) for row in rows] == [("verified", 0)] * len(SCALES)


@pytest.mark.parametrize("form", NATIONAL)
def test_two_neighbours_that_change_against_each_other_are_caught(form: str) -> None:
    """One figure less and the next one more: the column sums of the wide table still tell."""
    report = random_report(Random(f"{form}/pair"), form, scale="medium")
    slots = [slot for slot in slot_ids(form) if "/requests/" in slot]
    pairs = [
        mutate(
            mutate(report, first, (report.values[first] or Decimal(0)) + 1), second, (report.values[second] or 1) - 1
        )
        for first, second in pairwise(slots)
        if (report.values[second] or 0) > 0
    ]
    assert {row["verdict"] for row in verdicts(list(map(printed, pairs))).values()} == {"held"}
    assert len(pairs) > 5
