-- Every decision of the reviewers' file and what became of it: a row each report it was applied to, one without a report where
-- none of its organ, year and coverage is here yet.
with applied as (

    select
        applied_decision.decision_id,
        applied_decision.report_id,
        applied_decision.cell_id,
        applied_decision.applied_at,
        report.verdict,
        report.printed_verdict
    from {{ ref('stg_applied_decision') }} as applied_decision
    inner join {{ ref('int_report') }} as report
        on
            applied_decision.load_name = report.load_name
            and applied_decision.report_id = report.report_id

),

superseded as (

    select
        vintage.report_id,
        min(newer.report_id) as superseded_by
    from {{ ref('provenance_vintage') }} as vintage
    inner join {{ ref('provenance_report') }} as newer on vintage.newer_report_id = newer.report_id
    where newer.is_current
    group by vintage.report_id

)

select
    decision.decision_id,
    decision.line,
    decision.decision,
    decision.organ_name,
    decision.division_code,
    decision.year,
    decision.coverage,
    decision.slot_id,
    decision.part,
    decision.expected_value,
    decision.corrected_value,
    decision.who,
    decision.decided_on,
    decision.reason,
    decision.source,
    case
        when applied.report_id is null then 'waiting'
        when superseded.report_id is not null then 'superseded'
        else 'applied'
    end as state,
    code.label_zh as state_zh,
    code.label_en as state_en,
    applied.report_id,
    applied.cell_id,
    applied.applied_at,
    applied.printed_verdict,
    applied.verdict,
    superseded.superseded_by
from {{ ref('stg_decision') }} as decision
left join applied on decision.decision_id = applied.decision_id
left join superseded on applied.report_id = superseded.report_id
left join {{ ref('code') }} as code
    on
        code.codelist = 'decision_state'
        and code.code
        = case
            when applied.report_id is null then 'waiting'
            when superseded.report_id is not null then 'superseded'
            else 'applied'
        end
