"""An independent writer of report prose with exact truth. It shares no code and no table with extract/.

Use: ``for statement in paragraphs(random.Random(7), 500)``, each a paragraph with the claims a faultless reader finds in
it and the figures (traps) that it must claim under no indicator; ``text, claims = report(random.Random(7))`` for a whole
report without tables. Every place is invented.
"""

from .compose import Statement, paragraphs, report, story
from .draft import Claim

__all__ = ["Claim", "Statement", "paragraphs", "report", "story"]
