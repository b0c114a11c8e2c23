-- The share of organs that received no request, by year, level, kind and coverage. An organ whose figure is not known is no
-- organ without requests: it is counted apart. Reports do not say who was obliged to report, so the base is who did.
with metric as (

    select
        *,
        unnest(string_split(generations, ',')) as generation
    from {{ ref('metric') }}
    where metric_id = 'zero_request_share'

),

received as (

    select
        report_id,
        known_value,
        value is null as is_implied
    from {{ ref('int_figure') }}
    where
        indicator_id = 'requests_received'
        and applicant_type = 'total'
        and known_value is not null

),

counted as (

    select
        report.year,
        report.period_end,
        coalesce(division.level, 'undetermined') as level,
        organ.organ_kind,
        report.coverage,
        metric.metric_id,
        metric.least_cases,
        count(*) as organs_reporting,
        count(received.report_id) as organs_known,
        count(*) filter (where received.known_value = 0) as organs_without_requests,
        coalesce(bool_or(received.is_implied), false) as uses_implied
    from {{ ref('int_series_report') }} as report
    inner join metric on report.generation = metric.generation
    inner join {{ ref('marts_dim_organ') }} as organ on report.organ_key = organ.organ_key
    left join {{ ref('marts_dim_division') }} as division
        on
            report.division_code = division.code
            and report.year >= division.valid_from
            and report.year <= coalesce(division.valid_to, report.year)
    left join received on report.report_id = received.report_id
    group by all

)

select
    year,
    period_end,
    level,
    organ_kind,
    coverage,
    metric_id,
    cast(organs_reporting as integer) as organs_reporting,
    cast(organs_known as integer) as organs_known,
    cast(organs_without_requests as integer) as organs_without_requests,
    case when organs_known >= least_cases then cast(organs_without_requests / organs_known as decimal(20, 6)) end as value,
    case
        when organs_known = 0 then 'no_cases'
        when organs_known < least_cases then 'few_cases'
    end as suppressed,
    uses_implied
from counted
