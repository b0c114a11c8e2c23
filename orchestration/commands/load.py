"""`ogi load`: registers a delivery, runs the whole Dagster job over it in this process, and prints what came of it."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from expectations.decisions import read_decisions
from extract.files.archive import list_files, register
from extract.schema import check_load_name
from orchestration.commands.console import complain, errors
from orchestration.commands.summary import print_summary
from orchestration.home import PROJECT, HomeError, hold, home_path, prepare_home
from orchestration.names import load_name_of
from orchestration.progress import listening

if TYPE_CHECKING:
    import dagster as dg

OK: Final = 0
REFUSED: Final = 1
UNUSABLE: Final = 2

_STEPS: Final = {
    "start": "准备 starting",
    "keep": "存档 keeping documents",
    "stage": "读取 reading reports",
    "evaluate": "核对 comparing sums",
    "gate": "闸门 judging the load",
    "decide": "复核 applying decisions",
    "dbt": "建模 building tables",
    "publish": "发布 publishing",
}


def run(paths: Sequence[Path], home: Path | None, name: str | None) -> int:
    """Load `paths` into the data home; returns the exit code."""
    folder = home_path(home)
    try:
        load_name = check_load_name(name if name is not None else load_name_of(paths))
        if any(folder.is_relative_to(path.absolute()) for path in paths):
            raise HomeError(f"the data home {folder} lies inside what is to be loaded; name another with --home")
        if not list_files(paths):
            raise FileNotFoundError(f"{', '.join(map(str, paths))}: holds no file")
        prepare_home(folder)
        read_decisions(folder)
        with hold(folder):
            return _run_held(paths, folder, load_name)
    except (HomeError, FileNotFoundError, PermissionError, ValueError) as error:
        complain(str(error))
        return UNUSABLE


def _run_held(paths: Sequence[Path], home: Path, load_name: str) -> int:
    started = time.monotonic()
    register(home, load_name, paths)
    job_environment(home)
    with shown_progress(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries, for those who develop them
        problem = _run_job(home, load_name)
    print_summary(home, load_name, time.monotonic() - started, problem)
    return OK if problem is None else REFUSED


def job_environment(home: Path) -> None:
    """What Dagster, dbt and Great Expectations read from the environment: the folders, and that nothing phones home."""
    os.environ.update(
        OGI_HOME=str(home),
        OGI_DAGSTER=str(home / "dagster"),
        DAGSTER_HOME=str(home / "dagster"),
        DBT_SEND_ANONYMOUS_USAGE_STATS="false",
        DO_NOT_TRACK="1",
        GX_ANALYTICS_ENABLED="false",
    )


def _run_job(home: Path, load_name: str) -> str | None:
    """Run the job for one load; returns what went wrong, None where the load was published."""
    from orchestration.dbt_build import DbtError

    try:
        from orchestration.definitions import LOAD_JOB
    except DbtError as error:
        return str(error)
    return run_job(LOAD_JOB, load_name)


def run_job(job: str, load_name: str | None = None) -> str | None:
    """Run a job in this process, over one load where it has partitions; returns what went wrong, None where it
    published. The environment names the home."""
    import dagster as dg

    from orchestration.definitions import defs

    with dg.DagsterInstance.from_config(str(PROJECT)) as instance:
        if load_name is not None:
            instance.add_dynamic_partitions("load", [load_name])
        result = defs.resolve_job_def(job).execute_in_process(
            instance=instance,
            partition_key=load_name,
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
        published = any(event.step_key == "published_warehouse" for event in result.get_asset_materialization_events())
        return None if result.success and published else _problem(result)


def _problem(result: dg.ExecuteInProcessResult) -> str:
    """The first cause of a failed run, in words: a refused gate, or the error of the asset that failed."""
    for evaluation in result.get_asset_check_evaluations():
        if evaluation.asset_check_key.name == "load_gate" and not evaluation.passed:
            return f"the gate refused the load, nothing was published: {evaluation.metadata['reason'].value}"
    for event in result.all_events:
        if event.is_failure:
            data: Any = event.event_specific_data
            described = getattr(data, "user_failure_data", None)
            reason = described.description if described else _root_cause(getattr(data, "error", None))
            return f"{event.step_key or 'the run'} failed: {reason or event.message}"
    return "the run ended without publishing; its log is in the Dagster UI (make ui)"


def _root_cause(error: Any) -> str | None:
    """The message of the innermost of chained errors; None where there is no error."""
    while error is not None and error.cause is not None:
        error = error.cause
    return None if error is None else str(error.message).strip()


class _Rate(ProgressColumn):
    """How many a second are done of the current step, and how many of them were rejected."""

    def render(self, task: Task) -> Text:
        """The figures of `task`; nothing where a step counts nothing."""
        if not task.completed or not task.elapsed:
            return Text("")
        begun, rejected = task.fields["begun"], task.fields["rejected"]
        text = Text(f"{task.completed / max(task.elapsed - begun, 0.001):,.0f}/s")
        if rejected:
            text.append(f"  {rejected:,} 未能读取 rejected", style="yellow")
        return text


@contextmanager
def shown_progress() -> Iterator[None]:
    """Show the current step on standard error while the block runs."""
    step = TextColumn("{task.description}")
    columns = (SpinnerColumn(), step, BarColumn(), MofNCompleteColumn(), _Rate(), TimeElapsedColumn())
    with Progress(*columns, console=errors(), transient=True) as progress:
        task = progress.add_task(_STEPS["start"], total=None, begun=0.0, rejected=0)
        current = "start"

        def show(step: str, done: int, total: int, rejected: int) -> None:
            nonlocal current
            if step != current:
                current = step
                progress.update(task, begun=progress.tasks[0].elapsed or 0.0)
            progress.update(task, description=_STEPS[step], completed=done, total=total or None, rejected=rejected)

        with listening(show):
            yield
