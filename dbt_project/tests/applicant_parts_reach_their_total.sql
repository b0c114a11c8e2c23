-- In a verified report the applicants' requests, totals left out, add up to the printed total; and something was compared.
with side as (

    select
        report_id,
        sum(value) filter (where not is_total) as parts,
        sum(value) filter (where is_total) as total,
        bool_and(value is not null) as is_complete,
        count(*) filter (where not is_total) as number_of_parts
    from {{ ref('marts_requests') }}
    where
        indicator_id = 'requests_received'
        and source = 'table'
        and period = 'annual'
        and verdict = 'verified'
    group by report_id

),

comparable as (

    select *
    from side
    where is_complete and number_of_parts > 1

)

select
    report_id,
    parts,
    total
from comparable
where parts is distinct from total

union all

-- Guard: whole request tables are published, yet none was compared.
select
    'nothing was compared',
    null,
    null
from (
    select count(*) as whole_tables
    from (
        select report_id
        from {{ ref('marts_requests') }}
        where
            indicator_id = 'requests_received'
            and source = 'table'
            and verdict = 'verified'
        group by report_id
        having count(distinct applicant_type) > 1 and bool_and(value is not null)
    )
)
where whole_tables > 0 and (select count(*) from comparable) = 0
