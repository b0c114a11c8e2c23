{{ config(materialized='view') }}

select
    result.report_id,
    result.identity_id,
    result.instance_key,
    result.left_value,
    result.operator,
    result.right_value,
    result.difference,
    result.blanks,
    result.identity_status as status,
    result.part,
    result.gates,
    identity.title_zh,
    identity.title_en,
    report.organ_name,
    report.year,
    report.period_end,
    result.form,
    report.coverage,
    report.verdict
from {{ ref('int_report') }} as report
inner join {{ ref('stg_identity_result') }} as result
    on
        report.load_name = result.load_name
        and report.report_id = result.report_id
left join {{ ref('identity') }} as identity on result.identity_id = identity.identity_id
