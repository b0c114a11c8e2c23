"""Topics about requests: received, by whom and how, what became of them. Knows no wording of a quantity."""

from .draft import Draft
from .parts import THIS_YEAR, Part, by_name, enumerate_parts, split_up

_CHANNELS = ("in_person", "fax", "online", "letter", "email", "other_channel")
_OUTCOMES = (
    "granted", "partial", "refused", "not_provided", "not_processed", "other_disposition",
    "already_public", "nonexistent", "not_own", "amend", "redirected",
)  # fmt: skip
_GROUNDS = {
    "refused": (
        "state_secret", "stability", "third_party", "internal", "process", "enforcement", "query", "law",
        "trade_secret", "privacy",
    ),
    "not_provided": ("not_held", "creation", "unclear"),
    "not_processed": ("petition", "repeat", "publication", "excessive", "reconfirmation"),
    "other_disposition": ("uncorrected", "fee_unpaid"),
}  # fmt: skip


def _receive(draft: Draft, value: int, comparison: float = 0.3, alone: bool = False) -> None:
    """Append the number received, perhaps with last year's before it or a comparison behind it.

    Only where the number stands alone may the comparison be a count: parts after it could be taken for its parts.
    """
    quantity = "accepted" if draft.setting.form == "local-zhejiang" and draft.chance(0.6) else "received"
    if draft.chance(0.2):
        text, reason = draft.trap_reason("before", "case" if draft.chance(0.6) else "any")
        draft.say(text, reason)
        draft.say(",")
        other_year = reason == "last year's figure"
        draft.state(quantity, value, opening=THIS_YEAR if other_year else "")
        comparison = 0 if other_year else comparison
    else:
        draft.state(quantity, value)
    if draft.chance(comparison):
        draft.say(",")
        draft.trap("compare", draft.rng.choice(("case", "case", "any") if alone else ("any",)))


def received(draft: Draft) -> None:
    """The number received, with what happened to all of them, or with the same figure again."""
    value = draft.amount("received", 1)
    kind = draft.rng.choice(("alone", "all", "all", "all", "again", "zero"))
    if kind == "zero":
        draft.state("received", 0)
    elif kind == "all":
        _all_dealt_with(draft, value)
    elif kind == "again":
        _receive(draft, value, alone=True)
        draft.say("。" + draft.rng.choice(("", "据统计,", "从办理情况看,", "总的来看,")))
        # Offices contradict themselves, too.
        draft.state("received", value if draft.chance(0.85) else draft.amount("received", 1))
    else:
        _receive(draft, value, 0.6, alone=True)
    draft.say("。")


def _all_dealt_with(draft: Draft, value: int) -> None:
    """The number received, and that all of them were completed or answered."""
    antecedents = [name for name in ("received", "accepted") if draft.has("state", name)]
    pairs = [(name, done) for name in antecedents for done in ("disposed", "completed", "on_time")]
    antecedent, done = draft.rng.choice([pair for pair in pairs if draft.has("all", f"{pair[0]}>{pair[1]}")])
    draft.state(antecedent, value)
    if draft.chance(0.2):
        draft.say(",同比[增长|下降]{!%}", "share")
    draft.say(draft.rng.choice((",", ",", "。", ";")))
    draft.refer_back(antecedent, done, value)


def received_by_channel(draft: Draft) -> None:
    """The number received and how they came, total first or last."""
    total = draft.amount("received", 2)
    role = "front" if draft.chance(0.2) else "item"
    parts = split_up(draft, _CHANNELS, total, role=role)
    if role == "item" and draft.chance(0.2):
        online = draft.rng.randint(0, total)
        parts = [Part("fax_or_letter", total - online), Part("online", online)]
    if role == "item" and draft.chance(0.2):
        enumerate_parts(draft, parts, "[$y年|全年|本年度],[在收到的申请中,|]")
        draft.say(draft.rng.choice((",", "。", ";")))
        draft.state("received", total, "sum")
    elif draft.chance(0.15):
        by_name(draft, "received", total, [name for name in _CHANNELS if draft.has("name", name)])
    else:
        _receive(draft, total, 0.2)
        enumerate_parts(draft, parts, role=role)
        if draft.chance(0.3) and draft.has("all", "received>on_time"):
            draft.say("。[上述|以上][政府信息公开|]申请")
            draft.refer_back("received", "on_time", total)
    draft.say("。")


def received_by_applicant(draft: Draft) -> None:
    """The number received and who applied."""
    total = draft.amount("received", 2)
    persons = draft.rng.randint(0, total)
    _receive(draft, total, 0.2)
    role = draft.rng.choice(("item", "item", "front"))
    enumerate_parts(draft, [Part("received/natural", persons), Part("received/legal", total - persons)], role=role)
    draft.say("。")


