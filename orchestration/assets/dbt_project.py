"""Assets of dbt_project/: one a model or seed, one check a test, grouped by folder. Not partitioned."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets

from extract.schema import JUDGED
from orchestration.assets.common import DataHome
from orchestration.assets.decisions import reviewed_decisions
from orchestration.assets.expectations import identity_evaluation
from orchestration.assets.extract import raw_documents, staged_reports
from orchestration.dbt_build import DbtError, Node, check_manifest, run_dbt
from orchestration.progress import tell
from orchestration.publish import begin_build, finish_build

STAGED_SOURCE = "staged"
"""The dbt source of what loads stage; other sources are open data beside the models, which no asset writes."""


class Translator(DagsterDbtTranslator):
    """dbt nodes as assets: keys are schema and table, groups are folders, sources are the assets that stage them."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """schema/table, as the node is called in DuckDB; a staged source is the asset that writes it."""
        if dbt_resource_props["resource_type"] == "source":
            name = dbt_resource_props["name"]
            if dbt_resource_props["source_name"] != STAGED_SOURCE:
                return dg.AssetKey([dbt_resource_props["source_name"], name])
            if name == "delivery":
                return raw_documents.key
            if name == "decision":
                return reviewed_decisions.key
            return identity_evaluation.key if name in JUDGED else staged_reports.key
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["alias"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """dbt_<folder>, e.g. dbt_marts; seeds are dbt_seeds."""
        if dbt_resource_props["resource_type"] == "seed":
            return "dbt_seeds"
        folders = dbt_resource_props["fqn"][1:-1]
        return "dbt_" + (folders[0] if folders else "models")

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The node's own description, without its SQL."""
        return str(dbt_resource_props.get("description") or "")


TRANSLATOR = Translator(settings=DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True))
_MANIFEST: dict[str, Any] = json.loads(check_manifest().read_text(encoding="utf8"))


@dbt_assets(manifest=_MANIFEST, name="warehouse_build", dagster_dbt_translator=TRANSLATOR)
def warehouse_build(context: dg.AssetExecutionContext, home: DataHome) -> Iterator[Any]:
    """Build all models from all loads that passed, into a fresh database that no reader opens."""
    begin_build(home.path)
    tell("dbt")
    nodes: list[Node] = []
    try:
        for node in run_dbt(home.path):
            tell("dbt", node.done, node.total)
            nodes.append(node)
            yield from _events(node, context)
    except DbtError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    finish_build(home.path, {"run_id": context.run_id, "nodes": len(nodes)})


@cache
def _check_keys() -> dict[str, dg.AssetCheckKey]:
    """dbt test -> the check it is shown as; tests over several models have none."""
    return {str(spec.metadata["dagster_dbt/unique_id"]): spec.key for spec in warehouse_build.check_specs}


def _events(node: Node, context: dg.AssetExecutionContext) -> Iterator[Any]:
    kind = node.unique_id.split(".", 1)[0]
    if kind in {"model", "seed"} and node.passed:
        key = TRANSLATOR.get_asset_key(_MANIFEST["nodes"][node.unique_id])
        yield dg.MaterializeResult(asset_key=key, metadata={"seconds": node.seconds, "unique_id": node.unique_id})
        return
    check = _check_keys().get(node.unique_id)
    if check is None:
        context.log.info("%s %s", node.status, node.unique_id)
    elif check in context.selected_asset_check_keys:
        severity = dg.AssetCheckSeverity.WARN if node.status == "warn" else dg.AssetCheckSeverity.ERROR
        yield dg.AssetCheckResult(
            asset_key=check.asset_key,
            check_name=check.name,
            passed=node.status == "pass",
            severity=severity,
            metadata={"seconds": node.seconds, "failures": node.failures or 0},
        )


def published_keys() -> list[dg.AssetKey]:
    """The assets whose tables are published: all models and seeds of the published schemas."""
    from orchestration.publish import PUBLISHED_SCHEMAS

    return sorted(key for key in warehouse_build.keys if key.path[0] in PUBLISHED_SCHEMAS)


def _open_data() -> list[dg.AssetSpec]:
    return [
        dg.AssetSpec(TRANSLATOR.get_asset_key(source), group_name="dbt_seeds", description=source["description"])
        for source in _MANIFEST["sources"].values()
        if source["source_name"] != STAGED_SOURCE
    ]


ASSETS = [warehouse_build]
OPEN_DATA = _open_data()
