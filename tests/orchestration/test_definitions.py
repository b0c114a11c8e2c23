"""What Dagster sees: definitions that load, the order of the road, the blocking gate, and the inbox sensor."""

from __future__ import annotations

import json
import os
from pathlib import Path

import dagster as dg
import pytest

from orchestration import dbt_build, sensor
from orchestration.definitions import LOAD_JOB, defs
from orchestration.publish import PUBLISHED_SCHEMAS


@pytest.fixture(scope="module")
def graph() -> dg.AssetGraph:
    return defs.resolve_asset_graph()  # type: ignore[return-value]  # Dagster types the base class


def groups(graph: dg.AssetGraph) -> set[str]:
    return {str(node.group_name) for node in graph.asset_nodes}


def test_definitions_load_and_validate() -> None:
    dg.Definitions.validate_loadable(defs)


def test_assets_are_grouped_by_folder(graph: dg.AssetGraph) -> None:
    folders = {"staging", "intermediate", "provenance", "marts", "quality", "codebook", "seeds"}
    assert groups(graph) >= {"extract", "expectations", "publish"} | {f"dbt_{folder}" for folder in folders}
    assert "default" not in groups(graph)


def test_extract_and_gate_are_partitioned_by_load_and_the_rest_is_not(graph: dg.AssetGraph) -> None:
    for node in graph.asset_nodes:
        partitioned = node.group_name in {"extract", "expectations"}
        assert (node.partitions_def is not None) is partitioned, node.key


def test_every_asset_says_what_it_is(graph: dg.AssetGraph) -> None:
    silent = [
        node.key
        for node in graph.asset_nodes
        if not (node.description or "").strip() and node.group_name not in {"dbt_staging", "dbt_intermediate"}
    ]
    assert silent == []


def test_the_release_comes_after_everything_that_is_published(graph: dg.AssetGraph) -> None:
    parents = graph.get(dg.AssetKey("published_warehouse")).parent_keys
    published = {node.key for node in graph.asset_nodes if node.key.path[0] in PUBLISHED_SCHEMAS}
    assert parents == published
    assert dg.AssetKey(["marts", "observation"]) in parents


def test_dbt_reads_the_assets_that_stage(graph: dg.AssetGraph) -> None:
    read = {
        parent
        for node in graph.asset_nodes
        if (node.group_name or "").startswith("dbt_")
        for parent in node.parent_keys
        if not (graph.get(parent).group_name or "").startswith("dbt_")
    }
    assert read == {
        dg.AssetKey(name) for name in ("raw_documents", "staged_reports", "identity_evaluation", "reviewed_decisions")
    }


def test_open_data_is_what_places_are_made_of(graph: dg.AssetGraph) -> None:
    township = graph.get(dg.AssetKey(["open_data", "township"]))
    assert not township.is_materializable
    assert {graph.get(child).group_name for child in township.child_keys} == {"dbt_places"}


def test_the_load_gate_blocks_what_comes_after(graph: dg.AssetGraph) -> None:
    checks = {key.name: graph.get(key) for key in graph.get_check_keys_for_assets({dg.AssetKey("identity_evaluation")})}
    assert checks["load_gate"].blocking
    assert [name for name, check in checks.items() if check.blocking] == ["load_gate"]


def test_one_job_runs_a_load_from_documents_to_release() -> None:
    steps = {node.name for node in defs.resolve_job_def(LOAD_JOB).all_node_defs}
    assert {"raw_documents", "staged_reports", "identity_evaluation", "warehouse_build", "published_warehouse"} <= steps


def test_an_absent_manifest_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbt_build, "MANIFEST", tmp_path / "manifest.json")
    with pytest.raises(dbt_build.DbtError, match=r"manifest\.json is missing: run `make setup`"):
        dbt_build.check_manifest()


def test_a_stale_manifest_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.touch()
    os.utime(manifest, (0, 0))
    monkeypatch.setattr(dbt_build, "MANIFEST", manifest)
    with pytest.raises(dbt_build.DbtError, match="newer than the dbt manifest"):
        dbt_build.check_manifest()


# The inbox.


def test_a_delivery_is_taken_when_it_has_stopped_growing(tmp_path: Path) -> None:
    report = tmp_path / "报告.txt"
    report.write_text("half")
    ready, cursor = sensor.arrived(tmp_path, None)
    assert ready == []
    report.write_text("half and the other half")
    ready, cursor = sensor.arrived(tmp_path, cursor)
    assert ready == []
    ready, cursor = sensor.arrived(tmp_path, cursor)
    assert [delivery for delivery, _ in ready] == [report]
    ready, cursor = sensor.arrived(tmp_path, cursor)
    assert ready == []


def test_a_changed_delivery_is_taken_again(tmp_path: Path) -> None:
    folder = tmp_path / "spring"
    folder.mkdir()
    (folder / "one.txt").write_text("one")
    cursor = None
    taken = []
    for look in range(6):
        if look == 3:
            (folder / "two.txt").write_text("two")
        ready, cursor = sensor.arrived(tmp_path, cursor)
        taken.append([delivery.name for delivery, _ in ready])
    assert taken == [[], ["spring"], [], [], ["spring"], []]


def test_hidden_files_and_empty_folders_are_no_delivery(tmp_path: Path) -> None:
    (tmp_path / ".copying.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    _, cursor = sensor.arrived(tmp_path, None)
    ready, _ = sensor.arrived(tmp_path, cursor)
    assert ready == []


def test_the_sensor_registers_a_delivery_and_asks_for_its_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGI_HOME", str(tmp_path))
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "spring.txt").write_text("x")
    inbox = defs.get_sensor_def("inbox")
    with dg.DagsterInstance.ephemeral() as instance:
        first = inbox(dg.build_sensor_context(instance=instance))
        assert isinstance(first, dg.SensorResult) and not first.run_requests
        second = inbox(dg.build_sensor_context(instance=instance, cursor=first.cursor))
    assert isinstance(second, dg.SensorResult) and second.run_requests
    (request,) = second.run_requests
    (added,) = second.dynamic_partitions_requests or []
    assert added.partition_keys == [request.partition_key]
    entry = json.loads((tmp_path / "loads" / f"{request.partition_key}.json").read_text(encoding="utf8"))
    assert entry["paths"] == [str(tmp_path / "inbox" / "spring.txt")]