def outcomes(draft: Draft) -> None:
    """Received, answered, and what was decided; the decisions before or behind their total."""
    total = draft.amount("received", 2)
    mark = draft.rng.choice((",", ";", "。"))
    _receive(draft, total, 0.3, alone=mark == "。")
    draft.say(mark)
    names = [name for name in _OUTCOMES if draft.has("name", name)]
    role = "front" if draft.chance(0.2) else "item"
    if draft.chance(0.15):
        draft.state("disposed", total, "item", lead="[已受理的申请中,|]")
        draft.say(",")
        chosen = names[: draft.rng.randint(2, len(names))]
        words = [draft.word("name", name) for name in chosen]
        draft.respectively(words, chosen, draft.split(total, len(chosen)), "件")
    elif draft.chance(0.2):
        enumerate_parts(draft, split_up(draft, _OUTCOMES, total), "在[答复的|已办理的]申请中,")
        draft.say(",")
        draft.state("disposed", total, "item")
    else:
        draft.state("disposed", total, "item")
        enumerate_parts(draft, split_up(draft, _OUTCOMES, total, role=role), role=role)
    draft.say("。")


def grounds(draft: Draft) -> None:
    """Decisions with their grounds."""
    heads = [name for name in _GROUNDS if draft.has("item", name)]
    head = draft.rng.choice(heads)
    total = draft.amount("received", 3)
    mark = draft.rng.choice((",", "。"))
    _receive(draft, total, 0.3, alone=mark == "。")
    draft.say(mark)
    share = draft.rng.randint(1, total)
    enumerate_parts(draft, [Part("granted", total - share), Part(head, share)], "")
    parts = split_up(draft, _GROUNDS[head], share, 4)
    enumerate_parts(draft, parts, draft.rng.choice(("(其中", "(其中:", "(")))
    draft.say(")。")


def completion(draft: Draft) -> None:
    """Received, completed, on time, extended."""
    total = draft.amount("received", 2)
    extended = draft.rng.randint(0, total // 2)
    if draft.chance(0.15):
        draft.state("completed", total)
        draft.say(",")
        draft.refer_back("completed", "on_time", total)
        draft.say("。")
        return
    if draft.chance(0.15):
        draft.state("completed", total - extended)
        draft.say("。")
        draft.state("disposed", total - extended)
        draft.say("。")
        return
    _receive(draft, total, 0.2)
    draft.say(draft.rng.choice((",", ";")))
    shape = draft.rng.choice(("completed", "parts", "both", "answered"))
    if shape in ("completed", "both", "answered"):
        draft.state("completed", total - (extended if shape == "completed" else 0), "item")
    if shape == "both":
        enumerate_parts(draft, [Part("on_time", total - extended), Part("extended", extended)])
    if shape == "parts":
        enumerate_parts(draft, [Part("on_time", total - extended), Part("extended", extended)], "")
    if shape == "answered":
        draft.say(",")
        draft.state("disposed", total, "item")
    draft.say("。")


def carried(draft: Draft) -> None:
    """Received, brought in from last year, taken into next year."""
    total, before = draft.amount("received", 2), draft.rng.randint(0, 9)
    after = draft.rng.randint(0, total)
    draft.state("received", total)
    draft.say(draft.rng.choice((",", "、", ";")))
    if draft.chance(0.3):
        draft.state("completed", total - after, "item")
        draft.say(",")
        draft.state("carried_out", after, "front", lead="[其余|余下|]")
        draft.say("。")
        return
    draft.state("carried_in", before, "item")
    if draft.chance(0.7):
        draft.say(draft.rng.choice((";", "。", ",")))
        draft.state("disposed", total + before - after, "item")
    if draft.chance(0.7):
        draft.say(",")
        draft.state("carried_out", after, "item")
    draft.say("。")


def no_request(draft: Draft) -> None:
    """No request; perhaps no case and no complaint either, in the same sentence."""
    draft.negate("received")
    if draft.chance(0.4):
        draft.say(draft.rng.choice((",", ",", ";", "。")))
        draft.negate(draft.rng.choice(("appeal+suit", "appeal", "suit", "complaints")))
    draft.say("。")


def by_region(draft: Draft) -> None:
    """The whole region's requests with the parts of its organs, which are no claims of their own."""
    others = {"市": "各县区", "县": "各乡镇", "区": "各街道"}.get(draft.setting.place.level)
    if others is None:  # a township has no parts
        received_by_applicant(draft)
        return
    total = draft.amount("received", 3)
    draft.state("received", total, opening="[$y年|全年|本年度],全$level[|各级各部门|各级行政机关]")
    draft.say(draft.rng.choice((",其中", ",其中,", ";")))
    organs = ["[$level本级|$level级机关|$level直部门]", others]
    if draft.chance(0.4):
        organs = draft.rng.sample(("自然资源局", "公安局", "住房城乡建设局", "人力资源社会保障局", "教育局"), 3)
    for place, (organ, value) in enumerate(zip(organs, draft.split(total, len(organs)), strict=True)):
        draft.say("[,|、]" if place else "")
        draft.say(f"{organ}{{!件={value}}}", "a part of the region")
    draft.say("。")


def everything(draft: Draft) -> None:
    """One long sentence: received, outcomes, cases, as townships write it."""
    total = draft.amount("received", 0)
    draft.state("received", total)
    enumerate_parts(draft, [Part("granted", total), Part("refused", 0)], ",")
    draft.say(",@because@")
    draft.state("appeal", draft.rng.choice((0, 0, 1)), "item")
    draft.say(",")
    draft.state("suit", draft.rng.choice((0, 0, 1)), "item")
    draft.say("。")


# group of headings -> topics with their weights
