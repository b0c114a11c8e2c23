"""What was read before never changes what is read: tables printed like known ones are read as if nothing were known."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from accuracy import BASE_LAYOUTS
from generator import FORMS, WRITERS, random_report, random_style, render, variants_of
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.formats.document import Document
from extract.reader import Reading, read_text
from extract.table import known

SEEDS = st.integers(0, 2**32)
NAMES = (
    "云岭县水务局",
    "北塘区教育局",
    "青田镇人民政府",
    "网站首页",
    "政民互动",
    "信息公开专栏",
    "组织机构",
    "某年度的情况",
)
MENU = "行政许可\n{}\n{}\n公开指南\n政府采购\n{}\n\n"
NATIONAL = [form for form in FORMS if form.startswith("national")]
SHARED = Path(__file__).parents[3] / "shared"
TEXTS = sorted((*Path(__file__).parent.glob("pages/*.txt"), *SHARED.glob("field/*.txt"), *SHARED.glob("seeds/0*.txt")))
"""Composed pages, and the real ones where they are at hand."""
ALONE = re.compile(r"(?<![^|\t\n ])\d+(?:\.\d+)?(?![^|\t\n ])")


def reading(text: str) -> Reading:
    found = Reading("text/plain", "utf-8", len(text))
    read_text(Document(text, "text/plain", "utf-8"), found)
    return found


def read_anew(text: str) -> Reading:
    with known.nothing_known():
        return reading(text)


def read_like(known_page: str, page: str) -> Reading:
    """The page, read where another is known."""
    with known.nothing_known():
        reading(known_page)
        return reading(page)


def with_other_numbers(text: str, rng: Random) -> str:
    """The page with each number that stands alone in its cell replaced, whole by whole and broken by broken."""

    def other(number: re.Match[str]) -> str:
        whole = str(rng.choice((0, 0, rng.randrange(10), rng.randrange(10, 300), rng.randrange(10**6))))
        return f"{whole}.{rng.randrange(1, 10**6)}" if "." in number.group() else whole

    return ALONE.sub(other, text)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(FORMS), st.sampled_from(list(WRITERS)), SEEDS)
def test_other_numbers_in_a_known_page_are_read_as_if_it_were_new(form: str, layout: str, seed: int) -> None:
    rng = Random(seed)
    report = random_report(rng, form, blank_share=rng.choice((0.0, 0.2)))
    variant = rng.choice(["plain", *variants_of(form)]) if layout in BASE_LAYOUTS else "plain"
    printed = render(report, layout, random_style(rng), rng, variant)
    known_page, page = (MENU.format(*rng.sample(NAMES, 3)) + printed.text for _ in range(2))
    page = with_other_numbers(page.replace(report.organ, rng.choice(NAMES)), rng)
    assert read_like(known_page, page) == read_anew(page)


@pytest.mark.parametrize("path", TEXTS, ids=[path.name for path in TEXTS])
def test_other_numbers_in_a_real_or_composed_page_are_read_as_if_it_were_new(path: Path) -> None:
    text = path.read_text(encoding="utf8")
    for seed in range(3):
        page = with_other_numbers(text, Random(seed))
        assert read_like(text, page) == read_anew(page)


def test_most_full_tables_are_known_when_they_come_again() -> None:
    """Guards the tests above against knowing nothing."""
    for form in NATIONAL:
        with known.nothing_known():
            reading(render(random_report(Random(1), form, blank_share=0.0), "pipe_rows", rng=Random(1)).text)
            assert known.count() == 1


def test_a_table_that_ends_with_the_page_is_not_recalled() -> None:
    """Its last number may be cut, whatever stood behind it on another page."""
    whole = render(random_report(Random(2), "national-2021"), "pipe_rows", rng=Random(2)).text
    for end in [number.end() for number in ALONE.finditer(whole)][-20:]:
        assert read_like(whole, whole[:end]) == read_anew(whole[:end])


def test_characters_that_stand_for_numbers_are_read_as_they_are_printed() -> None:
    page = render(random_report(Random(3), "national-2021"), "pipe_rows", rng=Random(3)).text
    private = page.replace(" 0 |", " \ue000 |")
    with known.nothing_known():
        first = reading(page)
        assert reading(private) == read_anew(private) != first
        assert reading(page) == first
