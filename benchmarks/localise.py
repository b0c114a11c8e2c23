"""Time of localising per report, one and two seeded errors in generated reports; exit 1 above 50 ms at the median."""

from __future__ import annotations

import statistics
import sys
import time
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from generator import random_report

from expectations.localise.suspects import localise

MILLISECONDS: Final = 50.0
REPORTS: Final = 200


def measure(form: str, errors: int) -> tuple[float, float]:
    """Median and longest time of a report with `errors` wrong cells in its requests table, in milliseconds."""
    rng, times = Random(f"{form}/{errors}"), []
    for seed in range(REPORTS):
        values = {
            slot: None if value is None else Decimal(value)
            for slot, value in random_report(Random(seed), form, scale="medium").values.items()
        }
        for slot in rng.sample([slot for slot in values if "/requests/" in slot], errors):
            values[slot] = (values[slot] or Decimal(0)) + rng.choice([1, 3, 9, 27, 100])
        start = time.perf_counter()
        localise(form, values)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times), max(times)


def main() -> int:
    """Print a line a form and number of errors; 1 where a median is above the limit."""
    missed = False
    for form in ("national-2021", "national-2019"):
        for errors in (1, 2):
            median, longest = measure(form, errors)
            missed |= median > MILLISECONDS
            print(f"{form}, {errors} wrong: median {median:.2f} ms, longest {longest:.1f} ms (limit {MILLISECONDS} ms)")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
