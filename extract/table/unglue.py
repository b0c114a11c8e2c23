"""Words without separators cut into labels and numbers: 规章000, 规章……3, 自然人:3, 规章;0;0;3, a header in one piece.

Cuts only where every word is a label of a form or a unit, so that a sentence stays whole. How the digits of a run
(000) are shared out over columns is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from extract.table.printed_forms import bare_key, label_key, load_forms
from extract.table.values import UNITS
from extract.text.script import GLOSS, simplify

_DIGITS: Final = re.compile(r"\d+")
_BETWEEN: Final = r"[\s:.…·_;、,=|]"  # what may stand between a label and its number, or between two numbers
_NUMBER: Final = r"(?:(?<=[\s:;、,.…_])[+-])?\d+(?:,\d{3})*(?:\.\d+)?"
_MARK: Final = r"(?<=[\s:;、,.…_])(?:[—–-]+|/)(?=[\s;、,._…]|$)"
_MIXED: Final = (  # 0—0: three cells
    r"\d+(?:\.\d+)?[—-]+[\d—-]*(?:\.\d+[\d—-]*)*|(?:—+-?|(?<=[\u4e00-\u9fff)])-)\d[\d—-]*(?:\.\d+[\d—-]*)*"
)
_AFTER_UNIT: Final = (
    rf"(?<=[{''.join(sorted({unit[-1] for unit in UNITS}))}])[—–]+(?!\d)|(?<=[\u4e00-\u9fff)])"
    r"(?:[—–]+(?=[,;、]|$)|—+(?=第二十条|\(?[一二三四五六七八九十\d#]+[、.)]))"
)
_BETWEEN_WORDS: Final = r"(?P<between>(?<=[\u4e00-\u9fff)])—+(?=[\u4e00-\u9fff(]))"
_ENDS_IN_DASH: Final = re.compile("[—–]+$")
_LAST_MARK: Final = re.compile(r"(?<=[:…_])\s*(?:[—–-]+|/)(?:[\s…_.;、]*(?:[—–-]+|/))*$")
_ONE_NUMBER: Final = re.compile(rf"[+-]?{_NUMBER}")
_ANY: Final = rf"(?:{_MIXED}|{_NUMBER}|{_MARK}|{_AFTER_UNIT})"
_RUN: Final = re.compile(rf"{_ANY}(?:{_BETWEEN}*{_ANY})*|{_BETWEEN_WORDS}")
_DECIMALS: Final = r"\d+(?:\.\d+){2,}"  # 2.5713.28: two numbers, or more
_VALUE: Final = re.compile(
    rf"{_MIXED}|{_DECIMALS}|{_MARK}|{_AFTER_UNIT}|{_BETWEEN_WORDS}|(?:(?<=[\s:;、,.…_])[+-])?\d+(?:\.\d+)?"
)
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_OF_A_LABEL: Final = re.compile(  # (12), 1. 2、 2023年, 范围1, 计1条, 第20条; tried where it can begin
    r"[(\d](?:(?<=\()\d{1,2}\)|(?<=\d)(?:(?=[.、)](?!\d))|\d{3}(?=年)|(?<=范围\d)|(?<=计\d)(?=[条次])|(?<=第\d)\d*(?=[条项款])))"
)
_EDGES: Final = " \t\r\v\f:.…·_;、,=|"
_DASHES: Final = frozenset("-—–/")  # a mark in place of a number, not the end of a label
_BEFORE_NUMBER: Final = _EDGES + "".join(_DASHES) + "+"
_TWO: Final = re.compile("[\u4e00-\u9fff]{2}")
_JOINTS: Final = "—–"
_STEP: Final = re.compile(r"\s*[-—–/>→]\s*")
"""Between a group and a line of it, where a label is the path to its line: (三)不予公开-1.属于国家秘密."""
_END: Final = re.compile(r"[。!！?？]")
_IN_SENTENCE: Final = re.compile(r"[,;。!?]")
_LONGEST_LABEL: Final = 70
_LONGEST_STRETCH: Final = 600  # of labels without a number: no header is as long
_WHOLE_TABLE: Final = 6
_STRANGE: Final = 4  # of so many labels of a table in one piece one may be of a row that the form does not have
_LEAST_HEADER: Final = 8  # characters of a header in one piece
_LEAST_PAIR: Final = 4  # of a line and a column before a colon
_LEAST_ROW: Final = 10  # numbers that are a row without a label
_TAIL: Final = 24
_FEW: Final = 2

Span = tuple[int, int]


@lru_cache(maxsize=4096)
def unglue(text: str) -> tuple[Span, ...]:
    """Where the labels and numbers of `text` begin and end, in order; empty where it is not made of these alone.

    A text with the labels and numbers of a whole table may begin and end with other words, which are spans too.
    """
    plain = simplify(text)
    cut = tuple(_row(plain)) or (_cut(plain) if _may_be_glued(plain) and _may_begin_so(plain) else ())
    if not cut or len(plain) == len(text):
        return cut
    places = _places_without_glosses(text)
    return tuple((places[start], places[end]) for start, end in cut)


def _places_without_glosses(text: str) -> Sequence[int]:
    """Where each character of `text` in one spelling stood; one place more, for its end."""
    places: list[int] = []
    last = 0
    for gloss in GLOSS.finditer(text):
        places += range(last, gloss.start())
        last = gloss.end()
    return (*places, *range(last, len(text) + 1))


def _row(plain: str) -> Iterator[Span]:
    """The numbers of a text that is made of many numbers alone."""
    start = len(plain) - len(plain.lstrip(_EDGES))
    end = len(plain.rstrip(_EDGES))
    if _RUN.fullmatch(plain, start, end) and len(values := list(_values(plain, start, end))) >= _LEAST_ROW:
        yield from values


def _cut(plain: str) -> tuple[Span, ...]:
    masked = _OF_A_LABEL.sub(lambda match: "#" * len(match.group()), plain)
    runs = [run for run in _RUN.finditer(masked) if not _is_joint(plain, run) and _is_run(plain, run)]
    if not runs:
        return tuple(_labels(plain, 0, len(plain)) or ()) if not _END.search(plain) else ()
    edges = [0, *(edge for run in runs for edge in run.span()), len(plain)]
    words = list(zip(edges[::2], edges[1::2], strict=True))
    inner, strange = _inner(plain, words[1:-1], len(runs))
    if inner is None:
        return ()
    cut = [_labels(plain, *words[0]), *inner, _labels(plain, *words[-1])]
    if len(runs) >= _WHOLE_TABLE:
        cut[0] = cut[0] if cut[0] is not None else _suffix(plain, *words[0])
        cut[-1] = cut[-1] if cut[-1] is not None else _prefix(plain, *words[-1])
    if not all(cut[:-1]) or cut[-1] is None:
        return ()
    named = [labels for labels in cut[:-1] if labels and labels[0] not in strange]
    others = sum(not _ends_in(plain, labels, "line") for labels in named)
    lines = not others or (len(runs) >= _WHOLE_TABLE and others * _STRANGE <= len(named))  # 小计, 甲乙丙12
    if not (lines or _are_pairs(plain, named, runs) or _is_row_of_pairs(plain, named, runs)):
        return ()
    spans: list[Span] = []
    for labels, run in zip(cut, runs, strict=False):
        spans += [*(labels or ()), *_values(plain, run.start(), run.end())]
    return (*spans, *cut[-1])


def _inner(plain: str, words: Sequence[Span], runs: int) -> tuple[list[list[Span]] | None, set[Span]]:
    """The labels of each stretch of words between two runs, and the stretches that are no labels.

    In a whole table a few may be rows that the form does not have; else, or of more, NULL for the labels. Words of a
    sentence (0件,废止0件) are no row.
    """
    strange: set[Span] = set()
    found: list[list[Span]] = []
    for start, end in words:
        labels = _labels(plain, start, end)
        if labels is None and end - start <= _LONGEST_LABEL and not _IN_SENTENCE.search(plain, start, end):
            strange.add((start, end))
            labels = [(start, end)]
        if not labels or (strange and runs < _WHOLE_TABLE) or len(strange) * _STRANGE > len(words):
            return None, strange
        found.append(labels)
    return found, strange


def _is_joint(plain: str, run: re.Match[str]) -> bool:
    """Whether one dash joins a line to a column (规范性文件—本年制发件数), though the line ends like a unit (件)."""
    if run.group() not in tuple(_JOINTS) or plain[run.end() : run.end() + 1] in tuple(_EDGES):
        return False
    before = (plain[place : run.start()] for place in range(max(0, run.start() - _LONGEST_LABEL), run.start()))
    label = next((words for words in before if words[0] not in _EDGES and _is_known(words)), "")
    behind = (plain[run.end() : stop] for stop in range(min(len(plain), run.end() + _LONGEST_LABEL), run.end(), -1))
    return label not in ("", *UNITS) and _is_column(next(filter(_is_known, behind), ""))


def _is_run(plain: str, run: re.Match[str]) -> bool:
    """Whether a dash between words is the mark of a line behind which another line begins (行政处罚—行政强制360)."""
    if run["between"] is None:
        return True
    start, end = run.span()
    before = (plain[place:start] for place in range(max(0, start - _LONGEST_LABEL), start))
    behind = (plain[end:stop] for stop in range(min(len(plain), end + _LONGEST_LABEL), end, -1))
    return any(map(_is_line, before)) and any(map(_is_line, behind))


def _is_line(words: str) -> bool:
    lexicon = load_forms().lexicon
    entries = lexicon.get(label_key(words)) or lexicon.get(bare_key(words)) or ()
    return words[0] not in _EDGES and any(entry.role == "line" for entry in entries)


def _may_be_glued(plain: str) -> bool:
    """A quick look: the first number stands behind the end of a label; a text without numbers begins like one."""
    heads, tails = _ends()
    masked = _OF_A_LABEL.sub(lambda match: "#" * len(match.group()), plain)
    numbers = (
        list(_DIGITS.finditer(masked)) or list(_LAST_MARK.finditer(masked)) or list(_ENDS_IN_DASH.finditer(masked))
    )
    if not numbers:
        if any(plain[-size:] in UNITS and _is_line(plain[:-size]) for size in (1, 2) if len(plain) > _LEAST_PAIR):
            return True  # a line with its unit, and no value
        bare = label_key(plain)
        least = _LEAST_PAIR if plain.rstrip().endswith(":") or _STEP.search(plain) else _LEAST_HEADER
        return len(bare) >= least and bare[:2] in heads and bare[-2:] in tails
    for number in numbers[: 1 if len(plain) <= _LONGEST_LABEL else None]:
        before = plain[: number.start()].rstrip(_BEFORE_NUMBER)
        end = before[-2:]
        if _TWO.fullmatch(end) and end not in tails and not any(end[-size:] in UNITS for size in (1, 2)):
            continue  # nothing that is left out of a key can change how it ends
        if any(key[-2:] in tails for key in _keys(before)):
            return True
    return False


def _may_begin_so(plain: str) -> bool:
    """A quick look: a text begins with a label, unless it has so many numbers or marks that it can be a whole table."""
    most = len(_DIGITS.findall(plain)) + sum(map(plain.count, _DASHES))
    return most >= _WHOLE_TABLE or _may_begin(plain.lstrip(_EDGES)[:_TAIL])


def _keys(before: str) -> Iterator[str]:
    """Keys of the words before a number, or of their end, with and without notes in brackets and a unit."""
    for words in (before, *(before[:-size].rstrip(_EDGES + "(") for size in (1, 2) if before[-size:] in UNITS)):
        end = words[-_TAIL:]
        if "(" not in end and ")" not in end and len(key := label_key(end)) > 1:
            yield key  # nothing before changes how it ends
            continue
        yield label_key(words)
        yield bare_key(words)


@cache
def _ends() -> tuple[frozenset[str], frozenset[str]]:
    """The first two and the last two characters of all labels."""
    keys = load_forms().lexicon
    return frozenset(key[:2] for key in keys), frozenset(key[-2:] for key in keys)


def _labels(plain: str, start: int, end: int, tried: dict[int, list[Span] | None] | None = None) -> list[Span] | None:
    """Labels and units that make up a stretch of words together, NULL where some word is neither.

    `tried`: what was found from which place on, so that no rest is taken apart twice: 2^n ways for n labels otherwise.
    """
    if tried is None:
        if end - start > _LONGEST_STRETCH:
            return None
        tried = {}
    if start not in tried:
        tried[start] = _taken_apart(plain, start, end, tried)
    return tried[start]


def _taken_apart(plain: str, start: int, end: int, tried: dict[int, list[Span] | None]) -> list[Span] | None:
    while start < end and plain[start] in _EDGES:
        start += 1
    while start < end and plain[end - 1] in _EDGES:
        end -= 1
    if start == end:
        return []
    if not _may_begin(plain[start : start + _TAIL]):
        return None
    for stop in range(min(end, start + _LONGEST_LABEL), start, -1):
        if plain[start] not in _DASHES and plain[stop - 1] not in _DASHES and _is_known(plain[start:stop]):
            joint = len(plain[stop:end]) - len(plain[stop:end].lstrip(_JOINTS))  # 规章—本年制发件数
            rest = _labels(plain, stop + joint, end, tried)
            if rest is not None and (joint != 1 or not rest or _is_column(plain[slice(*rest[0])])):
                return [(start, stop), *rest]
            step = _STEP.match(plain, stop, end)
            rest = _labels(plain, step.end(), end, tried) if step and _is_group(plain[start:stop]) else None
            if rest and _is_line(plain[slice(*rest[0])]):
                return [(start, stop), *rest]
    return None


def _is_group(words: str) -> bool:
    """Whether words are a line without cells of its own."""
    forms, key = load_forms(), label_key(words)
    lines = [e for e in forms.lexicon.get(key) or forms.lexicon.get(bare_key(words)) or () if e.role == "line"]
    return any(not forms.tables[e.form, e.table_id].lines[e.line].slots for e in lines)


def _is_column(words: str) -> bool:
    lexicon = load_forms().lexicon
    entries = lexicon.get(label_key(words)) or lexicon.get(bare_key(words)) or ()
    return any(entry.role in ("column", "stub") for entry in entries)


@lru_cache(maxsize=65_536)
def _may_begin(words: str) -> bool:
    """A quick look: whether a label or a unit can stand at the beginning of these words."""
    key, heads = label_key(words), _ends()[0]
    unsure = len(key) < _FEW or "(" in words or words[0].isdigit()
    return unsure or key[:2] in heads or key[:1] in heads or words.startswith(tuple(UNITS))


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


def _is_row_of_pairs(plain: str, named: list[list[Span]], runs: Sequence[re.Match[str]]) -> bool:
    """Whether a text is a line with its columns, each with its one number (规章:本年制发件数0,本年废止件数3).

    The row of section four has no label.
    """
    single = all(_ONE_NUMBER.fullmatch(run.group().strip(_EDGES)) or _ENDS_IN_DASH.match(run.group()) for run in runs)
    if not single or len(named) != len(runs) or not all(_ends_in(plain, labels, "column") for labels in named):
        return False
    of_a_line = len(named[0]) > 1 and _ends_in(plain, named[0][:-1], "line")
    return len(runs) >= _LEAST_ROW or (of_a_line and all(len(labels) == 1 for labels in named[1:]))


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
