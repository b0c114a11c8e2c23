-- Every division by its runs of years without a change, with what it became.
select
    division.code || '-' || division.valid_from as division_key,
    division.code,
    division.name,
    division.full_name,
    division.level,
    division.parent_code,
    division.valid_from,
    division.valid_to,
    event.kind as change_kind,
    event.successor_code,
    event.source as change_source,
    event.note as change_note
from {{ ref('division') }} as division
left join {{ ref('division_event') }} as event
    on
        division.code = event.code
        and division.name = event.name
        and division.valid_to + 1 = event.year
