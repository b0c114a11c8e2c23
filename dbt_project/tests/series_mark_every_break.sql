-- No point of a series stands behind a change of form, a change of counting rule, a weak relation, a change from prose to
-- table or a suppressed rate without saying so; and none is compared with another coverage.
with step as (

    select distinct
        previous_year,
        year
    from {{ ref('marts_series') }}
    where previous_year is not null

),

new_form as (

    -- A new national form began to hold between the two years.
    select distinct
        step.previous_year,
        step.year
    from step
    inner join {{ ref('form') }} as form on form.first_year between step.previous_year + 1 and step.year

),

point as (

    select
        series.organ_name,
        series.year,
        series.measure_id,
        new_form.year is not null as is_new_form,
        coalesce(form.generation != previous_form.generation, false) as is_new_generation,
        series.is_break,
        series.break_years is not null
        and series.break_reason_zh is not null
        and series.break_reason_en is not null as has_reason,
        series.comparability = 'comparable' as is_comparable,
        series.is_weak or series.is_source_change as is_weak_or_other_source,
        series.match_type = 'exactMatch' and coalesce(series.grade, 'A') = 'A' as is_exact,
        series.previous_report_id is not null
        and (series.coverage != previous_report.coverage or series.organ_name != previous_report.organ_name) as is_mixed,
        series.value is null as is_not_printed,
        case
            when series.measure_type = 'metric' then series.suppressed is not null
            else series.implied_value is null or series.uses_implied
        end as says_why
    from {{ ref('marts_series') }} as series
    left join {{ ref('form') }} as form on series.form = form.form
    left join {{ ref('form') }} as previous_form on series.previous_form = previous_form.form
    left join {{ ref('provenance_report') }} as previous_report on series.previous_report_id = previous_report.report_id
    left join new_form on series.previous_year = new_form.previous_year and series.year = new_form.year

),

judged as (

    select
        organ_name,
        year,
        measure_id,
        case
            when (is_new_form or is_new_generation) and not is_break then 'break is not marked'
            when is_new_generation and not has_reason then 'break has no reason'
            when is_comparable and (is_weak_or_other_source or not is_exact) then 'weak relation passes as comparable'
            when is_mixed then 'coverage or organ is mixed'
            when is_not_printed and not says_why then 'implied value passes as printed'
        end as fault
    from point

)

select *
from judged
where fault is not null
