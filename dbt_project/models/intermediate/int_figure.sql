{{ config(materialized='view') }}

-- The figures of a current report that series, rates and rules between reports are made of, printed and derived alike: one
-- a quantity. Where no table was read it is what the prose states, and `source` says so. Its key is the key of either half.
with unioned as (

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

    union all

    select
        figure_id,
        report_id,
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
