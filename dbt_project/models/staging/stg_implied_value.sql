with source as (

    select * from {{ source('staged', 'implied_value') }}

),

renamed as (

    select
        load as load_name,
        cell_id,
        report_id,
        implied_value,
        identity_id
    from source

)

select * from renamed
