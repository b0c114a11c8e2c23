-- The reader gives a claim the indicator and dimensions of the quantity it names, and none where it names none.
select
    claim.claim_id,
    claim.quantity_id
from {{ ref('provenance_claim') }} as claim
left join {{ ref('quantity') }} as quantity on claim.quantity_id = quantity.quantity_id
where
    claim.indicator_id is distinct from quantity.indicator_id
    or claim.applicant_type is distinct from quantity.applicant_type
    or claim.outcome is distinct from quantity.outcome
    or claim.route is distinct from quantity.route
