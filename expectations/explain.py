"""Sentences, in Chinese and English, that say what an identity result means: the rule, both numbers, the printed cells.

The wording of each rule stands in identity.csv, the names of instances in instance.csv. Nothing is computed here that
evaluate.py has not computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from expectations import rules

Language = Literal["zh", "en"]
Labels = dict[Language, str]

LISTED_WHOLE: Final = 4
"""Sides of up to this many cells are quoted whole; of longer ones the printed zeros are only counted."""

_RELATION: Final[dict[tuple[str, str], Labels]] = {
    ("=", "PASS"): {"zh": "=", "en": "="},
    ("=", "FAIL"): {"zh": "≠", "en": "≠"},
    ("<=", "PASS"): {"zh": "≤", "en": "≤"},
    ("<=", "FAIL"): {"zh": ">", "en": ">"},
    ("=", "NOT_ASSESSABLE"): {"zh": "与", "en": "against"},
    ("<=", "NOT_ASSESSABLE"): {"zh": "与", "en": "against"},
}
_WORDS: Final[dict[str, Labels]] = {
    "unknown": {"zh": "未知", "en": "unknown"},
    "at_least": {"zh": "至少 ", "en": "at least "},
    "difference": {"zh": "（差 {}）", "en": " (difference {})"},
    "not_assessable": {
        "zh": "，有 {} 格空白、缺失或未读出，无法核对",
        "en": "; not assessable, {} cell(s) blank, missing or unreadable",
    },
    "blank": {"zh": "空白", "en": "blank"},
    "absent": {"zh": "缺失", "en": "missing"},
    "unreadable": {"zh": "未读出「{}」", "en": "unreadable '{}'"},
    "printed": {"zh": "「{}」", "en": "'{}'"},
    "zeros": {"zh": "其余 {} 格为 0", "en": "{} other cell(s) 0"},
    "all_zero": {"zh": "{} 格均为 0", "en": "{} cell(s), all 0"},
    "left": {"zh": "左边：", "en": "Left: "},
    "right": {"zh": "右边：", "en": "Right: "},
    "comma": {"zh": "、", "en": ", "},
    "stop": {"zh": "。", "en": ". "},
    "colon": {"zh": "：", "en": ": "},
}


@dataclass(frozen=True)
class Explanation:
    """One identity result in words."""

    report_id: str
    identity_id: str
    instance_key: str
    part: str | None
    status: str
    zh: str
    en: str
    cell_ids: tuple[str, ...]
    """The cells quoted or counted, in the order of the rule's terms."""


@dataclass(frozen=True)
class _Term:
    """A signed place of a rule, with the cell found there."""

    coefficient: int
    label: Labels
    cell: Mapping[str, Any] | None

    @property
    def value(self) -> Decimal | None:
        return None if self.cell is None else self.cell["value"]


def explain(result: Mapping[str, Any], cells: Iterable[Mapping[str, Any]]) -> Explanation:
    """Put one identity_result row into words.

    `result` is a row of identity_result (extract.schema), `cells` the cell rows of the same report; others are
    passed over. Raises KeyError naming an identity that is not declared.
    """
    rule = rules.identity(result["identity_id"])
    terms = _placed(result, cells)
    return Explanation(
        report_id=result["report_id"],
        identity_id=result["identity_id"],
        instance_key=result["instance_key"],
        part=result.get("part"),
        status=result["status"],
        zh=_sentence(result, rule, terms, "zh"),
        en=_sentence(result, rule, terms, "en"),
        cell_ids=tuple(term.cell["cell_id"] for term in terms if term.cell is not None),
    )


def explain_results(
    identity_result: pa.Table, cell: pa.Table, statuses: Sequence[str] = ("FAIL",)
) -> list[Explanation]:
    """Put every identity_result row with one of `statuses` into words, in their order; `cell` as staged."""
    chosen = identity_result.filter(pc.is_in(identity_result["status"], pa.array(statuses, pa.string()))).to_pylist()
    wanted = pa.array({row["report_id"] for row in chosen}, pa.string())
    cells: dict[str, list[dict[str, Any]]] = {}
    for row in cell.filter(pc.is_in(cell["report_id"], wanted)).to_pylist():
        cells.setdefault(row["report_id"], []).append(row)
    return [explain(row, cells.get(row["report_id"], [])) for row in chosen]


def number(value: Decimal | None) -> str | None:
    """A value without the zeros its storage adds: 3.000000 -> 3."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sentence(result: Mapping[str, Any], rule: rules.Row, terms: Sequence[_Term], language: Language) -> str:
    def word(key: str) -> str:
        return _WORDS[key][language]

    left = [term for term in terms if term.coefficient > 0]
    right = [term for term in terms if term.coefficient < 0]
    head = f"{rule['identity_id']} {rule[f'title_{language}']} [{_instance(result, language)}]"
    claim = rule[f"wording_{language}"].format(
        left=_total(result, "left_value", left, language),
        relation=_RELATION[(result["operator"], result["status"])][language],
        right=_total(result, "right_value", right, language),
    )
    if result["status"] == "FAIL" and result["difference"] is not None:
        claim += word("difference").format(number(abs(result["difference"])))
    elif result["status"] == "NOT_ASSESSABLE":
        claim += word("not_assessable").format(result["blanks"])
    sides = (word("left") + _quoted(left, language), word("right") + _quoted(right, language))
    return (head + word("colon") + word("stop").join((claim, *sides)) + word("stop")).strip()


def _instance(result: Mapping[str, Any], language: Language) -> str:
    """What the instance is called: a declared name, else the form's own label (zh) or the key in words (en)."""
    names = [_key_label(result["form"], key)[language] for key in result["instance_key"].split("/")]
    return " / ".join([*names, result["part"]] if result.get("part") else names)


