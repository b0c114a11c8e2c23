-- Every printed cell of every form has a row in the crosswalk, be it an empty one on purpose, and the reverse.
select
    coalesce(slot.slot_id, crosswalk.slot_id) as slot_id,
    slot.slot_id is null as unknown_slot,
    crosswalk.slot_id is null as uncovered_slot
from {{ ref('slot') }} as slot
full outer join {{ ref('crosswalk') }} as crosswalk on slot.slot_id = crosswalk.slot_id
where slot.slot_id is null or crosswalk.slot_id is null
