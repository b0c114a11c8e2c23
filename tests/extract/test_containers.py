"""Archives of documents: every member is a document of its own, or a note why it is not; no archive takes the load down."""

from __future__ import annotations

import gzip
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from composed import REPORT, SHANGHAI, read

from extract.files.archive import keep, raw_path
from extract.files.containers import documents_in, members_of
from extract.files.decode import decode
from extract.files.web_archive import Tally
from extract.formats import limits
from extract.formats.document import Undecodable
from extract.schema import load_folder
from extract.stage import stage

MEGABYTE = 1024 * 1024


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def zipped_by_hand(name: bytes, content: bytes, flags: int = 0, method: int = 0, crc: int | None = None) -> bytes:
    """An archive of one stored member whose fields say what we like; zipfile would not write it."""
    crc = zlib.crc32(content) if crc is None else crc
    fields = (20, flags, method, 0, 0x21, crc, len(content), len(content), len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", *fields) + name + content
    entry = b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", 20, *fields, 0, 0, 0, 0, 0) + name
    return local + entry + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local), 0)


def found(content: bytes, name: str = "in.zip") -> dict[str, bytes | str]:
    """Address -> bytes of each document, or the reason of a note."""
    return {address: said(document) for address, document in members_of(name, content, Tally())}


def said(content: bytes) -> bytes | str:
    return read(content).document["reason"] if content.startswith(b"%OGI-NOT-KEPT") else content


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    def narrow(name: str, most: int) -> None:
        monkeypatch.setenv(f"OGI_LIMIT_{name.upper()}", str(most))
        limits.limit.cache_clear()

    yield narrow
    monkeypatch.undo()
    limits.limit.cache_clear()


def test_each_member_of_a_zip_is_a_document_with_an_address() -> None:
    assert found(zipped({"a.txt": b"one", "年报/b.txt": b"two"})) == {
        "in.zip!/a.txt": b"one",
        "in.zip!/年报/b.txt": b"two",
    }


def test_archives_in_archives_are_opened() -> None:
    inner = zipped({"b.txt": b"two"})
    assert found(zipped({"a.zip": inner, "c.txt.gz": gzip.compress(b"three")})) == {
        "in.zip!/a.zip!/b.txt": b"two",
        "in.zip!/c.txt.gz!/c.txt": b"three",
    }


def test_a_gzip_of_a_zip_is_opened() -> None:
    assert found(gzip.compress(zipped({"b.txt": b"two"})), "in.zip.gz") == {"in.zip.gz!/in.zip!/b.txt": b"two"}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_in_the_encoding_of_chinese_systems_without_a_flag(encoding: str) -> None:
    name = "2023年度报告/县政府.txt"
    assert found(zipped_by_hand(name.encode(encoding), b"x")) == {f"in.zip!/{name}": b"x"}


def test_a_name_in_no_encoding_can_still_be_stored() -> None:
    assert list(found(zipped_by_hand(b"a\xff\xff.txt", b"x"))) == ["in.zip!/a\ufffd\ufffd.txt"]


def test_a_name_leads_nowhere_outside() -> None:
    assert found(zipped({"../../etc/a.txt": b"x", "/b.txt": b"y", "c\\d.txt": b"z"})) == {
        "in.zip!/etc/a.txt": b"x",
        "in.zip!/b.txt": b"y",
        "in.zip!/c/d.txt": b"z",
    }


def test_folders_and_what_systems_leave_behind_are_no_documents() -> None:
    members = {"a/": b"", "__MACOSX/a/._b.txt": b"x", "a/.DS_Store": b"x", "a/~$b.docx": b"x", "a/b.txt": b"one"}
    assert found(zipped(members)) == {"in.zip!/a/b.txt": b"one"}


def test_a_member_without_a_name_is_a_document_too() -> None:
    assert found(zipped_by_hand(b"", b"one")) == {"in.zip!/": b"one"}


def test_an_office_file_is_a_document_and_stays_whole() -> None:
    for part in ("word/document.xml", "xl/workbook.xml"):
        office = zipped({"[Content_Types].xml": b"<Types/>", part: b"<x/>"})
        assert found(office, "in.docx") == {"in.docx": office}
        assert found(zipped({"in.docx": office})) == {"in.zip!/in.docx": office}


# What is refused.


def test_an_encrypted_member_is_refused_and_the_others_are_not() -> None:
    archive = bytearray(zipped({"a.txt": b"one", "b.txt": b"two"}))
    archive[6] |= 1
    archive[archive.index(b"PK\x01\x02") + 8] |= 1
    assert found(bytes(archive)) == {"in.zip!/a.txt": "it is encrypted", "in.zip!/b.txt": b"two"}


