-- What stands before a point in its series, of every point that has something before it: nothing else is sorted, and what is
-- sorted is small. Coverage is part of a series, so that own figures and whole regions never mix. Grain: a point.
with repeated as (

    select
        report_no,
        series_no,
        year
    from {{ ref('int_series_report') }}
    qualify count(*) over (partition by series_no) > 1

),

step as (

    select
        figure.report_no,
        figure.measure_no,
        -- One look back for all of it.
        lag(
            {
                'report_no': figure.report_no,
                'value': figure.value,
                'match_type': figure.match_type,
                'source': figure.source,
                'measure_type': figure.measure_type
            }
        ) over (
            partition by
                repeated.series_no,
                figure.measure_no
            order by repeated.year
        ) as previous
    from {{ ref('int_series_figure') }} as figure
    inner join repeated on figure.report_no = repeated.report_no

)

select *
from step
where previous is not null
