"""The prose of the five real documents that were read by hand: its 107 figures, and those of a list reviewed by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from prose_reading import DIMENSIONS, Row, further_of, match, reviewed, staged_claims

from extract.text.script import simplify

NAMES = (
    "000_a31b0d5c01279589.txt",
    "001_1d4dd3ae0346d0fe.txt",
    "002_96c85236d91434a5.txt",
    "003_86e617660de5ffcf.txt",
    "004_8d6c56f005146382.txt",
)
FURTHER = Path(__file__).with_name("prose_further.jsonl")
QUALIFIERS = {"超过": "at_least", "余万": "approximate"}
NOISE = (
    # first words, last words, what stands there
    ("为规范政府信息公开工作,建立公开透明", "2013年,全市在依申请公开政府信息工作中实行免费制", ("陕西", "洪湖")),
    ("市政府信息公开工作情况汇报\n", "(一)统筹安排部署政府信息公开工作。", ("尊敬的 .... 主任", "铜陵市")),
)


class Document(NamedTuple):
    """One document: its text, its reports by id, its claims, and its labels."""

    text: str
    reports: dict[str, Row]
    claims: list[Row]
    labels: list[dict[str, Any]]

    def year(self, claim: Row) -> int | None:
        """The year of the report that a claim belongs to."""
        year: int | None = self.reports[claim["report_id"]]["year"]
        return year

    def is_told(self, claim: Row, label: dict[str, Any]) -> bool:
        """Whether a claim says what a label says, in its report and at its place."""
        begin, end = label.get("char_start", 0), label.get("char_end", len(self.text))
        return (
            (self.year(claim), *(claim[name] for name in DIMENSIONS))
            == (label["year"], label["indicator"], label["applicant_type"], label["outcome"], label["route"])
            and claim["value"] == Decimal(str(label["value"]))
            and claim["by_negation"] == label.get("by_negation", False)
            and claim["qualifier"] == qualifier_of(label)
            and claim["char_start"] < end
            and begin < claim["char_end"]
        )

    def compare(self) -> tuple[list[Row], list[dict[str, Any]]]:
        """Claims beyond the labels, and labels without a claim."""
        return match(self.claims, self.labels, self.is_told)


def qualifier_of(label: dict[str, Any]) -> str:
    return next((name for word, name in QUALIFIERS.items() if word in label["raw"]), "exact")


@pytest.fixture(scope="module")
def documents(shared: Path) -> dict[str, Document]:
    labels = [json.loads(row) for row in (shared / "seeds" / "truth.jsonl").read_text("utf8").splitlines()]
    found = {}
    for name in NAMES:
        content = (shared / "seeds" / name).read_bytes()
        reports, claims = staged_claims(name, content)
        own = [label for label in labels if label["source"] == "claim" and label["file"] == name]
        found[name] = Document(content.decode(), {row["report_id"]: row for row in reports}, claims, own)
    return found


def test_the_labels_are_107_figures_in_prose(documents: dict[str, Document]) -> None:
    """Guards the comparisons below against a truncated file of labels."""
    assert [len(documents[name].labels) for name in NAMES] == [6, 5, 2, 3, 91]


def test_a_label_noted_as_a_lower_bound_is_not_exact(documents: dict[str, Document]) -> None:
    """Guards the words by which this test tells qualifiers."""
    labels = [label for document in documents.values() for label in document.labels]
    bounds = {label["raw"] for label in labels if "lower bound" in label.get("note", "")}
    assert bounds == {label["raw"] for label in labels if qualifier_of(label) != "exact"} != set()


@pytest.mark.parametrize("name", NAMES)
def test_every_labelled_figure_is_read(documents: dict[str, Document], name: str) -> None:
    _, missed = documents[name].compare()
    assert [label["raw"] for label in missed] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_further_claim_stands_in_the_reviewed_list(documents: dict[str, Document], name: str) -> None:
    beyond, _ = documents[name].compare()
    assert further_of(beyond, documents[name].claims) == reviewed(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_quote_is_the_documents_own_text_inside_its_report(documents: dict[str, Document], name: str) -> None:
    document = documents[name]
    for claim in document.claims:
        report = document.reports[claim["report_id"]]
        assert document.text[claim["char_start"] : claim["char_end"]] == claim["quote"]
        assert report["char_start"] <= claim["char_start"] < claim["char_end"] <= report["char_end"]


def test_two_figures_of_one_quantity_that_contradict_each_other_are_both_kept(documents: dict[str, Document]) -> None:
    claims = [claim for claim in documents[NAMES[4]].claims if documents[NAMES[4]].year(claim) == 2014]
    values = {name: [int(c["value"]) for c in claims if c["indicator_id"] == name] for name in CONTRADICTIONS}
    assert values == CONTRADICTIONS


CONTRADICTIONS = {"disclosed_via_weibo": [728, 3565], "disclosed_via_wechat": [355, 526]}


@pytest.mark.parametrize(("first", "behind", "named"), NOISE)
def test_the_noise_in_the_fifth_document_yields_no_claim(
    documents: dict[str, Document], first: str, behind: str, named: tuple[str, ...]
) -> None:
    document = documents[NAMES[4]]
    begin, end = document.text.index(first), document.text.index(behind)
    assert all(name in document.text[begin:end] for name in named)
    assert [c["quote"] for c in document.claims if c["char_start"] < end and begin < c["char_end"]] == []


def test_each_claim_of_the_reviewed_list_has_a_reason_and_prints_its_value() -> None:
    rows = [json.loads(row) for row in FURTHER.read_text("utf8").splitlines()]
    assert [row for row in rows if not row["why"]] == []
    printed = [row for row in rows if not row["by_negation"]]
    assert [
        row["quote"]
        for row in printed
        if f"{row['value']}{row['unit']}" not in simplify(row["quote"]).replace("余", "").replace("一名", "1名")
    ] == []
    assert len({(row["file"], row["char_start"], row["quantity_id"]) for row in rows}) == len(rows)


BREAKDOWNS = [
    # file, year of the report, the total, by what it is broken down, its printed parts
    (1, 2021, 7518, "disclosure_channel", [5805, 1713]),
    (4, 2013, 288905, "disclosure_channel", [76432, 703, 211756]),
    (4, 2013, 4816, "list_1", [138, 424, 1713, 424, 312, 1275, 411, 91, 28]),
    (4, 2013, 426, "request_channel", [355, 45, 26]),
    (4, 2013, 426, "request_outcome", [420, 2, 4]),
    (4, 2013, 8, "case_outcome", [1, 2, 2, 3]),
    (4, 2015, 135509, "disclosure_channel", [522, 115916, 5570, 9390, 31891]),
    (4, 2015, 63, "request_channel", [1, 50, 12]),
    (4, 2015, 63, "completion", [63]),
    (4, 2015, 63, "request_outcome", [37, 22, 1, 1, 2]),
    (4, 2015, 4, "case_outcome", [1, 3]),
    (4, 2015, 11, "case_outcome", [1, 2, 8]),
    (4, 2014, 104434, "disclosure_channel", [1086, 81917, 3565, 526, 233554]),
    (4, 2013, 48453, "list_1", [10180, 38273]),
    (4, 2013, 48453, "list_2", [9145, 39308]),
    (4, 2013, 42, "request_channel", [16, 12, 14]),
    (4, 2013, 42, "completion", [40, 2]),
    (4, 2013, 42, "list_3", [34, 8]),
    (4, 2013, 42, "request_outcome", [33, 0, 9]),
    (4, 2013, 5, "case_outcome", [4, 0, 1]),
    (4, 2013, 2, "case_outcome", [2, 0, 0]),
]


def test_each_printed_breakdown_has_its_total_and_its_parts(documents: dict[str, Document]) -> None:
    found: dict[tuple[int, int | None, int, str, str], list[int]] = {}
    for number, name in enumerate(NAMES):
        document = documents[name]
        of_claim = {claim["claim_id"]: claim for claim in document.claims}
        for claim in (claim for claim in document.claims if claim["partition"]):
            whole = of_claim[claim["part_of"]]
            key = number, document.year(whole), int(whole["value"]), claim["partition"], whole["claim_id"]
            found.setdefault(key, []).append(int(claim["value"]))
    told = [(*key[:4], parts) for key, parts in found.items()]
    assert sorted(told) == sorted(BREAKDOWNS)
