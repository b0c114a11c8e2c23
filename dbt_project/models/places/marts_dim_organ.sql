-- Every organ that made a report, once. One name in two places is two organs.
select
    organ_key,
    organ_name,
    any_value(organ_kind) as organ_kind,
    any_value(place_part) as place_part,
    min(year)::integer as first_year,
    max(year)::integer as last_year
from {{ ref('int_organ_division') }}
group by organ_key, organ_name
