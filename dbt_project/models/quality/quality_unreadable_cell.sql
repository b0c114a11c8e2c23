-- Cells whose value could not be read with certainty, with the reason and the place in print.
select
    cell.cell_id,
    cell.report_id,
    report.organ_name,
    report.year,
    report.form,
    document.uri,
    cell.slot_id,
    cell.section,
    cell.row_path,
    cell.column_path,
    cell.part,
    cell.raw_text,
    cell.reason,
    cell.char_start,
    cell.char_end,
    cell.locator
from {{ ref('provenance_cell') }} as cell
inner join {{ ref('provenance_report') }} as report on cell.report_id = report.report_id
inner join {{ ref('provenance_document') }} as document on report.document_id = document.document_id
where cell.value_status = 'unreadable'
