"""Which module of formats/ reads a file of which kind. Refuses what none can read, with the reason."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from extract.files import containers
from extract.files.detect import CONTAINERS, CSV, NOT_KEPT, PLAIN, media_type
from extract.formats import limits
from extract.formats.delimited import looks_delimited
from extract.formats.document import Document, Undecodable
from extract.formats.encoding import to_text

__all__ = ["decode", "media_type"]

_READERS: Final[dict[str, str]] = {
    "text/html": "extract.formats.html",
    "text/csv": "extract.formats.delimited",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "extract.formats.docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "extract.formats.xlsx",
    "application/x-ole-storage": "extract.formats.ole",
    "application/pdf": "extract.formats.pdf",
    "application/rtf": "extract.formats.converted",
    "application/vnd.oasis.opendocument": "extract.formats.converted",
    "multipart/related": "extract.formats.mhtml",
}
"""Media type -> module with a function read(content) -> Document; imported when the first file of its kind comes."""

_REFUSED: Final = {
    "image/": "an image: scanned reports cannot be read",
    "application/vnd.rar": "a RAR archive, which cannot be opened; zip archives can",
    "application/x-7z-compressed": "a 7z archive, which cannot be opened; zip archives can",
    "application/x-tar": "a tar archive, which cannot be opened; zip archives can",
    "application/ofd": "an OFD document, which cannot be read",
}
"""What people deliver and no module reads, by the beginning of its media type."""


def decode(content: bytes) -> Document:
    """The text of a document of any format.

    Raises Undecodable with the reason for an empty file, one beyond a limit, or one that no module can read.
    """
    if not content or content.isspace():
        raise Undecodable("the file is empty")
    kind = media_type(content)
    if kind == NOT_KEPT:
        raise containers.refusal(content)
    limits.check("bytes", len(content))
    if kind in CONTAINERS:
        raise Undecodable(containers.why_not_opened(content))
    document = _text(content) if kind == PLAIN else _read(kind, content)
    limits.check("characters", len(document.text))
    if len(document.text) > limits.limit("line"):
        limits.check("line", max(map(len, document.text.split("\n"))))
    return document


def _text(content: bytes) -> Document:
    text, encoding = to_text(content)
    return _read(CSV, content) if looks_delimited(text) else Document(text, PLAIN, encoding)


def _read(kind: str, content: bytes) -> Document:
    if kind not in _READERS:
        told = (told for beginning, told in _REFUSED.items() if kind.startswith(beginning))
        raise Undecodable(f"the file is {kind}, {next(told, 'which cannot be read')}")
    document: Document = import_module(_READERS[kind]).read(content)
    return document
