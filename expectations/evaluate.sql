-- Every identity of every report, compared once: the only evaluator there is.
-- Grain of identity_result: report x part x identity x instance.
-- Reads: report, cell (staged tables); identity, term, slot (declared tables, see evaluate.py). No value is ever coalesced.

create or replace temp table reading as
-- One row a report, part and slot. Cells that disagree about a slot leave it unknown.
with placed as (
    select
        cell.report_id,
        cell.part,
        cell.cell_id,
        cell.value,
        cell.value_status,
        coalesce(cell.slot_id, printed.slot_id) as slot_id
    from cell
    inner join report on cell.report_id = report.report_id
    left join slot as printed
        on
            cell.slot_id is null
            and printed.if_printed
            and report.form = printed.form
            and cell.section = printed.section
            and cell.row_path = printed.row_path
            and cell.column_path = printed.column_path
)

select
    placed.report_id,
    placed.part,
    placed.slot_id,
    slot.form,
    slot.table_id,
    slot.if_printed,
    case when count(placed.value) = count(*) and min(placed.value) = max(placed.value) then min(placed.value) end as value,
    min(placed.cell_id) filter (where placed.value_status = 'blank') as blank_cell_id
from placed
inner join slot on placed.slot_id = slot.slot_id
group by all;

create or replace temp table instance as
-- What has to be compared in which report, whether or not it can be. A table that is not printed counts as one of the
-- report's form; late adopters print some tables of another form, and each is compared by its own.
with sheet as (
    select distinct report_id, part, form, table_id from reading where not if_printed
),

declared as (
    select distinct term.form, slot.table_id, term.identity_id, term.instance_key
    from term
    inner join slot on term.slot_id = slot.slot_id
    where not term.if_printed
)

select report.report_id, counted.part, declared.form, declared.identity_id, declared.instance_key
from (select distinct report_id, part from sheet) as counted
inner join report on counted.report_id = report.report_id
cross join declared
left join sheet
    on
        counted.report_id = sheet.report_id
        and counted.part is not distinct from sheet.part
        and declared.table_id = sheet.table_id
where declared.form = coalesce(sheet.form, report.form)
union all
select distinct reading.report_id, reading.part, reading.form, term.identity_id, term.instance_key
from reading
inner join term on reading.slot_id = term.slot_id and term.if_printed
where reading.if_printed;

create or replace temp table side as
-- Left: the terms with a positive coefficient. Right: the others, negated. A sum of nothing known is NULL.
select
    instance.report_id,
    instance.part,
    instance.form,
    instance.identity_id,
    instance.instance_key,
    min(term.position) as position,
    sum(reading.value * term.coefficient) filter (where term.coefficient > 0) as left_value,
    sum(reading.value * -term.coefficient) filter (where term.coefficient < 0) as right_value,
    count(*) filter (where term.coefficient > 0 and reading.value is null) as left_blanks,
    count(*) filter (where term.coefficient < 0 and reading.value is null) as right_blanks
from instance
inner join term
    on
        instance.form = term.form
        and instance.identity_id = term.identity_id
        and instance.instance_key = term.instance_key
left join reading
    on
        instance.report_id = reading.report_id
        and instance.part is not distinct from reading.part
        and term.slot_id = reading.slot_id
group by all;

create or replace temp table compared as
-- A side with blanks is known only from below: what is printed there, or more (every value is a count, so never less).
select
    side.*,
    identity.gates,
    identity.operator,
    identity.kind,
    side.left_value - side.right_value as gap,
    case
        when side.left_value is null or side.right_value is null then 'NOT_ASSESSABLE'
        when side.left_blanks > 0 and side.right_blanks > 0 then 'NOT_ASSESSABLE'
        when identity.operator = '=' and abs(gap) <= identity.tolerance then 'PASS'
        when identity.operator = '=' and gap > 0 and side.right_blanks > 0 then 'NOT_ASSESSABLE'
        when identity.operator = '=' and gap < 0 and side.left_blanks > 0 then 'NOT_ASSESSABLE'
        when identity.operator = '=' then 'FAIL'
        when gap <= identity.tolerance and side.left_blanks = 0 then 'PASS'
        when gap > identity.tolerance and side.right_blanks = 0 then 'FAIL'
        else 'NOT_ASSESSABLE'
    end as status
from side
inner join identity on side.identity_id = identity.identity_id;

create or replace temp table identity_result as
select
    report_id,
    form,
    identity_id,
    instance_key,
    part,
    gates,
    try_cast(left_value as decimal(20, 6)) as left_value,
    operator,
    try_cast(right_value as decimal(20, 6)) as right_value,
    case when status <> 'NOT_ASSESSABLE' then try_cast(gap as decimal(20, 6)) end as difference,
    (left_blanks + right_blanks)::integer as blanks,
    status
from compared
order by report_id, part nulls first, position;

create or replace temp table implied_value as
-- Printed numbers that already reach the other side leave 0 for the blank cells between them; only a definition
-- (a hard equality) says so. A cell that could not be read, or is not there, is never given a value.
select
    reading.blank_cell_id as cell_id,
    reading.report_id,
    0::decimal(20, 6) as implied_value,
    min_by(compared.identity_id, compared.position) as identity_id
from compared
inner join term
    on
        compared.form = term.form
        and compared.identity_id = term.identity_id
        and compared.instance_key = term.instance_key
inner join reading
    on
        compared.report_id = reading.report_id
        and compared.part is not distinct from reading.part
        and term.slot_id = reading.slot_id
where compared.status = 'PASS' and compared.kind = 'hard equality' and reading.blank_cell_id is not null
group by reading.blank_cell_id, reading.report_id
order by cell_id;

create or replace temp table verdict as
select
    report.report_id,
    case
        when count(*) filter (where result.gates and result.status = 'FAIL') > 0 then 'held'
        when count(*) filter (where result.gates and result.status = 'PASS') > 0 then 'verified'
        else 'unverified'
    end as verdict,
    count(*) filter (where result.gates and result.status in ('PASS', 'FAIL'))::integer as gating_compared,
    count(*) filter (where result.gates and result.status = 'FAIL')::integer as gating_failed
from report
left join identity_result as result on report.report_id = result.report_id
group by report.report_id
order by report.report_id;
