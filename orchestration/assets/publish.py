"""The last asset: the release that readers open."""

import dagster as dg

from orchestration.assets.common import DataHome, table
from orchestration.assets.dbt_project import published_keys
from orchestration.progress import tell
from orchestration.publish import publish

GROUP = "publish"


@dg.asset(group_name=GROUP, deps=published_keys(), kinds={"duckdb"})
def published_warehouse(home: DataHome) -> dg.MaterializeResult[None]:
    """发布的数据仓库 warehouse.duckdb: audited against what was staged, then put in place by one rename."""
    tell("publish")
    release = publish(home.path)
    return dg.MaterializeResult(
        metadata={
            "release_id": release.release_id,
            "changed": release.changed,
            "file": dg.MetadataValue.path(str(release.file)),
            "megabytes": round(release.byte_count / 1e6, 2),
            "rows": table([{"table": name, "rows": rows} for name, rows in release.counts.items()]),
        }
    )


ASSETS = [published_warehouse]
