select
    claim.claim_id,
    claim.report_id,
    claim.indicator_id,
    claim.applicant_type,
    claim.outcome,
    claim.route,
    claim.printed_value as value,
    claim.printed_unit as unit,
    claim.qualifier,
    claim.by_negation,
    claim.quote,
    claim.char_start,
    claim.char_end
from {{ ref('int_report') }} as report
inner join {{ ref('stg_claim') }} as claim
    on
        report.load_name = claim.load_name
        and report.report_id = claim.report_id
