-- Every day of the years that some report is about: what MetricFlow joins time to.
with span as (

    select
        min(make_date(year, 1, 1)) as first_day,
        max(make_date(year, 12, 31)) as last_day
    from {{ ref('provenance_report') }}
    where year is not null

)

select cast(unnest(generate_series(first_day, last_day, interval 1 day)) as date) as date_day
from span
