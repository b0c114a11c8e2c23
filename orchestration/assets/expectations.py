"""Assets of expectations/: the evaluated rules of a load, and its gate."""

from collections.abc import Iterator

import dagster as dg

from expectations.decisions import DecisionError
from expectations.evaluate import evaluate_load
from expectations.gate import CheckResult, judge
from extract.files.archive import forget_loaded_at
from orchestration import staged
from orchestration.assets.common import LOADS, DataHome, table
from orchestration.assets.extract import staged_reports
from orchestration.progress import tell

GROUP = "expectations"


@dg.asset(partitions_def=LOADS, group_name=GROUP, deps=[staged_reports], kinds={"duckdb", "parquet"})
def identity_evaluation(context: dg.AssetExecutionContext, home: DataHome) -> dg.MaterializeResult[None]:
    """勾稽关系 Every identity of every report and what its prose says, compared; and the verdict on each report."""
    tell("evaluate")
    load = context.partition_key
    try:
        evaluate_load(home.path, load)
    except DecisionError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    counts = staged.counts(home.path, load)
    return dg.MaterializeResult(
        metadata={
            **{name: counts[name] for name in ("verified", "unverified", "held")},
            **staged.comparisons(home.path, load),
            "prose_rules": table(staged.prose_rules(home.path, load)),
            "held_reports": table(_held(home, load)),
        }
    )


def _held(home: DataHome, load: str) -> list[dict[str, object]]:
    """The held reports of a load, each with the sentences that say why."""
    reasons = staged.held_reasons(home.path, load)
    held = staged.held_reports(home.path, load)
    return [{**row, "reason": " ".join(reasons.get(row["report_id"], []))} for row in held]


@dg.asset_check(asset=identity_evaluation, blocking=True)
def load_gate(context: dg.AssetCheckExecutionContext, home: DataHome) -> dg.AssetCheckResult:
    """装载闸门 Great Expectations judges the load. A load that fails publishes nothing; the former release stays."""
    tell("gate")
    load = context.partition_key
    decision = judge(home.path, load)
    if not decision.passed:
        forget_loaded_at(home.path, load)
    return dg.AssetCheckResult(
        passed=decision.passed,
        severity=dg.AssetCheckSeverity.ERROR,
        description=decision.reason,
        metadata={
            "reason": decision.reason or "—",
            "expectations": table([_shown(result) for result in decision.results]),
            "held_reports": table(staged.held_reports(home.path, load)),
        },
    )


def _shown(result: CheckResult) -> dict[str, object]:
    outcome = "crashed" if result.crashed else "met" if result.success else "broken"
    sample = "; ".join(", ".join(map(str, row.values())) for row in result.sample[:3])
    return {
        "expectation": result.name,
        "severity": result.severity,
        "outcome": outcome,
        "violations": result.unexpected,
        "sample": result.error or sample,
        "says": f"{result.title_zh} / {result.title_en}",
    }


@dg.multi_asset_check(
    specs=[
        dg.AssetCheckSpec(
            "reports_not_held",
            asset=identity_evaluation,
            description="没有报告被扣留 No report is held; the table lists those that are.",
        ),
        dg.AssetCheckSpec(
            "information_identities",
            asset=identity_evaluation,
            description="提示性勾稽关系成立 Identities that never hold a report are met.",
        ),
        dg.AssetCheckSpec(
            "prose_agrees",
            asset=identity_evaluation,
            description="文表一致 Prose contradicts neither the tables nor itself; the table lists where it does.",
        ),
    ],
)
def evaluation_checks(context: dg.AssetCheckExecutionContext, home: DataHome) -> Iterator[dg.AssetCheckResult]:
    """Held reports and information rules are shown; they do not stop the rest of a load."""
    load = context.partition_key
    found = {
        "reports_not_held": staged.held_reports(home.path, load),
        "information_identities": staged.information_failures(home.path, load),
        "prose_agrees": staged.prose_contradictions(home.path, load),
    }
    for name, rows in found.items():
        yield dg.AssetCheckResult(
            asset_key=identity_evaluation.key,
            check_name=name,
            passed=not rows,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"count": len(rows), "rows": table(rows)},
        )


ASSETS = [identity_evaluation]
CHECKS = [load_gate, evaluation_checks]
