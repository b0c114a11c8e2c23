"""The `ogi` command: exit codes and messages, what `ogi check` says and imports, the way back with `ogi explain`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from orchestration.commands import check, load
from orchestration.home import HomeError, hold, prepare_home
from orchestration.names import load_name_of

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
COUNTY = SAMPLES / "national-2021-county.txt"
HELD = SAMPLES / "held-carry-over-does-not-balance.txt"
PROSE = SAMPLES / "prose-only-town.txt"

RUN = "import sys; from orchestration.cli import main; sys.argv[0] = 'ogi'; main()"


def ogi(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, *map(str, words)], capture_output=True, text=True, encoding="utf8"
    )


def checked(*files: Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(ogi("check", *files, "--format", "json").stdout)
    return result


# Loading: what cannot be loaded is said before anything is written.


@pytest.mark.parametrize(
    ("paths", "home", "message"),
    [
        (["no-such-folder"], "home", "no-such-folder: no such file or folder"),
        (["empty-folder"], "home", "empty-folder: holds no file"),
        (["report.txt"], "a-file", "a-file cannot be written"),
        (["folder"], "folder/home", "lies inside what is to be loaded"),
    ],
)
def test_what_cannot_be_loaded_is_said_with_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], paths: list[str], home: str, message: str
) -> None:
    for folder in ("empty-folder", "folder"):
        (tmp_path / folder).mkdir()
    for file in ("report.txt", "a-file", "folder/report.txt"):
        (tmp_path / file).write_text("x")
    assert load.run([tmp_path / path for path in paths], tmp_path / home, None) == 2
    assert message in capsys.readouterr().err.replace("\n", "")
    assert not (tmp_path / home / "loads").exists()


def test_a_load_name_that_cannot_be_a_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load.run([COUNTY], tmp_path, "../up") == 2
    assert "load name '../up'" in capsys.readouterr().err


def test_a_home_in_use_is_said(tmp_path: Path) -> None:
    prepare_home(tmp_path)
    script = (
        "import sys; from pathlib import Path; from orchestration.home import hold\n"
        "with hold(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        with pytest.raises(HomeError, match="another run is using the data home"), hold(tmp_path):
            pass
        other.communicate("")
    with hold(tmp_path), hold(tmp_path):  # free again, and open to the one who has it
        pass


def test_the_default_load_name_depends_on_the_paths_alone() -> None:
    one, other = Path("/in/2023 年报"), Path("/in/塔城")
    assert load_name_of([one, other]) == load_name_of([other, one]).replace("load", "2023")
    assert load_name_of([one]) == load_name_of([one])
    assert load_name_of([one]) != load_name_of([one, other])
    assert load_name_of([one]).startswith("2023-")
    assert load_name_of([other]).startswith("load-")


# Checking one report.


def test_a_clean_report_gives_0() -> None:
    run = ogi("check", COUNTY)
    assert run.returncode == 0
    assert "云岭县人民政府 · 2023 · national-2021" in run.stdout
    assert "200 单元格 cells" in run.stdout


def test_a_failing_sum_gives_1_with_both_numbers_in_both_languages() -> None:
    run = ogi("check", HELD)
    assert run.returncode == 1
    assert "✗ T3-01 natural_person  13 ≠ 12" in run.stdout
    assert "收办平衡 [自然人]" in run.stdout
    assert "Balance of requests [natural persons]" in run.stdout


def test_a_program_gets_the_failing_sums_as_data() -> None:
    (document,) = checked(HELD)["documents"]
    (report,) = document["reports"]
    assert (report["organ_name"], report["year"], report["verdict"]) == ("北塘区教育局", 2022, "held")
    failing = [
        (row["identity_id"], row["instance_key"], row["left_value"], row["right_value"]) for row in report["failing"]
    ]
    assert failing == [("T3-01", "natural_person", 13, 12), ("T3-01", "total", 15, 14)]
    # Received 12 or 11, carried in 1 or 0, carried out 0 or 1: the sums cannot tell, and nothing else does.
    suspects = [(row["rank"], row["kind"], row["tied_with"], row["is_only"]) for row in report["suspects"]]
    assert suspects == [(1, "value", 2, False)] * 3
    assert [len(set(row["cell_ids"])) for row in report["suspects"]] == [2, 2, 2]
    told = [row["en"].split("'")[1] for row in report["suspects"]]
    assert sorted(told) == [f"requests {what}, natural person" for what in ("carried in", "carried out", "received")]


def test_changes_that_are_as_likely_are_said_to_be_tied() -> None:
    run = ogi("check", HELD)
    assert run.stdout.count("并列 tied with 2") == 3
    assert "唯一 the only one" not in run.stdout


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (bytes(range(256)) * 40, "holds control characters: binary data"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "image/png"),
        ("今天天气很好。\n".encode(), "no table of a known form"),
    ],
)
def test_what_is_no_report_gives_2_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(content)
    run = ogi("check", file)
    assert run.returncode == 2
    assert reason in run.stdout


def test_a_missing_file_gives_2(tmp_path: Path) -> None:
    run = ogi("check", tmp_path / "gone.txt")
    assert run.returncode == 2
    assert "gone.txt: no such file or folder" in run.stderr


def test_an_unreadable_cell_is_a_finding_with_line_and_reason(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    line = "一、本年新收政府信息公开申请数量 | 46 | 9 | 0 | 1 | 4 | 0 | 60 |"
    text = COUNTY.read_text(encoding="utf8")
    assert line in text
    file.write_text(text.replace(line, line.replace("| 9 |", "| 9? |")), encoding="utf8")
    assert ogi("check", file).returncode == 1
    (report,) = checked(file)["documents"][0]["reports"]
    (cell,) = report["unreadable"]
    assert cell["line"] == text[: text.index(line)].count("\n") + 1
    assert cell["raw_text"] == "9?"
    assert cell["place"].endswith("商业企业")
    assert cell["reason"]


def test_the_worst_of_several_files_decides() -> None:
    quiet: dict[str, list[Any]] = {"unreadable": [], "failing": [], "prose": []}
    clean: dict[str, Any] = {"status": "read", "rejects": [{"is_note": True}], "reports": [quiet]}
    unread: dict[str, Any] = {"status": "rejected", "rejects": [{"is_note": False}], "reports": []}
    partly = {**clean, "rejects": [{"is_note": False}]}
    assert [check.exit_code(files) for files in ([clean], [clean, partly], [partly, unread])] == [0, 1, 2]
    for what in quiet:
        assert check.exit_code([clean, {**clean, "reports": [{**quiet, what: [{}]}]}]) == 1


def prose_report(tmp_path: Path, old: str, new: str) -> Path:
    """The sample in prose with some of its words changed."""
    text = PROSE.read_text(encoding="utf8")
    assert old in text
    file = tmp_path / "report.txt"
    file.write_text(text.replace(old, new), encoding="utf8")
    return file


def test_a_report_in_prose_without_findings_gives_0() -> None:
    run = ogi("check", PROSE)
    assert run.returncode == 0
    assert "云岭县双河乡人民政府 · 2016 · prose" in run.stdout
    assert "正文数字 figures in prose" in run.stdout


def test_a_text_that_contradicts_itself_gives_1_with_both_numbers_and_quotes(tmp_path: Path) -> None:
    file = prose_report(
        tmp_path, "2016年收到政府信息公开申请4件,", "2016年收到政府信息公开申请4件,其中当面申请3件、信函申请2件,"
    )
    run = ogi("check", file)
    assert run.returncode == 1
    assert "文表不一 prose against table" in run.stdout
    assert "✗ N-11 requests_received/request_channel  4 ≠ 5" in run.stdout
    (report,) = checked(file)["documents"][0]["reports"]
    (row,) = report["prose"]
    assert (row["identity_id"], row["left_value"], row["operator"], row["right_value"]) == ("N-11", 4, "=", 5)
    assert "申请4件" in row["left_quote"]
    assert "3件" in row["right_quote"] and "2件" in row["right_quote"]
    assert row["zh"].startswith("N-11 正文合计") and row["en"].startswith("N-11 Narrative sums")


def test_a_text_that_contradicts_its_table_gives_1(tmp_path: Path) -> None:
    text = COUNTY.read_text(encoding="utf8")
    file = tmp_path / "report.txt"
    file.write_text(
        text.replace("三、收到和处理", "2023年全县未收到政府信息公开申请。\n三、收到和处理"), encoding="utf8"
    )
    assert ogi("check", file).returncode == 1
    (report,) = checked(file)["documents"][0]["reports"]
    found = [(row["identity_id"], row["left_value"], row["right_value"]) for row in report["prose"]]
    assert found == [("N-01", 0, 60), ("N-06", 60, 0), ("N-09", 60, 0)]
    assert report["verdict"] == "verified"


def test_files_checked_together_say_the_same_as_alone_also_the_same_bytes_twice(tmp_path: Path) -> None:
    again = tmp_path / "again.txt"
    again.write_bytes(HELD.read_bytes())
    together = checked(HELD, COUNTY, again, PROSE)["documents"]
    alone = [checked(file)["documents"][0] for file in (HELD, COUNTY, again, PROSE)]
    assert together == alone
    assert [len(document["reports"][0]["failing"]) for document in together] == [2, 0, 2, 0]


def test_the_figures_of_prose_are_counted() -> None:
    (report,) = checked(PROSE)["documents"][0]["reports"]
    assert report["claims"] >= 3
    assert report["prose"] == []
    assert report["prose_agreeing"] + report["prose_not_assessable"] > 0


def test_checking_imports_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['ogi', 'check', sys.argv[1]]\n"
        "from orchestration.cli import main\n"
        "try: main()\n"
        "except SystemExit as done: code = done.code\n"
        "print(code, sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", script, str(COUNTY)], capture_output=True, text=True)
    code, modules = run.stderr.split(" ", 1)
    assert code == "0"
    assert not {"dagster", "dagster_dbt", "dbt", "great_expectations", "sqlalchemy", "pandas"} & set(eval(modules))


# Explaining.


def test_explaining_without_a_warehouse_gives_2(tmp_path: Path) -> None:
    run = ogi("explain", "x", "--home", tmp_path)
    assert run.returncode == 2
    assert "run `ogi load` first" in run.stderr
