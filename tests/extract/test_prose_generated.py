"""Generated prose with truth: figures, subjects, negations, lists and traps combined, through the reader."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from generator.prose import Claim, Statement, paragraphs, report
from hypothesis import given, settings
from hypothesis import strategies as st
from prose_reading import DIMENSIONS, match, read_prose, staged_claims

SEEDS = (1, 2, 3, 5, 8)
PER_SEED = 150
REPORTS = range(40)
LEAST_FOUND = 0.95


def is_told(claim: Any, truth: Claim) -> bool:
    """Whether a claim says what the truth says, and its quote holds the whole figure."""
    return (
        all(getattr(claim, name) == getattr(truth, name) for name in (*DIMENSIONS, "qualifier", "by_negation"))
        and claim.value == truth.value
        and claim.is_implied == truth.is_implied
        and holds_figure(claim, truth)
    )


def holds_figure(claim: Any, truth: Claim) -> bool:
    if truth.is_implied:  # words, of which the reader may keep fewer
        return bool(claim.char_start < truth.figure_end and truth.figure_start < claim.char_end)
    return bool(claim.char_start <= truth.figure_start and truth.figure_end <= claim.char_end)


def compare(statement: Statement) -> tuple[list[str], list[str]]:
    """Wrong claims and missed ones of a paragraph under its heading, in words."""
    head = f"{statement.heading}\n" if statement.heading else ""
    read = [c for c in read_prose(head + statement.text, statement.year, statement.form) if c.indicator_id]
    beyond, missed = match(read, [claim.moved(len(head)) for claim in statement.claims], is_told)
    return [f"{c.quote} as {c.quantity_id} in {statement.text}" for c in beyond], in_words(missed)


def in_words(missed: Iterable[Claim]) -> list[str]:
    return [f"{claim.quote} ({claim.indicator_id} {claim.outcome or ''})" for claim in missed]


@cache
def statements(seed: int) -> list[Statement]:
    return paragraphs(Random(seed), PER_SEED)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_claim_of_a_paragraph_is_wrong(seed: int) -> None:
    assert [wrong for statement in statements(seed) for wrong in compare(statement)[0]] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_nearly_all_claims_of_the_paragraphs_are_found(seed: int) -> None:
    missed = [words for statement in statements(seed) for words in compare(statement)[1]]
    stated = sum(len(statement.claims) for statement in statements(seed))
    print(f"missed {len(missed)} of {stated}: {missed}")
    assert len(missed) <= stated * (1 - LEAST_FOUND)


def test_the_paragraphs_are_many_and_full_of_traps() -> None:
    """Guards the shares above against a generator that says little."""
    every = [statement for seed in SEEDS for statement in statements(seed)]
    assert len(every) >= 600
    assert sum(bool(statement.traps) for statement in every) >= 300
    assert len({statement.form for statement in every}) == 5
    claims = [claim for statement in every for claim in statement.claims]
    assert {claim.qualifier for claim in claims} == {"exact", "approximate", "at_least"}
    assert {(claim.by_negation, claim.is_implied) for claim in claims} == {(False, False), (True, True), (False, True)}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(100, 10_000))
def test_no_claim_is_wrong_whatever_the_seed(seed: int) -> None:
    assert [wrong for statement in paragraphs(Random(seed), 4) for wrong in compare(statement)[0]] == []


@cache
def whole_reports() -> list[tuple[int, list[str], int, list[str]]]:
    """Of each generated report: how many were read, the wrong claims, the figures stated and those missed."""
    found = []
    for seed in REPORTS:
        text, claims = report(Random(seed))
        reports, rows = staged_claims("report.txt", text.encode())
        named = [SimpleNamespace(**row) for row in rows if row["indicator_id"]]
        beyond, missed = match(named, claims, is_told)
        found.append((len(reports), [f"{c.quote} as {c.quantity_id}" for c in beyond], len(claims), in_words(missed)))
    return found


def test_each_generated_report_is_read_as_one_report() -> None:
    assert [count for count, *_ in whole_reports()] == [1] * len(REPORTS)


def test_no_claim_of_a_whole_report_is_wrong() -> None:
    assert [wrong for _, beyond, *_ in whole_reports() for wrong in beyond] == []


def test_nearly_all_claims_of_whole_reports_are_found() -> None:
    missed = [words for *_, lost in whole_reports() for words in lost]
    stated = sum(count for _, _, count, _ in whole_reports())
    print(f"missed {len(missed)} of {stated}: {missed}")
    assert len(missed) <= stated * (1 - LEAST_FOUND)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_traps_figure_is_never_read_under_an_indicator(seed: int) -> None:
    """Told by place: a trap's figure ends a quote of no claim with an indicator."""
    for statement in statements(seed):
        stated = {claim.figure_end for claim in statement.claims}
        read = [c for c in read_prose(statement.text, statement.year, statement.form) if c.indicator_id]
        traps = {trap.split(": ", 1)[0] for trap in statement.traps}
        barred = [c.quote for c in read if c.char_end not in stated and c.quote.endswith(tuple(traps))]
        assert barred == [], statement.text
