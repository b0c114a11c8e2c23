"""Random reports whose figures add up, and reports with one figure changed. Knows the sums of the forms, not their print."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from . import forms
from .places import random_organ

Values = dict[str, Decimal | None]
Builder = Callable[[Random, str], dict[str, Decimal | int]]
SCALES = ("zero", "small", "medium", "large")
_LIMIT = {"zero": 0, "small": 9, "medium": 400, "large": 90000}
YEARS = {
    "national-2021": (2021, 2025),
    "national-2019": (2019, 2020),
    "national-2014": (2014, 2018),
    "local-zhejiang": (2008, 2013),
    "local-shanghai": (2008, 2013),
    "local-fujian": (2008, 2013),
}


@dataclass(frozen=True)
class Report:
    """An organ's figures of one year on one form. A None is printed empty, or as a dash where the layout has no empty cell.

    parts: name of a part of what the report covers -> its own figures, where they are printed beside the whole.
    """

    form: str
    organ: str
    year: int
    values: Values
    parts: dict[str, Values] = field(default_factory=dict)


def random_report(
    rng: Random,
    form: str | None = None,
    blank_share: float = 0.0,
    scale: str | None = None,
) -> Report:
    """A report that satisfies every linear identity of its form. `blank_share` of the zero cells become None."""
    form = form or rng.choice(forms.FORMS)
    scale = scale or rng.choices(SCALES, (3, 4, 2, 1))[0]
    raw = _BUILDERS[form](rng, scale)
    values: Values = {slot: Decimal(raw[slot]) for slot in forms.slot_ids(form)}
    for slot, value in values.items():
        if value == 0 and rng.random() < blank_share:
            values[slot] = None
    return Report(form, random_organ(rng), rng.randint(*YEARS[form]), values)


def with_parts(report: Report, names: Iterable[str], rng: Random, blank_share: float = 0.0) -> Report:
    """The report of a whole made of parts: each part adds up by itself, and the whole is their sum."""
    parts = {name: random_report(rng, report.form, blank_share).values for name in names}
    whole: Values = {}
    for slot in report.values:
        given = [values[slot] for values in parts.values() if values[slot] is not None]
        whole[slot] = sum(given, Decimal(0)) if given else None
    return replace(report, values=whole, parts=parts)


def mutate(report: Report, slot: str, value: Decimal | None = None) -> Report:
    """The same report with `slot` changed: to `value`, or by default to one more than it was."""
    changed = (report.values[slot] or Decimal(0)) + 1 if value is None else value
    return replace(report, values={**report.values, slot: changed})


def identities_hold(report: Report, terms: Iterable[tuple[str, str, list[tuple[str, int]]]]) -> list[str]:
    """Names of the identities (name, operator, terms) that the report's complete cells violate."""
    failed = []
    for name, operator, parts in terms:
        values = [report.values[slot] for slot, _ in parts]
        if None in values:
            continue
        total = sum((value or 0) * factor for value, (_, factor) in zip(values, parts, strict=True))
        if (operator == "=" and total != 0) or (operator == "<=" and total > 0):
            failed.append(name)
    return failed


def _number(rng: Random, scale: str) -> int:
    """Mostly zero, sometimes a number up to the scale's limit."""
    return 0 if rng.random() < 0.6 else rng.randint(0, _LIMIT[scale])


def _spread(rng: Random, total: int, bins: int) -> list[int]:
    """`total` split over `bins`, unevenly."""
    parts = [0] * bins
    while total > 0:
        share = rng.randint(1, total)
        parts[rng.randrange(bins)] += share
        total -= share
    return parts


def _money(rng: Random, scale: str) -> Decimal:
    amount = _number(rng, scale)
    return Decimal(amount) if rng.random() < 0.5 else Decimal(rng.randint(0, amount * 10**4)).scaleb(-4).normalize()


def _disclosure(rng: Random, scale: str, form: str) -> dict[str, Decimal | int]:
    values: dict[str, Decimal | int] = {}
    for slot in forms.slot_ids(form):
        _, table, line, column = slot.split("/")
        if table != "disclosure":
            continue
        number: Decimal | int = _money(rng, scale) if forms.is_money(slot) else _number(rng, scale)
        if column == "items_net_change":
            number = rng.choice((-1, 1)) * _number(rng, scale)
        if column == "in_force":
            number += values[f"{form}/disclosure/{line}/issued"]
        if column == "disclosed_stock":
            number += values[f"{form}/disclosure/{line}/disclosed"]
        values[slot] = number
    return values


def _requests(rng: Random, scale: str, form: str) -> dict[str, int]:
    prefix = f"{form}/requests"
    lines = [line.line_id for line in forms.table_lines(form, "requests") if line.line_id]
    ends = (
        "requests_received",
        "requests_carried_in",
        "requests_disposed_total",
        "requests_carried_out",
    )
    outcomes = [line for line in lines if line not in ends]
    values = {f"{prefix}/{line}/total": 0 for line in lines}
    for applicant in list(forms.APPLICANTS)[:-1]:
        received, carried_in = (
            _number(rng, scale),
            _number(rng, "small" if scale == "large" else scale),
        )
        carried_out = rng.randint(0, received + carried_in) if rng.random() < 0.3 else 0
        disposed = received + carried_in - carried_out
        column = dict(zip(ends, (received, carried_in, disposed, carried_out), strict=True))
        column.update(zip(outcomes, _spread(rng, disposed, len(outcomes)), strict=True))
        for line, number in column.items():
            values[f"{prefix}/{line}/{applicant}"] = number
            values[f"{prefix}/{line}/total"] += number
    return values


