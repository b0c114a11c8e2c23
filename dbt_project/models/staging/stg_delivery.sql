with source as (

    select * from {{ source('staged', 'delivery') }}

),

renamed as (

    select
        load as load_name,
        document_id,
        load_sequence,
        loaded_at,
        uri,
        byte_count
    from source

)

select * from renamed
