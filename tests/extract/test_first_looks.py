"""First looks that spare a text the slow patterns: none may say no where the patterns themselves would find something.

Texts are drawn from the characters that the patterns are about, so that nearly every draw is a near miss or a hit.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from extract.prose import figures, grammar, passages
from extract.prose.lexicon import DELIMITERS, FIGURE, UNKNOWN, ZERO
from extract.report import mirror, titles, years
from extract.table import unglue
from extract.text import script

ROWS = [
    "规章",
    "行政许可",
    "自然人",
    "(一)予以公开",
    "总计",
    "0",
    "12",
    "—",
    "-",
    "/",
    ":",
    "、",
    " ",
    "件",
    "2023年",
    "全年共",
]
DRAWS = 4_000
DATES = [*"12O〇一三年月日至到 0", "2021", "二〇", "年", " ", "\t", "\n", "31", "12月", "1月", "统计", "截至", "-", "."]
COUNTS = [*"0123,.一二百万亿余多来为是:", "件", "元", "人次", "年", "条(件)", "第", "全部", "未"]
WORDS = ["新闻", "未", "全", "一", "兩", "無", "公开", "3件", "通知", "第二", "(一)", "、", "社区", "。"]
TITLES = [
    "某县",
    "2021年",
    "政府信息公开",
    "年度",
    "报告",
    "总结",
    "总 结",
    ",",
    "(本级)",
    "|",
    "公",
    "开",
    "2022-01-05",
    ".doc",
    "财政局",
]


def texts(pieces: list[str], longest: int = 14) -> Iterator[str]:
    """Texts of up to `longest` pieces; the same in every run."""
    rng = Random("".join(pieces))
    for _ in range(DRAWS):
        yield "".join(rng.choice(pieces) for _ in range(rng.randint(1, longest)))


def test_dates_and_years_are_spelled_as_by_the_patterns_alone() -> None:
    for text in texts(DATES):
        assert years.closed_dates(text) == years._AROUND_DATES.sub("", text)
        spelled = text
        for pattern in (years._CHINESE_YEAR, years._MISTYPED_YEAR):
            spelled = pattern.sub(lambda match: match.group().translate(years._NUMERALS), spelled)
        assert years.arabic_years(text) == spelled


def test_a_line_states_a_period_where_the_pattern_says_so() -> None:
    for text in texts(DATES):
        assert years._states_period(text) == (years._PERIOD.search(text) is not None)


@pytest.mark.parametrize("word", mirror._INJECTED)
def test_injected_words_are_seen_in_either_case(word: str) -> None:
    for spelled in (word, word.upper(), word.title()):
        assert word in mirror.injected_words(f"某县人民政府{spelled}2021年")


def test_counts_are_found_where_the_pattern_holds() -> None:
    digits = f"0123456789{figures.NUMERALS}"
    for text in texts(COUNTS):
        end, found = 0, []
        for at, mark in enumerate(text):
            begins = mark in digits and (at == 0 or text[at - 1] not in digits)
            if begins and at >= end and (match := figures._COUNT.match(text, at)):
                end = match.end()
                found.append(match.span())
        assert [match.span() for match in figures.counts(text)] == found


def test_a_link_that_says_nothing_holds_nothing() -> None:
    for text in texts(WORDS, 5):
        if passages._says_nothing(text):
            assert not grammar._may_hold(text)
            assert not grammar._may_hold(script.simplify(text))
            assert passages._read_heading(text) == ("", False)


def test_no_phrase_goes_beyond_its_item() -> None:
    symbols = sorted({symbol for _, symbol in grammar.load_grammar().before} - {FIGURE})
    pieces = [*symbols, *DELIMITERS, FIGURE, UNKNOWN]
    for text in texts(pieces, 9):
        for sign in (FIGURE, ZERO):
            head, _, tail = text.partition(FIGURE)
            whole = grammar._phrases_between(head, tail, sign)
            found = grammar.find_phrases(f"{head}{sign}{tail}", len(head), sign)
            assert [(m.phrase, len(head) - m.start, m.end - len(head) - 1) for m in found] == whole


def test_a_line_that_cannot_be_a_title_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [*texts(TITLES, 8)]
    read = [titles.read_title(0, line) for line in lines]
    assert any(read)
    monkeypatch.setattr(titles, "_may_be_title", lambda line: True)
    monkeypatch.setattr(titles, "_end_of_title", len)
    monkeypatch.setattr(titles, "_ENDS", ("never",))
    assert [titles.read_title(0, line) for line in lines] == read


def test_what_is_cut_into_labels_and_numbers_begins_so_or_is_long() -> None:
    cut = [text for text in texts(ROWS) if unglue._cut(text)]
    assert len(cut) > DRAWS // 100
    assert all(map(unglue._may_begin_so, cut))
