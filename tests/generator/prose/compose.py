"""Puts topics together: paragraphs with traps around them, and whole reports in prose. Knows no wording of a figure."""

from collections import Counter
from dataclasses import dataclass
from random import Random

from . import tables
from .draft import Claim, Draft, Setting, random_setting
from .topics import GROUP_WEIGHTS, TOPICS, Topic

_CANDIDATES = 12  # of which the one with the rarest quantity or trap is kept, so that each comes up


@dataclass(frozen=True)
class Statement:
    """One paragraph, the report it belongs to and what it states. traps: figures in it that are no claims, with the reason."""

    text: str
    year: int
    form: str
    heading: str | None
    claims: tuple[Claim, ...]
    traps: tuple[str, ...]


def paragraphs(rng: Random, count: int) -> list[Statement]:
    """`count` paragraphs of different reports. The same random state gives the same paragraphs."""
    seen: Counter[str] = Counter()
    chosen = []
    for _ in range(count):
        candidates = [_paragraph(rng) for _ in range(rng.choice((1, _CANDIDATES, _CANDIDATES)))]
        best = min(candidates, key=lambda statement: min(seen[kind] for kind in _kinds(statement)))
        seen.update(_kinds(best))
        chosen.append(best)
    return chosen


def _kinds(statement: Statement) -> list[str]:
    """What quantities and what reasons of traps occur in the paragraph."""
    claims = [f"{c.indicator_id} {c.applicant_type} {c.outcome} {c.route}" for c in statement.claims]
    return claims + [trap.split(": ", 1)[1] for trap in statement.traps]


def report(rng: Random) -> tuple[str, tuple[Claim, ...]]:
    """A whole report without tables (form `prose`), and every figure it states, in reading order."""
    setting = random_setting(rng, "prose")
    parts: list[str | Statement] = [*_opening(rng, setting)]
    for heading, groups in _sections(setting):
        parts.append(heading)
        parts += [_statement(rng, setting, group, _topic(rng, group)) for group in groups]
        if not groups:
            parts.append(_closing(rng, setting))
    return _join(parts)


def story(rng: Random, form: str, year: int) -> tuple[str, list[tuple[str, list[Statement]]]]:
    """Prose for a report with tables: the place it is of, and under each heading what its figures are told in."""
    setting = Setting(form, year, rng.choice(tables.places()))
    sections = _sections(setting)
    if setting.form in ("national-2021", "national-2019"):
        # Under the other headings of these forms stand the tables.
        groups = [group for _, inner in sections[:4] for group in inner]
        sections = [(sections[0][0], rng.sample(groups, 3)), sections[-1]]
    return setting.place.name, [
        (heading, [_statement(rng, setting, group, _topic(rng, group)) for group in groups])
        for heading, groups in sections
    ]


def _paragraph(rng: Random) -> Statement:
    setting = random_setting(rng)
    group = rng.choices(list(GROUP_WEIGHTS), list(GROUP_WEIGHTS.values()))[0]
    heading = rng.choice(tables.headings(group, setting.form, setting.year)) if rng.random() < 0.7 else None
    others = [name for name in GROUP_WEIGHTS if name != group]
    second = _topic(rng, rng.choice(others)) if rng.random() < 0.2 else None
    return _statement(rng, setting, group, _topic(rng, group), heading, second)


def _topic(rng: Random, group: str) -> Topic:
    topics = TOPICS[group]
    return rng.choices([topic for topic, _ in topics], [weight for _, weight in topics])[0]


def _statement(
    rng: Random,
    setting: Setting,
    group: str,
    topic: Topic,
    heading: str | None = None,
    second: Topic | None = None,
) -> Statement:
    """A paragraph about one topic or two, drawn again until no trap has the value of a claim beside it."""
    while True:
        draft = Draft(rng, setting)
        if draft.chance(0.3):
            draft.trap("sentence", "any")
        if draft.chance(0.2):
            draft.trap("lead", group)
        topic(draft)
        if second:
            second(draft)
        if draft.chance(0.25):
            draft.trap("sentence", "any")
        if draft.chance(0.2):
            # A plan comes last: a sentence without a year behind it could be taken for part of it.
            draft.trap("plan", "any")
        if not draft.clashes():
            draft.finish()
            return Statement(draft.text, setting.year, setting.form, heading, tuple(draft.claims), tuple(draft.traps))


def _opening(rng: Random, setting: Setting) -> list[str]:
    place, year = setting.place.name, setting.year
    title = f"{place}人民政府{year}年政府信息公开工作年度报告"
    law = rng.choice(("根据《中华人民共和国政府信息公开条例》要求", "按照《条例》第五十条规定", "依据国家有关规定"))
    dates = rng.choice((f"为{year}年1月1日至{year}年12月31日", f"自{year}年1月1日起至{year}年12月31日止"))
    period = f"本报告[中]所列数据的统计期限{dates}。".replace("[中]", rng.choice(("中", "")))
    contact = f"如有疑问,请与{place}人民政府办公室联系(电话:0{rng.randint(311, 999)}-{rng.randint(2000000, 8999999)})。"
    return [title, f"{law},编制本报告。{period}{contact if rng.random() < 0.6 else ''}"]


def _sections(setting: Setting) -> list[tuple[str, list[str]]]:
    """Headings with the groups of topics told under each; none under the section on problems and plans."""
    if setting.year >= 2019:
        return [
            ("一、总体情况", ["capacity", "response"]),
            ("二、主动公开政府信息情况", ["disclosure", "documents"]),
            ("三、收到和处理政府信息公开申请情况", ["requests"]),
            ("四、政府信息公开行政复议、行政诉讼情况", ["disputes"]),
            ("五、存在的主要问题及改进情况", []),
            ("六、其他需要报告的事项", ["fees"]),
        ]
    return [
        ("一、概述", ["capacity"]),
        ("二、主动公开政府信息情况", ["disclosure", "response"]),
        ("三、依申请公开政府信息情况", ["requests"]),
        ("四、收费及减免情况", ["fees"]),
        ("五、行政复议、行政诉讼情况", ["disputes"]),
        ("六、存在的主要问题和改进措施", []),
    ]


def _closing(rng: Random, setting: Setting) -> Statement:
    """Problems and plans: every figure a trap."""
    draft = Draft(rng, setting)
    draft.say("[存在的主要问题是业务培训不够经常|公开内容与群众需求仍有差距|部分单位对公开工作重视不够]。")
    draft.trap("plan", "any")
    draft.finish()
    return Statement(draft.text, setting.year, setting.form, None, (), tuple(draft.traps))


def _join(parts: list[str | Statement]) -> tuple[str, tuple[Claim, ...]]:
    text, claims = "", []
    for part in parts:
        if isinstance(part, Statement):
            claims += [claim.moved(len(text)) for claim in part.claims]
        text += (part.text if isinstance(part, Statement) else part) + "\n"
    return text, tuple(claims)