def _key_label(form: str, key: str) -> Labels:
    declared = rules.instance_labels().get(key)
    if declared is not None:
        return {"zh": declared[0], "en": declared[1]}
    return {"zh": _line_labels().get((form, key), key), "en": _words(key)}


def _total(result: Mapping[str, Any], side: str, terms: Sequence[_Term], language: Language) -> str:
    shown = number(result[side])
    if shown is None:
        return _WORDS["unknown"][language]
    complete = all(term.value is not None for term in terms)
    # A passed sum with blanks is complete: what is printed already reaches the other side.
    return shown if complete or result["status"] == "PASS" else _WORDS["at_least"][language] + shown


def _quoted(terms: Sequence[_Term], language: Language) -> str:
    whole = len(terms) <= LISTED_WHOLE
    listed = [term for term in terms if whole or term.value != 0]
    shown = [f"{term.label[language]} {_printed(term.cell, language)}" for term in listed]
    if len(listed) < len(terms):
        shown.append(_WORDS["zeros" if listed else "all_zero"][language].format(len(terms) - len(listed)))
    return _WORDS["comma"][language].join(shown)


def _printed(cell: Mapping[str, Any] | None, language: Language) -> str:
    if cell is None:
        return _WORDS["absent"][language]
    if cell["value_status"] == "blank":
        return _WORDS["blank"][language]
    kind = "unreadable" if cell["value_status"] == "unreadable" else "printed"
    return _WORDS[kind][language].format(cell["raw_text"])


def _placed(result: Mapping[str, Any], cells: Iterable[Mapping[str, Any]]) -> list[_Term]:
    terms = _terms_of(result["form"], result["identity_id"], result["instance_key"])
    found: dict[str, Mapping[str, Any]] = {}
    for cell in cells:
        if cell["report_id"] == result["report_id"] and cell["part"] == result.get("part"):
            found.setdefault(_place(cell, result["form"]), cell)
    labels = _labels([slot_id for slot_id, _ in terms])
    return [_Term(coefficient, labels[slot_id], found.get(slot_id)) for slot_id, coefficient in terms]


def _place(cell: Mapping[str, Any], form: str) -> str:
    """The slot of a cell; a printed group line is found by its labels."""
    if cell["slot_id"] is not None:
        return str(cell["slot_id"])
    return _printed_places().get((form, cell["section"], cell["row_path"], cell["column_path"]), "")


def place_label(slot_id: str) -> Labels:
    """What a place of a form is called by itself: its line and its column."""
    form, _, line, column = slot_id.split("/")
    names = {"zh": _line_labels().get((form, line), line), "en": _words(line)}
    columns = {"zh": _column_labels()[slot_id], "en": _words(column)}
    return {"zh": f"{names['zh']}·{columns['zh']}", "en": f"{names['en']}, {columns['en']}"}


def _labels(slot_ids: Sequence[str]) -> dict[str, Labels]:
    """Names of places that tell them apart: of their lines, or of their columns where they share one line."""
    path = {slot_id: slot_id.split("/") for slot_id in slot_ids}
    several_lines = len({parts[2] for parts in path.values()}) > 1
    several_columns = len({parts[3] for parts in path.values()}) > 1
    labels: dict[str, Labels] = {}
    for slot_id, (form, _, line, column) in path.items():
        names: list[Labels] = []
        if several_lines:
            names.append({"zh": _line_labels().get((form, line), line), "en": _words(line)})
        if several_columns:
            names.append({"zh": _column_labels()[slot_id], "en": _words(column)})
        labels[slot_id] = {"zh": "·".join(name["zh"] for name in names), "en": ", ".join(name["en"] for name in names)}
    return labels


def _words(key: str) -> str:
    """An identifier in words, for readers of English: reconsideration.upheld -> reconsideration upheld."""
    return key.replace("_", " ").replace(".", " ")


@cache
def _terms_by_instance() -> dict[tuple[str, str, str], list[tuple[str, int]]]:
    terms: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for row in (*rules.expand_terms().to_pylist(), *rules.printed_terms().to_pylist()):
        key = (row["form"], row["identity_id"], row["instance_key"])
        terms.setdefault(key, []).append((row["slot_id"], row["coefficient"]))
    return terms


def _terms_of(form: str, identity_id: str, instance_key: str) -> list[tuple[str, int]]:
    return _terms_by_instance()[(form, identity_id, instance_key)]


@cache
def _places() -> tuple[rules.Row, ...]:
    return (*rules.slots(), *rules.printed_slots().to_pylist())


@cache
def _line_labels() -> dict[tuple[str, str], str]:
    """(form, line) -> the line's own label, the last level of its path."""
    labels: dict[tuple[str, str], str] = {}
    for place in _places():
        labels.setdefault((place["form"], place["slot_id"].split("/")[2]), place["row_path"].split("/")[-1])
    return labels


@cache
def _column_labels() -> dict[str, str]:
    return {place["slot_id"]: place["column_path"].split("/")[-1] for place in _places()}


@cache
def _printed_places() -> dict[tuple[str, str, str, str], str]:
    return {
        (row["form"], row["section"], row["row_path"], row["column_path"]): row["slot_id"]
        for row in rules.printed_slots().to_pylist()
    }
