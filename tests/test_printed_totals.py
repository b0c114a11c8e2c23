"""What the reader takes for the total of a row is what the edit rules call its sum."""

from __future__ import annotations

from collections import defaultdict

from expectations.rules import expand_terms
from extract.table.printed_forms import load_forms
from extract.table.readings import sums_of


def test_every_sum_that_breaks_a_tie_is_an_edit_rule() -> None:
    rules = defaultdict(dict)
    for term in expand_terms().to_pylist():
        if term["operator"] == "=":
            rules[term["identity_id"], term["form"], term["instance_key"]][term["slot_id"]] = term["coefficient"]
    declared = {frozenset(terms.items()) for terms in rules.values()}
    seen = 0
    for table in load_forms().tables.values():
        for line in table.lines.values():
            place = 0
            for size in sums_of(line.slots):
                *parts, total = [slot.slot_id for slot in line.slots[place : place + size]]
                place += size
                seen += 1
                assert frozenset({total: 1, **dict.fromkeys(parts, -1)}.items()) in declared, total
    assert seen > 40
