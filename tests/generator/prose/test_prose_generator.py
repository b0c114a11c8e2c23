"""The writer of prose itself: its truth stands in its text, its traps do not, and it covers what it says it covers."""

import csv
import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import pytest

from generator.prose import Claim, Statement, paragraphs, report
from generator.prose.draft import FORM_YEARS, Draft, Setting
from generator.prose.numerals import FigureStyle, chinese, print_figure
from generator.prose.tables import places, quantities, rows

QUANTITIES = Path(__file__).resolve().parents[3] / "extract" / "prose" / "quantity.csv"
_NARROW = {ord(wide): str(place) for place, wide in enumerate("０１２３４５６７８９")}
_NEGATIONS = re.compile("未|没有|沒有|无|無|免费|免費|不存在")
_COLLECTIVES = re.compile("全部|均")


@cache
def sample() -> tuple[Statement, ...]:
    return tuple(paragraphs(Random(20), 500))


def every_claim() -> list[tuple[Statement, Claim]]:
    return [(statement, claim) for statement in sample() for claim in statement.claims]


def printed_number(figure: str) -> Decimal:
    """The number in a printed figure, read by rules of this test alone."""
    plain = figure.translate(_NARROW).replace(",", "").replace("萬", "万").replace("兩", "两").replace(" ", "")
    found = re.search(r"(\d+(?:\.\d+)?)[余餘多]?(万?)", plain)
    if found:
        return Decimal(found[1]) * (10_000 if found[2] else 1)
    if "两" in plain:
        return Decimal(2)
    words = re.search("[一二三四五六七八九十百千零]+", plain)
    assert words, figure
    return next(Decimal(number) for number in range(10_000) if chinese(number) == words[0])


def test_every_quote_stands_where_the_claim_says() -> None:
    for statement, claim in every_claim():
        assert statement.text[claim.start : claim.end] == claim.quote
        assert claim.start <= claim.figure_start < claim.figure_end <= claim.end


def test_a_figure_states_its_claims_value() -> None:
    for statement, claim in every_claim():
        if not claim.is_implied:
            assert printed_number(statement.text[claim.figure_start : claim.figure_end]) == claim.value, claim


def test_an_implied_claim_has_its_word_and_no_digit() -> None:
    for _, claim in every_claim():
        if claim.is_implied:
            word = _NEGATIONS if claim.by_negation else _COLLECTIVES
            assert word.search(claim.quote), claim
            assert not re.search(r"\d", claim.quote), claim


def test_a_negation_is_zero_and_words_for_all_are_not() -> None:
    for _, claim in every_claim():
        if claim.is_implied:
            assert (claim.value == 0) == claim.by_negation, claim


def test_a_qualifier_has_its_word_beside_the_figure() -> None:
    words = {"approximate": "余|多|近|约|約|左右", "at_least": "超过|超過|逾|不少于|以上"}
    for statement, claim in every_claim():
        figure = statement.text[claim.figure_start : claim.figure_end]
        found = [name for name, word in words.items() if re.search(word, figure)]
        assert claim.is_implied or found == ([] if claim.qualifier == "exact" else [claim.qualifier]), claim


def test_words_for_all_repeat_the_figure_before_them() -> None:
    for statement, claim in every_claim():
        if claim.is_implied and not claim.by_negation:
            earlier = [other for other in statement.claims if other.end <= claim.start]
            assert claim.value in {other.value for other in earlier}, claim
            assert any(other.indicator_id in _ANTECEDENTS for other in earlier)


_ANTECEDENTS = ("requests_received", "requests_accepted", "requests_completed")


def test_a_traps_figure_stands_in_the_text_and_in_no_claim() -> None:
    for statement in sample():
        values = {claim.value for claim in statement.claims}
        for trap in statement.traps:
            figure, reason = trap.split(": ", 1)
            assert reason
            assert re.fullmatch(r"[\d-]+|\d+号|[\d.]+(%|倍|个百分点)", figure) or printed_number(figure) not in values


def test_every_quantity_of_the_tables_occurs() -> None:
    found = {(c.indicator_id, c.applicant_type, c.outcome, c.route) for _, c in every_claim()}
    wanted = {(q.indicator_id, q.applicant_type, q.outcome, q.route) for q in quantities().values()}
    assert wanted - found == set()


def test_every_quantity_is_one_that_prose_can_state() -> None:
    names = ("indicator_id", "applicant_type", "outcome", "route")
    with QUANTITIES.open(encoding="utf-8", newline="") as handle:
        known = {tuple(row[name] for name in names) for row in csv.DictReader(handle)}
    assert {tuple(row[name] for name in names) for row in rows("quantity")} - known == set()


