-- One vintage of an organ's report for a year and a coverage is current; the others stay, and say by which they were superseded.
with decided as (

    -- Decisions on one report count together, from the day the last of them was first applied.
    select
        load_name,
        report_id,
        max(applied_at) as decided_at
    from {{ ref('stg_applied_decision') }}
    group by load_name, report_id

),

report as (

    select
        document.load_name,
        document.load_sequence,
        document.loaded_at as known_from,
        report.* exclude (load_name),
        verdict.verdict,
        verdict.gating_compared,
        verdict.gating_failed,
        verdict.decision,
        coalesce(verdict.printed_verdict, verdict.verdict) as printed_verdict,
        decided.decided_at
    from {{ ref('int_document') }} as document
    inner join {{ ref('stg_report') }} as report
        on
            document.load_name = report.load_name
            and document.document_id = report.document_id
    left join {{ ref('stg_verdict') }} as verdict
        on
            report.load_name = verdict.load_name
            and report.report_id = verdict.report_id
    left join decided
        on
            report.load_name = decided.load_name
            and report.report_id = decided.report_id

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
        -- A report whose organ or year is not certain takes no part in superseding.
        report.year is not null and coalesce(organ_place.is_qualified, false) as is_identified,
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

    -- A report that is held takes no part in superseding while it is.
    select
        older.report_id,
        min_by(newer.report_id, newer.vintage_rank) as superseded_by,
        min(case when newer.printed_verdict = 'held' then newer.decided_at else newer.known_from end) as superseded_at
    from ranked as older
    inner join ranked as newer on {{ outranks('older', 'newer') }}
    where older.verdict != 'held' and newer.verdict != 'held'
    group by older.report_id

),

vintage as (

    -- Of two in one form, held or not, the one that was loaded later has the higher number.
    select
        case when one.known_from <= other.known_from then other.report_id else one.report_id end as report_id,
        count(*) as earlier
    from ranked as one
    inner join ranked as other on {{ outranks('one', 'other') }}
    where one.form = other.form
    group by all

)

select
    ranked.*,
    -- Stands for the report where all observations are joined to it.
    cast(row_number() over (order by ranked.load_name, ranked.report_id) as integer) as report_no,
    cast(coalesce(vintage.earlier, 0) + 1 as integer) as vintage,
    successor.superseded_by,
    case when successor.superseded_by is not null then greatest(ranked.known_from, successor.superseded_at) end as known_to,
    coalesce(ranked.verdict != 'held', false) and successor.superseded_by is null as is_current,
    -- The last day of the year: BI tools need a date for a time axis.
    make_date(ranked.year, 12, 31) as period_end
from ranked
left join successor on ranked.report_id = successor.report_id
left join vintage on ranked.report_id = vintage.report_id
