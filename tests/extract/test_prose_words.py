"""The tables behind the reading of prose agree with each other, and words are found as they are declared."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.prose import lexicon
from extract.prose.classes import load_classes
from extract.prose.contexts import CONTEXTS
from extract.prose.grammar import NOTHING, load_grammar, load_quantities
from extract.prose.lexicon import load_lexicon, names_of, read_line, read_words

TABLES = Path(lexicon.__file__).parent
FORMS = TABLES.parent / "forms"


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def class_of() -> dict[str, str]:
    return {word: row["class"] for row in rows("word") for word in row["words"].split("|")}


LONGEST = max(map(len, (word for row in rows("word") for word in row["words"].split("|"))))


def naive(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and class of the words of a text: at each place the longest, none within another."""
    at = 0
    while at < len(text):
        end = next((end for end in range(at + LONGEST, at, -1) if text[at:end] in class_of() and end <= len(text)), 0)
        if end:
            yield at, end, class_of()[text[at:end]]
        at = end or at + 1


PIECES = st.one_of(
    st.sampled_from(sorted(word for row in rows("word") for word in row["words"].split("|"))),
    st.sampled_from(sorted({mark for row in rows("word") for mark in row["words"] if mark != "|"})),
    st.sampled_from([",", "、", "7件", "某", "(", ")"]),
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_the_words_of_a_text_are_the_longest_from_left_to_right(text: str) -> None:
    symbols = load_lexicon().symbols
    assert [(start, end, symbol) for start, _, end, symbol in read_words(text)] == [
        (start, end, symbols[name]) for start, end, name in naive(text)
    ]


def test_a_word_within_a_longer_one_is_not_found() -> None:
    assert names_of(read_line("不予公开").symbols) == ["refuse"]
    assert names_of(read_line("公开").symbols) == ["publish"]


def test_a_word_in_two_classes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "word.csv"
    table.write_text("class,topic,words,note\nreceive,,收到|接到,\naccept,,受理|接到,\n", "utf8")
    monkeypatch.setattr(lexicon, "_WORDS", table)
    with pytest.raises(ValueError, match="'接到' stands in receive and in accept"):
        load_lexicon.__wrapped__()


def test_the_declared_words_are_not_refused() -> None:
    assert set(load_lexicon.__wrapped__().symbols) == {row["class"] for row in rows("word")}


def test_every_class_of_a_phrase_is_declared() -> None:
    named = {
        name.removesuffix("?")
        for row in rows("phrase")
        for token in row["pattern"].split()
        if token not in ("#", "!", "..", "n")
        for name in token.split("|")
    }
    assert named - {row["class"] for row in rows("word")} == set()


def test_every_class_that_the_mechanism_asks_for_is_declared() -> None:
    """Loading looks each of them up."""
    assert load_classes().known == {symbol for symbol in load_lexicon().symbols.values() if symbol}
    assert len(load_grammar().before) > 0


def test_every_phrase_names_a_declared_quantity_and_every_quantity_has_a_phrase() -> None:
    named = {row["quantity_id"] for row in rows("phrase")} - {NOTHING}
    behind = {
        name
        for row in rows("phrase")
        if row["context"].startswith("behind=")
        for name in row["context"].removeprefix("behind=").split("|")
    }
    declared = {row["quantity_id"] for row in rows("quantity")}
    assert (named | behind) - declared == set()
    assert declared - named == UNPHRASED


UNPHRASED = {"requests_accepted", "requests_disposed_as_completed"}
"""Quantities that the mechanism gives in place of another: by what the form prints."""


def test_every_context_of_a_phrase_is_known() -> None:
    topics = {row["topic"] for row in rows("word")} - {""}
    asked = {word for row in rows("phrase") for word in row["context"].split() if "=" not in word}
    assert asked - topics - set(CONTEXTS) == set()


def test_every_breakdown_has_a_whole_and_every_whole_is_a_quantity() -> None:
    used = {row["partition"] for row in rows("quantity")} - {""}
    declared = {row["partition"] for row in rows("partition")}
    assert used == declared
    assert declared - used == set()
    indicators = {quantity.indicator_id for quantity in load_quantities().values()}
    assert {row["whole_indicator_id"] for row in rows("partition")} - indicators == set()


def test_no_quantity_is_declared_twice() -> None:
    """Neither by its id nor by what it states, but where the notes say how two differ."""
    ids = [row["quantity_id"] for row in rows("quantity")]
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("row", rows("quantity"), ids=lambda row: row["quantity_id"])
def test_a_unit_of_each_quantity_is_declared(row: dict[str, str]) -> None:
    assert row["unit_kind"] in {unit["kind"] for unit in rows("unit")}


def test_a_phrase_has_one_sign() -> None:
    signs = [sum(token in ("#", "!") for token in row["pattern"].split()) for row in rows("phrase")]
    assert set(signs) == {1}
