-- Figures that no form, or not every form, prints, derived from the printed ones as codebook.derivation says.
-- A part that is missing makes the figure missing; a blank that the printed totals force to 0 counts as implied.
with recipe as (

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

part as (

    -- What goes into what: a row each derived figure, member of its applicant dimension and meaning of a part. Numbers stand
    -- for the derived figures where all observations are added up.
    select
        derivation.form,
        derivation.indicator_id,
        derivation.coefficient,
        -- A part without this dimension is a figure of the whole.
        coalesce(meaning.applicant_type, 'total') as member,
        dense_rank() over (order by derivation.form, derivation.indicator_id, member) as derived_no,
        meaning.meaning_no,
        meaning.unit_code
    from {{ ref('derivation') }} as derivation
    inner join {{ ref('indicator') }} as indicator on derivation.indicator_id = indicator.indicator_id
    inner join {{ ref('int_meaning') }} as meaning on derivation.part_indicator_id = meaning.indicator_id
    where
        meaning.period = 'annual'
        and (indicator.has_applicant_type or member = 'total')

),

added as (

    -- A derived figure has a row for every member that any of its parts has in the report.
    select
        report.report_no,
        part.derived_no,
        count(coalesce(observation.value, observation.implied_value)) as known_parts,
        count(*) filter (where observation.value is null and observation.implied_value is not null) as implied_parts,
        sum(part.coefficient * coalesce(observation.value, observation.implied_value)) as known_sum,
        max(case when observation.has_unit then part.unit_code end) as unit_code
    from {{ ref('int_observation') }} as observation
    inner join {{ ref('int_report') }} as report on observation.report_no = report.report_no
    inner join part
        on
            observation.meaning_no = part.meaning_no
            and report.form = part.form
    where
        observation.is_preferred
        and not observation.is_claim
        and report.is_current
        and report.verdict in ('verified', 'unverified')
    group by report.report_no, part.derived_no

),

derived as (

    select distinct
        derived_no,
        form,
        indicator_id,
        member
    from part

),

summed as (

    select
        added.*,
        derived.form,
        derived.indicator_id,
        derived.member as applicant_type
    from added
    inner join derived on added.derived_no = derived.derived_no

)

select
    report.report_id,
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
inner join {{ ref('int_report') }} as report on summed.report_no = report.report_no
inner join {{ ref('indicator') }} as indicator on summed.indicator_id = indicator.indicator_id
