with source as (

    select * from {{ source('staged', 'applied_decision') }}

),

renamed as (

    select
        load as load_name,
        decision_id,
        report_id,
        decision,
        cell_id,
        corrected_value,
        applied_at
    from source

)

select * from renamed
