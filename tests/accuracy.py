"""How well generated reports are read: cells and claims by form, format and layout, against exact truth.

Run: ``make accuracy`` or ``python tests/accuracy.py [--count 2400] [--seed 0] [--only TEXT] [--json] [--show]``. Every combination of form, format and
layout comes up once before any comes up again. Exit 1 where a cell is wrong, extra or missing without a word, or a claim
is wrong. The real pages at hand are scored by their own program (score.py beside the seeds).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from generator import FORMS, WRITERS, Expected, Style, compose, random_report, random_style, render, variants_of
from generator.figures import Report
from generator.files import ENCODINGS, FORMATS, TYPED, encoded
from generator.office import converted, word_document
from generator.printing import GRID, Story
from generator.prose import Claim, story
from generator.prose.draft import FORM_YEARS
from reading_back import OUTCOMES, compare, compare_claims
from rich.console import Console
from rich.progress import track
from rich.table import Table

from extract.files.containers import members_of
from extract.files.web_archive import Tally
from extract.stage import read_documents

COUNT = 2400
BASE_LAYOUTS = ("pipe_rows", "cell_lines_trailing", "cell_lines_plain", "tabs", "pipe_rows_both_ends")
"""Text layouts in which every variant of the tables is tried; the others show the plain form."""
BAD = ("wrong", "extra", "missing", "unmarked")


@dataclass(frozen=True)
class Combination:
    """What a document is like. writer: the text layout of a text file; variant: how the form was changed."""

    form: str
    format: str
    variant: str
    writer: str = ""

    @property
    def layout(self) -> str:
        """The name under which it is counted."""
        return self.variant if self.variant != "plain" else self.writer or "plain"

    @property
    def name(self) -> str:
        """For people and for the random state."""
        return "/".join((self.form, self.format, self.writer or "-", self.variant))


@dataclass(frozen=True)
class Case:
    """A document with its truth."""

    combination: Combination
    number: int
    content: bytes
    expected: tuple[Expected, ...]
    claims: tuple[Claim, ...]


def combinations() -> list[Combination]:
    """All of them: text in every layout and variant, every other format in every variant."""
    found = []
    for form in FORMS:
        found += [Combination(form, "text", "plain", writer) for writer in WRITERS]
        for variant in variants_of(form):
            found += [Combination(form, "text", variant, writer) for writer in BASE_LAYOUTS if variant != "plain"]
            found += [Combination(form, name, variant) for name in (*FORMATS, "doc")]
    return found


def one_of_each() -> list[Combination]:
    """Every format in every layout and variant once, the forms in turn."""
    of_kind: dict[tuple[str, str, str], list[Combination]] = defaultdict(list)
    for each in combinations():
        of_kind[each.format, each.writer, each.variant].append(each)
    return [alike[number % len(alike)] for number, alike in enumerate(of_kind.values())]


def chosen(count: int, seed: int, only: str = "") -> list[Combination]:
    """`count` combinations in an order in which every one comes up once before any comes up again."""
    every = [each for each in combinations() if only in each.name]
    order: list[Combination] = []
    rng = Random(seed)
    while every and len(order) < count:
        order += rng.sample(every, len(every))
    return order[:count]


def cases(order: Sequence[Combination], seed: int) -> Iterator[Case]:
    """The documents; those of .doc come last, for they are converted together."""
    words: list[Case] = []
    for number, combination in enumerate(order):
        case = case_of(combination, number, seed)
        if combination.format == "doc":
            words.append(case)
        else:
            yield case
    saved = converted([case.content for case in words]) if words else []
    if saved is None:
        print(f"left out: {len(words)} .doc files, for LibreOffice (soffice) is not installed", file=sys.stderr)
    for case, content in zip(words, saved or [], strict=False):
        yield replace(case, content=content)


def case_of(combination: Combination, number: int, seed: int) -> Case:
    """One document. The same arguments give the same bytes."""
    rng = Random(f"{seed}/{number}/{combination.name}")
    form = combination.form
    report = random_report(rng, form, blank_share=rng.choice((0.0, 0.0, 0.2)))
    report, style, told = _with_story(report, combination, random_style(rng), rng)
    if combination.format == "text":
        printed = render(report, combination.writer, style, rng, combination.variant, told)
        return Case(combination, number, _text_bytes(printed.text, rng), printed.expected, printed.claims)
    typed = TYPED.get(combination.format)
    composed = compose(report, style, rng, combination.variant, told, WRITERS[typed] if typed else GRID)
    write = FORMATS.get(combination.format, word_document)
    return Case(combination, number, write(composed, rng), composed.expected, composed.claims)


def _with_story(
    report: Report, combination: Combination, style: Style, rng: Random
) -> tuple[Report, Style, Story | None]:
    """Every third report tells figures in prose too, where the generator of prose knows its form."""
    if report.form not in FORM_YEARS or combination.variant == "other_year" or rng.random() > 1 / 3:
        return report, style, None
    place, told = story(rng, report.form, report.year)
    report = Report(report.form, f"{place}人民政府", report.year, report.values)
    return report, Style(**{**vars(style), "prose": True, "titles": True}), told


def _text_bytes(text: str, rng: Random) -> bytes:
    text = text.replace("\n", rng.choice(("\n", "\r\n")))
    return next(content for name in rng.sample(ENCODINGS, len(ENCODINGS)) if (content := encoded(text, name)))


@dataclass
class Score:
    """What became of the cells and claims of some documents."""

    documents: int = 0
    cells: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)

    def add(self, read: Read) -> None:
        """Count one document more."""
        self.documents += 1
        self.cells.update(read.cells)
        self.claims.update(read.claims)

    @property
    def failed(self) -> int:
        """Cells and claims that must not be."""
        return sum(self.cells[name] for name in BAD) + self.claims["wrong"]


@dataclass(frozen=True)
class Read:
    """A document as it was read: counts, and in words what is not right."""

    case: Case
    cells: Counter[str]
    claims: Counter[str]
    failures: list[str]
    not_read: list[str]


def read_case(case: Case) -> Read:
    """Read one document and set it against its truth."""
    tables = {
        name: t.to_pylist() for name, t in read_documents(list(members_of("file", case.content, Tally()))).items()
    }
    cells, bad = compare(case.expected, tables["cell"], tables["reject"], any_report=bool(tables["report"]))
    claims, false = compare_claims(case.claims, tables["claim"])
    name = f"{case.combination.name} {case.number}"
    words = {kind: [f"{name} {kind}: {_told(truth, got)}" for k, truth, got in bad if k == kind] for kind in OUTCOMES}
    failures = [each for kind in BAD for each in words[kind]]
    failures += [f"{name} claim: {c['quote']} read as {c['quantity_id']} = {c['value']}" for c in false]
    return Read(case, cells, claims, failures, words["unreadable"])


def _told(truth: Expected | None, got: dict[str, Any] | None) -> str:
    want = (
        f"{truth.slot_id}#{truth.part or ''} {truth.value} {truth.value_status} {truth.certainty}"
        if truth
        else "nothing"
    )
    if not got:
        return f"want {want}; read nothing"
    return f"want {want}; read {got['slot_id']} {got['value']} {got['value_status']} {got['raw_text'][:30]!r} {got['reason'] or ''}"


def measure(found: Iterable[Case], show: bool = False) -> dict[str, dict[str, Score]]:
    """Scores by form, format, layout and pairs of the last two, and of all; `show` prints what failed, a line each."""
    groups = ("form", "format", "layout", "format x layout", "all")
    scores: dict[str, dict[str, Score]] = {group: defaultdict(Score) for group in groups}
    for case in found:
        read, what = read_case(case), case.combination
        names = (what.form, what.format, what.layout, f"{what.format} x {what.layout}", "all")
        for group, name in zip(groups, names, strict=True):
            scores[group][name].add(read)
        if show:
            print(
                "\n".join([*read.failures[:4], *read.not_read[:2]]), end="\n" if read.failures or read.not_read else ""
            )
    return scores


def tables_of(scores: dict[str, dict[str, Score]], groups: tuple[str, ...]) -> Iterator[Table]:
    """The scores for people."""
    for group in groups:
        table = Table(title=f"by {group}" if group != "all" else "all", title_justify="left")
        table.add_column(group)
        heads = ("documents", "cells", "determined", "not read", *OUTCOMES, "claims", "right", "missing", "wrong")
        for head in heads:
            table.add_column(head, justify="right")
        for name, score in sorted(scores[group].items()):
            counts = [score.documents, *(score.cells[key] for key in ("expected", "determined", "not read", *OUTCOMES))]
            counts += [score.claims[key] for key in ("expected", "right", "missing", "wrong")]
            colour = "red" if score.failed else "yellow" if score.cells["not read"] else ""
            table.add_row(name, *(f"{n:,}" if n else "·" for n in counts), style=colour)
        yield table


def main() -> int:
    """Read the arguments, measure, print; 1 where something failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=COUNT, help=f"documents (default {COUNT})")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives other documents")
    parser.add_argument(
        "--only", default="", help="only combinations whose name (form/format/writer/variant) contains this"
    )
    parser.add_argument("--json", action="store_true", help="counts for programs")
    parser.add_argument("--show", action="store_true", help="name what failed")
    options = parser.parse_args()
    found = cases(chosen(options.count, options.seed, options.only), options.seed)
    if not options.json:
        found = iter(track(found, "reading", total=options.count, console=Console(stderr=True), transient=True))
    scores = measure(found, options.show)
    if options.json:
        counts = {
            group: {name: {"documents": s.documents, "cells": s.cells, "claims": s.claims} for name, s in named.items()}
            for group, named in scores.items()
        }
        print(json.dumps(counts, ensure_ascii=False))
    else:
        console = Console(width=None if sys.stdout.isatty() else 220)
        for table in tables_of(scores, ("form", "format", "layout", "all")):
            console.print(table)
        console.print(
            "determined: cells that a careful person can tell from the page; not read: those of them said to be unreadable; "
            "unmarked: read right where the page does not tell it, but not marked as inferred"
        )
    return 1 if scores["all"]["all"].failed else 0


if __name__ == "__main__":
    sys.exit(main())
