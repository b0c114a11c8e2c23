-- A code means one division a year.
select
    earlier.code,
    later.valid_from
from {{ ref('marts_dim_division') }} as earlier
inner join {{ ref('marts_dim_division') }} as later
    on earlier.code = later.code and earlier.valid_from < later.valid_from
where coalesce(earlier.valid_to, later.valid_from) >= later.valid_from