def test_a_member_that_is_not_what_its_checksum_says_is_refused() -> None:
    (reason,) = found(zipped_by_hand(b"a.txt", b"one", crc=1)).values()
    assert isinstance(reason, str) and reason.startswith("it cannot be unpacked: Bad CRC-32")


def test_a_method_that_nobody_knows_is_refused() -> None:
    (reason,) = found(zipped_by_hand(b"a.txt", b"one", method=91)).values()
    assert isinstance(reason, str) and reason.startswith("it cannot be unpacked: That compression method")


def test_a_member_beyond_the_limit_of_a_document_is_refused(limit) -> None:
    limit("bytes", 1000)
    archive = zipped({"a.txt": os.urandom(1001), "b.txt": b"two"})
    reason = "1001 bytes is more than the limit `bytes` of 1000 bytes for a document"
    assert dict(expanded(archive, limit)) == {"in.zip!/a.txt": reason, "in.zip!/b.txt": b"two"}


def expanded(archive: bytes, _: object) -> Iterator[tuple[str, bytes | str]]:
    yield from found(archive).items()


def test_a_bomb_is_refused_by_what_it_declares() -> None:
    assert found(zipped({"a.txt": b"0" * (20 * MEGABYTE)})) == {
        "in.zip!/a.txt": "1028 times is more than the limit `ratio` of 200 times for the inflated size against the"
        " compressed, from a megabyte on"
    }


def test_a_bomb_that_declares_little_gives_no_more_than_it_declares() -> None:
    honest = zipped({"a.txt": b"0" * (20 * MEGABYTE)})
    false = honest.replace(struct.pack("<I", 20 * MEGABYTE), struct.pack("<I", 100))
    (reason,) = found(false).values()
    assert isinstance(reason, str) and reason.startswith("it cannot be unpacked: Bad CRC-32")


def test_members_that_share_their_bytes_are_refused() -> None:
    """The bomb of David Fifield: a thousand members, one kernel."""
    archive = zipped({"a.txt": os.urandom(500), "b.txt": b"two"}, zipfile.ZIP_STORED)
    place = archive.rindex(b"PK\x01\x02") + 42
    overlapping = archive[:place] + struct.pack("<I", 10) + archive[place + 4 :]
    result = found(overlapping)
    assert result["in.zip!/b.txt"] == "its bytes are those of another member too"
    assert isinstance(result["in.zip!/a.txt"], bytes)


def test_archives_that_lie_deeper_than_the_limit_are_refused() -> None:
    nested = zipped({"report.txt": b"x"})
    for _ in range(4):
        nested = zipped({"deeper.zip": nested})
    assert found(nested) == {
        "in.zip!/deeper.zip!/deeper.zip": "3 levels is more than the limit `archive_depth` of 2 levels for archives"
        " inside archives"
    }


def test_what_comes_out_of_an_archive_is_bounded_as_a_whole(limit) -> None:
    limit("unpacked", 250)
    result = found(zipped({f"{n}.txt": os.urandom(100) for n in range(5)}))
    assert [address for address, content in result.items() if isinstance(content, bytes)] == [
        "in.zip!/0.txt",
        "in.zip!/1.txt",
    ]
    assert "limit `unpacked` of 250 bytes" in str(result["in.zip"])


# Archives that cannot be opened, or hold nothing: they are documents, and are rejected with the reason.

UNOPENED = {
    "too many members": (zipped({f"{n}.txt": b"" for n in range(30)}), "30 files is more than the limit `members` of 20"),
    "empty": (zipped({}), "holds no document"),
    "folders alone": (zipped({"a/": b""}), "holds no document"),
    "cut": (zipped({"a.txt": b"one" * 100})[:80], "the zip archive cannot be opened: File is not a zip file"),
    "cut gzip": (gzip.compress(os.urandom(1000))[:500], "the gzip file cannot be unpacked"),
    "gzip of nothing": (b"\x1f\x8b" + b"\xff" * 50, "the gzip file cannot be unpacked"),
    "gzip bomb": (gzip.compress(bytes(30 * MEGABYTE)), "limit `ratio`"),
    "WARC of nothing": (b"WARC/1.0\r\n\r\n", "no page of the web archive can be a report"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "reason"), UNOPENED.values(), ids=UNOPENED)
