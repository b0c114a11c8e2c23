"""Words without separators cut into labels and numbers: 规章000, 规章……3, 自然人:3, 规章;0;0;3, a header in one piece.

Cuts only where every word is a label of a form or a unit, so that a sentence stays whole. How the digits of a run
(000) are shared out over columns is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from extract.printed_forms import bare_key, label_key, load_forms
from extract.text.script import simplify
from extract.values import UNITS

_DIGIT: Final = re.compile(r"\d")
_BETWEEN: Final = r"[\s:.…·_;、,=|]"  # what may stand between a label and its number, or between two numbers
_NUMBER: Final = r"(?:(?<=[\s:;、,.…_])[+-])?\d+(?:,\d{3})*(?:\.\d+)?"
_MARK: Final = r"(?<=[\s:;、,.…_])(?:[—–-]+|/)(?=[\s;、,]|$)"
_LAST_MARK: Final = re.compile(r"(?<=[:…_])\s*(?:[—–-]+|/)(?:[\s…_.;、]*(?:[—–-]+|/))*$")
_ONE_NUMBER: Final = re.compile(_NUMBER)
_RUN: Final = re.compile(rf"(?:{_NUMBER}|{_MARK})(?:{_BETWEEN}*(?:{_NUMBER}|{_MARK}))*")
_VALUE: Final = re.compile(rf"{_MARK}|(?:(?<=[\s:;、,.…_])[+-])?\d+(?:\.\d+)?")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_OF_A_LABEL: Final = re.compile(
    r"\(\d{1,2}\)|\d(?=[.、)](?!\d))|\d{4}(?=年)|(?<=范围)\d|(?<=计)\d(?=[条次])|(?<=第)\d+(?=[条项款])"
)
_EDGES: Final = " \t\r\v\f:.…·_;、,=|"
_DASHES: Final = frozenset("-—–/")  # a mark in place of a number, not the end of a label
_JOINTS: Final = ("—", "–")
_END: Final = re.compile(r"[。!！?？]")
_LONGEST_LABEL: Final = 70
_WHOLE_TABLE: Final = 6
_LEAST_HEADER: Final = 8

Span = tuple[int, int]


@lru_cache(maxsize=4096)
def unglue(text: str) -> tuple[Span, ...]:
    """Where the labels and numbers of `text` begin and end, in order; empty where it is not made of these alone.

    A text with the labels and numbers of a whole table may begin and end with other words, which are spans too.
    """
    plain = simplify(text)
    if len(plain) != len(text) or not _may_be_glued(plain):
        return ()
    masked = _OF_A_LABEL.sub(lambda match: "#" * len(match.group()), plain)
    runs = list(_RUN.finditer(masked))
    if not runs:
        return tuple(_labels(plain, 0, len(plain)) or ()) if not _END.search(plain) else ()
    edges = [0, *(edge for run in runs for edge in run.span()), len(plain)]
    words = list(zip(edges[::2], edges[1::2], strict=True))
    cut = [_labels(plain, start, end) for start, end in words]
    if len(runs) >= _WHOLE_TABLE:
        cut[0] = cut[0] if cut[0] is not None else _suffix(plain, *words[0])
        cut[-1] = cut[-1] if cut[-1] is not None else _prefix(plain, *words[-1])
    if not all(cut[:-1]) or cut[-1] is None:
        return ()
    named = [labels for labels in cut[:-1] if labels]
    if not (all(_ends_in(plain, labels, "line") for labels in named) or _are_pairs(plain, named, runs)):
        return ()
    spans: list[Span] = []
    for labels, run in zip(cut, runs, strict=False):
        spans += [*(labels or ()), *_values(plain, run.start(), run.end())]
    return (*spans, *cut[-1])


def _may_be_glued(plain: str) -> bool:
    """A quick look: the first number stands behind the end of a label; a text without numbers begins like one."""
    heads, tails = _ends()
    masked = _OF_A_LABEL.sub(lambda match: "#" * len(match.group()), plain)
    numbers = list(_DIGIT.finditer(masked)) or list(_LAST_MARK.finditer(masked))
    if not numbers:
        bare = label_key(plain)
        return len(bare) >= _LEAST_HEADER and bare[:2] in heads and bare[-2:] in tails
    for number in numbers[: 1 if len(plain) <= _LONGEST_LABEL else None]:
        before = plain[: number.start()].rstrip(_EDGES + "".join(_DASHES) + "+")
        if any(key[-2:] in tails for key in _keys(before)):
            return True
    return False


def _keys(before: str) -> Iterator[str]:
    """Keys of the words before a number: with and without their notes in brackets, with and without a unit."""
    for words in (before, *(before[:-size].rstrip(_EDGES + "(") for size in (1, 2) if before[-size:] in UNITS)):
        yield label_key(words)
        yield bare_key(words)


@cache
def _ends() -> tuple[frozenset[str], frozenset[str]]:
    """The first two and the last two characters of all labels."""
    keys = load_forms().lexicon
    return frozenset(key[:2] for key in keys), frozenset(key[-2:] for key in keys)


def _labels(plain: str, start: int, end: int) -> list[Span] | None:
    """Labels and units that make up a stretch of words together, NULL where some word is neither."""
    while start < end and plain[start] in _EDGES:
        start += 1
    while start < end and plain[end - 1] in _EDGES:
        end -= 1
    if start == end:
        return []
    for stop in range(min(end, start + _LONGEST_LABEL), start, -1):
        if plain[start] not in _DASHES and plain[stop - 1] not in _DASHES and _is_known(plain[start:stop]):
            joint = 1 if plain[stop : stop + 1] in _JOINTS and stop + 1 < end else 0  # 规章—本年制发件数
            rest = _labels(plain, stop + joint, end)
            if rest is not None:
                return [(start, stop), *rest]
    return None


@lru_cache(maxsize=65_536)
def _is_known(words: str) -> bool:
    if words in UNITS:
        return True
    lexicon = load_forms().lexicon
    key = label_key(words)
    return bool(key) and (key in lexicon or bare_key(words) in lexicon)


def _ends_in(plain: str, labels: list[Span], role: str) -> bool:
    """Whether the last label, its unit left out, is a line of a form, or else a column."""
    named = [plain[start:end] for start, end in labels if plain[start:end] not in UNITS]
    lexicon = load_forms().lexicon
    entries = (lexicon.get(label_key(named[-1])) or lexicon.get(bare_key(named[-1]), ())) if named else ()
    return any(entry.role == role for entry in entries)


def _are_pairs(plain: str, named: list[list[Span]], runs: Sequence[re.Match[str]]) -> bool:
    """Whether a text is made of names of columns, each with a colon and one number behind it (自然人:3、总计:5)."""
    return len(named) == len(runs) and all(
        _ends_in(plain, labels, "column")
        and plain[labels[-1][1] : run.start()].strip() == ":"
        and (_ONE_NUMBER.fullmatch(run.group().strip(_EDGES)) or _LAST_MARK.search(":" + run.group()))
        for labels, run in zip(named, runs, strict=True)
    )


def _suffix(plain: str, start: int, end: int) -> list[Span] | None:
    """The labels at the end of a stretch of words, the words before them as one span."""
    for cut in range(max(start + 1, end - 3 * _LONGEST_LABEL), end):
        labels = _labels(plain, cut, end)
        if labels:
            return [(start, cut), *labels]
    return None


def _prefix(plain: str, start: int, end: int) -> list[Span]:
    """The labels at the beginning of a stretch of words, the words behind them as one span."""
    for cut in range(min(end, start + 3 * _LONGEST_LABEL), start, -1):
        labels = _labels(plain, start, cut)
        if labels:
            return [*labels, (cut, end)]
    return [(start, end)]


def _values(plain: str, start: int, end: int) -> Iterator[Span]:
    run = plain[start:end]
    if _THOUSANDS.fullmatch(run):
        yield start, end
        return
    for match in _VALUE.finditer(plain, start, end):
        yield match.span()
