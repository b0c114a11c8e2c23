"""A notice to the office that issued a report, Chinese first: as a page for a browser or a letter, and as Markdown.

Wording and looks only; what there is to say is notice_facts.py. It asks and never accuses: the misprint may be ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Final

from orchestration.commands.console import bilingual_place, number

Row = dict[str, Any]

_BROKEN: Final = {"=": "≠", "<=": ">"}
_SIDE: Final = {"left": "左 left", "right": "右 right"}

_GREETING: Final = (
    "贵单位公布的年度报告我们已认真阅读。按表内注明或隐含的勾稽关系核对时，下列数字未能相符。"
    "可能是排印或转载所致，也可能是我们读取有误，谨请拨冗核对；如已更正，重新公布后本事项即自行了结。",
    "We have read the annual report that your office published. The figures below do not agree with the sums that the "
    "printed form itself implies. This may come from typesetting or copying, or from our reading; "
    "may we ask you to check them. "
    "Once a corrected report is published, this notice closes by itself.",
)
_NOTHING: Final = (
    "经核对，本报告目前没有待核事项。谨致谢意。",
    "Nothing is open: we find no sum in this report that needs checking. Thank you.",
)
_PROSE: Final = ("另请留意：正文与表格", "Also: prose and tables")
_BETWEEN: Final = ("另请留意：与其他年度、其他机关的报告", "Also: reports of other years and organs")
_CLOSED: Final = ("已了结", "closed by a later report")
_THANKS: Final = (
    "以上内容由公开文件自动核对得出，仅供核对参考。感谢贵单位对政府信息公开工作的付出。",
    "These remarks come from an automatic comparison of the published document and are offered for your reference. "
    "Thank you for your work.",
)

_STYLE: Final = """
:root{--ink:#1d2733;--soft:#5d6b7a;--line:#d9e0e7;--accent:#8a3b12;--ground:#f6f8fa}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.7 'Noto Sans CJK SC','Microsoft YaHei',sans-serif}
main{max-width:880px;margin:2rem auto;padding:2.2rem 2.6rem;
background:#fff;border:1px solid var(--line);border-radius:6px}
h1{font-size:1.45rem;margin:0 0 .2rem}h2{font-size:1.08rem;margin:2rem 0 .4rem}
.en{color:var(--soft);font-size:.9em}p{margin:.5rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.2rem;margin:1.1rem 0;font-size:.93em}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
section{border-top:1px solid var(--line);margin-top:1.6rem}
.sum{font-size:1.15rem;padding:.5rem .9rem;background:#fdf6f0;border-left:4px solid var(--accent);margin:.7rem 0}
.sum b{color:var(--accent)}
table{border-collapse:collapse;width:100%;font-size:.88em;margin:.6rem 0}
th,td{border-bottom:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top}
th{color:var(--soft);font-weight:500}td.n{text-align:right;font-weight:600;white-space:nowrap}
blockquote{margin:.6rem 0;padding:.4rem .9rem;background:var(--ground);font-size:.86em;
white-space:pre-wrap;overflow-wrap:anywhere}
footer{margin-top:2rem;border-top:1px solid var(--line);padding-top:.8rem;font-size:.9em}
@media print{body{background:#fff}main{border:0;margin:0;padding:0}section{break-inside:avoid}}
"""


def open_findings(notice: Row) -> list[Row]:
    """The findings of a notice that no later report has closed."""
    return [finding for finding in notice["findings"] if finding["is_open"]]


def html_page(notices: Sequence[Row]) -> str:
    """The notices as one page without outside parts."""
    title = f"{notices[0]['organ_name'] or ''} {notices[0]['year'] or ''} 核对函 notice"
    body = "".join(f"<main>{''.join(_html_notice(notice))}</main>" for notice in notices)
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    return f'<!doctype html>\n<html lang="zh"><head>{head}<style>{_STYLE}</style></head><body>{body}</body></html>\n'


def _html_notice(notice: Row) -> Iterable[str]:
    organ, year = escape(notice["organ_name"] or "—"), notice["year"] or "—"
    yield f"<h1>{organ}：{year}年政府信息公开工作年度报告核对函</h1>"
    yield '<p class="en">Notice on the annual report on open government information</p>'
    yield "<dl>" + "".join(f"<dt>{label}</dt><dd>{escape(str(text))}</dd>" for label, text in _facts(notice)) + "</dl>"
    found = open_findings(notice)
    yield _html_pair(_GREETING if found else _NOTHING)
    for place, finding in enumerate(found, 1):
        yield from _html_finding(place, finding)
    yield from _html_remarks("可能的更正", "The smallest repairs", notice["repairs"] if found else [])
    yield from _html_remarks(*_PROSE, notice["prose"])
    yield from _html_remarks(*_BETWEEN, notice["between"])
    closed = [finding for finding in notice["findings"] if not finding["is_open"]]
    if closed:
        listed = [
            {
                "sentence_zh": f"{finding['sentence_zh']}（{finding['closed_at']:%Y-%m-%d}）",
                "sentence_en": finding["sentence_en"],
            }
            for finding in closed
        ]
        yield from _html_remarks(*_CLOSED, listed)
    yield f"<footer>{_html_pair(_THANKS)}</footer>"


def _html_finding(place: int, finding: Row) -> Iterable[str]:
    yield f"<section><h2>{place}. {escape(finding['title_zh'] or finding['identity_id'])}"
    yield f' <span class="en">{escape(finding["title_en"] or "")} · {escape(finding["identity_id"])}</span></h2>'
    yield f'<p class="sum"><b>{_sum(finding)}</b> <span class="en">{_difference(finding)}</span></p>'
    yield _html_pair((finding["sentence_zh"], finding["sentence_en"]))
    heads = ("", "栏目 cell", "印数 printed", "位置 where")
    yield "<table><tr>" + "".join(f"<th>{head}</th>" for head in heads) + "</tr>"
    for cell in finding["cells"]:
        label, printed, where = _label(cell), _printed(cell), _where(cell)
        yield f'<tr><td>{_SIDE[cell["side"]]}</td><td>{escape(label)}</td><td class="n">{escape(printed)}</td>'
        yield f"<td>{escape(where)}</td></tr>"
    yield "</table>"
    yield "".join(f"<blockquote>{escape(line)}</blockquote>" for line in _lines(finding))
    yield "</section>"


def _html_remarks(chinese: str, english: str, rows: Sequence[Row]) -> Iterable[str]:
    if rows:
        yield f'<section><h2>{chinese} <span class="en">{english}</span></h2>'
        yield "".join(_html_pair((row["sentence_zh"], row["sentence_en"])) for row in rows) + "</section>"


def _html_pair(pair: tuple[str, str]) -> str:
    return f'<p>{escape(pair[0] or "")}</p><p class="en">{escape(pair[1] or "")}</p>'


def markdown_page(notices: Sequence[Row]) -> str:
    """The notices as Markdown, one after the other."""
    return "\n\n---\n\n".join("\n\n".join(_markdown_notice(notice)) for notice in notices) + "\n"


def _markdown_notice(notice: Row) -> Iterable[str]:
    yield f"# {notice['organ_name'] or '—'}：{notice['year'] or '—'}年政府信息公开工作年度报告核对函"
    yield "Notice on the annual report on open government information"
    yield "\n".join(f"- {label}: {text}" for label, text in _facts(notice))
    found = open_findings(notice)
    yield from (_GREETING if found else _NOTHING)
    for place, finding in enumerate(found, 1):
        yield f"## {place}. {finding['title_zh']} {finding['title_en']} ({finding['identity_id']})"
        yield f"**{_sum(finding)}** {_difference(finding)}"
        yield finding["sentence_zh"]
        yield finding["sentence_en"]
        cells = [
            f"| {_SIDE[c['side']]} | {_bar(_label(c))} | {_bar(_printed(c))} | {_bar(_where(c))} |"
            for c in finding["cells"]
        ]
        yield "\n".join(("| | 栏目 cell | 印数 printed | 位置 where |", "|---|---|---:|---|", *cells))
        yield from (f"> {line}" for line in _lines(finding))
    remarks = (
        ("可能的更正 The smallest repairs", notice["repairs"] if found else []),
        (" ".join(_PROSE), notice["prose"]),
        (" ".join(_BETWEEN), notice["between"]),
    )
    closed = [finding for finding in notice["findings"] if not finding["is_open"]]
    for title, rows in (*remarks, (" ".join(_CLOSED), closed)):
        if rows:
            yield f"## {title}"
            yield from (f"{row['sentence_zh']}\n{row['sentence_en']}" for row in rows)
    yield from _THANKS


def _facts(notice: Row) -> list[tuple[str, object]]:
    return [
        ("报告 report", notice["title"] or notice["report_id"]),
        ("表式 form", f"{notice['form_zh'] or notice['form']} {notice['form_en'] or ''}".strip()),
        ("口径 coverage", f"{notice['coverage_zh'] or ''} {notice['coverage_en'] or notice['coverage']}".strip()),
        ("来源 source", notice["uri"]),
        ("版本 vintage", f"{notice['vintage']} ({notice['known_from']:%Y-%m-%d})"),
        ("编号 report_id", notice["report_id"]),
    ]


def _sum(finding: Row) -> str:
    return f"{number(finding['left_value'])} {_BROKEN[finding['operator']]} {number(finding['right_value'])}"


def _difference(finding: Row) -> str:
    return "" if finding["difference"] is None else f"相差 difference {number(abs(finding['difference']))}"


def _label(cell: Row) -> str:
    return " / ".join(filter(None, (cell["row_path"], cell["column_path"]))) or str(cell["slot_id"])


def _printed(cell: Row) -> str:
    if cell["cell_id"] is None:
        return "未见 not found"
    return cell["raw_text"] or "空白 blank"


def _where(cell: Row) -> str:
    return bilingual_place(cell["place"]) if cell["place"] else "—"


def _lines(finding: Row) -> list[str]:
    """The lines of print the cells stand in, each once, in their order."""
    return list(dict.fromkeys(cell["line"] for cell in finding["cells"] if cell["line"]))


def _bar(text: str) -> str:
    return text.replace("|", "\\|")
