"""Words that copies of pages on seized sites carry between the office's own: signs that a name may be changed.

What is done about a page that carries them is decided where the organ is found and where the report is written.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise, product

from extract.report.organ_names import words

_INJECTED = tuple(text for text, _ in words("injected"))
_ANY = re.compile("|".join(map(re.escape, _INJECTED)))


def _pair(word: str) -> str:
    """The last two characters of a word that are no digits, which stand in every table."""
    return [one + other for one, other in pairwise(word) if not (one.isdigit() or other.isdigit())][-1]


_PAIRS = {each for word in _INJECTED for each in product(*zip(_pair(word), _pair(word).upper(), strict=True))}
_FIRST, _SECOND = ("|".join(sorted({re.escape(pair[place]) for pair in _PAIRS})) for place in (0, 1))
_LIKELY = re.compile(f"(?:{_FIRST})(?:{_SECOND})(?<={'|'.join(re.escape(''.join(pair)) for pair in sorted(_PAIRS))})")
"""A piece of one of the words, in either case: most pages have none, and classes of characters are seen fastest."""


@lru_cache(maxsize=4)
def injected_words(text: str) -> tuple[str, ...]:
    """The declared words of gambling and adult sites that stand in the text, in the table's order."""
    if _LIKELY.search(text) is None:
        return ()
    lowered = text.lower()
    if _ANY.search(lowered) is None:
        return ()
    return tuple(word for word in _INJECTED if word in lowered)
