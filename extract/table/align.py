"""Tokens against the lines of a printed form: which run of values belongs to which line.

The form is the guide: labels are looked up in its lexicon and must come in its order. Which value of a line belongs to
which column is bind.py's work. Nothing here knows a year, a site or a file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from extract.table.alike import settled
from extract.table.items import Item
from extract.table.printed_forms import Entry, Forms, Table, label_key, load_forms, numbering_of
from extract.text.tokens import EMPTY, UNIT

_LIKE_ENOUGH: Final = 0.6
_SHORTEST_LIKE: Final = 3
_DIGITS: Final = frozenset("0123456789")
_LONGEST_UNKNOWN: Final = 60
_LEAST_LINES: Final = 3
_LIST: Final = "statistics"


@dataclass(slots=True)
class Instance:
    """One printing of one table: the item of each line found, headers, and rows that the form does not have."""

    table: Table
    rows: dict[int, Item] = field(default_factory=dict)
    heads: list[tuple[Item, tuple[Entry, ...]]] = field(default_factory=list)
    unknown: list[tuple[int, Item]] = field(default_factory=list)
    inferred: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)  # lines whose values cannot be told apart from an empty label
    alike: set[int] = field(default_factory=set)  # lines that may be others with the same label
    crowded: set[int] = field(default_factory=set)  # lines whose labels stand together before the values of all
    behind: set[int] = field(default_factory=set)  # lines whose label stands behind numbers, in the row of these
    aside: set[int] = field(default_factory=set)  # offsets of numbers that are no values: line numbers, codes
    remarks: list[Item] = field(default_factory=list)  # headers of a column of remarks, or footnotes that begin alike

    @property
    def start(self) -> int:
        """Where the table begins."""
        return min(item.start for item in (*self.rows.values(), *(head for head, _ in self.heads)))

    @property
    def end(self) -> int:
        """Where the table ends."""
        return max(item.end for item in (*self.rows.values(), *(head for head, _ in self.heads)))


def split_by_table(items: Sequence[Item]) -> dict[str, list[Item]]:
    """Items of each kind of table, in reading order. A label of one table only opens it; a sentence closes it."""
    found: dict[str, list[Item]] = defaultdict(list)
    current: str | None = None
    former: str | None = None  # the table that a sentence interrupted
    header: list[Item] = []  # a header of statistics behind words of another table, as in a menu
    for item in items:
        if item.prose:
            former, current = current or former, None
            continue
        if any(entry.role == "end" for entry in item.entries):
            former = current = None
            continue
        kinds = {entry.table_id for entry in item.entries}
        if current is None and len(kinds) > 1 and item.has_number and numbering_of(item.text):  # (七)总计, no column
            kinds = {entry.table_id for entry in item.entries if entry.role == "line"} or kinds
        if kinds and current not in kinds and len(kinds) == 1 and _may_open(item, current):
            current = next(iter(kinds))
            found[current] += header if current == _LIST else []
        elif current is None and former in kinds and item.has_number:
            current = former
        if current is not None and (current in kinds or not kinds or _fills_a_row(item, current)):
            found[current].append(item)
        header = [*header, item] if (_LIST in kinds and current != _LIST) or (header and not kinds) else []
    return found


def _fills_a_row(item: Item, table_id: str) -> bool:
    """Whether a column word of another table (数量) stands before all the cells of a row of this one."""
    return item.numbers > 1 and any(item.numbers == len(table.columns) for table in load_forms().candidates(table_id))


def _may_open(item: Item, current: str | None) -> bool:
    """A bare column word (数量, 单位) does not end another table; a line, a title or a heading of its own does."""
    roles = {entry.role for entry in item.entries}
    return current is None or bool(roles & {"line", "section"}) or item.entries[0].table_id != "statistics"


def align(table: Table, items: Sequence[Item]) -> list[Instance]:
    """Walk the items down the lines of one form; a line printed again begins another instance of the table."""
    instances, form, table_id = [Instance(table)], table.form, table.table_id
    pointer = 0
    headed = False  # whether a heading stands between the last bound line and here
    depth = 1
    last: Item | None = None  # the last item bound
    skipped: list[tuple[int, Item]] = []  # everyday phrases without a heading, each with its line
    for former, item in zip((None, *items), items, strict=False):  # with the item before it
        here = instances[-1]
        hits = [e for e in item.entries if e.form == form and e.table_id == table_id]
        lines = sorted({entry.line for entry in hits if entry.role == "line"}) if hits else []
        heads = tuple([entry for entry in hits if entry.role != "line"]) if hits else ()
        beside = bool(here.heads) and here.heads[-1][0] is former and not former.has_number
        if lines and heads and (beside or not item.has_number) and not numbering_of(item.text):
            lines = []  # 其他, 总计 without a number behind them or beside another header are column headers
        if not lines:
            depth = 1
            if heads and all(head.role == "remark" for head in heads):
                here.remarks.append(item)
            elif heads:
                here.heads.append((item, heads))
                headed = headed or not _is_scored(item, heads)
            else:
                here.unknown.append((pointer, item))
            continue
        if not table.lines[lines[0]].slots:
            if pointer == 0 and skipped and former is skipped[-1][1]:
                here.rows.update(_before_caption(table, skipped, lines[0]))
            headed = True
            depth = 1 if item.values else depth + 1
        else:
            item.depth, depth = depth, 1
        line = next((number for number in lines if number > pointer), None)
        loose = pointer == 0 or (line is None and former is not last)
        common = table.lines[lines[0]].everyday or (heads and not numbering_of(item.text))  # 行政许可; 总计
        if common and not headed and loose:  # a menu, or statistics of other things: no table without its headings
            skipped.append((lines[0], item))
            continue
        if line is None:
            line = next(
                (number for number in lines if number not in here.rows or not here.rows[number].has_number), None
            )
            if line is None:
                if not (item.has_number and table.lines[lines[0]].slots):
                    continue  # a caption or header printed again, at a page break
                instances.append(Instance(table))
                here, line, pointer = instances[-1], lines[0], 0
            elif line in here.rows and not item.values:
                continue  # a merged cell written out in each of its rows
        here.rows[line] = last = item
        if former is not None and _stands_behind(item, former):
            here.behind.add(line)
        pointer = max(pointer, line)
        headed = headed and not table.lines[line].slots
    return [_mended(instance) for instance in _whole(instances) if instance.rows or instance.heads]


def _stands_behind(item: Item, former: Item) -> bool:
    """Whether numbers stand before the label in its row, and none behind it: they may be its own, not the former's."""
    before = bool(former.values) and former.values[-1].row == item.label[0].row
    own = next((token for token in item.values if token.kind != UNIT), None)
    return before and (own is None or own.row != item.label[-1].row)


