-- Figures that no form, or not every form, prints, derived from the printed ones as codebook.derivation says.
-- A part that is missing makes the figure missing; a blank that the printed totals force to 0 counts as implied.
with part as (

    select
        report_id,
        form,
        indicator_id,
        -- A part without this dimension is a figure of the whole.
        coalesce(applicant_type, 'total') as applicant_type,
        value,
        implied_value,
        unit_code
    from {{ ref('marts_observation') }}
    where
        is_preferred
        and source = 'table'
        and period = 'annual'

),

recipe as (

    select
        form,
        indicator_id,
        count(*) as parts,
        bool_and(match_type = 'exactMatch') as is_exact,
        string_agg(
            case when coefficient < 0 then '- ' else '+ ' end || part_indicator_id, ' '
            order by coefficient desc, part_indicator_id asc
        ) as formula
    from {{ ref('derivation') }}
    group by form, indicator_id

),

summed as (

    -- A derived figure has a row for every member of its applicant dimension that any of its parts has in the report.
    select
        part.report_id,
        derivation.form,
        derivation.indicator_id,
        part.applicant_type,
        count(coalesce(part.value, part.implied_value)) as known_parts,
        count(*) filter (where part.value is null and part.implied_value is not null) as implied_parts,
        sum(derivation.coefficient * coalesce(part.value, part.implied_value)) as known_sum,
        max(part.unit_code) as unit_code
    from part
    inner join {{ ref('derivation') }} as derivation
        on
            part.form = derivation.form
            and part.indicator_id = derivation.part_indicator_id
    inner join {{ ref('indicator') }} as indicator on derivation.indicator_id = indicator.indicator_id
    where indicator.has_applicant_type or part.applicant_type = 'total'
    group by part.report_id, derivation.form, derivation.indicator_id, part.applicant_type

)

select
    summed.report_id,
    report.organ_name,
    report.division_code,
    report.year,
    report.period_end,
    report.form,
    report.coverage,
    summed.indicator_id,
    indicator.name_zh as indicator_zh,
    indicator.name_en as indicator_en,
    case when indicator.has_applicant_type then summed.applicant_type end as applicant_type,
    case when summed.known_parts = recipe.parts then cast(summed.known_sum as decimal(20, 6)) end as value,
    summed.unit_code,
    case when recipe.is_exact then 'exactMatch' else 'closeMatch' end as match_type,
    recipe.formula,
    cast(recipe.parts as integer) as parts,
    cast(summed.known_parts as integer) as known_parts,
    cast(summed.implied_parts as integer) as implied_parts,
    report.verdict
from summed
inner join recipe on summed.form = recipe.form and summed.indicator_id = recipe.indicator_id
inner join {{ ref('provenance_report') }} as report on summed.report_id = report.report_id
inner join {{ ref('indicator') }} as indicator on summed.indicator_id = indicator.indicator_id
