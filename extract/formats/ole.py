"""Office files of the old kind: one container for .doc and .xls, told apart by the names of the streams in it."""

from __future__ import annotations

from typing import Final

from extract.formats import converted, xls
from extract.formats.document import Document, Undecodable

_WORD: Final = "WordDocument".encode("utf-16-le")
_BOOKS: Final = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def read(content: bytes) -> Document:
    """The text of a .doc or an .xls. Raises Undecodable where it is neither, is encrypted or cannot be opened."""
    if _ENCRYPTED in content:
        raise Undecodable("the Office file is encrypted")
    if _WORD in content:
        return converted.read(content)._replace(media_type="application/msword")
    if any(name in content for name in _BOOKS):
        return xls.read(content)
    raise Undecodable("the file is an Office container (OLE) with neither a document nor a workbook in it")
