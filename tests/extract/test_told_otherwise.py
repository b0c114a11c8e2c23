"""Real documents and samples as other programs would have copied them: what they say is read the same.

How each is read as it stands is compared with truth elsewhere (test_seeds.py, test_field.py, test_samples.py).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from extract.stage import read_documents

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FILES = {
    path.stem: path
    for folder in (ROOT / "samples", SHARED / "seeds", SHARED / "field")
    for path in sorted(folder.glob("*.txt"))
}

Read = tuple[list[tuple[object, ...]], list[tuple[object, ...]], list[tuple[object, ...]]]


def text_of(name: str) -> str:
    content = FILES[name].read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def read(text: str) -> Read:
    """Reports, cells and claims, without their places in the document."""
    tables = read_documents([("copied", text.encode())])
    reports = {row["report_id"]: row for row in tables["report"].to_pylist()}
    of = {key: (row["organ_name"], row["year"], row["form"], row["coverage"]) for key, row in reports.items()}
    cells = [
        (*of[row["report_id"]], row["slot_id"], row["part"], row["value"], row["value_status"])
        for row in tables["cell"].to_pylist()
        if row["slot_id"]
    ]
    claims = [
        (*of[row["report_id"]], row["quantity_id"], row["value"], row["unit"], row["by_negation"], row["is_implied"])
        for row in tables["claim"].to_pylist()
    ]
    return [sorted(map(repr, part)) for part in (of.values(), cells, claims)]  # type: ignore[return-value]


@cache
def as_it_stands(name: str) -> Read:
    return read(text_of(name))


Telling = Callable[[str], str]


def by_line(change: Telling) -> Telling:
    return lambda text: "\n".join(change(line) for line in text.split("\n"))


def in_prose(change: Telling) -> Telling:
    """Changes sentences and titles, not rows of cells."""
    return by_line(lambda line: change(line) if "|" not in line and re.search("[,，。;；年]", line) else line)


def numbers_apart(gap: str) -> Telling:
    return in_prose(lambda line: re.sub(r"(\d[\d.,]*)", rf"{gap}\1{gap}", line))


def between_pages(number: str) -> Telling:
    def paged(text: str) -> str:
        lines = text.split("\n")
        pages = ["\n".join(lines[first : first + 30]) for first in range(0, len(lines), 30)]
        return "\n".join([pages[0], *(f"{number.format(at)}\n{page}" for at, page in enumerate(pages[1:], 1))])

    return paged


def page_of_lines(text: str) -> str:
    return '<html><meta charset="utf-8"><body><div>' + "<br/>\n".join(map(html.escape, text.split("\n"))) + "</div>"


OTHERS = "".join(
    f"某某县{name}2022年政府信息公开工作年度报告 2023-01-1{day}\n" for day, name in enumerate(("财政局", "教育局"))
)
LINKS = (
    "\n上一篇：某某县财政局2019年政府信息公开工作年度报告\n相关链接\n2018年政府信息公开年报\n2017年政府信息公开年报\n"
)
CUT = "055"
"""An excerpt that ends within a row: what stands behind it changes what can be told of that row."""

TOLD: dict[str, Telling] = {
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "spaces behind each line": by_line(lambda line: line + " \u3000 "),
    "indented lines": by_line(lambda line: "\u3000\u3000" + line if line.strip() else line),
    "no blank lines": lambda text: "\n".join(line for line in text.split("\n") if line.strip()),
    "a blank line between all lines": lambda text: text.replace("\n", "\n\n"),
    "spaces that do not break": lambda text: text.replace(" ", "\u00a0"),
    "wide brackets": lambda text: text.replace("(", "（").replace(")", "）"),
    "wide numbers in prose": in_prose(lambda line: line.translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
    "bars set close": lambda text: re.sub(r" *\| *", "|", text),
    "bars set wide": lambda text: re.sub(r" *\| *", "  |  ", text),
    "wide bars": lambda text: text.replace("|", "｜"),
    "drawn bars": lambda text: text.replace("|", "│"),
    "numbers set apart in prose": numbers_apart(" "),
    "numbers set far apart in prose": numbers_apart("  "),
    "numbers set apart by wide spaces": numbers_apart("\u3000"),
    "numbers set apart by the mark-up for spaces": in_prose(
        lambda line: re.sub(r"(\d[\d.,]*)", r"&nbsp;\1&nbsp;", line)
    ),
    "numbers of pages between dashes": between_pages("- {} -"),
    "numbers of pages in words": between_pages("第 {} 页 共 9 页"),
    "marks that nobody sees within words": by_line(lambda line: line.replace("公开", "公\u00ad\u200b开")),
    "headings of Markdown": in_prose(lambda line: "## " + line if re.match("[一二三四五六]、", line) else line),
    "bold numbers in prose": in_prose(lambda line: re.sub(r"(\d+)", r"**\1**", line)),
    "under a menu of years": lambda text: "".join(f"{y}年度政府信息公开年报\n" for y in (2020, 2019)) + text,
    "below a list of reports": lambda text: "相关文章\n" + OTHERS + "\n" + text,
    "with links to other reports": lambda text: text + LINKS,
    "a web page of lines": page_of_lines,
    "preformatted": lambda text: '<html><meta charset="utf-8"><body><pre>' + html.escape(text) + "</pre>",
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("telling", TOLD)
def test_a_document_told_otherwise_is_read_the_same(name: str, telling: str) -> None:
    if name == CUT and TOLD[telling] is TOLD["with links to other reports"]:
        pytest.skip("the excerpt ends within a row: what follows changes what can be told of it")
    told = read(TOLD[telling](text_of(name)))
    for what, (other, own) in enumerate(zip(told, as_it_stands(name), strict=True)):
        assert other == own, ("reports", "cells", "claims")[what]
