with source as (

    select * from {{ source('staged', 'document') }}

),

renamed as (

    select
        load as load_name,
        document_id,
        media_type,
        encoding,
        byte_count,
        char_count,
        status as document_status,
        reason as reject_reason,
        reader_version
    from source

)

select * from renamed
