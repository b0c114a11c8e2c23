"""Assets of extract/: the delivered documents kept, and what was read in them. One partition a load."""

from collections.abc import Iterator

import dagster as dg

from extract.files.archive import keep
from extract.stage import stage
from orchestration import staged
from orchestration.assets.common import LOADS, DataHome, table
from orchestration.progress import tell

GROUP = "extract"


@dg.asset(partitions_def=LOADS, group_name=GROUP, kinds={"file"})
def raw_documents(context: dg.AssetExecutionContext, home: DataHome) -> dg.MaterializeResult[None]:
    """原始文件 Documents of a delivery as they came, kept under the hash of their bytes and never changed."""
    tell("keep")
    summary = keep(home.path, context.partition_key, None, lambda done, total: tell("keep", done, total))
    return dg.MaterializeResult(
        metadata={
            "documents": summary.documents,
            "new_documents": summary.new_documents,
            "bytes": summary.bytes,
            "archives_opened": summary.archives,
            "refused": summary.refused,
            "web_archive_records": summary.records,
            "web_archive_records_passed_over": summary.passed_over,
            "archive": dg.MetadataValue.path(str(home.path / "raw")),
        }
    )


@dg.asset(partitions_def=LOADS, group_name=GROUP, deps=[raw_documents], kinds={"parquet"})
def staged_reports(context: dg.AssetExecutionContext, home: DataHome) -> dg.MaterializeResult[None]:
    """暂存报告 Reports, cells and rejects read from a load's documents, as typed Parquet."""
    load = context.partition_key
    summary = stage(home.path, load, lambda *counts: tell("stage", *counts))
    return dg.MaterializeResult(
        metadata={
            "documents": summary.documents,
            "read": summary.read,
            "rejected": summary.rejected,
            "reports": summary.reports,
            "cells": summary.cells,
            "unreadable_cells": summary.unreadable_cells,
            "reports_by_form": table(staged.forms(home.path, load)),
            "rejects": table(staged.rejects(home.path, load)),
            "staging": dg.MetadataValue.path(str(home.path / "staging")),
        }
    )


@dg.multi_asset_check(
    specs=[
        dg.AssetCheckSpec(
            "documents_read",
            asset=staged_reports,
            description="文件都已读出 Every document is read; the table lists those that were not.",
        ),
        dg.AssetCheckSpec(
            "cells_readable",
            asset=staged_reports,
            description="单元格都已读出 Every printed cell is read; the table lists those that were not.",
        ),
    ],
)
def reading_checks(context: dg.AssetCheckExecutionContext, home: DataHome) -> Iterator[dg.AssetCheckResult]:
    """What could not be read is shown, never hidden; it does not stop a load."""
    load = context.partition_key
    found = {
        "documents_read": staged.rejects(home.path, load),
        "cells_readable": staged.unreadable_cells(home.path, load),
    }
    for name, rows in found.items():
        yield dg.AssetCheckResult(
            asset_key=staged_reports.key,
            check_name=name,
            passed=not rows,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"count": len(rows), "rows": table(rows)},
        )


ASSETS = [raw_documents, staged_reports]
CHECKS = [reading_checks]
