-- Of the organs that report, how many received no request: by year, coverage, kind of organ and level of its division. Who should
-- report and does not is not known. Grain: those four.
with reporting as (

    select
        report.year,
        report.coverage,
        organ.organ_kind,
        division.level as division_level,
        figure.known_value,
        figure.value is null as is_implied
    from {{ ref('int_series_report') }} as report
    inner join {{ ref('int_figure') }} as figure
        on
            report.report_id = figure.report_id
            and figure.indicator_id = 'requests_received'
            and coalesce(figure.applicant_type, 'total') = 'total'
            and figure.known_value is not null
    inner join {{ ref('int_organ_division') }} as organ on report.report_id = organ.report_id
    left join {{ ref('marts_dim_division') }} as division
        on
            organ.division_code = division.code
            and report.year between division.valid_from and coalesce(division.valid_to, report.year)

),

counted as (

    select
        year,
        coverage,
        organ_kind,
        division_level,
        count(*) as organs,
        count(*) filter (where known_value = 0) as organs_without_requests,
        count(*) filter (where is_implied) as implied_values
    from reporting
    group by year, coverage, organ_kind, division_level

)

select
    counted.year,
    counted.coverage,
    counted.organ_kind,
    counted.division_level,
    counted.organs::integer as organs,
    counted.organs_without_requests::integer as organs_without_requests,
    counted.implied_values::integer as implied_values,
    case
        when counted.organs >= metric.least_cases
            then round(counted.organs_without_requests * metric.factor / counted.organs, 6)
    end::decimal(20, 6) as share,
    case when counted.organs < metric.least_cases then 'few_cases' end as suppressed
from counted
inner join {{ ref('metric') }} as metric on metric.metric_id = 'zero_request_share'
