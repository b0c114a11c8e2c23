-- X-03: totals that change by a large factor in a year. What is smaller than the declared least number counts as that number,
-- so that a change from 0 to 3 is none. Steps that cannot be compared at all are left out.
with step as (

    select
        series.report_id,
        rule.identity_id,
        rule.operator,
        rule.right_constant,
        series.measure_id || coalesce('/' || nullif(series.route, 'all'), '') as instance_key,
        series.previous_report_id as other_report_id,
        series.previous_year,
        greatest(series.value, rule.least_number) as this_value,
        greatest(series.previous_value, rule.least_number) as previous_value
    from {{ ref('marts_series') }} as series
    inner join {{ ref('warehouse_rule') }} as rule on rule.identity_id = 'X-03'
    where
        series.measure_type = 'indicator'
        and coalesce(series.applicant_type, 'total') = 'total'
        and coalesce(series.outcome, 'total') = 'total'
        and series.year - series.previous_year = 1
        and series.comparability != 'incomparable'
        and greatest(series.value, series.previous_value) > rule.least_number
        and series.value is not null
        and series.previous_value is not null

)

select
    report_id,
    identity_id,
    instance_key,
    other_report_id,
    previous_year || '年' as other_zh,
    cast(previous_year as varchar) as other_en,
    round(greatest(this_value / previous_value, previous_value / this_value), 1) as left_value,
    operator,
    right_constant as right_value,
    greatest(this_value, previous_value) < right_constant * least(this_value, previous_value) as holds,
    cast(null as varchar) as left_ids,
    cast(null as varchar) as right_ids
from step
