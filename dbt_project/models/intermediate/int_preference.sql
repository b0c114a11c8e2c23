{{ config(materialized='view') }}

-- Of the figures a report gives for one quantity, the one that facts use: a cell over any claim; of claims an exact one, in
-- words that name the quantity rather than near ones, printed rather than implied. Of contradicting figures, none.
{%- set quantity_key = ['report_id', 'indicator_id', 'applicant_type', 'outcome', 'route', 'period', 'part'] %}
-- Facts are exact: a round figure is no candidate, not even where nothing else is said.
{%- set rank = "case when source = 'table' then 0 when qualifier = 'exact' then words_strength end" %}
-- Most quantities are given once: only the others are compared, so that the windows stay small however large the load. Two
-- keys of one hash are compared for nothing, and no harm.
with contested as (

    select hash({{ quantity_key | join(', ') }}) as key_hash
    from {{ ref('int_quantity') }}
    group by all
    having count(*) > 1

),

candidate as (

    select
        *,
        {{ rank }} as candidate_rank,
        case when qualifier = 'at_least' then value end as lower_bound
    from {{ ref('int_quantity') }}
    where hash({{ quantity_key | join(', ') }}) in (select contested.key_hash from contested)

),

quantity as (

    select
        *,
        coalesce(candidate_rank = min(candidate_rank) over same_quantity, false) as is_candidate,
        max(lower_bound) over same_quantity as highest_lower_bound
    from candidate
    window same_quantity as (partition by {{ quantity_key | join(', ') }})

),

compared as (

    select
        *,
        min(value) over same_rank as lowest,
        max(value) over same_rank as highest,
        row_number() over (
            partition by {{ quantity_key | join(', ') }}, is_candidate
            order by (value is null) asc, is_implied asc, observation_id asc
        ) as place
    from quantity
    window same_rank as (partition by {{ quantity_key | join(', ') }}, is_candidate)

),

contest as (

    select
        observation_id,
        is_candidate
        and place = 1
        and coalesce(lowest = highest, true)
        -- 超过50件 contradicts 40件; it contradicts no table, which comes first.
        and (source = 'table' or coalesce(highest_lower_bound <= value, true)) as is_won
    from compared

)

select
    figure.*,
    -- A further value column (a department, the townships) is a part of the organ's own figure.
    figure.part is null and coalesce(contest.is_won, {{ rank }} is not null) as is_preferred
from {{ ref('int_quantity') }} as figure
left join contest on figure.observation_id = contest.observation_id
