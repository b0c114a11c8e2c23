{{ config(materialized='view') }}

-- The figures of a current report that series, rates and rules between reports are made of, printed and derived alike: one
-- a quantity. Where no table was read it is what the prose states, and `source` says so. Its key is the key of either half.
with unioned as (

    select
        observation.observation_id as figure_id,
        observation.report_no,
        report.report_id,
        meaning.measure_no,
        meaning.indicator_id,
        meaning.applicant_type,
        meaning.outcome,
        meaning.route,
        observation.value,
        observation.implied_value,
        observation.value_status,
        case when observation.has_unit then meaning.unit_code end as unit_code,
        meaning.match_type,
        case when observation.is_claim then 'claim' else 'table' end as source,
        false as is_derived
    from {{ ref('int_observation') }} as observation
    inner join {{ ref('int_report') }} as report on observation.report_no = report.report_no
    inner join {{ ref('int_measured_meaning') }} as meaning on observation.meaning_no = meaning.meaning_no
    where
        observation.is_preferred
        and observation.is_claim = (report.form = 'prose')
        and report.is_current
        and report.verdict in ('verified', 'unverified')

    union all

    select
        figure_id,
        report_no,
        report_id,
        measure_no,
        indicator_id,
        applicant_type,
        cast(null as varchar) as outcome,
        cast(null as varchar) as route,
        value,
        implied_value,
        value_status,
        unit_code,
        match_type,
        'table' as source,
        true as is_derived
    from {{ ref('int_derived_figure') }}

)

select
    *,
    coalesce(value, implied_value) as known_value
from unioned
