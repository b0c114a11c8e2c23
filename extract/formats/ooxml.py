"""The parts of an Office file (a zip of XML), opened without trusting them. docx.py and xlsx.py know what they say."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache

from lxml import etree

from extract.formats import limits
from extract.formats.document import Undecodable
from extract.formats.zipped import open_zip, unpack


class Package:
    """An opened Office file."""

    def __init__(self, content: bytes) -> None:
        self._archive = open_zip(io.BytesIO(content))
        self._inflated = 0
        self._names = {name.lower(): name for name in self._archive.namelist()}

    def part(self, name: str) -> etree._Element | None:
        """The root of a part, None where there is none of that name.

        Raises Undecodable where the part is broken, beyond a limit, or declares a document type, whose entities could
        stand for anything.
        """
        stored = self._names.get(name.lower())
        if stored is None:
            return None
        info: zipfile.ZipInfo = self._archive.getinfo(stored)
        self._inflated += info.file_size
        limits.check("inflated", self._inflated)
        try:
            content = unpack(self._archive, info)
        except Undecodable as error:
            raise Undecodable(f"{stored}: {error}") from error
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise Undecodable(f"{stored} is no sound XML: {error}") from error
        if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs lack it
            raise Undecodable(f"{stored} declares a document type, which no Office file does")
        return root


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return _without_namespace(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=512)
def _without_namespace(name: str) -> str:
    return name.rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str | None:
    """The value of an attribute, whatever namespace it is in."""
    value = element.get(name)
    if value is not None:
        return str(value)
    for key, other in element.items():
        if _without_namespace(str(key)) == name:
            return str(other)
    return None
