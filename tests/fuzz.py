"""Coverage-guided fuzzing of every format module: bytes that atheris invents must give a document or Undecodable.

Run: ``make fuzz`` or ``python tests/fuzz.py [--seconds 20] [--target docx] [--corpus FOLDER]``. Each target runs in a process of its own,
because a native parser may take it down; what it fell over is kept in the corpus folder as ``crash-*``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import hostile

LIMITS = ["-timeout=20", "-rss_limit_mb=2048", "-max_len=65536"]


def _as_part(package: bytes, name: str) -> Callable[[bytes], bytes]:
    """Fuzz one part inside a sound Office file: bytes at random never get past the archive's checksums."""
    return lambda data: hostile.with_part(package, name, data)


def _same(data: bytes) -> bytes:
    return data


# target -> module, how its bytes are made of the fuzzer's, what to begin with
TARGETS: dict[str, tuple[str, Callable[[], Callable[[bytes], bytes]], Callable[[], bytes]]] = {
    "html": ("html", lambda: _same, hostile.sound_html),
    "docx": ("docx", lambda: _same, hostile.sound_docx),
    "docx-part": (
        "docx",
        lambda: _as_part(hostile.sound_docx(), "word/document.xml"),
        lambda: _part_of(hostile.sound_docx(), "word/document.xml"),
    ),
    "xlsx": ("sheets", lambda: _same, hostile.sound_xlsx),
    "xlsx-part": (
        "sheets",
        lambda: _as_part(hostile.sound_xlsx(), "xl/worksheets/sheet1.xml"),
        lambda: _part_of(hostile.sound_xlsx(), "xl/worksheets/sheet1.xml"),
    ),
    "xls": ("sheets", lambda: _same, hostile.sound_xls),
    "pdf": ("pdf", lambda: _same, hostile.sound_pdf),
    "delimited": ("delimited", lambda: _same, lambda: "指标,单位,数量\n规章,件,3\n".encode()),
    "markdown": ("markdown", lambda: _same, lambda: "| 指标 | 数量 |\n|---|---|\n| 规章 | 3 |\n".encode()),
    "any": ("", lambda: _same, lambda: "规章 | 3 | 0 | 8 |\n".encode()),
}


def _part_of(package: bytes, name: str) -> bytes:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(package)).read(name)


def fuzz(target: str, seconds: int, corpus: Path) -> None:
    """Fuzz one target for `seconds` of time; never returns (libFuzzer ends the process)."""
    import atheris

    with atheris.instrument_imports(include=["extract"]):
        from extract.formats.document import Undecodable
        from extract.reader import read_document

        module, made, seed = TARGETS[target]
        read = __import__(f"extract.formats.{module}", fromlist=["read"]).read if module else read_document
    wrap = made()
    (corpus / "sound").write_bytes(seed())

    def once(data: bytes) -> None:
        try:
            read(wrap(data))
        except Undecodable:
            return

    atheris.Setup(
        [sys.argv[0], *LIMITS, f"-max_total_time={seconds}", f"-artifact_prefix={corpus}/", str(corpus)], once
    )
    atheris.Fuzz()


def main() -> int:
    """Fuzz all targets, or one; returns 1 where any fell over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--target", choices=TARGETS)
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    if options.target and options.corpus:
        fuzz(options.target, options.seconds, options.corpus)
    failed = []
    root = options.corpus or Path(tempfile.mkdtemp(prefix="fuzz-"))
    for target in [options.target] if options.target else TARGETS:
        corpus = root / target
        corpus.mkdir(parents=True, exist_ok=True)
        command = [
            sys.executable,
            __file__,
            "--target",
            target,
            "--corpus",
            str(corpus),
            "--seconds",
            str(options.seconds),
        ]
        run = subprocess.run(command, capture_output=True, text=True)
        runs = [line for line in run.stderr.splitlines() if line.startswith("Done ")]
        crashes = sorted(corpus.glob("crash-*")) + sorted(corpus.glob("timeout-*")) + sorted(corpus.glob("oom-*"))
        print(f"{target:12} {'fell over' if run.returncode else 'sound':10} {runs[-1] if runs else ''}")
        if run.returncode:
            failed.append(target)
            print("\n".join(run.stderr.splitlines()[-25:]), *crashes, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
