-- The breaks between a point of a series and the one before, for each step from one form and year to another that occurs: by
-- the year, or by the form where an office uses one in another year than its own.
-- Grain: a measure and a step.
with step as (

    select distinct
        point.measure_no,
        previous_report.year as previous_year,
        report.year,
        previous_report.generation as previous_generation,
        report.generation
    from {{ ref('int_series_step') }} as point
    inner join {{ ref('int_series_report') }} as report on point.report_no = report.report_no
    inner join {{ ref('int_series_report') }} as previous_report on point.previous['report_no'] = previous_report.report_no

),

crossed as (

    select
        step.*,
        series_break.break_year,
        series_break.effect,
        series_break.reason_zh,
        series_break.reason_en
    from step
    inner join {{ ref('int_series_measure') }} as measure on step.measure_no = measure.measure_no
    inner join {{ ref('series_break') }} as series_break
        on
            (
                (step.previous_year < series_break.break_year and step.year >= series_break.break_year)
                -- Some offices go back to an older form.
                or (
                    least(step.previous_generation, step.generation) <= series_break.from_generation
                    and greatest(step.previous_generation, step.generation) >= series_break.to_generation
                )
            )
            and coalesce(measure.topic = series_break.topic, series_break.topic is null)
            and coalesce(measure.measure_id = series_break.indicator_id, series_break.indicator_id is null)
    -- What is said of the measure counts before what is said of its topic, and that before what is said of all.
    qualify
        rank() over (
            partition by
                step.measure_no,
                step.previous_year,
                step.year,
                step.previous_generation,
                step.generation,
                series_break.break_year
            order by (series_break.indicator_id is not null) desc, (series_break.topic is not null) desc
        ) = 1

)

select
    measure_no,
    previous_year,
    year,
    previous_generation,
    generation,
    string_agg(cast(break_year as varchar), ', ' order by break_year) as break_years,
    string_agg(reason_zh, '；' order by break_year) as reason_zh,
    string_agg(reason_en, '; ' order by break_year) as reason_en,
    bool_or(effect = 'incomparable') as is_incomparable,
    bool_or(effect != 'comparable') as is_caution
from crossed
group by measure_no, previous_year, year, previous_generation, generation
