-- Of the figures a report gives for one quantity, the one that facts use: a cell over any claim; of claims an exact one, in
-- words that name the quantity rather than near ones, printed rather than implied. Of contradicting figures, none.
with candidate as (

    select
        *,
        -- Facts are exact: a round figure is no candidate, not even where nothing else is said.
        case
            when source = 'table' then 0
            when qualifier = 'exact' then words_strength
        end as candidate_rank,
        case when qualifier = 'at_least' then value end as lower_bound
    from {{ ref('int_quantity') }}

),

quantity as (

    select
        *,
        coalesce(candidate_rank = min(candidate_rank) over same_quantity, false) as is_candidate,
        max(lower_bound) over same_quantity as highest_lower_bound
    from candidate
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
                report_id, indicator_id, applicant_type, outcome, route, period, part, is_candidate
            order by (value is null) asc, is_implied asc, observation_id asc
        ) as place
    from quantity
    window same_rank as (
        partition by
            report_id, indicator_id, applicant_type, outcome, route, period, part, is_candidate
    )

)

select
    * exclude (candidate_rank, lower_bound, is_candidate, highest_lower_bound, lowest, highest, place),
    -- A further value column (a department, the townships) is a part of the organ's own figure.
    part is null
    and is_candidate
    and place = 1
    and coalesce(lowest = highest, true)
    -- 超过50件 contradicts 40件; it contradicts no table, which comes first.
    and (source = 'table' or coalesce(highest_lower_bound <= value, true)) as is_preferred
from compared
