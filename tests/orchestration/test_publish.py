"""Publishing: whole or not at all, only what the gates passed, and the same content under the same id."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from published_home import build, stage_load

from extract.schema import STAGED, drop_staged, empty, write_staged
from orchestration.home import build_file, release_file
from orchestration.publish import PublishError, Release, publish, published_id

ROOT = Path(__file__).resolve().parents[2]


def publish_load(home: Path, name: str = "first", numbers: tuple[int, ...] = (1, 2), **how: int) -> Release:
    stage_load(home, name, list(numbers), **how)
    build(home)
    return publish(home)


def observations(file: Path) -> list[tuple[str, int]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        rows = connection.execute("select observation_id, value::int from marts.observation order by 1").fetchall()
    return [(str(key), int(value)) for key, value in rows]


def expected(*numbers: int, value: int = 7) -> list[tuple[str, int]]:
    return [(f"{str(number) * 20}-1:{place:04d}", value) for number in numbers for place in (1, 2)]


def test_a_release_holds_the_published_schemas_only(tmp_path: Path) -> None:
    publish_load(tmp_path)
    with duckdb.connect(str(release_file(tmp_path)), read_only=True) as connection:
        schemas = connection.execute("select distinct schema_name from duckdb_tables() order by 1").fetchall()
        views = connection.execute("select count(*) from duckdb_views() where not internal").fetchall()
    assert schemas == [("codebook",), ("marts",), ("provenance",), ("quality",)]
    assert views == [(0,)]


def test_a_release_is_readable_under_another_file_and_catalog_name(tmp_path: Path) -> None:
    publish_load(tmp_path)
    elsewhere = tmp_path / "somewhere else.duckdb"
    elsewhere.write_bytes(release_file(tmp_path).read_bytes())
    with duckdb.connect() as connection:
        connection.execute(f"attach '{elsewhere}' as \"another name\" (read_only)")
        tables = connection.execute(
            "select schema_name, table_name, estimated_size from duckdb_tables() where database_name = 'another name'"
        ).fetchall()
        read = {
            (schema, table): len(connection.execute(f'from "another name"."{schema}"."{table}"').fetchall())
            for schema, table, _ in tables
        }
    assert read[("provenance", "document")] == 2
    assert read[("provenance", "cell")] == 4
    assert read[("codebook", "indicator")] == 1
    assert all((schema, table) in read for schema, table, _ in tables)


def test_a_release_is_in_the_format_that_older_drivers_open(tmp_path: Path) -> None:
    publish_load(tmp_path)
    (version,) = struct.unpack("<Q", release_file(tmp_path).read_bytes()[12:20])
    assert version == 67


def test_a_release_keeps_comments_and_constraints(tmp_path: Path) -> None:
    publish_load(tmp_path)
    with duckdb.connect(str(release_file(tmp_path)), read_only=True) as connection:
        tables = connection.execute(
            "select table_name, comment from duckdb_tables() where comment is not null order by 1"
        )
        assert tables.fetchall() == [
            ("document", "文件 | documents"),
            ("indicator", "指标 | indicators"),
            ("release", "这一发布版本的标识与行数 | identity and size of this release; one row"),
        ]
        columns = connection.execute(
            """select table_name, column_name, comment from duckdb_columns()
            where comment is not null and table_name <> 'release' order by all"""
        )
        assert columns.fetchall() == [
            ("document", "uri", "首次交付的位置 | where it was first delivered"),
            ("indicator", "label_zh", "中文名 | label in Chinese"),
        ]
        nullable = connection.execute(
            "select is_nullable from duckdb_columns() where table_name = 'document' and column_name = 'document_id'"
        )
        assert nullable.fetchall() == [(False,)]


def test_publishing_the_same_build_content_again_gives_the_same_id(tmp_path: Path) -> None:
    first = publish_load(tmp_path)
    build(tmp_path)
    second = publish(tmp_path)
    assert (second.release_id, second.changed) == (first.release_id, False)
    assert published_id(release_file(tmp_path)) == first.release_id


def test_a_changed_value_gives_another_id(tmp_path: Path) -> None:
    first = publish_load(tmp_path)
    second = publish_load(tmp_path, value=8)
    assert second.changed
    assert second.release_id != first.release_id
    assert observations(release_file(tmp_path)) == expected(1, 2, value=8)


def test_the_same_documents_in_a_second_load_add_nothing_and_keep_the_id(tmp_path: Path) -> None:
    first = publish_load(tmp_path)
    second = publish_load(tmp_path, name="again", sequence=2)
    assert second.release_id == first.release_id
    assert observations(release_file(tmp_path)) == expected(1, 2)


def test_the_id_does_not_depend_on_the_name_of_the_load(tmp_path: Path) -> None:
    one = publish_load(tmp_path / "one", name="spring")
    other = publish_load(tmp_path / "other", name="autumn")
    assert one.release_id == other.release_id


def test_a_second_load_with_other_documents_is_added(tmp_path: Path) -> None:
    publish_load(tmp_path)
    publish_load(tmp_path, name="second", numbers=(2, 3), sequence=2)
    assert observations(release_file(tmp_path)) == expected(1, 2, 3)


def test_a_refused_load_is_not_published(tmp_path: Path) -> None:
    publish_load(tmp_path)
    stage_load(tmp_path, "refused", [3], sequence=2, passed=False)
    build(tmp_path)
    publish(tmp_path)
    assert observations(release_file(tmp_path)) == expected(1, 2)


def refuse(home: Path) -> None:
    """Let the load pass, build it, then refuse it."""
    stage_load(home, "second", [3], sequence=2)
    build(home)
    stage_load(home, "second", [3], sequence=2, passed=False)


def restage(home: Path) -> None:
    """Stage the load anew after its gate judged it."""
    stage_load(home, "second", [3], sequence=2)
    build(home)
    write_staged(home / "staging", "second", "cell", empty("cell"))


def forget_gate(home: Path) -> None:
    """Drop the gate of a load that is in the build."""
    stage_load(home, "second", [3], sequence=2)
    build(home)
    drop_staged(home / "staging", "second", "load_gate")


def lose_report(home: Path) -> None:
    """Lose a staged report on the way."""
    stage_load(home, "second", [3], sequence=2)
    build(home)
    alter(home, "delete from provenance.report where organ_name = '甲3县人民政府'")


def lose_cell(home: Path) -> None:
    """Lose a staged cell on the way."""
    stage_load(home, "second", [3], sequence=2)
    build(home)
    alter(home, "delete from provenance.cell where cell_id like '3%-1:0002'")


def lose_comparison(home: Path) -> None:
    """Lose a comparison of the prose on the way."""
    stage_load(home, "second", [3], sequence=2)
    build(home)
    alter(home, "delete from quality.soft_result where report_id like '3%'")


def leak_held(home: Path) -> None:
    """Let a held report's figures into the marts."""
    stage_load(home, "second", [3], sequence=2)
    build(home)
    alter(home, "update provenance.report set verdict = 'held', is_current = false where organ_name = '甲3县人民政府'")


