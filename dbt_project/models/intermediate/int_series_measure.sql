-- What series are of: each indicator with the members of its dimensions that cells, claims and derived figures can have, and
-- each metric. The number stands for it where all points are compared.
with meaning as (

    select *
    from {{ ref('int_meaning') }}
    where period = 'annual'

),

quantity as (

    select
        indicator_id,
        applicant_type,
        outcome,
        route
    from meaning
    union
    select
        derivation.indicator_id,
        case when indicator.has_applicant_type then coalesce(part.applicant_type, 'total') end as applicant_type,
        null as outcome,
        null as route
    from {{ ref('derivation') }} as derivation
    inner join meaning as part on derivation.part_indicator_id = part.indicator_id
    inner join {{ ref('indicator') }} as indicator on derivation.indicator_id = indicator.indicator_id

),

measure as (

    select
        quantity.indicator_id as measure_id,
        indicator.name_zh as measure_zh,
        indicator.name_en as measure_en,
        indicator.topic,
        quantity.applicant_type,
        quantity.outcome,
        quantity.route
    from quantity
    inner join {{ ref('indicator') }} as indicator on quantity.indicator_id = indicator.indicator_id

    union all by name

    select
        metric_id as measure_id,
        name_zh as measure_zh,
        name_en as measure_en
    from {{ ref('metric') }}

)

select
    cast(row_number() over (order by measure_id, applicant_type, outcome, route) as integer) as measure_no,
    *
from measure
