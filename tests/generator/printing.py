"""Prints a report as a page and says what a faultless reader returns. Puts together form, figures, prose, layout and style."""

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from . import forms, places, script
from .copies import COPIES
from .figures import Report
from .layouts import ABSENT, DETERMINED, LAYOUTS, OPEN, UNDETERMINED, Key, Layout, PageState, PrintedRow
from .prose import Claim, Statement
from .variants import VARIANTS, Print

Story = list[tuple[str, list[Statement]]]
"""What a report tells in prose: headings with the paragraphs under them."""

DASHES = ("/", "-", "—")
HEADERS = ("full", "inner_space", "split", "truncated", "repeated")
SPACES = {"none": "", "ascii": " ", "nbsp": "\u00a0", "ideographic": "\u3000"}
_FULL_WIDTH_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_FULL_WIDTH_BRACKETS = str.maketrans("(),:", "（），：")
_CUT_HEADERS = {
    "结果\n维持",
    "结果\n纠正",
    "其他\n结果",
    "尚未\n审结",
    "本年新\n制作数量",
    "本年新\n公开数量",
}
_LABEL_VARIANTS = {
    "national-2021": {
        "行政规范性文件": "规范性文件",
        "现行有效件数": "现行有效件",
        "规章": "",
        "第二十条第(一)项": "第二十条第",
        "第二十条第(五)项": "第二十条第",
        "第二十条第(六)项": "第二十条第",
        "第二十条第(八)项": "第二十条第",
        forms.SECTION_TITLES[1]: forms.SECTION_TITLES[1] + forms.STUB,
        forms.SECTION_TITLES[2]: "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    },
    "national-2019": {
        "规范性文件": "规范性文件(行政机关制定发布的决定、公告、通告)",
        forms.SECTION_TITLES[2]: "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    },
    "national-2014": {
        "其中:涉及国家秘密": "其中:1.涉及国家秘密",
        "(一)维持具体行政行为或者驳回原告诉讼请求数": "(一)维持具体行政行为数",
    },
}


@dataclass(frozen=True)
class Style:
    """How the page is printed. headers: one of HEADERS; script: simplified, traditional, glossed; space: key of SPACES."""

    titles: bool = True
    prose: bool = True
    headers: str = "full"
    label_variants: bool = False
    full_width_brackets: bool = False
    varied_figures: bool = False
    script: str = "simplified"
    space: str = "none"


@dataclass(frozen=True)
class Expected:
    """What a faultless reader returns for one cell. unit: printed in the cell, else in its row or in the form.

    part: which part of what the report covers, None for the whole. certainty: DETERMINED; OPEN where a reader may read
    it or say unreadable; UNDETERMINED where the page does not tell the cell (a reader says unreadable, or infers the
    value from the sums); ABSENT where it prints nothing of it.
    """

    slot_id: str
    value: Decimal | None
    value_status: str
    raw: str
    unit: str | None
    part: str | None = None
    certainty: str = DETERMINED

    @property
    def key(self) -> Key:
        """Slot and part."""
        return self.slot_id, self.part


@dataclass(frozen=True)
class PrintedTable:
    """A table before it takes a form as text or in a file."""

    rows: tuple[PrintedRow, ...]


@dataclass(frozen=True)
class Composed:
    """A report as paragraphs and tables in reading order, with its expected cells; every format draws this."""

    report: Report
    style: "Style"
    blocks: tuple[str | PrintedTable, ...]
    expected: tuple[Expected, ...]
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Rendered:
    """One report's text (newlines as \\n) and its expected cells in printed order."""

    report: Report
    layout: str
    style: Style
    text: str
    expected: tuple[Expected, ...]
    variant: str = "plain"
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Document:
    """A file: its bytes, the text that decoding them gives, and the reports in it in reading order."""

    content: bytes
    text: str
    encoding: str
    reports: tuple[Rendered, ...]


def random_style(rng: Random) -> Style:
    """Any style; every feature is off about half of the time."""
    return Style(
        titles=rng.random() < 0.8,
        prose=rng.random() < 0.7,
        headers=rng.choice(HEADERS),
        label_variants=rng.random() < 0.4,
        full_width_brackets=rng.random() < 0.3,
        varied_figures=rng.random() < 0.5,
        script=rng.choices(("simplified", "traditional", "glossed"), (4, 1, 1))[0],
        space=rng.choice(list(SPACES)),
    )


GRID = Layout("grid", None, "every", line_break="\n")
"""Stands for the layout where cells keep their borders: files with real tables."""
WRITERS = {**LAYOUTS, **COPIES}
"""Every way of writing tables as text."""


def render(
    report: Report,
    layout: str,
    style: Style | None = None,
    rng: Random | None = None,
    variant: str = "plain",
    story: Story | None = None,
) -> Rendered:
    """Print `report` in the named layout. The same arguments and random state give the same text.

    `story`: prose with figures, whose claims are of the report too (their places in the text are not given).
    """
    printer = _Printer(report, WRITERS[layout], style or Style(), rng or Random(0), variant, story)
    composed, writer = printer.composed(), WRITERS[layout]
    tables = tuple(block.rows for block in composed.blocks if isinstance(block, PrintedTable))
    page = PageState(printer.rng, tables=tables)
    fates: dict[Key, str] = {}
    parts = []
    for block in composed.blocks:
        if isinstance(block, PrintedTable):
            drawn = writer.drawn(block.rows, page)
            fates.update(drawn.fates)
            block = drawn.text
        parts.append(block.replace("\n", writer.paragraph) if block.startswith(report.organ + "\n") else block)
    text = printer.turn(writer.paragraph.join(part for part in parts if part))
    expected = tuple(_less_certain(cell, fates.get(cell.key, DETERMINED)) for cell in composed.expected)
    return Rendered(composed.report, layout, printer.style, text, expected, variant, composed.claims)


def compose(
    report: Report,
    style: Style | None = None,
    rng: Random | None = None,
    variant: str = "plain",
    story: Story | None = None,
    layout: Layout = GRID,
) -> Composed:
    """The report as paragraphs and tables, in the script of its style; `layout`: what its tables will be drawn in."""
    printer = _Printer(report, layout, style or Style(), rng or Random(0), variant, story)
    composed, turn = printer.composed(), printer.turn

    def turned(block: str | PrintedTable) -> str | PrintedTable:
        if isinstance(block, str):
            return turn(block)
        return PrintedTable(tuple(replace(row, cells=tuple(map(turn, row.cells))) for row in block.rows))

    return replace(composed, blocks=tuple(turned(block) for block in composed.blocks))


def _less_certain(cell: Expected, fate: str) -> Expected:
    order = (DETERMINED, OPEN, UNDETERMINED, ABSENT)
    return replace(cell, certainty=max(cell.certainty, fate, key=order.index))


def assemble(
    reports: list[Rendered],
    rng: Random | None = None,
    noise: bool = False,
    newline: str = "\n",
    encoding: str = "utf-8",
    bom: bool = False,
) -> Document:
    """One file of the given reports, with page noise before, between and after them if asked for."""
    rng = rng or Random(0)

    def some_noise() -> list[str]:
        return rng.sample(places.NOISE, rng.randint(1, 3)) if noise else []

    parts = some_noise()
    for printed in reports:
        parts += [printed.text, *some_noise()]
    text = "\n".join(parts).replace("\n", newline)
    content = text.encode(encoding)
    return Document((b"\xef\xbb\xbf" if bom else b"") + content, text, encoding, tuple(reports))


_TURNS = {"simplified": str, "traditional": script.to_traditional, "glossed": script.to_glossed}


class _Printer:
    def __init__(
        self, report: Report, layout: Layout, style: Style, rng: Random, variant: str, story: Story | None = None
    ) -> None:
        self.layout, self.rng, self.story = layout, rng, story or []
        style = replace(style, varied_figures=False, space="none") if layout.bare else style
        # Section four without its headers is known by its title alone.
        self.style = replace(style, titles=True) if variant == "missing_headers" else style
        self.turn = _TURNS[style.script]
        self.print = VARIANTS[variant](Print(report, forms.grid(report.form)), rng)
        self.report = self.print.report
        self.expected: list[Expected] = []
        # One choice a page: a converter treats every repeated header alike.
        self.variants = {
            label: variant
            for label, variant in _LABEL_VARIANTS.get(report.form, {}).items()
            if style.label_variants and rng.random() < 0.5 and (variant or layout.name.startswith("pipe_rows"))
        }
        single = len(forms.VALUE_COLUMNS.get(report.form, {})) == 1 and not self.report.parts
        rows = [[cell.slot for cell in row.cells if cell.slot] for t in forms.grid(report.form) for row in t.rows]
        # Cells at a row's open end: its last one, and the first one of the dispute row, which has no label before it.
        self.row_ends = {row[-1] for row in rows if row} | {row[0] for row in rows if len(row) == 15}
        self.can_print_blank = layout.blanks in ("every", "all") or (layout.blanks == "single" and single)

    def composed(self) -> Composed:
        blocks = tuple(block for block in self._blocks() if block)
        fates = self.print.fates
        expected = [replace(cell, raw=self.turn(cell.raw)) for cell in self.expected]
        known = tuple(_less_certain(cell, fates.get(cell.key, DETERMINED)) for cell in expected)
        story = self.story if self.style.prose else []
        claims = tuple(claim for _, told in story for statement in told for claim in statement.claims)
        return Composed(self.report, self.style, blocks, known, claims)

    def _blocks(self) -> list[str | PrintedTable]:
        organ, year, rng = self.report.organ, self.report.year, self.rng
        national = self.report.form in forms.DISCLOSURE_COLUMNS
        blocks: list[str | PrintedTable] = [places.title(organ, year)]
        if self.style.prose:
            blocks.append(places.opening(organ, year, rng))
            blocks += self._told(self.story[: -1 if national else None]) or [
                self._title("一、总体情况"),
                rng.choice(places.GENERAL),
            ]
        if not national:
            blocks.append(f"附件:{year}年度政府信息公开情况统计表")
        for number, table in enumerate(self.print.tables):
            blocks.append(self._title(self._label(table.title)))
            drawn = PrintedTable(tuple(self._row(row) for row in table.rows))
            blocks.append(self.print.images.get(number) or drawn)
        if self.style.prose and national:
            blocks += [
                self._title("五、存在的主要问题及改进情况"),
                rng.choice(places.PROBLEMS),
            ]
            blocks += self._told(self.story[-1:]) or [self._title("六、其他需要报告的事项"), rng.choice(places.OTHER)]
        return [*blocks, places.signature(organ, year, rng)]

    def _told(self, story: Story) -> list[str | PrintedTable]:
        return [part for heading, told in story for part in (self._title(heading), *(each.text for each in told))]

    def _title(self, text: str) -> str:
        return text if self.style.titles else ""

    def _row(self, row: forms.Row) -> PrintedRow:
        header = all(cell.kind == "header" for cell in row.cells)
        texts: list[str] = []
        for index, cell in enumerate(row.cells):
            texts.append(self._header(cell.text, index) if header else self._cell(cell, texts))
        shown = [(cell, text) for cell, text in zip(row.cells, texts, strict=True) if cell.shown != "lost"]
        return PrintedRow(
            cells=tuple(text for _, text in shown),
            spans=tuple(cell.span for cell, _ in shown),
            labels=sum(cell.kind == "label" for cell, _ in shown),
            header=header,
            width=row.width,
            keys=tuple((cell.slot, cell.part) if cell.slot and cell.shown == "once" else None for cell, _ in shown),
            rowspans=tuple(cell.rows for cell, _ in shown),
        )

    def _cell(self, cell: forms.Cell, before: list[str]) -> str:
        if cell.shown == "again":
            return before[-1]
        if cell.slot:
            return self._value(cell.slot, cell.part, lost=cell.shown == "lost")
        return self._label(cell.text) if cell.kind == "label" else cell.text

    def _label(self, text: str) -> str:
        text = self.variants.get(text, text)
        if self.style.headers == "split" and text[:3] in ("(三)", "(四)", "(五)", "(六)") and len(text) == 7:
            text = text[:3] + self.layout.line_break + text[3:]
        return text.translate(_FULL_WIDTH_BRACKETS) if self.style.full_width_brackets else text

    def _header(self, text: str, index: int) -> str:
        headers = self.style.headers
        if headers == "truncated" and text in _CUT_HEADERS and index > 0:
            return text.split("\n")[0]
        if headers == "repeated" and text == "本年新\n公开数量":
            return "本年新制作数量"
        if headers == "inner_space" and text == "总计":
            return "总 计" if self.layout.name != "spaces" else text
        gap = {"inner_space": " ", "split": self.layout.line_break}.get(headers, "")
        text = text.replace("\n", gap if self.layout.name != "spaces" else "")
        return self._label(text.format(year=self.report.year))

    def _value(self, slot: str, part: str | None, *, lost: bool) -> str:
        values = self.report.parts[part] if part else self.report.values
        value, unit = values[slot], forms.printed_units(self.report.form)[slot]
        if value is None:
            blank = lost or (self._shows_blank(slot) and self.rng.random() < 0.7)
            raw, status = ("", "blank") if blank else (self._dash(), "not_applicable")
        else:
            raw, unit = self._number(value, slot, unit)
            status = "reported" if value else "explicit_zero"
        self.expected.append(Expected(slot, value, status, raw, unit, part))
        return self._spaced(raw)

    def _dash(self) -> str:
        """A bare layout has only the dash that is neither a sign nor a divider."""
        return DASHES[-1] if self.layout.bare else self.rng.choice(DASHES)

    def _shows_blank(self, slot: str) -> bool:
        """Whether an empty cell can be told from the layout's own marks at this place."""
        if self.layout.blanks == "every":
            return True
        if slot.split("/")[1] == "disputes":
            rows = self.layout.name.startswith(("pipe_rows", "tabs"))
            return self.can_print_blank and rows and slot not in self.row_ends
        return self.can_print_blank and (self.layout.name != "pipe_rows_open" or slot not in self.row_ends)

    def _spaced(self, raw: str) -> str:
        if self.layout.name == "spaces" or self.rng.random() < 0.7 or not raw:
            return raw
        gap = SPACES[self.style.space]
        return self.rng.choice((gap + raw, raw + gap))

    def _number(self, value: Decimal, slot: str, unit: str | None) -> tuple[str, str | None]:
        """The printed number and its unit."""
        plain = f"{value:f}"
        if not self.style.varied_figures or self.rng.random() < 0.6:
            return plain, unit
        if slot.endswith("/items_net_change"):
            return self._signed(value), unit
        way = self.rng.choice(("thousands", "full_width", "unit"))
        if way == "thousands":
            return f"{value:,f}", unit
        if way == "full_width":
            return plain.translate(_FULL_WIDTH_DIGITS), unit
        suffix = self.rng.choice(("元", "万元", "万")) if forms.is_money(slot) else unit or ""
        return plain + suffix, {"万": "万元", "": None}.get(suffix, suffix)

    def _signed(self, value: Decimal) -> str:
        sign = self.rng.choice(("增", "+")) if value > 0 else self.rng.choice(("减", "-"))
        return f"{sign}{abs(value):f}" if value else "0"
