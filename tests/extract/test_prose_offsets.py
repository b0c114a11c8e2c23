"""Quotes of claims are the document's own characters, however it is spelled; claims refer to claims of their report."""

from __future__ import annotations

import pytest
from composed import DISCLOSURE, DISPUTES, REPORT, REQUESTS, SHANGHAI, STATISTICS, TITLE, swap
from prose_reading import Row, staged_claims

PROSE = "一、总体情况\n2022年,全局共收到政府信息公开申请1904件,其中当面申请1900件、信函申请4件。\n"
PAGE = TITLE + PROSE
TOLD = [("requests_received", 1904), ("requests_received_in_person", 1900), ("requests_received_letter", 4)]


def claims_of(page: str | bytes) -> list[Row]:
    return staged_claims("page.txt", page.encode() if isinstance(page, str) else page)[1]


def told(claims: list[Row]) -> list[tuple[str | None, int]]:
    return [(claim["quantity_id"], int(claim["value"])) for claim in claims]


SPELLINGS = [
    # what the page prints, in place of what
    ("收到政府信息公开申请", "收到政府信息公開(kāi)申請(qǐng)"),
    ("收到政府信息公开申请", "收 到 政 府 信 息 公 开 申 请"),
    ("收到政府信息公开申请1904件", "收到政府信息公开申请１９０４件"),
    ("收到政府信息公开申请1904件", "收到政府信息公开申请1,904件"),
    ("收到政府信息公开申请1904件", "收到政府信息公开申请 1904 件"),
    ("收到政府信息公开申请1904件", "收到政府信息公开申请19 04件"),
    ("收到政府信息公开申请1904件", "收到政府信息公开申请\u00a01904\u3000件"),
    ("收到政府信息公开申请", "收到政府\u200b信息公开\ufeff申请"),
    (",其中", "，其中"),
    ("收到政府信息公开申请", "收到“政府信息公开”申请"),
]


@pytest.mark.parametrize(("plain", "printed"), SPELLINGS)
def test_another_spelling_states_the_same_in_its_own_characters(plain: str, printed: str) -> None:
    page = swap(PAGE, plain, printed)
    claims = claims_of(page)
    assert told(claims) == TOLD
    assert [claim["quote"] for claim in claims] == [page[c["char_start"] : c["char_end"]] for c in claims]


def test_a_quote_reaches_from_the_words_that_name_the_figure_to_its_unit() -> None:
    assert [claim["quote"] for claim in claims_of(PAGE)] == [
        "收到政府信息公开申请1904件",
        "当面申请1900件",
        "信函申请4件",
    ]


def test_a_quote_keeps_the_gloss_inside_it() -> None:
    page = swap(PAGE, "收到政府信息公开申请1904件", "收到政府信息公開(kāi)申請１９０４件")
    assert claims_of(page)[0]["quote"] == "收到政府信息公開(kāi)申請１９０４件"


WRAPPED = [
    "一、总体情况\n2022年,全局认真做好各项工作,不断提高服务水平,共收到政府信息公开申\n请1904件,其中当面申请1900件、信函申请4件。\n",
    "一、总体情况\n2022年,全局认真做好各项工作,不断提高服务水平,共收到政府信息公开申请\n1904件,其中当面申请1900件、信函申请4件。\n",
    "一、总体情况\n2022年,全局认真做好各项工作,不断提高服务水平,共收到政府信息公开申请1904\n件,其中当面申请1900件、信函申请4件。\n",
]


@pytest.mark.parametrize("wrapped", WRAPPED)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_sentence_broken_over_two_lines_is_one(wrapped: str, newline: str) -> None:
    page = (TITLE + wrapped).replace("\n", newline)
    claims = claims_of(page)
    assert told(claims) == TOLD
    assert [claim["quote"] for claim in claims] == [page[c["char_start"] : c["char_end"]] for c in claims]


