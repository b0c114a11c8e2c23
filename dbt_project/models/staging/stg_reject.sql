with source as (

    select * from {{ source('staged', 'reject') }}

),

renamed as (

    select
        load as load_name,
        document_id,
        report_id,
        char_start,
        char_end,
        stage,
        reason as reject_reason
    from source

)

select * from renamed
