-- The report that speaks for an organ, a coverage and a year: at most one. A report without an organ or a year is no point
-- of a series.
select
    report.report_id,
    report.organ_name,
    report.division_code,
    report.coverage,
    report.year,
    report.period_end,
    report.form,
    form.generation,
    report.verdict,
    report.organ_name || coalesce('@' || report.division_code, '') as organ_key
from {{ ref('provenance_report') }} as report
left join {{ ref('form') }} as form on report.form = form.form
where
    report.is_current
    and report.verdict in ('verified', 'unverified')
    and report.organ_name is not null
    and report.year is not null
qualify
    row_number() over (
        partition by report.organ_name, report.division_code, report.coverage, report.year
        order by (report.form != 'prose') desc, report.report_id asc
    ) = 1
