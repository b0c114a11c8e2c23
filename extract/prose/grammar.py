"""The phrases that name a figure: phrase.csv over the symbols of word.csv, and the quantities they name.

A pattern is a row of classes before and behind the figure `#` (or the stated zero `!`): `a|b` either, `x?` perhaps,
`n` an earlier figure,
`..` up to thirty other symbols of the same clause. Which of several phrases holds is decided in sentence.py.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from extract.prose.figures import counts
from extract.prose.lexicon import DELIMITERS, FIGURE, ZERO, Word, symbol_of

_TABLES: Final = Path(__file__).parent
NOTHING: Final = "-"
EARLIER: Final = "n"
_LONGEST_GAP: Final = 30
_NO_GAP: Final = (
    *("site", "enquiry", "none", "none_received", "none_collected"),
    *("plan", "compare", "year_ago", "all", "spend"),
)
"""Classes that a gap inside a phrase never spans."""
ALONE: Final = ("no_fee", "no_carry_in", "no_request")
"""Classes that say by themselves that there was none."""
DENIALS: Final = ("none", "none_received", "none_collected", "none_issued", "none_held", "none_repealed", *ALONE)
_REFERRING: Final = (
    *("of_which", "in_those", "respectively", "all", "each"),
    *("rate_accept", "rate_complete", "rate_answer"),
)
_WORDS_OF_NONE: Final = re.compile("未|没|沒|无|無|免|零|均|悉|不存在|不收|全部|一律")  # only literals: scanned fastest
_REACHED: Final = re.compile(r"[增减升降加少长低高涨,(已](?:到|至|为|达到?)\d")  # 由96条增加到154条
_ASIDE: Final = "…"  # what stands before a figure is in brackets
_LONGEST_KNOWN: Final = 40
_CLOSING: Final = (")", "》", "】", "』")
_QUOTES: Final = frozenset("“”‘’\"'「」:")
_BETWEEN_ITEMS: Final = re.compile(f"[{re.escape(DELIMITERS)}]")
_REACH: Final = 45
"""Symbols before a figure in which its phrase may begin."""


REQUEST_TOTALS: Final = (
    *("requests_received", "requests_accepted"),
    *("requests_completed", "requests_disposed_total"),
)
"""Indicators of all requests at one step of their handling: none is a part of another."""


class Quantity(NamedTuple):
    """What prose can state (a row of quantity.csv)."""

    quantity_id: str
    indicator_id: str
    applicant_type: str | None
    outcome: str | None
    route: str | None
    partition: str | None
    is_rest: bool
    unit_kind: str


class Phrase(NamedTuple):
    """One row of phrase.csv, compiled; `ends` are the symbols that may stand before the sign, `begins` behind it."""

    quantity: Quantity | None  # NULL: what it names is of no indicator, whatever shorter phrases say
    context: str
    left: re.Pattern[str]
    right: re.Pattern[str] | None
    order: int


class Match(NamedTuple):
    """A phrase found around the sign at one index; `start` and `end` are indexes of symbols."""

    phrase: Phrase
    start: int
    end: int


class Grammar(NamedTuple):
    """Phrases by sign and neighbouring symbol."""

    before: dict[tuple[str, str], tuple[Phrase, ...]]
    behind: dict[tuple[str, str], tuple[Phrase, ...]]
    followers: frozenset[str]  # symbols that name a figure from behind
    nouns: dict[str, frozenset[str]]  # symbols that stand before each sign


def _rows(name: str) -> list[dict[str, str]]:
    with open(_TABLES / name, encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def load_quantities() -> dict[str, Quantity]:
    """quantity.csv by quantity_id."""
    return {
        row["quantity_id"]: Quantity(
            row["quantity_id"],
            row["indicator_id"],
            row["applicant_type"] or None,
            row["outcome"] or None,
            row["route"] or None,
            row["partition"] or None,
            row["is_rest"] == "1",
            row["unit_kind"],
        )
        for row in _rows("quantity.csv")
    }


@cache
def load_wholes() -> dict[str, frozenset[str]]:
    """partition.csv: the indicators that each breakdown can add up to."""
    wholes: dict[str, set[str]] = defaultdict(set)
    for row in _rows("partition.csv"):
        wholes[row["partition"]].add(row["whole_indicator_id"])
    return {name: frozenset(indicators) for name, indicators in wholes.items()}


def _token(token: str) -> tuple[str, frozenset[str], bool]:
    """A token's expression, the symbols it begins or ends with, and whether it may be absent."""
    if token == EARLIER:
        return FIGURE, frozenset(FIGURE), False
    if token == "..":
        barred = DELIMITERS + FIGURE + "".join(symbol_of(name) for name in _NO_GAP)
        return f"[^{re.escape(barred)}]{{0,{_LONGEST_GAP}}}?", frozenset(), True
    optional = token.endswith("?")
    symbols = frozenset(symbol_of(name) for name in token.removesuffix("?").split("|"))
    return f"[{''.join(sorted(symbols))}]{'?' * optional}", symbols, optional


def _edge(tokens: Iterable[str]) -> frozenset[str]:
    """The symbols that can stand at the end of `tokens` next to the sign."""
    found: frozenset[str] = frozenset()
    for token in tokens:
        _, symbols, optional = _token(token)
        found |= symbols
        if not optional:
            break
    return found


