"""The generator itself: its reports add up by the declared identities, and every layout prints every value once."""

import csv
import re
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from generator import (
    FORMS,
    LAYOUTS,
    Report,
    Style,
    assemble,
    identities_hold,
    load_documents,
    mutate,
    random_report,
    random_style,
    render,
    slot_ids,
    with_other_figures,
)
from generator.bulk import PROTECTED

DOMAIN = Path(__file__).resolve().parents[3] / "shared" / "domain"
needs_domain = pytest.mark.skipif(not DOMAIN.is_dir(), reason="the domain tables are not beside this checkout")


def identity_terms(form: str) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """(name, operator, signed terms) of every declared identity instance of `form`."""
    instances: dict[tuple[str, str], list[tuple[str, int]]] = {}
    with (DOMAIN / "identity_term.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["form"] == form:
                name = f"{row['identity_id']}/{row['instance_key']}"
                instances.setdefault((name, row["operator"]), []).append((row["slot_id"], int(row["coefficient"])))
    return [(name, operator, terms) for (name, operator), terms in instances.items()]


@needs_domain
@pytest.mark.parametrize("form", FORMS)
def test_slots_are_those_of_the_domain_tables(form: str) -> None:
    with (DOMAIN / "slots.csv").open(encoding="utf-8", newline="") as handle:
        declared = [row["slot_id"] for row in csv.DictReader(handle) if row["form"] == form]
    assert list(slot_ids(form)) == declared


@needs_domain
@pytest.mark.parametrize("form", FORMS)
def test_random_reports_satisfy_every_identity(form: str) -> None:
    terms = identity_terms(form)
    for seed in range(60):
        assert identities_hold(random_report(Random(seed), form), terms) == []


@needs_domain
@pytest.mark.parametrize("form", FORMS)
def test_a_changed_total_violates_an_identity(form: str) -> None:
    terms = identity_terms(form)
    report = random_report(Random(4), form, scale="medium")
    total = next(slot for _, operator, parts in terms if operator == "=" for slot, factor in parts if factor == 1)
    assert identities_hold(mutate(report, total), terms)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_every_layout_prints_every_value_once_and_in_order(form: str, layout: str) -> None:
    values = {slot: Decimal(10_000_001 + 7 * index) for index, slot in enumerate(slot_ids(form))}
    printed = render(Report(form, "青河县人民政府", 2020, values), layout, Style(prose=False))
    numbers = [Decimal(number) for number in re.findall(r"\d{8}", printed.text)]
    assert numbers == list(values.values())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_every_style_prints_the_raw_of_every_cell(form: str, layout: str) -> None:
    for seed in range(8):
        rng = Random(seed)
        printed = render(random_report(rng, form, blank_share=0.2), layout, random_style(rng), rng)
        position = 0
        for cell in printed.expected:
            position = printed.text.find(cell.raw, position)
            assert position >= 0, f"{cell} is not printed in {layout}"
            position += len(cell.raw)


def test_expected_cells_carry_the_reports_values() -> None:
    report = random_report(Random(9), "national-2014", blank_share=0.3)
    printed = render(report, "cell_lines_trailing", Style(varied_figures=True), Random(1))
    assert {cell.slot_id: cell.value for cell in printed.expected} == report.values


@pytest.mark.parametrize("layout", [name for name, layout in LAYOUTS.items() if layout.blanks == "none"])
def test_a_layout_without_empty_cells_prints_a_dash(layout: str) -> None:
    report = random_report(Random(2), "national-2021", blank_share=1.0)
    statuses = {cell.value_status for cell in render(report, layout).expected}
    assert "not_applicable" in statuses
    assert "blank" not in statuses


def test_the_same_seed_prints_the_same_page() -> None:
    pages = [render(random_report(Random(5)), "row_marker", random_style(Random(6)), Random(7)).text for _ in range(2)]
    assert pages[0] == pages[1]


def test_a_glossed_page_keeps_figures_and_drops_simplified_script() -> None:
    report = random_report(Random(3), "national-2021", scale="large")
    printed = render(report, "pipe_rows", Style(script="glossed"))
    assert "信息公開(kāi)" in printed.text
    assert "开" not in printed.text
    assert f"| {report.values['national-2021/requests/requests_received/total']:f} |" in printed.text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_bytes_decode_to_the_text(encoding: str) -> None:
    printed = render(random_report(Random(1), "local-fujian"), "tabs", Style(script="glossed"))
    document = assemble([printed, printed], Random(1), noise=True, newline="\r\n", encoding=encoding)
    assert document.content.decode(encoding) == document.text
    assert document.text.count("\r\n") == document.text.count("\n")


def test_mutate_changes_one_cell() -> None:
    report = random_report(Random(1), "local-zhejiang")
    slot = slot_ids("local-zhejiang")[4]
    changed = mutate(report, slot, Decimal(77)).values
    assert {key for key in changed if changed[key] != report.values[key]} == {slot}


def test_a_load_has_as_many_wrong_totals_as_asked_for() -> None:
    documents = load_documents(40, wrong=7, seed=3)
    assert len({document.report.organ for document in documents}) == 40
    assert sum(document.wrong for document in documents) == 7
    line = PROTECTED.rsplit("/", 1)[0]
    for document in documents:
        values = document.report.values
        parts = sum(value or 0 for slot, value in values.items() if slot.startswith(line) and slot != PROTECTED)
        assert (parts != values[PROTECTED]) == document.wrong


def test_other_figures_leave_the_words_alone() -> None:
    page = render(random_report(Random(8), "national-2021"), "cell_lines_trailing").text
    copy = with_other_figures(page, Random(1))
    assert copy != page
    assert [line for line in copy.split("\n") if not line[0].isdigit()] == [
        line for line in page.split("\n") if not line[0].isdigit()
    ]
