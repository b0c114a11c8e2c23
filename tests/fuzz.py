"""Coverage-guided fuzzing of every format module: bytes that atheris invents must give a document or Undecodable.

Run: ``make fuzz`` or ``python tests/fuzz.py [--seconds 20] [--target docx] [--corpus FOLDER]``. Each target runs in a process of its own,
because a native parser may take it down; what it fell over is kept in the corpus folder as ``crash-*``.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import importlib
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import hostile

LIMITS = ["-timeout=20", "-rss_limit_mb=2048", "-max_len=65536"]
Bytes = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Target:
    """What is called, with bytes made how of the fuzzer's, beginning with which."""

    function: str
    seed: Callable[[], bytes]
    wrap: Callable[[], Bytes] = lambda: lambda data: data
    may_exhaust_memory: bool = False
    """Whether its native parser trusts sizes that a file declares: then only the limit of the worker's process holds."""


def _part(package: Callable[[], bytes], name: str, module: str) -> Target:
    """One part inside a sound Office file: bytes at random never get past the archive's checksums."""
    return Target(
        f"extract.formats.{module}:read",
        lambda: zipfile.ZipFile(io.BytesIO(package())).read(name),
        lambda: lambda data: hostile.with_part(package(), name, data),
    )


TARGETS = {
    "html": Target("extract.formats.html:read", hostile.sound_html),
    "mhtml": Target("extract.formats.mhtml:read", lambda: hostile.MHTML_HEAD + hostile.sound_html()),
    "docx": Target("extract.formats.docx:read", hostile.sound_docx),
    "docx-part": _part(hostile.sound_docx, "word/document.xml", "docx"),
    "xlsx": Target("extract.formats.xlsx:read", hostile.sound_xlsx),
    "xlsx-part": _part(hostile.sound_xlsx, "xl/worksheets/sheet1.xml", "xlsx"),
    "xls": Target("extract.formats.ole:read", hostile.sound_xls, may_exhaust_memory=True),
    "pdf": Target("extract.formats.pdf:read", hostile.sound_pdf),
    "delimited": Target("extract.formats.delimited:read", lambda: "指标,单位,数量\n规章,件,3\n".encode()),
    "archives": Target("extract.files.containers:members_of", hostile.sound_zip),
    "warc": Target("extract.files.containers:members_of", hostile.sound_warc),
    "any": Target("extract.reader:read_document", lambda: "规章 | 3 | 0 | 8 |\n".encode()),
}
"""Files that LibreOffice converts (.doc, .rtf, .odt) are not among them: it runs in a process of its own, with a time limit."""


def fuzz(target: str, seconds: int, corpus: Path) -> None:
    """Fuzz one target for `seconds` of time; never returns (libFuzzer ends the process)."""
    import atheris

    with atheris.instrument_imports(include=["extract"]):
        from extract.files.containers import Tally
        from extract.formats.document import Undecodable

        fuzzed = TARGETS[target]
        module, name = fuzzed.function.split(":")
        function = getattr(importlib.import_module(module), name)
    wrap = fuzzed.wrap()
    (corpus / "sound").write_bytes(fuzzed.seed())

    def once(data: bytes) -> None:
        with contextlib.suppress(Undecodable):
            if name == "members_of":
                collections.deque(function("file", data, Tally()), maxlen=0)
            else:
                function(wrap(data))

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
        runs = next((line for line in run.stderr.splitlines() if line.startswith("Done ")), "")
        if run.returncode and TARGETS[target].may_exhaust_memory and any(corpus.glob("oom-*")):
            print(f"{target:12} sound, until a file declared more memory than a worker may take")
            continue
        print(f"{target:12} {'fell over' if run.returncode else 'sound':10} {runs}")
        if run.returncode:
            failed.append(target)
            kept = [path for kind in ("crash", "timeout", "oom") for path in sorted(corpus.glob(f"{kind}-*"))]
            print("\n".join(run.stderr.splitlines()[-25:]), *kept, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
