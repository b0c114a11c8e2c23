-- Rules that compare sums of an organ's figures, of this report and of those before: seeds warehouse_rule, warehouse_term.
-- Grain: a report, rule and instance. Where a term is not printed, or there is no report of the year, nothing is compared,
-- unless a bound holds by the terms that are known, as no count is negative.
with figure as (

    select
        figure_id,
        report_id,
        'annual' as period,
        indicator_id,
        applicant_type,
        outcome,
        route,
        known_value
    from {{ ref('int_figure') }}
    union all
    select
        observation_id as figure_id,
        report_id,
        period,
        indicator_id,
        applicant_type,
        outcome,
        route,
        coalesce(value, implied_value) as known_value
    from {{ ref('marts_observation') }}
    where is_preferred and period = 'cumulative'

),

applicable as (

    select
        report.report_id,
        report.organ_key,
        report.coverage,
        report.year,
        rule.identity_id,
        rule.operator,
        rule.right_constant,
        rule.condition,
        case when contains(identity.generations, '->') then split_part(identity.generations, '->', 1) end as previous_generation
    from {{ ref('int_series_report') }} as report
    inner join {{ ref('identity') }} as identity
        on
            identity.generations = 'all'
            or list_contains(string_split(regexp_replace(identity.generations, '^.*->', ''), ';'), report.generation)
    inner join {{ ref('warehouse_rule') }} as rule on identity.identity_id = rule.identity_id
    left join {{ ref('int_rule_organ_scope') }} as scope
        on
            report.report_id = scope.report_id
            and rule.organ_scope = scope.organ_scope
    where rule.organ_scope is null or scope.report_id is not null

),

term as (

    select
        applicable.*,
        term.instance_key,
        term.role,
        term.coefficient,
        term.years_back,
        base.report_id as base_report_id,
        base.year as base_year,
        figure.figure_id,
        term.coefficient * figure.known_value as amount
    from applicable
    inner join {{ ref('warehouse_term') }} as term on applicable.identity_id = term.identity_id
    left join {{ ref('int_series_report') }} as base
        on
            applicable.organ_key = base.organ_key
            and applicable.coverage = base.coverage
            and applicable.year - term.years_back = base.year
            and (term.years_back = 0 or base.generation = coalesce(applicable.previous_generation, base.generation))
    left join figure
        on
            base.report_id = figure.report_id
            and term.period = figure.period
            and term.indicator_id = figure.indicator_id
            -- A figure without this dimension is a figure of the whole.
            and coalesce(term.applicant_type, 'total') = coalesce(figure.applicant_type, 'total')
            and term.outcome is not distinct from figure.outcome
            and term.route is not distinct from figure.route

),

summed as (

    select
        report_id,
        identity_id,
        instance_key,
        operator,
        condition,
        max(base_report_id) filter (where years_back = 1) as other_report_id,
        max(base_year) filter (where years_back = 1) as other_year,
        coalesce(sum(amount) filter (where role = 'left'), 0) as left_value,
        coalesce(sum(amount) filter (where role = 'right'), 0) + coalesce(any_value(right_constant), 0) as right_value,
        sum(amount) filter (where role = 'when') as condition_value,
        count(*) filter (where role = 'when' and amount is null) as condition_gaps,
        count(*) filter (where role = 'left' and amount is null) as left_gaps,
        count(*) filter (where role = 'right' and amount is null) as right_gaps,
        count(*) filter (where figure_id is null) as not_printed,
        coalesce(bool_and(coefficient > 0) filter (where role = 'right' and amount is null), true) as may_only_grow,
        string_agg(figure_id, ' ' order by years_back, figure_id) filter (where role = 'left') as left_ids,
        string_agg(figure_id, ' ' order by years_back, figure_id) filter (where role = 'right') as right_ids
    from term
    group by report_id, identity_id, instance_key, operator, condition

),

compared as (

    select
        *,
        case
            when left_gaps = 0 and right_gaps = 0
                then
                    case operator
                        when '=' then left_value = right_value
                        when '!=' then left_value != right_value
                        when '<=' then left_value <= right_value
                        when '>=' then left_value >= right_value
                    end
            when operator = '<=' and left_gaps = 0 and may_only_grow and left_value <= right_value then true
        end as holds
    from summed
    where
        condition is null
        or (
            condition_gaps = 0
            and case condition when '= 0' then condition_value = 0 when '> 0' then condition_value > 0 end
        )

)

select
    report_id,
    identity_id,
    instance_key,
    other_report_id,
    other_year || '年' as other_zh,
    cast(other_year as varchar) as other_en,
    case when left_gaps = 0 then left_value end as left_value,
    operator,
    case when right_gaps = 0 or holds then right_value end as right_value,
    holds,
    left_ids,
    right_ids
from compared
where not_printed = 0 or holds
