"""Watches the inbox: every file or folder that is put there and no longer grows becomes a load of its own."""

import json
from pathlib import Path
from typing import Any

import dagster as dg

from extract.files.archive import list_files, register
from orchestration.assets.common import LOADS
from orchestration.home import home_path, prepare_home
from orchestration.names import load_name_of

Signature = list[int]
"""Files, bytes and newest change of a delivery; the same twice means that nobody is still copying."""


def signature(delivery: Path) -> Signature:
    """How a delivery looks now."""
    stats = [file.stat() for file in list_files([delivery])]
    return [len(stats), sum(stat.st_size for stat in stats), max((stat.st_mtime_ns for stat in stats), default=0)]


def arrived(inbox: Path, cursor: str | None) -> tuple[list[tuple[Path, Signature]], str]:
    """Deliveries that are complete and not yet loaded as they are now, and the cursor to keep.

    A delivery is complete when it looks as it did at the former look and holds at least one file.
    """
    before = json.loads(cursor) if cursor else {}
    seen, ready = {}, []
    for delivery in sorted(inbox.iterdir()):
        if delivery.name.startswith("."):
            continue
        now, former = signature(delivery), before.get(delivery.name, {})
        loaded = former.get("loaded")
        if now[0] and now == former.get("seen") and now != loaded:
            ready.append((delivery, now))
            loaded = now
        seen[delivery.name] = {"seen": now, "loaded": loaded}
    return ready, json.dumps(seen, ensure_ascii=False)


def inbox_sensor(job: Any) -> dg.SensorDefinition:
    """The sensor that runs `job` for each new delivery."""

    @dg.sensor(name="inbox", job=job, minimum_interval_seconds=15, default_status=dg.DefaultSensorStatus.RUNNING)
    def inbox(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """收件箱 A new file or folder in the inbox of the data home becomes a load."""
        home = home_path()
        prepare_home(home)
        ready, cursor = arrived(home / "inbox", context.cursor)
        requests = []
        for delivery, now in ready:
            name = load_name_of([delivery])
            register(home, name, [delivery])
            requests.append(dg.RunRequest(run_key=f"{name}:{'-'.join(map(str, now))}", partition_key=name))
        return dg.SensorResult(
            run_requests=requests,
            dynamic_partitions_requests=[LOADS.build_add_request([str(request.partition_key) for request in requests])],
            cursor=cursor,
        )

    return inbox
