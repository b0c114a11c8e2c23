-- Figures of the prose that are no observation: a share, a figure of one department, a figure that no indicator covers.
select
    claim.claim_id,
    claim.report_id,
    report.organ_name,
    report.year,
    claim.form,
    claim.quantity_id,
    claim.subject,
    claim.kind,
    claim.printed_value as value,
    claim.printed_unit as unit,
    claim.scope,
    claim.part_of,
    claim.quote,
    claim.char_start,
    claim.char_end,
    claim.unmapped_reason as reason,
    code.label_zh as reason_zh,
    code.label_en as reason_en
from {{ ref('int_claim') }} as claim
inner join {{ ref('provenance_report') }} as report on claim.report_id = report.report_id
left join {{ ref('code') }} as code on code.codelist = 'unmapped_claim' and claim.unmapped_reason = code.code
where claim.unmapped_reason is not null
