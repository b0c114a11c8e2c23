"""Figures stated in sentences: from the prose of a report to claims.

Belongs here: numbers in running text, the phrases that name a figure (word.csv, phrase.csv), lists, negation, what a
figure is a part of. Does not belong here: cells of tables (extract/table/tables.py) and what a figure is compared with
(expectations/).
"""