def _before_caption(table: Table, skipped: Sequence[tuple[int, Item]], caption: int) -> dict[int, Item]:
    """The lines right above the caption of the next block, where a page begins within a table: they are the last ones
    that the form has before it, each with all its values."""
    found: dict[int, Item] = {}
    above = [number for number in table.value_lines if number < caption]
    for number, item in reversed(skipped):
        if not above or number != above.pop() or item.numbers != len(table.lines[number].slots):
            break
        found[number] = item
    return found


def _is_scored(item: Item, heads: Sequence[Entry]) -> bool:
    """Whether a section's title is a row of another table, with numbers of its own (points): it heads no lines."""
    row = item.label[-1].row if item.label else -1
    return all(head.role == "section" for head in heads) and any(token.row == row for token in item.values)


def _whole(instances: list[Instance]) -> list[Instance]:
    """Printings of a table; a stray line behind one is no printing of its own but a row that its form does not have."""
    kept = instances[:1]
    for instance in instances[1:]:
        if instance.heads or len(instance.rows) >= _LEAST_LINES:
            kept.append(instance)
        else:
            kept[-1].unknown.extend((kept[-1].table.last_line - 1, item) for item in instance.rows.values())
    return kept


def _mended(instance: Instance) -> Instance:
    """Bind rows whose label is empty or misspelt, where order and number of cells leave one line only."""
    table = instance.table
    instance.rows, instance.alike = settled(table, instance.rows)
    left: list[tuple[int, Item]] = []
    for head, heads in instance.heads:
        if head.has_number and table.table_id == "disclosure" and not _is_scored(head, heads):
            _adopt(
                instance,
                max((n for n, i in instance.rows.items() if i.start < head.start), default=0),
                head,
                exact=False,
            )
    for number, item in list(instance.rows.items()):
        if not table.lines[number].slots and table.table_id == "disclosure":
            _adopt_below(instance, number, item)
    sure = len(instance.rows)  # a label that is only like a line's makes no table by itself
    adopted = 0  # the last line that was given to an unknown row: the next one stands behind it
    for pointer, item in instance.unknown:
        whole = sure and item.has_number and bool(item.label)
        if whole and (number := _adopt(instance, max(pointer, adopted), item, exact=True)):
            adopted = number
        else:
            left.append((pointer, item))
    instance.unknown = left
    return instance


def _adopt_below(instance: Instance, number: int, caption: Item) -> None:
    """Give the values below a caption to the next line, where its label is empty and its values are all there."""
    row = caption.label[-1].row if caption.label else -1
    below = [token for token in caption.values if token.row != row]
    nameless = Item([], "", (), below, numbers=sum(token.kind != EMPTY for token in below))
    if nameless.numbers == caption.numbers and nameless.has_number and _adopt(instance, number, nameless, exact=False):
        caption.values, caption.numbers = [token for token in caption.values if token.row == row], 0


def _adopt(instance: Instance, pointer: int, item: Item, *, exact: bool) -> int:
    """Give `item` to the one unbound line behind `pointer` that it can be; `exact` asks for a like label.

    Returns the number of that line, 0 where there is none.
    """
    table = instance.table
    following = min((number for number in instance.rows if number > pointer), default=10**6)
    free = [number for number in table.value_lines if pointer < number < following and number not in instance.rows]
    for number in _like(item, free, table) if exact else free[:1]:
        line = table.lines[number]
        if item.numbers == len(line.slots):
            instance.rows[number] = item
            instance.inferred.add(number)
            return number
        if not exact and item.numbers < len(line.slots):
            instance.rows[number] = item
            instance.doubtful.add(number)
            return number
    return 0


