"""Which text of a report is prose: its sentences, each under the headings above it, in one spelling with offsets.

Cells and labels of tables are passed over. What a sentence says is sentence.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from extract.prose.grammar import may_hold
from extract.text.script import respell
from extract.text.tokens import LABEL, PROSE, TEXT, Token

_SENTENCE: Final = re.compile(r"[^。!?！？\n]+")
_NUMBERING: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.,]|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+[章部节]分?)"
)
_FIRST: Final = frozenset("一二三四五六七八九十第(（")
_KINDS: Final = frozenset((LABEL, PROSE, TEXT))
_TOP: Final = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.,]|第)")
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
        if token.text[0] in _FIRST:
            heading = _heading_of(token.text)
            if heading and _TOP.match(heading):
                top, sub = heading, ""
            elif heading:
                sub = heading
        if token.kind != LABEL and may_hold(text := _spelled(token, prose)):
            yield Passage(top, sub, text, token)


def _spelled(token: Token, prose: Prose) -> str:
    """A paragraph in one spelling without spaces; its line is spelled already where it stands alone on it."""
    row = token.row - prose.first
    whole = token.start == prose.starts[row] and token.end >= prose.starts[row + 1] - 1
    return prose.lines[row].replace(" ", "") if whole else respell(token.text, token.start)[0]


def _heading_of(text: str) -> str:
    """The heading that a paragraph is, or begins with; empty where there is none."""
    if not _NUMBERING.match(text):
        return ""
    head = re.split(r"[。\n]", text, maxsplit=1)[0]
    return head if len(head) <= _LONGEST_HEADING and not re.search(r"[,，;；]", head) else ""


def _paragraphs(prose: Prose) -> Iterator[Token]:
    """Tokens that can be prose or a heading; lines broken inside a sentence are joined (`row` is that of the last)."""
    held: Token | None = None
    for token in prose.tokens:
        if token.kind not in _KINDS or not _is_text(token, prose.tables):
            continue
        if held is not None and _continues(held, token):
            gap = "\n" * (token.start - held.end)  # keeps the offsets; dropped with the spaces
            held = Token(held.text + gap + token.text, held.start, token.end, token.row, PROSE)
            continue
        if held is not None:
            yield held
        held = token
    if held is not None:
        yield held


def _is_text(token: Token, tables: Sequence[tuple[int, int]]) -> bool:
    if token.kind == PROSE:
        return True
    if token.kind == LABEL:
        return token.text[0] in _FIRST and _NUMBERING.match(token.text) is not None
    if len(token.text) < _SHORTEST_TEXT:
        return False
    inside = any(start <= token.start < end for start, end in tables)
    return not inside or _LOOSE.search(token.text) is not None


def _continues(held: Token, token: Token) -> bool:
    if token.row != held.row + 1 or held.kind == LABEL or token.kind == LABEL:
        return False
    last = held.text.rpartition("\n")[2]
    wrapped = len(last) >= _SHORTEST_WRAPPED or (len(last) >= _SHORTEST_BROKEN and _LOOSE.search(held.text))
    if not wrapped or held.text[-1] in _ENDS:
        return False
    # A heading is not continued; a paragraph that begins with one is.
    return _NUMBERING.match(token.text) is None and _heading_of(held.text) != held.text
