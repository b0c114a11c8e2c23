"""Three loads, decisions of every kind between them, and what the marts held at each moment."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest

from orchestration.commands import decide, load, notice
from orchestration.commands.summary import print_summary
from orchestration.home import release_file
from orchestration.publish import published_id

COUNTY = Path(__file__).resolve().parents[2] / "samples" / "national-2021-county.txt"
RECEIVED = "一、本年新收政府信息公开申请数量 | 46 | 9 | 0 | 1 | 4 | 0 | 60 |"
"""The county's requests received: the six kinds of applicants add up to 60."""
FALSE = RECEIVED.replace("| 60 |", "| 61 |")
COERCION = "行政强制 | 38 |"
TOTAL = "national-2021/requests/requests_received/total"
CORRECTED, RELEASED, REJECTED, CHANGED = "云岭县人民政府", "青溪县人民政府", "白河县人民政府", "红石县人民政府"
SOUND, WRONG = Decimal(60), Decimal(61)

HEADER = (
    *("decision", "organ_name", "division_code", "year", "coverage", "slot_id", "part", "expected_value"),
    *("corrected_value", "who", "decided_on", "reason", "source"),
)
CORRECT = (
    "correct",
    CORRECTED,
    "",
    "2023",
    "region_aggregate",
    TOTAL,
    "",
    "61",
    "60",
    "李四",
    "2024-05-01",
    "分项之和为60",
    "来函",
)
RELEASE = (
    "release",
    RELEASED,
    "",
    "2023",
    "region_aggregate",
    TOTAL,
    "",
    "61",
    "",
    "李四",
    "2024-05-01",
    "机关已确认",
    "",
)
REJECT = ("reject", REJECTED, "", "2023", "region_aggregate", TOTAL, "", "60", "", "李四", "2024-05-01", "照抄上年", "")
WAITING = (
    "release",
    "未来县人民政府",
    "",
    "2023",
    "region_aggregate",
    TOTAL,
    "",
    "5",
    "",
    "李四",
    "2024-05-01",
    "尚未收到",
    "",
)


class Loads(NamedTuple):
    """The home, and the moments between its loads."""

    home: Path
    before: datetime
    after_first: datetime
    after_decisions: datetime
    after_second: datetime
    after_third: datetime
    first_release: str | None


def ask(home: Path, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(release_file(home)), read_only=True) as connection:
        return connection.execute(query, parameters).fetchall()


def write(folder: Path, organ: str, *changes: tuple[str, str]) -> Path:
    text = COUNTY.read_text(encoding="utf8")
    for old, new in (("云岭县人民政府", organ), *changes):
        assert old in text
        text = text.replace(old, new)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{organ}.txt").write_text(text, encoding="utf8")
    return folder


def write_decisions(home: Path, *rows: tuple[str, ...]) -> None:
    with open(home / "decisions.csv", "w", encoding="utf8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


@pytest.fixture(scope="module")
def loads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loads]:
    folder, home = tmp_path_factory.mktemp("deliveries"), tmp_path_factory.mktemp("home") / "data"
    first = write(folder / "first", CORRECTED, (RECEIVED, FALSE))
    write(first, RELEASED, (RECEIVED, FALSE))
    write(first, REJECTED)
    write(first, CHANGED)
    before = now()
    assert load.run([first], home, "first") == 0
    after_first, first_release = now(), published_id(release_file(home))
    write_decisions(home, CORRECT, RELEASE, REJECT, WAITING)
    assert decide.run(home) == 0
    after_decisions = now()
    assert load.run([write(folder / "second", CHANGED, (COERCION, "行政强制 | 83 |"))], home, "second") == 0
    after_second = now()
    assert load.run([write(folder / "third", CORRECTED)], home, "third") == 0
    yield Loads(home, before, after_first, after_decisions, after_second, now(), first_release)


def received(home: Path, at: datetime) -> dict[str, tuple[Decimal, str, bool]]:
    """organ -> requests received in all, verdict and whether corrected, as the marts held them then."""
    rows = ask(
        home,
        """select organ_name, value, verdict, is_corrected from marts.observation_as_of(?) where is_preferred
        and indicator_id = 'requests_received' and applicant_type = 'total'""",
        at,
    )
    return {organ: (value, verdict, is_corrected) for organ, value, verdict, is_corrected in rows}


