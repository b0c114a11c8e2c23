"""Web archives: pages that could be a report go on whole, the rest is passed over, what came incomplete is refused."""

from __future__ import annotations

import gzip
import io
import os
import time
import tracemalloc
import zlib
from pathlib import Path

import pytest
from composed import REPORT, STATISTICS
from fastwarc.stream_io import BrotliWriter
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extract.files.containers import documents_in, members_of
from extract.files.web_archive import Tally, may_be_report

NEWS = "<html><body>" + "<p>今天天气很好，市民到公园散步。</p>" * 200 + "</body></html>"
PAGE = f"<html><body><pre>{REPORT}</pre></body></html>"


def warc(
    *pages: tuple[str, bytes, dict[str, str]], gz: bool = False, status: str = "200 OK", kind: str = "response"
) -> bytes:
    """A web archive as an ordinary library writes it: address, body and headers of each page."""
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=gz)
    for address, body, headers in pages:
        head = StatusAndHeaders(status, list({"Content-Type": "text/html", **headers}.items()), protocol="HTTP/1.1")
        record = (
            writer.create_warc_record(address, kind, payload=io.BytesIO(body), http_headers=head)
            if kind == "response"
            else writer.create_warc_record(address, kind, payload=io.BytesIO(body), warc_content_type="text/html")
        )
        writer.write_record(record)
    return target.getvalue()


def page(number: int, text: str | bytes, **headers: str) -> tuple[str, bytes, dict[str, str]]:
    body = text.encode() if isinstance(text, str) else text
    return (
        f"http://www.example.gov.cn/{number}.html",
        body,
        {name.replace("_", "-"): value for name, value in headers.items()},
    )


def found(content: bytes, tally: Tally | None = None) -> dict[str, bytes | str]:
    """Last part of the address -> bytes of the page, or the reason of a note."""
    documents = members_of("in.warc", content, tally or Tally())
    return {
        address.rsplit("/", 1)[-1]: body if not body.startswith(b"%OGI") else body.split(b"\n", 1)[1].decode()
        for address, body in documents
    }


@pytest.mark.parametrize("gz", [False, True], ids=["WARC", "WARC.gz"])
def test_a_report_goes_on_and_other_pages_are_passed_over_and_counted(gz: bool) -> None:
    tally = Tally()
    content = warc(page(1, NEWS), page(2, PAGE), page(3, NEWS), gz=gz)
    assert list(members_of("in.warc", content, tally)) == [("in.warc!/http://www.example.gov.cn/2.html", PAGE.encode())]
    assert (tally.archives, tally.records, tally.passed_over, tally.refused) == (1, 3, 2, 0)


@pytest.mark.parametrize("kind", ["resource", "conversion"])
def test_pages_without_a_head_go_on_too(kind: str) -> None:
    assert found(warc(page(1, PAGE), page(2, NEWS), kind=kind)) == {"1.html": PAGE.encode()}


def test_requests_and_records_about_records_are_no_pages() -> None:
    tally = Tally()
    content = warc(page(1, PAGE), kind="metadata") + warc(page(2, PAGE))
    assert found(content, tally) == {"2.html": PAGE.encode()} and tally.records == 1


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved Permanently", "503 Service Unavailable"])
def test_a_page_that_was_not_there_is_passed_over(status: str) -> None:
    content = warc(page(1, PAGE), status=status)
    assert found(content) == {"in.warc": content}


def referenced(text: str, form: str) -> bytes:
    """Every character beyond ASCII as a numeric reference."""
    return "".join(char if char < "\x7f" else f"&#{form.format(ord(char))};" for char in text).encode()


