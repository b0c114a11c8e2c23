"""All that Dagster sees: assets by folder, their checks, the job that runs one load whole, and the inbox sensor."""

from __future__ import annotations

import dagster as dg

from orchestration.assets import dbt_project, decisions, expectations, extract, publish
from orchestration.assets.common import DataHome
from orchestration.sensor import inbox_sensor

LOAD_JOB = "load"
DECIDE_JOB = "decide"

load_job = dg.define_asset_job(
    LOAD_JOB,
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="一批文件从读取到发布 One delivery from its documents to the published warehouse.",
)

decide_job = dg.define_asset_job(
    DECIDE_JOB,
    selection=dg.AssetSelection.assets(*decisions.ASSETS, *dbt_project.ASSETS, *publish.ASSETS),
    executor_def=dg.in_process_executor,
    description="复核决定生效并重新发布 The reviewers' decisions applied to what is loaded, and published.",
)

defs = dg.Definitions(
    assets=[
        *extract.ASSETS,
        *expectations.ASSETS,
        *decisions.ASSETS,
        *dbt_project.OPEN_DATA,
        *dbt_project.ASSETS,
        *publish.ASSETS,
    ],
    asset_checks=[*extract.CHECKS, *expectations.CHECKS],
    jobs=[load_job, decide_job],
    sensors=[inbox_sensor(load_job)],
    resources={"home": DataHome()},
    executor=dg.in_process_executor,
)
