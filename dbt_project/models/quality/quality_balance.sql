-- What became of everything that was staged, counted in the finished tables themselves. `unaccounted` must stay empty.
with passing as (

    select load_name
    from {{ ref('stg_load_gate') }}
    where passed

),

document_with_report as (

    select distinct document_id
    from {{ ref('provenance_report') }}

),

held_report as (

    select report_id
    from {{ ref('quality_held_report') }}
    union
    select report_id
    from {{ ref('quality_decision') }}
    where
        decision = 'reject'
        and report_id is not null

),

-- A document delivered twice is read once.
document_fate as (

    select
        'document' as subject,
        delivery.load_name,
        case
            when passing.load_name is null then 'refused_load'
            when document.document_id is null then 'unaccounted'
            when document.load_name != delivery.load_name or document.uri != delivery.uri then 'duplicate'
            when document.status = 'rejected' then 'rejected'
            when report.document_id is not null then 'read'
            else 'unaccounted'
        end as fate
    from {{ ref('stg_delivery') }} as delivery
    left join passing on delivery.load_name = passing.load_name
    left join {{ ref('provenance_document') }} as document on delivery.document_id = document.document_id
    left join document_with_report as report on document.document_id = report.document_id

),

report_fate as (

    select
        'report' as subject,
        staged.load_name,
        case
            when passing.load_name is null then 'refused_load'
            when report.report_id is null then 'unaccounted'
            when report.load_name != staged.load_name then 'duplicate'
            when held.report_id is not null then 'held'
            when published.report_id is not null then 'published'
            when successor.report_id is not null then 'superseded'
            else 'unaccounted'
        end as fate
    from {{ ref('stg_report') }} as staged
    left join passing on staged.load_name = passing.load_name
    left join {{ ref('provenance_report') }} as report on staged.report_id = report.report_id
    left join {{ ref('provenance_report') }} as successor on report.superseded_by = successor.report_id
    left join {{ ref('marts_organ_year') }} as published on staged.report_id = published.report_id
    left join held_report as held on staged.report_id = held.report_id

),

cell_fate as (

    select
        'cell' as subject,
        staged.load_name,
        case
            when passing.load_name is null then 'refused_load'
            when report.report_id is null then 'unaccounted'
            when report.load_name != staged.load_name then 'duplicate'
            when observation.observation_id is not null then 'conformed'
            when unmapped.cell_id is not null then 'unmapped'
            else 'unaccounted'
        end as fate
    from {{ ref('stg_cell') }} as staged
    left join passing on staged.load_name = passing.load_name
    left join {{ ref('provenance_report') }} as report on staged.report_id = report.report_id
    left join {{ ref('provenance_observation') }} as observation on staged.cell_id = observation.observation_id
    left join {{ ref('quality_unmapped_cell') }} as unmapped on staged.cell_id = unmapped.cell_id

),

claim_fate as (

    select
        'claim' as subject,
        staged.load_name,
        case
            when passing.load_name is null then 'refused_load'
            when report.report_id is null then 'unaccounted'
            when report.load_name != staged.load_name then 'duplicate'
            when observation.observation_id is not null then 'conformed'
            when unmapped.claim_id is not null then 'unmapped'
            else 'unaccounted'
        end as fate
    from {{ ref('stg_claim') }} as staged
    left join passing on staged.load_name = passing.load_name
    left join {{ ref('provenance_report') }} as report on staged.report_id = report.report_id
    left join {{ ref('provenance_observation') }} as observation on staged.claim_id = observation.observation_id
    left join {{ ref('quality_unmapped_claim') }} as unmapped on staged.claim_id = unmapped.claim_id

),

fate as (

    select * from document_fate
    union all
    select * from report_fate
    union all
    select * from cell_fate
    union all
    select * from claim_fate

)

select
    fate.subject,
    fate.load_name,
    fate.fate,
    code.label_zh as fate_zh,
    code.label_en as fate_en,
    count(*) as number
from fate
left join {{ ref('code') }} as code on code.codelist = 'fate' and fate.fate = code.code
group by all
