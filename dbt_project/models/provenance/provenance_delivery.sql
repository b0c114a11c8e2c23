select distinct
    delivery.document_id,
    delivery.load_name,
    delivery.uri,
    delivery.load_sequence,
    delivery.byte_count,
    delivery.loaded_at
from {{ ref('stg_delivery') }} as delivery
inner join {{ ref('stg_load_gate') }} as load_gate on delivery.load_name = load_gate.load_name
where load_gate.passed
