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
    observation.report_id,
    observation.organ_name,
    observation.division_code,
    observation.year,
    observation.period_end,
    observation.form,
    observation.coverage,
    observation.indicator_id,
    observation.applicant_type,
    observation.outcome,
    observation.route,
    observation.period,
    observation.source,
    observation.value,
    observation.unit_code,
    observation.value_status,
    implied.implied_value,
    observation.match_type,
    observation.is_total,
    observation.additive,
    observation.is_preferred,
    observation.verdict,
    observation.part,
    observation.printed_value,
    observation.printed_unit,
    observation.is_current,
    observation.qualifier,
    observation.by_negation,
    observation.decision_id is not null as is_corrected,
    observation.decision_id,
    case when observation.decision_id is not null then observation.value_as_printed end as value_as_printed
from {{ ref('int_preference') }} as observation
left join implied
    on
        observation.load_name = implied.load_name
        and observation.observation_id = implied.cell_id
