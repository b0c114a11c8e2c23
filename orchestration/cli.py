"""The `ogi` command: what it takes and which exit code it gives. What the commands do is in commands/.

Each command imports what it needs when it runs, so that `ogi check` starts without Dagster, dbt or Great Expectations.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

app = typer.Typer(
    name="ogi",
    help="Annual reports on open government information, read into one checked DuckDB warehouse.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

HomeOption = Annotated[Path | None, typer.Option("--home", help="The data home; OGI_HOME or ./data where not given.")]


class Format(StrEnum):
    """For people or for programs."""

    TABLE = "table"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="table for people, json for programs.")]


@app.command()
def load(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files or folders with reports.")],
    home: HomeOption = None,
    name: Annotated[str | None, typer.Option("--load", help="What to call this load; else after its paths.")] = None,
) -> None:
    """Read reports, check them, publish the warehouse. Exit 0 published, 1 refused or failed, 2 wrong path or home."""
    from orchestration.commands.load import run

    raise typer.Exit(run(paths, home, name))


@app.command()
def decide(home: HomeOption = None) -> None:
    """Apply decisions.csv of the home to what is loaded. Exit 0 published, 1 refused or no match, 2 faulty file."""
    from orchestration.commands.decide import run

    raise typer.Exit(run(home))


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Reports to check before they are published.")],
    format: FormatOption = Format.TABLE,
) -> None:
    """Read reports, check their sums and their prose, without a warehouse. Exit 0 clean, 1 findings, 2 unreadable."""
    sys.meta_path.insert(0, _WithoutPandas)
    from orchestration.commands.check import run

    raise typer.Exit(run(files, as_json=format is Format.JSON))


class _WithoutPandas:
    """Hides pandas from pyarrow, which imports it, a quarter of a second, to ask whether a list is a Series."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError("pandas is not used here", name=name)


@app.command()
def explain(
    id: Annotated[
        list[str], typer.Argument(metavar="ID", help="An observation_id or claim_id, or organ, year and indicator.")
    ],
    home: HomeOption = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Show where a number of the warehouse stands in print. Exit 0 found, 1 not in the warehouse, 2 no warehouse."""
    from orchestration.commands.explain import run

    raise typer.Exit(run(id, home, as_json=format is Format.JSON))


class PageFormat(StrEnum):
    """What a notice is written as."""

    HTML = "html"
    MARKDOWN = "md"
    JSON = "json"


@app.command()
def notice(
    key: Annotated[list[str], typer.Argument(metavar="ORGAN YEAR", help="Whose report; or a report_id alone.")],
    home: HomeOption = None,
    format: Annotated[PageFormat, typer.Option("--format", help="html, md or json.")] = PageFormat.HTML,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write; else standard output.")] = None,
) -> None:
    """Write to the office what does not add up in its report. Exit 0 written, 1 no such report, 2 no warehouse."""
    from orchestration.commands.notice import run

    raise typer.Exit(run(key, home, format.value, out))


def main() -> NoReturn:
    """The console script."""
    app()
    raise SystemExit(0)
