"""An independent printer of annual reports for property and load tests. It shares no code and no table with extract/.

Use: ``report = random_report(random.Random(7), "national-2021")``; ``printed = render(report, "pipe_rows", rng=...)``;
``document = assemble([printed, ...])`` gives the text, the bytes and the readings that a faultless reader returns.
"""

from .bulk import LoadReport, load_documents, with_other_figures
from .copies import COPIES
from .figures import Report, identities_hold, mutate, random_report
from .forms import FORMS, slot_ids
from .layouts import ABSENT, DETERMINED, LAYOUTS, OPEN, UNDETERMINED
from .printing import (
    WRITERS,
    Composed,
    Document,
    Expected,
    PrintedTable,
    Rendered,
    Style,
    assemble,
    compose,
    random_style,
    render,
)
from .variants import VARIANTS, variants_of

__all__ = [
    "ABSENT",
    "COPIES",
    "DETERMINED",
    "FORMS",
    "LAYOUTS",
    "OPEN",
    "UNDETERMINED",
    "VARIANTS",
    "WRITERS",
    "Composed",
    "Document",
    "Expected",
    "LoadReport",
    "PrintedTable",
    "Rendered",
    "Report",
    "Style",
    "assemble",
    "compose",
    "identities_hold",
    "load_documents",
    "mutate",
    "random_report",
    "random_style",
    "render",
    "slot_ids",
    "variants_of",
    "with_other_figures",
]
