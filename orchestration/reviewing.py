"""Applies the reviewers' decisions to the loads of a home that were evaluated under others, and stages the decisions.

What a decision means is expectations/; this only says in which order things are done, and when a run has to end.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from expectations.decisions import DecisionError
from expectations.evaluate import evaluate_load
from expectations.review import review
from extract.schema import DECISIONS, write_staged


class Settled(NamedTuple):
    """The decisions of the file, and the loads that were evaluated again because of them."""

    decisions: list[dict[str, Any]]
    evaluated_again: list[str]


def settle_decisions(home: Path) -> Settled:
    """Evaluate and judge again each load whose decisions changed, and stage the decisions for dbt.

    Raises DecisionError where the file is faulty, where a decision no longer matches the source, or where a load that
    was published before would be refused; nothing is published then.
    """
    found = review(home)
    if found.problems:
        raise DecisionError("\n".join(found.problems))
    for load_name in found.stale:
        _evaluate_again(home, load_name)
    write_staged(home / "staging", DECISIONS, "decision", found.decision)
    return Settled(found.decision.to_pylist(), list(found.stale))


def _evaluate_again(home: Path, load_name: str) -> None:
    from expectations.gate import judge, load_passed

    passed_before = load_passed(home, load_name)
    evaluate_load(home, load_name)
    decision = judge(home, load_name)
    if passed_before and not decision.passed:
        raise DecisionError(f"with these decisions load {load_name} no longer passes its gate: {decision.reason}")
