-- Of the figures a report gives for one quantity, the one that facts use.
with quantity as (

    select
        *,
        -- Table over prose.
        source = 'table' or not bool_or(source = 'table') over same_quantity as is_best_source
    from {{ ref('int_quantity') }}
    window same_quantity as (
        partition by report_id, indicator_id, applicant_type, outcome, route, period, part
    )

),

compared as (

    select
        *,
        min(value) over same_rank as lowest,
        max(value) over same_rank as highest,
        row_number() over (
            partition by
                report_id, indicator_id, applicant_type, outcome, route, period, part, is_best_source
            order by (value is null) asc, observation_id asc
        ) as place
    from quantity
    window same_rank as (
        partition by
            report_id, indicator_id, applicant_type, outcome, route, period, part, is_best_source
    )

)

select
    * exclude (is_best_source, lowest, highest, place),
    -- A further value column (a department, the townships) is a part of the organ's own figure.
    part is null and is_best_source and place = 1 and coalesce(lowest = highest, true) as is_preferred
from compared
