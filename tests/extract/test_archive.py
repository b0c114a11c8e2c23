"""The raw archive: bytes kept once under their hash, never changed, with a ledger of what each load delivered."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extract.files.archive import KeepSummary, forget_loaded_at, keep, list_files, raw_path, register
from extract.schema import STAGED, load_folder


def sources(folder: Path, **texts: str) -> Path:
    """A folder of documents, name -> text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf8")
    return folder


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def delivered(home: Path, load: str) -> list[tuple[str, str, int, str, int]]:
    """Rows of the staged delivery; paths by their last part."""
    table = pq.ParquetFile(load_folder(home / "staging", "delivery", load) / "part-0.parquet").read()
    assert table.schema.equals(STAGED["delivery"])
    return [
        (row["document_id"], row["load_name"], row["load_sequence"], Path(row["uri"]).name, row["byte_count"])
        for row in table.to_pylist()
    ]


def kept(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "raw").rglob("*") if path.is_file()}


def test_a_document_is_kept_under_the_hash_of_its_bytes(tmp_path: Path) -> None:
    inbox = sources(tmp_path / "in", a="甲", b="乙乙")
    assert keep(tmp_path / "home", "one", [inbox]) == KeepSummary("one", 2, 2, 9)
    assert kept(tmp_path / "home") == {digest("甲"): "甲".encode(), digest("乙乙"): "乙乙".encode()}
    assert raw_path(tmp_path / "home", digest("甲")).read_bytes() == "甲".encode()


def test_the_delivery_names_document_load_sequence_uri_and_size(tmp_path: Path) -> None:
    inbox = sources(tmp_path / "in", a="甲", b="乙乙")
    keep(tmp_path / "home", "one", [inbox])
    assert delivered(tmp_path / "home", "one") == [
        (digest("甲"), "one", 1, "a.txt", 3),
        (digest("乙乙"), "one", 1, "b.txt", 6),
    ]


def test_the_same_bytes_under_two_names_are_one_document_in_two_rows(tmp_path: Path) -> None:
    inbox = sources(tmp_path / "in", a="甲", b="甲")
    assert keep(tmp_path / "home", "one", [inbox]) == KeepSummary("one", 1, 1, 6)
    assert [row[3] for row in delivered(tmp_path / "home", "one")] == ["a.txt", "b.txt"]
    assert list(kept(tmp_path / "home")) == [digest("甲")]


def test_a_file_named_twice_is_delivered_once(tmp_path: Path) -> None:
    inbox = sources(tmp_path / "in", a="甲")
    assert keep(tmp_path / "home", "one", [inbox, inbox / "a.txt"]).documents == 1
    assert len(delivered(tmp_path / "home", "one")) == 1


def test_keeping_again_touches_no_kept_file(tmp_path: Path) -> None:
    inbox = sources(tmp_path / "in", a="甲")
    keep(tmp_path / "home", "one", [inbox])
    before = raw_path(tmp_path / "home", digest("甲")).stat()
    assert keep(tmp_path / "home", "two", [inbox]).new_documents == 0
    after = raw_path(tmp_path / "home", digest("甲")).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_changed_file_is_another_document_and_the_former_bytes_stay(tmp_path: Path) -> None:
    inbox = sources(tmp_path / "in", a="甲")
    keep(tmp_path / "home", "one", [inbox])
    sources(inbox, a="改")
    keep(tmp_path / "home", "one", [inbox])
    assert set(kept(tmp_path / "home")) == {digest("甲"), digest("改")}
    assert [row[0] for row in delivered(tmp_path / "home", "one")] == [digest("改")]


def test_hidden_and_lock_files_and_folders_are_no_documents(tmp_path: Path) -> None:
    inbox = sources(tmp_path / "in", a="甲")
    sources(inbox / ".git", config="x")
    sources(inbox / "sub" / ".cache", page="x")
    sources(inbox / "sub", b="乙")
    (inbox / ".DS_Store").write_bytes(b"x")
    (inbox / "~$a.txt").write_bytes(b"x")
    assert [path.relative_to(inbox).as_posix() for path in list_files([inbox])] == ["a.txt", "sub/b.txt"]