def test_every_form_and_many_traps_occur() -> None:
    assert {statement.form for statement in sample()} == set(FORM_YEARS)
    reasons = Counter(trap.split(": ", 1)[1] for statement in sample() for trap in statement.traps)
    wanted = {row["reason"] for row in rows("trap") if "{!" in row["text"]}
    assert wanted - set(reasons) == set()


def test_what_a_report_says_suits_its_form() -> None:
    for statement, claim in every_claim():
        if claim.indicator_id == "requests_accepted":
            assert statement.form == "local-zhejiang"
        if claim.indicator_id == "requests_completed" and claim.is_implied:
            assert statement.form == "national-2014"


def test_a_report_holds_title_headings_and_truth() -> None:
    for seed in range(30):
        text, claims = report(Random(seed))
        assert re.match(r".+人民政府\d{4}年政府信息公开工作年度报告\n", text)
        assert all(text[claim.start : claim.end] == claim.quote for claim in claims)
        assert len(claims) >= 5
        assert [claim.figure_start for claim in claims] == sorted(claim.figure_start for claim in claims)
        assert re.search(r"\n一、.+\n(.+\n)+六、", text)


def test_the_same_seed_writes_the_same() -> None:
    assert paragraphs(Random(4), 50) == paragraphs(Random(4), 50)
    assert report(Random(4)) == report(Random(4))
    assert paragraphs(Random(4), 50) != paragraphs(Random(5), 50)


def plain_draft() -> Draft:
    """A draft that prints plain Arabic figures."""
    drafts = (Draft(Random(seed), Setting("prose", 2022, places()[0])) for seed in range(50))
    return next(draft for draft in drafts if print_plainly(draft) == "1904件")


def print_plainly(draft: Draft) -> str:
    draft.say("{!件=1904}")
    printed, draft.text, draft.traps, draft.trap_values = draft.text, "", [], set()
    return printed


def test_one_figure_of_two_subjects_is_two_claims_of_one_quote() -> None:
    draft = plain_draft()
    draft.say("全年")
    draft.same_values(("appeal", "suit"), 3, "<行政复议、行政诉讼各{件}>")
    assert draft.text == "全年行政复议、行政诉讼各3件"
    assert [(c.indicator_id, int(c.value), c.quote) for c in draft.claims] == [
        ("reconsideration_cases", 3, "行政复议、行政诉讼各3件"),
        ("litigation_cases", 3, "行政复议、行政诉讼各3件"),
    ]


def test_each_subject_has_its_own_figure_in_order() -> None:
    draft = plain_draft()
    draft.respectively(["网络申请", "信函申请"], ["online", "letter"], [12, 4], "件")
    assert [(c.indicator_id, int(c.value)) for c in draft.claims] == [
        ("requests_received_online", 12),
        ("requests_received_letter", 4),
    ]
    assert [draft.text[c.figure_start : c.figure_end] for c in draft.claims] == ["12件", "4件"]
    assert draft.claims[1].quote.startswith("信函申请")


def test_a_trap_is_no_claim_and_clashes_with_an_equal_one() -> None:
    draft = plain_draft()
    draft.same_values(("appeal",), 3, "<行政复议{件}>")
    draft.say(",比上年增加{!件=4}", "change against last year")
    assert draft.text == "行政复议3件,比上年增加4件"
    assert (len(draft.claims), draft.traps, draft.clashes()) == (1, ["4件: change against last year"], False)
    draft.say(",办结{!件=3}", "other")
    assert draft.clashes()


def test_an_expanded_template_has_no_markup_left() -> None:
    for statement in sample():
        assert not re.search(r"[\[\]{}<>|@$!]", statement.text), statement.text


def test_no_paragraph_has_two_marks_in_a_row() -> None:
    for statement in sample():
        assert not re.search("[,;:。、\uff0c\uff1b\uff1a]{2}|的的|[(\uff08][)\uff09]", statement.text), statement.text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "零"),
        (3, "三"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (103, "一百零三"),
        (110, "一百一十"),
        (3005, "三千零五"),
    ],
)
def test_chinese_numerals(value: int, words: str) -> None:
    assert chinese(value) == words


@pytest.mark.parametrize(
    ("value", "style", "printed"),
    [
        (1904, FigureStyle(thousands=True), "1,904件"),
        (12500, FigureStyle(ten_thousands=True), "1.25万件"),
        (2, FigureStyle(chinese=True), "两件"),
        (15, FigureStyle(spaced=True), " 15 件"),
        (15, FigureStyle(), "15件"),
    ],
)
def test_styles_of_figures(value: int, style: FigureStyle, printed: str) -> None:
    assert print_figure(Random(1), value, "件", style).text == printed
