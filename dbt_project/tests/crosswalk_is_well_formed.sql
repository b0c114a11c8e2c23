-- Two cells of one form never mean the same quantity, and a cell has exactly the dimensions of its indicator.
with mapped as (

    select
        slot.form,
        crosswalk.*,
        indicator.has_applicant_type,
        indicator.has_outcome,
        indicator.has_route,
        indicator.is_derived
    from {{ ref('crosswalk') }} as crosswalk
    inner join {{ ref('slot') }} as slot on crosswalk.slot_id = slot.slot_id
    inner join {{ ref('indicator') }} as indicator on crosswalk.indicator_id = indicator.indicator_id

)

select
    min(slot_id) as slot_id,
    'two cells mean the same' as fault
from mapped
group by form, indicator_id, applicant_type, outcome, route, period
having count(*) > 1

union all

select
    slot_id,
    'dimensions differ from the indicator''s'
from mapped
where
    (applicant_type is not null) != has_applicant_type
    or (outcome is not null) != has_outcome
    or (route is not null) != has_route
