-- How organs write a division at the start of their names: alone, or behind the places above it.
with division as (

    select distinct
        division.code,
        division.name,
        division.full_name,
        division.valid_from,
        division.valid_to,
        parent.name as parent_name,
        province.name as province_name
    from {{ ref('marts_dim_division') }} as division
    left join {{ ref('marts_dim_division') }} as parent
        on
            division.parent_code = parent.code
            and division.valid_from <= coalesce(parent.valid_to, division.valid_from)
            and parent.valid_from <= coalesce(division.valid_to, parent.valid_from)
    left join {{ ref('marts_dim_division') }} as province
        on left(division.code, 2) || '0000' = province.code

),

spelling as (

    select
        code,
        valid_from,
        valid_to,
        parent_name,
        unnest([name, full_name, parent_name || name, province_name || name]) as spelling
    from division

)

select distinct spelling.*
from spelling
where
    spelling.spelling is not null
    and spelling.spelling not in (
        select word from {{ ref('place_word') }}
        where role = 'generic'
    )
