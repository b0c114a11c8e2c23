select
    reject.document_id,
    reject.report_id,
    reject.char_start,
    reject.char_end,
    reject.stage,
    reject.reject_reason as reason
from {{ ref('int_document') }} as document
inner join {{ ref('stg_reject') }} as reject
    on
        document.load_name = reject.load_name
        and document.document_id = reject.document_id
