"""Opening a zip without trusting it: its directory and its members are within the limits, whatever they declare.

Used for archives of documents and for Office files, which are zips too. What the members mean is not known here.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from typing import BinaryIO, Final, cast

from extract.formats import limits
from extract.formats.document import Undecodable

ZIP_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    IndexError,
)
"""All that zipfile raises on damaged bytes; NotImplementedError is a RuntimeError."""
_DIRECTORY_ENTRY: Final = 200
"""Bytes of directory a member may take on the average; a directory is read whole, so it is bounded before."""
_SMALL: Final = 1024 * 1024


class _Bounded(io.RawIOBase):
    """A file of which no single read takes more than a directory of the largest archive; zipfile reads that at once."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source

    def read(self, size: int = -1) -> bytes:
        most = _DIRECTORY_ENTRY * limits.limit("members")
        if size > most:
            limits.check("members", size // _DIRECTORY_ENTRY)
        return self._source.read(size if size >= 0 else most)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._source.seek(offset, whence)

    def tell(self) -> int:
        return self._source.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def open_zip(source: BinaryIO) -> zipfile.ZipFile:
    """An opened zip. Raises Undecodable where it has too many members or is broken."""
    try:
        archive = zipfile.ZipFile(cast(BinaryIO, _Bounded(source)))
    except ZIP_ERRORS as error:
        raise Undecodable(f"the zip archive cannot be opened: {error}") from error
    limits.check("members", len(archive.infolist()))
    return archive


def overlapping(archive: zipfile.ZipFile) -> frozenset[int]:
    """Where members begin whose bytes are those of another member too: no sound archive has any."""
    found: set[int] = set()
    end = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        if info.header_offset < end:
            found.add(info.header_offset)
        end = max(end, info.header_offset + 30 + info.compress_size)
    return frozenset(found)


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of a member. Raises Undecodable where it is encrypted, broken or too large."""
    if info.flag_bits & 1:
        raise Undecodable("it is encrypted")
    limits.check("bytes", info.file_size)
    check_ratio(info.file_size, info.compress_size)
    try:
        with archive.open(info) as handle:
            return handle.read(info.file_size)  # which also compares the checksum
    except ZIP_ERRORS as error:
        raise Undecodable(f"it cannot be unpacked: {error}") from error


def check_ratio(inflated: int, packed: int) -> None:
    """Raise Undecodable where more than a megabyte comes out of next to nothing."""
    if inflated > _SMALL:
        limits.check("ratio", inflated // max(1, packed))
