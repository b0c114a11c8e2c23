-- The only sums are those of codebook.derivation: no term may be non-additive, or hold another term of its sum inside it.
with recursive ancestor as (

    select
        indicator_id,
        parent_id
    from {{ ref('indicator') }}
    where parent_id is not null
    union
    select
        ancestor.indicator_id,
        indicator.parent_id
    from ancestor
    inner join {{ ref('indicator') }} as indicator on ancestor.parent_id = indicator.indicator_id
    where indicator.parent_id is not null

)

select
    derivation.indicator_id,
    derivation.form,
    derivation.part_indicator_id,
    'not additive' as fault
from {{ ref('derivation') }} as derivation
inner join {{ ref('indicator') }} as indicator on derivation.part_indicator_id = indicator.indicator_id
where not indicator.additive

union all

select
    whole.indicator_id,
    whole.form,
    whole.part_indicator_id,
    'summed with its own part ' || part.part_indicator_id
from {{ ref('derivation') }} as whole
inner join {{ ref('derivation') }} as part
    on
        whole.indicator_id = part.indicator_id
        and whole.form = part.form
        and whole.coefficient = part.coefficient
inner join ancestor
    on
        part.part_indicator_id = ancestor.indicator_id
        and whole.part_indicator_id = ancestor.parent_id

union all

-- A headline column is one printed figure, not a sum of several.
select
    headline.report_id,
    headline.form,
    headline.column_name,
    'headline is not a printed figure'
from (
    unpivot {{ ref('marts_organ_year') }}
    on columns('^(requests_|reconsideration_|litigation_|granted_(full|partial)$|normative_)')
    into name column_name value headline_value
) as headline
anti join {{ ref('marts_observation') }} as observation
    on
        headline.report_id = observation.report_id
        and headline.headline_value = observation.value
