"""Archives of documents: zip, gzip and WARC, opened on delivery so that each member becomes a document of its own.

A member's address is ``<address of the archive>!/<name of the member>``. What is refused (encrypted, broken, beyond a
limit) leaves a note in its place, which the reader rejects with its reason: nothing that was delivered vanishes.
Office files are zips too, but documents; they are not opened here. What a document says is not looked at.
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from extract.files.detect import CONTAINERS, GZIP, NOT_KEPT_MAGIC, WARC, ZIP, kind_of_members, media_type
from extract.files.web_archive import Tally, pages
from extract.formats import limits
from extract.formats.document import Undecodable
from extract.formats.zipped import check_ratio, open_zip, overlapping, unpack

_HIDDEN: Final = (".", "~$", "__MACOSX")
_HEAD: Final = 4096
_NOWHERE: Final = ("", ".", "..")

Found = tuple[str, bytes | Undecodable]
"""Address of a document, and its bytes or why it was refused."""


class NotKept(Undecodable):
    """The archive refused what was delivered; the message says why."""


def is_hidden(parts: tuple[str, ...]) -> bool:
    """Whether a path leads to something that a system or an editor left behind, which is no document."""
    return any(part.startswith(_HIDDEN) for part in parts)


def readable_name(name: bytes) -> str:
    """A file name as people wrote it: UTF-8, or what Chinese systems use; never what cannot be stored."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("utf-8", "replace")


def documents_in(file: Path, tally: Tally) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of the documents in a delivered file: the file itself or, of an archive, its members."""
    address, size = readable_name(os.fsencode(file.as_posix())), file.stat().st_size
    tally.unpacked = 0
    with file.open("rb") as source:
        yield from _noted(_expanded(address, source, size, 0, tally), tally)


def members_of(address: str, content: bytes, tally: Tally) -> Iterator[tuple[str, bytes]]:
    """As documents_in, of a file in memory."""
    yield from _noted(_expanded(address, io.BytesIO(content), len(content), 0, tally), tally)


def why_not_opened(content: bytes) -> str:
    """Why an archive was not opened: the reason of the first member that was refused, or that nothing is in it."""
    tally, kind = Tally(), media_type(content)
    try:
        for address, found in _OPENERS[kind]("", io.BytesIO(content), len(content), 0, tally):
            if isinstance(found, Undecodable):
                return f"{address.removeprefix('!/')}: {found}" if address else str(found)
            return f"the file is an archive ({kind}), to be opened where it is delivered"
    except Undecodable as error:
        return str(error)
    if kind == WARC or tally.records:
        return f"no page of the web archive can be a report: {tally.passed_over} records were passed over"
    return f"the archive ({kind}) holds no document"


def _noted(found: Iterator[Found], tally: Tally) -> Iterator[tuple[str, bytes]]:
    """Documents as they are, and a note in the place of each that was refused."""
    for address, content in found:
        if isinstance(content, Undecodable):
            tally.refused += 1
            content = NOT_KEPT_MAGIC + f"{address}\n{content}".encode()
        yield address, content


def refusal(note: bytes) -> NotKept:
    """What a note in the place of a document says."""
    address, _, reason = note.removeprefix(NOT_KEPT_MAGIC).decode("utf-8", "replace").partition("\n")
    return NotKept(reason or f"the note on {address} gives no reason")


def _expanded(address: str, source: BinaryIO, size: int, depth: int, tally: Tally) -> Iterator[Found]:
    """The documents in a file: its members, or the file itself where it is none of the archives or cannot be opened."""
    kind = _container_kind(source, size)
    if kind is None:
        yield address, _whole(source, size)
        return
    tally.archives += 1
    nothing = True
    try:
        limits.check("archive_depth", depth + 1)
        for found in _OPENERS[kind](address, source, size, depth, tally):
            nothing = False
            yield found
    except Undecodable as error:
        if not nothing or size > limits.limit("bytes") or depth >= limits.limit("archive_depth"):
            yield address, error
            return
    if nothing:  # the reader finds the reason again
        yield address, _unopened(source, size)


def _unopened(source: BinaryIO, size: int) -> bytes | Undecodable:
    if size > limits.limit("bytes"):
        return Undecodable("nothing in the archive can be a report")
    return _whole(source, size)


def _container_kind(source: BinaryIO, size: int) -> str | None:
    source.seek(0)
    head = source.read(_HEAD)
    source.seek(0)
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        kind = media_type(head)
        return kind if kind in CONTAINERS else None
    try:
        with open_zip(source) as archive:
            return ZIP if kind_of_members(archive) == ZIP else None
    except Undecodable:
        return ZIP if size > limits.limit("bytes") or media_type(_all(source)) == ZIP else None


def _all(source: BinaryIO) -> bytes:
    source.seek(0)
    return source.read()


def _whole(source: BinaryIO, size: int) -> bytes | Undecodable:
    try:
        limits.check("bytes", size)
    except Undecodable as error:
        return error
    return _all(source)


def _member(address: str, content: bytes, depth: int, tally: Tally) -> Iterator[Found]:
    tally.unpacked += len(content)
    limits.check("unpacked", tally.unpacked)
    yield from _expanded(address, io.BytesIO(content), len(content), depth + 1, tally)


def _of_zip(address: str, source: BinaryIO, size: int, depth: int, tally: Tally) -> Iterator[Found]:
    with open_zip(source) as archive:
        shared = overlapping(archive)
        for info in archive.infolist():
            name = _member_name(info.orig_filename, info.flag_bits)
            if info.filename.endswith("/") or is_hidden(tuple(name.split("/"))):
                continue
            place = f"{address}!/{name}"
            try:
                if info.header_offset in shared:
                    raise Undecodable("its bytes are those of another member too")
                content = unpack(archive, info)
            except Undecodable as error:
                yield place, error
                continue
            yield from _member(place, content, depth, tally)


def _member_name(name: str, flags: int) -> str:
    """A member's name, which many systems write in their own encoding without saying so."""
    if not flags & 0x800:
        name = readable_name(name.encode("cp437"))
    parts = name.replace("\\", "/").replace("\x00", "").encode("utf-8", "replace").decode().split("/")
    return "/".join(part for part in parts if part not in _NOWHERE)


def _of_gzip(address: str, source: BinaryIO, size: int, depth: int, tally: Tally) -> Iterator[Found]:
    if _is_gzipped_warc(source):
        yield from _of_warc(address, source, size, depth, tally)
        return
    try:
        with gzip.GzipFile(fileobj=source) as handle:
            content = handle.read(limits.limit("bytes") + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Undecodable(f"the gzip file cannot be unpacked: {error}") from error
    check_ratio(len(content), size)
    limits.check("bytes", len(content))
    name = address.rsplit("/", 1)[-1]
    yield from _member(f"{address}!/{name.removesuffix('.gz') or 'content'}", content, depth, tally)


def _is_gzipped_warc(source: BinaryIO) -> bool:
    try:
        return zlib.decompressobj(31).decompress(source.read(_HEAD), 5) == b"WARC/"
    except zlib.error:
        return False
    finally:
        source.seek(0)


def _of_warc(address: str, source: BinaryIO, size: int, depth: int, tally: Tally) -> Iterator[Found]:
    for target, page in pages(source, tally):
        place = f"{address}!/{target}"
        if isinstance(page, Undecodable):
            yield place, page
        else:
            yield from _member(place, page, depth, tally)


_OPENERS: Final[dict[str, Callable[[str, BinaryIO, int, int, Tally], Iterator[Found]]]] = {
    ZIP: _of_zip,
    GZIP: _of_gzip,
    WARC: _of_warc,
}