def coercion(home: Path, at: datetime) -> list[Decimal]:
    rows = ask(
        home,
        """select o.value from marts.observation_as_of(?) as o join provenance.cell on cell_id = observation_id
        where organ_name = ? and slot_id like '%coercion%'""",
        at,
        CHANGED,
    )
    return [row[0] for row in rows]


def test_the_marts_as_of_each_moment(loads: Loads) -> None:
    sound = (SOUND, "verified", False)
    corrected, released = (SOUND, "verified", True), (WRONG, "unverified", False)
    assert received(loads.home, loads.before) == {}
    assert received(loads.home, loads.after_first) == {REJECTED: sound, CHANGED: sound}
    decided = {CORRECTED: corrected, RELEASED: released, CHANGED: sound}
    assert received(loads.home, loads.after_decisions) == decided
    assert received(loads.home, loads.after_second) == decided
    assert received(loads.home, loads.after_third) == decided | {CORRECTED: sound}


def test_a_changed_vintage_is_asked_for_as_of_before_and_after(loads: Loads) -> None:
    moments = (loads.before, loads.after_first, loads.after_decisions, loads.after_second, loads.after_third)
    assert [coercion(loads.home, at) for at in moments] == [[], [38], [38], [83], [83]]


def test_what_changed_between_vintages_is_a_table(loads: Loads) -> None:
    changes = ask(
        loads.home,
        """select organ_name, year, vintage, kind, older_raw_text, newer_raw_text, older_value, newer_value
        from quality.vintage_change order by organ_name""",
    )
    assert changes == [
        (CORRECTED, 2023, 2, "changed", "61", "60", 61, 60),
        (CHANGED, 2023, 2, "changed", "38", "83", 38, 83),
    ]


def test_vintages_say_from_when_to_when_they_were_known(loads: Loads) -> None:
    first, second = ask(
        loads.home,
        "select vintage, known_from, known_to, is_current from provenance.report where organ_name = ? order by vintage",
        CHANGED,
    )
    assert loads.before < first[1] < loads.after_first
    assert loads.after_decisions < second[1] < loads.after_second
    assert (first[0], first[2], first[3]) == (1, second[1], False)
    assert (second[0], second[2], second[3]) == (2, None, True)


def test_every_decision_says_what_became_of_it(loads: Loads) -> None:
    rows = ask(
        loads.home,
        """select decision, organ_name, state, printed_verdict, verdict, applied_at, superseded_by is not null
        from quality.decision order by line""",
    )
    assert [(*row[:5], row[6]) for row in rows] == [
        ("correct", CORRECTED, "superseded", "held", "verified", True),
        ("release", RELEASED, "applied", "held", "unverified", False),
        ("reject", REJECTED, "applied", "verified", "held", False),
        ("release", "未来县人民政府", "waiting", None, None, False),
    ]
    assert all(loads.after_first < row[5] < loads.after_decisions for row in rows[:3])


def test_the_summary_counts_the_decisions_that_count(loads: Loads, capsys: pytest.CaptureFixture[str]) -> None:
    print_summary(loads.home, "first", 1.0, None)
    rows = [[part.strip() for part in line.split("│")] for line in capsys.readouterr().out.splitlines()]
    assert ["", "复核决定 decisions applied", "2", ""] in rows


def test_a_correction_leaves_what_is_printed(loads: Loads) -> None:
    printed = ask(
        loads.home,
        """select c.raw_text, c.value, c.value_status, o.value, o.printed_value, o.value_as_printed, o.is_corrected
        from provenance.cell c join provenance.report r using (report_id)
        join provenance.observation o on o.observation_id = c.cell_id
        where r.organ_name = ? and r.vintage = 1 and c.slot_id = ?""",
        CORRECTED,
        TOTAL,
    )
    assert printed == [("61", 61, "reported", 60, 61, 61, True)]


def test_a_finding_stays_open_until_a_later_vintage_passes(loads: Loads) -> None:
    rows = ask(
        loads.home,
        """select f.organ_name, f.identity_id, f.is_open, f.opened_at, f.closed_at, c.vintage
        from quality.finding f left join provenance.report c on c.report_id = f.closed_by order by all""",
    )
    assert [(*row[:3], row[5]) for row in rows] == [
        (CORRECTED, "T3-01", False, 2),
        (CORRECTED, "T3-04", False, 2),
        (RELEASED, "T3-01", True, None),
        (RELEASED, "T3-04", True, None),
    ]
    assert all(loads.before < row[3] < loads.after_first for row in rows)
    assert [row[4] is not None and loads.after_second < row[4] < loads.after_third for row in rows] == [
        True, True, False, False,
    ]  # fmt: skip


