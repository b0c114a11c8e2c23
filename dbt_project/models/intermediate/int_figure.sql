-- The figures of a current report that series, rates and rules between reports are made of, printed and derived alike: one
-- a quantity. Where no table was read it is what the prose states, and `source` says so.
with printed as (

    select
        observation_id as figure_id,
        report_id,
        indicator_id,
        applicant_type,
        outcome,
        route,
        value,
        implied_value,
        value_status,
        unit_code,
        match_type,
        source,
        false as is_derived
    from {{ ref('marts_observation') }}
    where
        is_preferred
        and period = 'annual'
        and source = case form when 'prose' then 'claim' else 'table' end

),

derived as (

    select
        harmonised.report_id || '/' || harmonised.indicator_id || coalesce('/' || harmonised.applicant_type, '') as figure_id,
        harmonised.report_id,
        harmonised.indicator_id,
        harmonised.applicant_type,
        cast(null as varchar) as outcome,
        cast(null as varchar) as route,
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
        harmonised.match_type,
        'table' as source,
        true as is_derived
    from {{ ref('marts_harmonised') }} as harmonised
    -- What the form prints itself needs no derivation.
    anti join printed
        on
            harmonised.report_id = printed.report_id
            and harmonised.indicator_id = printed.indicator_id
            and harmonised.applicant_type is not distinct from printed.applicant_type

),

unioned as (

    select * from printed
    union all by name
    select * from derived

)

select
    unioned.*,
    coalesce(unioned.value, unioned.implied_value) as known_value,
    report.organ_name,
    report.division_code,
    report.year,
    report.period_end,
    report.form,
    report.coverage,
    report.verdict
from unioned
inner join {{ ref('provenance_report') }} as report on unioned.report_id = report.report_id