@cache
def load_grammar() -> Grammar:
    """Read phrase.csv. Raises KeyError where it names a quantity or a class that is not declared."""
    before: dict[tuple[str, str], list[Phrase]] = defaultdict(list)
    behind: dict[tuple[str, str], list[Phrase]] = defaultdict(list)
    followers: set[str] = set()
    for order, row in enumerate(_rows("phrase.csv")):
        tokens = row["pattern"].split()
        sign = next(token for token in tokens if token in (FIGURE, ZERO))
        left, right = tokens[: tokens.index(sign)], tokens[tokens.index(sign) + 1 :]
        phrase = Phrase(
            None if row["quantity_id"] == NOTHING else load_quantities()[row["quantity_id"]],
            row["context"],
            re.compile("".join(_token(token)[0] for token in left) + "$"),
            re.compile("".join(_token(token)[0] for token in right)) if right else None,
            order,
        )
        for symbol in _edge(reversed(left)):
            before[sign, symbol].append(phrase)
        if right and all(_token(token)[2] for token in left):
            for symbol in _edge(right):
                behind[sign, symbol].append(phrase)
        if right:
            followers |= _edge(right[1:] if right[0] == ".." else right)
    return Grammar(
        {key: tuple(phrases) for key, phrases in before.items()},
        {key: tuple(phrases) for key, phrases in behind.items()},
        frozenset(followers),
        {sign: frozenset(symbol for other, symbol in before if other == sign) for sign in (FIGURE, ZERO)},
    )


@cache
def denials() -> frozenset[str]:
    """The symbols that deny what follows, or say by themselves that there was none."""
    return frozenset(map(symbol_of, DENIALS))


@cache
def _signs() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Symbols that stand beside a figure of some phrase; those that may refer back to one; those that can be denied."""
    grammar = load_grammar()
    return (
        grammar.nouns[FIGURE] | grammar.followers | {_ASIDE},
        frozenset(map(symbol_of, _REFERRING)),
        grammar.nouns[ZERO],
    )


def may_hold(text: str) -> bool:
    """Whether a text has a number with a unit, or a word of denial or of reference: the first, cheapest look."""
    return _may_hold(text) if len(text) > _LONGEST_KNOWN else _known_to_hold(text)


def _may_hold(text: str) -> bool:
    return _WORDS_OF_NONE.search(text) is not None or next(counts(text), None) is not None


_known_to_hold = lru_cache(maxsize=16_384)(_may_hold)  # the same links and headings stand on every page of a site


def may_state(text: str, words: Sequence[Word]) -> bool:
    """Whether a phrase can hold anywhere in a sentence: a word of one stands next to a number, or is denied.

    Spares the sentences that count what no phrase names; it never says no where a phrase would hold.
    """
    beside, referring, denied = _signs()
    symbols = {word[3] for word in words}
    if not symbols.isdisjoint(referring) or "(因" in text or _REACHED.search(text):
        return True
    if not symbols.isdisjoint(denials()) and not symbols.isdisjoint(denied):
        return True
    ends = {end: (start, symbol) for start, _, end, symbol in words}
    starts = {start: (end, symbol) for start, _, end, symbol in words}
    for match in counts(text):
        if _next(text, match.start(), ends, -1) in beside or _next(text, match.end(), starts, 0) in beside:
            return True
    return False


def _next(text: str, at: int, words: dict[int, tuple[int, str]], side: int) -> str:
    """The symbol of the word that ends (side -1) or begins (0) at `at`, beyond fillers and quotation marks."""
    while True:
        if at in words:
            at, symbol = words[at]
            if symbol:
                return symbol
        elif text[at + side : at + side + 1] in _QUOTES and 0 <= at + side < len(text):
            at += 2 * side + 1
        else:
            return _ASIDE if side < 0 and text[at - 1 : at] in _CLOSING else ""


@lru_cache(maxsize=4096)
def find_phrases(symbols: str, at: int, sign: str = FIGURE) -> tuple[Match, ...]:
    """The phrases that name the figure (or the stated zero) at index `at`, the one that says most first."""
    before, behind = symbols[max(0, at - _REACH) : at], symbols[at + 1 : at + 1 + _REACH]
    found = _phrases_between(_BETWEEN_ITEMS.split(before)[-1], _BETWEEN_ITEMS.split(behind, 1)[0], sign)
    return tuple(Match(phrase, at - left, at + 1 + right) for phrase, left, right in found)


@lru_cache(maxsize=8192)
def _phrases_between(head: str, tail: str, sign: str) -> list[tuple[Phrase, int, int]]:
    """The phrases in an item, from its symbols before and behind the sign, and how many of them each takes up.

    What is said of one number is said of others in the same words, and no phrase goes beyond its item.
    """
    grammar = load_grammar()
    found: list[tuple[Phrase, int, int]] = []
    for phrase in grammar.before.get((sign, head[-1:]), ()):
        left = phrase.left.search(head)
        if left is None:
            continue
        right = phrase.right.match(tail) if phrase.right else None
        if phrase.right is None or right:
            found.append((phrase, len(head) - left.start(), right.end() if right else 0))
    for phrase in grammar.behind.get((sign, tail[:1]), ()):
        assert phrase.right is not None
        if right := phrase.right.match(tail):
            found.append((phrase, 0, right.end()))
    return sorted(found, key=lambda match: (-match[1] - match[2], match[0].order))
