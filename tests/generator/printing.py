"""Prints a report as a page and says what a faultless reader returns. Puts together form, figures, prose, layout and style."""

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from . import forms, places, script
from .figures import Report
from .layouts import LAYOUTS, Layout, PrintedRow

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
    """What a faultless reader returns for one cell. unit: printed in the cell, else in its row or in the form."""

    slot_id: str
    value: Decimal | None
    value_status: str
    raw: str
    unit: str | None


@dataclass(frozen=True)
class Rendered:
    """One report's text (newlines as \\n) and its expected cells in printed order."""

    report: Report
    layout: str
    style: Style
    text: str
    expected: tuple[Expected, ...]


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


def render(report: Report, layout: str, style: Style | None = None, rng: Random | None = None) -> Rendered:
    """Print `report` in the named layout. The same arguments and random state give the same text."""
    return _Printer(report, LAYOUTS[layout], style or Style(), rng or Random(0)).page()


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


class _Printer:
    def __init__(self, report: Report, layout: Layout, style: Style, rng: Random) -> None:
        self.report, self.layout, self.style, self.rng = report, layout, style, rng
        self.expected: list[Expected] = []
        # One choice a page: a converter treats every repeated header alike.
        self.variants = {
            label: variant
            for label, variant in _LABEL_VARIANTS.get(report.form, {}).items()
            if style.label_variants and rng.random() < 0.5 and (variant or layout.name.startswith("pipe_rows"))
        }
        single = len(forms.VALUE_COLUMNS.get(report.form, {})) == 1
        rows = [[cell.slot for cell in row.cells if cell.slot] for t in forms.grid(report.form) for row in t.rows]
        # Cells at a row's open end: its last one, and the first one of the dispute row, which has no label before it.
        self.row_ends = {row[-1] for row in rows if row} | {row[0] for row in rows if len(row) == 15}
        self.can_print_blank = layout.blanks == "all" or (layout.blanks == "single" and single)

    def page(self) -> Rendered:
        convert = {
            "simplified": str,
            "traditional": script.to_traditional,
            "glossed": script.to_glossed,
        }
        turn = convert[self.style.script]
        text = turn(self.layout.paragraph.join(part for part in self._parts() if part))
        expected = tuple(replace(cell, raw=turn(cell.raw)) for cell in self.expected)
        return Rendered(self.report, self.layout.name, self.style, text, expected)

    def _parts(self) -> list[str]:
        organ, year, rng = self.report.organ, self.report.year, self.rng
        national = self.report.form in forms.DISCLOSURE_COLUMNS
        parts = [places.title(organ, year)]
        if self.style.prose:
            parts += [
                places.opening(organ, year, rng),
                self._title("一、总体情况"),
                rng.choice(places.GENERAL),
            ]
        if not national:
            parts.append(f"附件:{year}年度政府信息公开情况统计表")
        for table in forms.grid(self.report.form):
            parts += [self._title(self._label(table.title)), self._table(table)]
        if self.style.prose and national:
            parts += [
                self._title("五、存在的主要问题及改进情况"),
                rng.choice(places.PROBLEMS),
            ]
            parts += [self._title("六、其他需要报告的事项"), rng.choice(places.OTHER)]
        return [
            *parts,
            places.signature(organ, year, rng).replace("\n", self.layout.paragraph),
        ]

    def _title(self, text: str) -> str:
        return text if self.style.titles else ""

    def _table(self, table: forms.Table) -> str:
        return self.layout.write([self._row(row) for row in table.rows])

    def _row(self, row: forms.Row) -> PrintedRow:
        header = all(cell.kind == "header" for cell in row.cells)
        texts = [self._header(cell.text, index) if header else self._cell(cell) for index, cell in enumerate(row.cells)]
        spans = tuple(cell.span for cell in row.cells)
        labels = sum(cell.kind == "label" for cell in row.cells)
        return PrintedRow(tuple(texts), spans, labels, header, row.width)

    def _cell(self, cell: forms.Cell) -> str:
        if cell.slot:
            return self._value(cell.slot)
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

    def _value(self, slot: str) -> str:
        value, unit = (
            self.report.values[slot],
            forms.printed_units(self.report.form)[slot],
        )
        if value is None:
            blank = self._shows_blank(slot) and self.rng.random() < 0.7
            raw, status = ("", "blank") if blank else (self.rng.choice(DASHES), "not_applicable")
        else:
            raw, unit = self._number(value, slot, unit)
            status = "reported" if value else "explicit_zero"
        self.expected.append(Expected(slot, value, status, raw, unit))
        return self._spaced(raw)

    def _shows_blank(self, slot: str) -> bool:
        """Whether an empty cell can be told from the layout's own marks at this place."""
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