def leave_out(home: Path) -> None:
    """Build without a load that passed."""
    build(home)
    stage_load(home, "second", [3], sequence=2)


def leave_unfinished(home: Path) -> None:
    """Kill dbt on its way: the file opens and looks valid, but nobody said that it is finished."""
    stage_load(home, "second", [3], sequence=2)
    build(home, finish=False)


def alter(home: Path, statement: str) -> None:
    with duckdb.connect(str(build_file(home))) as connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (refuse, "load second is in the build but its gate did not pass"),
        (forget_gate, "load second is in the build but its gate did not pass"),
        (restage, "load second was staged again after its gate judged it"),
        (leave_out, "load second passed its gate but is not in the build"),
        (lose_report, "3 reports are staged, 2 would be published"),
        (lose_cell, "6 cells are staged, 5 would be published"),
        (lose_comparison, "3 comparisons of the prose are staged, 2 would be published"),
        (leak_held, "an observation stands in the marts although its report is held or not current"),
        (leave_unfinished, "there is no finished build"),
    ],
)
def test_a_build_that_disagrees_with_the_home_is_not_published(
    tmp_path: Path, spoil: Callable[..., object], message: str
) -> None:
    first = publish_load(tmp_path)
    before = release_file(tmp_path).read_bytes()
    spoil(tmp_path)
    with pytest.raises(PublishError, match=message):
        publish(tmp_path)
    assert release_file(tmp_path).read_bytes() == before
    assert published_id(release_file(tmp_path)) == first.release_id


