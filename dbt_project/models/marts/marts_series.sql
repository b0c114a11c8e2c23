{{ config(materialized='view') }}

-- Every figure and rate of an organ from year to year: organ x coverage x measure x year, with what stands between a point
-- and the one before. Grain: a point.
select
    report.organ_key,
    report.organ_name,
    report.division_code,
    report.coverage,
    point.measure_type,
    measure.measure_id,
    measure.measure_zh,
    measure.measure_en,
    measure.applicant_type,
    measure.outcome,
    measure.route,
    report.year,
    report.period_end,
    point.value,
    point.implied_value,
    point.value_status,
    point.uses_implied,
    point.suppressed,
    point.unit_code,
    point.source,
    report.form,
    point.match_type,
    point.match_type != 'exactMatch' as is_weak,
    point.grade,
    report.verdict,
    previous_report.year as previous_year,
    point.previous['value'] as previous_value,
    previous_report.form as previous_form,
    coalesce(point.source != point.previous['source'], false) as is_source_change,
    coalesce(report.year - previous_report.year > 1, false) as is_gap,
    break.break_years is not null as is_break,
    break.break_years,
    break.reason_zh as break_reason_zh,
    break.reason_en as break_reason_en,
    case
        when previous_report.report_no is null then null
        when break.is_incomparable then 'incomparable'
        when
            coalesce(break.is_caution, false)
            or point.match_type != 'exactMatch'
            or point.previous['match_type'] != 'exactMatch'
            or point.source != point.previous['source']
            or point.measure_type != point.previous['measure_type']
            then 'caution'
        else 'comparable'
    end as comparability,
    report.report_id,
    previous_report.report_id as previous_report_id
from {{ ref('int_series_point') }} as point
inner join {{ ref('int_series_report') }} as report on point.report_no = report.report_no
inner join {{ ref('int_series_measure') }} as measure on point.measure_no = measure.measure_no
left join {{ ref('int_series_report') }} as previous_report on point.previous['report_no'] = previous_report.report_no
left join {{ ref('int_series_break') }} as break
    on
        point.measure_no = break.measure_no
        and previous_report.year = break.previous_year
        and report.year = break.year
        and previous_report.generation is not distinct from break.previous_generation
        and report.generation is not distinct from break.generation
