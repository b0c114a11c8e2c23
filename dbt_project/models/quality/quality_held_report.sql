-- Why a report is held: each gating identity that fails, with both numbers and the cells that went into them.
with failure as (

    select *
    from {{ ref('quality_identity_result') }}
    where
        verdict = 'held'
        and gates
        and status = 'FAIL'

),

side as (

    select
        failure.report_id,
        failure.identity_id,
        failure.instance_key,
        failure.part,
        -- The right side of a rule is the part that its terms subtract.
        case when term.coefficient > 0 then 'left' else 'right' end as side,
        count(*) as cells,
        string_agg(
            coalesce(slot.row_path || '/' || slot.column_path, term.slot_id) || ' = '
            || case
                when cell.cell_id is null then '∅'
                when cell.value is null then coalesce(nullif(cell.raw_text, ''), '□')
                else cell.raw_text
            end,
            '; ' order by slot.line_no asc, term.slot_id asc
        ) as cells_text
    from failure
    inner join {{ ref('codebook_identity_term') }} as term
        on
            failure.identity_id = term.identity_id
            and failure.form = term.form
            and failure.instance_key = term.instance_key
    left join {{ ref('slot') }} as slot on term.slot_id = slot.slot_id
    left join {{ ref('provenance_cell') }} as cell
        on
            failure.report_id = cell.report_id
            and term.slot_id = cell.slot_id
            and failure.part is not distinct from cell.part
    group by all

)

select
    failure.report_id,
    failure.identity_id,
    failure.instance_key,
    failure.part,
    failure.organ_name,
    failure.year,
    failure.period_end,
    failure.form,
    failure.coverage,
    document.uri,
    failure.title_zh,
    failure.title_en,
    failure.left_value,
    failure.operator,
    failure.right_value,
    failure.difference,
    left_side.cells_text as left_cells,
    right_side.cells_text as right_cells,
    {{ failure_sentence('zh') }} as sentence_zh,
    {{ failure_sentence('en') }} as sentence_en
from failure
inner join {{ ref('provenance_report') }} as report on failure.report_id = report.report_id
inner join {{ ref('provenance_document') }} as document on report.document_id = document.document_id
left join {{ ref('identity') }} as identity on failure.identity_id = identity.identity_id
left join {{ ref('instance') }} as instance on failure.instance_key = instance.instance
left join {{ ref('indicator') }} as indicator on failure.instance_key = indicator.indicator_id
left join side as left_side
    on
        failure.report_id = left_side.report_id
        and failure.identity_id = left_side.identity_id
        and failure.instance_key = left_side.instance_key
        and failure.part is not distinct from left_side.part
        and left_side.side = 'left'
left join side as right_side
    on
        failure.report_id = right_side.report_id
        and failure.identity_id = right_side.identity_id
        and failure.instance_key = right_side.instance_key
        and failure.part is not distinct from right_side.part
        and right_side.side = 'right'
