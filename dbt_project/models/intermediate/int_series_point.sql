-- Every point of a series beside the one before it. Reports and measures stand as numbers here: all points are sorted once,
-- and what is sorted has to be small. Coverage is part of a series, so that own figures and whole regions never mix.
-- Grain: a point.
with figure as (

    select
        figure.report_id,
        measure.measure_no,
        case when figure.is_derived then 'derived' else 'indicator' end as measure_type,
        figure.value,
        figure.implied_value,
        figure.value_status,
        figure.unit_code,
        figure.match_type,
        cast(null as varchar) as grade,
        figure.value is null and figure.implied_value is not null as uses_implied,
        cast(null as varchar) as suppressed,
        figure.source
    from {{ ref('int_figure') }} as figure
    inner join {{ ref('int_series_measure') }} as measure
        on
            figure.indicator_id = measure.measure_id
            and figure.applicant_type is not distinct from measure.applicant_type
            and figure.outcome is not distinct from measure.outcome
            and figure.route is not distinct from measure.route

    union all by name

    select
        metric.report_id,
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
    inner join {{ ref('int_series_measure') }} as measure on metric.metric_id = measure.measure_id

)

select
    report.report_no,
    figure.* exclude (report_id),
    -- One look back for all of it.
    lag(
        {
            'report_no': report.report_no,
            'value': figure.value,
            'match_type': figure.match_type,
            'source': figure.source,
            'measure_type': figure.measure_type
        }
    ) over (
        partition by
            report.series_no,
            figure.measure_no
        order by report.year
    ) as previous
from figure
inner join {{ ref('int_series_report') }} as report on figure.report_id = report.report_id
