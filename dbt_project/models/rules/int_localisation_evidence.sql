-- What other reports state of the cells that are suspected in a held one: what was carried over, by the report of the year
-- before or after (the terms of X-01), and what the parts of a region add up to. Grain: a suspected cell and a source.
with suspect as (

    select
        suspect.report_id,
        suspect.set_id,
        suspect.cell_id,
        suspect.implied_value,
        crosswalk.indicator_id,
        crosswalk.applicant_type,
        crosswalk.outcome,
        crosswalk.route,
        organ.organ_key,
        organ.year,
        report.coverage
    from {{ ref('int_report') }} as report
    inner join {{ ref('stg_localisation') }} as suspect
        on
            report.load_name = suspect.load_name
            and report.report_id = suspect.report_id
    inner join {{ ref('crosswalk') }} as crosswalk on suspect.slot_id = crosswalk.slot_id
    inner join {{ ref('indicator') }} as indicator on crosswalk.indicator_id = indicator.indicator_id
    inner join {{ ref('int_organ_division') }} as organ on report.report_id = organ.report_id
    where
        suspect.implied_value is not null
        and suspect.part is null
        and indicator.unit_code = 'count'

),

-- Each carried figure, and under which indicator the report of another year states it.
carried as (

    select
        mine.indicator_id,
        mine.applicant_type,
        theirs.indicator_id as other_indicator_id,
        mine.years_back - theirs.years_back as years_later,
        case when mine.years_back < theirs.years_back then 'last_year' else 'next_year' end as source
    from {{ ref('warehouse_term') }} as mine
    inner join {{ ref('warehouse_term') }} as theirs
        on
            mine.identity_id = theirs.identity_id
            and mine.instance_key = theirs.instance_key
            and mine.role != theirs.role
    where mine.identity_id = 'X-01'

),

part_sum as (

    select
        link.report_id,
        figure.indicator_id,
        figure.applicant_type,
        figure.outcome,
        figure.route,
        sum(figure.known_value) as parts_value
    from {{ ref('int_region_part') }} as link
    inner join {{ ref('int_figure') }} as figure on link.part_report_id = figure.report_id
    where link.is_summed
    group by all

)

select distinct
    suspect.report_id,
    suspect.set_id,
    suspect.cell_id,
    carried.source
from suspect
inner join carried
    on
        suspect.indicator_id = carried.indicator_id
        and suspect.applicant_type = carried.applicant_type
inner join {{ ref('int_series_report') }} as other
    on
        suspect.organ_key = other.organ_key
        and suspect.coverage = other.coverage
        and suspect.year + carried.years_later = other.year
inner join {{ ref('int_figure') }} as figure
    on
        other.report_id = figure.report_id
        and carried.other_indicator_id = figure.indicator_id
        and carried.applicant_type = coalesce(figure.applicant_type, 'total')
        and suspect.implied_value = figure.known_value
union
select
    suspect.report_id,
    suspect.set_id,
    suspect.cell_id,
    'region' as source
from suspect
inner join part_sum
    on
        suspect.report_id = part_sum.report_id
        and suspect.indicator_id = part_sum.indicator_id
        and suspect.applicant_type is not distinct from part_sum.applicant_type
        and suspect.outcome is not distinct from part_sum.outcome
        and suspect.route is not distinct from part_sum.route
        and suspect.implied_value = part_sum.parts_value
