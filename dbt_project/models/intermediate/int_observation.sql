-- Every observation without what its report and its meaning say: they stand as numbers. All that is published of
-- observations is a view of this table, so that the wide rows are written once, when the release is.
with implied as (

    -- Several identities may imply the same blank; what they imply is the same.
    select
        load_name,
        cell_id,
        max(implied_value) as implied_value
    from {{ ref('stg_implied_value') }}
    group by load_name, cell_id

)

select
    observation.observation_id,
    observation.report_no,
    meaning.meaning_no,
    observation.source = 'claim' as is_claim,
    observation.value,
    -- Its indicator's, or none.
    observation.unit_code is not null as has_unit,
    observation.value_status,
    implied.implied_value,
    observation.is_preferred,
    observation.part,
    observation.printed_value,
    observation.printed_unit,
    nullif(observation.qualifier, 'exact') as loose_qualifier,
    observation.by_negation,
    observation.decision_id,
    case when observation.decision_id is not null then observation.value_as_printed end as value_as_printed
from {{ ref('int_preference') }} as observation
inner join {{ ref('int_meaning') }} as meaning on observation.meaning_key = meaning.meaning_key
left join implied
    on
        observation.load_name = implied.load_name
        and observation.observation_id = implied.cell_id
