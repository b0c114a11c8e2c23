-- What an organ should look at: each gating identity that its report fails as printed, open until a later vintage passes it.
-- A reviewer's decision closes nothing: the report still stands as it was published.
with as_printed as (

    select
        report.report_id,
        result.* exclude (load_name, report_id)
    from {{ ref('int_report') }} as report
    inner join {{ ref('stg_identity_result') }} as result
        on
            report.load_name = result.load_name
            and report.report_id = result.report_id
    where report.decided_at is null
    union all
    select
        report.report_id,
        result.* exclude (load_name, report_id)
    from {{ ref('int_report') }} as report
    inner join {{ ref('stg_printed_result') }} as result
        on
            report.load_name = result.load_name
            and report.report_id = result.report_id
    where report.decided_at is not null

),

pair as (

    select
        case when one.vintage < other.vintage then one.report_id else other.report_id end as report_id,
        case when one.vintage < other.vintage then other.report_id else one.report_id end as later_report_id,
        greatest(one.known_from, other.known_from) as later_known_from
    from {{ ref('provenance_vintage') }} as vintage
    inner join {{ ref('provenance_report') }} as one on vintage.report_id = one.report_id
    inner join {{ ref('provenance_report') }} as other on vintage.newer_report_id = other.report_id
    where vintage.is_same_form

),

closing as (

    select
        pair.report_id,
        passed.form,
        passed.identity_id,
        passed.instance_key,
        passed.part,
        min(pair.later_known_from) as closed_at,
        min_by(pair.later_report_id, (pair.later_known_from, pair.later_report_id)) as closed_by
    from pair
    inner join as_printed as passed on pair.later_report_id = passed.report_id
    where passed.identity_status = 'PASS'
    group by all

)

select
    failure.report_id,
    failure.identity_id,
    failure.instance_key,
    failure.part,
    report.organ_name,
    report.year,
    report.coverage,
    failure.form,
    report.vintage,
    identity.title_zh,
    identity.title_en,
    failure.left_value,
    failure.operator,
    failure.right_value,
    failure.difference,
    {{ failure_sentence('zh') }} as sentence_zh,
    {{ failure_sentence('en') }} as sentence_en,
    report.known_from as opened_at,
    closing.closed_at,
    closing.closed_by,
    closing.closed_at is null as is_open
from as_printed as failure
inner join {{ ref('provenance_report') }} as report on failure.report_id = report.report_id
left join {{ ref('identity') }} as identity on failure.identity_id = identity.identity_id
left join {{ ref('instance') }} as instance on failure.instance_key = instance.instance
left join {{ ref('indicator') }} as indicator on failure.instance_key = indicator.indicator_id
left join closing
    on
        failure.report_id = closing.report_id
        and failure.form = closing.form
        and failure.identity_id = closing.identity_id
        and failure.instance_key = closing.instance_key
        and failure.part is not distinct from closing.part
where
    failure.gates
    and failure.identity_status = 'FAIL'
