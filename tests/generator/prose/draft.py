"""A paragraph being written: expands templates, prints figures, and notes each claim and trap where it stands.

Templates: [a|b] one of, @name@ a macro, $name a word of the report, <...> the quote, {件|宗} the claim's figure with one
of these units, {!件|宗} a figure that is no claim.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from .. import script
from . import tables
from .numerals import print_figure, random_style

FORM_YEARS = {
    "national-2021": (2021, 2025),
    "national-2019": (2019, 2020),
    "national-2014": (2014, 2018),
    "local-zhejiang": (2008, 2013),
    "prose": (2008, 2025),
}
_TRAP_LIMIT = {"个": 40, "项": 40, "名": 12, "场": 20, "期": 20, "次": 60, "篇": 90, "人次": 3000, "条": 900}
_LIMIT = {"case": 60, "item": 30_000, "visit": 9_000_000, "document": 30, "event": 80, "person": 900, "money": 900}
_WIDE_DIGITS = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}  # the full-width forms
_WIDE_MARKS = {mark: chr(ord(mark) + 0xFEE0) for mark in ",;:()"}  # the full-width forms
_MARK = re.compile(r"(?<!\d)[,;:()]|(?<=\d)[;:()]|,(?!\d)")
_TOKEN = re.compile(r"[<>]|\{[^{}]*\}|[^<>{}]+")


@dataclass(frozen=True)
class Claim:
    """A stated figure. `quote` is text[start:end]; the figure with its unit, or the words for it, is text[figure_start:figure_end]."""

    indicator_id: str
    applicant_type: str | None
    outcome: str | None
    route: str | None
    value: Decimal
    qualifier: str
    by_negation: bool
    is_implied: bool
    quote: str
    start: int
    end: int
    figure_start: int
    figure_end: int

    def moved(self, offset: int) -> "Claim":
        """The same claim in a text in which its paragraph begins at `offset`."""
        return replace(
            self,
            start=self.start + offset,
            end=self.end + offset,
            figure_start=self.figure_start + offset,
            figure_end=self.figure_end + offset,
        )


@dataclass(frozen=True)
class Setting:
    """The report a paragraph belongs to."""

    form: str
    year: int
    place: tables.Place

    @property
    def words(self) -> dict[str, str]:
        """What $name stands for."""
        level = self.place.level
        return {
            "y": str(self.year),
            "last": str(self.year - 1),
            "next": str(self.year + 1),
            "place": self.place.name,
            "level": level,
            "leader": level,
            "we": f"我{level}",
            "initial": self.place.mark,
        }


def random_setting(rng: Random, form: str | None = None) -> Setting:
    """Any form with a year in which it was in use, at any place."""
    form = form or rng.choice(list(FORM_YEARS))
    return Setting(form, rng.randint(*FORM_YEARS[form]), rng.choice(tables.places()))


class Draft:
    """A paragraph under construction. Public methods append to it."""

    def __init__(self, rng: Random, setting: Setting) -> None:
        self.rng = rng
        self.setting = setting
        self.text = ""
        self.claims: list[Claim] = []
        self.traps: list[str] = []
        self.trap_values: set[Decimal] = set()
        self._style = random_style(rng)
        self._units: dict[str, str] = {}

    def chance(self, share: float) -> bool:
        """True in `share` of the cases."""
        return self.rng.random() < share

    def has(self, role: str, quantity: str) -> bool:
        """Whether this report would word the quantity in this role."""
        return bool(tables.wordings(role, quantity, self.setting.form, self.setting.year))

    def pick(self, names: Sequence[str], count: int) -> list[str]:
        """`count` of the quantities, in their order."""
        return sorted(self.rng.sample(names, count), key=names.index)

    def amount(self, quantity: str, least: int = 0) -> int:
        """A usual size of the quantity, small numbers more often."""
        limit = _LIMIT[tables.quantities()[quantity].size]
        value = max(least, int(limit ** self.rng.random()) - self.rng.choice((0, 0, 1)))
        return value // 100 * 100 if self._style.ten_thousands and value >= 10_000 else value

    def split(self, total: int, count: int) -> list[int]:
        """`total` in `count` parts, some of them zero."""
        cuts = sorted(self.rng.randint(0, total) for _ in range(count - 1))
        return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]

    def say(self, template: str, reason: str = "figure of another kind") -> None:
        """Append words; their figures, if any, are traps for this reason. {!件=3} prints a given one."""
        self._write(template, None, reason)

    def state(
        self, quantity: str, value: int, role: str = "state", vague: bool = False, opening: str = "", lead: str = ""
    ) -> None:
        """Append one claim. vague: may be imprecise; opening: instead of the template's year and subject; lead: before it."""
        options = [wording.text for wording in self._options(role, quantity)]
        if opening:
            options = [opening + text.removeprefix("@when@@we@") for text in options if text.startswith("@when@@we@")]
        self._write(lead + self.rng.choice(options), value, None, [quantity], vague)

    def negate(self, quantities: str) -> None:
        """Append a stated zero of one or several quantities (joined by +)."""
        self._write(self._pick("none", quantities).text, 0, None, quantities.split("+"), negation=True)

    def refer_back(self, antecedent: str, quantity: str, value: int) -> None:
        """Append words such as 已全部办结 that repeat the antecedent's value."""
        self._write(self._pick("all", f"{antecedent}>{quantity}").text, value, None, [quantity], implied=True)

    def trap(self, role: str, kind: str) -> None:
        """Append figures that are no claim."""
        wording = self._pick(role, kind)
        self._write(wording.text, None, wording.reason)

    def word(self, role: str, quantity: str) -> str:
        """A wording without a figure, such as a subject's name."""
        return self._pick(role, quantity).text

    def trap_reason(self, role: str, kind: str) -> tuple[str, str]:
        """A trap's template and reason, for callers that must know which it is; append it with `say`."""
        wording = self._pick(role, kind)
        return wording.text, wording.reason or ""

    def same_values(self, quantities: Sequence[str], value: int, template: str) -> None:
        """Append one figure stated of several subjects at once: 行政复议、行政诉讼均为0件."""
        self._write(template, value, None, quantities)

    def respectively(self, names: Sequence[str], quantities: Sequence[str], values: Sequence[int], unit: str) -> None:
        """Append 甲、乙分别为3件、2件; each quote runs from the subject's name to its figure."""
        starts, joint = [], self.rng.choice(("分别为", "分别是", "数量分别为"))
        for place, name in enumerate(names):
            self.text += "" if place == 0 else ("和" if place == len(names) - 1 and self.chance(0.4) else "、")
            starts.append(len(self.text))
            self.text += self._expand(name)
        self.text += joint
        for place, (quantity, value) in enumerate(zip(quantities, values, strict=True)):
            self.text += "" if place == 0 else "、"
            figure = print_figure(self.rng, value, unit, self._style)
            begin, end = self._print(figure.text)
            self._note(quantity, figure.value, "exact", starts[place], end, begin, end)

    def clashes(self) -> bool:
        """Whether a trap's number is also a claim's value here, so that a reading could not be told apart."""
        return any(claim.value in self.trap_values for claim in self.claims)

    def finish(self) -> None:
        """Choose punctuation, digits and script for the whole paragraph. No character moves."""
        if self._style.wide:
            self.text = self.text.translate(_WIDE_DIGITS)
        if self.chance(0.6):
            self.text = _MARK.sub(lambda match: _WIDE_MARKS[match[0]], self.text)
        if self.chance(0.07):
            self.text = script.to_traditional(self.text)
        self.claims = [replace(claim, quote=self.text[claim.start : claim.end]) for claim in self.claims]

    def _pick(self, role: str, quantity: str) -> tables.Wording:
        return self.rng.choice(self._options(role, quantity))

    def _options(self, role: str, quantity: str) -> list[tables.Wording]:
        options = tables.wordings(role, quantity, self.setting.form, self.setting.year)
        if not options:
            raise LookupError(f"no wording of {quantity} as {role} in {self.setting.form} {self.setting.year}")
        return options

    def _expand(self, template: str) -> str:
        text = template
        while "@" in text:
            text = re.sub(r"@(\w+?)@", lambda match: tables.macros()[match[1]], text)
        text = re.sub(r"\{(!?)([^{}=]*)", lambda match: f"{{{match[1]}{self._unit(match[2])}", text)
        while "[" in text:
            text = re.sub(r"\[([^\[\]]*)\]", lambda match: self.rng.choice(match[1].split("|")), text)
        return re.sub(r"\$([a-z]+)", lambda match: self.setting.words[match[1]], text)

    def _unit(self, options: str) -> str:
        if options not in self._units:
            first, *others = options.split("|")
            self._units[options] = first if not others or self.chance(0.7) else self.rng.choice(others)
        return self._units[options]

    def _write(
        self,
        template: str,
        value: int | None,
        reason: str | None,
        quantities: Sequence[str] = (),
        vague: bool = False,
        negation: bool = False,
        implied: bool = False,
    ) -> None:
        start, end, figure_at, most = len(self.text), None, None, None
        stated, qualifier = Decimal(value or 0), "exact"
        for token in _TOKEN.findall(self._expand(template)):
            if token == "<":
                start = len(self.text)
            elif token == ">":
                end = len(self.text)
            elif token.startswith("{!"):
                most = self._print_trap(token[2:-1], reason or "figure of another kind", most)
            elif token.startswith("{"):
                # 达近五百条 is not said.
                bare = self.text.endswith(("达", "为", "是", "到", "共"))
                figure = print_figure(self.rng, value or 0, token[1:-1], self._style, vague, bare)
                figure_at = self._print(figure.text)
                start = figure_at[0] if start == figure_at[0] - 1 and self.text[start] == " " else start
                stated, qualifier = figure.value, figure.qualifier
            else:
                self.text += token
        end = len(self.text) if end is None else end
        for quantity in quantities:
            self._note(quantity, stated, qualifier, start, end, *(figure_at or (start, end)), negation, implied)

    def _print(self, figure: str) -> tuple[int, int]:
        """Append a figure, with a blank before it only inside a sentence; return where it stands, without the blank."""
        if figure.startswith(" ") and self.text and self.text[-1] not in "。,;:、(":
            self.text += " "
        start = len(self.text)
        self.text += figure.lstrip()
        return start, len(self.text)

    def _note(
        self, quantity: str, value: Decimal, qualifier: str, start: int, end: int, figure_start: int, figure_end: int,
        negation: bool = False, implied: bool = False,
    ) -> None:  # fmt: skip
        what = tables.quantities()[quantity]
        self.claims.append(
            Claim(
                what.indicator_id, what.applicant_type, what.outcome, what.route, value, qualifier,
                negation, negation or implied, self.text[start:end], start, end, figure_start, figure_end,
            )
        )  # fmt: skip

    def _print_trap(self, unit: str, reason: str, most: int | None) -> int | None:
        """Append a figure that is no claim, at most `most`; returns the bound of the next one (办结 within 受理)."""
        rng = self.rng
        special = {
            "%": lambda: f"{rng.choice((rng.randint(2, 100), rng.randint(20, 999) / 10))}%",
            "倍": lambda: f"{rng.randint(11, 59) / 10}倍",
            "个百分点": lambda: f"{rng.randint(11, 90) / 10}个百分点",
            "phone": lambda: f"0{rng.randint(311, 999)}-{rng.randint(2000000, 8999999)}",
            "post": lambda: f"{rng.randint(100000, 859999)}",
            "docyear": lambda: f"{self.setting.year - rng.randint(0, 4)}",
            "month": lambda: f"{rng.randint(1, 12)}",
            "day": lambda: f"{rng.randint(1, 28)}",
            "号": lambda: f"{rng.randint(1, 120)}号",
            "article": lambda: f"{rng.randint(1, 56)}",
        }
        unit, _, fixed = unit.partition("=")
        if unit in special:
            printed = special[unit]()
        else:
            number = int(fixed) if fixed else rng.randint(1, most or _TRAP_LIMIT.get(unit, 300))
            printed = print_figure(rng, number, unit, self._style).text
            most = number
            self.trap_values.add(Decimal(number))
        self._print(printed)
        self.traps.append(f"{printed.strip()}: {reason}")
        return most
