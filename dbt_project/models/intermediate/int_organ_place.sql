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

cleaned as (

    -- Few names have such words: the patterns are dear, as they are compiled for every row that needs them.
    select
        organ.organ_name,
        case
            when {{ has_place_word('organ.organ_name', 'contains', 'no_place') }}
                then regexp_replace(organ.organ_name, pattern.no_place, '', 'g')
            else organ.organ_name
        end as cleaned_name,
        {{ has_place_word('organ.organ_name', 'contains', 'township') }} as names_township,
        pattern.level,
        pattern.township
    from organ
    cross join pattern

),

located as (

    select
        organ_name,
        -- A place has a name of at least two characters before the word for its level.
        regexp_extract(cleaned_name, '^.{2,}?(' || level || ')') as place,
        names_township,
        township
    from cleaned

),

shared_name as (

    select distinct one.name
    from {{ ref('marts_dim_division') }} as one
    inner join {{ ref('marts_dim_division') }} as other
        on
            one.name = other.name
            and one.code != other.code
            and one.valid_from <= coalesce(other.valid_to, one.valid_from)
            and other.valid_from <= coalesce(one.valid_to, other.valid_from)

)

select
    located.organ_name,
    located.place,
    located.place != ''
    and case
        when located.names_township then not regexp_matches(located.place, '.{2,}(' || located.township || ').{2,}')
        else true
    end as is_qualified,
    -- Divisions of one year bear this name: only the code can tell them apart.
    shared_name.name is not null as is_shared_name
from located
left join shared_name on located.place = shared_name.name
