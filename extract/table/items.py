"""Labels with the values behind them, in reading order: tokens of one label joined, whatever table they are of.

Which line of which form a label is, is align.py's work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from extract.table.printed_forms import Entry, load_forms, numbering_of
from extract.text.tokens import EMPTY, JUNK, LABEL, NOTE, PROSE, TEXT, UNIT, VALUE, Sign, Token, read_sign

_MOST_JOINED: Final = 8
_COUNTS: Final = ("数", "次数", "总次数", "数量", "总数")


@dataclass(slots=True)
class Item:
    """A label (one or more tokens) and the value tokens that follow it. `entries` is empty for a label of no form."""

    label: list[Token]
    key: str
    entries: tuple[Entry, ...]
    values: list[Token] = field(default_factory=list)
    prose: bool = False
    numbers: int = 0  # how many of `values` are values, marks or unreadable values
    depth: int = 1  # label cells of its row: its own and those of the groups that begin in the same row

    @property
    def text(self) -> str:
        """The printed label."""
        return "".join(token.text for token in self.label)

    @property
    def has_number(self) -> bool:
        """Whether any value, mark or unreadable value follows the label."""
        return self.numbers > 0

    @property
    def start(self) -> int:
        """Offset of the first character of the label, or of its values where the label is empty."""
        return (self.label or self.values)[0].start

    @property
    def end(self) -> int:
        """Offset behind the last token."""
        return (self.values or self.label)[-1].end


def make_items(tokens: Sequence[Token]) -> list[Item]:
    """Labels with the values behind them, in reading order; a sentence is an item of its own with `prose` set."""
    items: list[Item] = []
    labels: list[Token] = []
    for token in tokens:
        kind = token.kind
        if kind in (LABEL, NOTE, TEXT):
            labels.append(token)
        elif kind == PROSE:
            items.extend(_group(labels))
            labels = []
            items.append(Item([token], "", (), prose=True))
        else:
            if labels:
                items.extend(_group(labels))
                labels = []
            if not items or items[-1].prose:
                items.append(Item([], "", ()))
            items[-1].values.append(token)
            items[-1].numbers += kind in (VALUE, JUNK)
    items.extend(_group(labels))
    kept = _rejoined(items)
    for item in kept:
        if not item.entries and item.key and item.values and item.values[0].kind == UNIT and item.has_number:
            item.entries = _counted(item.key)
    return kept


def _counted(key: str) -> tuple[Entry, ...]:
    """The lines of statistics that a label names but for the word that it is a number (当面申请, before 件 and 40)."""
    lexicon = load_forms().lexicon
    entries = next((lexicon[key + end] for end in _COUNTS if key + end in lexicon), ())
    return tuple(entry for entry in entries if entry.role == "line" and entry.table_id == "statistics")


def _rejoined(items: list[Item]) -> list[Item]:
    """Labels broken around their values made whole: (六) | 3 | 1 | 4 in one line, 其他处理 in the next."""
    kept: list[Item] = []
    place = 0
    while place < len(items):
        item, place = items[place], place + 1
        kept.append(item)
        if not (item.has_number and item.label) or any(entry.role == "line" for entry in item.entries) or item.prose:
            continue  # 本年新 is a column of a form too
        size, key, entries = _rest_of_label(item, items[place : place + _MOST_JOINED])
        if size:
            item.key, item.entries = key, entries
            place += size
    return kept


def _rest_of_label(item: Item, following: Sequence[Item]) -> tuple[int, str, tuple[Entry, ...]]:
    """How many of the items right behind `item`, all without values, end its label; the label's key and entries.

    Words that cannot go on with it stand beside it, as the rest of the group's name: (四)无法 | 1.本机关不掌握 | 0 over
    提供 | 相关政府信息.
    """
    if not item.key:
        return _words_of_number(item, following[:1])
    lexicon, key = load_forms().lexicon, item.key
    for size, each in enumerate(following, 1):
        if each.has_number or _has_cells(each.entries) or each.prose or key not in _beginnings():
            break
        longer = key + each.key
        if longer in lexicon:
            return size, longer, lexicon[longer]
        key = longer if longer in _beginnings() else key
    return 0, "", ()


def _has_cells(entries: Sequence[Entry]) -> bool:
    """Whether a label can be a line with cells of its own: it begins a row."""
    tables = load_forms().tables
    return any(e.role == "line" and tables[e.form, e.table_id].lines[e.line].slots for e in entries)


def _words_of_number(item: Item, following: Sequence[Item]) -> tuple[int, str, tuple[Entry, ...]]:
    """The same for a numbering alone: the label behind it, without a numbering, is of the line that has this number."""
    number, tables = numbering_of(item.text), load_forms().tables
    for each in following:
        if not number or each.has_number or numbering_of(each.text):
            break
        lines = [tables[e.form, e.table_id].lines[e.line] for e in each.entries if e.role == "line"]
        if any(numbering_of(line.label) == number for line in lines):
            return 1, each.key, each.entries
    return 0, "", ()


def _group(labels: list[Token]) -> list[Item]:
    """Join the pieces of broken labels ((三) + 不予公开, 商业 + 企业): the longest run that is in the lexicon."""
    items, place = [], 0
    while place < len(labels):
        first = labels[place]
        sign = read_sign(first.text)
        follower = labels[place + 1].kind if place + 1 < len(labels) else LABEL
        if sign.kind == LABEL and follower == LABEL:
            items.append(Item([first], sign.key, sign.entries))
            place += 1
            continue
        size, key, entries = _bracket_closed(labels, place) or _longest_joined(labels, place, sign)
        items.append(Item(labels[place : place + size], key, entries))
        place += size
    return items


def _longest_joined(labels: Sequence[Token], place: int, first: Sign) -> tuple[int, str, tuple[Entry, ...]]:
    """How many pieces from `place` on make the longest label of the lexicon, its key and what it can be."""
    lexicon, beginnings = load_forms().lexicon, _beginnings()
    size, key, entries = 1, first.key, first.entries
    joined = first.key
    for place_of_next, token in enumerate(labels[place + 1 : place + _MOST_JOINED], 2):
        if joined not in beginnings:
            break
        joined += read_sign(token.text).key
        if joined and joined in lexicon:
            size, key, entries = place_of_next, joined, lexicon[joined]
    return size, key, entries


def _bracket_closed(labels: Sequence[Token], place: int) -> tuple[int, str, tuple[Entry, ...]] | None:
    """A label whose explanation in brackets goes on in the next pieces (文件(行政机关制定 + 发布的决定)), else None.

    A piece alone is no label of the lexicon, as only a whole explanation is left out of it.
    """
    text = ""
    for size, token in enumerate(labels[place : place + _MOST_JOINED], 1):
        text += token.text
        if sum(map(text.count, "(（")) <= sum(map(text.count, ")）")):
            sign = read_sign(text) if size > 1 else None
            return (size, sign.key, sign.entries) if sign is not None and sign.entries else None
    return None


def ends_tables(text: str) -> bool:
    """Whether words are the title of the section behind the tables."""
    return any(entry.role == "end" for entry in read_sign(text).entries)


def begins_label(text: str) -> bool:
    """Whether words can be the first piece of a longer label, so that what stands next to them matters."""
    sign = read_sign(text)
    return sum(map(text.count, "(（")) > sum(map(text.count, ")）")) or sign.key in _beginnings()


@cache
def _beginnings() -> frozenset[str]:
    """Every beginning of a label of the lexicon, the empty one too: what else stands first joins to no label."""
    return frozenset(key[:length] for key in load_forms().lexicon for length in range(len(key)))


def empties(tokens: Sequence[Token]) -> int:
    """How many empty cells are among the tokens."""
    return sum(token.kind == EMPTY for token in tokens)
