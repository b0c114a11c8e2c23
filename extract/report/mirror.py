"""Words that copies of pages on seized sites carry between the office's own: signs that a name may be changed.

What is done about a page that carries them is decided where the organ is found and where the report is written.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extract.report.organ_names import words

_INJECTED = tuple(text for text, _ in words("injected"))
_ANY = re.compile("|".join(map(re.escape, _INJECTED)))


@lru_cache(maxsize=4)
def injected_words(text: str) -> tuple[str, ...]:
    """The declared words of gambling and adult sites that stand in the text, in the table's order."""
    lowered = text.lower()
    if _ANY.search(lowered) is None:  # most pages, at a quarter of the time
        return ()
    return tuple(word for word in _INJECTED if word in lowered)