def test_a_notice_names_the_sums_and_the_lines(loads: Loads, capsys: pytest.CaptureFixture[str]) -> None:
    assert notice.run([RELEASED, "2023"], loads.home, "json", None) == 0
    (told,) = json.loads(capsys.readouterr().out)["notices"]
    by_rule = {finding["identity_id"]: finding for finding in told["findings"]}
    assert {(rule, finding["left_value"], finding["right_value"]) for rule, finding in by_rule.items()} == {
        ("T3-01", 65, 64), ("T3-04", 61, 60),
    }  # fmt: skip
    printed = [(cell["side"], cell["raw_text"]) for cell in by_rule["T3-04"]["cells"]]
    assert printed == [("left", "61"), *(("right", text) for text in ("46", "9", "0", "1", "4", "0"))]
    assert all(cell["line"].startswith(FALSE) for cell in by_rule["T3-04"]["cells"])


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_notice_is_a_page_in_both_languages(loads: Loads, form: str, tmp_path: Path) -> None:
    page = tmp_path / f"notice.{form}"
    assert notice.run([RELEASED, "2023"], loads.home, form, page) == 0
    text = page.read_text(encoding="utf8")
    for said in (
        RELEASED,
        "61 ≠ 60",
        "谨请拨冗核对",
        "may we ask you to check them",
        "一、本年新收政府信息公开申请数量",
    ):
        assert said in text


def test_a_notice_closes_with_the_corrected_report(loads: Loads, tmp_path: Path) -> None:
    page = tmp_path / "notice.md"
    assert notice.run([CORRECTED, "2023"], loads.home, "md", page) == 0
    assert "本报告目前没有待核事项" in page.read_text(encoding="utf8")
    assert "≠" not in page.read_text(encoding="utf8")
    older = ask(loads.home, "select report_id from provenance.report where organ_name = ? and vintage = 1", CORRECTED)
    assert notice.run([older[0][0]], loads.home, "md", page) == 0
    assert "已了结" in page.read_text(encoding="utf8")


def test_a_notice_about_an_unknown_organ_says_so(loads: Loads, capsys: pytest.CaptureFixture[str]) -> None:
    assert notice.run(["无此县人民政府", "2023"], loads.home, "html", None) == 1
    assert "the warehouse knows no report" in capsys.readouterr().err


def test_loading_again_changes_nothing_the_decisions_included(loads: Loads) -> None:
    release, known = (
        published_id(release_file(loads.home)),
        "select report_id, known_from, decided_at from provenance.report",
    )
    before = sorted(ask(loads.home, known))
    paths = [Path(uri) for (uri,) in ask(loads.home, "select uri from provenance.delivery where load_name = 'first'")]
    assert load.run([paths[0].parent], loads.home, "first") == 0
    assert published_id(release_file(loads.home)) == release
    assert sorted(ask(loads.home, known)) == before


def test_a_decision_that_no_longer_matches_publishes_nothing(loads: Loads, capsys: pytest.CaptureFixture[str]) -> None:
    before = release_file(loads.home).read_bytes()
    write_decisions(loads.home, CORRECT, (*RELEASE[:7], "62", *RELEASE[8:]), REJECT, WAITING)
    assert decide.run(loads.home) == 1
    message = capsys.readouterr().err.replace("\n", "")
    assert (
        f"decisions.csv, line 3: release for {RELEASED} 2023 region_aggregate, {TOTAL}: expected '62', found '61'"
        in message
    )
    assert release_file(loads.home).read_bytes() == before


def test_a_decision_withdrawn_lets_the_rules_speak_again(loads: Loads) -> None:
    write_decisions(loads.home, RELEASE)
    assert decide.run(loads.home) == 0
    sound = (SOUND, "verified", False)
    assert received(loads.home, now() + timedelta(minutes=1)) == {
        CORRECTED: sound, RELEASED: (WRONG, "unverified", False), REJECTED: sound, CHANGED: sound,
    }  # fmt: skip


def test_a_faulty_file_is_named_with_its_line(loads: Loads, capsys: pytest.CaptureFixture[str]) -> None:
    write_decisions(loads.home, RELEASE, ("ponder", *REJECT[1:]))
    assert decide.run(loads.home) == 2
    assert "decisions.csv, line 3: decision is 'ponder'" in capsys.readouterr().err.replace("\n", "")
