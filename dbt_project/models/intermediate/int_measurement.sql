{{ config(materialized='view') }}

-- What each cell and claim measures: the crosswalk gives a cell its indicator and dimensions, the quantity it states gives
-- them to a claim.
with crosswalked_cell as (

    select
        cell.cell_id as observation_id,
        cell.report_id,
        {{ report_columns('report') }},
        'table' as source,
        crosswalk.slot_id as meaning_key,
        crosswalk.indicator_id,
        crosswalk.applicant_type,
        crosswalk.outcome,
        crosswalk.route,
        crosswalk.period,
        cell.part,
        cell.printed_value,
        cell.printed_unit,
        -- A reviewer's correction speaks for the cell; what is printed stays beside it.
        correction.corrected_value,
        correction.decision_id,
        case
            when correction.decision_id is null then cell.value_status
            when correction.corrected_value = 0 then 'explicit_zero'
            else 'reported'
        end as value_status,
        crosswalk.match_type,
        crosswalk.is_total,
        'exact' as qualifier,
        false as by_negation,
        false as is_implied,
        cast(null as integer) as words_strength
    from {{ ref('int_report') }} as report
    inner join {{ ref('stg_cell') }} as cell
        on
            report.load_name = cell.load_name
            and report.report_id = cell.report_id
    inner join {{ ref('crosswalk') }} as crosswalk on cell.slot_id = crosswalk.slot_id
    left join {{ ref('stg_applied_decision') }} as correction
        on
            correction.decision = 'correct'
            and cell.load_name = correction.load_name
            and cell.cell_id = correction.cell_id
    where crosswalk.indicator_id is not null

),

stated_claim as (

    select
        claim.claim_id as observation_id,
        claim.report_id,
        {{ report_columns('report') }},
        'claim' as source,
        {{ claim_meaning('stated') }} as meaning_key,
        stated.indicator_id,
        stated.applicant_type,
        stated.outcome,
        stated.route,
        'annual' as period,
        cast(null as varchar) as part,
        claim.printed_value,
        claim.printed_unit,
        cast(null as decimal(20, 6)) as corrected_value,
        cast(null as varchar) as decision_id,
        case when claim.printed_value = 0 then 'explicit_zero' else 'reported' end as value_status,
        stated.match_type,
        stated.is_total,
        claim.qualifier,
        claim.by_negation,
        claim.is_implied,
        stated.words_strength
    from {{ ref('int_claim') }} as claim
    inner join {{ ref('int_report') }} as report on claim.report_id = report.report_id
    inner join {{ ref('int_stated_quantity') }} as stated
        on
            claim.form = stated.form
            and claim.quantity_id = stated.quantity_id
    where claim.unmapped_reason is null

),

unioned as (

    select * from crosswalked_cell
    union all by name
    select * from stated_claim

)

select
    unioned.observation_id,
    unioned.report_id,
    {{ report_columns('unioned') }},
    unioned.source,
    unioned.meaning_key,
    unioned.indicator_id,
    {{ dimensions_of('unioned', 'indicator') }},
    unioned.period,
    unioned.part,
    unioned.printed_value,
    unioned.printed_unit,
    unioned.corrected_value,
    unioned.decision_id,
    unioned.value_status,
    unioned.match_type,
    unioned.is_total,
    unioned.qualifier,
    unioned.by_negation,
    unioned.is_implied,
    unioned.words_strength,
    indicator.unit_code as indicator_unit_code,
    indicator.additive
from unioned
inner join {{ ref('indicator') }} as indicator on unioned.indicator_id = indicator.indicator_id
