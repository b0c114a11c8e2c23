"""Word documents of other kinds (.doc, .wps, .rtf, .odt) to text: LibreOffice makes a .docx of them for docx.py.

One program only, since two would draw two texts from the same bytes. It is optional; where it is missing, the reject
says so.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from extract.formats import docx, limits
from extract.formats.document import Document, Undecodable

PROGRAM: Final = "soffice"
_FILTER: Final = "docx:MS Word 2007 XML"


def read(content: bytes) -> Document:
    """The text of the document. Raises Undecodable where LibreOffice is missing or makes nothing of it."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise Undecodable("a Word document of this kind needs LibreOffice (Debian: libreoffice-writer-nogui)")
    with tempfile.TemporaryDirectory(prefix="ogi-office-") as folder:
        source = Path(folder, "document.bin")
        source.write_bytes(content)
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
        command += ["--convert-to", _FILTER, "--outdir", f"{folder}/made", str(source)]
        try:
            run = subprocess.run(command, capture_output=True, timeout=limits.limit("seconds"), check=False)
        except subprocess.TimeoutExpired as error:
            raise Undecodable(f"LibreOffice took more than the limit `seconds` of {limits.limit('seconds')}") from error
        made = Path(folder, "made", "document.docx")
        if not made.exists():
            said = run.stderr.decode("utf8", "replace").strip().splitlines()
            raise Undecodable(f"LibreOffice could not open the document: {said[-1] if said else 'it says nothing'}")
        return docx.read(made.read_bytes())