def test_windows_line_ends_shift_offsets_and_nothing_else() -> None:
    page = PAGE.replace("\n", "\r\n")
    unix, windows = claims_of(PAGE), claims_of(page)
    assert told(windows) == told(unix)
    assert [c["quote"] for c in windows] == [c["quote"] for c in unix]
    assert [page[c["char_start"] : c["char_end"]] for c in windows] == [c["quote"] for c in windows]


BARS = [
    f"一、总体情况\n| {PROSE.splitlines()[1]} |\n",
    f"一、总体情况\n{PROSE.splitlines()[1]} | ||\n",
    f"一、总体情况 | {PROSE.splitlines()[1]}\n",
]


@pytest.mark.parametrize("line", BARS)
def test_bars_around_a_paragraph_are_no_part_of_it(line: str) -> None:
    page = TITLE + line
    claims = claims_of(page)
    assert told(claims) == TOLD
    assert [page[c["char_start"] : c["char_end"]] for c in claims] == [c["quote"] for c in claims]


def test_a_document_in_gb18030_is_told_in_characters() -> None:
    claims = claims_of(PAGE.encode("gb18030"))
    assert [PAGE[c["char_start"] : c["char_end"]] for c in claims] == [c["quote"] for c in claims_of(PAGE)]


def other_report(year: int) -> str:
    return REPORT.replace("2022年", f"{year}年") + PROSE.replace("2022年", f"{year}年").replace("1904", "1914")


def test_claims_are_numbered_within_their_report() -> None:
    reports, claims = staged_claims("two.txt", (REPORT + PROSE + other_report(2021)).encode())
    assert [report["year"] for report in reports] == [2022, 2021]
    for report, first in zip(reports, (1904, 1914), strict=True):
        own = [claim for claim in claims if claim["report_id"] == report["report_id"]]
        assert [claim["claim_id"] for claim in own] == [f"{report['report_id']}:c{n:04d}" for n in (1, 2, 3)]
        assert int(own[0]["value"]) == first


def test_a_part_refers_to_the_total_of_its_own_report() -> None:
    _, claims = staged_claims("two.txt", (REPORT + PROSE + other_report(2021)).encode())
    of_claim = {claim["claim_id"]: claim for claim in claims}
    parts = [(int(c["value"]), c["part_of"], c["report_id"]) for c in claims if c["part_of"]]
    assert [(value, of_claim[whole]["quantity_id"]) for value, whole, _ in parts] == [
        (1900, "requests_received"), (4, "requests_received"), (1900, "requests_received"), (4, "requests_received"),
    ]  # fmt: skip
    assert [of_claim[whole]["report_id"] for _, whole, _ in parts] == [report for *_, report in parts]


def test_the_ends_of_a_share_are_claims_of_the_report() -> None:
    (total, part, share) = claims_of(
        TITLE + "一、总体情况\n全年主动公开政府信息200条,其中通过政府网站公开50条,占总数的25%。\n"
    )
    assert (share["kind"], share["unit"], int(share["value"]), share["indicator_id"]) == ("share", "%", 25, None)
    assert (share["share_part"], share["share_whole"]) == (part["claim_id"], total["claim_id"])
    assert (part["part_of"], total["part_of"]) == (total["claim_id"], None)


PRINTED_TWICE = TITLE + PROSE + DISCLOSURE + REQUESTS + DISPUTES + DISCLOSURE + REQUESTS + DISPUTES


def test_the_prose_beside_two_printings_of_the_tables_is_told_once() -> None:
    reports, claims = staged_claims("page.txt", PRINTED_TWICE.encode())
    assert [report["form"] for report in reports] == ["national-2021", "national-2021"]
    assert told(claims) == TOLD
    assert {claim["report_id"] for claim in claims} == {reports[0]["report_id"]}


@pytest.mark.parametrize("page", [REPORT, STATISTICS, SHANGHAI])
def test_cells_of_tables_are_no_claims(page: str) -> None:
    assert claims_of(page) == []
