"""Claims written by hand, for the tests of the rules about prose. Nothing here reads a text or evaluates a rule.

The labelled claims of the seeds come from truth.jsonl. What they are parts and shares of, and the figures of the texts
that have no indicator, were typed here from the texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import staged_truth
from hand_made import SLOTS, report

Claim = dict[str, Any]
Printed = int | str


def claim(
    report_id: str, number: int, indicator_id: str | None, value: Printed, quote: str = "", **other: Any
) -> Claim:
    """One staged claim of a count; `indicator_id` None: a figure of no indicator."""
    return {
        "claim_id": f"{report_id}:c{number:04d}",
        "report_id": report_id,
        "quantity_id": indicator_id,
        "indicator_id": indicator_id,
        "applicant_type": None,
        "outcome": None,
        "route": None,
        "subject": None,
        "kind": "count",
        "value": Decimal(value),
        "unit": "件",
        "qualifier": "exact",
        "by_negation": False,
        "is_implied": False,
        "scope": None,
        "part_of": None,
        "partition": None,
        "is_rest": False,
        "share_part": None,
        "share_whole": None,
        "quote": quote or f"{value}件",
        "char_start": number * 20,
        "char_end": number * 20 + 10,
        **other,
    }


def share(report_id: str, number: int, value: Printed, part: Claim, whole: Claim, **other: Any) -> Claim:
    """A printed share of `whole`."""
    ends = {"share_part": part["claim_id"], "share_whole": whole["claim_id"]}
    return claim(report_id, number, None, value, f"{value}%", kind="share", unit="%", **ends, **other)


def parts(total: Claim, partition: str | None, members: Sequence[Claim]) -> list[Claim]:
    """`members` as what `total` is broken down into."""
    return [{**member, "part_of": total["claim_id"], "partition": partition} for member in members]


_MIXED = "条(份/项/次/册)"

# Report -> total, what it is broken down by, its parts; each by the end of its quote.
_BREAKDOWNS: tuple[tuple[str, str, str | None, tuple[str, ...]], ...] = (
    ("daxiang-2021", "发布政府信息7518条", "disclosure_channel", ("共发布信息5805条", "发布信息1713条")),
    (
        "liupanshui-2013",
        "288905条(份/项/次/册)",
        "disclosure_channel",
        ("互联网公开76432条", "政府信息703条", "公开211756条(份/项/次/册)"),
    ),
    ("liupanshui-2013", "申请426件", "request_channel", ("当面申请355件", "信函申请45件", "网上申请26件")),
    ("liupanshui-2013", "已答复426件", "request_outcome", ("同意公开420件", "部分公开2件", "均为信息不存在")),
    ("liupanshui-2013", "行政复议全年共有8件,全部审结", "case_outcome", ("1件", "行政复议2件", "撤回2件", "的3件")),
    (
        "liupanshui-2013",
        "各类信息4816条",
        None,
        tuple(f"类信息{n}条" for n in (138, 424, 1713, 312, 1275, 411, 91, 28)),
    ),
    (
        "liupanshui-2014",
        "信息104434条(不同渠道和方式公开相同信息计1条)",
        "disclosure_channel",
        ("公开1086条", "公开81917条", "公开3565条", "公开526条", "公开233554条"),
    ),
    (
        "liupanshui-2015",
        "信息135509条",
        "disclosure_channel",
        ("公开522条", "公开115916条", "公开5570条", "公开9390条", "公开31891条"),
    ),
    ("liupanshui-2015", "申请63件", "request_channel", ("当面申请1件", "网络申请50件", "信函申请12件")),
    ("quzhou-2013", "信息48453条", "level", ("新增10180条", "新增38273条")),
    ("quzhou-2013", "信息48453条", "class", ("文件9145条", "信息39308条")),
    ("quzhou-2013", "申请42件", "level", ("机关34件", "区)8件")),
    ("quzhou-2013", "申请42件", "request_channel", ("当面申请16件", "网络申请12件", "信函申请14件")),
    ("quzhou-2013", "申请42件", "request_outcome", ("的33件", "的0件", "的9件")),
    ("quzhou-2013", "复议案件5件", "case_outcome", ("行为4件", "行为违法0件", "纠错1件")),
)

# Figures without an indicator, with the place they stand at; a scope where they cover less than the report.
_BARE: tuple[tuple[str, int, int, str, str, str | None], ...] = (
    ("liupanshui-2013", 1500, 4816, "各类信息4816条", "条", None),
    *(
        ("liupanshui-2013", 1520 + n, value, f"{name}类信息{value}条", "条", None)
        for n, (name, value) in enumerate(
            (
                ("财政预决算及“三公”经费", 138),
                ("保障性住房", 424),
                ("安全生产", 1713),
                ("食品药品安全", 424),
                ("环境保护", 312),
                ("招投标", 1275),
                ("征地拆迁", 411),
                ("价格和收费", 91),
                ("扶贫生态移民工程", 28),
            )
        )
    ),
    ("liupanshui-2014", 11000, 1454, "书记市长信箱收到投诉咨询件1454件", "件", None),
    ("liupanshui-2014", 11020, 1450, "办结1450件", "件", None),
    ("liupanshui-2015", 5000, 2569, "市长信箱收到信件2569件", "件", None),
    ("liupanshui-2015", 5020, 2528, "受理2528件", "件", None),
    ("liupanshui-2015", 5040, 2526, "办结2526件", "件", None),
    ("quzhou-2013", 14240, 10180, "市本级新增10180条", "条", "市本级"),
    ("quzhou-2013", 14250, 38273, "各县(市、区)新增38273条", "条", "各县(市、区)"),
    ("quzhou-2013", 14260, 9145, "公开政策类文件9145条", "条", None),
    ("quzhou-2013", 14270, 39308, "其他各类信息39308条", "条", None),
    ("quzhou-2013", 14600, 34, "市级行政机关34件", "件", "市级行政机关"),
    ("quzhou-2013", 14610, 8, "各县(市、区)8件", "件", "各县(市、区)"),
    ("quzhou-2013", 14620, 33, "答复“同意公开”或“部分公开”的33件", "件", None),
)

# Printed share, its part and its whole.
_SHARES: tuple[tuple[str, str, str, str], ...] = (
    ("liupanshui-2013", "26.5", "互联网公开76432条", "288905条(份/项/次/册)"),
    ("liupanshui-2013", "0.2", "政府信息703条", "288905条(份/项/次/册)"),
    ("liupanshui-2013", "73.3", "公开211756条(份/项/次/册)", "288905条(份/项/次/册)"),
    ("liupanshui-2014", "99.72", "办结1450件", "投诉咨询件1454件"),
    ("liupanshui-2015", "98.4", "受理2528件", "收到信件2569件"),
    ("liupanshui-2015", "98.3", "办结2526件", "收到信件2569件"),
)

_PLACES = {"召开新闻发布会14场次": 191, "维持…1件": 3040, "确认具体行政行为违法0件": 14735}
_UNITS = {"全市共公开各类政府信息288905条(份/项/次/册)": _MIXED, "召开新闻发布会14场次": "场次"}


def seeds() -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[Claim]]:
    """Reports, cells and claims of the labelled texts."""
    rows = staged_truth.truth_rows()
    staged = staged_truth.staged_from_truth(rows, SLOTS)
    known = {row["report_id"] for row in staged["report"]}
    prose = {row["report_id"]: row["year"] for row in rows if row["report_id"] not in known}
    reports = [*staged["report"], *(report(name, "prose", year=year) for name, year in prose.items())]
    claims = [*(_labelled(n, row) for n, row in enumerate(rows) if row["source"] == "claim"), *_bare()]
    for name, total, partition, members in _BREAKDOWNS:
        whole = _ending(claims, name, total)
        for member in members:
            found = _endings(claims, name, member, whole["char_start"])
            for row in found:
                row.update(part_of=whole["claim_id"], partition=partition)
    for n, (name, value, part, whole_end) in enumerate(_SHARES):
        claims.append(share(name, 9000 + n, value, _ending(claims, name, part), _ending(claims, name, whole_end)))
    return reports, staged["cell"], claims


def _labelled(number: int, row: dict[str, Any]) -> Claim:
    start = row.get("char_start") or _PLACES.get(row["raw"], number)
    return claim(
        row["report_id"],
        number,
        row["indicator"],
        row["value"],
        row["raw"],
        quantity_id="/".join(filter(None, (row["indicator"], row["outcome"] if row["outcome"] != "total" else None))),
        applicant_type=row["applicant_type"],
        outcome=row["outcome"],
        route=row["route"],
        unit=_UNITS.get(row["raw"], row["unit"]),
        qualifier="at_least" if "超过" in row["raw"] or "余万" in row["raw"] else "exact",
        by_negation=row.get("by_negation", False),
        is_implied=row.get("by_negation", False) or "implied" in (row.get("note") or ""),
        is_rest=row["indicator"] == "disclosed_via_other",
        char_start=start,
        char_end=start + len(row["raw"]),
    )


def _bare() -> list[Claim]:
    return [
        claim(name, 8000 + n, None, value, quote, unit=unit, scope=scope, char_start=at, char_end=at + len(quote))
        for n, (name, at, value, quote, unit, scope) in enumerate(_BARE)
    ]


def _endings(claims: list[Claim], report_id: str, end: str, after: int = 0) -> list[Claim]:
    found = [
        row
        for row in claims
        if row["report_id"] == report_id and row["quote"].endswith(end) and row["char_start"] > after
    ]
    assert found, f"{report_id}: no claim ends with {end}"
    return found


def _ending(claims: list[Claim], report_id: str, end: str) -> Claim:
    found = _endings(claims, report_id, end)
    assert len(found) == 1, f"{report_id}: {len(found)} claims end with {end}"
    return found[0]