def _like(item: Item, lines: Sequence[int], table: Table) -> list[int]:
    """Those of the lines that an unknown label may be a spelling of, the likest first; its numbering is theirs."""
    if len(item.key) <= _SHORTEST_LIKE:
        return []
    own = _plain_number(item.text)
    labels = {number: table.lines[number].label for number in lines}
    likeness = {
        number: SequenceMatcher(None, item.key, label_key(label)).ratio()
        for number, label in labels.items()
        if not own or _plain_number(label) in ("", own)
    }
    return sorted((n for n, like in likeness.items() if like >= _LIKE_ENOUGH), key=lambda n: -likeness[n])


def _plain_number(label: str) -> str:
    """The number before a label without its marks, empty where it is none of digits (2.重复申请)."""
    return "".join(mark for mark in numbering_of(label) if mark in _DIGITS)


def unknown_rows(instance: Instance) -> list[Item]:
    """Rows with values, inside the table, that the form does not have: a province's extra line, a later form's line."""
    table = instance.table
    rows: list[Item] = []
    if not instance.rows:
        return rows
    for pointer, item in instance.unknown:
        inside = 0 < pointer < table.last_line
        if table.has_unit_column:
            inside = pointer > 0 and any(token.kind == UNIT for token in item.values)
        if inside and item.label and len(item.text) <= _LONGEST_UNKNOWN and item.has_number:
            rows.append(item)
    return rows


def score(instance: Instance) -> int:
    """How well one printing of a table fits a form: its columns first, then lines with the right number of values."""
    table = instance.table
    columns = {entry.target for _, heads in instance.heads for entry in heads if entry.role == "column"}
    fits = sum(item.numbers == len(table.lines[n].slots) for n, item in instance.rows.items() if table.lines[n].slots)
    bound = sum(bool(table.lines[n].slots) for n in instance.rows)
    misfit = sum(item.has_number for n, item in instance.rows.items() if not table.lines[n].slots)
    return 4 * len(columns) + 2 * bound + fits - 2 * misfit


def _is_chance(instance: Instance) -> bool:
    """Whether only lines of a table of many columns were found (予以公开 21, 重复申请 13), none of them with all its
    values and none below a header of the form: other tables and lists have such words. So have budgets and statistics
    of other things, one line of which the form has too, among many others."""
    lines = instance.table.lines
    if instance.table.has_unit_column and _is_among_others(instance):
        return True
    headed = any(not item.has_number for item, _ in instance.heads)
    if headed or instance.table.has_unit_column or any(line.everyday for line in lines.values()):
        return False
    return all(item.numbers < len(lines[n].slots) for n, item in instance.rows.items() if lines[n].slots)


def _is_among_others(instance: Instance) -> bool:
    """Whether a line or two of the form stand among twice as many rows with numbers that it does not have."""
    rows = sum(bool(instance.table.lines[number].slots) for number in instance.rows)
    others = sum(item.has_number and bool(item.label) for _, item in instance.unknown)
    return rows < _LEAST_LINES and others > 2 * rows


def best_alignment(
    table_id: str, items: Sequence[Item], prefer: str | None, forms: Forms
) -> tuple[list[Instance], str | None]:
    """The form that fits the items of one kind of table best.

    Returns its instances and NULL, or no instances and the reason: no line found, nothing but words that stand in other
    tables too, or two forms fit alike and `prefer` (the form of another table of the report, or the one that is likely)
    is neither of them; where it is one of them, its instances and that reason.
    """
    ranked: list[tuple[int, list[Instance]]] = []
    chance = False
    for table in _likely(table_id, items, forms):
        found = [i for i in align(table, items) if any(table.lines[n].slots for n in i.rows)]
        instances = [i for i in found if not _is_chance(i)]
        chance = chance or len(instances) < len(found)
        if instances:
            ranked.append((sum(map(score, instances)), instances))
    if not ranked:
        reason = f"too few words of the {table_id} table, no header or no full row: its words may be another's"
        return [], reason if chance else None
    best = max(total for total, _ in ranked)
    top = [instances for total, instances in ranked if total == best]
    if len(top) > 1:
        preferred = [instances for instances in top if instances[0].table.form == prefer]
        names = ", ".join(instances[0].table.form for instances in top)
        reason = f"the {table_id} table fits {names} alike: the form cannot be told from what is printed"
        return (preferred[0], f"{reason}; read as {prefer}") if preferred else ([], reason)
    return top[0], None


def _likely(table_id: str, items: Sequence[Item], forms: Forms) -> list[Table]:
    """The forms worth aligning: those with labels that no other form has, else those with most labels."""
    named = [{entry.form for entry in item.entries if entry.table_id == table_id} for item in items]
    own = Counter(next(iter(names)) for names in named if len(names) == 1)
    counts = own or Counter(form for names in named for form in names)
    most = max(counts.values(), default=0)
    return [table for table in forms.candidates(table_id) if counts[table.form] and counts[table.form] * 4 >= most]
