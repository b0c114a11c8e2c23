"""Strokes to rulings: those on one line that meet are one. No text and no table is known here.

All pages of a document are done together, because an array costs the more the smaller it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.formats.pdf_page import THIN, Boxes

_SAME_LINE: Final = 1.0
_GAP: Final = 3.5
_SHORTEST: Final = 5.0


class Rule(NamedTuple):
    """A ruling: at `at`, from `first` to `last` along the other axis."""

    at: float
    first: float
    last: float


def find_rulings(pages: Sequence[Boxes]) -> list[tuple[list[Rule], list[Rule]]]:
    """The rulings across and down of each page: strokes on one line that meet, or nearly, like dots, are one."""
    rules: list[tuple[list[Rule], list[Rule]]] = [([], []) for _ in pages]
    axis, at, first, last = _stretches(pages)
    if not len(at):
        return rules
    order = np.lexsort((at, axis))
    axis, at, first, last = axis[order], at[order], first[order], last[order]
    line = np.zeros(len(at), int)
    line[1:] = ((at[1:] - at[:-1] > _SAME_LINE) | (axis[1:] != axis[:-1])).cumsum()
    place = np.bincount(line, at) / np.bincount(line)
    # Each line is moved beyond the one before, so that how far strokes have reached is always of their own line.
    apart = line * (last.max() - first.min() + 2 * _GAP)
    order = (first + apart).argsort(kind="stable")
    first, last, apart = first[order], last[order], apart[order]
    reached = np.maximum.accumulate(last + apart)
    begins = np.concatenate(([0], ((first + apart)[1:] > reached[:-1] + _GAP).nonzero()[0] + 1))
    ends, found = np.maximum.reduceat(last, begins), order[begins]
    long = ends - first[begins] >= _SHORTEST
    whole = np.stack((place[line[found]], first[begins], ends), axis=1)[long].tolist()
    for which, rule in zip(axis[found][long].tolist(), whole, strict=True):
        rules[which // 2][which % 2].append(Rule(*rule))
    return rules


def _stretches(pages: Sequence[Boxes]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Of each stroke twice its page's number and 1 where it goes down; where it stands; from where to where."""
    left, top, right, bottom = np.concatenate([np.empty((0, 4)), *pages]).T
    page = np.repeat(np.arange(len(pages)), [len(strokes) for strokes in pages])
    across, down = bottom - top <= THIN, right - left <= THIN
    axis = np.concatenate((2 * page[across], 2 * page[down] + 1))
    at = np.concatenate(((top + bottom)[across], (left + right)[down])) / 2
    return axis, at, np.concatenate((left[across], top[down])), np.concatenate((right[across], bottom[down]))
