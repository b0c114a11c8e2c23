-- H-01 and H-02: a region's figures against those of its parts. Some parts have no report here, so that the sum of those that
-- have is only the lower end of what the region may state: too much is a contradiction, too little is not.
with quantity as (

    select
        figure.figure_id,
        figure.report_id,
        figure.indicator_id,
        figure.route,
        figure.indicator_id || coalesce('/' || nullif(figure.route, 'all'), '') as instance_key,
        figure.known_value
    from {{ ref('int_figure') }} as figure
    inner join {{ ref('indicator') }} as indicator on figure.indicator_id = indicator.indicator_id
    where
        indicator.additive
        and indicator.measure_type in ('flow', 'amount_flow')
        and not figure.is_derived
        and coalesce(figure.applicant_type, 'total') = 'total'
        and coalesce(figure.outcome, 'total') = 'total'
        and figure.known_value is not null

),

pair as (

    select
        region.report_id,
        region.instance_key,
        any_value(region.figure_id) as figure_id,
        any_value(region.known_value) as region_value,
        count(*) filter (where link.is_summed) as parts,
        coalesce(sum(part.known_value) filter (where link.is_summed), 0) as parts_value,
        string_agg(part.figure_id, ' ' order by part.figure_id) filter (where link.is_summed) as part_ids,
        max(part.known_value) as largest_value,
        max_by(part.figure_id, part.known_value) as largest_id,
        max_by(part.report_id, part.known_value) as largest_report_id
    from quantity as region
    inner join {{ ref('int_region_part') }} as link on region.report_id = link.report_id
    inner join quantity as part
        on
            link.part_report_id = part.report_id
            and region.instance_key = part.instance_key
    group by region.report_id, region.instance_key

)

select
    pair.report_id,
    rule.identity_id,
    pair.instance_key,
    cast(null as varchar) as other_report_id,
    pair.parts || '份报告' as other_zh,
    pair.parts || ' reports' as other_en,
    pair.parts_value as left_value,
    rule.operator,
    pair.region_value as right_value,
    case
        when pair.parts_value > pair.region_value * (1 + rule.right_constant) then false
        when pair.parts_value >= pair.region_value * (1 - rule.right_constant) then true
    end as holds,
    pair.part_ids as left_ids,
    pair.figure_id as right_ids
from pair
inner join {{ ref('warehouse_rule') }} as rule on rule.identity_id = 'H-01'
where
    pair.parts >= rule.least_number
    and greatest(pair.parts_value, pair.region_value) > 0
union all
select
    pair.report_id,
    rule.identity_id,
    pair.instance_key,
    pair.largest_report_id as other_report_id,
    largest.organ_name as other_zh,
    largest.organ_name as other_en,
    pair.largest_value as left_value,
    rule.operator,
    pair.region_value as right_value,
    pair.largest_value <= pair.region_value as holds,
    pair.largest_id as left_ids,
    pair.figure_id as right_ids
from pair
inner join {{ ref('warehouse_rule') }} as rule on rule.identity_id = 'H-02'
inner join {{ ref('int_series_report') }} as largest on pair.largest_report_id = largest.report_id
where greatest(pair.largest_value, pair.region_value) > 0
