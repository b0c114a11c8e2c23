with source as (

    select * from {{ source('staged', 'printed_result') }}

),

renamed as (

    select
        load as load_name,
        report_id,
        form,
        identity_id,
        instance_key,
        part,
        gates,
        left_value,
        operator,
        right_value,
        difference,
        blanks,
        status as identity_status
    from source

)

select * from renamed