def _disputes(rng: Random, scale: str, form: str) -> dict[str, int]:
    values: dict[str, int] = {}
    for route in forms.ROUTES:
        numbers = [_number(rng, "small" if scale != "zero" else scale) for _ in range(4)]
        for outcome, number in zip(forms.OUTCOMES, [*numbers, sum(numbers)], strict=True):
            values[f"{form}/disputes/cases/{route}.{outcome}"] = number
    return values


def _national(form: str) -> Builder:
    def build(rng: Random, scale: str) -> dict[str, Decimal | int]:
        return {
            **_disclosure(rng, scale, form),
            **_requests(rng, scale, form),
            **_disputes(rng, scale, form),
        }

    return build


# total -> parts that sum to it, in an order in which each total is known before it is split.
_SPLITS: dict[str, dict[str, tuple[str, ...]]] = {
    "national-2014": {
        "requests_received": ("in_person", "fax", "online", "letter"),
        "requests_completed": (
            "requests_completed_on_time",
            "requests_completed_extended",
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
        "refused_total": (
            "refused_state_secret",
            "refused_trade_secret",
            "refused_personal_privacy",
            "refused_security_stability",
            "refused_not_government_information",
            "refused_other_legal_grounds",
        ),
        "reconsideration_cases.total": (".upheld", ".corrected", ".other"),
        "litigation_cases.total": (".upheld", ".corrected", ".other"),
        "oi_staff_total": ("oi_staff_full_time", "oi_staff_part_time"),
    },
    "local-zhejiang": {
        "proactive_disclosures_channel_total": (
            "disclosed_via_gazette",
            "disclosed_via_website",
            "press_conferences_held",
        ),
        "requests_received": ("in_person", "fax", "online", "letter", "other_channel"),
        "requests_accepted": (
            "requests_completed_on_time",
            "requests_completed_extended",
        ),
        "requests_disposed_total": (
            "granted_full",
            "granted_partial",
            "refused_total",
            "not_own_organ_or_nonexistent",
            "unclear_or_redirected",
            "other_reasons",
        ),
        "refused_total": (
            "refused_state_secret",
            "refused_trade_secret",
            "refused_personal_privacy",
            "refused_security_stability",
        ),
        "reconsideration_cases.total": (
            ".upheld",
            ".confirmed_illegal",
            ".other_corrected",
        ),
        "litigation_cases.total": (".upheld", ".confirmed_illegal", ".other_corrected"),
    },
    "local-shanghai": {
        "requests_received": (
            "in_person",
            "fax",
            "email",
            "online",
            "letter",
            "other_channel",
        ),
        "requests_disposed_total": (
            "granted_full",
            "granted_partial",
            "rejected_total_broad",
        ),
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
    },
    "local-fujian": {
        "proactive_disclosures_channel_total": (
            "disclosed_via_website",
            "disclosed_via_gazette",
        ),
        "requests_accepted": (
            "in_person",
            "fax",
            "email",
            "online",
            "letter",
            "other_channel",
        ),
        "requests_disposed_total": (
            "granted_full",
            "granted_partial",
            "rejected_total_broad",
        ),
    },
}
_REQUEST_CHANNELS = ("in_person", "fax", "email", "online", "letter", "other_channel")
_CHANNELS = ("gazette", "website", "weibo", "wechat", "other")
_RESPONSES = (
    "press_conferences_held",
    "online_interviews_held",
    "policy_interpretations_published",
    "weibo_wechat_responses",
    "other_responses",
)


def _part_name(total: str, part: str) -> str:
    if part.startswith("."):
        return total.split(".")[0] + part
    return f"requests_received_{part}" if part in _REQUEST_CHANNELS else part


def _statistics_column(rng: Random, scale: str, form: str) -> dict[str, Decimal | int]:
    lines = [line.line_id for line in forms.lines(form) if line.line_id]
    values: dict[str, Decimal | int] = {
        line: _money(rng, scale) if line in forms.MONEY_STATISTICS else _number(rng, scale) for line in lines
    }
    if form == "national-2014":
        _bound_2014(rng, values)
    for total, parts in _SPLITS[form].items():
        names = [_part_name(total, part) for part in parts]
        values.update(zip(names, _spread(rng, int(values[total]), len(names)), strict=True))
    return values


def _bound_2014(rng: Random, values: dict[str, Decimal | int]) -> None:
    """The inequalities of the 2014 form: channels, documents, attendance, responses, completions."""
    channels = [f"disclosed_via_{channel}" for channel in _CHANNELS]
    shares = [int(values[channel]) for channel in channels]
    values["proactive_items_disclosed"] = rng.randint(max(shares), sum(shares))
    values["normative_documents_disclosed"] = rng.randint(0, int(values["normative_documents_issued"]))
    for kind in ("press_conferences", "online_interviews"):
        values[f"{kind}_principal_attended"] = rng.randint(0, int(values[f"{kind}_held"]))
    values["hot_topics_responded"] = rng.randint(0, sum(int(values[name]) for name in _RESPONSES))
    values["requests_completed"] = rng.randint(0, int(values["requests_received"]))
    values["requests_disposed_total"] = values["requests_completed"]


def _statistics(form: str) -> Builder:
    def build(rng: Random, scale: str) -> dict[str, Decimal | int]:
        values: dict[str, Decimal | int] = {}
        running: dict[str, Decimal | int] = {}
        # The second column of the local forms is a running total, so it holds the first one and what came before it.
        for column in forms.VALUE_COLUMNS[form]:
            numbers = _statistics_column(rng, scale, form)
            running = {line: running.get(line, 0) + number for line, number in numbers.items()}
            values.update({f"{form}/statistics/{line}/{column}": number for line, number in running.items()})
        return values

    return build


_BUILDERS = {form: _national(form) if form in forms.DISCLOSURE_COLUMNS else _statistics(form) for form in forms.FORMS}
