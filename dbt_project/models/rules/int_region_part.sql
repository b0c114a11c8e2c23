-- Which reports are parts of the aggregate report of a region, of the same year: the aggregates of the divisions directly
-- below it, and each organ's own report of the region or of a division below that has no aggregate. Reports on a level of
-- government overlap both and are never summed: `is_summed` says which are. Grain: an aggregate and a part.
with report as (

    select
        series.report_id,
        series.coverage,
        series.year,
        organ.division_code,
        division.parent_code
    from {{ ref('int_series_report') }} as series
    inner join {{ ref('int_organ_division') }} as organ on series.report_id = organ.report_id
    inner join {{ ref('marts_dim_division') }} as division
        on
            organ.division_code = division.code
            and series.year between division.valid_from and coalesce(division.valid_to, series.year)

),

ancestor as (

    select
        report_id,
        division_code,
        division_code as within_code,
        0 as depth
    from report
    union all
    select
        report_id,
        division_code,
        parent_code as within_code,
        1 as depth
    from report
    where parent_code is not null
    union all
    select
        report.report_id,
        report.division_code,
        above.parent_code as within_code,
        2 as depth
    from report
    inner join {{ ref('marts_dim_division') }} as above
        on
            report.parent_code = above.code
            and report.year between above.valid_from and coalesce(above.valid_to, report.year)
    where above.parent_code is not null

),

region as (

    -- Held ones too: what their parts add up to is evidence for what they should say.
    select
        report.report_id,
        report.year,
        organ.division_code
    from {{ ref('provenance_report') }} as report
    inner join {{ ref('int_organ_division') }} as organ on report.report_id = organ.report_id
    where report.coverage = 'region_aggregate' and organ.division_code is not null

)

select
    region.report_id,
    part.report_id as part_report_id,
    part.coverage = 'region_aggregate' and ancestor.depth = 1
    or (
        part.coverage = 'own_organ'
        -- No aggregate between the part and the region holds it already.
        and not exists (
            select 1
            from ancestor as between_them
            inner join report as other
                on
                    between_them.within_code = other.division_code
                    and part.year = other.year
            where
                between_them.report_id = part.report_id
                and between_them.depth < ancestor.depth
                and other.coverage = 'region_aggregate'
        )
    ) as is_summed
from region
inner join ancestor on region.division_code = ancestor.within_code
inner join report as part
    on
        ancestor.report_id = part.report_id
        and region.year = part.year
where
    part.report_id != region.report_id
    and (part.coverage != 'region_aggregate' or ancestor.depth > 0)
