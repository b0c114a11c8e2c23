-- One vintage of an organ's report for a year and a coverage is current; the others stay, and say by which they were superseded.
with report as (

    select
        document.load_name,
        document.load_sequence,
        report.* exclude (load_name),
        verdict.verdict,
        verdict.gating_compared,
        verdict.gating_failed
    from {{ ref('int_document') }} as document
    inner join {{ ref('stg_report') }} as report
        on
            document.load_name = report.load_name
            and document.document_id = report.document_id
    left join {{ ref('stg_verdict') }} as verdict
        on
            report.load_name = verdict.load_name
            and report.report_id = verdict.report_id

),

cell_count as (

    select
        load_name,
        report_id,
        count(*) as cells
    from {{ ref('stg_cell') }}
    group by load_name, report_id

),

ranked as (

    select
        report.*,
        coalesce(cell_count.cells, 0) as cells,
        -- A report that is held, or whose organ or year is not certain, takes no part in superseding.
        report.verdict != 'held'
        and report.year is not null
        and coalesce(organ_place.is_qualified, false) as is_comparable,
        coalesce(organ_place.is_shared_name, false) as is_shared_name,
        row_number() over (
            order by
                (report.form != 'prose') desc,
                report.load_sequence desc,
                coalesce(cell_count.cells, 0) desc,
                report.report_id desc
        ) as vintage_rank
    from report
    left join cell_count
        on
            report.load_name = cell_count.load_name
            and report.report_id = cell_count.report_id
    left join {{ ref('int_organ_place') }} as organ_place on report.organ_name = organ_place.organ_name

),

successor as (

    select
        older.report_id,
        min_by(newer.report_id, newer.vintage_rank) as superseded_by
    from ranked as older
    inner join ranked as newer
        on
            older.organ_name = newer.organ_name
            and older.year = newer.year
            and older.coverage = newer.coverage
            and older.vintage_rank > newer.vintage_rank
            and coalesce(older.division_code = newer.division_code, not older.is_shared_name)
    where older.is_comparable and newer.is_comparable
    group by older.report_id

)

select
    ranked.* exclude (is_comparable, is_shared_name, vintage_rank),
    successor.superseded_by,
    coalesce(ranked.verdict != 'held', false) and successor.superseded_by is null as is_current,
    -- The last day of the year: BI tools need a date for a time axis.
    make_date(ranked.year, 12, 31) as period_end
from ranked
left join successor on ranked.report_id = successor.report_id
