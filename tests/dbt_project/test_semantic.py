"""What BI tools and MetricFlow can ask for by name: every rate that the codebook says is computed, as a ratio of its own parts."""

from __future__ import annotations

import csv
from typing import Any

import duckdb
import yaml
from hand_built import PROJECT

DECLARED = yaml.safe_load((PROJECT / "models" / "semantic" / "_semantic.yml").read_text(encoding="utf8"))
METRICS: dict[str, dict[str, Any]] = {metric["name"]: metric for metric in DECLARED["metrics"]}

with open(PROJECT / "seeds" / "metric.csv", encoding="utf8", newline="") as file:
    CODEBOOK = {row["metric_id"]: row for row in csv.DictReader(file)}


def test_every_rate_that_is_computed_has_a_name_and_no_other() -> None:
    rates = {name for name, metric in METRICS.items() if metric["type"] in ("ratio", "derived")}
    assert {name.removesuffix("_ratio") for name in rates} == {m for m, row in CODEBOOK.items() if row["computed_in"]}


def test_a_rate_divides_the_parts_of_its_own() -> None:
    for metric_id, row in CODEBOOK.items():
        if row["computed_in"] == "marts.metric":
            metric = METRICS[metric_id if row["factor"] == "1" else f"{metric_id}_ratio"]
            assert metric["type_params"] == {side: f"{metric_id}_{side}" for side in ("numerator", "denominator")}
            for side in ("numerator", "denominator"):
                part = METRICS[f"{metric_id}_{side}"]
                assert part["type_params"] == {"measure": f"rate_{side}"}
                assert part["filter"] == f"{{{{ Dimension('rate__metric_id') }}}} = '{metric_id}'"


def test_what_the_models_name_stands_in_the_marts(warehouse: duckdb.DuckDBPyConnection) -> None:
    for model in DECLARED["semantic_models"]:
        table = model["model"].removeprefix("ref('marts_").removesuffix("')")
        for field in (*model.get("entities", ()), *model["dimensions"], *model["measures"]):
            expression = field.get("expr", field["name"])
            assert warehouse.execute(f"select {expression} from marts.{table} limit 0").fetchall() == []
