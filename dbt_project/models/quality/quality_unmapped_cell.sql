-- Cells that are printed but measure nothing in the codebook: the list a form expert works through.
select
    cell.cell_id,
    cell.report_id,
    report.organ_name,
    report.year,
    report.form,
    cell.slot_id,
    cell.section,
    cell.row_path,
    cell.column_path,
    cell.part,
    cell.raw_text,
    cell.value,
    cell.unit,
    cell.value_status,
    case
        when cell.slot_id is null then 'not in the form'
        when crosswalk.slot_id is null then 'slot not in the crosswalk'
        else 'no indicator, on purpose'
    end as reason
from {{ ref('provenance_cell') }} as cell
inner join {{ ref('provenance_report') }} as report on cell.report_id = report.report_id
left join {{ ref('crosswalk') }} as crosswalk on cell.slot_id = crosswalk.slot_id
where crosswalk.indicator_id is null
