"""From the bytes of a file to its text, one module a format. Nothing here knows a form or a report.

Every module has one function ``read(content: bytes) -> Document``: it raises Undecodable with the reason where the
file cannot be read, and never returns an empty text.
"""
