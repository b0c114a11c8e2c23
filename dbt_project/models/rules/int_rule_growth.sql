-- X-04: growth that the text tells of a figure, against that figure and the one of the year before. A printed percentage is
-- compared to half a unit of its last digit, at least to the declared tolerance. Grain: a report and quantity.
with told as (

    select
        growth.claim_id,
        base.claim_id as base_claim_id,
        base.report_id,
        base.indicator_id,
        base.applicant_type,
        base.outcome,
        base.route,
        base.value,
        growth.value as stated_growth,
        length(regexp_extract({{ plain_number('growth.value') }}, '\.([0-9]+)$', 1)) as decimals
    from {{ ref('provenance_claim') }} as growth
    inner join {{ ref('provenance_claim') }} as base on growth.share_part = base.claim_id
    where
        growth.kind = 'growth'
        and growth.qualifier = 'exact'
        and base.qualifier = 'exact'
        and base.indicator_id is not null

),

compared as (

    select
        told.*,
        before.report_id as other_report_id,
        before.year as other_year,
        figure.figure_id,
        abs(told.stated_growth - (told.value / figure.known_value - 1) * 100) as gap
    from told
    inner join {{ ref('int_series_report') }} as report on told.report_id = report.report_id
    inner join {{ ref('int_series_report') }} as before
        on
            report.organ_key = before.organ_key
            and report.coverage = before.coverage
            and report.year - 1 = before.year
    inner join {{ ref('int_figure') }} as figure
        on
            before.report_id = figure.report_id
            and told.indicator_id = figure.indicator_id
            and coalesce(told.applicant_type, 'total') = coalesce(figure.applicant_type, 'total')
            and told.outcome is not distinct from figure.outcome
            and told.route is not distinct from figure.route
    where figure.known_value > 0
    qualify
        row_number() over (
            partition by told.report_id, told.indicator_id, told.applicant_type, told.outcome, told.route
            order by told.claim_id
        ) = 1

)

select
    compared.report_id,
    rule.identity_id,
    concat_ws('/', compared.indicator_id, nullif(compared.applicant_type, 'total'), nullif(compared.outcome, 'total'))
    || coalesce('/' || nullif(compared.route, 'all'), '') as instance_key,
    compared.other_report_id,
    compared.other_year || '年' as other_zh,
    cast(compared.other_year as varchar) as other_en,
    round(compared.gap, 2) as left_value,
    rule.operator,
    greatest(rule.right_constant, 0.5 * power(10, -compared.decimals)) as right_value,
    compared.gap <= greatest(rule.right_constant, 0.5 * power(10, -compared.decimals)) as holds,
    compared.claim_id || ' ' || compared.base_claim_id as left_ids,
    compared.figure_id as right_ids
from compared
inner join {{ ref('warehouse_rule') }} as rule on rule.identity_id = 'X-04'
