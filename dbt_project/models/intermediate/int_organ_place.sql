-- Which organ names say by themselves where in the country the organ is: those that start with a place of county level
-- or above (彰武县平安镇人民政府), not with a bare township or department (平安镇人民政府, 市财政局). Words in seed place_word.
with organ as (

    select distinct organ_name
    from {{ ref('stg_report') }}
    where organ_name is not null

),

pattern as (

    select
        string_agg(word, '|') filter (where role = 'no_place') as no_place,
        string_agg(word, '|') filter (where role = 'level') as level,
        string_agg(word, '|') filter (where role = 'township') as township
    from {{ ref('place_word') }}

),

located as (

    select
        organ.organ_name,
        -- A place has a name of at least two characters before the word for its level.
        regexp_extract(
            regexp_replace(organ.organ_name, pattern.no_place, '', 'g'), '^.{2,}?(' || pattern.level || ')'
        ) as place,
        pattern.township
    from organ
    cross join pattern

)

select
    located.organ_name,
    located.place,
    located.place != '' and not regexp_matches(located.place, '.{2,}(' || located.township || ').{2,}') as is_qualified,
    -- Districts of several cities bear this name: only the division code can tell them apart.
    shared_name.word is not null as is_shared_name
from located
left join {{ ref('place_word') }} as shared_name
    on
        shared_name.role = 'shared_name'
        and located.place = shared_name.word
