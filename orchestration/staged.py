"""Questions about one staged load that both the Dagster metadata and the command line's summary ask.

Reads staged Parquet of one load; decides nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from expectations.database import connect
from expectations.explain import explain_results
from extract.schema import STAGED, load_folder

_REJECTS: Final = """
select f.uri as document, r.stage, r.reason, r.char_start
from reject r left join (select document_id, min(uri) as uri from delivery group by 1) f using (document_id)
order by all
"""

_HELD: Final = """
select v.report_id, r.organ_name, r.year, r.form, f.uri as document, v.gating_failed
from verdict v join report r using (report_id)
left join (select document_id, min(uri) as uri from delivery group by 1) f using (document_id)
where v.verdict = 'held' order by f.uri, r.report_id
"""

_COUNTS: Final = """
select
    (select count(distinct document_id) from delivery) as documents,
    (select count(*) from document where status = 'rejected') as rejected,
    (select count(*) from report) as reports,
    (select count(*) from verdict where verdict = 'verified') as verified,
    (select count(*) from verdict where verdict = 'unverified') as unverified,
    (select count(*) from verdict where verdict = 'held') as held,
    (select count(*) from cell) as cells,
    (select count(*) from cell where value_status = 'unreadable') as unreadable_cells,
    (select count(*) from claim where indicator_id is not null) as claims,
    (select count(*) from soft_result where status = 'FAIL') as contradictions
"""

_COMPARISONS: Final = """
select
    (select count(*) from identity_result) as identities_compared,
    (select count(*) from soft_result) as prose_compared
"""

_FORMS: Final = """
select form, count(*) as reports, min(year) as first_year, max(year) as last_year from report group by 1 order by 1
"""

_UNREADABLE: Final = """
select f.uri as document, r.organ_name, r.year, c.locator, c.raw_text, c.reason
from cell c join report r using (report_id)
left join (select document_id, min(uri) as uri from delivery group by 1) f using (document_id)
where c.value_status = 'unreadable' order by f.uri, c.cell_id
"""

_INFORMATION: Final = """
select f.uri as document, r.organ_name, r.year, i.identity_id, i.left_value, i.operator, i.right_value
from identity_result i join report r using (report_id)
left join (select document_id, min(uri) as uri from delivery group by 1) f using (document_id)
where not i.gates and i.status = 'FAIL' order by all
"""

_PROSE_RULES: Final = """
select
    identity_id,
    count(*) filter (where status = 'PASS') as agreeing,
    count(*) filter (where status = 'FAIL') as failing,
    count(*) filter (where status = 'NOT_ASSESSABLE') as not_assessable
from soft_result group by 1 order by 1
"""

_PROSE: Final = """
select
    f.uri as document, r.organ_name, r.year, s.identity_id, s.left_value, s.operator, s.right_value,
    s.sentence_zh || chr(10) || s.sentence_en as says
from soft_result s join report r using (report_id)
left join (select document_id, min(uri) as uri from delivery group by 1) f using (document_id)
where s.status = 'FAIL' order by all
"""


def _file(home: Path, load_name: str, name: str) -> Path:
    return load_folder(home / "staging", name, load_name) / "part-0.parquet"


def _ask(home: Path, load_name: str, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _table(home, load_name, query).to_pylist()
    return rows


def _table(home: Path, load_name: str, query: str) -> pa.Table:
    """The answer to a query over the staged tables of a load; one that has not been staged is empty."""
    with connect() as connection:
        for name in STAGED:
            file = _file(home, load_name, name)
            if file.exists():
                connection.read_parquet(str(file), hive_partitioning=False).create_view(name)
            else:
                connection.register(name, STAGED[name].empty_table())
        return connection.execute(query).to_arrow_table()


def counts(home: Path, load_name: str) -> dict[str, int]:
    """documents, rejected, reports, verified, unverified, held, cells, unreadable_cells, claims (with an indicator) and
    contradictions (of prose with tables or with itself) of a load."""
    return {key: int(value) for key, value in _ask(home, load_name, _COUNTS)[0].items()}


def comparisons(home: Path, load_name: str) -> dict[str, int]:
    """identities_compared and prose_compared of a load: how many rows each kind of rule gave."""
    return {key: int(value) for key, value in _ask(home, load_name, _COMPARISONS)[0].items()}


def rejects(home: Path, load_name: str) -> list[dict[str, Any]]:
    """What could not be read: document, stage, reason, char_start."""
    return _ask(home, load_name, _REJECTS)


def held_reports(home: Path, load_name: str) -> list[dict[str, Any]]:
    """Held reports: report_id, organ_name, year, form, document, gating_failed."""
    return _ask(home, load_name, _HELD)


def held_reasons(home: Path, load_name: str) -> dict[str, list[str]]:
    """report_id -> a sentence in each language on every failed identity that holds the report."""
    results = _table(home, load_name, "from identity_result where gates and status = 'FAIL'")
    cells = _table(
        home, load_name, "from cell where report_id in (from verdict select report_id where verdict = 'held')"
    )
    reasons: dict[str, list[str]] = {}
    for explanation in explain_results(results, cells):
        reasons.setdefault(explanation.report_id, []).extend((explanation.zh, explanation.en))
    return reasons


def forms(home: Path, load_name: str) -> list[dict[str, Any]]:
    """Reports and years by printed form."""
    return _ask(home, load_name, _FORMS)


def unreadable_cells(home: Path, load_name: str) -> list[dict[str, Any]]:
    """Cells that are printed but could not be read with certainty, with place and reason."""
    return _ask(home, load_name, _UNREADABLE)


def information_failures(home: Path, load_name: str) -> list[dict[str, Any]]:
    """Failed identities that never hold a report."""
    return _ask(home, load_name, _INFORMATION)


def prose_rules(home: Path, load_name: str) -> list[dict[str, Any]]:
    """What came of each rule about prose: identity_id, agreeing, failing, not_assessable."""
    return _ask(home, load_name, _PROSE_RULES)


def prose_contradictions(home: Path, load_name: str) -> list[dict[str, Any]]:
    """Where prose contradicts a table or itself, with both numbers and a sentence in each language."""
    return _ask(home, load_name, _PROSE)
