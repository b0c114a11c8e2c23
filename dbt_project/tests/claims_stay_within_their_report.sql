-- A total, or the two figures of a share, stand in the report of the claim that names them.
select
    claim.claim_id,
    other.claim_id as other_claim_id
from {{ ref('provenance_claim') }} as claim
inner join {{ ref('provenance_claim') }} as other
    on other.claim_id in (claim.part_of, claim.share_part, claim.share_whole)
where claim.report_id != other.report_id
