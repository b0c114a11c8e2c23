"""The sample files against the hand-made truth beside this file: nothing here asks the reader what is right."""

import csv
import json
from decimal import Decimal
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"


def documents() -> list[dict[str, str]]:
    """One row a report, or a file without one: file, encoding, ordinal, organ, year, form, verdict, cells, rejected_because."""
    with (ROOT / "tests" / "samples_documents.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def truth() -> list[dict[str, str]]:
    """One row a cell, in printed order."""
    return [json.loads(line) for line in (ROOT / "tests" / "samples_truth.jsonl").read_text("utf-8").splitlines()]


def decoded(row: dict[str, str]) -> str:
    return (SAMPLES / row["file"]).read_bytes().decode(row["encoding"])


REPORTS = [row for row in documents() if row["ordinal"]]
TEXTS = [row for row in REPORTS if row["file"].endswith(".txt")]
REJECTED = [row for row in documents() if not row["ordinal"]]
FILES = sorted({row["file"] for row in documents()})


def test_the_truth_lists_every_sample() -> None:
    assert sorted(path.name for path in SAMPLES.iterdir()) == FILES


@pytest.mark.parametrize("name", FILES)
def test_the_page_on_the_samples_explains_every_one(name: str) -> None:
    assert f"| {name} |" in (SAMPLES.parent / "docs" / "samples.md").read_text("utf-8")


@pytest.mark.parametrize("row", TEXTS, ids=lambda row: f"{row['file']}-{row['ordinal']}")
def test_the_raw_text_of_every_true_cell_is_printed_in_order(
    row: dict[str, str],
) -> None:
    text, position = decoded(row), 0
    cells = [cell for cell in truth() if (cell["file"], str(cell["ordinal"])) == (row["file"], row["ordinal"])]
    assert len(cells) == int(row["cells"])
    for cell in cells:
        position = text.find(cell["raw"], position)
        assert position >= 0, cell
        position += len(cell["raw"])


@cache
def readings() -> dict[str, list[dict[str, object]]]:
    """The staged tables of all samples, as rows that carry their file name."""
    from extract.stage import read_documents

    tables = read_documents(list(chain.from_iterable(members(name) for name in FILES)))
    return {name: table.to_pylist() for name, table in tables.items() if isinstance(table, pa.Table)}


def members(name: str) -> list[tuple[str, bytes]]:
    """Address and bytes of the documents that a sample holds: itself or, of an archive, its members."""
    from extract.files.containers import members_of
    from extract.files.web_archive import Tally

    return list(members_of(name, (SAMPLES / name).read_bytes(), Tally()))


def document_of(name: str) -> str:
    """The id of the one document that each sample holds."""
    ((_, content),) = members(name)
    return sha256(content).hexdigest()


@pytest.mark.parametrize("name", FILES)
def test_reports_of_a_sample_are_found_with_organ_year_and_form(name: str) -> None:
    found = [row for row in readings()["report"] if row["document_id"] == document_of(name)]
    got = [(row["ordinal"], row["organ_name"], row["year"], row["form"]) for row in found]
    expected = [(int(r["ordinal"]), r["organ"], int(r["year"]), r["form"]) for r in REPORTS if r["file"] == name]
    assert sorted(got) == expected


@pytest.mark.parametrize("name", [row["file"] for row in REJECTED])
def test_a_file_without_a_report_is_rejected_with_a_reason(name: str) -> None:
    document = next(row for row in readings()["document"] if row["document_id"] == document_of(name))
    assert document["status"] == "rejected"
    assert [row["reason"] for row in readings()["reject"] if row["document_id"] == document_of(name)] != []


@pytest.mark.parametrize("name", FILES)
def test_the_cells_of_a_sample_are_the_true_ones(name: str) -> None:
    ordinals = {r["report_id"]: r["ordinal"] for r in readings()["report"] if r["document_id"] == document_of(name)}
    got = [
        (
            ordinals[c["report_id"]],
            c["slot_id"],
            c["value"],
            c["value_status"],
            c["raw_text"],
            c["unit"],
        )
        for c in readings()["cell"]
        if c["report_id"] in ordinals
    ]
    expected = [
        (
            t["ordinal"], t["slot_id"], None if t["value"] is None else Decimal(t["value"]),
            t["value_status"], t["raw"], t["unit"],
        )
        for t in truth()
        if t["file"] == name
    ]  # fmt: skip
    assert sorted(got, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize("name", FILES)
def test_the_figures_in_a_samples_prose_are_the_true_ones(name: str) -> None:
    ordinals = {r["report_id"]: r["ordinal"] for r in readings()["report"] if r["document_id"] == document_of(name)}
    columns = ("indicator_id", "applicant_type", "outcome", "route", "unit", "by_negation", "is_implied", "quote")
    got = [
        (ordinals[claim["report_id"]], claim["value"], *(claim[column] for column in columns))
        for claim in readings()["claim"]
        if claim["report_id"] in ordinals and claim["indicator_id"]
    ]
    lines = (ROOT / "tests" / "samples_claims.jsonl").read_text("utf-8").splitlines()
    expected = [
        (row["ordinal"], Decimal(row["value"]), *(row[column] for column in columns))
        for row in map(json.loads, lines)
        if row["file"] == name
    ]
    assert sorted(got, key=str) == sorted(expected, key=str)
