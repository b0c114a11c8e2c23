-- A figure is in its indicator's unit or in none: the money of one year never stands beside the count of another.
select
    observation.indicator_id,
    observation.observation_id,
    observation.unit_code
from {{ ref('provenance_observation') }} as observation
inner join {{ ref('indicator') }} as indicator on observation.indicator_id = indicator.indicator_id
where
    observation.unit_code != indicator.unit_code
    or observation.additive != indicator.additive

union all

-- The unit an indicator is declared in is the one its code stands for.
select
    indicator.indicator_id,
    null,
    indicator.unit_code
from {{ ref('indicator') }} as indicator
anti join {{ ref('unit_conversion') }} as unit_conversion
    on
        string_split(indicator.unit, ' ')[1] = unit_conversion.printed_unit
        and indicator.unit_code = unit_conversion.unit_code
        and unit_conversion.factor = 1
