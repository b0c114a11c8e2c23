-- Rules that compare sums of an organ's figures, of this report and of those before: seeds warehouse_rule, warehouse_term.
-- Grain: a report, rule and instance. Where a term is not printed, or there is no report of the year, nothing is compared,
-- unless a bound holds by the terms that are known, as no count is negative.
with figure as (

    select
        figure_id,
        report_id,
        'annual' as period,
        indicator_id,
        coalesce(applicant_type, 'total') as applicant_type,
        coalesce(outcome, '') as outcome,
        coalesce(route, '') as route,
        known_value
    from {{ ref('int_figure') }}
    where indicator_id in (select term.indicator_id from {{ ref('warehouse_term') }} as term)
    union all
    select
        observation_id as figure_id,
        report_id,
        period,
        indicator_id,
        coalesce(applicant_type, 'total') as applicant_type,
        coalesce(outcome, '') as outcome,
        coalesce(route, '') as route,
        coalesce(value, implied_value) as known_value
    from {{ ref('marts_observation') }}
    where is_preferred and period = 'cumulative'

),

instance as (

    select
        identity_id,
        instance_key,
        max(years_back) as most_years_back
    from {{ ref('warehouse_term') }}
    group by identity_id, instance_key

),

rule as (

    select
        rule.identity_id,
        rule.organ_scope,
        rule.operator,
        rule.right_constant,
        rule.condition,
        instance.instance_key,
        instance.most_years_back,
        split_part(identity.generations, '->', 1) as from_generation,
        contains(identity.generations, '->') as is_bridge,
        unnest(
            case identity.generations
                when 'all' then (select list(distinct form.generation) from {{ ref('form') }} as form)
                else string_split(regexp_replace(identity.generations, '^.*->', ''), ';')
            end
        ) as generation
    from {{ ref('warehouse_rule') }} as rule
    inner join {{ ref('identity') }} as identity on rule.identity_id = identity.identity_id
    inner join instance on rule.identity_id = instance.identity_id

),

applicable as (

    select
        report.report_id,
        report.organ_key,
        report.coverage,
        report.year,
        previous.report_id as previous_report_id,
        rule.* exclude (generation, most_years_back, organ_scope, from_generation, is_bridge)
    from {{ ref('int_series_report') }} as report
    inner join rule on report.generation = rule.generation
    left join {{ ref('int_series_report') }} as previous
        on
            report.organ_key = previous.organ_key
            and report.coverage = previous.coverage
            and report.year - 1 = previous.year
    left join {{ ref('int_rule_organ_scope') }} as scope
        on
            report.report_id = scope.report_id
            and rule.organ_scope = scope.organ_scope
    where
        (rule.organ_scope is null or scope.report_id is not null)
        -- Without the report of the year before only a bound can be compared.
        and (rule.most_years_back = 0 or rule.operator = '<=' or previous.report_id is not null)
        and (not rule.is_bridge or previous.generation = rule.from_generation)

),

based as (

    select
        applicable.*,
        term.role,
        term.coefficient,
        term.years_back,
        term.period,
        term.indicator_id,
        coalesce(term.applicant_type, 'total') as applicant_type,
        coalesce(term.outcome, '') as outcome,
        coalesce(term.route, '') as route,
        applicable.year - term.years_back as base_year
    from applicable
    inner join {{ ref('warehouse_term') }} as term
        on
            applicable.identity_id = term.identity_id
            and applicable.instance_key = term.instance_key

),

term as (

    select
        based.*,
        figure.figure_id,
        based.coefficient * figure.known_value as amount
    from based
    left join {{ ref('int_series_report') }} as base
        on
            based.organ_key = base.organ_key
            and based.coverage = base.coverage
            and based.base_year = base.year
    left join figure
        on
            base.report_id = figure.report_id
            and based.period = figure.period
            and based.indicator_id = figure.indicator_id
            -- A figure without this dimension is a figure of the whole.
            and based.applicant_type = figure.applicant_type
            and based.outcome = figure.outcome
            and based.route = figure.route

),

summed as (

    select
        report_id,
        identity_id,
        instance_key,
        operator,
        condition,
        any_value(previous_report_id) filter (where years_back = 1) as other_report_id,
        any_value(base_year) filter (where years_back = 1 and previous_report_id is not null) as other_year,
        coalesce(sum(amount) filter (where role = 'left'), 0) as left_value,
        coalesce(sum(amount) filter (where role = 'right'), 0) + coalesce(any_value(right_constant), 0) as right_value,
        sum(amount) filter (where role = 'when') as condition_value,
        count(*) filter (where role = 'when' and amount is null) as condition_gaps,
        count(*) filter (where role = 'left' and amount is null) as left_gaps,
        count(*) filter (where role = 'right' and amount is null) as right_gaps,
        count(*) filter (where figure_id is null) as not_printed,
        coalesce(bool_and(coefficient > 0) filter (where role = 'right' and amount is null), true) as may_only_grow,
        list(figure_id) filter (where role = 'left' and figure_id is not null) as left_ids,
        list(figure_id) filter (where role = 'right' and figure_id is not null) as right_ids
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
    array_to_string(list_sort(left_ids), ' ') as left_ids,
    array_to_string(list_sort(right_ids), ' ') as right_ids
from compared
where not_printed = 0 or holds
