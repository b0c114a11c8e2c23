"""How fast documents of each format are read on one core: beside the least that any reader must do, and beside peers.

Run: ``make bench`` or ``.venv/bin/python benchmarks/formats.py [--documents 40] [--rounds 4] [--only html] [--json]``.
Exit 1 where a stated target is missed. The documents are generated: the 2021 form, the largest of all, every third with
figures in its prose. Each round is of documents that were not seen before, so that no cache knows them; the first round
is not counted, and of the others the fastest counts, each contender for itself. Time is processor time of this process.

"floor" is what every reader must do with a file: read it, hash it, decode and parse it. "layout not seen" is the reader
without what it knows of tables that were printed alike (extract/README.md). Peers do less than the reader,
which finds organ, year, form, every cell by name and place, and the figures in prose, and stages them as Arrow tables.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import io
import json
import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import docx
import lxml.etree
import openpyxl
import pandas
import pypdfium2
import python_calamine
import warcio
from fastwarc.warc import ArchiveIterator
from generator import Composed, Style, compose, files, office, paper, portal, random_report, render, web
from generator.figures import Report
from generator.printing import Story
from generator.prose import story
from rich.console import Console
from rich.table import Table
from selectolax.lexbor import LexborHTMLParser

from extract.files.web_archive import Tally, pages
from extract.stage import read_documents
from extract.table import known

FORM = "national-2021"
WITH_FIGURES = 3  # one document in so many tells figures in prose
SMALL, LARGE = 16_800, 111_000  # characters of pages that are 20 and 128 KB in UTF-8
OTHER_PAGES = 40  # of a web archive
TEXT_PARTS = ("word/document", "xl/worksheets", "xl/sharedStrings")
MOST_SLOW = 12  # documents a round of formats that take long to write

Work = Callable[[Path], object]


def read_staged(group: Sequence[Path]) -> None:
    """Documents into staged tables, many together, as loads are read."""
    read_documents([(file.name, file.read_bytes()) for file in group])


def read_unseen(file: Path) -> None:
    """A document into staged tables, as if no table had been read before."""
    with known.nothing_known():
        read_staged([file])


@dataclass(frozen=True)
class Kind:
    """A kind of file: how one is written, what reads it, what must be reached.

    least: documents a second, or MB a second of an archive; most: times the time of a contender that the reader may
    take; ahead: times as fast as a contender that the reader must be.
    """

    name: str
    write: Callable[[Random], bytes]
    floor: Work
    peers: dict[str, Work]
    least: float
    most: dict[str, float] = field(default_factory=dict)
    ahead: dict[str, float] = field(default_factory=dict)
    read: Callable[[Sequence[Path]], object] = read_staged
    by_size: bool = False
    slow: bool = False


@dataclass(frozen=True)
class Found:
    """What one kind of file took: seconds of each contender for one document, and what they are beside the targets."""

    kind: Kind
    size: float  # bytes of a document
    seconds: dict[str, float]

    @property
    def rate(self) -> float:
        """Documents a second, or MB a second of an archive."""
        return (self.size / 1e6 if self.kind.by_size else 1) / self.seconds["reader"]

    @property
    def missed(self) -> list[str]:
        """The targets that are missed, in words."""
        reader = self.seconds["reader"]
        unit = "MB" if self.kind.by_size else "documents"
        said = [f"{self.rate:,.0f} {unit} a second, not {self.kind.least:,.0f}"] if self.rate < self.kind.least else []
        for name, most in self.kind.most.items():
            times = reader / self.seconds[name]
            said += [f"{times:.1f} times the {name}, not {most:g}"] if times > most else []
        for name, least in self.kind.ahead.items():
            times = self.seconds[name] / reader
            said += [f"{times:.1f} times as fast as {name}, not {least:g}"] if times < least else []
        return [f"{self.kind.name}: {words}" for words in said]


def drawn_report(rng: Random) -> tuple[Report, Style, Story | None]:
    """A report, how it is printed, and what its prose tells."""
    report, style = random_report(rng, FORM), Style(prose=True, titles=True)
    if rng.randrange(WITH_FIGURES):
        return report, style, None
    place, told = story(rng, report.form, report.year)
    return Report(report.form, f"{place}人民政府", report.year, report.values), style, told


def composed_report(rng: Random) -> Composed:
    """A report as paragraphs and tables."""
    report, style, told = drawn_report(rng)
    return compose(report, style, rng, story=told)


def page(size: int, *draws: web.Draw) -> Callable[[Random], bytes]:
    """Pages of a portal, their tables in one of several kinds of markup."""
    return lambda rng: portal.portal_page(composed_report(rng), rng, size, rng.choice(draws)).encode()


def plain(rng: Random) -> bytes:
    """A text with its tables between bars."""
    report, style, told = drawn_report(rng)
    return render(report, "pipe_rows", style, rng, story=told).text.encode()


def archive(rng: Random) -> bytes:
    """A web archive of pages that are no reports."""
    sizes = [rng.choice((SMALL, LARGE)) for _ in range(OTHER_PAGES)]
    bodies = [portal.other_page(rng, size).encode() for size in sizes]
    return files.warc([(f"http://www.example.gov.cn/{number}.html", body) for number, body in enumerate(bodies)])


def hashed(file: Path) -> bytes:
    """The bytes of a file, which were hashed."""
    content = file.read_bytes()
    hashlib.sha256(content).hexdigest()
    return content


def parts(file: Path) -> list[Any]:
    """The parts of an Office file that hold its text, parsed."""
    with zipfile.ZipFile(io.BytesIO(hashed(file))) as package:
        names = [name for name in package.namelist() if name.startswith(TEXT_PARTS) and name.endswith(".xml")]
        return [lxml.etree.fromstring(package.read(name)) for name in names]


def pdf_text(file: Path) -> list[str]:
    """The text of the pages of a PDF file."""
    document = pypdfium2.PdfDocument(file)
    return [one.get_textpage().get_text_range() for one in document]


def word_cells(file: Path) -> list[str]:
    """Paragraphs and cells of a Word file by python-docx."""
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def sheet_values(file: Path) -> list[Any]:
    """The values of a workbook by openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()), read_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