ENCODED = {
    "utf-8": PAGE.encode(),
    "gb18030": PAGE.encode("gb18030"),
    "big5": "<p>政府信息公開工作年度報告</p>".encode("big5"),
    "traditional in gbk": "<p>政府信息公開工作年度報告</p>".encode("gbk"),
    "traditional in utf-8": "<p>政府信息公開統計表</p>".encode(),
    "utf-16": PAGE.encode("utf-16"),
    "utf-16-le": PAGE.encode("utf-16-le"),
    "utf-16-be": PAGE.encode("utf-16-be"),
    "decimal references": referenced(PAGE, "{}"),
    "hexadecimal references": referenced(PAGE, "x{:X}"),
    "padded references": referenced(PAGE, "{:08d}"),
    "glossed": "<p>政府信息公(gōng)开(kāi)工作年度报(bào)告(gào)</p>".encode(),
}


@pytest.mark.parametrize("body", ENCODED.values(), ids=ENCODED)
def test_a_report_is_seen_in_every_encoding(body: bytes) -> None:
    assert may_be_report(body)
    assert found(warc(page(1, body))) == {"1.html": body}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
@pytest.mark.parametrize("text", [NEWS, "<p>信息公开</p>", "<p>年度工作报告</p>", "<p>open information</p>"])
def test_a_page_without_the_words_is_none(text: str, encoding: str) -> None:
    assert not may_be_report(text.encode(encoding))


DOCUMENTS = {
    "PDF": b"%PDF-1.4\n" + b"\x00" * 50,
    "PDF behind a line": b"\r\n%PDF-1.4\n" + b"\x00" * 50,
    "Word of old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50,
}


@pytest.mark.parametrize("body", DOCUMENTS.values(), ids=DOCUMENTS)
def test_documents_that_show_no_text_go_on(body: bytes) -> None:
    assert found(warc(page(1, body, Content_Type="application/octet-stream"))) == {"1.html": body}


def test_an_archive_in_a_web_archive_is_opened() -> None:
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("r.txt", REPORT)
    assert list(members_of("in.warc", warc(page(1, target.getvalue())), Tally())) == [
        ("in.warc!/http://www.example.gov.cn/1.html!/r.txt", REPORT.encode())
    ]


def brotli(body: bytes) -> bytes:
    target = io.BytesIO()
    with BrotliWriter(target) as writer:
        writer.write(body)
    return target.getvalue()


