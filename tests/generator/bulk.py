"""Many documents for load tests and benchmarks (about 1 ms each). Composes figures and printing; adds neither."""

import re
from dataclasses import dataclass
from random import Random

from .figures import Report, mutate, random_report
from .places import numbered_organs
from .printing import render

# The total column closes over the applicants in every line, so a change there breaks a sum of the form.
PROTECTED = "national-2021/requests/requests_disposed_total/total"
_CELL_NUMBER = re.compile(r"(?<=[|\n\t ])(\d+)(?=[ \t]*(?:\||\r?\n|\t))")


@dataclass(frozen=True)
class LoadReport:
    """A document of a load: its name, text, and report; `wrong` where one protected total was changed."""

    name: str
    text: str
    report: Report
    wrong: bool


def load_documents(count: int, wrong: int = 0, seed: int = 0) -> list[LoadReport]:
    """`count` reports of the 2021 form as pipe rows, all of different organs, `wrong` of them with a total that is one off."""
    rng = Random(seed)
    bad = set(rng.sample(range(count), wrong))
    documents = []
    for index, organ in enumerate(numbered_organs(count)):
        drawn = random_report(rng, "national-2021")
        report = Report(drawn.form, organ, drawn.year, drawn.values)
        if index in bad:
            report = mutate(report, PROTECTED)
        documents.append(
            LoadReport(
                f"report-{index:05d}.txt",
                render(report, "pipe_rows").text,
                report,
                index in bad,
            )
        )
    return documents


def with_other_figures(text: str, rng: Random) -> str:
    """A copy of a page with other whole numbers in its cells, of like size (sums no longer close).

    Real tables are mostly zeros: one zero in ten becomes a number.
    """

    def other(match: re.Match[str]) -> str:
        digits = len(match.group())
        if match.group() == "0":
            return str(rng.randint(1, 99)) if rng.random() < 0.1 else "0"
        return str(rng.randint(10 ** (digits - 1), 10**digits - 1))

    return _CELL_NUMBER.sub(other, text)
