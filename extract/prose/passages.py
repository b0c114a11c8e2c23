"""Which text of a report is prose: its sentences, each under the headings above it, in one spelling with offsets.

Cells and labels of tables are passed over. What a sentence says is sentence.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from extract.prose.figures import NUMERALS
from extract.prose.grammar import may_hold
from extract.text.script import respell, respelled, simplify
from extract.text.tokens import LABEL, NOTE, PROSE, TEXT, Token

_SENTENCE: Final = re.compile(r"[^。!?！？\n]+")
_NUMBERING: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.,]|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+[章部节]分?)"
)
_FIRST: Final = frozenset("一二三四五六七八九十第(（")
_MARKUP: Final = "#*>\u3000 "
"""What Markdown puts before a heading (## 二、依申请公开)."""
_TOP: Final = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.,]|第)")
_HEADING_END: Final = re.compile(r"[。\n:：]")
_CLAUSE: Final = re.compile(r"[,，;；]")
_LONGEST_KNOWN: Final = 80
_WORDS: Final = re.compile(r"[\u4e00-\u9fff]+")
_TELLING: Final = re.compile(f"[{NUMERALS}未没沒无無免零均悉不全一]")
"""Characters of numbers and of words of denial and of reference."""
_ENDS: Final = "。;；!！?？:："
_LONGEST_HEADING: Final = 45
_LONGEST_SENTENCE: Final = 1200
_SHORTEST_TEXT: Final = 6
_SHORTEST_WRAPPED: Final = 24
_SHORTEST_BROKEN: Final = 12
_LOOSE: Final = re.compile(r"[,，。;；、]")


class Prose(NamedTuple):
    """A report's tokens, and its lines in one spelling: `first` is the first line's number, `starts` their offsets."""

    tokens: Sequence[Token]
    lines: Sequence[str]
    first: int
    starts: Sequence[int]
    tables: Sequence[tuple[int, int]]  # spans of tables: a loose piece in one is prose only where it is a sentence


class Sentence(NamedTuple):
    """Text in one spelling without spaces, and where it begins in its paragraph."""

    text: str
    begin: int


class Passage(NamedTuple):
    """One paragraph under its headings: its text in one spelling without spaces, and the token it was taken from."""

    top: str
    sub: str
    text: str
    token: Token

    def sentences(self) -> list[Sentence]:
        """Its sentences, in order; one that never ends is cut, so that time grows with the text only."""
        found = [Sentence(match.group(), match.start()) for match in _SENTENCE.finditer(self.text)]
        if len(self.text) <= _LONGEST_SENTENCE:
            return found
        return [piece for sentence in found for piece in _cut(sentence)]

    def placed(self) -> tuple[Passage, Sequence[int]]:
        """The paragraph with the offset of each of its characters in the document, and of its end.

        Spelled anew from the document's own characters, which few paragraphs need: those in which something was found.
        """
        if len(self.text) == len(self.token.text):
            return self, range(self.token.start, self.token.end + 1)
        text, places = respell(self.token.text, self.token.start)
        return self._replace(text=text), places


def _cut(sentence: Sentence) -> Iterator[Sentence]:
    text, at = sentence.text, 0
    while len(text) - at > _LONGEST_SENTENCE:
        clause = max(text.rfind(mark, at + 1, at + _LONGEST_SENTENCE) for mark in ";,、") + 1
        end = clause or at + _LONGEST_SENTENCE
        yield Sentence(text[at:end], sentence.begin + at)
        at = end
    yield Sentence(text[at:], sentence.begin + at)


def find_passages(prose: Prose) -> Iterator[Passage]:
    """The paragraphs of a report in which a phrase can hold, each under the headings above it."""
    top = sub = ""
    for token in _paragraphs(prose):
        printed, _, _, _, kind = token
        if printed[0] in _MARKUP:
            printed = printed.lstrip(_MARKUP)
        if printed[:1] in _FIRST:
            heading, is_top = _heading_of(printed)
            if is_top:
                top, sub = heading, ""
            elif heading:
                sub = heading
        if kind != LABEL and may_hold(text := _spelled(token, prose)):
            yield Passage(top, sub, text, token)


def _spelled(token: Token, prose: Prose) -> str:
    """A paragraph in one spelling without spaces; its line is spelled already where it stands alone on it."""
    row = token.row - prose.first
    whole = token.start == prose.starts[row] and token.end >= prose.starts[row + 1] - 1
    return prose.lines[row].replace(" ", "") if whole else respelled(token.text)


def _heading_of(text: str) -> tuple[str, bool]:
    """The heading that a paragraph is, or begins with, and whether it is a top one; empty where there is none."""
    return _known_heading(text) if len(text) <= _LONGEST_KNOWN else _read_heading(text)


def _read_heading(text: str) -> tuple[str, bool]:
    if not _NUMBERING.match(text):
        return "", False
    end = _HEADING_END.search(text)
    head = text[: end.start()] if end else text
    if len(head) > _LONGEST_HEADING or _CLAUSE.search(head):
        return "", False
    return head, _TOP.match(head) is not None


_known_heading = lru_cache(maxsize=4096)(_read_heading)  # the same headings and labels stand in every report


@lru_cache(maxsize=4096)
def _is_numbered(label: str) -> bool:
    return _NUMBERING.match(label) is not None


def _paragraphs(prose: Prose) -> Iterator[Token]:
    """Tokens that can be prose or a heading; lines broken inside a sentence are joined (`row` is that of the last)."""
    held: Token | None = None
    can_be = [t for t in prose.tokens if t[4] >= LABEL and (t[4] != LABEL or t[0][0] in _FIRST)]  # most are cells
    for token in can_be:
        text, _, _, row, kind = token
        if kind == NOTE or (kind == LABEL and not _is_numbered(text)):
            continue
        is_idle = False
        if kind == TEXT:
            is_idle = len(text) < _SHORTEST_WRAPPED and _says_nothing(text)
            if (is_idle and held is None) or not _is_text(token, prose.tables):
                continue
        if held is not None:
            if row == held.row + 1 and _continues(held, token):
                gap = "\n" * (token.start - held.end)  # keeps the offsets; dropped with the spaces
                held = Token(held.text + gap + text, held.start, token.end, row, PROSE)
                continue
            yield held
        held = None if is_idle else token
    if held is not None:
        yield held


@lru_cache(maxsize=16_384)  # the same links stand on every page of a site
def _says_nothing(text: str) -> bool:
    """Whether a short piece is no heading, nothing is to be read from it, and the line below does not go on with it."""
    only_words = text[0] not in _FIRST and _WORDS.fullmatch(text) is not None
    return only_words and not _TELLING.search(text) and not _TELLING.search(simplify(text))


def _is_text(token: Token, tables: Sequence[tuple[int, int]]) -> bool:
    """Whether a short piece in no form may be prose."""
    if len(token.text) < _SHORTEST_TEXT:
        return False
    if _LOOSE.search(token.text):
        return True
    return not any(start <= token.start < end for start, end in tables)


def _continues(held: Token, token: Token) -> bool:
    """Whether a token on the line below goes on with the sentence of the one that is held."""
    if held.kind == LABEL or token.kind == LABEL or len(held.text) < _SHORTEST_BROKEN:
        return False
    last = held.text.rpartition("\n")[2]
    wrapped = len(last) >= _SHORTEST_WRAPPED or (len(last) >= _SHORTEST_BROKEN and _LOOSE.search(held.text))
    if not wrapped or held.text[-1] in _ENDS:
        return False
    # A heading is not continued; a paragraph that begins with one is.
    return _NUMBERING.match(token.text) is None and _heading_of(held.text)[0] != held.text
