"""The cheap looks that spare the reading of a sentence never say no where reading it would find a claim."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from generator.prose import paragraphs
from prose_reading import read_prose

from extract.prose import claims as reading
from extract.prose import passages as passing
from extract.prose.claims import Claim

LABELS = Path(__file__).with_name("prose_passages.jsonl")


def texts() -> list[tuple[str, int, str]]:
    labelled = [json.loads(line) for line in LABELS.read_text("utf8").splitlines()]
    generated = paragraphs(Random(31), 200)
    return [(row["text"], row["year"], row["form"]) for row in labelled] + [
        (statement.text, statement.year, statement.form) for statement in generated
    ]


def read_all() -> list[list[Claim]]:
    return [read_prose(*text) for text in texts()]


def test_a_sentence_passed_over_for_its_words_states_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    spared = read_all()
    monkeypatch.setattr(reading, "may_state", lambda text, words: True)
    assert spared == read_all()
    assert sum(map(len, spared)) > 500


def test_a_sentence_passed_over_for_its_characters_states_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    spared = read_all()
    monkeypatch.setattr(reading, "may_hold", lambda text: True)
    monkeypatch.setattr(passing, "may_hold", lambda text: True)
    assert with_indicator(spared) == with_indicator(read_all())


def with_indicator(found: list[list[Claim]]) -> list[list[Claim]]:
    """Figures of no indicator may be spared: 信箱收到信件5封 is counted in no unit of a quantity."""
    named = [[claim for claim in claims if claim.indicator_id] for claims in found]
    return [[claim._replace(part_of=None) for claim in claims] for claims in named]  # places in longer lists


def test_a_sentence_without_a_word_of_a_phrase_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards the tests above: the look does say no."""
    answers = []
    look = reading.may_state
    monkeypatch.setattr(reading, "may_state", lambda text, words: answers.append(look(text, words)) or answers[-1])
    assert read_prose("全县完成投资56亿元,信息公开工作有序推进,新栽树木300株。") == []
    assert read_prose("收到政府信息公开申请5件。") != []
    assert set(answers) == {False, True}
