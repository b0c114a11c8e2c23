"""A run that is killed anywhere and run again ends in the same release, and no reader ever sees another.

In a file of its own, for it takes as long as all other end-to-end tests together.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

from releases import ask, write_reports

from orchestration.commands import load
from orchestration.home import release_file
from orchestration.publish import published_id

ROOT = Path(__file__).resolve().parents[2]

KILLS = {
    "keeping": ("extract.files.archive", "staged_writer", 0),
    "staging": ("extract.stage", "unnest", 0),
    "evaluating": ("expectations.evaluate", "_evaluate_part", 0),
    "judging": ("expectations.gate", "write_staged", 0),
    "building": ("orchestration.assets.dbt_project", "tell", 9),
    "publishing": ("orchestration.publish", "_sync", 0),
}
"""Where a run is killed: at the call number n (from 0) of a function of a module."""

KILLED = """
import importlib, os, signal, sys
from pathlib import Path
module, function, calls = importlib.import_module(sys.argv[1]), sys.argv[2], int(sys.argv[3])
real = getattr(module, function)
def dying(*args):
    global calls
    if calls == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    calls -= 1
    return real(*args)
setattr(module, function, dying)
from orchestration.commands import load
load.run([Path(sys.argv[4])], Path(sys.argv[5]), "killed")
"""


def test_a_run_killed_anywhere_and_run_again_ends_in_the_same_release(tmp_path: Path) -> None:
    write_reports(tmp_path / "first", 2, wrong=0, seed=1)
    write_reports(tmp_path / "both", 5, wrong=1, seed=2)
    assert load.run([tmp_path / "first"], tmp_path / "killed", "first") == 0
    shutil.copytree(tmp_path / "killed", tmp_path / "clean")
    before = published_id(release_file(tmp_path / "killed"))
    for place, (module, function, calls) in KILLS.items():
        words = [module, function, str(calls), str(tmp_path / "both"), str(tmp_path / "killed")]
        run = subprocess.run([sys.executable, "-c", KILLED, *words], cwd=ROOT, capture_output=True)
        assert run.returncode == -signal.SIGKILL, (place, run.stderr.decode())
        assert published_id(release_file(tmp_path / "killed")) == before, place
        assert ask(tmp_path / "killed", "select count(*) from provenance.report") == [(2,)], place
    for data in ("killed", "clean"):
        assert load.run([tmp_path / "both"], tmp_path / data, "killed") == 0
    assert published_id(release_file(tmp_path / "killed")) == published_id(release_file(tmp_path / "clean")) != before
