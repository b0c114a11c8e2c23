-- Reports of the same organ, year and coverage, two and two: while both may stand in the marts, the second one does.
select
    older.report_id,
    newer.report_id as newer_report_id,
    older.form = newer.form as is_same_form
from {{ ref('int_report') }} as older
inner join {{ ref('int_report') }} as newer on {{ outranks('older', 'newer') }}
