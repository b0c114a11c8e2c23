-- Harmonised figures of a report beside those it prints: what its form prints itself needs no derivation.
with printed as (

    -- Few forms print what others let derive: nothing else is compared.
    select
        report_id,
        indicator_id,
        applicant_type
    from {{ ref('marts_observation') }}
    where
        indicator_id in (select derivation.indicator_id from {{ ref('derivation') }} as derivation)
        and is_preferred
        and period = 'annual'
        and source = case form when 'prose' then 'claim' else 'table' end

)

select
    harmonised.report_id || '/' || harmonised.indicator_id || coalesce('/' || harmonised.applicant_type, '') as figure_id,
    report.report_no,
    harmonised.report_id,
    measure.measure_no,
    harmonised.indicator_id,
    harmonised.applicant_type,
    -- A sum with a blank that printed totals force to a value is implied, not printed.
    case when harmonised.implied_parts = 0 then harmonised.value end as value,
    case when harmonised.implied_parts > 0 then harmonised.value end as implied_value,
    case
        when harmonised.value is null then 'incomplete'
        when harmonised.implied_parts > 0 then 'blank'
        when harmonised.value = 0 then 'explicit_zero'
        else 'reported'
    end as value_status,
    harmonised.unit_code,
    harmonised.match_type
from {{ ref('marts_harmonised') }} as harmonised
inner join {{ ref('int_report') }} as report on harmonised.report_id = report.report_id
inner join {{ ref('int_series_measure') }} as measure
    on
        harmonised.indicator_id = measure.measure_id
        and harmonised.applicant_type is not distinct from measure.applicant_type
        and measure.outcome is null
        and measure.route is null
anti join printed
    on
        harmonised.report_id = printed.report_id
        and harmonised.indicator_id = printed.indicator_id
        and harmonised.applicant_type is not distinct from printed.applicant_type
