-- Every term of every rule is a printed cell, and every gating rule has terms.
select
    term.identity_id,
    term.slot_id
from {{ ref('codebook_identity_term') }} as term
anti join {{ ref('slot') }} as slot on term.slot_id = slot.slot_id

union all

select
    identity.identity_id,
    null
from {{ ref('identity') }} as identity
anti join {{ ref('codebook_identity_term') }} as term on identity.identity_id = term.identity_id
where identity.gates and identity.stage = 'report-linear'
