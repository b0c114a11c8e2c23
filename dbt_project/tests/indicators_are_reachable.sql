-- Every indicator is printed by a form, derived in the open, or known to occur in prose only.
select indicator.indicator_id
from {{ ref('indicator') }} as indicator
anti join {{ ref('crosswalk') }} as crosswalk on indicator.indicator_id = crosswalk.indicator_id
anti join {{ ref('derivation') }} as derivation on indicator.indicator_id = derivation.indicator_id
where indicator.printed_in is null or indicator.printed_in not like '%narrative%'
