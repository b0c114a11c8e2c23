{{ config(materialized='view') }}

select
    cell.cell_id,
    cell.report_id,
    cell.slot_id,
    cell.section,
    cell.row_path,
    cell.column_path,
    cell.part,
    cell.raw_text,
    cell.printed_value as value,
    cell.printed_unit as unit,
    cell.value_status,
    cell.is_inferred,
    cell.char_start,
    cell.char_end,
    cell.locator,
    cell.unreadable_reason as reason
from {{ ref('int_report') }} as report
inner join {{ ref('stg_cell') }} as cell
    on
        report.load_name = cell.load_name
        and report.report_id = cell.report_id
