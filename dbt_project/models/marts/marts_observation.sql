{{ config(materialized='view', post_hook="{{ observation_as_of() }}") }}

select
    observation_id,
    report_id,
    organ_name,
    division_code,
    year,
    period_end,
    form,
    coverage,
    indicator_id,
    applicant_type,
    outcome,
    route,
    period,
    source,
    value,
    unit_code,
    value_status,
    implied_value,
    match_type,
    is_total,
    additive,
    is_preferred,
    verdict,
    part,
    qualifier,
    by_negation,
    is_corrected,
    decision_id
from {{ ref('provenance_observation') }}
where verdict in ('verified', 'unverified') and is_current
