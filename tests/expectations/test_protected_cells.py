"""Random consistent reports pass; change any cell a gating rule protects, and a gating rule fails.

The consistent reports are made here from the printed forms, by hand, without the declared rules or the reader.
"""

from __future__ import annotations

from random import Random
from typing import Any

from hand_made import NO_CLAIM, SLOTS, arrow, report, sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.evaluate import evaluate

APPLICANTS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_interest_org",
    "legal_service_org",
    "other_org",
)
NOT_OUTCOMES = ("requests_received", "requests_carried_in", "requests_disposed_total", "requests_carried_out")
ROUTES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
OUTCOMES = ("upheld", "corrected", "other", "pending")
CHANNELS = ("in_person", "fax", "online", "letter")

# total of a one-column form -> its parts, innermost first
SUMS: dict[str, dict[str, tuple[str, ...]]] = {
    "national-2014": {
        "requests_received": tuple(f"requests_received_{c}" for c in CHANNELS),
        "requests_completed": ("requests_completed_on_time", "requests_completed_extended"),
        "refused_total": (
            "refused_state_secret",
            "refused_trade_secret",
            "refused_personal_privacy",
            "refused_security_stability",
            "refused_not_government_information",
            "refused_other_legal_grounds",
        ),
        "requests_disposed_total": (
            "already_public",
            "granted_full",
            "granted_partial",
            "refused_total",
            "not_own_organ",
            "information_nonexistent",
            "told_to_amend",
            "redirected_other_channel",
        ),
        "reconsideration_cases.total": tuple(f"reconsideration_cases.{o}" for o in OUTCOMES[:3]),
        "litigation_cases.total": tuple(f"litigation_cases.{o}" for o in OUTCOMES[:3]),
        "oi_staff_total": ("oi_staff_full_time", "oi_staff_part_time"),
    },
    "local-zhejiang": {
        "requests_received": tuple(f"requests_received_{c}" for c in (*CHANNELS, "other_channel")),
        "refused_total": (
            "refused_state_secret",
            "refused_trade_secret",
            "refused_personal_privacy",
            "refused_security_stability",
        ),
        "requests_disposed_total": (
            "granted_full",
            "granted_partial",
            "refused_total",
            "not_own_organ_or_nonexistent",
            "unclear_or_redirected",
            "other_reasons",
        ),
        "reconsideration_cases.total": tuple(
            f"reconsideration_cases.{o}" for o in ("upheld", "confirmed_illegal", "other_corrected")
        ),
        "litigation_cases.total": tuple(
            f"litigation_cases.{o}" for o in ("upheld", "confirmed_illegal", "other_corrected")
        ),
    },
    "local-shanghai": {
        "requests_received": tuple(f"requests_received_{c}" for c in (*CHANNELS, "email", "other_channel")),
        "rejected_total_broad": (
            "refused_not_government_information",
            "information_nonexistent",
            "not_own_organ",
            "unclear_or_redirected",
            "refused_state_secret",
            "refused_trade_secret",
            "refused_personal_privacy",
            "refused_internal_affairs",
            "refused_process_information",
            "refused_enforcement_file",
            "other_reasons",
        ),
        "requests_disposed_total": ("granted_full", "granted_partial", "rejected_total_broad"),
    },
    "local-fujian": {
        "requests_accepted": tuple(f"requests_received_{c}" for c in (*CHANNELS, "email", "other_channel")),
        "requests_disposed_total": ("granted_full", "granted_partial", "rejected_total_broad"),
    },
}
FORMS = ("national-2021", "national-2019", *SUMS)

Values = dict[str, int]


def consistent(form: str, random: Random) -> tuple[Values, list[str]]:
    """The numbers of a whole report of `form`, and the places among them that a gating rule protects."""
    values: Values = {
        slot_id.removeprefix(f"{form}/"): random.randint(0, 40)
        for slot_id, slot in SLOTS.items()
        if slot["form"] == form
    }
    protected = _national(values, random) if form not in SUMS else _one_column(form, values)
    return values, protected


def _national(values: Values, random: Random) -> list[str]:
    """Each applicant column closes and balances, then the total column adds the applicants, then the disputes close."""
    lines = sorted({place.split("/")[1] for place in values if place.startswith("requests/")})
    outcomes = [line for line in lines if line not in NOT_OUTCOMES]
    for column in APPLICANTS:
        disposed = sum(values[f"requests/{line}/{column}"] for line in outcomes)
        due = disposed + values[f"requests/requests_carried_out/{column}"]
        carried_in = random.randint(0, due)
        values[f"requests/requests_disposed_total/{column}"] = disposed
        values[f"requests/requests_carried_in/{column}"] = carried_in
        values[f"requests/requests_received/{column}"] = due - carried_in
    for line in lines:
        values[f"requests/{line}/total"] = sum(values[f"requests/{line}/{column}"] for column in APPLICANTS)
    for route in ROUTES:
        values[f"disputes/cases/{route}.total"] = sum(values[f"disputes/cases/{route}.{o}"] for o in OUTCOMES)
    return [place for place in values if not place.startswith("disclosure/")]


def _one_column(form: str, values: Values) -> list[str]:
    protected = []
    for column in sorted({place.split("/")[2] for place in values}):
        for total, parts in SUMS[form].items():
            values[f"statistics/{total}/{column}"] = sum(values[f"statistics/{part}/{column}"] for part in parts)
            protected += [f"statistics/{place}/{column}" for place in (total, *parts)]
    return sorted(set(protected))


def verdicts(form: str, variants: list[Values]) -> list[dict[str, Any]]:
    """The verdict of each of these tables, evaluated as reports of one load."""
    names = [f"r{n:04d}" for n in range(len(variants))]
    cells = [row for name, values in zip(names, variants, strict=True) for row in sheet(form, values, name)]
    reports = [report(name, form) for name in names]
    rows: list[dict[str, Any]] = evaluate(arrow("report", reports), arrow("cell", cells), NO_CLAIM).verdict.to_pylist()
    return rows


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(FORMS), st.integers(0, 2**32))
def test_random_consistent_tables_are_verified(form: str, seed: int) -> None:
    values, _ = consistent(form, Random(seed))
    (row,) = verdicts(form, [values])
    assert (row["verdict"], row["gating_failed"]) == ("verified", 0)
    assert row["gating_compared"] > 0


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(FORMS), st.integers(0, 2**32), st.integers(1, 50))
def test_any_protected_cell_that_changes_makes_a_gating_rule_fail(form: str, seed: int, by: int) -> None:
    random = Random(seed)
    values, protected = consistent(form, random)
    places = random.sample(protected, min(25, len(protected)))
    up = [{**values, place: values[place] + by} for place in places]
    down = [{**values, place: values[place] - by} for place in places if values[place] >= by]
    missed = [row["report_id"] for row in verdicts(form, up + down) if row["verdict"] != "held"]
    assert missed == []


def test_every_protected_cell_of_every_form_is_caught_once() -> None:
    for form in FORMS:
        values, protected = consistent(form, Random(1))
        rows = verdicts(form, [{**values, place: values[place] + 1} for place in protected])
        assert {row["verdict"] for row in rows} == {"held"}
        assert len(rows) == len(protected) > 0
