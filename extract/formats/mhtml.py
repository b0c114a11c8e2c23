"""A web page saved whole by a browser (MHTML): its first page of HTML, read as a web page. No table is known here."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Final

from extract.formats import html
from extract.formats.document import Document, Undecodable

_PAGES: Final = ("text/html", "application/xhtml+xml")


def read(content: bytes) -> Document:
    """The text of the saved page. Raises Undecodable where the file holds none."""
    for part in message_from_bytes(content.lstrip(), policy=policy.compat32).walk():
        page = part.get_payload(decode=True) if part.get_content_type() in _PAGES else None
        if isinstance(page, bytes) and page.strip():
            return html.read(page)
    raise Undecodable("the saved web page (MHTML) holds no page of HTML")
