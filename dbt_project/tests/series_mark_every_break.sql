-- No point of a series stands behind a change of form, a change of counting rule, a weak relation, a change from prose to
-- table or a suppressed rate without saying so; and none is compared with another coverage.
with point as (

    select
        series.*,
        form.generation,
        previous_form.generation as previous_generation,
        previous_report.coverage as previous_coverage,
        previous_report.organ_name as previous_organ
    from {{ ref('marts_series') }} as series
    left join {{ ref('form') }} as form on series.form = form.form
    left join {{ ref('form') }} as previous_form on series.previous_form = previous_form.form
    left join {{ ref('provenance_report') }} as previous_report on series.previous_report_id = previous_report.report_id

),

crossed as (

    -- A new national form began to hold between the two years.
    select distinct
        point.previous_year,
        point.year
    from point
    inner join {{ ref('form') }} as next_form on next_form.first_year between point.previous_year + 1 and point.year
    where point.previous_year is not null

)

select
    point.organ_name,
    point.year,
    point.measure_id,
    'break is not marked' as fault
from point
left join crossed
    on
        point.previous_year = crossed.previous_year
        and point.year = crossed.year
where
    not point.is_break
    and (crossed.year is not null or point.generation != point.previous_generation)

union all

select
    organ_name,
    year,
    measure_id,
    'break has no reason' as fault
from point
where generation != previous_generation and (break_years is null or break_reason_zh is null or break_reason_en is null)

union all

select
    organ_name,
    year,
    measure_id,
    'weak relation passes as comparable' as fault
from point
where comparability = 'comparable' and (is_weak or is_source_change or match_type != 'exactMatch' or coalesce(grade, 'A') != 'A')

union all

select
    organ_name,
    year,
    measure_id,
    'coverage or organ is mixed' as fault
from point
where previous_year is not null and (coverage != previous_coverage or organ_name != previous_organ)

union all

select
    organ_name,
    year,
    measure_id,
    'implied value passes as printed' as fault
from point
where
    (measure_type != 'metric' and value is null and implied_value is not null and not uses_implied)
    or (measure_type = 'metric' and value is null and suppressed is null)
