-- Every figure and rate of an organ from year to year: organ x coverage x measure x year, with what stands between a point
-- and the one before. Grain: a point. Coverage is part of the key, so that own figures and whole regions never mix.
with measure as (

    select
        figure.report_id,
        case when figure.is_derived then 'derived' else 'indicator' end as measure_type,
        figure.indicator_id as measure_id,
        indicator.name_zh as measure_zh,
        indicator.name_en as measure_en,
        indicator.topic,
        figure.applicant_type,
        figure.outcome,
        figure.route,
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
    inner join {{ ref('indicator') }} as indicator on figure.indicator_id = indicator.indicator_id

    union all by name

    select
        report_id,
        'metric' as measure_type,
        metric_id as measure_id,
        metric_zh as measure_zh,
        metric_en as measure_en,
        cast(null as varchar) as topic,
        cast(null as varchar) as applicant_type,
        cast(null as varchar) as outcome,
        cast(null as varchar) as route,
        value,
        cast(null as decimal(20, 6)) as implied_value,
        coalesce(suppressed, 'reported') as value_status,
        cast(null as varchar) as unit_code,
        case grade when 'A' then 'exactMatch' else 'closeMatch' end as match_type,
        grade,
        uses_implied,
        suppressed,
        case form when 'prose' then 'claim' else 'table' end as source
    from {{ ref('marts_metric') }}

),

looked_back as (

    select
        measure.*,
        report.organ_key,
        report.organ_name,
        report.division_code,
        report.coverage,
        report.year,
        report.period_end,
        report.form,
        report.generation,
        report.verdict,
        -- One look back for all of it.
        lag(
            {
                'year': report.year,
                'report_id': measure.report_id,
                'value': measure.value,
                'form': report.form,
                'generation': report.generation,
                'match_type': measure.match_type,
                'source': measure.source,
                'measure_type': measure.measure_type
            }
        ) over same_series as previous
    from measure
    inner join {{ ref('int_series_report') }} as report on measure.report_id = report.report_id
    window same_series as (
        partition by
            report.organ_key,
            report.coverage,
            measure.measure_id,
            measure.applicant_type,
            measure.outcome,
            measure.route
        order by report.year
    )

),

point as (

    select
        * exclude (previous),
        previous.year as previous_year,
        previous.report_id as previous_report_id,
        previous.value as previous_value,
        previous.form as previous_form,
        previous.generation as previous_generation,
        previous.match_type as previous_match_type,
        previous.source as previous_source,
        previous.measure_type as previous_measure_type
    from looked_back

),

-- The steps from one form and year to another that occur, each with the breaks it crosses: by the year, or by the form where
-- an office uses one in another year than its own.
step as (

    select distinct
        measure_id,
        measure_type,
        topic,
        previous_year,
        year,
        previous_generation,
        generation
    from point
    where previous_year is not null

),

crossed as (

    select
        step.*,
        series_break.break_year,
        series_break.effect,
        series_break.reason_zh,
        series_break.reason_en
    from step
    inner join {{ ref('series_break') }} as series_break
        on
            (
                (step.previous_year < series_break.break_year and step.year >= series_break.break_year)
                or (
                    step.previous_generation <= series_break.from_generation
                    and step.generation >= series_break.to_generation
                )
            )
            and coalesce(step.topic = series_break.topic, series_break.topic is null)
            and coalesce(step.measure_id = series_break.indicator_id, series_break.indicator_id is null)
    -- What is said of the measure counts before what is said of its topic, and that before what is said of all.
    qualify
        rank() over (
            partition by
                step.measure_id,
                step.previous_year,
                step.year,
                step.previous_generation,
                step.generation,
                series_break.break_year
            order by (series_break.indicator_id is not null) desc, (series_break.topic is not null) desc
        ) = 1

),

break as (

    select
        measure_id,
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
    group by measure_id, previous_year, year, previous_generation, generation

)

select
    point.organ_key,
    point.organ_name,
    point.division_code,
    point.coverage,
    point.measure_type,
    point.measure_id,
    point.measure_zh,
    point.measure_en,
    point.applicant_type,
    point.outcome,
    point.route,
    point.year,
    point.period_end,
    point.value,
    point.implied_value,
    point.value_status,
    point.uses_implied,
    point.suppressed,
    point.unit_code,
    point.source,
    point.form,
    point.match_type,
    point.match_type != 'exactMatch' as is_weak,
    point.grade,
    point.verdict,
    point.previous_year,
    point.previous_value,
    point.previous_form,
    coalesce(point.source != point.previous_source, false) as is_source_change,
    coalesce(point.year - point.previous_year > 1, false) as is_gap,
    break.break_years is not null as is_break,
    break.break_years,
    break.reason_zh as break_reason_zh,
    break.reason_en as break_reason_en,
    case
        when point.previous_year is null then null
        when break.is_incomparable then 'incomparable'
        when
            coalesce(break.is_caution, false)
            or point.match_type != 'exactMatch'
            or point.previous_match_type != 'exactMatch'
            or point.source != point.previous_source
            or point.measure_type != point.previous_measure_type
            then 'caution'
        else 'comparable'
    end as comparability,
    point.report_id,
    point.previous_report_id
from point
left join break
    on
        point.measure_id = break.measure_id
        and point.previous_year = break.previous_year
        and point.year = break.year
        and point.previous_generation is not distinct from break.previous_generation
        and point.generation is not distinct from break.generation
