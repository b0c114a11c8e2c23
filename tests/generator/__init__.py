"""An independent printer of annual reports for property and load tests. It shares no code and no table with extract/.

Use: ``report = random_report(random.Random(7), "national-2021")``; ``printed = render(report, "pipe_rows", rng=...)``;
``document = assemble([printed, ...])`` gives the text, the bytes and the readings that a faultless reader returns.
"""

from .bulk import LoadReport, load_documents, with_other_figures
from .figures import Report, identities_hold, mutate, random_report
from .forms import FORMS, slot_ids
from .layouts import LAYOUTS
from .printing import (
    Document,
    Expected,
    Rendered,
    Style,
    assemble,
    random_style,
    render,
)

__all__ = [
    "FORMS",
    "LAYOUTS",
    "Document",
    "Expected",
    "LoadReport",
    "Rendered",
    "Report",
    "Style",
    "assemble",
    "identities_hold",
    "load_documents",
    "mutate",
    "random_report",
    "random_style",
    "render",
    "slot_ids",
    "with_other_figures",
]
