-- Which decisions speak for which reports, and the cells as they stand after the corrections.
-- Reads: staged_report, printed_cell (staged tables), decision (the reviewers' file), former_decision (decision_id, report_id,
-- applied_at of an earlier evaluation), evaluation (evaluated_at, one row). Makes: keyed, applied_decision, decided_cell.

create or replace temp table keyed as
-- Every report that a decision is about, with the cell it names as it is printed there, whether or not it is as expected.
select
    decision.decision_id,
    decision.line,
    decision.decision,
    staged_report.report_id,
    printed_cell.cell_id,
    printed_cell.raw_text as found,
    decision.corrected_value,
    decision.slot_id is null
    or coalesce(trim(printed_cell.raw_text) = coalesce(decision.expected_value, ''), false)
    -- 1,904 is 1904.
    or coalesce(
        printed_cell.value = try_cast(replace(decision.expected_value, ',', '') as decimal(20, 6)), false
    ) as is_as_expected
from decision
inner join staged_report
    on
        decision.organ_name = staged_report.organ_name
        and decision.year = staged_report.year
        and decision.coverage = staged_report.coverage
        and (decision.division_code is null or decision.division_code = staged_report.division_code)
left join printed_cell
    on
        staged_report.report_id = printed_cell.report_id
        and decision.slot_id = printed_cell.slot_id
        and decision.part is not distinct from printed_cell.part;

create or replace temp table applied_decision as
select
    keyed.decision_id,
    keyed.report_id,
    keyed.decision,
    keyed.cell_id,
    keyed.corrected_value,
    coalesce(former_decision.applied_at, evaluation.evaluated_at) as applied_at
from keyed
cross join evaluation
left join former_decision
    on
        keyed.decision_id = former_decision.decision_id
        and keyed.report_id = former_decision.report_id
where keyed.is_as_expected
order by keyed.report_id, keyed.line;

create or replace temp view decided_cell as
-- raw_text stays as printed: a correction changes what is reckoned with, never what was read.
select
    printed_cell.* replace (
        coalesce(correction.corrected_value, printed_cell.value) as value,
        case
            when correction.cell_id is null then printed_cell.value_status
            when correction.corrected_value = 0 then 'explicit_zero'
            else 'reported'
        end as value_status
    )
from printed_cell
left join (
    select cell_id, min(corrected_value) as corrected_value
    from applied_decision
    where decision = 'correct'
    group by cell_id
) as correction on printed_cell.cell_id = correction.cell_id;
