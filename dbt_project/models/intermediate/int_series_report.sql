-- The report that speaks for an organ, a coverage and a year: at most one. A report without an organ or a year is no point
-- of a series. A number stands for its series (organ and coverage) where all points are compared.
with chosen as (

    select
        report.report_no,
        report.report_id,
        report.organ_name,
        organ.division_code,
        report.coverage,
        report.year,
        report.period_end,
        report.form,
        form.generation,
        report.verdict,
        organ.organ_key
    from {{ ref('int_report') }} as report
    inner join {{ ref('int_organ_division') }} as organ on report.report_id = organ.report_id
    left join {{ ref('form') }} as form on report.form = form.form
    where
        report.is_current
        and report.verdict in ('verified', 'unverified')
        and report.organ_name is not null
        and report.year is not null
    qualify
        row_number() over (
            partition by organ.organ_key, report.coverage, report.year
            order by (report.form != 'prose') desc, report.report_id asc
        ) = 1

)

select
    cast(dense_rank() over (order by organ_key, coverage) as integer) as series_no,
    *
from chosen
