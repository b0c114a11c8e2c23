"""Seeded errors in generated reports are found again; the generator shares no code with the rules."""

from decimal import Decimal
from random import Random

import pytest
from generator import random_report

from expectations.localise.evidence import edit_kind
from expectations.localise.suspects import localise

FORMS = ("national-2021", "national-2019")
Figures = dict[str, Decimal | None]


def figures(seed: int, form: str) -> Figures:
    values = random_report(Random(seed), form, scale="medium").values
    return {slot: None if value is None else Decimal(value) for slot, value in values.items()}


def spoilt(values: Figures, slots: list[str], rng: Random) -> Figures:
    return {**values, **{slot: (values[slot] or Decimal(0)) + rng.choice([1, 3, 9, 27, 100]) for slot in slots}}


@pytest.mark.parametrize("form", FORMS)
def test_every_single_cell_of_the_requests_table_is_found_uniquely_with_its_value(form: str) -> None:
    values, rng = figures(1, form), Random(form)
    for slot in [slot for slot in values if "/requests/" in slot]:
        found = localise(form, spoilt(values, [slot], rng)).explanations
        assert [(e.is_unique, [(c.slot_id, c.implied) for c in e.cells]) for e in found] == [
            (True, [(slot, values[slot])])
        ]


@pytest.mark.parametrize("form", FORMS)
def test_two_cells_of_the_requests_table_are_among_the_sets_and_nearly_always_the_only_one(form: str) -> None:
    rng, unique, tried = Random(form), 0, 200
    for seed in range(tried):
        values = figures(seed, form)
        pair = sorted(rng.sample([slot for slot in values if "/requests/" in slot], 2))
        found = localise(form, spoilt(values, pair, rng)).explanations
        truth = [(slot, values[slot]) for slot in pair]
        assert truth in [[(c.slot_id, c.implied) for c in e.cells] for e in found]
        unique += found[0].is_unique
    assert unique >= 0.99 * tried


@pytest.mark.parametrize("form", FORMS)
def test_a_dispute_cell_is_a_candidate_and_first_when_last_year_states_it(form: str) -> None:
    values, rng = figures(3, form), Random(form)
    for slot in [slot for slot in values if "/disputes/" in slot or "/reconsideration" in slot or "litigation" in slot]:
        truth = values[slot]
        assert truth is not None
        wrong = spoilt(values, [slot], rng)
        found = localise(form, wrong).explanations
        assert (slot, truth) in [(c.slot_id, c.implied) for e in found for c in e.cells]
        assert len(found) > 1 and not any(e.is_unique for e in found)
        best = localise(form, wrong, {slot: {truth: "last_year"}}).explanations[0]
        assert (best.rank, best.is_tied, best.cells[0].slot_id) == (1, False, slot)


def test_a_consistent_report_has_no_suspects() -> None:
    assert localise(FORMS[0], figures(2, FORMS[0])).explanations == ()


@pytest.mark.parametrize(
    ("printed", "implied", "kind"),
    [(21, 12, "transposed"), (12, 122, "lost"), (122, 12, "doubled"), (132, 12, "added"), (13, 12, "replaced"),
     (-5, 5, "sign"), ("1.5", "15", "point"), (987, 12, "none")],
)  # fmt: skip
def test_slips_of_digits(printed: int | str, implied: int | str, kind: str) -> None:
    assert edit_kind(Decimal(printed), Decimal(implied)) == kind


def test_three_wrong_cells_are_found_by_programming_with_their_values() -> None:
    values = figures(5, FORMS[0])
    wrong = [f"{FORMS[0]}/requests/{cell}" for cell in (
        "requests_received/natural_person", "granted_partial/research_institution", "not_held/legal_service_org")]  # fmt: skip
    found = localise(FORMS[0], spoilt(values, wrong, Random(5)))
    assert found.timed_out == ()
    assert sorted((c.slot_id, c.implied) for c in found.explanations[0].cells) == sorted((s, values[s]) for s in wrong)