def calamine_values(file: Path) -> list[Any]:
    """The values of a workbook by calamine."""
    book = python_calamine.CalamineWorkbook.from_path(str(file))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def pass_over(group: Sequence[Path]) -> None:
    """What `ogi load` does with web archives before any page is read."""
    tally = Tally()
    left = sum(1 for file in group for _ in pages(str(file), tally))
    if left or tally.passed_over != OTHER_PAGES * len(group):
        raise RuntimeError(f"{left} of {tally.records} pages that are no reports were not passed over")


def page_floor(file: Path) -> object:
    """A web page read, hashed, decoded and parsed."""
    content = hashed(file)
    content.decode()
    return LexborHTMLParser(content)


def warcio_pages(file: Path) -> list[bytes]:
    """The bodies of a web archive by warcio."""
    with file.open("rb") as stream:
        records = warcio.ArchiveIterator(stream)
        return [record.content_stream().read() for record in records if record.rec_type == "response"]


UNSEEN = {"layout not seen": read_unseen}
GRIDS = UNSEEN | {
    "pandas.read_html": lambda file: pandas.read_html(io.StringIO(file.read_text(encoding="utf8")), flavor="lxml")
}
KINDS = (
    Kind("html 20 KB", page(SMALL, web.grid, web.nested), page_floor, GRIDS, 700, ahead={"pandas.read_html": 3}),
    Kind("html 128 KB", page(LARGE, web.grid, web.nested, web.word), page_floor, GRIDS, 400,
         {"floor": 4}, {"pandas.read_html": 3}),
    Kind("text", plain, lambda file: hashed(file).decode(), UNSEEN, 1_000),
    Kind("pdf", lambda rng: paper.pdf(composed_report(rng), rng), hashed, UNSEEN | {"pypdfium2 text": pdf_text}, 90,
         {"pypdfium2 text": 4}, slow=True),
    Kind("docx", lambda rng: office.word_document(composed_report(rng), rng), parts,
         UNSEEN | {"python-docx": word_cells}, 100, slow=True),
    Kind("xlsx", lambda rng: office.workbook(composed_report(rng), rng), parts,
         UNSEEN | {"calamine": calamine_values, "openpyxl": sheet_values}, 100, slow=True),
    Kind("warc, no reports", archive, lambda file: [r.reader.read() for r in ArchiveIterator(io.BytesIO(hashed(file)))],
         {"warcio": warcio_pages}, 50, read=pass_over, by_size=True, slow=True),
)  # fmt: skip


