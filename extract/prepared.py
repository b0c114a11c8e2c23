"""Importing this module reads two short reports, so that the tables of forms and phrases are loaded and indexed.

For the server from which reading processes are forked (workers.py): each of them then begins where this one ended. No
Arrow table is made here: what its pool of memory sets aside would count against the limit of every process.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from extract.reader import read_document
from extract.table.printed_forms import load_forms

with suppress(ImportError):
    import pandas  # noqa: F401  # Arrow imports it, where it is there, with the first rows that become columns

_TITLE: Final = "某县2023年政府信息公开工作年度报告"
_PROSE: Final = "本年度共收到政府信息公开申请3件,均按时答复。"


def _labels() -> list[str]:
    """Every label of every form, once."""
    lines = [line for table in load_forms().tables.values() for line in table.lines.values()]
    columns = [slot.column_path for line in lines for slot in line.slots]
    return list(dict.fromkeys([*(line.label for line in lines if line.label), *columns]))


def _page() -> str:
    rows = "".join(f"<tr><td>{label}</td><td>0</td></tr>" for label in _labels())
    return f"<html><body><h1>{_TITLE}</h1><p>{_PROSE}</p><table>{rows}</table></body></html>"


read_document(_page().encode())
read_document(f"{_TITLE}\n{_PROSE}\n".encode())
