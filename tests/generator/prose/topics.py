"""Topics other than requests, and how often each topic comes up. Knows no wording of a quantity."""

from collections.abc import Callable

from . import requests
from .draft import Draft
from .parts import THIS_YEAR, Part, by_name, enumerate_parts, split_up

Topic = Callable[[Draft], None]
_CASE_OUTCOMES = (
    "upheld", "corrected", "other", "pending", "dismissed", "withdrawn", "ordered", "illegal", "other_corrected",
)  # fmt: skip
_MEANS = ("website", "weibo", "wechat", "gazette", "other_means")


def _cases(draft: Draft, kind: str) -> None:
    total = draft.amount("appeal", 1) if draft.chance(0.8) else 0
    draft.state(kind, total)
    closed = total > 1 and draft.chance(0.15)
    if closed:
        draft.say(",[均已|全部|已全部]审结")
    if not total or draft.chance(0.25):
        return
    names = [f"{kind}/{name}" for name in _CASE_OUTCOMES if not (closed and name == "pending")]
    if kind == "suit" and draft.has("item", "suit/direct") and draft.chance(0.5):
        names = ["suit/direct", "suit/after"]
    role = "front" if draft.chance(0.2) and "suit/direct" not in names else "item"
    enumerate_parts(draft, split_up(draft, names, total, 4, role), role=role)


def disputes(draft: Draft) -> None:
    """Cases of reconsideration and litigation: with outcomes, none, zero, one of them, both at once."""
    shape = draft.rng.choice(("both", "both", "neither", "one", "one", "zero", "list", "alike"))
    zero = draft.rng.choice((0, 0, 0, 1))
    if shape == "neither":
        draft.negate("appeal+suit")
    elif shape == "both":
        _cases(draft, "appeal")
        draft.say(draft.rng.choice(("。", ";")))
        _cases(draft, "suit")
    elif shape == "one":
        first, second = draft.rng.choice((("appeal", "suit"), ("suit", "appeal")))
        _cases(draft, first)
        draft.say(draft.rng.choice(("。", ";")))
        draft.negate(second)
    elif shape == "zero":
        draft.say("[$y年|全年|本年度][,|]@because@")
        amount = "均为{件|起}" if zero == 0 else "[各|均为]{件|起}"
        draft.same_values(("appeal", "suit"), zero, f"<行政复议[、|和]行政诉讼[案件|]{amount}>")
    else:
        draft.say("[$y年|全年|本年度][,|]@because@")
        draft.state("appeal", draft.amount("appeal"), "item")
        draft.say(draft.rng.choice((",", "、", ";")))
        draft.state("suit", draft.amount("suit"), "item")
    draft.say("。")


def disclosure(draft: Draft) -> None:
    """The whole disclosed, alone or with its channels, kinds or the year before."""
    total = draft.amount("disclosed", 20)
    shape = draft.rng.choice(("alone", "alone", "channels", "channels", "kinds", "named", "mixed", "last", "sum"))
    if shape == "named":
        by_name(draft, "disclosed", total, [name for name in _MEANS if draft.has("name", name)], "条")
    elif shape == "mixed":
        draft.state("disclosed_mixed", total)
        enumerate_parts(draft, split_up(draft, _MEANS, total))
    elif shape == "sum":
        enumerate_parts(draft, split_up(draft, _MEANS, total), "[$y年|全年|本年度],")
        draft.say(draft.rng.choice((",", "。")))
        draft.state("disclosed", total, "sum")
    elif shape == "last" and draft.chance(0.7):
        draft.say("$last年主动公开政府信息{!条},", "last year's figure")
        draft.state("disclosed", total, opening=THIS_YEAR)
    elif shape == "last":
        draft.say("与上年的{!条}相比,", "last year's figure")
        draft.state("disclosed", total, opening=THIS_YEAR)
    else:
        draft.state("disclosed", total, vague=shape == "alone" and draft.chance(0.4))
        if shape == "channels":
            enumerate_parts(draft, split_up(draft, _MEANS, total))
        elif shape == "kinds":
            _kinds(draft, total)
        elif draft.chance(0.3):
            draft.say(",")
            draft.trap("compare", draft.rng.choice(("item", "any")))
    draft.say("。")


def _kinds(draft: Draft, total: int) -> None:
    """Kinds of information, which have no indicator, within the total."""
    mark = draft.rng.choice(("、", ","))
    opening = draft.rng.choice((",其中", ",包括", ",其中:"))
    values = draft.split(total, 5)
    for place in range(draft.rng.randint(2, 4)):
        draft.say(mark if place else opening)
        text, reason = draft.trap_reason("kind", "item")
        draft.say(text.replace("{!条}", f"{{!条={values[place]}}}"), reason)


