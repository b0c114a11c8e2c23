-- A document is taken once: from the passing load that was registered first, under its lowest uri there.
with passing_delivery as (

    select
        delivery.document_id,
        delivery.load_name,
        delivery.load_sequence,
        delivery.loaded_at,
        delivery.uri
    from {{ ref('stg_delivery') }} as delivery
    inner join {{ ref('stg_load_gate') }} as load_gate on delivery.load_name = load_gate.load_name
    where load_gate.passed

),

first_delivery as (

    select *
    from passing_delivery
    qualify row_number() over (
        partition by document_id
        order by load_sequence asc, load_name asc, uri asc
    ) = 1

)

select
    first_delivery.load_name,
    first_delivery.load_sequence,
    first_delivery.loaded_at,
    first_delivery.uri,
    document.* exclude (load_name)
from first_delivery
inner join {{ ref('stg_document') }} as document
    on
        first_delivery.load_name = document.load_name
        and first_delivery.document_id = document.document_id
