"""Makes the hand-composed pages importable, and says where the labelled real documents lie."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

_SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled real documents, which stands beside the checkout."""
    if not _SHARED.is_dir():
        pytest.skip(f"the labelled real documents are not here: {_SHARED}")
    return _SHARED
