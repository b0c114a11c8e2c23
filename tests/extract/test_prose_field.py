"""The prose of real excerpts in other layouts: labelled figures, and those of a list reviewed by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from prose_reading import Row, further_of, is_at, match, reviewed, staged_claims

from extract.prose.figures import UNIT_KINDS
from extract.text.script import simplify

NAMES = ("005", "017", "028", "030", "032", "034", "038", "044", "046", "048", "052", "055", "058", "075")


class Excerpt:
    """An excerpt, its claims and its labels."""

    def __init__(self, shared: Path, name: str) -> None:
        content = (shared / "field" / f"{name}.txt").read_bytes()
        self.text = content.decode()
        self.claims = staged_claims(f"{name}.txt", content)[1]
        self.labels: list[dict[str, Any]] = json.loads((shared / "field" / f"{name}.expected.json").read_text("utf8"))[
            "claims"
        ]

    def is_told(self, claim: Row, label: dict[str, Any]) -> bool:
        """Whether a claim says what a label says, at its place."""
        qualifier = "approximate" if label.get("approx") else "exact"
        return (
            self.is_beside(claim, label)
            and claim["indicator_id"] == label["indicator_id"]
            and claim["by_negation"] == label.get("by_negation", False)
            and claim["qualifier"] == qualifier
            and (claim["is_implied"] or counts_alike(claim["unit"], label["unit"]))
        )

    def is_beside(self, claim: Row, label: dict[str, Any]) -> bool:
        """Whether a claim has a label's value and place."""
        return claim["value"] == Decimal(str(label["value"])) and is_at(claim, label["quote"], self.text)


def counts_alike(read: str | None, labelled: str) -> bool:
    """Labels name the form's unit (件) where the text prints another word for it (宗)."""
    if read is None:
        return False
    return read == simplify(labelled) or bool(UNIT_KINDS[read] & UNIT_KINDS[simplify(labelled)])


@pytest.fixture(scope="module")
def excerpts(shared: Path) -> dict[str, Excerpt]:
    return {name: Excerpt(shared, name) for name in NAMES}


def test_the_labels_are_those_of_the_excerpts(excerpts: dict[str, Excerpt]) -> None:
    """Guards the comparisons below against truncated files of labels."""
    labels = [label for excerpt in excerpts.values() for label in excerpt.labels]
    named = [label for label in labels if label["indicator_id"]]
    assert (len(named), len(labels)) == (36, 54)


@pytest.mark.parametrize("name", NAMES)
def test_every_label_with_an_indicator_is_read_under_it(excerpts: dict[str, Excerpt], name: str) -> None:
    excerpt = excerpts[name]
    labels = [label for label in excerpt.labels if label["indicator_id"]]
    _, missed = match(excerpt.claims, labels, excerpt.is_told)
    assert [label["quote"] for label in missed] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_label_without_an_indicator_is_read_under_one(excerpts: dict[str, Excerpt], name: str) -> None:
    excerpt = excerpts[name]
    labels = [label for label in excerpt.labels if not label["indicator_id"]]
    wrong = [
        (claim["quote"], claim["indicator_id"])
        for claim in excerpt.claims
        if claim["indicator_id"] and any(excerpt.is_beside(claim, label) for label in labels)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_every_further_claim_stands_in_the_reviewed_list(excerpts: dict[str, Excerpt], name: str) -> None:
    excerpt = excerpts[name]
    beyond, _ = match(excerpt.claims, excerpt.labels, excerpt.is_told)
    assert further_of(beyond, excerpt.claims) == reviewed(f"{name}.txt")


@pytest.mark.parametrize("name", NAMES)
def test_a_quote_is_the_excerpts_own_text(excerpts: dict[str, Excerpt], name: str) -> None:
    text, claims = excerpts[name].text, excerpts[name].claims
    assert [claim["quote"] for claim in claims] == [text[c["char_start"] : c["char_end"]] for c in claims]


def test_the_year_in_the_name_of_a_disclosed_report_is_no_value(excerpts: dict[str, Excerpt]) -> None:
    assert "2021年信息公开年报1条" in excerpts["052"].text
    assert [claim["quote"] for claim in excerpts["052"].claims if claim["value"] == 2021] == []


def test_a_figure_cut_off_before_its_unit_is_no_claim(excerpts: dict[str, Excerpt]) -> None:
    assert excerpts["075"].text.rstrip().endswith("维持具体行政行为1")
    assert [c["quote"] for c in excerpts["075"].claims if is_at(c, "维持具体行政行为1", excerpts["075"].text)] == []


def test_a_blank_form_states_nothing(shared: Path) -> None:
    content = (shared / "field" / "009.txt").read_bytes()
    assert staged_claims("009.txt", content) == ([], [])
