-- Which divisions an organ may belong to: those its name starts with (the longest spelling of any year, so that an abolished
-- county is never taken for its city), in the report's year, or else in the year before or after.
with organ as (

    select distinct
        organ_name,
        year
    from {{ ref('stg_report') }}
    where organ_name is not null and year is not null

),

prefix as (

    select
        organ_name,
        left(organ_name, unnest(range(2, length(organ_name) + 1))) as place_part
    from (select distinct organ_name from organ) as name

),

place as (

    select
        prefix.organ_name,
        max_by(prefix.place_part, length(prefix.place_part)) as place_part
    from prefix
    where prefix.place_part in (select spelling from {{ ref('int_division_spelling') }})
    group by prefix.organ_name

),

candidate as (

    select distinct
        organ.organ_name,
        organ.year,
        place.place_part,
        spelling.code as division_code,
        spelling.parent_name,
        organ.year between spelling.valid_from and coalesce(spelling.valid_to, organ.year) as is_of_year
    from organ
    inner join place on organ.organ_name = place.organ_name
    inner join {{ ref('int_division_spelling') }} as spelling
        on
            place.place_part = spelling.spelling
            and organ.year between spelling.valid_from - 1 and coalesce(spelling.valid_to + 1, organ.year)

)

select
    *,
    if(is_of_year, 'name', 'adjacent_year') as candidate_reason
from candidate
qualify is_of_year or not bool_or(is_of_year) over (partition by organ_name, year)
