"""How far a run has come, told to whoever listens: the command line shows it, the Dagster UI has its own log.

One listener at most; the assets speak, they never ask who listens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[str, int, int, int], None]
"""Gets the name of the step, what is done of it, what there is in all (0 where that is not known), and of what is done
how many were rejected."""

_listener: Listener | None = None


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Send progress to `listener` inside the block."""
    global _listener
    former, _listener = _listener, listener
    try:
        yield
    finally:
        _listener = former


def tell(step: str, done: int = 0, total: int = 0, rejected: int = 0) -> None:
    """Say that `done` of `total` of a step is done, and how many of those were rejected."""
    if _listener is not None:
        _listener(step, done, total, rejected)