def test_an_archive_that_cannot_be_opened_is_a_document_that_says_why(content: bytes, reason: str, limit) -> None:
    limit("members", 20)
    (document,) = (document for _, document in members_of("in.zip", content, Tally()))
    with pytest.raises(Undecodable, match=reason):
        decode(document)


def test_a_sound_archive_that_was_not_opened_says_so() -> None:
    with pytest.raises(Undecodable, match="an archive"):
        decode(zipped({"a.txt": b"one"}))


# On delivery.


def delivered(folder: Path, **files: bytes) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return folder


def staged(home: Path, table: str) -> list[dict[str, object]]:
    import pyarrow.parquet as pq

    return pq.ParquetFile(load_folder(home / "staging", table, "one") / "part-0.parquet").read().to_pylist()


def test_members_are_kept_and_read_as_if_they_had_been_delivered_alone(tmp_path: Path) -> None:
    inbox = delivered(tmp_path / "in", a_zip=zipped({"r.txt": REPORT.encode(), "s.txt": SHANGHAI.encode("gb18030")}))
    summary = keep(tmp_path, "one", [inbox])
    assert (summary.documents, summary.new_documents, summary.archives, summary.refused) == (2, 2, 1, 0)
    assert stage(tmp_path, "one").read == 2
    places = {Path(str(row["uri"])).name: row["document_id"] for row in staged(tmp_path, "delivery")}
    assert raw_path(tmp_path, str(places["r.txt"])).read_bytes() == REPORT.encode()
    alone = {cell["slot_id"]: cell["value"] for cell in read(REPORT).cells if cell["slot_id"]}
    ids = {row["report_id"]: row["document_id"] for row in staged(tmp_path, "report")}
    cells = [row for row in staged(tmp_path, "cell") if ids[row["report_id"]] == places["r.txt"]]
    assert {cell["slot_id"]: cell["value"] for cell in cells if cell["slot_id"]} == alone and len(alone) > 60


def test_what_is_refused_is_a_rejected_document_and_a_row_that_names_it(tmp_path: Path) -> None:
    inbox = delivered(tmp_path / "in", a_zip=zipped({"bomb.txt": b"0" * (20 * MEGABYTE), "r.txt": REPORT.encode()}))
    assert keep(tmp_path, "one", [inbox]).refused == 1
    summary = stage(tmp_path, "one")
    assert (summary.documents, summary.read, summary.rejected) == (2, 1, 1)
    (reject,) = (row for row in staged(tmp_path, "reject") if row["stage"] == "keep")
    (document,) = (row for row in staged(tmp_path, "delivery") if row["document_id"] == reject["document_id"])
    assert str(document["uri"]).endswith("a.zip!/bomb.txt") and "limit `ratio`" in str(reject["reason"])


def test_a_file_beyond_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    inbox = delivered(tmp_path / "in", r_txt=REPORT.encode())
    with (inbox / "film.bin").open("wb") as handle:
        handle.truncate(200 * 1024 * MEGABYTE)
    assert keep(tmp_path, "one", [inbox]).refused == 1
    stage(tmp_path, "one")
    reasons = {row["reason"] for row in staged(tmp_path, "document") if row["status"] == "rejected"}
    assert reasons == {"214748364800 bytes is more than the limit `bytes` of 67108864 bytes for a document"}


def test_a_file_whose_name_is_in_another_encoding_is_delivered(tmp_path: Path) -> None:
    inbox = delivered(tmp_path / "in")
    (inbox / os.fsdecode("年报.txt".encode("gb18030"))).write_bytes(REPORT.encode())
    keep(tmp_path, "one", [inbox])
    assert [Path(str(row["uri"])).name for row in staged(tmp_path, "delivery")] == ["年报.txt"]


def test_a_zip_on_disk_is_opened_where_it_lies(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({"r.txt": b"one"}))
    assert list(documents_in(file, Tally())) == [(f"{file.as_posix()}!/r.txt", b"one")]


def test_keeping_again_from_the_archive_gives_the_same_delivery(tmp_path: Path) -> None:
    archive = zipped_by_hand(b"a.txt", b"one", crc=1)
    inbox = delivered(tmp_path / "in", a_zip=archive, b_zip=zipped({"x.txt": b"one"}))
    keep(tmp_path, "one", [inbox])
    before = staged(tmp_path, "delivery")
    for file in inbox.iterdir():
        file.unlink()
    inbox.rmdir()
    keep(tmp_path, "one", None)
    assert staged(tmp_path, "delivery") == before and len(before) == 2