def test_a_stray_log_beside_the_release_is_not_replayed_into_the_next(tmp_path: Path) -> None:
    publish_load(tmp_path)
    release_file(tmp_path).with_name("warehouse.duckdb.wal").write_bytes(stray_log(tmp_path))
    publish_load(tmp_path, value=8)
    assert not release_file(tmp_path).with_name("warehouse.duckdb.wal").exists()
    assert observations(release_file(tmp_path)) == expected(1, 2, value=8)


def stray_log(folder: Path) -> bytes:
    """A log as a writer leaves it who is killed before the checkpoint."""
    file = folder / "stray.duckdb"
    script = (
        "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); c.execute('create table t as select 1'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(file)], check=True)
    return file.with_name("stray.duckdb.wal").read_bytes()


def test_committed_rows_still_in_the_log_of_the_build_are_published(tmp_path: Path) -> None:
    stage_load(tmp_path, "first", [1])
    build(tmp_path)
    script = (
        "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]);"
        "c.execute(\"insert into quality.balance values ('late', 'first', 'read', 1)\"); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(build_file(tmp_path))], check=True)
    assert build_file(tmp_path).with_name("warehouse.duckdb.wal").exists()
    publish(tmp_path)
    with duckdb.connect(str(release_file(tmp_path)), read_only=True) as connection:
        assert connection.execute("select subject from quality.balance order by 1").fetchall() == [
            ("document",),
            ("late",),
        ]


def test_an_open_reader_keeps_its_release_while_a_new_one_is_published(tmp_path: Path) -> None:
    publish_load(tmp_path)
    with duckdb.connect(str(release_file(tmp_path)), read_only=True) as reader:
        publish_load(tmp_path, value=8)
        assert reader.execute("select distinct value::int from marts.observation").fetchall() == [(7,)]
        script = (
            "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True);"
            "print(c.execute('select distinct value::int from marts.observation').fetchall())"
        )
        new = subprocess.run(
            [sys.executable, "-c", script, str(release_file(tmp_path))], check=True, capture_output=True, text=True
        )
    assert new.stdout.strip() == "[(8,)]"


STEPS = ("settle_build", "copy_release", "audit_release", "seal_release", "replace_release")

KILLED = """
import os, signal, sys
from pathlib import Path
from orchestration import publish
step, moment = sys.argv[2], sys.argv[3]
real = getattr(publish, step)
def dying(*args):
    if moment == "after":
        real(*args)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(publish, step, dying)
publish.publish(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_kill_leaves_a_whole_release_and_the_next_run_ends_the_same(tmp_path: Path, step: str, moment: str) -> None:
    publish_load(tmp_path / "clean", value=8)
    first = publish_load(tmp_path / "killed")
    stage_load(tmp_path / "killed", "first", [1, 2], value=8)
    build(tmp_path / "killed")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "killed"), step, moment], cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    replaced = (step, moment) == ("replace_release", "after")
    file = release_file(tmp_path / "killed")
    assert observations(file) == expected(1, 2, value=8 if replaced else 7)
    assert (published_id(file) == first.release_id) is not replaced
    build(tmp_path / "killed")
    assert publish(tmp_path / "killed").release_id == published_id(release_file(tmp_path / "clean"))


def test_nothing_is_left_in_the_build_folder_but_the_build(tmp_path: Path) -> None:
    publish_load(tmp_path)
    assert sorted(os.listdir(tmp_path / "build")) == ["finished.json", "warehouse.duckdb"]


def test_every_staged_table_is_covered_by_the_hand_made_load(tmp_path: Path) -> None:
    stage_load(tmp_path, "first", [1])
    assert {path.parent.parent.name for path in (tmp_path / "staging").glob("*/*/*.parquet")} == set(STAGED)
