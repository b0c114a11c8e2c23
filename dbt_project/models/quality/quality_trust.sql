{{ config(materialized='view') }}

-- How well each published observation is confirmed: equalities of its form that it is part of, and other places that say the
-- same. A rule that bounds a number from one side confirms nothing. Two equalities share one cell at most (a test says so), so
-- what confirms a cell by one of them is independent of what confirms it by the next. Grain: an observation.
with identity_vote as (

    select
        cell.cell_id as observation_id,
        count(*) filter (where result.status = 'PASS') as passed,
        count(*) filter (where result.status = 'FAIL') as failed
    from {{ ref('quality_identity_result') }} as result
    inner join {{ ref('codebook_identity_term') }} as term
        on
            result.identity_id = term.identity_id
            and result.form = term.form
            and result.instance_key = term.instance_key
    inner join {{ ref('provenance_cell') }} as cell
        on
            result.report_id = cell.report_id
            and result.part is not distinct from cell.part
            and term.slot_id = cell.slot_id
    where
        ((result.operator = '=' and result.status = 'PASS') or result.status = 'FAIL')
        -- A blank cell is in the rule, but nothing of it was compared.
        and cell.value is not null
    group by cell.cell_id

),

comparison as (

    select
        status,
        operator,
        -- The same quantity stated again, under whatever rule, is the same witness.
        regexp_replace(instance_key, '#[0-9]+$', '') as witness,
        concat_ws(' ', left_ids, right_ids) as ids
    from {{ ref('quality_soft_result') }}
    -- A figure is no witness of itself.
    where left_ids is distinct from right_ids
    union all
    -- Of the rules between reports those that compare with a figure of another one.
    select
        status,
        operator,
        identity_id || '/' || instance_key as witness,
        concat_ws(' ', left_ids, right_ids) as ids
    from {{ ref('quality_warehouse_result') }}
    where other_report_id is not null

),

mention as (

    select
        status,
        witness,
        unnest(string_split(ids, ' ')) as observation_id
    from comparison
    -- A bound that holds confirms nothing; one that fails contradicts.
    where (operator = '=' and status = 'PASS') or status = 'FAIL'

),

witness as (

    select
        observation_id,
        count(distinct witness) filter (where status = 'PASS') as agreeing,
        count(distinct witness) filter (where status = 'FAIL') as contradicting
    from mention
    group by observation_id

)

select
    observation.observation_id,
    observation.report_id,
    observation.indicator_id,
    observation.source,
    coalesce(identity_vote.passed, 0)::integer as identities_passed,
    coalesce(identity_vote.failed, 0)::integer as identities_failed,
    coalesce(witness.agreeing, 0)::integer as witnesses_agreeing,
    coalesce(witness.contradicting, 0)::integer as witnesses_contradicting,
    (coalesce(identity_vote.passed, 0) + coalesce(witness.agreeing, 0))::integer as confirmations
from {{ ref('marts_observation') }} as observation
left join identity_vote on observation.observation_id = identity_vote.observation_id
left join witness on observation.observation_id = witness.observation_id
