{{ config(materialized='view') }}

-- Every figure and rate of the reports that series use. Reports and measures stand as numbers. Grain: a report and a measure.
with figure as (

    select
        report_no,
        measure_no,
        case when is_derived then 'derived' else 'indicator' end as measure_type,
        value,
        implied_value,
        value_status,
        unit_code,
        match_type,
        cast(null as varchar) as grade,
        value is null and implied_value is not null as uses_implied,
        cast(null as varchar) as suppressed,
        source
    from {{ ref('int_figure') }}

),

rate as (

    select
        report.report_no,
        measure.measure_no,
        'metric' as measure_type,
        metric.value,
        cast(null as decimal(20, 6)) as implied_value,
        coalesce(metric.suppressed, 'reported') as value_status,
        cast(null as varchar) as unit_code,
        case metric.grade when 'A' then 'exactMatch' else 'closeMatch' end as match_type,
        metric.grade,
        metric.uses_implied,
        metric.suppressed,
        case metric.form when 'prose' then 'claim' else 'table' end as source
    from {{ ref('marts_metric') }} as metric
    inner join {{ ref('int_report') }} as report on metric.report_id = report.report_id
    inner join {{ ref('int_series_measure') }} as measure on metric.metric_id = measure.measure_id

),

unioned as (

    select * from figure
    union all by name
    select * from rate

)

select unioned.*
from unioned
inner join {{ ref('int_series_report') }} as report on unioned.report_no = report.report_no
