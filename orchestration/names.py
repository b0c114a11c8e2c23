"""What a load is called when nobody named it: after its paths, the same for the same paths."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path


def load_name_of(paths: Sequence[Path]) -> str:
    """A name that can be a partition key: the first path's ASCII letters and digits, then a hash of all paths."""
    absolute = sorted(str(path.absolute()) for path in paths)
    digest = hashlib.sha256("\n".join(absolute).encode()).hexdigest()[:8]
    words = re.sub(r"[^0-9A-Za-z]+", "-", paths[0].absolute().stem).strip("-")[:60]
    return f"{words}-{digest}" if words else f"load-{digest}"
