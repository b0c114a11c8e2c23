select
    result.report_id,
    result.identity_id,
    result.instance_key,
    result.left_value,
    result.operator,
    result.right_value,
    result.difference,
    result.soft_status as status,
    result.severity,
    result.left_quote,
    result.right_quote,
    result.left_ids,
    result.right_ids,
    result.sentence_zh,
    result.sentence_en,
    identity.title_zh,
    identity.title_en,
    report.organ_name,
    report.year,
    report.period_end,
    report.form,
    report.coverage,
    report.verdict
from {{ ref('int_report') }} as report
inner join {{ ref('stg_soft_result') }} as result
    on
        report.load_name = result.load_name
        and report.report_id = result.report_id
left join {{ ref('identity') }} as identity on result.identity_id = identity.identity_id
