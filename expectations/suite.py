"""What a load has to satisfy, as a list of named checks generated from the declared rules and the staged schemas.

A check is a query for the rows that break it. Nothing here runs one, and nothing here needs Great Expectations:
gate.py hands the list over. Queries read the staged tables of one load, the declared tables identity, term and slot
(evaluate.register_rules) and form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, cast

from expectations import rules, soft
from extract import schema

Severity = Literal["critical", "warning", "info"]

POSITIONAL: Final = "disputes"
"""The table whose header is lost at line breaks, so that its cells are bound by their position."""
HELD_SHARE_FROM: Final = 20
"""Reports a load needs before the share of held ones says anything about it."""


@dataclass(frozen=True)
class Check:
    """One expectation. A broken `critical` one refuses the load; the others are shown."""

    name: str
    severity: Severity
    title_en: str
    title_zh: str
    query: str
    """Returns the violating rows; braces have no place in it."""


def checks(held_share_limit: Decimal) -> list[Check]:
    """The whole suite in the order it is shown: the release, the comparisons, the staged tables, the rules."""
    return [*_release(held_share_limit), *_comparisons(), *_staged(), *_rules()]


def _release(limit: Decimal) -> Iterator[Check]:
    yield Check(
        "no_gating_failure_released",
        "critical",
        "every report with a failed gating identity is held, but for those a reviewer released",
        "未通过准入校验的报告均已暂扣，复核放行者除外",
        """select result.report_id, result.identity_id, result.instance_key, verdict.verdict
        from identity_result as result
        left join verdict on result.report_id = verdict.report_id
        where result.gates and result.status = 'FAIL' and verdict.verdict is distinct from 'held'
            and verdict.decision is distinct from 'release'""",
    )
    yield Check(
        "held_share_below_limit",
        "critical",
        f"less than {limit:.1%} of the reports are held (from {HELD_SHARE_FROM} reports up)",
        f"暂扣报告的比例低于 {limit:.1%}（{HELD_SHARE_FROM} 份以上时）",
        f"""select count(*) filter (where verdict = 'held') as held, count(*) as reports from verdict
        having count(*) >= {HELD_SHARE_FROM} and count(*) filter (where verdict = 'held') >= {limit} * count(*)""",
    )
    yield Check(
        "decision_is_applied",
        "critical",
        "every verdict that a reviewer decided names a decision that was applied to the report",
        "结论经复核改变的，均有已适用的复核决定",
        """select verdict.report_id, verdict.decision from verdict
        anti join applied_decision using (report_id, decision) where verdict.decision is not null""",
    )
    yield Check(
        "verdict_follows_results",
        "critical",
        "every verdict agrees with the results it is made of, and with what a reviewer decided",
        "每份报告的结论与其校验结果及复核决定一致",
        """select verdict.report_id, verdict.verdict from verdict
        left join (
            select
                report_id,
                count(*) filter (where status <> 'NOT_ASSESSABLE') as compared,
                count(*) filter (where status = 'FAIL') as failed
            from identity_result where gates group by report_id
        ) as gating on verdict.report_id = gating.report_id
        where verdict.gating_compared is distinct from ifnull(gating.compared, 0)
            or verdict.gating_failed is distinct from ifnull(gating.failed, 0)
            or verdict.verdict <> case
                when verdict.decision = 'reject' then 'held'
                when ifnull(gating.failed, 0) > 0 and verdict.decision = 'release' then 'unverified'
                when ifnull(gating.failed, 0) > 0 then 'held'
                when ifnull(gating.compared, 0) > 0 then 'verified'
                else 'unverified' end""",
    )


def _comparisons() -> Iterator[Check]:
    yield Check(
        "every_identity_compared",
        "critical",
        "every identity that applies was compared or said not assessable, in every form",
        "各格式适用的勾稽关系均已比较或注明无法核对",
        """select form, sum(expected) as expected, sum(found) as found from (
            select sheet.form, count(*) as expected, 0 as found
            from (
                select report.report_id, printed.part, tables.table_id, coalesce(printed.form, report.form) as form
                from (select distinct table_id from slot where not if_printed) as tables
                cross join (
                    select distinct cell.report_id, cell.part from cell where cell.slot_id is not null
                ) as counted
                inner join report on counted.report_id = report.report_id
                left join (
                    select distinct cell.report_id, cell.part, slot.form, slot.table_id
                    from cell inner join slot on cell.slot_id = slot.slot_id
                ) as printed
                    on counted.report_id = printed.report_id and counted.part is not distinct from printed.part
                    and tables.table_id = printed.table_id
            ) as sheet
            inner join (
                select distinct term.form, slot.table_id, identity_id, instance_key
                from term inner join slot on term.slot_id = slot.slot_id where not term.if_printed
            ) as instance on sheet.form = instance.form and sheet.table_id = instance.table_id
            group by sheet.form
            union all
            select result.form, 0, count(*) from identity_result as result
            where result.identity_id not in (select identity_id from term where if_printed)
            group by result.form
        ) group by form having sum(expected) <> sum(found)""",
    )
    yield Check(
        "identity_known",
        "critical",
        "every result is of a declared identity and instance, and gates as declared",
        "每条校验结果均出自已声明的勾稽关系，准入与否与声明一致",
        """select result.report_id, result.identity_id, result.instance_key from identity_result as result
        left join (select distinct form, identity_id, instance_key from term) as declared
            on result.form = declared.form and result.identity_id = declared.identity_id
            and result.instance_key = declared.instance_key
        left join identity on declared.identity_id = identity.identity_id
        where identity.identity_id is null
            or identity.gates <> result.gates or identity.operator <> result.operator""",
    )
    yield Check(
        "result_follows_numbers",
        "critical",
        "the status of every result agrees with its two numbers and its blanks",
        "每条结果的状态与左右两数及空白数一致",
        """select report_id, identity_id, instance_key, left_value, operator, right_value, blanks, status
        from identity_result
        inner join identity using (identity_id, operator)
        where case
            when status = 'NOT_ASSESSABLE' then blanks = 0 or difference is not null
            when left_value is null or right_value is null then status = 'PASS' -- a sum too large to store
            when difference is distinct from left_value - right_value then true
            when operator = '=' then (status = 'PASS') <> (abs(difference) <= tolerance)
            else (status = 'PASS') <> (difference <= tolerance) end""",
    )


_KEYS: Final[tuple[tuple[str, str], ...]] = (
    ("delivery", "document_id, uri"),
    ("document", "document_id"),
    ("report", "report_id"),
    ("report", "document_id, ordinal"),
    ("cell", "cell_id"),
    ("claim", "claim_id"),
    ("identity_result", "report_id, part, form, identity_id, instance_key"),
    ("implied_value", "cell_id"),
    ("soft_result", "report_id, identity_id, instance_key"),
    ("verdict", "report_id"),
    ("printed_result", "report_id, part, form, identity_id, instance_key"),
    ("localisation", "report_id, set_id, cell_id"),
    ("applied_decision", "decision_id, report_id"),
)
_DOMAINS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("document", "status", schema.DOCUMENT_STATUS),
    ("report", "form", rules.forms()),
    ("report", "coverage", schema.COVERAGE),
    ("report", "organ_basis", schema.ORGAN_BASIS),
    ("cell", "value_status", schema.VALUE_STATUS),
    ("claim", "kind", schema.CLAIM_KIND),
    ("claim", "qualifier", schema.QUALIFIER),
    ("reject", "stage", schema.REJECT_STAGE),
    ("identity_result", "status", schema.IDENTITY_STATUS),
    ("identity_result", "operator", ("=", "<=")),
    ("soft_result", "identity_id", tuple(row["identity_id"] for row in soft.prose_identities())),
    ("soft_result", "status", schema.IDENTITY_STATUS),
    ("soft_result", "operator", ("=", "<=")),
    ("verdict", "verdict", schema.VERDICT),
    ("localisation", "kind", schema.LOCALISATION_KIND),
    ("applied_decision", "decision", schema.DECISION),
)
_REFERENCES: Final[tuple[tuple[str, str, str], ...]] = (
    ("delivery", "document_id", "document"),
    ("document", "document_id", "delivery"),
    ("report", "document_id", "document"),
    ("cell", "report_id", "report"),
    ("cell", "slot_id", "slot"),
    ("claim", "report_id", "report"),
    ("reject", "document_id", "document"),
    ("reject", "report_id", "report"),
    ("identity_result", "report_id", "report"),
    ("implied_value", "cell_id", "cell"),
    ("soft_result", "report_id", "report"),
    ("verdict", "report_id", "report"),
    ("report", "report_id", "verdict"),
    ("localisation", "report_id", "report"),
    ("localisation", "cell_id", "cell"),
    ("applied_decision", "report_id", "report"),
    ("applied_decision", "cell_id", "cell"),
)


def _staged() -> Iterator[Check]:
    for table in (*schema.EXTRACTED, *schema.EVALUATED):
        yield _filled(table)
    for table, key in _KEYS:
        yield _unique(table, key)
    for table, column, values in _DOMAINS:
        yield _domain(table, column, values)
    for table, column, target in _REFERENCES:
        yield _reference(table, column, target)
    yield from map(_invariant, rules.invariants())
    yield from _balances()
    yield from _claims()
    yield from _positions()


def _filled(table: str) -> Check:
    required = [field.name for field in schema.STAGED[table] if not field.nullable]
    empty = " or ".join(f"{name} is null" for name in required)
    return Check(
        f"{table}.required_filled",
        "critical",
        f"no required column of {table} is empty",
        f"{table}：必填列均有值",
        f"select * from {table} where {empty}",
    )


def _unique(table: str, key: str) -> Check:
    return Check(
        f"{table}.unique.{key.replace(', ', '+')}",
        "critical",
        f"no two rows of {table} have the same {key}",
        f"{table}：{key} 不重复",
        f"select {key}, count(*) as times from {table} group by {key} having count(*) > 1",
    )


def _domain(table: str, column: str, values: tuple[str, ...]) -> Check:
    listed = ", ".join(f"'{value}'" for value in values)
    return Check(
        f"{table}.{column}.known",
        "critical",
        f"{table}.{column} is one of {', '.join(values)}",
        f"{table}.{column} 取值在规定范围内",
        f"select * from {table} where {column} is not null and {column} not in ({listed})",
    )


def _reference(table: str, column: str, target: str) -> Check:
    return Check(
        f"{table}.{column}.in_{target}",
        "critical",
        f"every {table}.{column} stands in {target}",
        f"{table}.{column} 均见于 {target}",
        f"select {table}.* from {table} anti join {target} using ({column}) where {column} is not null",
    )


def _invariant(row: rules.Row) -> Check:
    table = row["staged_table"]
    return Check(
        f"{table}.{row['name']}",
        cast(Severity, row["severity"]),
        f"every {table} {row['title_en']}",
        f"{table}：{row['title_zh']}",
        f"select * from {table} where {row['broken_when']}",
    )


def _balances() -> Iterator[Check]:
    yield Check(
        "document.read_or_rejected",
        "critical",
        "every document was read, with a report, or rejected, with a reject and no report",
        "每份文件或读出报告，或被拒绝并记录",
        """select document.document_id, document.status, ifnull(made.reports, 0) as reports from document
        left join (select document_id, count(*) as reports from report group by document_id) as made
            on document.document_id = made.document_id
        left join (select distinct document_id from reject) as refused on document.document_id = refused.document_id
        where case when document.status = 'read' then made.reports is null
            else made.reports is not null or refused.document_id is null end""",
    )
    yield Check(
        "cell.one_per_slot",
        "critical",
        "no report has two cells of one slot and part",
        "同一报告同一栏目不重复",
        """select report_id, slot_id, part, count(*) as times from cell
        where slot_id is not null group by report_id, slot_id, part having count(*) > 1""",
    )
    yield Check(
        "cell.slot_of_form",
        "warning",
        "every cell's slot belongs to the form of its report (late adopters mix two forms)",
        "单元格栏目属于报告所用格式（个别报告混用两种格式）",
        """select cell.cell_id, cell.slot_id, report.form from cell
        inner join slot on cell.slot_id = slot.slot_id
        inner join report on cell.report_id = report.report_id where slot.form <> report.form""",
    )
    yield Check(
        "report.form_has_cells",
        "critical",
        "every report of a printed form has a cell of it, and no prose report has one",
        "采用表格格式的报告均有单元格，纯正文报告均无",
        f"""select report.report_id, report.form from report
        left join (select distinct report_id from cell where slot_id is not null) as seen
            on report.report_id = seen.report_id
        where (report.form = '{schema.PROSE_FORM}') <> (seen.report_id is null)""",
    )
    yield Check(
        "cell.inside_document",
        "critical",
        "every cell lies inside its document",
        "单元格位置不超出文件",
        """select cell.cell_id, cell.char_end, document.char_count from cell
        inner join report on cell.report_id = report.report_id
        inner join document on report.document_id = document.document_id
        where cell.char_end > document.char_count""",
    )
    yield Check(
        "implied_value.of_blank_cell",
        "critical",
        "implied values stand beside blank cells only",
        "推定值仅用于空白单元格",
        """select implied.cell_id, cell.value_status from implied_value as implied
        inner join cell on implied.cell_id = cell.cell_id
        where cell.value_status <> 'blank'""",
    )


def _claims() -> Iterator[Check]:
    for column in ("part_of", "share_part", "share_whole"):
        yield Check(
            f"claim.{column}.in_report",
            "critical",
            f"every claim.{column} is a claim of the same report",
            f"claim.{column} 均为同一报告的数字",
            f"""select claim.claim_id, claim.{column} from claim
            anti join claim as target on claim.{column} = target.claim_id and claim.report_id = target.report_id
            where claim.{column} is not null""",
        )
    yield Check(
        "claim.total_before_parts",
        "critical",
        "no claim is a part of its own part",
        "总数不是其部分的部分",
        """select claim.claim_id, claim.part_of from claim
        inner join claim as whole on claim.part_of = whole.claim_id where whole.part_of = claim.claim_id""",
    )
    yield Check(
        "claim.inside_document",
        "critical",
        "every claim lies inside its document",
        "正文数字位置不超出文件",
        """select claim.claim_id, claim.char_end, document.char_count from claim
        inner join report on claim.report_id = report.report_id
        inner join document on report.document_id = document.document_id
        where claim.char_end > document.char_count""",
    )
    yield Check(
        "soft_result.follows_numbers",
        "critical",
        "the status of every result of prose agrees with its two numbers",
        "正文核对结果的状态与左右两数一致",
        """select report_id, identity_id, instance_key, left_value, operator, right_value, status from soft_result
        where case
            when status = 'NOT_ASSESSABLE' then difference is not null
            when left_value is null or right_value is null then status = 'PASS' -- a sum too large to store
            when difference is distinct from left_value - right_value then true
            when operator = '=' then status = 'FAIL' and difference = 0
            else status = 'FAIL' and difference <= 0 end""",
    )


def _positions() -> Iterator[Check]:
    yield Check(
        f"cell.{POSITIONAL}_in_order",
        "warning",
        "the cells of section four, bound by position, follow each other as on the form (S-02)",
        "第四部分各格按位置对应，其先后与表格相同（S-02）",
        f"""select report_id, slot_before, slot_id from (
            select cell.report_id, slot.slot_id, cell.char_start,
                lag(cell.char_start) over places as start_before, lag(slot.slot_id) over places as slot_before
            from cell inner join slot on cell.slot_id = slot.slot_id where slot.table_id = '{POSITIONAL}'
            window places as (partition by cell.report_id, cell.part, slot.form order by slot.position)
        ) where char_start < start_before""",
    )


def _rules() -> Iterator[Check]:
    for row in rules.identities():
        if row["stage"] in (rules.ALWAYS, rules.IF_PRINTED):
            yield Check(
                f"identity:{row['identity_id']}",
                "info" if row["severity"] == "info" else "warning",
                f"{row['identity_id']} {row['title_en']}",
                f"{row['identity_id']} {row['title_zh']}",
                f"""select report_id, instance_key, part, left_value, operator, right_value, difference
                from identity_result where identity_id = '{row["identity_id"]}' and status = 'FAIL'
                order by report_id, instance_key""",
            )
    for row in soft.prose_identities():
        name = "prose" if row["stage"] in (rules.ALWAYS, rules.IF_PRINTED) else "identity"
        yield Check(
            f"{name}:{row['identity_id']}",
            "info" if row["severity"] == "info" else "warning",
            f"{row['identity_id']} {row['title_en']}, in prose",
            f"{row['identity_id']} {row['title_zh']}（正文）",
            f"""select report_id, instance_key, left_value, operator, right_value, difference
            from soft_result where identity_id = '{row["identity_id"]}' and status = 'FAIL'
            order by report_id, instance_key""",
        )
