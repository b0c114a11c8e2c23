"""What all assets share: the load partitions, the data home as a resource, and tables as metadata that people read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import dagster as dg

from orchestration.home import hold, home_path, prepare_home

LOADS: Final = dg.DynamicPartitionsDefinition(name="load")
"""One partition a delivery of documents."""

_WAIT_SECONDS: Final = 600.0
_SHOWN: Final = 50


class DataHome(dg.ConfigurableResource):  # type: ignore[type-arg]  # Dagster makes it generic at run time only
    """The data home, held by one run at a time from its first asset to its last."""

    folder: str = ""

    @property
    def path(self) -> Path:
        """The folder, from the configuration or the environment."""
        return home_path(Path(self.folder) if self.folder else None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[DataHome]:
        """Hold the home's lock as long as the run needs the resource."""
        prepare_home(self.path)
        with hold(self.path, _WAIT_SECONDS):
            yield self


def table(rows: Sequence[Mapping[str, Any]]) -> dg.TableMetadataValue | dg.TextMetadataValue:
    """Rows as a table in the UI, the first fifty of them; a dash where there is none."""
    if not rows:
        return dg.MetadataValue.text("—")
    return dg.MetadataValue.table(
        [dg.TableRecord({key: _plain(value) for key, value in row.items()}) for row in rows[:_SHOWN]]
    )


def _plain(value: Any) -> str | int | float | bool:
    if isinstance(value, (int, float, bool)):
        return value
    return "" if value is None else str(value)