def rounds_of(kind: Kind, folder: Path, documents: int, rounds: int) -> Iterator[list[Path]]:
    """The files of each round."""
    rng = Random(kind.name)
    for number in range(rounds + 1):
        group = [folder / f"{number}-{each}" for each in range(min(documents, MOST_SLOW) if kind.slow else documents)]
        for file in group:
            file.write_bytes(kind.write(rng))
        yield group


def one_by_one(work: Work) -> Callable[[Sequence[Path]], object]:
    """The work on each file of a group."""

    def works(group: Sequence[Path]) -> None:
        for file in group:
            work(file)

    return works


def seconds_of(work: Callable[[Sequence[Path]], object], group: Sequence[Path]) -> float:
    """Processor time a document; what is left over is not collected meanwhile, as in the processes that read."""
    gc.collect()
    gc.disable()
    began = time.process_time()
    work(group)
    taken = time.process_time() - began
    gc.enable()
    return taken / len(group)


def measure(kind: Kind, documents: int, rounds: int) -> Found:
    """The least time of each contender over the rounds, the first of which only warms up."""
    contenders = {"reader": kind.read, "floor": one_by_one(kind.floor)}
    contenders |= {name: one_by_one(work) for name, work in kind.peers.items()}
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    with tempfile.TemporaryDirectory() as scratch:
        for group in rounds_of(kind, Path(scratch), documents, rounds):
            for name, work in contenders.items():
                taken[name].append(seconds_of(work, group))
        size = sum(file.stat().st_size for file in group) / len(group)
    return Found(kind, size, {name: min(found[1:]) for name, found in taken.items()})


def table_of(found: Sequence[Found]) -> Table:
    """The figures for people."""
    table = Table(title="one core", title_justify="left")
    for head in ("kind", "KB", "a second", "target", "ms", "floor ms", "times floor", "times as fast as"):
        table.add_column(head, justify="left" if head in ("kind", "times as fast as") else "right")
    for each in found:
        reader, floor = each.seconds["reader"], each.seconds["floor"]
        unit = " MB" if each.kind.by_size else ""
        beside = [f"{name} {each.seconds[name] / reader:.2g}" for name in each.kind.peers]
        figures = (f"{each.size / 1024:,.0f}", f"{each.rate:,.0f}{unit}", f"{each.kind.least:,.0f}{unit}")
        times = (f"{reader * 1000:.2f}", f"{floor * 1000:.2f}", f"{reader / floor:.1f}")
        table.add_row(each.kind.name, *figures, *times, ", ".join(beside), style="red" if each.missed else "")
    return table


def main() -> int:
    """Measure every kind, print, and return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=40, help=f"a round, at most {MOST_SLOW} of the slow kinds")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--only", default="", help="only kinds whose name contains this")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    kinds = [kind for kind in KINDS if options.only in kind.name]
    found = [measure(kind, options.documents, options.rounds) for kind in kinds]
    missed = [words for each in found for words in each.missed]
    if options.json:
        rows = [{"kind": e.kind.name, "bytes": e.size, "a_second": e.rate, "target": e.kind.least, "seconds": e.seconds,
                 "missed": e.missed} for e in found]  # fmt: skip
        print(json.dumps(rows))
    else:
        console = Console(width=None if sys.stdout.isatty() else 160)
        console.print(table_of(found))
        console.print("\n".join(f"missed: {words}" for words in missed) or "every target is met")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
