"""A data home with hand-made staged loads and a hand-made build, to test publishing without reader and dbt."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from staged_truth import write_load

from expectations.gate import staged_fingerprint
from extract.schema import JUDGED, STAGED, write_staged
from orchestration.audit import staged_sql
from orchestration.home import prepare_home
from orchestration.publish import begin_build, finish_build

SLOTS = ("national-2021/requests/1/natural_person", "national-2021/requests/1/total")


def report_rows(number: int, value: int = 7) -> dict[str, list[dict[str, Any]]]:
    """Staged rows of one document with one report of two cells; `number` makes them differ."""
    document_id = str(number) * 64
    report_id = f"{document_id[:20]}-1"
    cells = [
        {
            "cell_id": f"{report_id}:{place:04d}",
            "report_id": report_id,
            "slot_id": slot,
            "raw_text": str(value),
            "value": Decimal(value),
            "unit": "件",
            "value_status": "reported",
            "is_inferred": False,
            "char_start": place,
            "char_end": place + 1,
        }
        for place, slot in enumerate(SLOTS, start=1)
    ]
    document = {"document_id": document_id, "byte_count": 9, "char_count": 9, "status": "read", "reader_version": "1"}
    report = {
        "report_id": report_id,
        "document_id": document_id,
        "ordinal": 1,
        "organ_name": f"甲{number}县人民政府",
        "organ_basis": "title",
        "year": 2023,
        "form": "national-2021",
        "coverage": "government_level",
        "char_start": 0,
        "char_end": 9,
    }
    delivery = {"document_id": document_id, "uri": f"/inbox/{number}.txt", "byte_count": 9}
    compared = {
        "report_id": report_id,
        "identity_id": "N-01",
        "instance_key": "total",
        "operator": "=",
        "status": "NOT_ASSESSABLE",
        "severity": "warning",
        "sentence_zh": "说明",
        "sentence_en": "explanation",
    }
    rows = {"document": [document], "report": [report], "cell": cells, "delivery": [delivery]}
    return rows | {"soft_result": [compared]}


def stage_load(
    home: Path, name: str, numbers: list[int], sequence: int = 1, passed: bool = True, value: int = 7
) -> None:
    """Stage a load of one report per number, judged as `passed`."""
    prepare_home(home)
    rows: dict[str, list[dict[str, Any]]] = {}
    for number in numbers:
        for table, more in report_rows(number, value).items():
            rows.setdefault(table, []).extend(more)
    staging = home / "staging"
    write_load(staging, name, rows, sequence)
    for table in JUDGED[:-1]:
        write_staged(staging, name, table, pa.Table.from_pylist(rows.get(table, []), schema=STAGED[table]))
    verdicts = [
        {"report_id": row["report_id"], "verdict": "verified", "gating_compared": 1, "gating_failed": 0}
        for row in rows["report"]
    ]
    write_staged(staging, name, "verdict", pa.Table.from_pylist(verdicts, schema=STAGED["verdict"]))
    gate = {
        "load_name": name,
        "passed": passed,
        "reason": None if passed else "too many held",
        "documents": len(numbers),
        "reports": len(numbers),
        "held": 0,
        "held_share": 0.0,
        "staged_fingerprint": staged_fingerprint(home, name),
        "results_json": "[]",
    }
    write_staged(staging, name, "load_gate", pa.Table.from_pylist([gate], schema=STAGED["load_gate"]))


_BUILD = """
create schema provenance; create schema marts; create schema quality; create schema codebook;
create schema intermediate;
create table intermediate.gate as {load_gate};
create table intermediate.first as
    select * from ({delivery}) where load_name in (select load_name from intermediate.gate where passed)
    qualify row_number() over (partition by document_id order by load_sequence, uri) = 1;
create table provenance.delivery as
    select document_id, load_name, uri from ({delivery})
    where load_name in (select load_name from intermediate.gate where passed);
create table provenance.document (
    document_id varchar not null, uri varchar, media_type varchar, encoding varchar, byte_count bigint, status varchar,
    reason varchar, reader_version varchar);
insert into provenance.document
    select document_id, f.uri, media_type, encoding, d.byte_count, status, reason, reader_version
    from ({document}) d join intermediate.first f using (document_id, load_name);
create table provenance.report as
    select r.* exclude (load_name), 'verified' as verdict, true as is_current
    from ({report}) r join intermediate.first f using (document_id, load_name);
create table provenance.cell as
    select c.* exclude (load_name) from ({cell}) c
    join (select report_id, load_name from ({report}) join intermediate.first using (document_id, load_name))
    using (report_id, load_name);
create table provenance.claim as from ({claim}) limit 0;
create table quality.soft_result as
    select s.* exclude (load_name) from ({soft_result}) s
    join (select report_id, load_name from ({report}) join intermediate.first using (document_id, load_name))
    using (report_id, load_name);
create table provenance.reject as from ({reject}) limit 0;
create table provenance.observation as
    select cell_id as observation_id, report_id, value, value_status from provenance.cell;
create table marts.observation as from provenance.observation;
create view codebook.indicator as select 'requests_received' as indicator_id, '收到申请' as label_zh;
create table quality.load_gate as from intermediate.gate;
create table quality.balance as
    select 'document' as subject, load_name, 'read' as fate, count(*) as number from provenance.delivery group by 2;
comment on table provenance.document is '文件 | documents';
comment on column provenance.document.uri is '首次交付的位置 | where it was first delivered';
comment on view codebook.indicator is '指标 | indicators';
comment on column codebook.indicator.label_zh is '中文名 | label in Chinese';
"""


def build(home: Path, finish: bool = True) -> None:
    """Build from all passing loads, as dbt would, in a few statements."""
    target = begin_build(home)
    queries = {table: staged_sql(home, table) for table in STAGED}
    with duckdb.connect(str(target)) as connection:
        connection.execute(_BUILD.format(**queries))
    if finish:
        finish_build(home, {})
