"""The asset of the reviewers' decisions: held against all loads, applied where they were not yet. Not partitioned."""

import dagster as dg

from expectations.decisions import DecisionError
from orchestration.assets.common import DataHome, table
from orchestration.assets.expectations import identity_evaluation
from orchestration.progress import tell
from orchestration.reviewing import settle_decisions

GROUP = "decisions"


@dg.asset(group_name=GROUP, deps=[identity_evaluation], kinds={"csv"})
def reviewed_decisions(home: DataHome) -> dg.MaterializeResult[None]:
    """复核决定 The reviewers' decisions (decisions.csv), applied to all loads; one that no longer matches ends it."""
    tell("decide")
    try:
        settled = settle_decisions(home.path)
    except DecisionError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    return dg.MaterializeResult(
        metadata={
            "decisions": len(settled.decisions),
            "loads_evaluated_again": ", ".join(settled.evaluated_again) or "—",
            "rows": table(settled.decisions),
        }
    )


ASSETS = [reviewed_decisions]
