-- Rates and ratios as codebook.metric_term says, for each form that has their parts. A part that is missing makes the rate
-- missing; a blank that printed totals force to a value counts as implied; few cases suppress the rate, with the reason.
with term as (

    select
        metric_term.metric_id,
        metric_term.form,
        metric_term.role,
        metric_term.coefficient,
        dense_rank() over (order by metric_term.metric_id, metric_term.role) as side_no,
        measure.measure_no
    from {{ ref('metric_term') }} as metric_term
    inner join {{ ref('int_series_measure') }} as measure
        on
            metric_term.indicator_id = measure.measure_id
            -- A figure without this dimension is a figure of the whole.
            and coalesce(metric_term.applicant_type, 'total') = coalesce(measure.applicant_type, 'total')
            and metric_term.outcome is not distinct from measure.outcome
            and metric_term.route is not distinct from measure.route

),

side as (

    select distinct
        side_no,
        metric_id,
        role
    from term

),

added as (

    select
        figure.report_no,
        term.side_no,
        count(*) as parts,
        sum(term.coefficient * figure.known_value) as amount,
        count(*) filter (where figure.value is null) as implied_parts
    from term
    inner join {{ ref('int_report') }} as report on term.form = report.form
    inner join {{ ref('int_figure') }} as figure
        on
            report.report_no = figure.report_no
            and term.measure_no = figure.measure_no
    where figure.known_value is not null
    group by figure.report_no, term.side_no

),

part as (

    select
        report.report_id,
        side.metric_id,
        side.role,
        added.parts,
        added.amount,
        added.implied_parts
    from added
    inner join side on added.side_no = side.side_no
    inner join {{ ref('int_report') }} as report on added.report_no = report.report_no

),

recipe as (

    select
        metric_id,
        form,
        count(*) filter (where role = 'numerator') as numerator_parts,
        count(*) filter (where role = 'denominator') as denominator_parts,
        string_agg(
            case when coefficient < 0 then '- ' else '+ ' end
            || indicator_id
            || coalesce('[' || nullif(concat_ws(',', applicant_type, outcome, route), '') || ']', ''),
            ' ' order by coefficient desc, indicator_id asc, outcome asc, route asc
        ) filter (where role = 'numerator') as numerator_formula,
        string_agg(
            case when coefficient < 0 then '- ' else '+ ' end
            || indicator_id
            || coalesce('[' || nullif(concat_ws(',', applicant_type, outcome, route), '') || ']', ''),
            ' ' order by coefficient desc, indicator_id asc, outcome asc, route asc
        ) filter (where role = 'denominator') as denominator_formula
    from {{ ref('metric_term') }}
    group by metric_id, form

),

passed as (

    -- The share of the hard rules of a report that could be compared and hold.
    select
        report_id,
        count(*) filter (where status = 'PASS') as numerator,
        count(*) as denominator
    from {{ ref('quality_identity_result') }}
    where
        gates
        and status in ('PASS', 'FAIL')
    group by report_id

),

ratio as (

    select
        report.report_id,
        recipe.metric_id,
        case when numerator.parts = recipe.numerator_parts then numerator.amount end as numerator,
        case
            when recipe.denominator_parts = 0 then population.residents
            when denominator.parts = recipe.denominator_parts then denominator.amount
        end as denominator,
        recipe.numerator_formula,
        coalesce(recipe.denominator_formula, 'residents') as denominator_formula,
        coalesce(numerator.implied_parts, 0) + coalesce(denominator.implied_parts, 0) > 0 as uses_implied,
        metric_form.grade,
        metric_form.basis_zh,
        metric_form.basis_en
    from {{ ref('provenance_report') }} as report
    inner join recipe on report.form = recipe.form
    inner join {{ ref('metric_form') }} as metric_form
        on
            recipe.form = metric_form.form
            and recipe.metric_id = metric_form.metric_id
    left join part as numerator
        on
            report.report_id = numerator.report_id
            and recipe.metric_id = numerator.metric_id
            and numerator.role = 'numerator'
    left join part as denominator
        on
            report.report_id = denominator.report_id
            and recipe.metric_id = denominator.metric_id
            and denominator.role = 'denominator'
    left join {{ ref('population') }} as population
        on
            report.division_code = population.division_code
            and report.year = population.year
            and report.coverage = 'region_aggregate'
    where report.is_current and report.verdict in ('verified', 'unverified')

    union all by name

    select
        passed.report_id,
        'coherence_rate' as metric_id,
        passed.numerator,
        passed.denominator,
        'gating rules that hold' as numerator_formula,
        'gating rules that could be compared' as denominator_formula,
        false as uses_implied,
        'A' as grade,
        '可核对的硬性规则' as basis_zh,
        'hard rules that could be compared' as basis_en
    from passed
    inner join {{ ref('provenance_report') }} as report on passed.report_id = report.report_id
    where report.is_current and report.verdict in ('verified', 'unverified')

)

select
    ratio.report_id,
    report.organ_name,
    report.division_code,
    report.year,
    report.period_end,
    report.form,
    report.coverage,
    ratio.metric_id,
    metric.name_zh as metric_zh,
    metric.name_en as metric_en,
    case
        when ratio.denominator > 0 and ratio.denominator >= metric.least_cases
            then cast(metric.factor * ratio.numerator / ratio.denominator as decimal(20, 6))
    end as value,
    cast(ratio.numerator as decimal(20, 6)) as numerator,
    cast(ratio.denominator as decimal(20, 6)) as denominator,
    case
        when ratio.numerator is null or ratio.denominator is null then 'missing_part'
        when ratio.denominator <= 0 then 'no_cases'
        when ratio.denominator < metric.least_cases then 'few_cases'
    end as suppressed,
    ratio.uses_implied,
    ratio.grade,
    ratio.basis_zh,
    ratio.basis_en,
    '(' || ratio.numerator_formula || ') / (' || ratio.denominator_formula || ')' as formula,
    report.verdict
from ratio
inner join {{ ref('metric') }} as metric on ratio.metric_id = metric.metric_id
inner join {{ ref('provenance_report') }} as report on ratio.report_id = report.report_id
