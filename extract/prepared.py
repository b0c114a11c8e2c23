"""Importing this module reads one short report, so that the tables of forms and phrases are loaded and indexed.

For the server from which reading processes are forked (workers.py): each of them then begins where this one ended.
"""

from __future__ import annotations

from extract.reader import read_document

_REPORT = """某县2023年政府信息公开工作年度报告
二、主动公开政府信息情况
| 规章 | 0 | 0 | 3 |
本年度共收到政府信息公开申请3件,均按时答复。
"""

read_document(_REPORT.encode())