def test_files_come_in_order_of_name_whatever_the_order_of_creation(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    for name in ("c", "a", "b"):
        sources(inbox, **{name: name})
    assert [path.name for path in list_files([inbox])] == ["a.txt", "b.txt", "c.txt"]


def test_a_folder_with_a_hidden_parent_is_walked(tmp_path: Path) -> None:
    inbox = sources(tmp_path / ".data" / "in", a="甲")
    assert [path.name for path in list_files([inbox])] == ["a.txt"]


def test_an_empty_folder_is_a_delivery_of_nothing(tmp_path: Path) -> None:
    inbox = sources(tmp_path / "in")
    assert keep(tmp_path / "home", "one", [inbox]) == KeepSummary("one", 0, 0, 0)
    assert delivered(tmp_path / "home", "one") == []


def test_a_path_that_is_not_there_is_named_in_the_error(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "report.txt"
    with pytest.raises(FileNotFoundError, match=r"nowhere/report\.txt: no such file or folder"):
        keep(tmp_path / "home", "one", [missing])


def test_a_load_that_was_never_registered_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="'one' was never registered"):
        keep(tmp_path / "home", "one", None)


@pytest.mark.parametrize("name", ["", "../out", "a/b", ".hidden", "a b", "一月"])
def test_a_bad_load_name_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    inbox = sources(tmp_path / "in", a="甲")
    with pytest.raises(ValueError, match="load name"):
        keep(tmp_path / "home", name, [inbox])
    assert not (tmp_path / "home").exists()


def test_loads_are_numbered_in_the_order_of_their_first_registration(tmp_path: Path) -> None:
    inbox = sources(tmp_path / "in", a="甲")
    for load in ("zulu", "alpha", "zulu", "mike"):
        keep(tmp_path / "home", load, [inbox])
    assert {load: delivered(tmp_path / "home", load)[0][2] for load in ("zulu", "alpha", "mike")} == {
        "zulu": 1,
        "alpha": 2,
        "mike": 3,
    }


def test_a_registered_load_is_kept_from_its_name_alone(tmp_path: Path) -> None:
    inbox = sources(tmp_path / "in", a="甲")
    register(tmp_path / "home", "one", [inbox])
    assert keep(tmp_path / "home", "one", None) == KeepSummary("one", 1, 1, 3)


def test_a_load_whose_sources_have_gone_is_kept_from_the_archive(tmp_path: Path) -> None:
    inbox = sources(tmp_path / "in", a="甲", b="乙")
    keep(tmp_path / "home", "one", [inbox])
    before = delivered(tmp_path / "home", "one")
    for path in (*inbox.iterdir(), inbox):
        path.unlink() if path.is_file() else path.rmdir()
    assert keep(tmp_path / "home", "one", None) == KeepSummary("one", 2, 0, 6)
    assert delivered(tmp_path / "home", "one") == before


def test_a_kill_while_bytes_are_written_leaves_no_half_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = sources(tmp_path / "in", a="甲")

    def killed(source: Path, target: Path) -> None:
        if "raw" in Path(target).parts:
            raise KeyboardInterrupt
        Path(source).rename(target)

    with monkeypatch.context() as patched:
        patched.setattr("extract.files.archive.os.replace", killed)
        with pytest.raises(KeyboardInterrupt):
            keep(tmp_path / "home", "one", [inbox])
    assert not raw_path(tmp_path / "home", digest("甲")).exists()
    assert keep(tmp_path / "home", "one", None) == KeepSummary("one", 1, 1, 3)
    assert kept(tmp_path / "home") == {digest("甲"): "甲".encode()}


def loaded_at(home: Path, load: str) -> datetime:
    table = pq.ParquetFile(load_folder(home / "staging", "delivery", load) / "part-0.parquet").read()
    (moment,) = set(table["loaded_at"].to_pylist())
    assert isinstance(moment, datetime)
    return moment


def test_a_load_keeps_the_time_it_was_first_staged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox, first, later = sources(tmp_path / "in", a="甲"), datetime(2024, 1, 1, 8, 30, 0, 5), datetime(2024, 2, 1)
    monkeypatch.setattr("extract.files.archive._now", lambda: first)
    keep(tmp_path / "home", "one", [inbox])
    monkeypatch.setattr("extract.files.archive._now", lambda: later)
    register(tmp_path / "home", "one", [inbox])
    keep(tmp_path / "home", "one", None)
    keep(tmp_path / "home", "two", [inbox])
    assert (loaded_at(tmp_path / "home", "one"), loaded_at(tmp_path / "home", "two")) == (first, later)


def test_a_load_that_was_refused_counts_from_its_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox, later = sources(tmp_path / "in", a="甲"), datetime(2024, 2, 1)
    keep(tmp_path / "home", "one", [inbox])
    forget_loaded_at(tmp_path / "home", "one")
    monkeypatch.setattr("extract.files.archive._now", lambda: later)
    keep(tmp_path / "home", "one", [inbox])
    assert loaded_at(tmp_path / "home", "one") == later
    assert [row[2] for row in delivered(tmp_path / "home", "one")] == [1]
