-- What cells and claims can mean: a row each slot that has an indicator, and each quantity of the prose on each form. The
-- number stands for all of it where there are many observations.
with meaning as (

    select
        slot_id as meaning_key,
        indicator_id,
        applicant_type,
        outcome,
        route,
        period,
        match_type,
        is_total
    from {{ ref('crosswalk') }}
    where indicator_id is not null

    union all by name

    select
        {{ claim_meaning('stated') }} as meaning_key,
        stated.indicator_id,
        stated.applicant_type,
        stated.outcome,
        stated.route,
        'annual' as period,
        stated.match_type,
        stated.is_total
    from {{ ref('int_stated_quantity') }} as stated

)

select
    cast(row_number() over (order by meaning.meaning_key) as smallint) as meaning_no,
    meaning.meaning_key,
    meaning.indicator_id,
    {{ dimensions_of('meaning', 'indicator') }},
    meaning.period,
    meaning.match_type,
    meaning.is_total,
    indicator.additive,
    indicator.unit_code
from meaning
inner join {{ ref('indicator') }} as indicator on meaning.indicator_id = indicator.indicator_id