def channels(draft: Draft) -> None:
    """Single channels, each in its own clause; several channels in one figure, which have no indicator."""
    if draft.chance(0.2):
        _bare_channels(draft)
        return
    names = draft.rng.sample(("website", "weibo", "wechat", "gazette"), draft.rng.randint(1, 3))
    for place, name in enumerate(names):
        draft.say(draft.rng.choice((",", ";", "。")) if place else "")
        draft.state(name, draft.amount(name, 2), vague=draft.chance(0.15))
    if draft.chance(0.35):
        draft.say("。")
        draft.trap("several", "item")
    if draft.chance(0.4):
        draft.say("。")
        draft.state("visits", draft.amount("visits", 5000) // 100 * 100, vague=draft.chance(0.6))
    elif draft.chance(0.4):
        draft.say("。")
        draft.state("gazette_copies", draft.amount("gazette_copies", 100), vague=draft.chance(0.2))
    draft.say("。")


def _bare_channels(draft: Draft) -> None:
    """A figure of several channels, which has no indicator, and then each by its bare name."""
    total = draft.amount("disclosed", 20)
    figure = f"{{!条={total}}}"
    draft.say(
        f"[$y年|全年|本年度]政府网站、微博、微信[共|累计|]发布[各类|]信息{figure}", "several channels in one figure"
    )
    values = draft.split(total, 3)
    parts = [Part(name, value) for name, value in zip(("website", "weibo", "wechat"), values, strict=True)]
    enumerate_parts(draft, parts, role="bare")
    draft.say("。")


def response(draft: Draft) -> None:
    """Responses and interpretations, one after the other."""
    names = ["press", "interviews", "interpretations", "hot_topics", "weibo_wechat", "other_responses"]
    chosen = draft.rng.sample(names, draft.rng.randint(1, 6))
    if draft.chance(0.12):
        draft.negate("press")
        draft.say("。")
        chosen = [name for name in chosen if name != "press"] or ["interpretations"]
    if len(chosen) == 1 and draft.has("state", chosen[0]):
        draft.state(chosen[0], draft.amount(chosen[0]), vague=draft.chance(0.2))
        draft.say("。")
        return
    draft.say("[$y年|全年|本年度][,|]")
    mark = draft.rng.choice((",", ",", ";", "、"))
    for place, name in enumerate(chosen):
        draft.say(mark if place else "")
        value = draft.amount(name)
        draft.state(name, value, "item", vague=draft.chance(0.08))
        if name in ("press", "interviews") and draft.has("item", f"{name}_principal") and draft.chance(0.8):
            draft.say("(其中")
            draft.state(f"{name}_principal", draft.rng.randint(0, value), "item")
            draft.say(")")
    draft.say("。")


def documents(draft: Draft) -> None:
    """Documents issued, repealed and in force; decisions made."""
    if draft.chance(0.08):
        draft.negate("documents_issued")
    else:
        draft.state("documents_issued", draft.amount("documents_issued"))
        for name in draft.rng.sample(("documents_repealed", "documents_in_force", "documents_disclosed"), 2):
            if draft.chance(0.6):
                draft.say(draft.rng.choice((",", "、", ";")))
                draft.state(name, draft.amount(name), "item")
    if draft.has("item", "rules_issued") and draft.chance(0.4):
        draft.say(draft.rng.choice((";", "。")))
        rules = [Part(name, draft.rng.randint(0, 9)) for name in ("rules_issued", "rules_repealed", "rules_in_force")]
        enumerate_parts(draft, rules[: draft.rng.randint(1, 3)], "")
    if draft.has("item", "licensing") and draft.chance(0.4):
        draft.say("。")
        names = draft.rng.sample(("licensing", "penalty", "coercion"), draft.rng.randint(1, 3))
        enumerate_parts(draft, [Part(name, draft.amount(name)) for name in names], "[$y年|全年][,|]")
    draft.say("。")


def fees(draft: Draft) -> None:
    """Fees: none, or a sum in yuan."""
    name = "processing_fee" if draft.has("state", "processing_fee") else "request_fee"
    if draft.chance(0.7):
        draft.negate(name)
    else:
        draft.state(name, draft.amount(name))
    draft.say("。")


def capacity(draft: Draft) -> None:
    """Staff, units, meetings, trainings and those trained."""
    shape = draft.rng.choice(("staff", "events", "events", "both"))
    if shape != "events":
        full, part = draft.rng.randint(0, 9), draft.rng.randint(0, 40)
        if draft.has("item", "units") and draft.chance(0.5):
            draft.state("units", draft.rng.randint(1, 9), "item", lead="$we")
            draft.say(",")
            draft.state("reading_points", draft.rng.randint(1, 60), "item")
            draft.say("。")
        draft.state("staff", full + part)
        role = draft.rng.choice(("item", "item", "front"))
        enumerate_parts(draft, [Part("full_time", full), Part("part_time", part)], role=role)
        draft.say("。")
    if shape != "staff":
        if draft.chance(0.3):
            draft.state("trainings", draft.amount("trainings", 1))
            draft.say("。")
            draft.state("trainees", draft.amount("trainees", 5), vague=draft.chance(0.4))
            draft.say("。")
            return
        draft.say("[$y年|全年|本年度][,|]$we[共|]")
        draft.state("meetings", draft.amount("meetings", 1), "item")
        draft.say(",")
        draft.state("trainings", draft.amount("trainings", 1), "item")
        if draft.chance(0.7):
            draft.say(",")
            draft.state("trainees", draft.amount("trainees", 5), "item", vague=draft.chance(0.3))
        draft.say("。")


def complaints(draft: Draft) -> None:
    """Complaints about the work itself."""
    if draft.chance(0.5):
        draft.negate("complaints")
    else:
        draft.state("complaints", draft.amount("complaints"))
    draft.say("。")


# group of headings -> topics with their weights
TOPICS: dict[str, list[tuple[Topic, int]]] = {
    "requests": [
        (requests.received, 4), (requests.received_by_channel, 3), (requests.received_by_applicant, 2),
        (requests.outcomes, 4), (requests.grounds, 4), (requests.completion, 3), (requests.carried, 2),
        (requests.no_request, 3), (requests.by_region, 1), (requests.everything, 1),
    ],
    "disclosure": [(disclosure, 5), (channels, 3)],
    "disputes": [(disputes, 6), (complaints, 1)],
    "response": [(response, 1)],
    "documents": [(documents, 1)],
    "fees": [(fees, 1)],
    "capacity": [(capacity, 1)],
}  # fmt: skip
GROUP_WEIGHTS = {"requests": 9, "disclosure": 4, "disputes": 4, "response": 2, "documents": 2, "fees": 1, "capacity": 2}
