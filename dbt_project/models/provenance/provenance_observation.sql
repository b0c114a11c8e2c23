{{ config(materialized='view') }}

select
    observation.observation_id,
    report.report_id,
    report.organ_name,
    report.division_code,
    report.year,
    report.period_end,
    report.form,
    report.coverage,
    meaning.indicator_id,
    meaning.applicant_type,
    meaning.outcome,
    meaning.route,
    meaning.period,
    case when observation.is_claim then 'claim' else 'table' end as source,
    observation.value,
    case when observation.has_unit then meaning.unit_code end as unit_code,
    observation.value_status,
    observation.implied_value,
    meaning.match_type,
    meaning.is_total,
    meaning.additive,
    observation.is_preferred,
    report.verdict,
    observation.part,
    observation.printed_value,
    observation.printed_unit,
    report.is_current,
    coalesce(observation.loose_qualifier, 'exact') as qualifier,
    observation.by_negation,
    observation.decision_id is not null as is_corrected,
    observation.decision_id,
    observation.value_as_printed
from {{ ref('int_observation') }} as observation
inner join {{ ref('int_report') }} as report on observation.report_no = report.report_no
inner join {{ ref('int_meaning') }} as meaning on observation.meaning_no = meaning.meaning_no
