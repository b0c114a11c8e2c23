"""How the commands speak to people: results to standard output, messages to standard error."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from rich.console import Console
from rich.text import Text


def console() -> Console:
    """Standard output; full width where it is no terminal, so that nothing is cut in a file."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else 120, soft_wrap=False)


def errors() -> Console:
    """Standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    """Say what went wrong."""
    errors().print(Text.assemble(("ogi: ", "bold red"), message))


def number(value: Decimal | int | float | None) -> str:
    """A number as people write it: no trailing zeros, a dash for none."""
    if value is None:
        return "—"
    return f"{Decimal(str(value)).normalize():,f}" if value else "0"


def print_json(value: Any) -> None:
    """One JSON document on standard output; exact numbers stay exact."""
    sys.stdout.write(json_text(value))


def json_text(value: Any) -> str:
    """One JSON document; exact numbers stay exact."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


_PLACE_WORDS: Final = {
    "line": "行",
    "page": "页",
    "box": "框",
    "table": "表",
    "row": "行",
    "column": "列",
    "paragraph": "段",
}
_PLACE: Final = re.compile(r"([a-z]+) (?=\d)")


def bilingual_place(locator: str) -> str:
    """A place in a file in Chinese and English: 表3 行5 列2 table 3 row 5 column 2; a sheet's cell (甲!C5) as it is."""
    chinese = _PLACE.sub(lambda match: _PLACE_WORDS.get(match[1], match[1]), locator)
    return locator if chinese == locator else f"{chinese} {locator}"


def joined(parts: Iterable[object], separator: str = " · ") -> str:
    """The parts that are there, in one line."""
    return separator.join(str(part) for part in parts if part not in (None, ""))
