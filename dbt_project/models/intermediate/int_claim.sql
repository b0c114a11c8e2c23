-- Every claim of the reports that are taken. A claim is an observation, or `unmapped_reason` says why it is none.
select
    report.form,
    claim.* exclude (load_name),
    case
        when claim.kind in ('share', 'growth') then claim.kind
        when claim.scope is not null then 'scope'
        when claim.quantity_id is null then 'no_indicator'
    end as unmapped_reason
from {{ ref('int_report') }} as report
inner join {{ ref('stg_claim') }} as claim
    on
        report.load_name = claim.load_name
        and report.report_id = claim.report_id
