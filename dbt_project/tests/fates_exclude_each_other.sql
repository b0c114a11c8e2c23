-- No cell or claim is both conformed and unmapped; no report both held and published, or both current and superseded.
select
    'cell' as subject,
    unmapped.cell_id as id
from {{ ref('quality_unmapped_cell') }} as unmapped
inner join {{ ref('provenance_observation') }} as observation on unmapped.cell_id = observation.observation_id

union all

select
    'claim',
    unmapped.claim_id
from {{ ref('quality_unmapped_claim') }} as unmapped
inner join {{ ref('provenance_observation') }} as observation on unmapped.claim_id = observation.observation_id

union all

select
    'report',
    held.report_id
from {{ ref('quality_held_report') }} as held
inner join {{ ref('marts_organ_year') }} as published on held.report_id = published.report_id

union all

select
    'vintage',
    report_id
from {{ ref('provenance_report') }}
where
    is_current != (verdict != 'held' and superseded_by is null)
    or superseded_by = report_id
