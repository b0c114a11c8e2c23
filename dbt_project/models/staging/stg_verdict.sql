with source as (

    select * from {{ source('staged', 'verdict') }}

),

renamed as (

    select
        load as load_name,
        report_id,
        verdict,
        gating_compared,
        gating_failed,
        decision,
        printed_verdict
    from source

)

select * from renamed
