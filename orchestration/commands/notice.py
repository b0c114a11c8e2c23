"""`ogi notice`: a courteous page to the office that issued a report, on what does not add up in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import duckdb

from expectations.database import connect
from orchestration.commands.console import complain, errors, json_text
from orchestration.commands.notice_facts import Row, notices
from orchestration.commands.notice_page import html_page, markdown_page, open_findings
from orchestration.home import home_path, release_file

WRITTEN: Final = 0
UNKNOWN: Final = 1
UNUSABLE: Final = 2


def run(key: list[str], home: Path | None, form: str, out: Path | None) -> int:
    """Write the notice of a report_id, or of an organ and a year, in `form` (html, md, json); returns the exit code."""
    folder = home_path(home)
    if len(key) not in (1, 2) or (len(key) == 2 and not key[1].isdecimal()):
        complain("name a report_id, or an organ and a year: ogi notice 某某县人民政府 2023")
        return UNUSABLE
    try:
        with connect(release_file(folder), read_only=True) as connection:
            found = notices(connection, folder, key)
    except duckdb.Error as error:
        complain(f"no warehouse can be read at {release_file(folder)}: {error}")
        return UNUSABLE
    if not found:
        complain(f"the warehouse knows no report {' '.join(key)}")
        return UNKNOWN
    # What was superseded and is settled is no longer worth a letter.
    telling = [notice for notice in found if open_findings(notice)] or found[-1:]
    return _write(_drawn(telling, form), out)


def _drawn(telling: list[Row], form: str) -> str:
    if form == "html":
        return html_page(telling)
    return markdown_page(telling) if form == "md" else json_text({"notices": telling})


def _write(page: str, out: Path | None) -> int:
    if out is None:
        sys.stdout.write(page)
        return WRITTEN
    try:
        out.write_text(page, encoding="utf8")
    except OSError as error:
        complain(f"{out}: {error.strerror}")
        return UNUSABLE
    errors().print(f"{out}")
    return WRITTEN
