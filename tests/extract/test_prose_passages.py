"""Passages of prose labelled by hand: what they state is read, what they do not state is not read under an indicator."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from prose_reading import DIMENSIONS, Row, match, read_prose, spans

from extract.prose.claims import Claim

LABELS = Path(__file__).with_name("prose_passages.jsonl")
KNOWN_WRONG: dict[tuple[str, str], str] = {}
"""(passage, quote) of claims that should not be read, with the fault of the reader: to be emptied."""
LEAST_FOUND = Decimal("0.95")


@cache
def passages() -> dict[str, Row]:
    rows = [json.loads(line) for line in LABELS.read_text("utf8").splitlines()]
    return {row["id"]: row for row in rows}


@cache
def claims_of(name: str) -> tuple[Claim, ...]:
    row = passages()[name]
    return tuple(read_prose(row["text"], row["year"], row["form"], row["organ"]))


def compare(name: str) -> tuple[list[Claim], list[Row]]:
    """Claims with an indicator that nothing in the labels bears out, and demanded ones that were not read."""
    row = passages()[name]

    def is_told(claim: Claim, label: dict[str, Any]) -> bool:
        return (
            all(getattr(claim, key) == label.get(key) for key in (*DIMENSIONS, "qualifier", "by_negation"))
            and claim.value == Decimal(str(label["value"]))
            and overlaps(claim, label["quote"], row["text"])
        )

    named = [claim for claim in claims_of(name) if claim.indicator_id]
    beyond, missed = match(named, row["claims"], is_told)
    return match(beyond, row.get("optional", []), is_told)[0], missed


def overlaps(claim: Claim, words: str, text: str) -> bool:
    return any(claim.char_start < end and begin < claim.char_end for begin, end in spans(words, text))


@pytest.mark.parametrize("name", passages())
def test_no_claim_is_wrong(name: str) -> None:
    beyond, _ = compare(name)
    told = [(claim.quote, claim.quantity_id, claim.value) for claim in beyond]
    assert [claim for claim in told if (name, claim[0]) not in KNOWN_WRONG] == []


def test_each_known_fault_is_still_one() -> None:
    wrong = {(name, claim.quote) for name in passages() for claim in compare(name)[0]}
    assert set(KNOWN_WRONG) - wrong == set()


def test_nearly_all_demanded_claims_are_found() -> None:
    demanded = sum(len(row["claims"]) for row in passages().values())
    missed = {name: [label["quote"] for label in compare(name)[1]] for name in passages()}
    lost = {name: quotes for name, quotes in missed.items() if quotes}
    print(f"missed {sum(map(len, lost.values()))} of {demanded}: {json.dumps(lost, ensure_ascii=False)}")
    assert 1 - Decimal(sum(map(len, lost.values()))) / demanded >= LEAST_FOUND


def test_the_labels_are_many_and_of_every_form() -> None:
    """Guards the share above against a truncated file of labels."""
    assert len(passages()) >= 199
    assert {row["form"] for row in passages().values()} == FORMS


FORMS = {"national-2021", "national-2019", "national-2014", "local-zhejiang", "local-shanghai", "local-fujian", "prose"}


@pytest.mark.parametrize("name", [name for name, row in passages().items() if row["not_claims"]])
def test_what_is_no_claim_is_not_read_under_an_indicator(name: str) -> None:
    row = passages()[name]
    barred = [span for label in row["not_claims"] for span in spans(label["text"], row["text"])]
    read = [
        (claim.quote, claim.quantity_id)
        for claim in claims_of(name)
        if claim.indicator_id and any(begin < claim.char_end <= end for begin, end in barred)
    ]
    assert read == []


@pytest.mark.parametrize("name", passages())
def test_a_quote_is_the_text_between_its_places(name: str) -> None:
    text = passages()[name]["text"]
    assert [c.quote for c in claims_of(name)] == [text[c.char_start : c.char_end] for c in claims_of(name)]