def chunked(body: bytes) -> bytes:
    parts = [body[start : start + 700] for start in range(0, len(body), 700)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


TRANSFERRED = {
    "gzip": (gzip.compress(PAGE.encode()), {"Content_Encoding": "gzip"}),
    "deflate": (zlib.compress(PAGE.encode()), {"Content_Encoding": "deflate"}),
    "br": (brotli(PAGE.encode()), {"Content_Encoding": "br"}),
    "chunked": (chunked(PAGE.encode()), {"Transfer_Encoding": "chunked"}),
    "chunked gzip": (
        chunked(gzip.compress(PAGE.encode())),
        {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"},
    ),
    "gzip, undone by the crawler": (PAGE.encode(), {"Content_Encoding": "gzip"}),
    "br, undone by the crawler": (PAGE.encode(), {"Content_Encoding": "br"}),
    "chunked, undone by the crawler": (PAGE.encode(), {"Transfer_Encoding": "chunked"}),
}


@pytest.mark.parametrize(("body", "headers"), TRANSFERRED.values(), ids=TRANSFERRED)
def test_a_page_is_kept_as_the_server_meant_it(body: bytes, headers: dict[str, str]) -> None:
    assert found(warc(page(1, body, **headers))) == {"1.html": PAGE.encode()}


INCOMPLETE = {
    "connection": (PAGE.encode()[:-900], {"Content_Length": str(len(PAGE.encode()))}, "the page came incomplete"),
    "gzip": (gzip.compress(PAGE.encode())[:-30], {"Content_Encoding": "gzip"}, "its content encoding breaks off"),
    "broken gzip": (b"\x1f\x8b\x08" + b"\xff" * 60, {"Content_Encoding": "gzip"}, "its content encoding is broken"),
    "chunks": (chunked(PAGE.encode())[:-300], {"Transfer_Encoding": "chunked"}, "its content encoding is broken"),
    "bomb": (gzip.compress(bytes(3 * 1024 * 1024)), {"Content_Encoding": "gzip"}, "limit `ratio`"),
}


@pytest.mark.parametrize(("body", "headers", "reason"), INCOMPLETE.values(), ids=INCOMPLETE)
def test_half_a_page_is_refused(body: bytes, headers: dict[str, str], reason: str) -> None:
    result = found(warc(page(1, body, **headers), page(2, PAGE)))
    assert result["2.html"] == PAGE.encode()
    assert reason in str(result["1.html"]), result["1.html"]


def test_a_page_that_the_crawler_cut_is_refused() -> None:
    content = warc(page(1, PAGE)).replace(b"WARC-Type: response", b"WARC-Type: response\r\nWARC-Truncated: length")
    assert found(content) == {"1.html": "the crawler cut this page short (WARC-Truncated: length)"}


@pytest.mark.parametrize("gz", [False, True], ids=["WARC", "WARC.gz"])
def test_of_an_archive_that_breaks_off_all_before_is_kept_and_no_half_page(gz: bool) -> None:
    pages = [page(number, PAGE + str(number)) for number in (1, 2, 3)]
    whole, two = warc(*pages, gz=gz), warc(*pages[:2], gz=gz)
    for end in range(len(two), len(whole), max(1, len(whole) // 60)):
        result = found(whole[:end])
        assert [result["1.html"], result["2.html"]] == [pages[0][1], pages[1][1]], end
        left = {name: told for name, told in result.items() if name not in ("1.html", "2.html")}
        assert all(
            told == pages[2][1] or "breaks off" in str(told) or "cannot be read" in str(told) for told in left.values()
        ), left


def test_bytes_between_records_end_the_archive_and_say_so() -> None:
    result = found(warc(page(1, PAGE)) + b"garbage\r\n" * 30 + warc(page(2, PAGE)))
    assert result["1.html"] == PAGE.encode()
    assert "the web archive cannot be read after page 1" in str(result["in.warc"])


def test_a_length_of_a_terabyte_is_refused_by_the_limit() -> None:
    content = warc(page(1, PAGE), page(2, PAGE))
    at = content.rindex(b"Content-Length: ", 0, content.index(b"HTTP/1.1")) + len(b"Content-Length: ")
    (reason,) = found(content[:at] + b"99999999" + content[at:]).values()
    assert "limit `bytes`" in str(reason)


def test_pages_of_a_web_archive_are_read_like_files(tmp_path: Path) -> None:
    from extract.files.archive import keep
    from extract.stage import stage

    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(warc(page(1, NEWS), page(2, REPORT), page(3, STATISTICS.encode("gb18030")), gz=True))
    summary = keep(tmp_path / "home", "one", [file])
    assert (summary.documents, summary.records, summary.passed_over) == (2, 3, 1)
    assert stage(tmp_path / "home", "one").read == 2


def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    peaks = []
    for count in (20, 400):
        file = tmp_path / f"{count}.warc"
        passed = warc(*(page(number, NEWS + os.urandom(50_000).hex()) for number in range(20)))
        file.write_bytes(warc(page(0, PAGE)) + passed * (count // 20))
        tracemalloc.start()
        tally = Tally()
        list(documents_in(file, tally))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert tally.passed_over == count
    assert peaks[1] < 1.5 * peaks[0]


def test_pages_that_are_no_reports_are_passed_over_fast(tmp_path: Path) -> None:
    """At least 50 MB a second on one core; a quarter of it is asked here, where other tests run beside."""
    file = tmp_path / "crawl.warc"
    file.write_bytes(warc(*(page(number, NEWS * 10) for number in range(100))) * 5)
    start = time.process_time()
    list(documents_in(file, Tally()))
    assert file.stat().st_size / (time.process_time() - start) > 12_500_000
