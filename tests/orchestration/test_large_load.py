"""A load of thousands of reports, of which some are false."""

from __future__ import annotations

from pathlib import Path

from releases import ask, write_reports

from orchestration.commands import load


def test_exactly_the_false_reports_of_a_large_load_are_held(tmp_path: Path) -> None:
    wrong = write_reports(tmp_path / "large", 3000, wrong=300)
    assert len(wrong) == 300
    assert load.run([tmp_path / "large"], tmp_path / "home", "large") == 0
    held = ask(
        tmp_path / "home",
        """select d.uri from provenance.report r join provenance.document d using (document_id)
        where r.verdict = 'held'""",
    )
    assert {Path(uri).name for (uri,) in held} == wrong
    assert ask(tmp_path / "home", "select count(distinct report_id) from marts.observation") == [(2700,)]
